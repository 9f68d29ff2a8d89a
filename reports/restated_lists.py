"""What changed in lists since the report before, as it is handed to a report that prints it.

Belongs here: the records, in words. Does not belong here: comparing two versions and finding the words (orchestration),
the printed table (restated_lists_table.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class RestatedListRow:
    """One task, register entry, accident, hazard, or part of one, that came, changed or went."""

    fact: str
    period: str | None
    unit_name: str
    row_name: str
    nature: str  # 更正, 迟报 or 进展
    change: str
    words: str  # what was said before and is said now, each with its cell
    because: str
    file_name: str | None
    received_at: datetime | None
    source_cell: str | None


@dataclass(frozen=True, slots=True)
class RestatedLists:
    """The changed rows between two versions, as many as are to be printed; `natures` counts all of them.

    Without `since` the version of the report before is not kept, and nothing could be compared.
    """

    campaign_id: str
    since: datetime | None
    until: datetime | None
    rows: tuple[RestatedListRow, ...] = ()
    natures: tuple[tuple[str, int], ...] = ()  # in the order in which the rows stand

    @property
    def total(self) -> int:
        return sum(count for _, count in self.natures)
