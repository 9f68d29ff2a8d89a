"""Personal data in free text: numbers of identity cards and mobile telephones, and names that a label announces.

Belongs here: the patterns and how each is masked. Does not belong here: where texts are masked (whoever stores or
prints them), columns that are personal by their definition (`personal` columns of forms go to a table of their own).

An identity number keeps its first six digits, which say no more than the county; a telephone number keeps three and
four, as forms and messages in this country show them. Masking twice changes nothing. What merely looks alike stays:
amounts, document numbers, area codes, codes of organisations (GB 32100, whose check character tells them apart).
Land lines stay too: they are numbers of offices.
"""

from __future__ import annotations

import re

_SHORTEST_NUMBER = 11
_ASCII_DIGITS = {ord(wide): plain for wide, plain in zip("０１２３４５６７８９Ｘｘ", "0123456789Xx", strict=True)}
_GAP = "[ \\-\u00a0\u3000]?"
_DATE = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_COUNTY = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9[1-9])[0-9]{4}"
_ALONE_BEFORE, _ALONE_BEHIND = r"(?<![0-9A-Za-z.])", r"(?![0-9A-Za-z])"
_IDENTITY_18 = re.compile(
    rf"{_ALONE_BEFORE}({_COUNTY}){_GAP}((?:18|19|20)[0-9]{{2}}{_DATE}){_GAP}([0-9]{{3}}[0-9Xx]){_ALONE_BEHIND}"
)
_IDENTITY_15 = re.compile(rf"{_ALONE_BEFORE}({_COUNTY})([0-9]{{2}}{_DATE})([0-9]{{3}}){_ALONE_BEHIND}")
_MEASURE = r"(?:\.[0-9]|[ \u3000]?(?:元|万|亿|余|多|个|家|次|人|项|处|件|吨|千|平|米))"
_MOBILE = re.compile(
    rf"(?<![0-9A-Za-z.¥￥])((?:\+?86{_GAP})?1[3-9][0-9]){_GAP}([0-9]{{4}}){_GAP}([0-9]{{4}})"
    rf"{_ALONE_BEHIND}(?!{_MEASURE})"
)
_LABELLED_NAME = re.compile(
    r"((?:填\s*表|审\s*核|经\s*办|联\s*系|联\s*络|签\s*字|举\s*报|投\s*诉|报\s*案)(?:人|员)(?:员?姓名)?\s*[:：]\s*)"
    r"([\u4e00-\u9fff·]{2,8}|[A-Za-z][A-Za-z .]{1,30})"
)
_HIDDEN_NAME = "***"
# in every text of which something is hidden; for other engines, too, so without anything that only Python knows
WORTH_A_LOOK = rf"[人员]|(?:[0-9０-９]{_GAP}){{{_SHORTEST_NUMBER - 1}}}[0-9０-９]"
_WORTH_A_LOOK = re.compile(WORTH_A_LOOK)

# GB 32100-2015: weights and characters of the unified social credit code
_CREDIT_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
# GB 11643-1999: weights and check characters of the identity number
_IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_IDENTITY_CHECKS = "10X98765432"


def mask(text: str) -> str:
    """The text with personal numbers and labelled names hidden; all else is as it was, to the character."""
    if not _WORTH_A_LOOK.search(text):  # nearly every text of a night
        return text
    masked = _LABELLED_NAME.sub(rf"\1{_HIDDEN_NAME}", text)
    if len(masked) < _SHORTEST_NUMBER:
        return masked
    plain = masked.translate(_ASCII_DIGITS)  # one character for one, so places in both are the same
    cuts = [
        (found.start(), found.end(), hidden)
        for pattern, hide in ((_IDENTITY_18, _hide_18), (_IDENTITY_15, _hide_15), (_MOBILE, _hide_mobile))
        for found in pattern.finditer(plain)
        if (hidden := hide(found))
    ]
    for start, end, hidden in sorted(cuts, reverse=True):
        masked = masked[:start] + hidden + masked[end:]
    return masked


def _hide_18(found: re.Match[str]) -> str | None:
    digits = "".join(found.groups()).upper()
    if _is_credit_code(digits) and not _is_identity(digits):
        return None
    return found[1] + "*" * 12


def _hide_15(found: re.Match[str]) -> str:
    return found[1] + "*" * 9


def _hide_mobile(found: re.Match[str]) -> str:
    return f"{found[1]}****{found[3]}"


def _is_identity(digits: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(digits[:17], _IDENTITY_WEIGHTS, strict=True))
    return digits[17] == _IDENTITY_CHECKS[total % 11]


def _is_credit_code(digits: str) -> bool:
    values = [_CREDIT_CHARACTERS.index(character) for character in digits]
    total = sum(value * weight for value, weight in zip(values[:17], _CREDIT_WEIGHTS, strict=True))
    return values[17] == (31 - total % 31) % 31
