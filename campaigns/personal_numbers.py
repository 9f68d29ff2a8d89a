"""Numbers of identity cards, mobile telephones and land lines in free text.

Belongs here: the patterns and how each number is hidden. Does not belong here: names (personal_names.py), the order in
which a text is gone through (personal_data.py).

An identity number keeps its first six digits, which say no more than the county; a mobile number keeps three and four,
as forms and messages in this country show them; a land line keeps its area code only: the first digits behind it are
the same in all of a county. What merely looks alike stays: amounts, dates, numbers of documents and standards, area
codes, hotlines of five digits, codes of organisations (GB 32100, whose check character tells them apart).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from campaigns.personal_look import GAP
from campaigns.phone_labels import PHONE_LABEL

_ASCII_DIGITS = {ord(wide): plain for wide, plain in zip("０１２３４５６７８９Ｘｘ", "0123456789Xx", strict=True)}
_DATE = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_COUNTY = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9[1-9])[0-9]{4}"
_ALONE_BEFORE, _ALONE_BEHIND = r"(?<![0-9A-Za-z.])", r"(?![0-9A-Za-z])"
_IDENTITY_18 = re.compile(
    rf"{_ALONE_BEFORE}({_COUNTY}){GAP}((?:18|19|20)[0-9]{{2}}{_DATE}){GAP}([0-9]{{3}}[0-9Xx]){_ALONE_BEHIND}"
)
_IDENTITY_15 = re.compile(rf"{_ALONE_BEFORE}({_COUNTY})([0-9]{{2}}{_DATE})([0-9]{{3}}){_ALONE_BEHIND}")
_NO_MEASURE = r"(?!\.[0-9]|[ \u3000]?(?:元|万|亿|余|多|个|家|次|人|项|处|件|吨|千|平|米))"
_MOBILE = re.compile(
    rf"(?<![0-9A-Za-z.¥￥])((?:\+?86{GAP})?1[3-9][0-9]){GAP}([0-9]{{4}}){GAP}([0-9]{{4}}){_ALONE_BEHIND}{_NO_MEASURE}"
)

# Area codes and the numbers behind them as the 电信网编号计划 has them: 010 and 02x with eight digits, 03xx to 09xx
# with seven or eight; a subscriber's number begins with 2 to 8.
_DASH = "[-－–—]"
_AREA = r"(?:10|2[0-9]|[3-9][0-9]{2})"
_SUBSCRIBER = rf"[2-8][0-9]{{2,3}}{GAP}[0-9]{{4}}"
_EXTENSION = rf"(?:(?:{_DASH}|\s?转(?:分机)?\s?|\s?分机(?:号)?[:：]?\s?)[0-9]{{1,6}})?"
_SECOND_NUMBER = rf"(?:[/／、]{_SUBSCRIBER}{_EXTENSION}{_ALONE_BEHIND})*"
_BEHIND_LAND_LINE = rf"{_ALONE_BEHIND}{_NO_MEASURE}(?!\s?号(?!码))"
_AREA_BEFORE = (
    rf"\+?86{GAP}0?{_AREA}(?:[ \u3000]|{_DASH})|0{_AREA}(?:[ \u00a0\u3000]{{1,2}}|[ \u3000]?{_DASH}[ \u3000]?)"
    rf"|[(（]0{_AREA}[)）][ \u3000]?{_DASH}?"
)
_NO_DAY = rf"(?!20[0-9]{{2}}{_DATE}(?![0-9]))"  # 021-20230625 is the number of a paper
_LAND_LINE = re.compile(
    rf"(?<![0-9A-Za-z.*¥￥])(?<![0-9]-)({_AREA_BEFORE})({_NO_DAY}{_SUBSCRIBER}{_EXTENSION}{_SECOND_NUMBER})"
    rf"{_BEHIND_LAND_LINE}"
)
_LABELLED_LAND_LINE = re.compile(
    rf"({PHONE_LABEL}(?:0{_AREA})?)({_SUBSCRIBER}{_EXTENSION}{_SECOND_NUMBER}){_BEHIND_LAND_LINE}"
)

# GB 32100-2015: weights and characters of the unified social credit code
_CREDIT_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
# GB 11643-1999: weights and check characters of the identity number
_IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_IDENTITY_CHECKS = "10X98765432"


def hide_numbers(text: str) -> str:
    """The text with personal numbers hidden; all else is as it was, to the character."""
    for one in _KINDS:
        plain = text.translate(_ASCII_DIGITS)  # one character for one, so places in both are the same
        for found in reversed(list(one.pattern.finditer(plain))):
            hidden = one.hide(found)
            if hidden is not None:
                text = text[: found.start()] + hidden + text[found.end() :]
    return text


def _hide_18(found: re.Match[str]) -> str | None:
    digits = "".join(found.groups()).upper()
    if _is_credit_code(digits) and not _is_identity(digits):
        return None
    return found[1] + "*" * 12


def _hide_15(found: re.Match[str]) -> str:
    return found[1] + "*" * 9


def _hide_mobile(found: re.Match[str]) -> str:
    return f"{found[1]}****{found[3]}"


def _hide_land_line(found: re.Match[str]) -> str:
    return found[1] + re.sub("[0-9]", "*", found[2])


def _is_identity(digits: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(digits[:17], _IDENTITY_WEIGHTS, strict=True))
    return digits[17] == _IDENTITY_CHECKS[total % 11]


def _is_credit_code(digits: str) -> bool:
    values = [_CREDIT_CHARACTERS.index(character) for character in digits]
    total = sum(value * weight for value, weight in zip(values[:17], _CREDIT_WEIGHTS, strict=True))
    return values[17] == (31 - total % 31) % 31


class _Kind(NamedTuple):
    pattern: re.Pattern[str]
    hide: Callable[[re.Match[str]], str | None]


_KINDS = (
    _Kind(_IDENTITY_18, _hide_18),
    _Kind(_IDENTITY_15, _hide_15),
    _Kind(_MOBILE, _hide_mobile),
    _Kind(_LAND_LINE, _hide_land_line),
    _Kind(_LABELLED_LAND_LINE, _hide_land_line),
)
