"""Figures of units that changed between two nights, and the causes that make the change.

Belongs here: comparing fct_indicator_values of two nights and dividing each change between its causes. Does not belong
here: totals and the whole list (restatement.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from orchestration.snapshot import latest_units, rows_of

if TYPE_CHECKING:
    import duckdb

Key = tuple[str, str, str, str, str]  # form, unit, period, item, part


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a figure changed, and its share of the change.

    kind: `new_file` (nothing had come before), `newer_version` (the unit sent it again), `correction` (of the office,
    or one that no longer applies), `roster` (the unit was added, moved or taken out), `definition` (the campaign's data
    changed), `previous_period` (only the month's step changed, because the figure before it did).
    """

    kind: str
    effect: Decimal
    file_name: str | None = None
    file_sha256: str | None = None
    received_at: datetime | None = None
    source_cell: str | None = None
    correction_id: str | None = None
    decided_by: str | None = None
    decided_on: date | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class RestatedFigure:
    """One unit's figure that changed; states are null where the unit was not on the roster."""

    form_id: str
    period: str
    unit_id: str
    unit_name: str | None
    item_code: str
    part: str
    state_before: str | None
    state_after: str | None
    value_before: Decimal | None
    value_after: Decimal | None
    month_before: Decimal | None
    month_after: Decimal | None
    change: Decimal
    previous_change: Decimal  # of the period before, which the month's step subtracts
    scope_before: str | None
    scope_after: str | None
    causes: tuple[Cause, ...]

    @property
    def agrees(self) -> bool:
        return bool(self.causes) and sum((cause.effect for cause in self.causes), Decimal(0)) == self.change


_FIGURES = f"""
    with compared as (
        select
            coalesce(after.form_id, before.form_id) as form_id,
            coalesce(after.unit_id, before.unit_id) as unit_id,
            coalesce(after.period, before.period) as period,
            coalesce(after.item_code, before.item_code) as item_code,
            coalesce(after.part, before.part) as part,
            before.reporting_scope as scope_before, after.reporting_scope as scope_after,
            before.value_state as state_before, after.value_state as state_after,
            before.cumulative_value as value_before, after.cumulative_value as value_after,
            before.month_value as month_before, after.month_value as month_after,
            before.reported_value as reported_before, after.reported_value as reported_after,
            before.correction_id as correction_before, after.correction_id as correction_after,
            before.submission_id as submission_before, after.submission_id as submission_after,
            after.source_cell
        from (from earlier.marts.fct_indicator_values where campaign_id = $campaign) as before
        full join (from later.marts.fct_indicator_values where campaign_id = $campaign) as after
            using (campaign_id, form_id, unit_id, period, item_code, part)
    ),

    published as (
        select distinct form_id, period from earlier.marts.fct_indicator_values where campaign_id = $campaign
    )

    select compared.*, units.unit_name, periods.previous_period, sent.file_name, sent.file_sha256, sent.received_at
    from compared
    inner join published using (form_id, period)
    left join {latest_units("later.marts")} as units
        on units.campaign_id = $campaign and compared.unit_id = units.unit_id
    left join later.marts.fct_submissions as sent on compared.submission_after = sent.submission_id
    left join (
        select form_id, period, max(previous_period) as previous_period
        from later.marts.dim_reporting_periods where campaign_id = $campaign group by form_id, period
    ) as periods on compared.form_id = periods.form_id and compared.period = periods.period
    where state_before is distinct from state_after or value_before is distinct from value_after
        or month_before is distinct from month_after or scope_before is distinct from scope_after
    order by form_id, period, item_code, part, unit_id
"""  # noqa: S608 - constants

_CORRECTIONS = """
    select correction_id, decided_by, decided_on, reason
    from (from earlier.marts.fct_corrections union by name from later.marts.fct_corrections)
    where campaign_id = $campaign
"""


def restated_figures(connection: duckdb.DuckDBPyConnection, campaign_id: str) -> tuple[RestatedFigure, ...]:
    """The units' figures that changed between the catalogs `earlier` and `later`, each with its causes."""
    asked = {"campaign": campaign_id}
    rows = rows_of(connection, _FIGURES, asked)
    corrections = {row["correction_id"]: row for row in rows_of(connection, _CORRECTIONS, asked)}
    changes = {_key(row, row["period"]): as_number(row["value_after"]) - as_number(row["value_before"]) for row in rows}
    return tuple(_figure(row, changes, corrections) for row in rows)


def _key(row: Mapping[str, Any], period: str | None) -> Key:
    return (row["form_id"], row["unit_id"], period or "", row["item_code"], row["part"])


def as_number(value: Decimal | None) -> Decimal:
    """A value in a change: null counts as 0."""
    return value or Decimal(0)


def _figure(
    row: Mapping[str, Any], changes: Mapping[Key, Decimal], corrections: Mapping[str, Mapping[str, Any]]
) -> RestatedFigure:
    taken = {name: row[name] for name in RestatedFigure.__slots__ if name in row}
    before = _key(row, row["previous_period"])
    return RestatedFigure(
        **taken,
        change=changes[_key(row, row["period"])],
        previous_change=changes.get(before, Decimal(0)),
        causes=tuple(_causes(row, before in changes, corrections)),
    )


def _causes(
    row: Mapping[str, Any], previous_changed: bool, corrections: Mapping[str, Mapping[str, Any]]
) -> Iterator[Cause]:
    """The file's share is the change of what was reported, a correction's what is counted beside it."""
    whole = as_number(row["value_after"]) - as_number(row["value_before"])
    by_file = as_number(row["reported_after"]) - as_number(row["reported_before"])
    if row["scope_before"] != row["scope_after"]:
        yield Cause("roster", whole)
        return
    is_corrected = row["correction_before"] != row["correction_after"]
    if row["submission_before"] != row["submission_after"]:
        kind = "new_file" if row["submission_before"] is None else "newer_version"
        where = {name: row[name] for name in ("file_name", "file_sha256", "received_at", "source_cell")}
        yield Cause(kind, by_file, **where)
    elif by_file or (not is_corrected and _says_otherwise(row)):
        yield Cause("definition", whole if not is_corrected else by_file)
    if is_corrected:
        yield Cause("correction", whole - by_file, **corrections[row["correction_after"] or row["correction_before"]])
    if not _says_otherwise(row) and row["submission_before"] == row["submission_after"] and not is_corrected:
        yield Cause("previous_period" if previous_changed else "definition", Decimal(0))


def _says_otherwise(row: Mapping[str, Any]) -> bool:
    return (row["state_before"], row["value_before"]) != (row["state_after"], row["value_after"])
