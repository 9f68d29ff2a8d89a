"""One unit's line of the answer to who has reported: what it owes or may send, and what became of it.

Belongs here: joining who is expected with the rows of the published snapshot. Does not belong here: the answer as a
whole (status.py), who is expected (campaigns.reporters).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from campaigns.calendar import DueDate
from campaigns.model import Campaign, Unit
from campaigns.reporters import ExpectedReport, expected_reports
from orchestration.snapshot import MartSnapshot

Row = Mapping[str, Any]

_TIMELY_ROWS = "select * from rpt_timeliness where campaign_id = ? and period = ?"
_VOLUNTARY_ROWS = """
    select
        form_id, unit_id,
        min(received_at) filter (where status in ('accepted', 'superseded')) as received_at,
        count(*) as versions_received,
        count(*) filter (where status = 'returned') as versions_returned,
        max_by(status, version) as last_status,
        max_by(status_reason, version) as last_reason
    from fct_submissions
    where campaign_id = ? and period = ? and is_voluntary
    group by form_id, unit_id
"""


@dataclass(frozen=True, slots=True)
class UnitStatus:
    """One unit: when its first accepted form came, and what became of everything it sent."""

    unit_id: str
    unit_name: str
    unit_kind: str
    reporting_scope: str
    timeliness: str  # as in the mart; `voluntary` for what nobody owes
    due_on: date
    is_extended: bool
    received_at: datetime | None
    days_late: int | None
    upstream_complete: bool | None  # whether the reports it rests on were on time; None: not yet known, or none
    upstream_late_units: str | None
    versions_received: int
    versions_returned: int
    last_status: str | None
    last_reason: str | None


def unit_statuses(
    snapshot: MartSnapshot | None, campaign: Campaign, due: Sequence[DueDate], today: date
) -> dict[str, list[UnitStatus]]:
    """The units of each form, as on the cut-off of one period: all that owe it, and those that sent it unasked.

    Args:
        snapshot: what was received; None before the first publish.
        campaign: whose roster and duties count.
        due: the dates of one period.
        today: whether silence is missing, and which extensions are known, depends on it.
    """
    period = due[0].period
    owed = _rows(snapshot, _TIMELY_ROWS, campaign.campaign_id, period)
    unasked = _rows(snapshot, _VOLUNTARY_ROWS, campaign.campaign_id, period)
    directory = campaign.directory()
    rosters = {day: {unit.unit_id: unit for unit in directory.units_on(day)} for day in {d.cutoff_on for d in due}}
    lines: dict[str, list[UnitStatus]] = {}
    for report in expected_reports(campaign, due, today):
        key = (report.form_id, report.unit_id)
        if not report.voluntary or key in unasked:
            row = (unasked if report.voluntary else owed).get(key, {})
            unit = rosters[report.cutoff_on][report.unit_id]
            lines.setdefault(report.form_id, []).append(_unit_status(report, unit, row, today))
    return lines


def _rows(
    snapshot: MartSnapshot | None, query: str, campaign_id: str, period: str
) -> dict[tuple[str, str], dict[str, Any]]:
    if snapshot is None:
        return {}
    return {(row["form_id"], row["unit_id"]): row for row in snapshot.rows(query, [campaign_id, period])}


def _unit_status(report: ExpectedReport, unit: Unit, row: Row, today: date) -> UnitStatus:
    return UnitStatus(
        unit_id=unit.unit_id,
        unit_name=unit.unit_name,
        unit_kind=unit.unit_kind,
        reporting_scope=unit.reporting_scope.value,
        timeliness=_timeliness(report, row, today),
        due_on=report.due_on,
        is_extended=report.extended,
        received_at=row.get("received_at"),
        days_late=row.get("days_late"),
        upstream_complete=row.get("upstream_complete"),
        upstream_late_units=row.get("upstream_late_units"),
        versions_received=row.get("versions_received") or 0,
        versions_returned=row.get("versions_returned") or 0,
        last_status=row.get("last_status"),
        last_reason=row.get("last_reason"),
    )


def _timeliness(report: ExpectedReport, row: Row, today: date) -> str:
    """Take what was received from the mart; whether the rest is missing already depends on the day asked for."""
    if report.voluntary:
        return "voluntary"
    if row.get("received_at") is not None:
        return str(row["timeliness"])
    return "missing" if today > report.due_on else "not_due"
