"""Where the days of a home lie that were rebuilt, and that nothing writes in them.

Belongs here: telling such a day from a home. Does not belong here: making one (home.py), building it
(building/past_day.py).
"""

from __future__ import annotations

from pathlib import Path

from orchestration.errors import PlainError

BUILD = "build"
PAST_DAYS = "as_of"  # in the folder above: one home for every day that was rebuilt


class PastDayError(PlainError):
    """Nothing is taken in, built or handed in in a rebuilt past day: it would be written to the home it was made of."""


def refuse_past_day(root: Path) -> None:
    """Raises PastDayError where this is a past day that was rebuilt in a home, also behind a link to it."""
    past_day = root.resolve()
    if past_day.parent.parts[-2:] == (BUILD, PAST_DAYS):
        home = past_day.parents[2]
        raise PastDayError(
            f"{past_day} 是另外重建的某一天，只供查询；收表、重算、出表请用家目录 {home}。 "
            f"This is a rebuilt past day, for reading only; work in the home {home}."
        )
