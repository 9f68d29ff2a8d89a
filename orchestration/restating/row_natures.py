"""Whether a changed row of a list tells how the work went on, corrects what was told, or tells it too late.

Belongs here: the three natures and the days that decide. Does not belong here: which rows changed, and their causes
(row_restatement.py).

All is measured by `told_until`: the last cut-off that the earlier night's reports of the row's form had reached, or the
night itself where they were due before their cut-off (X3): what came after could not have been told yet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from orchestration.snapshot import rows_of

if TYPE_CHECKING:
    from datetime import datetime

    import duckdb

    from orchestration.restating.row_facts import RowFact

_NOTHING_TOLD = (None, "not_received", "omitted", "blank")  # states of a task that nobody reported among them


class Nature(StrEnum):
    """In the order in which a reader wants them.

    CORRECTION: what was told up to then is told otherwise, or no longer. LATE: what lay before then, or was asked for
    it, is told only now. PROGRESS: what came after.
    """

    CORRECTION = "correction"
    LATE = "late"
    PROGRESS = "progress"


ORDER = tuple(Nature)

_TOLD_UNTIL = """
    select form_id, max(least(coalesce(cutoff_on, due_on), $night)) as told_until
    from earlier.marts.dim_reporting_periods
    where campaign_id = $campaign and (cutoff_on <= $night or due_on <= $night)
    group by form_id
"""

_CUTOFFS = """
    select form_id, period, max(coalesce(cutoff_on, due_on)) as cutoff_on
    from later.marts.dim_reporting_periods
    where campaign_id = $campaign
    group by form_id, period
"""


@dataclass(frozen=True, slots=True)
class ToldUntil:
    """By form: up to which day the earlier night's reports told. Of a form that none was due of, nothing was."""

    days: Mapping[str, date]
    cutoffs: Mapping[tuple[str, str], date]

    def day(self, form_id: str) -> date:
        return self.days.get(form_id, date.min)

    def is_after(self, form_id: str, period: str | None) -> bool:
        """Whether the report of this period could not have been told yet."""
        return self.cutoffs.get((form_id, period or ""), date.min) > self.day(form_id)


def told_until(connection: duckdb.DuckDBPyConnection, campaign_id: str, night: datetime | None) -> ToldUntil:
    """What the reports of the catalog `earlier`, which knows all up to `night`, had to tell."""
    asked = {"campaign": campaign_id}
    days = rows_of(connection, _TOLD_UNTIL, asked | {"night": night.date() if night else None})
    cutoffs = rows_of(connection, _CUTOFFS, asked)
    return ToldUntil(
        {row["form_id"]: row["told_until"] for row in days},
        {(row["form_id"], row["period"]): row["cutoff_on"] for row in cutoffs},
    )


def natures_of(
    changed: Sequence[tuple[RowFact, Mapping[str, Any]]], periods: Sequence[str | None], told: ToldUntil
) -> list[Nature]:
    """One for each changed row; `periods` are those that the rows, or the files that say so, are of."""
    asked = list(zip(changed, periods, strict=True))
    parts: dict[str, list[Nature]] = {}
    for (fact, row), period in asked:
        if fact.is_of_parent:
            parts.setdefault(row["parent"], []).append(_nature(fact, row, period, told, ()))
    return [_nature(fact, row, period, told, parts.get(row["row_id"], ())) for (fact, row), period in asked]


def counted_by_nature(natures: Iterable[Nature]) -> dict[Nature, int]:
    """How many there are of each, in a reader's order; also where none is."""
    counted = Counter(natures)
    return {nature: counted[nature] for nature in ORDER}


def first_nature(natures: Iterable[Nature]) -> Nature:
    """The one that a reader must not miss."""
    return min(natures, key=ORDER.index)


def _nature(
    fact: RowFact, row: Mapping[str, Any], period: str | None, told: ToldUntil, of_parts: Sequence[Nature]
) -> Nature:
    before, after = row["said_before"], row["said_after"]
    if after is None:
        return Nature.CORRECTION
    until, is_new = told.day(row["form_id"]), told.is_after(row["form_id"], period)
    if before is None:
        if period is None:  # no list says it: a decision, a roster, another definition
            return Nature.CORRECTION
        day = after[fact.began] if fact.began else None
        return Nature.PROGRESS if (day > until if day else is_new) else Nature.LATE

    def of_word(name: str) -> Nature:
        was, now = before[name], after[name]
        if name in fact.days and all(day is None or day > until for day in (was, now)):
            return Nature.PROGRESS
        if name in fact.moving and of_parts:
            return first_nature(of_parts)
        if name in fact.moving and is_new:
            return Nature.PROGRESS
        return Nature.LATE if was in _NOTHING_TOLD else Nature.CORRECTION

    return first_nature(of_word(name) for name in after if before[name] != after[name])
