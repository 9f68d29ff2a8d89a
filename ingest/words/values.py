"""What a figure cell says: its number and state, or the reason why it cannot be taken. Pure functions.

Belongs here: values of every type a reader yields, and whether a number can be the figure of its item. Does not belong
here: the grammar of numbers (number_text.py, pair_text.py), a form's own words (cell_words.py), finding the cell
(value_cells.py), rules between figures (the expectations package).

A blank never becomes 0, an error never becomes a blank, and a number is taken only when it can mean one thing.
"""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from campaigns.model import CellTexts, Item, Part
from campaigns.vocabulary import IndicatorKind, ValueState
from ingest.files.grid import Unusual
from ingest.words.cell_words import (
    BLANK,
    TRAILING,
    WHY_UNUSUAL,
    ZERO,
    Figure,
    figure_of_words,
    plain_text,
    read_yes_no,
    words_of,
)
from ingest.words.number_text import UnreadableError, Written, measure_of, read_number
from ingest.words.pair_text import read_pair_text

_NUMBERS = (int, float)  # not bool, which is an int too
_LARGEST = Decimal(10) ** 9
_LARGEST_WHOLE = int(_LARGEST)  # comparing with a Decimal takes longer
_MONEY_STEP = Decimal("0.0001")  # the raw zone keeps four decimals: one yuan when the unit is 万元
_SPACE_IN_NUMBER = re.compile(r"\d\s+\d")
_DATE_LIKE = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]|\d月\d|\d:\d")


def read_figure(raw: Any, part: Part, texts: CellTexts) -> Figure:
    """Read one cell that holds one figure.

    Args:
        raw: the cell's value as a reader yields it (None, text, number, bool, date, `Unusual`).
        part: kind and unit of measure of the figure.
        texts: the form's words for zero, blank, not applicable, yes and no.

    Returns:
        A count is a whole Decimal, an amount has at most four decimals, yes is 1 and no is 0 (state zero).
    """
    if raw is None:
        return BLANK
    if type(raw) in _NUMBERS and part.kind is not IndicatorKind.YES_NO:
        whole = raw if type(raw) is int else int(raw) if math.isfinite(raw) else -1
        if whole == raw and 0 <= whole < _LARGEST_WHOLE:
            return _whole(whole)
    try:
        if isinstance(raw, str):
            return _figure_of_text(raw, part, texts)
        if part.kind is IndicatorKind.YES_NO:
            return read_yes_no(raw, texts)
        return _judged(Written(_number_of(raw), "", False), part)
    except UnreadableError as problem:
        return Figure(ValueState.UNREADABLE, None, problem.reason, problem.reason_en)


@lru_cache(maxsize=4096)  # most texts are 0, 无, / and the like, over and over
def _figure_of_text(raw: str, part: Part, texts: CellTexts) -> Figure:
    if part.kind is IndicatorKind.YES_NO:
        return read_yes_no(raw, texts)
    plain = _checked_text(raw).rstrip(TRAILING) or plain_text(raw)
    if words := figure_of_words(plain, texts):
        return words
    if reason := _why_not_one_number(raw, plain):
        raise UnreadableError(*reason)
    return _judged(read_number(plain, measure_of(part.measure_unit)), part)


@lru_cache(maxsize=4096)
def _whole(number: int) -> Figure:
    return Figure(ValueState.VALUE, Decimal(number)) if number else ZERO


def read_pair(raw: Any, item: Item, texts: CellTexts) -> tuple[Figure, Figure]:
    """Read one cell that holds both figures of a two-part item: `3次/12.5万元`, `5个，其中2个`, `5（2）`.

    A bare 0 means that both are 0. A bare number is the total of a total-and-of-which item, whose second figure is
    then blank; beside 次 and 万元 nobody can say what it counts, and both figures are unreadable.
    """
    if raw is None:
        return BLANK, BLANK
    try:
        return _pair_of_text(raw if isinstance(raw, str) else f"{_number_of(raw):f}", item, texts)
    except UnreadableError as problem:
        figure = Figure(ValueState.UNREADABLE, None, problem.reason, problem.reason_en)
        return figure, figure


def _pair_of_text(raw: str, item: Item, texts: CellTexts) -> tuple[Figure, Figure]:
    plain = _checked_text(raw)
    if words := figure_of_words(plain.rstrip(TRAILING) or plain, texts):
        return words, words
    if plain.strip("0.") == "":
        return ZERO, ZERO
    written = read_pair_text(raw.strip().rstrip(TRAILING), item, words_of(texts).zero)
    return _judged(written[0], item.parts[0]), _judged(written[1], item.parts[1])


def is_figure_like(raw: Any) -> bool:
    """Whether a cell holds a number, or something that was meant as one (an error, a formula without a result)."""
    if type(raw) in _NUMBERS:
        return True
    if isinstance(raw, str):
        plain = plain_text(raw)
        return len(plain) < 16 and bool(plain) and (plain[0].isdigit() or plain[-1].isdigit())
    return raw is not None and not isinstance(raw, bool)


def _judged(written: Written | None, part: Part) -> Figure:
    if written is None:
        return BLANK
    number = written.number
    if number < 0:
        raise UnreadableError("是负数", "it is negative")
    if number >= _LARGEST:
        raise UnreadableError("数字太大，不像是统计数", "it is too large for a figure")
    if number == 0:
        return ZERO
    if part.kind is IndicatorKind.CUMULATIVE_AMOUNT or measure_of(part.measure_unit).is_money:
        number = number.quantize(_MONEY_STEP, ROUND_HALF_UP).normalize()
    elif number != number.to_integral_value():
        raise UnreadableError(f"“{part.measure_unit}”数应当是整数", f"a count of {part.measure_unit} must be whole")
    else:
        number = number.to_integral_value()
    return Figure(ValueState.APPROXIMATE if written.approximate else ValueState.VALUE, Decimal(f"{number:f}"))


def _number_of(raw: Any) -> Decimal:
    """The exact decimal meaning of a number cell; floats as Excel shows them, with 15 digits."""
    if isinstance(raw, bool):
        raise UnreadableError("是逻辑值，不是数字", "it is a logical value, not a number")
    if isinstance(raw, int | Decimal):
        return Decimal(raw)
    if isinstance(raw, float) and math.isfinite(raw):
        return Decimal(format(raw, ".15g"))
    kind = raw.kind if isinstance(raw, Unusual) else "date" if isinstance(raw, date | time | timedelta) else "number"
    raise UnreadableError(*WHY_UNUSUAL[kind])


def _checked_text(raw: str) -> str:
    """Plain text; small print is refused, because NFKC would turn 5² into 52."""
    if not raw.isascii() and any(unicodedata.decomposition(mark).startswith(("<su", "<ci", "<fr")) for mark in raw):
        raise UnreadableError("有上下标或圈码", "it holds small or circled digits")
    return plain_text(raw)


def _why_not_one_number(raw: str, plain: str) -> tuple[str, str] | None:
    """Texts that look like a number but are something else, each with its own reason."""
    if "%" in plain or "‰" in plain:
        return WHY_UNUSUAL["percent"]
    if _DATE_LIKE.search(plain):
        return WHY_UNUSUAL["date"]
    if _SPACE_IN_NUMBER.search(raw):
        return "数字中间有空格", "there is a space inside the number"
    return None
