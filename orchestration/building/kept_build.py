"""Whether a build may go on from the build file of the last one, or starts from nothing.

Belongs here: what the last build was made with, and when that is over. Does not belong here: which rows are made anew
(dbt_project/macros/kept.sql), emptying the file (engines.py).

A build goes on while nothing but files came in and days went by. It starts from nothing with another program, other
models or campaigns, in a home that was moved or copied, on the day a correction or a change of units comes into force,
for an earlier moment, after a build that failed or was killed, when everything is asked for, and once a week, so that
damage to what is kept is found.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from orchestration.building.database import connect
from orchestration.building.notes import read_note, write_note
from orchestration.building.proved_forms import EVERYTHING_EVERY, judged_with

if TYPE_CHECKING:
    from orchestration.home import Home

NOTE = "kept_build.json"  # in the build folder

# What campaigns say that holds from a day on. Older snapshots are counted too: only a change of the count matters.
_IN_FORCE = """
    select
        (select count(*) from read_parquet($corrections) where decided_on <= cast($as_of as date)),
        (select count(*) from read_parquet($unit_changes) where changed_on <= cast($as_of as date)),
        (select count(*) from read_parquet($campaigns) where loaded_at <= $as_of)
"""


@dataclass(frozen=True, slots=True)
class KeptBuild:
    """What one build is made with, since which day the build file grows, and whether this build goes on from it."""

    means: str
    as_of: datetime
    begun_on: date
    goes_on: bool = True


def begin(home: Home, as_of: datetime, today: date, *, from_nothing: bool) -> KeptBuild:
    """Compare with what the last build noted; until `note` nobody can go on from this one.

    Args:
        home: the campaigns of this build are stored already.
        as_of: of this build.
        today: a week after a build from nothing the next one is due.
        from_nothing: without regard to the last build.
    """
    means, last = _means(home, as_of), _last_note(home)
    (home.build / NOTE).unlink(missing_ok=True)
    if (
        not from_nothing
        and last
        and home.warehouse.exists()
        and last.means == means
        and last.as_of <= as_of
        and last.begun_on <= today < last.begun_on + EVERYTHING_EVERY
    ):
        return KeptBuild(means, as_of, last.begun_on)
    return KeptBuild(means, as_of, today, goes_on=False)


def note(home: Home, build: KeptBuild) -> None:
    """Remember a build that succeeded."""
    dates = {"as_of": build.as_of.isoformat(), "begun_on": build.begun_on.isoformat()}
    write_note(home.build / NOTE, {"means": build.means, **dates})


def _means(home: Home, as_of: datetime) -> str:
    """By what a build of this moment reads and judges."""
    tables = {name: str(home.raw / name / "*.parquet") for name in ("corrections", "unit_changes", "campaigns")}
    with connect(home) as connection:
        in_force = connection.execute(_IN_FORCE, {**tables, "as_of": as_of}).fetchall()[0]
        made_with = judged_with(connection, home), str(home.root)  # views that were made elsewhere read the files there
        return " ".join((*made_with, *(str(number) for number in in_force)))


def _last_note(home: Home) -> KeptBuild | None:
    try:
        said = read_note(home.build / NOTE)
        return KeptBuild(said["means"], datetime.fromisoformat(said["as_of"]), date.fromisoformat(said["begun_on"]))
    except (ValueError, KeyError):  # a note that cannot be read keeps nothing
        return None
