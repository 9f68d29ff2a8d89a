"""The periods of a form that units owe, and which of them a day or a written period means.

Belongs here: finding one period among a duty's dates. Does not belong here: computing those dates (campaigns.calendar),
weighing what a form, its file and its folder say (period.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from campaigns.calendar import DueDate
from campaigns.once import once_for_each
from campaigns.vocabulary import ReportingScope
from ingest.senders.fill_date import EARLY_DAYS
from ingest.words.period_text import Mention, mention_of

_MOST_REMEMBERED = 4096  # most forms of a night say the same period and the same few days


@dataclass(frozen=True, slots=True, eq=False)
class OwedPeriods:
    """The periods of one form by cut-off; compared by identity, so that answers about them can be remembered."""

    ordered: tuple[DueDate, ...]
    kinds: frozenset[str]  # of mentions: month, quarter, half, year


@once_for_each
def owed_periods(
    dates: Sequence[DueDate], form_id: str, scopes: frozenset[ReportingScope] = frozenset()
) -> OwedPeriods:
    """The periods of a form that units of any of these scopes owe; without scopes, those that anybody owes."""
    owed = (due for due in dates if due.form_id == form_id and (not scopes or scopes.intersection(due.reporters)))
    ordered = tuple(sorted(owed, key=lambda due: due.cutoff_on))
    return OwedPeriods(ordered, frozenset(mention_of(due.period).kind for due in ordered))


@lru_cache(maxsize=_MOST_REMEMBERED)
def period_of_day(periods: OwedPeriods, day: date) -> DueDate | None:
    """The period to which a fill date belongs: the coming one shortly before its cut-off, else the latest past."""
    coming = next((due for due in periods.ordered if due.cutoff_on >= day), None)
    if coming and coming.cutoff_on - day <= timedelta(days=EARLY_DAYS):
        return coming
    past = [due for due in periods.ordered if due.cutoff_on < day]
    return past[-1] if past else None


@lru_cache(maxsize=_MOST_REMEMBERED)
def period_meant(periods: OwedPeriods, mention: Mention, anchor: date) -> DueDate | None:
    """The period that is written; without a year the latest whose cut-off is not far ahead of the anchor."""
    fitting = [due for due in periods.ordered if mention.means(due.period)]
    near = [due for due in fitting if due.cutoff_on <= anchor + timedelta(days=EARLY_DAYS)]
    return near[-1] if near else next(iter(fitting), None)
