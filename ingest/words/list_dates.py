"""Dates and months in cells of lists: 44927, 6.25, 2019.1, 2024年3月5日; 12月, 2024年底, 二季度.

Belongs here: what one cell of a date or month column says. Does not belong here: the grammar of dates in running text
(period_text.py), fill dates and reporting periods (period.py).

Excel drops the last zero of a number: 6.1 may have been typed as 6.10. Such a date is read as it is shown, and its
state says that it is only about right; so is a month without a day in a date column, which stands for its last day.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from campaigns.periods import last_day_of
from ingest.words.cell_words import TRAILING
from ingest.words.number_text import UnreadableError
from ingest.words.period_text import find_dates, find_periods, plain

_EXCEL_EPOCH = date(1899, 12, 30)
_SERIALS = range(36526, 73051)  # 2000-01-01 to 2099-12-31
_MONTH_DAY = re.compile(r"(1[0-2]|0?[1-9])[./-](3[01]|[12]\d|0?[1-9])")
_SHORT_YEAR = re.compile(r"([2-9]\d)([./-])(1[0-2]|0?[1-9])\2(3[01]|[12]\d|0?[1-9])")
_YEAR_MONTH = re.compile(r"(20\d\d)[./年-]?(1[0-2]|0?[1-9])月?(?:份|底|底前|前|末)*")
_MONTH = re.compile(r"(1[0-2]|0?[1-9])(?:月|月份)?(?:底|底前|前|末|初|中旬|上旬|下旬)*")
_YEAR_END = re.compile(r"(?:(20\d\d)年?|(\d\d)年|本年|当年|今年|年)度?(?:底|末|终|年底|年末|内)(?:前|之前|以前)?")
_NO_MONTH = re.compile(
    r"(?:长期|持续|常态化?|全年|每[年季月日周].*|贯穿.*|动态|适时|按需|.*(?:长期|持续)(?:坚持|推进|实施|开展)?)"
)
_TIME_OF_DAY = re.compile(r"(?<=\d)[Tt\s]+\d{1,2}[:：]\d{2}(?:[:：]\d{2}(?:\.\d+)?)?\s*$")
_AT_ONCE = re.compile(
    r"(?:已|应|须|需|要求|责令|限)?(?:(?:立即|立刻|即刻|马上|当场|当日|当天|现场整|立行立|即知即|即查即|立查立|边查边|立整立)"
    r"(?:整改|改正|改|完成|落实|到位|完毕)*)"
)
_ALL_DIGITS = re.compile(r"\d+(?:\.\d+)?")


class WrittenDay(NamedTuple):
    """A day as a cell gives it; `approximate` when only its month is known or a zero may be lost."""

    day: date
    approximate: bool = False


class WrittenMonth(NamedTuple):
    """A month as a period id (2024-06); None for 长期, 每月 and the like, which name no month."""

    month: str | None


def read_date(raw: Any, year: int) -> WrittenDay:
    """Read a cell of a date column.

    Args:
        raw: the cell's value.
        year: the year meant where none is written.

    Raises:
        UnreadableError: it is no date, or more than one.
    """
    if isinstance(raw, datetime):
        return WrittenDay(raw.date())
    if isinstance(raw, date):
        return WrittenDay(raw)
    if isinstance(raw, int | float | Decimal) and not isinstance(raw, bool):
        return _day_of_number(Decimal(format(raw, ".15g")) if isinstance(raw, float) else Decimal(raw), year)
    return _day_of_text(plain(_TIME_OF_DAY.sub("", str(raw))).rstrip(TRAILING), year)


def says_at_once(text: str) -> bool:
    """Whether a text asks for something to be done on the spot (`立即整改`, `立行立改`, `当场整改`)."""
    return _AT_ONCE.fullmatch(plain(text).rstrip(TRAILING)) is not None


def _day_of_number(number: Decimal, year: int) -> WrittenDay:
    whole = int(number)
    if whole in _SERIALS:
        return WrittenDay(_EXCEL_EPOCH + timedelta(days=whole))
    if number == whole:
        return _day_of_text(str(whole), year)
    may_lack_zero = len(str(number).partition(".")[2]) == 1 and str(number)[-1] in "123"
    written = _day_of_text(format(number, "f"), year)
    return WrittenDay(written.day, written.approximate or may_lack_zero)


def _day_of_text(text: str, year: int) -> WrittenDay:
    dates = dict.fromkeys(day for written in find_dates(text) if (day := written.on(year)))
    if len(dates) == 1:
        return WrittenDay(next(iter(dates)))
    if len(dates) > 1:
        raise UnreadableError("不止一个日期", "it holds more than one date")
    if match := _MONTH_DAY.fullmatch(text):
        return WrittenDay(_day(year, int(match[1]), int(match[2])))
    if match := _SHORT_YEAR.fullmatch(text):
        return WrittenDay(_day(2000 + int(match[1]), int(match[3]), int(match[4])))
    if _ALL_DIGITS.fullmatch(text) and text.isdigit() and int(text) in _SERIALS:
        return WrittenDay(_EXCEL_EPOCH + timedelta(days=int(text)))
    if match := _YEAR_MONTH.fullmatch(text):
        return WrittenDay(last_day_of(f"{match[1]}-{int(match[2]):02d}"), approximate=True)
    if (months := find_periods(text)) and len(months) == 1 and months[0].kind == "month":
        return WrittenDay(last_day_of(f"{months[0].year or year}-{months[0].number:02d}"), approximate=True)
    if says_at_once(text):
        raise UnreadableError("没有写是哪一天，请写明日期", "it does not say on which day; please write the date")
    raise UnreadableError("不是日期，请写成 2024-06-25 的样子", "it is no date; please write it like 2024-06-25")


def read_month(raw: Any, year: int) -> WrittenMonth:
    """Read a cell of a month column; a whole date stands for its month, a quarter for its last.

    Args:
        raw: the cell's value.
        year: the year meant where none is written.

    Raises:
        UnreadableError: it is no month, or more than one.
    """
    if isinstance(raw, date):  # a datetime is one, too
        return WrittenMonth(f"{raw:%Y-%m}")
    if isinstance(raw, int | float | Decimal) and not isinstance(raw, bool):
        raw = format(Decimal(format(raw, ".15g")), "f")
    text = plain(_TIME_OF_DAY.sub("", str(raw))).rstrip(TRAILING)
    if _NO_MONTH.fullmatch(text):
        return WrittenMonth(None)
    if match := _YEAR_END.fullmatch(text):
        return WrittenMonth(f"{match[1] or (2000 + int(match[2]) if match[2] else year)}-12")
    if match := _MONTH.fullmatch(text):
        return WrittenMonth(f"{year}-{int(match[1]):02d}")
    if match := _YEAR_MONTH.fullmatch(text):
        return WrittenMonth(f"{match[1]}-{int(match[2]):02d}")
    mentions = find_periods(text)
    if len(mentions) == 1:
        last = {"month": 1, "quarter": 3, "half": 6, "year": 12}[mentions[0].kind]
        return WrittenMonth(f"{mentions[0].year or year}-{mentions[0].number * last:02d}")
    if not mentions:
        return WrittenMonth(f"{_day_of_text(text, year).day:%Y-%m}")
    raise UnreadableError("不止一个月份", "it holds more than one month")


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise UnreadableError("没有这一天", "there is no such day") from error
