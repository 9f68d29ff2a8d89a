"""The status of a hazard on any day, from the events of its life.

Belongs here: the step from events to a status. Does not belong here: reading events (hazard_trace.py, ledger_trace.py),
which event is believed (SQL).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

DONE = frozenset({"rectified", "closed"})


def status_on(events: Iterable[Mapping[str, Any]], day: date) -> str | None:
    """`open`, `rectified`, `closed` or `reopened`; None where the hazard had not been found by that day.

    Args:
        events: rows of fct_hazard_events of one hazard, in the order of `event_number`.
        day: at whose end.
    """
    turning = [event for event in events if event["event"] in _STATUS and event["event_on"] <= day]
    if not turning:
        return None
    last = turning[-1]
    is_unsigned = last["event"] == "closed" and last["actor"] is None  # 销号 needs the regulator's sign-off (R60)
    return "rectified" if is_unsigned else _STATUS[last["event"]]


_STATUS = {"found": "open", "rectified": "rectified", "closed": "closed", "reopened": "reopened"}
