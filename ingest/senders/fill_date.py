"""When a form says it was filled in.

Belongs here: finding that date among a form's words, and whether it can be. Does not belong here: which period it
means (period.py), the grammar of dates (period_text.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from campaigns.vocabulary import Outcome
from ingest.problems import Reading, reading_problem
from ingest.senders.stamp import Stamp
from ingest.words.period_text import find_dates, find_periods, plain

LONGEST_PERIOD_LINE = 12
UP_TO = re.compile(r"\(?(?:数据)?(?:统计)?截[至止]")
EARLY_DAYS = 10  # before its cut-off a period may already be filled in and received


@dataclass(frozen=True, slots=True)
class FillDate:
    """When the form says it was filled in."""

    day: date | None
    at: str = ""
    problem: Outcome | None = None


def fill_date(stamp: Stamp, received_on: date) -> FillDate:
    """The fill date, if the form has one that can be; a date without a year is the latest such day by receipt."""
    latest = received_on + timedelta(days=EARLY_DAYS)
    if stamp.day is not None:
        return _likely(stamp.day, stamp.day_at, latest, received_on)
    for said in stamp.dates:
        dates = find_dates(plain(said.text))
        if not dates and not find_periods(plain(said.text)):
            problem = reading_problem(Reading.FILL_DATE_UNREADABLE, at=said.at, found=said.text)
            return FillDate(None, said.at, problem)
        for written in dates:
            years = (latest.year, latest.year - 1)
            days = [day for year in years if (day := written.on(year)) and (written.year or day <= latest)]
            if days:
                return _likely(days[0], said.at, latest, received_on)
    for said in stamp.loose:
        dates = find_dates(plain(said.text))
        alone = len(said.text) <= LONGEST_PERIOD_LINE and not UP_TO.match(said.text)
        if alone and len(dates) == 1 and dates[0].year:
            return _likely(dates[0].on(received_on.year), said.at, latest, received_on)
    return FillDate(None)


def _likely(day: date | None, at: str, latest: date, received_on: date) -> FillDate:
    if day is not None and day > latest:
        problem = reading_problem(Reading.FILL_DATE_UNLIKELY, at=at, found=day, received=received_on)
        return FillDate(None, at, problem)
    return FillDate(day, at)
