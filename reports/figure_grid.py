"""Where every figure stands on a sheet of units × items, what its cell prints, and the live formula of every total.

Belongs here: rows, columns, head texts, printed values and formulas of one figure sheet. Does not belong here:
drawing (figure_sheet.py), checking (consolidated_check.py), arithmetic (the marts; formulas run in the reader's Excel).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import Final

from campaigns.vocabulary import Aggregation, IndicatorKind, ReportingScope, ValueState
from reports.period_report import ALL, PeriodReport, UnitLine
from reports.published import ProgressCell, ProgressTotal
from reports.wording import GRAND_TOTAL, number_text, subtotal_text

YES: Final = "是"
NO: Final = "否"
NOT_APPLICABLE: Final = "/"
NOT_RECEIVED: Final = "未报"
NO_PREVIOUS: Final = "—"  # a figure this period, but none in the period before to step from

HEAD_TOP: Final = 2  # row of the head's first line, counted from 0: title and caption stand above
HEAD_ROWS: Final = 3  # section · item · unit of measure
BODY_TOP: Final = HEAD_TOP + HEAD_ROWS
FIRST_FIGURE_COLUMN: Final = 2  # after 序号 and 单位
NUMBER_HEAD: Final = "序号"
UNIT_HEAD: Final = "单位"

Printed = Decimal | str | None


class View(Enum):
    """Which of a cell's two numbers a sheet shows."""

    CUMULATIVE = "cumulative"
    INCREMENT = "increment"


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

    def unit_ranges(self, scope: str) -> list[tuple[int, int]]:
        """First and last row of the units a total counts, one range per scope."""
        ranges = []
        for one in self.report.scopes:
            rows = [self.unit_rows[unit.unit_id] for unit in self.report.units if unit.scope is one]
            if scope in (ALL, one.value):
                ranges.append((rows[0], rows[-1]))
        return ranges

    def total_label(self, scope: str) -> str:
        return GRAND_TOTAL if scope == ALL else subtotal_text(ReportingScope(scope), self.report.campaign.area)

    def printed_cell(self, unit_id: str, column: ProgressTotal) -> Printed:
        return printed_cell(self.report.cell(unit_id, column), column, self.view)

    def printed_total(self, scope: str, column: ProgressTotal) -> Printed:
        return printed_total(self.report.total(scope, column), self.view)

    def formula(self, scope: str, column_number: int, column: ProgressTotal) -> str | None:
        """The live formula of a total over its units; None where a figure has no total."""
        letters = column_letters(column_number)
        ranges = [f"{letters}{first + 1}:{letters}{last + 1}" for first, last in self.unit_ranges(scope)]
        if column.aggregation == Aggregation.NONE:
            return None
        return yes_of_answers_formula(ranges) if column.aggregation == Aggregation.N_OF_M else sum_formula(ranges)


def printed_cell(cell: ProgressCell, column: ProgressTotal, view: View) -> Printed:
    """Return what a unit's cell prints; None is an empty cell, which is never the same as 0."""
    state = ValueState(cell.value_state)
    if state is ValueState.NOT_RECEIVED:
        return NOT_RECEIVED
    if state is ValueState.NOT_APPLICABLE:
        return NOT_APPLICABLE
    if not state.has_number:
        return None
    if view is View.INCREMENT:
        return NO_PREVIOUS if cell.month_value is None else cell.month_value
    if column.aggregation == Aggregation.N_OF_M:
        return YES if cell.cumulative_value == 1 else NO
    return cell.cumulative_value


def printed_total(total: ProgressTotal, view: View) -> Printed:
    """Return what a total prints: a number, n/m for yes and no, None where no unit gave a number."""
    if view is View.INCREMENT:
        return total.month_value
    if total.aggregation == Aggregation.N_OF_M:
        return f"{number_text(total.cumulative_value or Decimal(0))}/{total.of_units}" if total.of_units else None
    return total.cumulative_value


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


def number_format(column: ProgressTotal) -> str:
    """Counts by thousands, amounts as they are; a fall is red."""
    return "General" if column.kind == IndicatorKind.CUMULATIVE_AMOUNT else "#,##0;[Red]-#,##0"


def measure_head(column: ProgressTotal) -> str:
    """Unit of measure, with the part's name where an item has two figures: 金额（万元）."""
    return f"{column.part_name}（{column.measure_unit}）" if column.part_name else column.measure_unit
