"""By which criterion a hazard was judged, as the published snapshot says it.

Belongs here: asking the mart. Does not belong here: which criterion a written name means on a day (campaigns.criteria),
the trace that shows it (hazard_trace.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from orchestration.snapshot import MartSnapshot


@dataclass(frozen=True, slots=True)
class TracedCriterion:
    """The criterion that the written words meant on the day the hazard was found."""

    criterion_id: str
    criterion_name: str
    document_number: str | None
    is_interim: bool
    in_force_from: date
    in_force_until: date | None  # the first day on which it no longer holds
    superseded_by: str | None  # the name of its successor
    was_in_force: bool


_CRITERION = """
    select
        judged_by.criterion_id, judged_by.criterion_name, judged_by.document_number, judged_by.is_interim,
        judged_by.in_force_from, judged_by.in_force_until, successors.criterion_name as superseded_by
    from dim_criteria as judged_by
    left join dim_criteria as successors
        on judged_by.campaign_id = successors.campaign_id and judged_by.superseded_by = successors.criterion_id
    where judged_by.campaign_id = ? and judged_by.criterion_id = ?
"""


def criterion_of(snapshot: MartSnapshot, hazard: Mapping[str, Any]) -> TracedCriterion | None:
    """Of a row of fct_hazards; None where its words name none of the list, or marts are of an earlier release."""
    if not hazard.get("criterion_id"):
        return None
    [row] = snapshot.rows(_CRITERION, (hazard["campaign_id"], hazard["criterion_id"]))
    return TracedCriterion(**row, was_in_force=hazard["is_criterion_in_force"])
