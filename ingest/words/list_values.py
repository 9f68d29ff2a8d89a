"""What a cell of a list says, by the type of its column: text, numbers, dates, months, choices, yes or no, telephones.

Belongs here: single cells that need nothing but their column and a year. Does not belong here: units and tasks, which
need the campaign (list_names.py), the grammar of dates (list_dates.py) and numbers (number_text.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from campaigns.model import CellTexts, Column, Part
from campaigns.periods import last_day_of
from campaigns.strict import as_compared
from campaigns.vocabulary import IndicatorKind, ValueState
from ingest.files.grid import Unusual
from ingest.words.cell_words import TRAILING, WHY_UNUSUAL, figure_of_words, plain_text, words_of
from ingest.words.list_dates import read_date, read_month
from ingest.words.number_text import UnreadableError
from ingest.words.values import read_figure

LONGEST_TEXT = 32_000  # as much as a cell of a workbook can hold
_PHONE = re.compile(r"(?:(?:\+?86)?1[3-9]\d{9}|(?:0\d{2,3})?[2-9]\d{6,7}(?:转\d{1,5})?|(?:400|800)\d{7})")
_BETWEEN_CHOICES = re.compile(r"[、,;/和及与+]+")
_BEHIND_CHOICE = re.compile(r"\([^()]*\)$")
_TICKED = re.compile(r"[☑√✓✔■☒]([^☑√✓✔■☒☐□○]+)")
_AREA_UNIT = "平方米"
_AREA = re.compile(r"(?:㎡|[mM](?:2|²|\^2)|平米)$")
_BOX = re.compile(r"[☑☒☐□○■]")


class Typed(NamedTuple):
    """What a cell says; `reason` completes the sentence of an unreadable one, in two languages."""

    state: ValueState
    text: str | None = None
    number: Decimal | None = None
    day: date | None = None
    reason: str = ""
    reason_en: str = ""


BLANK = Typed(ValueState.BLANK)
NOT_APPLICABLE = Typed(ValueState.NOT_APPLICABLE)


def read_value(raw: Any, column: Column, words: CellTexts, year: int) -> Typed:
    """Read one cell of a column of any type but unit, units and task_number.

    Args:
        raw: the cell's value as a reader yields it.
        column: its type, choices and unit of measure.
        words: what says none, blank, not applicable, yes and no.
        year: the year of dates without one.
    """
    try:
        if isinstance(raw, Unusual) and raw.kind in ("error", "uncalculated", "struck"):
            raise UnreadableError(*WHY_UNUSUAL[raw.kind])
        return _READERS[column.type](raw, column, words, year)
    except UnreadableError as problem:
        return Typed(ValueState.UNREADABLE, reason=problem.reason, reason_en=problem.reason_en)


def as_text(raw: Any) -> str:
    """A cell's value as the clerk sees it; line breaks stay."""
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, float):
        return format(Decimal(format(raw, ".15g")), "f")
    if isinstance(raw, datetime):
        return raw.date().isoformat() if raw.time() == datetime.min.time() else raw.isoformat(" ")
    if isinstance(raw, Unusual):
        return raw.text
    lines = (" ".join(line.split()) for line in str(raw).splitlines())
    return "\n".join(line for line in lines if line)[:LONGEST_TEXT]


def _text(raw: Any, column: Column, words: CellTexts, year: int) -> Typed:
    return _idle(raw, words) or Typed(ValueState.VALUE, as_text(raw))


def _idle(raw: Any, words: CellTexts) -> Typed | None:
    """A cell that says blank or not applicable in the form's words."""
    if not isinstance(raw, str):
        return None
    figure = figure_of_words(plain_text(raw).rstrip(TRAILING) or plain_text(raw), words)
    if figure is None or figure.state is ValueState.ZERO:
        return None
    return BLANK if figure.state is ValueState.BLANK else NOT_APPLICABLE


def _number(raw: Any, column: Column, words: CellTexts, year: int) -> Typed:
    if isinstance(raw, str) and column.measure_unit == _AREA_UNIT:
        raw = _AREA.sub(_AREA_UNIT, raw.strip())
    figure = read_figure(raw, _part_of(column), words)
    return Typed(figure.state, None, figure.value, None, figure.reason, figure.reason_en)


@lru_cache(maxsize=256)
def _part_of(column: Column) -> Part:
    kinds = {"decimal": IndicatorKind.CUMULATIVE_AMOUNT, "yes_no": IndicatorKind.YES_NO}
    kind = kinds.get(column.type, IndicatorKind.STOCK)
    return Part(part="value", measure_unit=column.measure_unit or "个", kind=kind)


def _date(raw: Any, column: Column, words: CellTexts, year: int) -> Typed:
    if idle := _idle_or_none(raw, words):
        return idle
    written = read_date(raw, year)
    return Typed(ValueState.APPROXIMATE if written.approximate else ValueState.VALUE, day=written.day)


def _month(raw: Any, column: Column, words: CellTexts, year: int) -> Typed:
    if idle := _idle_or_none(raw, words):
        return idle
    month = read_month(raw, year).month
    return Typed(ValueState.VALUE, month, day=last_day_of(month)) if month else NOT_APPLICABLE


def _idle_or_none(raw: Any, words: CellTexts) -> Typed | None:
    """In a column that no number fits, 无 says that there is nothing to write."""
    if isinstance(raw, str) and plain_text(raw) in words_of(words).zero:
        return NOT_APPLICABLE
    return _idle(raw, words)


def _choice(raw: Any, column: Column, words: CellTexts, year: int) -> Typed:
    codes = _codes_of(column)
    text = as_text(raw)
    ticked = [as_compared(word) for word in _TICKED.findall(plain_text(text))]
    if len(ticked) == 1 and _BOX.search(text):
        text = ticked[0]
    plain = plain_text(text)
    code = codes.get(as_compared(text)) or codes.get(as_compared(_BEHIND_CHOICE.sub("", plain)))
    if code:
        return Typed(ValueState.VALUE, code)
    if idle := _idle(raw, words):
        return idle
    known = "、".join(choice.label for choice in column.choices)
    named = [codes.get(as_compared(piece)) for piece in _BETWEEN_CHOICES.split(plain)]
    if len(set(named)) > 1 and all(named):
        raise UnreadableError(f"写了不止一个，只能填一个：{known}", f"it names more than one of: {known}")
    raise UnreadableError(f"只能填：{known}", f"only these are known: {known}")


@lru_cache(maxsize=256)
def _codes_of(column: Column) -> dict[str, str]:
    return {as_compared(word): choice.code for choice in column.choices for word in (choice.label, *choice.aliases)}


def _phone(raw: Any, column: Column, words: CellTexts, year: int) -> Typed:
    if idle := _idle(raw, words):
        return idle
    pieces = re.split(r"[、,，;；/\n]+", as_text(raw))
    numbers = [re.sub(r"[\s()（）-]", "", piece) for piece in pieces if piece.strip()]
    if not numbers or not all(_PHONE.fullmatch(number) for number in numbers):
        raise UnreadableError("不是电话号码", "it is no telephone number")
    return Typed(ValueState.VALUE, "、".join(numbers))


_READERS: dict[str, Callable[[Any, Column, CellTexts, int], Typed]] = {
    "text": _text,
    "integer": _number,
    "decimal": _number,
    "yes_no": _number,
    "date": _date,
    "month": _month,
    "choice": _choice,
    "phone": _phone,
}
