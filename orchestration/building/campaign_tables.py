"""Campaign data into the raw zone, and due dates that stay what they were.

Belongs here: noticing that a campaign changed, appending its new snapshot, and keeping the stored dates of past
periods. Does not belong here: how rows are made (campaigns.tables) or dates computed (campaigns.calendar).

A holiday decree, a newer calendar library or an edited duty changes coming dates only: a report that was on time must
not become late afterwards. A stored date whose source was an `estimate` was never announced and may be replaced.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from campaigns.vocabulary import ReportingScope
from orchestration.building.database import connect

if TYPE_CHECKING:
    from campaigns.calendar import DueDate
    from campaigns.model import Campaign
    from orchestration.home import Home

Row = Mapping[str, Any]


def dates_in_force(home: Home, campaign: Campaign, today: date) -> list[DueDate]:
    """The campaign's due dates: stored ones for periods whose due day has passed, computed ones for the rest."""
    stored = _latest_rows(home, "due_dates", campaign.campaign_id)
    return _keep_past(home.due_dates(campaign), stored, today)


def all_dates_in_force(home: Home, campaigns: Mapping[str, Campaign], today: date) -> dict[str, list[DueDate]]:
    return {campaign_id: dates_in_force(home, campaign, today) for campaign_id, campaign in campaigns.items()}


def store_campaigns(home: Home, campaigns: Mapping[str, Campaign], now: datetime) -> list[str]:
    """Append the tables of every campaign that changed since its last snapshot; the caller holds the lock.

    Returns:
        The ids of the campaigns that changed; a second call with the same campaigns appends nothing.
    """
    from campaigns.calendar import calendar_days, output_dates
    from campaigns.tables import campaign_rows
    from ingest.raw.raw_zone import RawZone

    changed: list[str] = []
    batch: dict[str, list[Row]] = {}
    for campaign_id, campaign in campaigns.items():
        dates = dates_in_force(home, campaign, now.date())
        outputs = output_dates(campaign, home.work_calendar)
        tables = campaign_rows(campaign, dates, now, outputs, calendar_days(campaign, home.work_calendar))
        snapshot_ids = {row["snapshot_id"] for row in _latest_rows(home, "campaigns", campaign_id)}
        if snapshot_ids != {row["snapshot_id"] for row in tables["campaigns"]}:
            changed.append(campaign_id)
            for table, rows in tables.items():
                batch.setdefault(table, []).extend(rows)
    if batch:
        RawZone(home.raw).append(_batch_id(now, batch), batch)
    return changed


def _batch_id(now: datetime, batch: Mapping[str, Sequence[Row]]) -> str:
    """Sorts by time; the content keeps it new when a campaign changes twice in one night."""
    content = "-".join(sorted({row["snapshot_id"] for row in batch["campaigns"]}))
    return f"{now:%Y%m%dT%H%M%S%f}-campaigns-{content[:16]}"


def _latest_rows(home: Home, table: str, campaign_id: str) -> list[Row]:
    """The rows of the campaign's newest stored snapshot; empty before the first."""
    folder = home.raw / table
    if not any(folder.glob("*.parquet")):
        return []
    with connect(home) as connection:  # not pyarrow.dataset, which brings pandas: `status` and `calendar` start at once
        cursor = connection.execute(_NEWEST, {"files": str(folder / "*.parquet"), "campaign_id": campaign_id})
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


_NEWEST = """
    with stored as (select * from read_parquet($files) where campaign_id = $campaign_id)

    select * from stored
    where (loaded_at, batch_id) = (select max((loaded_at, batch_id)) from stored)
"""


def _keep_past(computed: Sequence[DueDate], stored: Iterable[Row], today: date) -> list[DueDate]:
    kept = {
        (row["duty_id"], row["period"], row["reporting_scope"]): row
        for row in stored
        if row["due_source"] != "estimate" and row["due_on"] < today
    }
    dates: list[DueDate] = []
    for due in computed:
        if not any((due.duty_id, due.period, scope.value) in kept for scope in due.reporters):
            dates.append(due)
            continue
        for row, scopes in _by_row(due, kept):
            dates.append(_from_row(row, scopes) if row else replace(due, reporters=scopes))
    return dates


def _by_row(
    due: DueDate, kept: Mapping[tuple[str, str, str], Row]
) -> list[tuple[Row | None, tuple[ReportingScope, ...]]]:
    """The scopes of a due date, grouped by what was stored for them (mostly one group: all scopes, one date)."""
    groups: dict[tuple[Any, ...] | None, tuple[Row | None, list[ReportingScope]]] = {}
    for scope in due.reporters:
        row = kept.get((due.duty_id, due.period, scope.value))
        key = tuple(row[name] for name in _DATE_COLUMNS) if row else None
        groups.setdefault(key, (row, []))[1].append(scope)
    return [(row, tuple(scopes)) for row, scopes in groups.values()]


_DATE_COLUMNS = ("previous_period", "cutoff_on", "due_on", "due_source", "grace_until", "lock_on")


def _from_row(row: Row, reporters: tuple[ReportingScope, ...]) -> DueDate:
    from campaigns.calendar import DueDate

    values = {field.name: row[field.name] for field in fields(DueDate) if field.name != "reporters"}
    return DueDate(**values, reporters=reporters)
