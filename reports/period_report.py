"""Everything the report of one campaign, form and period prints, read from the marts in one go.

Belongs here: which rows are read, in which order, and how they are looked up. Does not belong here: layout, sums.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from campaigns.vocabulary import ReportingScope, ValueState
from reports.published import (
    CampaignRow,
    FormRow,
    PeriodRow,
    ProblemRow,
    ProgressCell,
    ProgressTotal,
    Reading,
    ReportError,
    Row,
    Snapshot,
    SourceRow,
    TimelinessCount,
    TimelinessRow,
    find_snapshot,
    open_snapshot,
    read_rows,
)

ALL = "all"
_CAMPAIGN, _FORM, _PERIOD = "campaign", "form", "period"
_KEYS = {
    _CAMPAIGN: "campaign_id = ?",
    _FORM: "campaign_id = ? and form_id = ?",
    _PERIOD: "campaign_id = ? and form_id = ? and period = ?",
}
_WORST_FIRST = "class_order, unit_position, unit_id, rule_code, position, outcome_id"
_COUNTS = f"""(
    select
        coalesce(reporting_scope, 'all') as total_scope,
        count(*) as expected,
        count(received_at) as received,
        count(*) filter (where timeliness = 'late') as late,
        count(*) filter (where timeliness = 'missing') as missing,
        count(*) filter (where timeliness = 'not_due') as not_due
    from marts.rpt_timeliness
    where {_KEYS[_PERIOD]}
    group by grouping sets ((reporting_scope), ())
)"""  # noqa: S608 - no text from outside


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit of the roster as a line of the table."""

    unit_id: str
    unit_name: str
    scope: ReportingScope


@dataclass(frozen=True)
class PeriodReport:
    """The rows of one report, as published; nothing is computed here."""

    snapshot: Snapshot
    period: str
    campaign: CampaignRow
    form: FormRow
    dates: tuple[PeriodRow, ...]
    cells: tuple[ProgressCell, ...]
    totals: tuple[ProgressTotal, ...]
    timeliness: tuple[TimelinessRow, ...]
    counts: tuple[TimelinessCount, ...]
    sources: tuple[SourceRow, ...]
    problems: tuple[ProblemRow, ...]
    readings: tuple[Reading, ...]

    @cached_property
    def units(self) -> tuple[UnitLine, ...]:
        """The units in roster order, territory before city level."""
        lines = {cell.unit_id: cell for cell in self.cells}
        known = [
            UnitLine(unit_id, cell.unit_name, ReportingScope(cell.reporting_scope)) for unit_id, cell in lines.items()
        ]
        return tuple(unit for scope in ReportingScope for unit in known if unit.scope is scope)

    @cached_property
    def columns(self) -> tuple[ProgressTotal, ...]:
        """One total per figure of the form, in the form's order; it carries the figure's names and unit of measure."""
        return tuple(total for total in self.totals if total.total_scope == ALL)

    @cached_property
    def _cell_by_place(self) -> dict[tuple[str, str, str], ProgressCell]:
        return {(cell.unit_id, cell.item_code, cell.part): cell for cell in self.cells}

    @cached_property
    def _total_by_place(self) -> dict[tuple[str, str, str], ProgressTotal]:
        return {(total.total_scope, total.item_code, total.part): total for total in self.totals}

    @cached_property
    def silent_units(self) -> frozenset[str]:
        """Units whose form was not received."""
        silent = {cell.unit_id for cell in self.cells if cell.value_state == ValueState.NOT_RECEIVED}
        return frozenset(silent)

    def cell(self, unit_id: str, column: ProgressTotal) -> ProgressCell:
        try:
            return self._cell_by_place[unit_id, column.item_code, column.part]
        except KeyError:
            place = f"{unit_id}, {column.item_code}.{column.part}"
            raise ReportError(f"汇总数据缺一格：{place}。 rpt_progress_table has no row for {place}.") from None

    def total(self, scope: str, column: ProgressTotal) -> ProgressTotal:
        try:
            return self._total_by_place[scope, column.item_code, column.part]
        except KeyError:
            place = f"{scope}, {column.item_code}.{column.part}"
            raise ReportError(f"汇总数据缺合计：{place}。 rpt_progress_totals has no row for {place}.") from None

    @cached_property
    def scopes(self) -> tuple[ReportingScope, ...]:
        """The scopes that have units in this report, in printed order."""
        return tuple(scope for scope in ReportingScope if any(unit.scope is scope for unit in self.units))

    @property
    def cutoff_on(self) -> date | None:
        return max((row.cutoff_on for row in self.dates if row.cutoff_on), default=None)


def load_period_report(published: Path, campaign_id: str, form_id: str, period: str) -> PeriodReport:
    """Read the report of one period from the published snapshot (see `find_snapshot` for what `published` may be).

    Raises:
        ReportError: there is no snapshot, or nothing in it for this campaign, form and period.
    """
    snapshot = find_snapshot(published)
    with open_snapshot(snapshot) as connection:

        def rows(row_type: type[Row], model: str, order: str, *, key: str = _PERIOD) -> tuple[Row, ...]:
            source = f"marts.{model} where {_KEYS[key]} order by {order}"
            return read_rows(connection, row_type, source, (campaign_id, form_id, period)[: _KEYS[key].count("?")])

        campaigns = rows(CampaignRow, "dim_campaigns", "campaign_id", key=_CAMPAIGN)
        forms = rows(FormRow, "dim_forms", "form_id", key=_FORM)
        cells = rows(ProgressCell, "rpt_progress_table", "unit_position, unit_id, position")
        if not campaigns or not forms or not cells:
            raise ReportError(
                f"发布的数据里没有 {campaign_id} {form_id} {period} 这一期。"
                f" Nothing is published for {campaign_id}, form {form_id}, period {period}."
            )
        return PeriodReport(
            snapshot=snapshot,
            period=period,
            campaign=campaigns[0],
            form=forms[0],
            dates=rows(PeriodRow, "dim_reporting_periods", "reporting_scope, due_on"),
            cells=cells,
            totals=rows(ProgressTotal, "rpt_progress_totals", "position, total_scope"),
            timeliness=rows(TimelinessRow, "rpt_timeliness", "unit_position, unit_id"),
            counts=read_rows(connection, TimelinessCount, _COUNTS, (campaign_id, form_id, period)),
            sources=rows(SourceRow, "rpt_sources", "unit_position, unit_id"),
            problems=rows(ProblemRow, "rpt_rule_outcomes", _WORST_FIRST),
            readings=rows(Reading, "dim_contradictions", "cast(substr(code, 2) as int)", key=_CAMPAIGN),
        )
