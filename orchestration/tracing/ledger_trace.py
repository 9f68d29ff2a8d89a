"""A figure that the hazard ledger can prove: what the form says, what the ledger counts, and every hazard behind it.

Belongs here: the ledger's side of one item and period, judged once more hazard by hazard from the published events, so
that a wrong count in the models shows here. Does not belong here: cells of forms (traced_cells.py), the life of one
hazard (hazard_trace.py), the count itself (SQL).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestration.home import Home
from orchestration.snapshot import MartSnapshot
from orchestration.tracing.hazard_status import DONE, status_on

if TYPE_CHECKING:
    from campaigns.form_model import LedgerCount

    Key = tuple[str, str, str, str, str]  # campaign, form, period, item, part


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One hazard of a unit: whether it counts for the item at the cut-off, why, and the line that speaks of it."""

    hazard_id: str
    hazard_number: str | None
    enterprise: str | None
    hazard_text: str | None
    level: str | None
    source: str | None
    found_on: date | None
    status_at_cutoff: str | None  # null: not found by then
    is_counted: bool
    reason: str
    matches_mart: bool | None  # null where form and ledger agree, which no mart explains
    file_name: str | None
    file_sha256: str | None
    archive_path: Path | None
    source_row: str


@dataclass(frozen=True, slots=True)
class LedgerSide:
    """What the ledger says where a form says a figure; `rows` only where one unit was asked for."""

    unit_id: str
    cutoff_on: date
    ledger_value: Decimal
    rows: tuple[LedgerRow, ...]
    agrees: bool  # the hazards that count here are as many as the models counted


_COUNTS = """
    select * from fct_ledger_counts
    where campaign_id = ? and form_id = ? and period = ? and item_code = ? and part = ?
"""

_HAZARDS = """
    select hazards.*, sent.file_name, sent.file_sha256, campaigns.starts_on
    from fct_hazards as hazards
    inner join dim_campaigns as campaigns on hazards.campaign_id = campaigns.campaign_id
    left join fct_submissions as sent on hazards.submission_id = sent.submission_id
    where hazards.campaign_id = ? and hazards.unit_id = ?
    order by hazards.found_on nulls last, hazards.hazard_number nulls last, hazards.hazard_id
"""

_EVENTS = """
    select events.* from fct_hazard_events as events
    inner join fct_hazards as hazards
        on events.campaign_id = hazards.campaign_id and events.hazard_id = hazards.hazard_id
    where hazards.campaign_id = ? and hazards.unit_id = ?
    order by events.hazard_id, events.event_number
"""

_EXPLAINED = """
    select hazard_id, is_counted, reason from fct_ledger_difference_rows
    where campaign_id = ? and form_id = ? and period = ? and item_code = ? and part = ? and unit_id = ?
"""


def ledger_sides(
    home: Home, snapshot: MartSnapshot, key: Key, asked: LedgerCount, unit_id: str | None
) -> tuple[LedgerSide, ...]:
    """The ledger's count for every unit that has sent a hazard list, with its hazards for the one that is asked for.

    Args:
        home: where the files are kept.
        snapshot: the published marts.
        key: campaign, form, period, item and part.
        asked: what of the ledger the item counts.
        unit_id: the unit whose hazards are listed; None lists none.
    """
    if not snapshot.holds("fct_ledger_counts"):
        return ()
    counts = [row for row in snapshot.rows(_COUNTS, key) if unit_id in (None, row["unit_id"])]
    return tuple(_side(home, snapshot, key, asked, row, with_rows=unit_id is not None) for row in counts)


def _side(
    home: Home, snapshot: MartSnapshot, key: Key, asked: LedgerCount, count: Mapping[str, Any], *, with_rows: bool
) -> LedgerSide:
    rows = _rows(home, snapshot, key, asked, count) if with_rows else ()
    counted = sum(row.is_counted for row in rows)
    return LedgerSide(
        unit_id=count["unit_id"],
        cutoff_on=count["cutoff_on"],
        ledger_value=count["ledger_value"],
        rows=rows,
        agrees=not with_rows
        or (count["ledger_value"] == counted and all(row.matches_mart is not False for row in rows)),
    )


def _rows(
    home: Home, snapshot: MartSnapshot, key: Key, asked: LedgerCount, count: Mapping[str, Any]
) -> tuple[LedgerRow, ...]:
    of_unit = (key[0], count["unit_id"])
    events: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for event in snapshot.rows(_EVENTS, of_unit):
        events[event["hazard_id"]].append(event)
    explained = {row["hazard_id"]: row for row in snapshot.rows(_EXPLAINED, (*key, count["unit_id"]))}
    hazards = snapshot.rows(_HAZARDS, of_unit)
    return tuple(
        _row(home, asked, hazard, events[hazard["hazard_id"]], explained.get(hazard["hazard_id"]), count["cutoff_on"])
        for hazard in hazards
    )


def _row(
    home: Home,
    asked: LedgerCount,
    hazard: Mapping[str, Any],
    events: Sequence[Mapping[str, Any]],
    explained: Mapping[str, Any] | None,
    cutoff_on: date,
) -> LedgerRow:
    status = status_on(events, cutoff_on)
    reason = _refusal(asked, hazard, status, cutoff_on) or "counted"
    taken = {name: hazard[name] for name in LedgerRow.__slots__ if name in hazard}
    return LedgerRow(
        **taken,
        status_at_cutoff=status,
        is_counted=reason == "counted",
        reason=explained["reason"] if explained else reason,
        matches_mart=explained["is_counted"] == (reason == "counted") if explained else None,
        archive_path=home.archived(hazard["file_sha256"]),
    )


def _refusal(asked: LedgerCount, hazard: Mapping[str, Any], status: str | None, cutoff_on: date) -> str | None:
    """Why the item does not count the hazard; the codes are those of fct_ledger_difference_rows."""
    found_on, listed_on, rectified_on = hazard["found_on"], hazard["listed_on"], hazard["rectified_on"]
    is_listed = listed_on <= cutoff_on if listed_on else hazard["listed_level"] is not None
    is_late = rectified_on is not None and rectified_on > cutoff_on
    checks = (
        (hazard["level"] != "major", "not_major"),
        (found_on is None, "undated"),
        (found_on is not None and found_on < hazard["starts_on"], "before_campaign"),
        (found_on is not None and found_on > cutoff_on, "found_after_cutoff"),
        (bool(asked.sources) and hazard["source"] not in asked.sources, "other_source"),
        (asked.listed and not is_listed, "not_listed"),
        (asked.counts == "rectified" and status not in DONE, "rectified_after_cutoff" if is_late else "not_rectified"),
    )
    return next((reason for applies, reason in checks if applies), None)
