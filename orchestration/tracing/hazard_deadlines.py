"""The deadlines of hazards, one after another, each with the cell that tells it, and which was in force on a day.

Belongs here: asking the mart. Does not belong here: which list sets a deadline and from when (the models
int_hazards__deadlines, fct_hazard_deadlines), the traces that show it (hazard_trace.py, stock_trace.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from orchestration.home import Home
from orchestration.snapshot import MartSnapshot


@dataclass(frozen=True, slots=True)
class TracedDeadline:
    due_on: date
    column_id: str  # due_on, listed_due_on, extended_to
    from_on: date | None  # null: from the finding on
    until_on: date | None  # null: until today
    period: str | None
    file_name: str | None
    file_sha256: str | None
    archive_path: Path | None
    source_cell: str

    def is_in_force_on(self, day: date) -> bool:
        return (self.from_on is None or self.from_on <= day) and (self.until_on is None or day < self.until_on)


_DEADLINES = """
    select deadlines.*, sent.period, sent.file_name, sent.file_sha256
    from fct_hazard_deadlines as deadlines
    left join fct_submissions as sent on deadlines.submission_id = sent.submission_id
    where deadlines.campaign_id = ? and deadlines.hazard_id in (select unnest(?))
    order by deadlines.deadline_number
"""


def deadlines_of(
    home: Home, snapshot: MartSnapshot, campaign_id: str, hazard_ids: Iterable[str]
) -> Mapping[str, Sequence[TracedDeadline]]:
    """By hazard, in their order; nothing in a snapshot of an earlier release, which has no such mart."""
    asked = list(hazard_ids)
    found: dict[str, list[TracedDeadline]] = defaultdict(list)
    if asked and snapshot.holds("fct_hazard_deadlines"):
        for row in snapshot.rows(_DEADLINES, (campaign_id, asked)):
            found[row["hazard_id"]].append(_deadline(home, row))
    return found


def _deadline(home: Home, row: Mapping[str, Any]) -> TracedDeadline:
    taken = {name: row[name] for name in TracedDeadline.__slots__ if name in row}
    return TracedDeadline(**taken, archive_path=home.archived(row["file_sha256"]))
