"""Everything the report of one campaign, form and period prints, read from the marts in one go.

Belongs here: which rows are read, in which order, and how they are looked up. Does not belong here: layout, sums.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Final

from campaigns.vocabulary import ReportingScope, Subject
from reports.consolidation.ledger_questions import QUESTIONS_ORDER, LedgerQuestionRow
from reports.consolidation.ledger_table import LEDGER_ORDER, LedgerDifferenceRow
from reports.consolidation.overlap_table import REPORTS_ORDER, TOTALS_ORDER, OverlapReportRow, OverlapTotalRow
from reports.consolidation.restated_table import RESTATED_ORDER, RestatedRow
from reports.paper.safe_text import outside_text
from reports.published import (
    CampaignRow,
    FormRow,
    NothingToPrintError,
    PeriodRow,
    ProblemRow,
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
from reports.unit_figures import UnitLine, read_unit_lines

ALL = "all"
_CAMPAIGN, _FORM, _PERIOD, _TOUCHED = "campaign", "form", "period", "touched"
_KEYS = {
    _CAMPAIGN: "campaign_id = ?",
    _FORM: "campaign_id = ? and form_id = ?",
    _PERIOD: "campaign_id = ? and form_id = ? and period = ?",
    _TOUCHED: "campaign_id = ? and form_id = ? and ? between first_period and last_period",
}
_QUESTIONS: Final = (LedgerQuestionRow, "rpt_ledger_questions", QUESTIONS_ORDER)
_WORST_FIRST = "class_order, unit_position, unit_id, rule_code, position, order_in_rule, source_cell, outcome_id"
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


@dataclass(frozen=True)
class PeriodReport:
    """The rows of one report, as published; nothing is computed here."""

    snapshot: Snapshot
    period: str
    campaign: CampaignRow
    form: FormRow
    dates: tuple[PeriodRow, ...]
    lines: tuple[UnitLine, ...]
    totals: tuple[ProgressTotal, ...]
    timeliness: tuple[TimelinessRow, ...]
    counts: tuple[TimelinessCount, ...]
    sources: tuple[SourceRow, ...]
    problems: tuple[ProblemRow, ...]
    ledger_differences: tuple[LedgerDifferenceRow, ...]
    ledger_questions: tuple[LedgerQuestionRow, ...]
    overlap_totals: tuple[OverlapTotalRow, ...]
    overlap_reports: tuple[OverlapReportRow, ...]
    restatements: tuple[RestatedRow, ...]
    readings: tuple[Reading, ...]

    @cached_property
    def units(self) -> tuple[UnitLine, ...]:
        """The units in roster order, territory before city level."""
        return tuple(line for scope in ReportingScope for line in self.lines if line.scope is scope)

    @cached_property
    def printed_names(self) -> dict[str, str]:
        """unit_id → the unit's name as printed."""
        return {line.unit_id: outside_text(line.unit_name) for line in self.lines}

    @cached_property
    def days_late(self) -> dict[str, int | None]:
        """unit_id → by how many days its form was late; only late units."""
        return {row.unit_id: row.days_late for row in self.timeliness if row.timeliness == "late"}

    @cached_property
    def columns(self) -> tuple[ProgressTotal, ...]:
        """One total per figure of the form, in the form's order; it carries the figure's names and unit of measure."""
        return form_columns(self.totals)

    @cached_property
    def _total_by_place(self) -> dict[tuple[str, str, str], ProgressTotal]:
        return {(total.total_scope, total.item_code, total.part): total for total in self.totals}

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

    def readings_about(self, *subjects: Subject) -> tuple[Reading, ...]:
        """The readings on which a report of these subjects relies, in the order of their codes."""
        return tuple(reading for reading in self.readings if reading.about in subjects)

    @property
    def cutoff_on(self) -> date | None:
        return max((row.cutoff_on for row in self.dates if row.cutoff_on), default=None)


def form_columns(totals: Iterable[ProgressTotal]) -> tuple[ProgressTotal, ...]:
    """Return one total per figure of the form, in the form's order."""
    return tuple(total for total in totals if total.total_scope == ALL)


def load_period_report(
    published: Path, campaign_id: str, form_id: str, period: str, *, only_totals: bool = False
) -> PeriodReport:
    """Read the report of one period from the published snapshot (see `find_snapshot` for what `published` may be).

    With `only_totals` the units' lines, sources and problems are left out: a report of totals does not wait for them.

    Raises:
        ReportError: there is no snapshot.
        NothingToPrintError: there is nothing in it for this campaign, form and period.
    """
    snapshot = find_snapshot(published)
    with open_snapshot(snapshot) as connection:

        def rows(row_type: type[Row], model: str, order: str, *, key: str = _PERIOD) -> tuple[Row, ...]:
            source = f"marts.{model} where {_KEYS[key]} order by {order}"
            return read_rows(connection, row_type, source, (campaign_id, form_id, period)[: _KEYS[key].count("?")])

        campaigns = rows(CampaignRow, "dim_campaigns", "campaign_id", key=_CAMPAIGN)
        forms = rows(FormRow, "dim_forms", "form_id", key=_FORM)
        totals = rows(ProgressTotal, "rpt_progress_totals", "position, total_scope")
        key = (campaign_id, form_id, period)
        lines = () if only_totals else read_unit_lines(connection, key, form_columns(totals))
        if not campaigns or not forms or not totals or not (lines or only_totals):
            raise _nothing_to_print(*key)
        return PeriodReport(
            snapshot=snapshot,
            period=period,
            campaign=campaigns[0],
            form=forms[0],
            dates=rows(PeriodRow, "dim_reporting_periods", "reporting_scope, due_on"),
            lines=lines,
            totals=totals,
            timeliness=rows(TimelinessRow, "rpt_timeliness", "unit_position, unit_id"),
            counts=read_rows(connection, TimelinessCount, _COUNTS, key),
            sources=() if only_totals else rows(SourceRow, "rpt_sources", "unit_position, unit_id"),
            problems=() if only_totals else rows(ProblemRow, "rpt_rule_outcomes", _WORST_FIRST),
            ledger_differences=() if only_totals else rows(LedgerDifferenceRow, "rpt_ledger_differences", LEDGER_ORDER),
            ledger_questions=() if only_totals else rows(*_QUESTIONS, key=_TOUCHED),
            overlap_totals=() if only_totals else rows(OverlapTotalRow, "rpt_overlap_totals", TOTALS_ORDER),
            overlap_reports=() if only_totals else rows(OverlapReportRow, "rpt_overlap_reports", REPORTS_ORDER),
            restatements=() if only_totals else rows(RestatedRow, "rpt_restatements", RESTATED_ORDER),
            readings=rows(Reading, "dim_contradictions", "cast(substr(code, 2) as int)", key=_CAMPAIGN),
        )


def _nothing_to_print(campaign_id: str, form_id: str, period: str) -> NothingToPrintError:
    return NothingToPrintError(
        f"发布的数据里没有 {campaign_id} {form_id} {period} 这一期。"
        f" Nothing is published for {campaign_id}, form {form_id}, period {period}."
    )
