"""Everything a summary of units prints, read from the marts in one go: what was due within the period, unit by unit.

Belongs here: which rows are read, in which order, and counting them. Does not belong here: layout
(unit_summary_tables.py, register_tables.py), judging who is late or short (the models).

Reports count by their due day, obligations by periods that touch this one, tasks as at the last cut-off within it,
registers as they stand in the published version.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Final

from reports.campaign_head import CampaignHead, days_of, load_head, nothing_to_print
from reports.published import Row, find_snapshot, open_snapshot, read_rows

if TYPE_CHECKING:
    from reports.report_request import ReportRequest

_DUE: Final = "campaign_id = $campaign_id and due_on between $first_day and $last_day"
_OBLIGED: Final = "campaign_id = $campaign_id and starts_on <= $last_day and ends_on >= $first_day"
_ROLL_OF_TASKS: Final = """campaign_id = $campaign_id and (form_id, period) in (
    select (form_id, max_by(period, cutoff_on)) from marts.rpt_unit_progress
    where campaign_id = $campaign_id and cutoff_on between $first_day and $last_day
    group by form_id
)"""
_REGISTERED: Final = "campaign_id = $campaign_id"

_UNITS: Final = f"""(
    select unit_id, max(unit_name) as unit_name, max(risk_class_name) as risk_class_name
    from (
        select unit_id, unit_name, unit_position, null as risk_class_name from marts.rpt_timeliness where {_DUE}
        union all
        select unit_id, unit_name, unit_position, risk_class_name from marts.fct_obligations where {_OBLIGED}
        union all
        select unit_id, unit_name, unit_position, null from marts.rpt_unit_progress where {_ROLL_OF_TASKS}
        union all
        select unit_id, unit_name, unit_position, null from marts.rpt_registers where {_REGISTERED}
    )
    group by unit_id
    order by min(unit_position), unit_id
)"""  # noqa: S608 - no text from outside
_REPORT_COUNTS: Final = """
    count(*) as expected,
    count(*) filter (where timeliness = 'on_time') as on_time,
    count(*) filter (where timeliness = 'late') as late,
    count(*) filter (where timeliness = 'missing') as missing,
    count(*) filter (where timeliness = 'not_due') as not_due
"""
_BY_UNIT: Final = f"(select unit_id, {_REPORT_COUNTS} from marts.rpt_timeliness where {_DUE} group by unit_id)"  # noqa: S608
_BY_FORM: Final = f"""(
    select form_id, period, max(due_on) as due_on, {_REPORT_COUNTS} from marts.rpt_timeliness where {_DUE}
    group by form_id, period order by due_on, form_id
)"""  # noqa: S608
_TASKS: Final = f"""(
    select
        unit_id, sum(tasks_owed) as tasks_owed, sum(tasks_done) as tasks_done,
        sum(tasks_in_progress) as tasks_in_progress, sum(tasks_not_started) as tasks_not_started,
        sum(tasks_unknown) as tasks_unknown, sum(tasks_overdue) as tasks_overdue
    from marts.rpt_unit_progress where {_ROLL_OF_TASKS} group by unit_id
)"""  # noqa: S608
_OBLIGATION_COUNTS: Final = f"""(
    select
        obligation_name, period, risk_class_name, max(clause) as clause, count(*) as units,
        count(*) filter (where obligation_state = 'met') as met,
        count(*) filter (where obligation_state = 'short') as short,
        count(*) filter (where obligation_state = 'open') as still_open
    from marts.fct_obligations where {_OBLIGED}
    group by obligation_name, period, risk_class_name order by obligation_name, min(starts_on), period
)"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class SummaryUnit:
    unit_id: str
    unit_name: str
    risk_class_name: str | None


@dataclass(frozen=True, slots=True)
class UnitReports:
    unit_id: str
    expected: int
    on_time: int
    late: int
    missing: int
    not_due: int


@dataclass(frozen=True, slots=True)
class FormReports:
    form_id: str
    period: str
    due_on: date
    expected: int
    on_time: int
    late: int
    missing: int
    not_due: int


@dataclass(frozen=True, slots=True)
class UnitTasks:
    unit_id: str
    tasks_owed: int
    tasks_done: int
    tasks_in_progress: int
    tasks_not_started: int
    tasks_unknown: int
    tasks_overdue: int


@dataclass(frozen=True, slots=True)
class ObligationCount:
    obligation_name: str
    period: str
    risk_class_name: str | None
    clause: str | None
    units: int
    met: int
    short: int
    still_open: int


@dataclass(frozen=True, slots=True)
class UnitObligation:
    obligation_id: str
    event_name: str
    unit_id: str
    unit_name: str
    risk_class_name: str | None
    period: str
    ends_on: date
    times: int
    done_count: int
    shortfall: int
    obligation_state: str
    last_done_on: date | None


@dataclass(frozen=True, slots=True)
class UnitReport:
    form_id: str
    period: str
    unit_id: str
    unit_name: str
    due_on: date
    received_at: datetime | None
    timeliness: str
    days_late: int | None
    upstream_complete: bool | None
    upstream_late_units: str | None
    last_status: str | None
    last_reason: str | None


@dataclass(frozen=True, slots=True)
class UpstreamReport:
    chain_id: str
    period: str
    downstream_unit_name: str
    upstream_unit_name: str
    upstream_form_id: str
    upstream_due_on: date
    upstream_received_at: datetime | None
    upstream_timeliness: str
    upstream_days_late: int | None


@dataclass(frozen=True, slots=True)
class RegisterCell:
    form_id: str
    unit_id: str
    unit_name: str
    row_key: str
    entry_first_period: str
    column_id: str
    printed_value: str | None
    file_name: str
    source_cell: str


@dataclass(frozen=True)
class UnitSummary:
    """The rows of one summary, as published."""

    head: CampaignHead
    units: tuple[SummaryUnit, ...]
    reports_by_unit: tuple[UnitReports, ...]
    reports_by_form: tuple[FormReports, ...]
    reports: tuple[UnitReport, ...]
    tasks: tuple[UnitTasks, ...]
    obligation_counts: tuple[ObligationCount, ...]
    obligations: tuple[UnitObligation, ...]
    upstream: tuple[UpstreamReport, ...]
    register_cells: tuple[RegisterCell, ...]

    @cached_property
    def resting_reports(self) -> tuple[UnitReport, ...]:
        """The reports that rest on others."""
        return tuple(report for report in self.reports if report.upstream_complete is not None)


def load_unit_summary(request: ReportRequest) -> UnitSummary:
    """Read the summary from the published snapshot.

    Raises:
        ReportError: there is no snapshot.
        NothingToPrintError: nothing was due within the period and no unit has a register.
    """
    first_day, last_day = days_of(request.period)
    known = {"campaign_id": request.campaign.campaign_id, "first_day": first_day, "last_day": last_day}
    with open_snapshot(find_snapshot(request.published)) as connection:

        def rows(row_type: type[Row], source: str) -> tuple[Row, ...]:
            return read_rows(connection, row_type, source, known)

        units = rows(SummaryUnit, _UNITS)
        if not units:
            raise nothing_to_print(request, "应报的报表、任务和规定动作")
        by_unit = "unit_position, unit_id"
        upstream = "campaign_id = $campaign_id and upstream_due_on between $first_day and $last_day"
        registers = f"{by_unit}, entry_first_period, row_key, column_position, cell_position"
        return UnitSummary(
            head=load_head(connection, request),
            units=units,
            reports_by_unit=rows(UnitReports, _BY_UNIT),
            reports_by_form=rows(FormReports, _BY_FORM),
            reports=rows(UnitReport, f"marts.rpt_timeliness where {_DUE} order by {by_unit}, due_on, form_id, period"),
            tasks=rows(UnitTasks, _TASKS),
            obligation_counts=rows(ObligationCount, _OBLIGATION_COUNTS),
            obligations=rows(
                UnitObligation,
                f"marts.fct_obligations where {_OBLIGED} order by {by_unit}, obligation_id, starts_on, period",
            ),
            upstream=rows(
                UpstreamReport,
                f"marts.fct_upstream_reports where {upstream} order by chain_id, period, upstream_unit_position",
            ),
            register_cells=rows(RegisterCell, f"marts.rpt_registers where {_REGISTERED} order by form_id, {registers}"),
        )
