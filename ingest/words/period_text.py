"""Dates and periods written in Chinese text: 2023年6月24日, 6月份, 第二季度, 2024H1.

Belongs here: the grammar. Does not belong here: which period of a duty is meant (period.py).
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache
from typing import NamedTuple

_CHINESE = {digit: number for number, digit in enumerate("零一二三四五六七八九十")} | {"〇": 0, "元": 1}
_DIGITS = "〇零一二三四五六七八九十"
_YEAR = rf"(?P<year>(?:20)?\d\d|[{_DIGITS}]{{4}})年"
_MONTH = rf"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[{_DIGITS[2:]}])月"
_DAY = rf"(?P<day>3[01]|[12]\d|0?[1-9]|二?十[{_DIGITS[2:-1]}]?|三十一?|[{_DIGITS[2:]}])[日号]"
_EDGE, _END = r"(?<!\d)", r"(?!\d)"
_DATES = (
    re.compile(rf"{_EDGE}(?:{_YEAR})?{_MONTH}{_DAY}"),
    re.compile(rf"{_EDGE}(?P<year>20\d\d)([-/.])(?P<month>1[0-2]|0?[1-9])\2(?P<day>3[01]|[12]\d|0?[1-9]){_END}"),
    re.compile(rf"{_EDGE}(?P<year>20\d\d)(?P<month>1[0-2]|0[1-9])(?P<day>3[01]|[12]\d|0[1-9]){_END}"),
)
_MONTHS = (
    re.compile(rf"{_EDGE}(?:{_YEAR})?(?:度)?{_MONTH}(?!\d|内|底前)"),
    re.compile(rf"{_EDGE}(?P<year>20\d\d)[-/._](?P<month>1[0-2]|0?[1-9])(?!\d|[-/.]\d|级|版)"),
    re.compile(rf"{_EDGE}(?P<year>20\d\d)(?P<month>1[0-2]|0[1-9]){_END}"),
)
_QUARTERS = (
    re.compile(rf"{_EDGE}(?:{_YEAR})?(?:度)?第?(?P<number>[1-4一二三四])季度?"),
    re.compile(rf"{_EDGE}(?P<year>20\d\d)年?Q(?P<number>[1-4]){_END}", re.IGNORECASE),
)
_HALVES = (
    re.compile(rf"{_EDGE}(?:{_YEAR})?(?:度)?(?P<number>[上下])半年"),
    re.compile(rf"{_EDGE}(?P<year>20\d\d)年?H(?P<number>[12]){_END}", re.IGNORECASE),
)
_WHOLE_YEAR = re.compile(rf"{_EDGE}{_YEAR}(?:度|全年)")


class WrittenDate(NamedTuple):
    """A date as written; `year` None where it is left out."""

    year: int | None
    month: int
    day: int

    def on(self, year: int) -> date | None:
        try:
            return date(self.year or year, self.month, self.day)
        except ValueError:
            return None


class Mention(NamedTuple):
    """A period as written: its kind as in period ids, its number, and the year if it was said."""

    kind: str  # month, quarter, half, year
    year: int | None
    number: int

    def means(self, period: str) -> bool:
        """Whether the period id (2023-06, 2024Q1, 2024H1, 2024) may be the one meant."""
        kind, number = _parts_of(period)
        return (kind, number) == (self.kind, self.number) and self.year in (None, int(period[:4]))


def plain(text: str) -> str:
    """NFKC without white space and blanks to fill in: the shape in which dates are looked for."""
    return "".join(unicodedata.normalize("NFKC", text).split()).replace("_", "" if "年" in text else "_")


def find_dates(text: str) -> list[WrittenDate]:
    """Every date in a plain text, in any of the usual ways of writing."""
    return [written for written, _ in _dates_with_places(text)]


@lru_cache(maxsize=4096)
def find_periods(text: str) -> tuple[Mention, ...]:
    """Every month, quarter, half-year or year in a plain text, without the months of whole dates; each once."""
    rest = text
    for _, (start, end) in _dates_with_places(text):
        rest = rest[:start] + "|" * (end - start) + rest[end:]
    found: dict[Mention, None] = {}
    for kind, patterns in (("quarter", _QUARTERS), ("half", _HALVES), ("month", _MONTHS)):
        for pattern in patterns:
            for match in pattern.finditer(rest):
                written = match.groupdict()
                number = _number(written.get("month") or written["number"])
                found[Mention(kind, _year(written["year"]), number)] = None
    if not found:
        found |= {Mention("year", _year(match["year"]), 1): None for match in _WHOLE_YEAR.finditer(rest)}
    return tuple(_without_repetitions(list(found)))


@lru_cache(maxsize=1024)
def mention_of(period: str) -> Mention:
    """A period id as a mention."""
    kind, number = _parts_of(period)
    return Mention(kind, int(period[:4]), number)


def _parts_of(period: str) -> tuple[str, int]:
    rest = period[4:]
    kind = {"-": "month", "Q": "quarter", "H": "half", "": "year"}[rest[:1]]
    return kind, int(rest[1:] or 1)


def _without_repetitions(mentions: list[Mention]) -> list[Mention]:
    """`2023年6月（6月）` mentions one period, not two."""
    dated = {(mention.kind, mention.number) for mention in mentions if mention.year is not None}
    return [m for m in mentions if m.year is not None or (m.kind, m.number) not in dated]


@lru_cache(maxsize=4096)
def _dates_with_places(text: str) -> tuple[tuple[WrittenDate, tuple[int, int]], ...]:
    found: list[tuple[WrittenDate, tuple[int, int]]] = []
    for pattern in _DATES:
        for match in pattern.finditer(text):
            written = WrittenDate(_year(match["year"]), _number(match["month"]), _number(match["day"]))
            if written.on(2024) is not None:
                found.append((written, match.span()))
    return tuple(found)


def _year(text: str | None) -> int | None:
    if not text:
        return None
    number = int("".join(str(_CHINESE.get(character, character)) for character in text))
    return number if number >= 100 else 2000 + number


def _number(text: str) -> int:
    """6, 06, 六, 十二, 二十四, 上 → a whole number."""
    if text.isdigit():
        return int(text)
    if text in "上下":
        return "上下".index(text) + 1
    if "十" not in text:
        return _CHINESE[text]
    tens, _, ones = text.partition("十")
    return (_CHINESE[tens] if tens else 1) * 10 + (_CHINESE[ones] if ones else 0)
