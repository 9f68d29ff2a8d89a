"""Working days and reporting dates: when a period is cut off, due, tolerated and locked.

Belongs here: the order of trust between an office's own day list, decreed holidays and estimates; the dates of every
period of every duty. Does not belong here: who reported in time (SQL), when a schedule runs (orchestration).

An office override wins over chinesecalendar (decreed days, known to the end of the year after each autumn's notice),
then `holidays` (statutory days without make-up days: an estimate), then the weekday alone (an estimate too).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from campaigns.duty_model import Duty, Recurring
from campaigns.model import Campaign
from campaigns.periods import day_in
from campaigns.periods import last_day_of as last_day_of
from campaigns.periods import periods_of as periods_of
from campaigns.source_files import CampaignError, read_csv
from campaigns.vocabulary import ReportingScope

DaySource = Literal["decree", "library", "estimate"]

_BEST_TO_WORST: tuple[DaySource, ...] = ("decree", "library", "estimate")
OWN_OVERRIDES = Path(__file__).parent / "holidays.csv"
_OVERRIDE_COLUMNS = ("day", "is_working_day", "note")
_LONGEST_SHIFT = 60  # days; no holiday is longer, so a wrong override file ends in an error and not in a loop


@dataclass(frozen=True)
class WorkCalendar:
    """Which days are worked; `overrides` are the office's own days: True worked, False not."""

    overrides: Mapping[date, bool] = field(default_factory=dict)

    @classmethod
    def load(cls, paths: Iterable[Path] = (OWN_OVERRIDES,)) -> WorkCalendar:
        """Read override files (`day,is_working_day,note`); a later file wins over an earlier one.

        Raises:
            CampaignError: a bad day or word, or a day twice in one file, with file and line.
        """
        overrides: dict[date, bool] = {}
        for path in paths:
            overrides |= _read_overrides(path)
        return cls(overrides)

    def is_working_day(self, day: date) -> bool:
        return self._status(day)[0]

    def is_statutory_holiday(self, day: date) -> bool:
        """Whether the day is off for more than being a weekend: a holiday, or a day the office declared off."""
        works, statutory, _ = self._status(day)
        return not works and statutory

    def source(self, day: date) -> DaySource:
        return self._status(day)[2]

    def _status(self, day: date) -> tuple[bool, bool, DaySource]:
        """Working day; if not, for a reason beyond the weekend; and who says so."""
        if day in self.overrides:
            return self.overrides[day], True, "decree"
        return _library_status(day)


@dataclass(frozen=True)
class DueDate:
    """The dates of one period of one duty.

    `cutoff_on` is the last day whose facts count and is included (X1); it does not move when `due_on` does (X3).
    Received up to `due_on` is on time, up to `grace_until` is still not late; from `lock_on` on, nothing is accepted.
    `due_source` is the least trusted source among the days looked at; a day that nothing can shift is `decree`.
    """

    duty_id: str
    form_id: str
    reporters: tuple[ReportingScope, ...]
    period: str
    previous_period: str | None
    cutoff_on: date
    due_on: date
    due_source: DaySource
    grace_until: date
    lock_on: date


def due_dates(campaign: Campaign, calendar: WorkCalendar) -> list[DueDate]:
    """All periods of all duties, in the order of the campaign's duties, then by period."""
    return [
        _due_date(duty, period, previous, calendar)
        for duty in campaign.duties
        for previous, period in _with_previous(periods_of(duty))
    ]


@dataclass(frozen=True)
class OutputDate:
    """When the office's own product of one period is due (calendar only; nothing is locked)."""

    output_id: str
    period: str
    due_on: date
    due_source: DaySource


def output_dates(campaign: Campaign, calendar: WorkCalendar) -> list[OutputDate]:
    """All periods of all outputs, in the order of campaign.yml, then by period."""
    return [
        OutputDate(output.output_id, period, *_shifted(_written_day(output, period), output, calendar))
        for output in campaign.outputs
        for period in periods_of(output)
    ]


@dataclass(frozen=True)
class CalendarDay:
    """One day; `working_days` counts those from the first day listed to this one, so a difference is a clock."""

    day: date
    is_working_day: bool
    working_days: int
    day_source: DaySource


def calendar_days(campaign: Campaign, calendar: WorkCalendar) -> list[CalendarDay]:
    """Every day that a deadline of the campaign may touch: three years before it (存量隐患) to one year after it."""
    day, last = date(campaign.starts_on.year - 3, 1, 1), date(campaign.ends_on.year + 1, 12, 31)
    days, count = [], 0
    while day <= last:
        works = calendar.is_working_day(day)
        count += works
        days.append(CalendarDay(day, works, count, calendar.source(day)))
        day += timedelta(days=1)
    return days


def cutoff_of(duty: Duty, period: str) -> date:
    """The last day whose facts count; it does not move when the due day does (X3)."""
    return day_in(period, duty.cutoff_day) if duty.cutoff_day else _written_day(duty, period)


def _with_previous(periods: tuple[str, ...]) -> Iterator[tuple[str | None, str]]:
    return zip((None, *periods), periods, strict=False)


def _due_date(duty: Duty, period: str, previous: str | None, calendar: WorkCalendar) -> DueDate:
    due_on, source = _shifted(_written_day(duty, period), duty, calendar)
    return DueDate(
        duty_id=duty.duty_id,
        form_id=duty.form_id,
        reporters=duty.reporters,
        period=period,
        previous_period=previous,
        cutoff_on=cutoff_of(duty, period),
        due_on=due_on,
        due_source=source,
        grace_until=due_on + timedelta(days=duty.grace_days),
        lock_on=due_on + timedelta(days=duty.lock_after_days),
    )


def _written_day(entry: Recurring, period: str) -> date:
    """The due day as written, before any shift; the last day of the period where none is named."""
    named = entry.due_on or day_in(period, entry.due_day, entry.due_month_offset)
    return named - timedelta(days=1) if entry.due_before else named


def _shifted(day: date, duty: Recurring, calendar: WorkCalendar) -> tuple[date, DaySource]:
    """海城方案 五（六）“如遇节假日提前上报”: step until the day is none that moves the due day."""
    if duty.shift == "none":
        return day, "decree"
    step = timedelta(days=-1 if duty.shift == "earlier" else 1)
    looked_at: list[DaySource] = []
    for _ in range(_LONGEST_SHIFT):
        looked_at.append(calendar.source(day))
        if not _moves(day, duty, calendar):
            return day, max(looked_at, key=_BEST_TO_WORST.index)
        day += step
    raise CampaignError(
        f"{duty.entry_name}：连续 {_LONGEST_SHIFT} 天没有工作日，请检查节假日文件 holidays.csv"
        f" / no working day within {_LONGEST_SHIFT} days; check holidays.csv"
    )


def _moves(day: date, duty: Recurring, calendar: WorkCalendar) -> bool:
    if duty.shift_on == "statutory_holidays":
        return calendar.is_statutory_holiday(day)
    return not calendar.is_working_day(day)


@lru_cache(maxsize=4096)
def _library_status(day: date) -> tuple[bool, bool, DaySource]:
    import chinese_calendar

    try:
        is_off, name = chinese_calendar.get_holiday_detail(day)
        return not is_off, name is not None, "library"
    except NotImplementedError:  # the year is not decreed yet, or before 2004
        pass
    statutory = day in _estimated_holidays(day.year)
    return day.weekday() < 5 and not statutory, statutory, "estimate"


@lru_cache(maxsize=64)
def _estimated_holidays(year: int) -> Any:
    import holidays

    return holidays.country_holidays("CN", years=year)


def _read_overrides(path: Path) -> dict[date, bool]:
    source = read_csv(path, _OVERRIDE_COLUMNS)
    words = {"true": True, "yes": True, "1": True, "是": True, "false": False, "no": False, "0": False, "否": False}
    days: dict[date, bool] = {}
    for index, row in enumerate(source.data):
        where = f"{path}:{source.line((index,))}"
        try:
            day, works = date.fromisoformat(row["day"]), words[row["is_working_day"].lower()]
        except (KeyError, ValueError):
            raise CampaignError(
                f"{where}: day 应为 2023-06-25 这样的日期，is_working_day 应为 true 或 false"
                " / day must be a date such as 2023-06-25 and is_working_day true or false"
            ) from None
        if day in days:
            raise CampaignError(f"{where}: {day} 重复 / {day} stands twice in this file")
        days[day] = works
    return days
