"""What every unit printed of one form and period, one line per unit, read from the marts side by side.

Belongs here: reading a line's figures in the form's order, and refusing a line that has not one of each. Does not
belong here: how a figure prints (figure_grid.py), totals. A line holds plain sequences instead of a record per cell,
because 3,000 units have more than 100,000 cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from campaigns.vocabulary import ReportingScope, ValueState
from reports.published import ProgressTotal, ReportError

if TYPE_CHECKING:
    import duckdb

_NOT_RECEIVED = ValueState.NOT_RECEIVED.value
_SOURCE = "from marts.rpt_progress_table where campaign_id = ? and form_id = ? and period = ?"
_UNITS = f"""
select unit_id, unit_name, reporting_scope, max(submission_id)
{_SOURCE}
group by unit_id, unit_name, unit_position, reporting_scope
order by unit_position, unit_id
"""
_FIGURES = f"""
select position, value_state, cast(cumulative_value as text), cast(month_value as text), marks, source_cell
{_SOURCE}
order by unit_position, unit_id, position
"""


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit of the roster as a line of the table; the sequences run over the figures in the form's order.

    `totals` and `steps` (gained since the previous period) are the mart's decimals as text, None where there is none;
    `marks` are the codes of the rules a figure fails, comma separated; `cells` are addresses in the unit's file.
    """

    unit_id: str
    unit_name: str
    scope: ReportingScope
    submission_id: str | None
    states: Sequence[str]
    totals: Sequence[str | None]
    steps: Sequence[str | None]
    marks: Sequence[str | None]
    cells: Sequence[str | None]
    is_silent: bool  # its form was not received


def read_unit_lines(
    connection: duckdb.DuckDBPyConnection, key: Sequence[str], columns: Sequence[ProgressTotal]
) -> tuple[UnitLine, ...]:
    """Return the lines of one campaign, form and period (`key`) in roster order; empty when nothing is published.

    Raises:
        ReportError: a unit has not exactly one figure for each of `columns`.
    """
    units = connection.execute(_UNITS, list(key)).fetchall()
    figures = connection.execute(_FIGURES, list(key)).fetchall()
    places, states, totals, steps, marks, cells = ([row[number] for row in figures] for number in range(6))
    expected = [column.position for column in columns]
    lines = []
    for number, (unit_id, name, scope, submission_id) in enumerate(units):
        here = slice(number * len(columns), (number + 1) * len(columns))
        if places[here] != expected:
            _refuse(unit_id)
        silent = _NOT_RECEIVED in states[here]
        own = (states[here], totals[here], steps[here], marks[here], cells[here])
        lines.append(UnitLine(unit_id, name, ReportingScope(scope), submission_id, *own, silent))
    if len(figures) != len(units) * len(columns):
        _refuse(lines[-1].unit_id)
    return tuple(lines)


def _refuse(unit_id: str) -> None:
    raise ReportError(
        f"汇总数据里 {unit_id} 的各格与指标不一一对应。"
        f" rpt_progress_table has not exactly one row for each indicator of {unit_id}."
    )
