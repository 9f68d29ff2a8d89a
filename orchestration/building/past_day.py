"""A past day built once more beside the real home, from what had been received by then.

Belongs here: rebuilding and publishing it in its own folder. Does not belong here: that folder (home.py), what is read
from it. The caller holds the lock.
"""

from __future__ import annotations

from datetime import datetime

from orchestration.home import Home, beijing_now


def rebuilt_day(home: Home, as_of: datetime) -> Home:
    """The home as it stood then, built and published beside the real one; raises PublishError as publishing does."""
    from orchestration.building import warehouse
    from orchestration.building.publish import publish

    place, now = home.as_it_stood(as_of), beijing_now()
    publish(place, warehouse.build(place, as_of, now), now)
    return place
