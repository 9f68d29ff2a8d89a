"""What a number format makes of the number in a cell: a date, a percentage, a number of another size, a unit behind it.

Belongs here: the codes of number formats, which .xlsx and .xls share. Does not belong here: which cell has which format
(xlsx_styles.py, read_xls.py), what the shown text means as a figure (values.py).

What the clerk saw counts: 125000 in the format `#,##0"元"` reads `125000元`, not 125000 of the item's own 万元.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

# Built-in formats that show a date or a time; 27-36 and 50-58 are those of Chinese Excel (ECMA-376 18.8.30).
_DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_PERCENT_FORMATS = frozenset({9, 10})
_TOKEN = re.compile(
    r'"([^"]*)"|[\\!](.)|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|(General|[0#?.,]+(?:E[+-][0#?]+)?)|(.)', re.DOTALL
)
_DATE_CODE = re.compile(r"[ymdhs年月日]|e", re.IGNORECASE)
_SPLITS_A_NUMBER = re.compile(r"[\w.]")


class NumberFormat(NamedTuple):
    """What a format does: `scaled` shows a number of another size, `unseen` none; `prefix` and `suffix` are words."""

    kind: Literal["plain", "date", "percent", "scaled", "unseen"]
    prefix: str = ""
    suffix: str = ""

    def shown(self, number: int | float) -> str:
        """The number with the words that the format puts around it."""
        return f"{self.prefix}{Decimal(format(number, '.15g')):f}{self.suffix}"


_PLAIN = NumberFormat("plain")


def built_in_format(identifier: int) -> NumberFormat:
    """The format with one of Excel's own numbers."""
    if identifier in _DATE_FORMATS:
        return NumberFormat("date")
    return NumberFormat("percent") if identifier in _PERCENT_FORMATS else _PLAIN


@lru_cache(maxsize=1024)
def custom_format(code: str) -> NumberFormat:
    """The format with a code of its own; only the section for positive numbers counts."""
    digits: list[str] = []
    literals = [""]  # before the first digits, between them, behind the last
    bare = ""
    section = _first_section(code)
    if not section and code:
        return NumberFormat("unseen")
    for found in _TOKEN.finditer(section):
        if found[3]:
            digits.append(found[3])
            literals.append("")
        literals[-1] += found[1] or found[2] or found[4] or ""
        bare += found[4] or (found[3] and "0") or ""
    if "%" in bare:
        return NumberFormat("percent")
    if _DATE_CODE.search(bare):
        return NumberFormat("date")
    if any(run.endswith(",") for run in digits) or any(map(_SPLITS_A_NUMBER.search, literals[1:-1])):
        return NumberFormat("scaled")
    prefix, suffix = (_words(text) for text in (literals[0], literals[-1]))
    return NumberFormat("plain", prefix, suffix) if digits and (prefix or suffix) else _PLAIN


def _first_section(code: str) -> str:
    """The code up to the first semicolon outside quotation marks."""
    return re.match(r'(?:"[^"]*"|\\.|[^;])*', code, re.DOTALL)[0]  # type: ignore[index]  # matches the empty text too


def _words(literal: str) -> str:
    """The text a format puts beside a number, if it holds a word; brackets and signs of currency say nothing."""
    return literal.strip() if any(character.isalnum() for character in literal) else ""
