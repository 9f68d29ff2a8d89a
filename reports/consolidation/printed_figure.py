"""What a figure prints: a number, a word for its state, or nothing; and in which number format.

Belongs here: one figure of one unit, or one total. Does not belong here: where it stands (figure_grid.py), its colours
(figure_lines.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from enum import Enum
from typing import Any, Final, Generic, NamedTuple, TypeVar

from campaigns.vocabulary import Aggregation, IndicatorKind, ValueState
from reports.consolidation.period_report import PeriodReport
from reports.paper.wording import number_text
from reports.published import ProgressTotal
from reports.unit_figures import UnitLine

YES: Final = "是"
NO: Final = "否"
NOT_APPLICABLE: Final = "/"
NOT_RECEIVED: Final = "未报"
NO_PREVIOUS: Final = "—"  # a figure this period, but none in the period before to step from

_WHOLE: Final = "#,##0;[Red]-#,##0"
_WITH_DECIMALS: Final = "#,##0.00##;[Red]-#,##0.00##"

Printed = Decimal | str | None


class View(Enum):
    """Which of a cell's two numbers a sheet shows."""

    CUMULATIVE = "cumulative"
    INCREMENT = "increment"


class Figure(NamedTuple):
    """All that decides what one unit's cell prints and how it looks: cells with equal figures are the same cell."""

    aggregation: str
    state: str
    number: str | None  # the mart's decimal as text
    marks: str | None


Made = TypeVar("Made")


class _MadeOnce(dict[Figure, Made], Generic[Made]):
    """Figure → what is made of it; made when first asked for."""

    def __init__(self, make: Callable[[Figure], Made]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, figure: Figure) -> Made:
        made = self[figure] = self._make(Figure(*figure))
        return made


def for_each_figure(
    report: PeriodReport, view: View, make: Callable[[Figure], Made]
) -> Iterator[tuple[UnitLine, list[Made]]]:
    """Yield each unit of the report, in printed order, with `make` of each of its figures, in the form's order.

    A month has far fewer different figures than cells, so `make` is called once for all that are equal.
    """
    made: _MadeOnce[Made] = _MadeOnce(make)
    aggregations = [column.aggregation for column in report.columns]
    for unit in report.units:
        numbers = unit.steps if view is View.INCREMENT else unit.totals
        figures: Iterator[Any] = zip(aggregations, unit.states, numbers, unit.marks, strict=True)
        yield unit, list(map(made.__getitem__, figures))  # plain tuples: they are equal to Figures and cost less


def printed_figure(figure: Figure, view: View) -> Printed:
    """Return what a unit's cell prints; None is an empty cell, which is never the same as 0."""
    state = ValueState(figure.state)
    if state is ValueState.NOT_RECEIVED:
        return NOT_RECEIVED
    if state is ValueState.NOT_APPLICABLE:
        return NOT_APPLICABLE
    if not state.has_number:
        return None
    number = None if figure.number is None else Decimal(figure.number)
    if view is View.INCREMENT:
        return NO_PREVIOUS if number is None else number
    if figure.aggregation == Aggregation.N_OF_M:
        return YES if number == 1 else NO
    return number


def printed_total(total: ProgressTotal, view: View) -> Printed:
    """Return what a total prints: a number, n/m for yes and no, None where no unit gave a number."""
    if view is View.INCREMENT:
        return total.month_value
    if total.aggregation == Aggregation.N_OF_M:
        return f"{number_text(total.cumulative_value or Decimal(0))}/{total.of_units}" if total.of_units else None
    return total.cumulative_value


def number_format(printed: Printed) -> str:
    """Thousands apart and a fall in red; a whole number without a dangling point, another with two to four decimals."""
    is_whole = not isinstance(printed, Decimal) or printed == printed.to_integral_value()
    return _WHOLE if is_whole else _WITH_DECIMALS


def total_format(column: ProgressTotal, printed: Printed) -> str:
    """As `number_format`, but totals of amounts keep their decimals: a live total changes when a cell is changed."""
    return _WITH_DECIMALS if column.kind == IndicatorKind.CUMULATIVE_AMOUNT else number_format(printed)
