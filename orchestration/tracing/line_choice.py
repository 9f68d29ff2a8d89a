"""Which of several lines of one list on one hazard the ledger counts.

Belongs here: the rule of int_hazards__repeated, over lines of the raw zone. Does not belong here: which lines are one
hazard (hazard_trace.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

# what a line says of its hazard beside its words, as int_hazards__repeated lists it
SAID: Final = (
    *("level", "source", "found_by", "enterprise_reported_on", "regulator_reported_on", "listed_level", "listed_by"),
    *("listed_on", "listed_due_on", "delisted_on", "supervised_by", "supervision_number", "supervised_on"),
    *("notified_role", "notified_on", "extended_to", "funds", "due_on", "rectified_on", "verified_on", "verified_by"),
    *("closed_on", "signed_off_by", "looked_back_on", "lookback_result", "reopened_on", "penalties"),
)
_PROGRESS: Final = ("rectified_on", "verified_on", "closed_on", "looked_back_on", "reopened_on")


def counted_lines(lines: Sequence[Mapping[str, Any]]) -> set[tuple[str, int]]:
    """Submission and row number of the line of each list that counts: the furthest in progress, then the newest said.

    Args:
        lines: all lines on one hazard, of every list; columns that a line was written without are blank.
    """
    first_said: dict[tuple[Any, ...], datetime] = {}
    for line in lines:
        said = _said(line)
        first_said[said] = min(first_said.get(said, line["received_at"]), line["received_at"])

    def order(line: Mapping[str, Any]) -> tuple[date, datetime, int]:
        days = [day for name in _PROGRESS if (day := line.get(name))]
        return max(days, default=date.min), first_said[_said(line)], line["row_number"]

    best: dict[str, Mapping[str, Any]] = {}
    for line in sorted(lines, key=order):
        best[line["submission_id"]] = line
    return {(line["submission_id"], line["row_number"]) for line in best.values()}


def _said(line: Mapping[str, Any]) -> tuple[Any, ...]:
    return line["signature"], *(line.get(name) for name in SAID)
