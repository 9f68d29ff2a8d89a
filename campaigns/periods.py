"""Period ids and what they mean: 2023-06, 2024Q1, 2024H1, 2024.

Belongs here: which periods a cadence has, their first and last days. Does not belong here: working days and due dates
(calendar.py), reading periods from text (the ingest package).
"""

from __future__ import annotations

import calendar as month_calendar
import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache

from campaigns.duty_model import PERIOD_PATTERN, Cadence, Recurring


def is_period(text: str) -> bool:
    """Whether a text is written like a period: 2023-06, 2024Q1, 2024H1, 2024."""
    return re.fullmatch(PERIOD_PATTERN, text) is not None


def periods_of(entry: Recurring) -> tuple[str, ...]:
    """The periods of a duty or output from first to last, e.g. ("2023-06", …, "2023-12")."""
    return _periods(entry.cadence, _number(entry.first_period), _number(entry.last_period))


def periods_between(cadence: Cadence, starts_on: date, ends_on: date) -> tuple[str, ...]:
    """Every period of a cadence that has a day between two days, both included."""
    per_year = _PER_YEAR[cadence]
    numbers = (day.year * per_year + (day.month - 1) * per_year // 12 for day in (starts_on, ends_on))
    return _periods(cadence, *numbers)


def cadence_of(period: str) -> Cadence:
    """The cadence whose periods are written like this one: 2024-03 monthly, 2024Q1 quarterly, 2024 yearly."""
    return _CADENCE_OF[period[4:5]]


def first_day_of(period: str) -> date:
    """The first calendar day of a month, quarter, half-year or year."""
    last = last_day_of(period)
    months = {"-": 1, "Q": 3, "H": 6, "": 12}[period[4:5]]
    return date(last.year, last.month - months + 1, 1)


@lru_cache(maxsize=1024)
def last_day_of(period: str) -> date:
    """The last calendar day of a month, quarter, half-year or year."""
    year, rest = int(period[:4]), period[4:]
    month = {"": 12, "Q": 3, "H": 6}.get(rest[:1], 1) * int(rest[1:] or 1)
    return date(year, month, month_calendar.monthrange(year, month)[1])


_CADENCE_OF: dict[str, Cadence] = {"-": "monthly", "Q": "quarterly", "H": "half_yearly", "": "yearly"}
_PER_YEAR = {"monthly": 12, "once": 12, "quarterly": 4, "half_yearly": 2, "yearly": 1}
_PERIODS: dict[str, Callable[[int, int], str]] = {
    "monthly": lambda year, number: f"{year}-{number:02d}",
    "once": lambda year, number: f"{year}-{number:02d}",
    "quarterly": lambda year, number: f"{year}Q{number}",
    "half_yearly": lambda year, number: f"{year}H{number}",
    "yearly": lambda year, _: f"{year}",
}


def _periods(cadence: Cadence, start: int, end: int) -> tuple[str, ...]:
    write, per_year = _PERIODS[cadence], _PER_YEAR[cadence]
    return tuple(write(index // per_year, index % per_year + 1) for index in range(start, end + 1))


def _number(period: str) -> int:
    """Consecutive numbers for consecutive periods of one cadence."""
    year, rest = int(period[:4]), period[4:]
    per_year = {"": 1, "Q": 4, "H": 2, "-": 12}[rest[:1]]
    return year * per_year + int(rest[1:] or 1) - 1


def day_in(period: str, day: int | None, months_later: int = 0) -> date:
    """That day of the period's last month or so many months later; the month's last day where it is shorter."""
    of_period = last_day_of(period)
    year, month = divmod(of_period.year * 12 + of_period.month - 1 + months_later, 12)
    last = date(year, month + 1, month_calendar.monthrange(year, month + 1)[1])
    return last.replace(day=min(day or last.day, last.day))
