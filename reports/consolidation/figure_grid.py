"""Where every figure stands on a sheet of units × items, and the live formula of every total.

Belongs here: rows, columns, head texts and formulas of one figure sheet. Does not belong here: what a cell prints
(printed_figure.py), drawing (figure_sheet.py, figure_lines.py), checking (figure_sheet_check.py), arithmetic (the
marts; formulas run in the reader's Excel).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from campaigns.vocabulary import Aggregation, ReportingScope
from reports.consolidation.period_report import ALL, PeriodReport
from reports.consolidation.printed_figure import NO, YES, Printed, View, printed_total
from reports.paper.wording import GRAND_TOTAL, subtotal_text
from reports.published import ProgressTotal
from reports.unit_figures import UnitLine

HEAD_TOP: Final = 2  # row of the head's first line, counted from 0: title and caption stand above
HEAD_ROWS: Final = 3  # section · item · unit of measure
BODY_TOP: Final = HEAD_TOP + HEAD_ROWS
FIRST_FIGURE_COLUMN: Final = 2  # after 序号 and 单位
NUMBER_HEAD: Final = "序号"
UNIT_HEAD: Final = "单位"


@dataclass(frozen=True)
class FigureGrid:
    """The geometry of one sheet; rows and columns are counted from 0."""

    report: PeriodReport
    columns: tuple[ProgressTotal, ...]
    view: View

    @cached_property
    def unit_rows(self) -> dict[str, int]:
        """unit_id → row."""
        return {unit.unit_id: row for row, unit in self._lines if isinstance(unit, UnitLine)}

    @cached_property
    def total_rows(self) -> dict[str, int]:
        """Scope, or `all` → row."""
        return {scope: row for row, scope in self._lines if isinstance(scope, str)}

    @cached_property
    def _lines(self) -> list[tuple[int, UnitLine | str]]:
        lines: list[UnitLine | str] = []
        for scope in self.report.scopes:
            lines += [unit for unit in self.report.units if unit.scope is scope]
            lines.append(scope.value)
        return list(enumerate([*lines, ALL], start=BODY_TOP))

    @property
    def last_row(self) -> int:
        return self.total_rows[ALL]

    @property
    def last_column(self) -> int:
        return FIRST_FIGURE_COLUMN + len(self.columns) - 1

    def numbered_columns(self) -> Iterator[tuple[int, ProgressTotal]]:
        return enumerate(self.columns, start=FIRST_FIGURE_COLUMN)

    @cached_property
    def positions(self) -> list[int]:
        """Where this sheet's figures stand among all figures of the form."""
        places = {(column.item_code, column.part): position for position, column in enumerate(self.report.columns)}
        return [places[column.item_code, column.part] for column in self.columns]

    @cached_property
    def _unit_ranges(self) -> dict[str, tuple[int, int]]:
        """Scope → first and last row of its units."""
        ranges: dict[str, tuple[int, int]] = {}
        for unit in self.report.units:
            row = self.unit_rows[unit.unit_id]
            first, _ = ranges.get(unit.scope, (row, row))
            ranges[unit.scope] = (first, row)
        return ranges

    def total_label(self, scope: str) -> str:
        return GRAND_TOTAL if scope == ALL else subtotal_text(ReportingScope(scope), self.report.campaign.area)

    def printed_total(self, scope: str, column: ProgressTotal) -> Printed:
        return printed_total(self.report.total(scope, column), self.view)

    def formula(self, scope: str, column_number: int, column: ProgressTotal) -> str | None:
        """The live formula of a total over its units; None where a figure has no total."""
        if column.aggregation == Aggregation.NONE:
            return None
        letters = column_letters(column_number)
        ranges = [
            f"{letters}{first + 1}:{letters}{last + 1}"
            for one, (first, last) in self._unit_ranges.items()
            if scope in (ALL, one)
        ]
        return yes_of_answers_formula(ranges) if column.aggregation == Aggregation.N_OF_M else sum_formula(ranges)


def sum_formula(ranges: list[str]) -> str:
    """Add what there is; empty, not 0, where no unit gave a number."""
    listed = ",".join(ranges)
    return f'=IF(COUNT({listed})=0,"",SUM({listed}))'


def yes_of_answers_formula(ranges: list[str]) -> str:
    """Print n/m: how many units say 是 of how many that answered."""
    yes = "+".join(f'COUNTIF({one},"{YES}")' for one in ranges)
    no = "+".join(f'COUNTIF({one},"{NO}")' for one in ranges)
    return f'=IF({yes}+{no}=0,"",({yes})&"/"&({yes}+{no}))'


def reference_formula(sheet_name: str, row: int, column: int) -> str:
    escaped = sheet_name.replace("'", "''")
    return f"='{escaped}'!{column_letters(column)}{row + 1}"


def column_letters(column: int) -> str:
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def item_head(column: ProgressTotal) -> str:
    return f"{column.item_code} {column.indicator_name}"


def measure_head(column: ProgressTotal) -> str:
    """Unit of measure, with the part's name where an item has two figures: 金额（万元）."""
    return f"{column.part_name}（{column.measure_unit}）" if column.part_name else column.measure_unit
