"""A row of a list that changed between two nights: what was said before and is said now, and why.

Belongs here: the records. Does not belong here: finding them (row_restatement.py), how they read (row_wording.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from orchestration.restating.row_natures import Nature


@dataclass(frozen=True, slots=True)
class ChangedWord:
    """One thing said of a row, before and after; null where it was not said.

    `source_cell` is where the file that the row rests on says it now, or, with a `file_name`, an earlier file that is
    still believed; null where no cell of its own does.
    """

    name: str
    before: object
    after: object
    source_cell: str | None = None
    file_name: str | None = None


@dataclass(frozen=True, slots=True)
class RowCause:
    """Why a row changed.

    kind: `new_file` (the file is the first to speak of it), `newer_version` (the unit sent a period's file again, which
    says otherwise or no longer names it), `later_list` (so does one of a period that it had sent none of), `decision`,
    `decision_withdrawn`, `decision_changed` (a person's word on a doubtful pair of the unit, taken back, or taken
    otherwise), `roster` (the unit was added, moved or taken out), `definition` (the campaign's data changed).
    """

    kind: str
    file_name: str | None = None
    file_sha256: str | None = None
    received_at: datetime | None = None
    source_cell: str | None = None
    period: str | None = None  # that the file was sent for
    pair_id: str | None = None
    decision: str | None = None  # same, different; null where it was taken back
    decided_by: str | None = None
    decided_on: date | None = None
    decision_before: str | None = None
    decided_by_before: str | None = None
    decided_on_before: date | None = None


@dataclass(frozen=True, slots=True)
class RestatedRow:
    """One row that came, changed or went; `change` is added, changed or gone."""

    fact: str
    form_id: str
    period: str | None
    unit_id: str
    unit_name: str | None
    row_id: str
    row_name: str
    change: str
    nature: Nature
    words: tuple[ChangedWord, ...]
    causes: tuple[RowCause, ...]

    @property
    def agrees(self) -> bool:
        return bool(self.causes)
