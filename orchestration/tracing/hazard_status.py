"""The status of hazards on a day, as the published snapshot says it.

Belongs here: asking the mart. Does not belong here: which event makes which status, and from when (the model
fct_hazard_spans), the traces that show it (hazard_trace.py, ledger_trace.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from orchestration.snapshot import MartSnapshot

UNKNOWN = "unknown"  # the snapshot was published by an earlier release, which has no statuses of days

_STATUSES = """
    select hazard_id, status from fct_hazard_spans
    where campaign_id = ? and hazard_id in (select unnest(?)) and from_on <= ? and coalesce(? < until_on, true)
"""


def statuses_on(
    snapshot: MartSnapshot, campaign_id: str, hazard_ids: Iterable[str], day: date
) -> dict[str, str | None]:
    """The status of each hazard at the end of the day; None where it had not been found by then."""
    asked = list(hazard_ids)
    if not snapshot.holds("fct_hazard_spans"):
        return dict.fromkeys(asked, UNKNOWN)
    rows = snapshot.rows(_STATUSES, (campaign_id, asked, day, day))
    return dict.fromkeys(asked) | {row["hazard_id"]: row["status"] for row in rows}
