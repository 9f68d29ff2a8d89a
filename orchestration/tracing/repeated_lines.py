"""Of lines on one hazard, whether the ledger counts another one of the same list, as the published snapshot says it.

Belongs here: asking the mart. Does not belong here: which of several lines counts (the model fct_hazard_line_choices),
which lines are one hazard (hazard_trace.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from orchestration.snapshot import MartSnapshot

_CHOICES = """
    select submission_id, row_number, is_counted from fct_hazard_line_choices where campaign_id = ? and hazard_id = ?
"""


def are_repeated(
    snapshot: MartSnapshot, campaign_id: str, hazard_id: str, lines: Sequence[Mapping[str, Any]]
) -> list[bool | None]:
    """Whether another line of its list is counted instead, for each line.

    None for one of several of which the snapshot does not say it: no line of a list that was replaced counts, and
    snapshots of earlier releases say it of none.

    Args:
        snapshot: the published marts.
        campaign_id: whose ledger.
        hazard_id: that all lines speak of.
        lines: all lines on the hazard, of every list, with submission_id and row_number.
    """
    known = snapshot.holds("fct_hazard_line_choices")
    choices = snapshot.rows(_CHOICES, (campaign_id, hazard_id)) if known else []
    counted = {(choice["submission_id"], choice["row_number"]): choice["is_counted"] for choice in choices}
    in_list = Counter(line["submission_id"] for line in lines)

    def is_repeated(line: Mapping[str, Any]) -> bool | None:
        if in_list[line["submission_id"]] == 1:
            return False
        is_counted = counted.get((line["submission_id"], line["row_number"]))
        return None if is_counted is None else not is_counted

    return [is_repeated(line) for line in lines]
