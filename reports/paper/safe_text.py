"""Text from outside made safe to print: never a formula, never a control character, no personal number in clear.

Belongs here: cleaning of text and of sheet names. Does not belong here: what the text says, and where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from campaigns.personal_data import mask

CELL_LIMIT = 32_767  # characters Excel keeps in one cell; writers cut longer text without a word
CUT_MARK = "…（原文过长，已截断）"
SHEET_NAME_LIMIT = 31

# C0 and C1 controls except tab and line feed, surrogates, non-characters, and marks that turn the writing direction
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SHEET_NAME_UNSAFE = re.compile(r"[\[\]:*?/\\]")


def safe_text(text: str) -> str:
    """Return `text` fit for one cell: controls removed, at most `CELL_LIMIT` characters, a cut shown by `CUT_MARK`.

    Lengths are counted as Excel counts them, in UTF-16 units.
    """
    cleaned = text
    if not text.isprintable():  # nothing unsafe is printable: this spares nearly every text the search
        cleaned = _UNSAFE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if cleaned.startswith("<r>") and cleaned.endswith("</r>"):
        cleaned += " "  # XlsxWriter would take the text for its own markup and write it as such
    if len(cleaned) <= CELL_LIMIT // 2 or _utf16_length(cleaned) <= CELL_LIMIT:
        return cleaned
    room = CELL_LIMIT - len(CUT_MARK)
    kept = cleaned.encode("utf-16-le")[: room * 2].decode("utf-16-le", errors="ignore")
    return kept + CUT_MARK


def outside_text(text: str | None) -> str:
    """Return text of submitters as a report prints it: safe and masked; None is empty."""
    return safe_text(mask(text or ""))


def sheet_names(wanted: Iterable[str]) -> list[str]:
    """Return one valid sheet name per wanted one: allowed characters, at most 31, unique whatever the case."""
    taken: set[str] = set()
    names = []
    for text in wanted:
        base = _SHEET_NAME_UNSAFE.sub("", safe_text(text)).replace("\n", " ").strip().strip("'") or "表"
        name, number = base[:SHEET_NAME_LIMIT], 1
        while name.casefold() in taken:
            number += 1
            ending = f"({number})"
            name = base[: SHEET_NAME_LIMIT - len(ending)] + ending
        taken.add(name.casefold())
        names.append(name)
    return names


def _utf16_length(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)
