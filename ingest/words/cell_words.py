"""A form's own words for figure cells: zero, blank, not applicable, yes and no.

Belongs here: what a cell's whole text says without being a number. Does not belong here: numbers (values.py).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from campaigns.model import CellTexts
from campaigns.vocabulary import ValueState
from ingest.files.grid import Unusual
from ingest.words.number_text import UnreadableError

TRAILING = "。.;；,，、!！"
_NOTE_IN_BRACKETS = re.compile(r"\([^()]*\)$")
_BOXES = re.compile(r"[☑☒√✓✔■☐□○]|是|否|有|无")
_TICKS = "☑☒√✓✔■"
WHY_UNUSUAL = {
    "error": ("是公式错误", "it is a formula error"),
    "uncalculated": ("公式没有计算结果", "the formula has no result"),
    "struck": ("整格被划掉了", "the whole cell is crossed out"),
    "percent": ("是百分数", "it is a percentage"),
    "date": ("是日期或时间", "it is a date or a time"),
    "scaled": ("单元格格式改变了显示的大小", "its format shows a number of another size"),
    "unseen": ("单元格格式不显示数字", "its format does not show the number"),
    "picture": ("是图片，不能取数", "it is a picture"),
    "nested": ("格里套着另一张表", "the cell holds a table of its own"),
    "number": ("不是有效的数字", "it is no valid number"),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """What one figure cell says; `reason` completes the sentence of an unreadable one, in two languages."""

    state: ValueState
    value: Decimal | None = None
    reason: str = ""
    reason_en: str = ""


BLANK = Figure(ValueState.BLANK)
NOT_APPLICABLE = Figure(ValueState.NOT_APPLICABLE)
ZERO = Figure(ValueState.ZERO, Decimal(0))
YES = Figure(ValueState.VALUE, Decimal(1))


class Words(NamedTuple):
    """A form's words by what they say, each as `plain_text` leaves it."""

    zero: frozenset[str]
    blank: frozenset[str]
    not_applicable: frozenset[str]
    yes: frozenset[str]
    no: frozenset[str]


@lru_cache(maxsize=8192)
def plain_text(text: str) -> str:
    """NFKC, upper case, no white space, one kind of minus: the shape in which texts are compared."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).replace("−", "-")
    return "".join(text.split()).upper()


def figure_of_words(plain: str, texts: CellTexts) -> Figure | None:
    """What the form's own words for zero, blank and not applicable say, if the text is one of them."""
    words = words_of(texts)
    if plain in words.zero:
        return ZERO
    if not plain or plain in words.blank:
        return BLANK
    return NOT_APPLICABLE if plain in words.not_applicable else None


def read_yes_no(raw: Any, texts: CellTexts) -> Figure:
    """Read a cell that answers yes or no, in words, as 1 and 0, or with ticked boxes.

    Raises:
        UnreadableError: it answers neither, or both.
    """
    if isinstance(raw, bool | int | float) and raw in (0, 1):
        return YES if raw else ZERO
    if isinstance(raw, str):
        words = words_of(texts)
        plain = plain_text(raw).rstrip(TRAILING) or plain_text(raw)
        for text in (plain, _NOTE_IN_BRACKETS.sub("", plain).rstrip(TRAILING)):
            if text in words.yes or text == "1":
                return YES
            if text in words.no or text == "0":
                return ZERO
        ticked = _ticked(plain)
        if ticked:
            return YES if ticked in "是有" else ZERO
        if figure := figure_of_words(plain, texts):
            return figure
    if isinstance(raw, Unusual):
        raise UnreadableError(*WHY_UNUSUAL[raw.kind])
    raise UnreadableError("应当填“是”或“否”", "yes (是) or no (否) is expected")


def _ticked(plain: str) -> str:
    """The one word beside a tick (`□是 ☑否` → 否); empty when there is none or the tick may belong to either word."""
    tokens = _BOXES.findall(plain)
    if "".join(tokens) != plain or not any(mark in _TICKS for mark in tokens):
        return ""
    first_is_word, last_is_word = (mark in "是否有无" for mark in (tokens[0], tokens[-1]))
    if first_is_word == last_is_word:
        return ""
    if first_is_word:  # the boxes stand behind their words
        tokens.reverse()
    words = [word for tick, word in pairwise(tokens) if tick in _TICKS]
    return words[0] if len(words) == 1 and words[0] in "是否有无" else ""


@lru_cache(maxsize=64)
def words_of(texts: CellTexts) -> Words:
    """A form's words as they are compared."""
    lists = (texts.zero, texts.blank, texts.not_applicable, texts.yes, texts.no)
    return Words(*(frozenset(plain_text(word) for word in words) for words in lists))
