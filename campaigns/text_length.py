"""How long a text is, by a named rule: the documents say 800字 and not what counts as one (X14).

Belongs here: the rules of counting and their names, as `reading` of a contradiction. Does not belong here: the limit
itself (a form's `narrative`), what happens to a text that is too long.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

_LATIN_RUN = re.compile(r"[^\W\u2e80-\U0003ffff]+(?:[.,:/%+-][^\W\u2e80-\U0003ffff]+)*%?")


def _characters(text: str) -> int:
    """Every character but white space; punctuation and each digit count one."""
    return sum(not character.isspace() for character in text)


def _words(text: str) -> int:
    """As word processors count 字数: each Chinese character or mark one, a number or foreign word one."""
    rest, runs = _LATIN_RUN.subn(" ", text)
    return runs + _characters(rest)


def _without_punctuation(text: str) -> int:
    """Letters, digits and Chinese characters only."""
    return sum(unicodedata.category(character)[0] in "LN" for character in text)


COUNTING_RULES: dict[str, Callable[[str], int]] = {
    "characters": _characters,
    "words": _words,
    "without_punctuation": _without_punctuation,
}


class RuleName(NamedTuple):
    """How a rule of counting is called in a sentence."""

    chinese: str
    english: str


RULE_NAMES = {
    "characters": RuleName("按字符数", "counting characters"),
    "words": RuleName("按“字数统计”", "as word processors count"),
    "without_punctuation": RuleName("不计标点", "without punctuation"),
}


def text_length(text: str, rule: str) -> int:
    """The length of a text by one of COUNTING_RULES.

    Raises:
        KeyError: no such rule.
    """
    return COUNTING_RULES[rule](text)


def lengths(text: str) -> dict[str, int]:
    """The length by every rule, for showing a long text both ways."""
    return {name: count(text) for name, count in COUNTING_RULES.items()}
