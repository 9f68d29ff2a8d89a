"""What a unit sent that does not count: the form that was returned where none was accepted, and why.

Belongs here: the last such form of every unit for one period. Does not belong here: who has reported (status.py), the
cells of any version (traced_cells.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from orchestration.home import Home
from orchestration.snapshot import MartSnapshot


@dataclass(frozen=True, slots=True)
class ReturnedForm:
    """The last form of a unit that has none that counts; `status` is returned or quarantined."""

    status: str
    status_reason: str | None
    version: int | None
    received_at: datetime
    file_name: str
    file_sha256: str
    archive_path: Path | None


_LAST_RETURNED = """
    select unit_id, status, status_reason, version, received_at, file_name, file_sha256
    from fct_submissions
    where campaign_id = ? and form_id = ? and period = ? and status in ('returned', 'quarantined')
        and unit_id is not null
        and unit_id not in (
            select unit_id from fct_submissions
            where campaign_id = ? and form_id = ? and period = ? and status = 'accepted' and unit_id is not null
        )
    order by received_at, version nulls first
"""


def returned_forms(
    home: Home, snapshot: MartSnapshot, campaign_id: str, form_id: str, period: str
) -> dict[str, ReturnedForm]:
    """By unit, for the units of which nothing is accepted: a unit that has sent nothing at all is not among them."""
    rows = snapshot.rows(_LAST_RETURNED, (campaign_id, form_id, period) * 2)
    return {
        row.pop("unit_id"): ReturnedForm(**row, archive_path=home.archived(row["file_sha256"]))
        for row in map(dict, rows)
    }
