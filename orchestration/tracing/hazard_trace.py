"""The life of one hazard: every event with its cell, every line that speaks of it, and why those lines are one hazard.

Belongs here: the answer for one hazard, as of the published snapshot. Does not belong here: what a figure counts
(ledger_trace.py), finding and joining pairs (ingest.hazards.hazard_matching, hazard_links.py), how it is printed
(commands/hazard_table.py).

Events, the present state and which line of a list counts are what the marts say; lines and pairs are read from the raw
zone, as far as they had been received by then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestration.building.database import connect
from orchestration.building.hazard_links import BUILT_PAIRS, pair_parameters
from orchestration.home import Home
from orchestration.snapshot import MartSnapshot, rows_of
from orchestration.tracing.hazard_criterion import TracedCriterion, criterion_of
from orchestration.tracing.hazard_deadlines import TracedDeadline, deadlines_of
from orchestration.tracing.hazard_status import statuses_on
from orchestration.tracing.named_hazard import named_hazard
from orchestration.tracing.repeated_lines import are_repeated

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class TracedEvent:
    event: str
    event_on: date
    episode: int  # 0: once in a life; else which round since the last reopening
    actor: str | None
    period: str | None
    file_name: str | None
    file_sha256: str | None
    archive_path: Path | None
    source_cell: str | None
    addressee: str | None = None  # of a notice; marts published earlier have none
    particular: str | None = None  # of a listing its level, of a letter its number; marts published earlier have none


@dataclass(frozen=True, slots=True)
class TracedLine:
    """One line of one list that speaks of the hazard."""

    period: str | None
    version: int | None
    status: str | None  # of the submission; only lines of `accepted` ones are believed
    is_repeated: bool | None  # another line of the same list is believed instead; as in are_repeated
    hazard_number: str | None
    enterprise: str | None
    hazard: str | None
    signature: str
    joined_by: str | None  # the pair that joined it; null for the words the hazard was first reported in
    received_at: datetime | None
    file_name: str | None
    file_sha256: str | None
    archive_path: Path | None
    source_row: str


@dataclass(frozen=True, slots=True)
class TracedPair:
    """What the comparison of two wordings found, and what a person decided about it."""

    pair_id: str
    kind: str  # same, overlap (another unit's hazard), repeat (found again later)
    is_joined: bool
    score: Decimal
    reason: str
    decision: str | None
    decided_by: str | None
    decided_on: date | None
    decision_reason: str | None
    signature_a: str
    signature_b: str


@dataclass(frozen=True, slots=True)
class HazardTrace:
    campaign_id: str
    hazard_id: str
    shared_hazard_id: str
    unit_id: str
    unit_name: str | None
    hazard_number: str | None
    enterprise: str | None
    hazard_text: str | None
    level: str | None
    source: str | None
    found_on: date | None
    due_on: date | None
    status: str
    as_of: datetime | None
    on: date | None
    status_on_day: str | None  # as in statuses_on; null without a day
    events: tuple[TracedEvent, ...]
    lines: tuple[TracedLine, ...]
    pairs: tuple[TracedPair, ...]
    criterion: str | None = None  # as written
    judged_by: TracedCriterion | None = None
    deadlines: tuple[TracedDeadline, ...] = ()

    @property
    def agrees(self) -> bool:
        """Every event and deadline of the marts stands in a line that is still in the raw zone."""
        told = {event.file_sha256 for event in self.events} | {deadline.file_sha256 for deadline in self.deadlines}
        return not self.lines or told <= {line.file_sha256 for line in self.lines}


EVENTS = """
    select events.*, sent.period, sent.file_name, sent.file_sha256
    from fct_hazard_events as events
    left join fct_submissions as sent on events.submission_id = sent.submission_id
    where events.campaign_id = ? and events.hazard_id in (select unnest(?))
    order by events.event_number
"""

_SENT = "select submission_id, version, status, file_name, file_sha256 from fct_submissions where campaign_id = ?"

_LINES = """
    select *, sheet_name || '!' || row_ref as source_row
    from read_parquet($lines, union_by_name = true)
    where campaign_id = $campaign_id and list_contains($signatures, signature) and received_at <= $as_of
    order by received_at, row_number
"""

_TOUCHING = f"""
    select {", ".join(TracedPair.__slots__)} from judged
    where list_contains(?, signature_a) or list_contains(?, signature_b)
    order by is_joined desc, kind, score desc, pair_id
"""  # noqa: S608 - constants


def trace_hazard(
    home: Home,
    snapshot: MartSnapshot,
    campaign_id: str,
    hazard: str,
    *,
    unit_id: str | None = None,
    on: date | None = None,
) -> HazardTrace:
    """Follow a hazard, called by its id in the ledger or its unit's own number; PlainError when it is none or several.

    Args:
        home: with the raw zone.
        snapshot: the published marts.
        campaign_id: whose ledger.
        hazard: hazard_id, or a number that its unit gives it or once gave it.
        unit_id: whose number it is, where two units use the same.
        on: a day whose status is asked for.
    """
    row = named_hazard(home, snapshot, campaign_id, hazard, unit_id)
    as_of = snapshot.as_of or datetime.max
    told = snapshot.rows(EVENTS, (campaign_id, [row["hazard_id"]]))
    pairs, lines = _joined(home, snapshot, campaign_id, row["hazard_id"], as_of)
    kept = {name: row[name] for name in HazardTrace.__slots__ if name in row}
    return HazardTrace(
        **kept,
        as_of=snapshot.as_of,
        on=on,
        status_on_day=statuses_on(snapshot, campaign_id, [row["hazard_id"]], on)[row["hazard_id"]] if on else None,
        events=tuple(traced_event(home, event) for event in told),
        lines=lines,
        pairs=pairs,
        judged_by=criterion_of(snapshot, row),
        deadlines=tuple(deadlines_of(home, snapshot, campaign_id, [row["hazard_id"]]).get(row["hazard_id"], ())),
    )


def traced_event(home: Home, row: Mapping[str, Any]) -> TracedEvent:
    """A row of EVENTS with the place of its file."""
    taken = {name: row[name] for name in TracedEvent.__slots__ if name in row}
    return TracedEvent(**taken, archive_path=home.archived(row["file_sha256"]))


def _joined(
    home: Home, snapshot: MartSnapshot, campaign_id: str, hazard_id: str, as_of: datetime
) -> tuple[tuple[TracedPair, ...], tuple[TracedLine, ...]]:
    """Pairs and lines of one hazard; nothing where the raw zone is not at hand."""
    if not any((home.raw / "hazard_lines").glob("*.parquet")):
        return (), ()

    with connect(home) as connection:
        pairs = _pairs_around(connection, home, hazard_id, as_of)
        signatures = sorted(_signatures_of(hazard_id, pairs))
        asked = {"campaign_id": campaign_id, "signatures": signatures, "as_of": as_of}
        rows = rows_of(connection, _LINES, {"lines": str(home.raw / "hazard_lines" / "*.parquet"), **asked})
    sent = {row["submission_id"]: row for row in snapshot.rows(_SENT, (campaign_id,))}
    repeated = are_repeated(snapshot, campaign_id, hazard_id, rows)
    told = [row | {"is_repeated": is_repeated} for row, is_repeated in zip(rows, repeated, strict=True)]
    return pairs, tuple(_line(home, row, sent.get(row["submission_id"], {}), hazard_id, pairs) for row in told)


def _pairs_around(
    connection: duckdb.DuckDBPyConnection, home: Home, hazard_id: str, as_of: datetime
) -> tuple[TracedPair, ...]:
    """Every pair that touches a wording of the hazard, joined or not; wordings are followed until none is new."""
    asked = pair_parameters(home, as_of) | {"links": str(home.hazard_links)}
    connection.execute(f"create table judged as {BUILT_PAIRS}", asked)
    known: set[str] = set()
    pairs: tuple[TracedPair, ...] = ()
    while (signatures := _signatures_of(hazard_id, pairs)) != known:
        known = signatures
        rows = rows_of(connection, _TOUCHING, [sorted(known), sorted(known)])
        pairs = tuple(TracedPair(**row) for row in rows)
    return pairs


def _signatures_of(hazard_id: str, pairs: Sequence[TracedPair]) -> set[str]:
    """The wordings of one unit's reports that are joined to the one the hazard is named after."""
    joining = [pair for pair in pairs if pair.is_joined and pair.kind == "same"]
    return {hazard_id, *(pair.signature_a for pair in joining), *(pair.signature_b for pair in joining)}


def _line(
    home: Home, row: Mapping[str, Any], sent: Mapping[str, Any], hazard_id: str, pairs: Sequence[TracedPair]
) -> TracedLine:
    signature = row["signature"]
    joining = (pair for pair in pairs if pair.is_joined and signature in (pair.signature_a, pair.signature_b))
    by = next((pair.pair_id for pair in joining if pair.kind == "same"), None)
    sha256 = sent.get("file_sha256")
    taken = {name: row[name] for name in TracedLine.__slots__ if name in row}
    return TracedLine(
        **taken,
        version=sent.get("version"),
        status=sent.get("status"),
        joined_by=None if signature == hazard_id else by,
        file_name=sent.get("file_name"),
        file_sha256=sha256,
        archive_path=home.archived(sha256),
    )
