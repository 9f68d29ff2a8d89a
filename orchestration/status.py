"""Who has reported, who is late, who is missing, and what was sent back and why.

Belongs here: the answer for one campaign and period, from the published snapshot and the roster. Does not belong
here: one unit's line (unit_status.py), how it is printed (commands/status_table.py), chasing letters (reports).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from campaigns.calendar import DueDate
from campaigns.model import Campaign
from orchestration.errors import PlainError
from orchestration.snapshot import MartSnapshot
from orchestration.unit_status import UnitStatus, unit_statuses

# Units send a few days ahead: a file nobody can place is shown with the period whose reporting days it came in.
_DAYS_AHEAD = timedelta(days=5)

_TIMELINESS = ("on_time", "late", "missing", "not_due", "voluntary")


@dataclass(frozen=True, slots=True)
class SentBack:
    """One form that was returned or could not be taken, with the sentence its sender gets."""

    unit_id: str | None
    unit_name: str | None
    form_id: str | None
    period: str | None
    status: str
    status_reason: str | None
    file_name: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class FormStatus:
    form_id: str
    form_title: str
    due_on: date
    due_source: str
    expected: int
    on_time: int
    late: int
    missing: int
    not_due: int
    voluntary: int  # sent something that nobody owes; not among the expected
    units: tuple[UnitStatus, ...]


@dataclass(frozen=True, slots=True)
class StatusReport:
    campaign_id: str
    period: str
    today: date
    as_of: datetime | None  # what had been received by then is known; None before the first publish
    forms: tuple[FormStatus, ...]
    sent_back: tuple[SentBack, ...]


def reporting_status(
    snapshot: MartSnapshot | None,
    campaign: Campaign,
    dates: Sequence[DueDate],
    period: str,
    today: date,
    form_id: str | None = None,
) -> StatusReport:
    """Answer who has reported for `period`, seen on the day `today`.

    Raises PlainError for a period that the campaign does not know.
    """
    due = [entry for entry in dates if entry.period == period and form_id in (None, entry.form_id)]
    if not due:
        known = "、".join(dict.fromkeys(entry.period for entry in dates))
        raise PlainError(f"{campaign.campaign_id} 没有 {period} 这一期；有：{known}。 No such period: {period}.")
    units = unit_statuses(snapshot, campaign, due, today)
    forms = tuple(
        _form_status(campaign, form, [entry for entry in due if entry.form_id == form], units.get(form, ()))
        for form in dict.fromkeys(entry.form_id for entry in due)
    )
    return StatusReport(
        campaign_id=campaign.campaign_id,
        period=period,
        today=today,
        as_of=snapshot.as_of if snapshot else None,
        forms=forms,
        sent_back=_sent_back(snapshot, campaign, dates, due),
    )


def _form_status(campaign: Campaign, form_id: str, due: Sequence[DueDate], units: Sequence[UnitStatus]) -> FormStatus:
    counts = {word: sum(unit.timeliness == word for unit in units) for word in _TIMELINESS}
    return FormStatus(
        form_id=form_id,
        form_title=campaign.form(form_id).title,
        due_on=due[0].due_on,
        due_source=due[0].due_source,
        expected=len(units) - counts["voluntary"],
        units=tuple(units),
        **counts,
    )


def _sent_back(
    snapshot: MartSnapshot | None, campaign: Campaign, dates: Iterable[DueDate], due: Sequence[DueDate]
) -> tuple[SentBack, ...]:
    """List what was returned for this period, and files without a period that came in its reporting days."""
    if snapshot is None:
        return ()
    opens = min(min(entry.cutoff_on, entry.due_on) for entry in due) - _DAYS_AHEAD
    forms = {entry.form_id for entry in due}
    later = [
        min(entry.cutoff_on, entry.due_on) - _DAYS_AHEAD
        for entry in dates
        if entry.form_id in forms and min(entry.cutoff_on, entry.due_on) - _DAYS_AHEAD > opens
    ]
    query = """
        select unit_id, form_id, period, status, status_reason, file_name, received_at
        from fct_submissions
        where campaign_id = ? and status in ('returned', 'quarantined')
          and (period = ? or (period is null and cast(received_at as date) between ? and ?))
        order by received_at, file_name
    """
    closes = min(later, default=date.max) - timedelta(days=1)
    rows = snapshot.rows(query, [campaign.campaign_id, due[0].period, opens, closes])
    names = {unit.unit_id: unit.unit_name for unit in campaign.units}
    return tuple(SentBack(unit_name=names.get(row["unit_id"]), **row) for row in rows)
