"""The status of a hazard on any day, from the events of its life.

Belongs here: the step from events to a status. Does not belong here: reading events (hazard_trace.py, ledger_trace.py),
which event is believed (SQL).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any


def status_on(events: Iterable[Mapping[str, Any]], day: date) -> str | None:
    """`open`, `rectified`, `closed` or `reopened`; None where the hazard had not been found by that day.

    Args:
        events: rows of fct_hazard_events of one hazard, in the order of `event_number`.
        day: at whose end.
    """
    turning = [event for event in events if event["event"] in _STATUS]
    found_on = next((event["event_on"] for event in turning if event["event"] == "found"), date.min)
    begun = [event for event in turning if max(event["event_on"], found_on) <= day]
    if not begun:
        return None
    # what is dated before the finding (HL-2-02 asks) holds from the finding on
    last = ([event for event in begun if event["event"] != "found"] or begun)[-1]
    is_unsigned = last["event"] == "closed" and last["actor"] is None  # 销号 needs the regulator's sign-off (R60)
    return "rectified" if is_unsigned else _STATUS[last["event"]]


_STATUS = {"found": "open", "rectified": "rectified", "closed": "closed", "reopened": "reopened"}
