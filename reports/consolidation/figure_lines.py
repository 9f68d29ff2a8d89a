"""The units' lines of figure sheets: their cells made once for all sheets that show them, and the remarks on them.

Belongs here: fills and formats of units' cells, and what the comments say. Does not belong here: heads, totals and
page set-up (figure_sheet.py), what a figure prints (printed_figure.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, Final, NamedTuple

from campaigns.vocabulary import NUMBER_STATES, ValueState
from reports.consolidation.figure_grid import FIRST_FIGURE_COLUMN, FigureGrid
from reports.consolidation.period_report import PeriodReport
from reports.consolidation.printed_figure import (
    NOT_RECEIVED,
    Figure,
    View,
    for_each_figure,
    number_format,
    printed_figure,
)
from reports.paper.safe_text import outside_text
from reports.paper.workbook import FAINT, LATE_FILL, Book
from reports.unit_figures import UnitLine

BLANK_FILL: Final = "#F0F0F0"
MARK_FILL: Final = "#FFE9A8"
MOST_COMMENTS: Final = 200  # on one sheet: each is a drawing, slow to write and slow to open

_APPROXIMATE: Final[str] = ValueState.APPROXIMATE.value


class Remark(NamedTuple):
    """What a comment says, and whether it is about a failed rule: those come first where there are too many."""

    row: int
    column: int
    text: str
    is_about_rule: bool


@dataclass(frozen=True)
class FigureLines:
    """All units' cells in one view, ready for `BulkSheet.write_cells`; a sheet shows a selection of the figures."""

    book: Book
    report: PeriodReport
    view: View
    sheet: Any  # any sheet of the book: cells are made by it, for all

    @cached_property
    def _figures(self) -> dict[str, list[str]]:
        """unit_id → a cell for each figure of the form."""
        return {unit.unit_id: cells for unit, cells in for_each_figure(self.report, self.view, self._cell)}

    @cached_property
    def _names(self) -> dict[str, list[str]]:
        """unit_id → 序号 and 单位."""
        plain = self.book.boxed()
        name = self.book.boxed(align="left", indent=1)
        late_name = self.book.boxed(align="left", indent=1, bg_color=LATE_FILL)
        cells = {}
        for order, unit in enumerate(self.report.units, start=1):
            style = late_name if unit.unit_id in self.report.days_late else name
            text = self.report.printed_names[unit.unit_id]
            cells[unit.unit_id] = [self.sheet.number_ending(order, plain), self.sheet.text_ending(text, style)]
        return cells

    def write(self, sheet: Any, grid: FigureGrid, height: float) -> None:
        """Write every unit's line of `grid` on `sheet`."""
        silent_style = self.book.boxed(italic=True, font_color=FAINT)
        silent = [self.sheet.text_ending(NOT_RECEIVED, silent_style)]
        silent += [self.sheet.text_ending("", silent_style)] * (len(grid.columns) - 1)
        for unit in self.report.units:
            row, figures = grid.unit_rows[unit.unit_id], self._figures[unit.unit_id]
            shown = silent if unit.is_silent else [figures[position] for position in grid.positions]
            sheet.write_cells(row, self._names[unit.unit_id] + shown, height)
            if unit.is_silent and len(grid.columns) > 1:
                sheet.merge_written(row, FIRST_FIGURE_COLUMN, grid.last_column)

    def _cell(self, figure: Figure) -> str:
        printed = printed_figure(figure, self.view)
        look: dict[str, Any] = {}
        if printed is None:
            look["bg_color"] = BLANK_FILL
        if figure.marks:
            look["bg_color"] = MARK_FILL
        if not isinstance(printed, Decimal):
            return self.sheet.text_ending(printed or "", self.book.boxed(**look))
        is_approximate = figure.state == ValueState.APPROXIMATE
        look["num_format"] = '"约"General' if is_approximate else number_format(printed)
        return self.sheet.number_ending(printed, self.book.boxed(**look))

    def remarks(self, grid: FigureGrid) -> Iterator[Remark]:
        """Yield what is to be said about the cells of `grid`, row by row."""
        column_of = {position: number for number, position in enumerate(grid.positions, start=FIRST_FIGURE_COLUMN)}
        for unit in self.report.units:
            row = grid.unit_rows[unit.unit_id]
            if unit.unit_id in self.report.days_late:
                yield Remark(row, 1, f"迟报 {self.report.days_late[unit.unit_id]} 天", False)
            for position, text in self._cell_remarks[unit.unit_id]:
                if position in column_of:
                    yield Remark(row, column_of[position], text, bool(unit.marks[position]))

    @cached_property
    def _cell_remarks(self) -> dict[str, list[tuple[int, str]]]:
        """unit_id → (figure's position in the form, what there is to say about it)."""
        return {unit.unit_id: list(self._remarks_on(unit)) for unit in self.report.units}

    def _remarks_on(self, unit: UnitLine) -> Iterator[tuple[int, str]]:
        numbers = unit.steps if self.view is View.INCREMENT else unit.totals
        cells: Iterator[tuple[str, str | None, str | None]] = zip(unit.states, numbers, unit.marks, strict=True)
        for position, (state, number, marks) in enumerate(cells):
            lines = []
            if state == _APPROXIMATE:
                lines.append("原表填的是约数。")
            if number is None and state in NUMBER_STATES:
                lines.append("上期没有数，算不出新增。")
            if marks:
                lines += self._sentences(unit, position, marks.split(","))
            if lines:
                yield position, "\n".join(lines)

    def _sentences(self, unit: UnitLine, position: int, codes: Sequence[str]) -> Iterator[str]:
        column = self.report.columns[position]
        for code in codes:
            place = (unit.submission_id, code, column.item_code)
            known = self._rule_sentences.get((*place, column.part)) or self._rule_sentences.get((*place, None))
            yield known or code

    @cached_property
    def _rule_sentences(self) -> dict[tuple[str | None, str, str | None, str | None], str]:
        """(submission, rule, item, part) → the sentence its unit was given; the part may be missing."""
        return {
            (problem.submission_id, problem.rule_code, problem.item_code, problem.part): (
                f"{problem.rule_code}（{problem.rule_class_name}）：{outside_text(problem.message)}"
            )
            for problem in self.report.problems
        }


def write_comments(sheet: Any, remarks: Sequence[Remark]) -> int:
    """Write the remarks as comments, at most `MOST_COMMENTS`, failed rules first; returns how many were left out."""
    first = sorted(remarks, key=lambda remark: not remark.is_about_rule)[:MOST_COMMENTS]
    for remark in first:
        lines = sum(1 + len(line) // 24 for line in remark.text.split("\n"))
        options = {"width": 300, "height": 24 + 17 * lines, "font_name": "宋体", "font_size": 9}
        sheet.write_comment(remark.row, remark.column, remark.text, options)
    return len(remarks) - len(first)
