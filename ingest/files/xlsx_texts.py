"""The texts of a workbook: shared or inline, plain or in runs of which some do not count.

Belongs here: <si> and <is>, crossed-out and raised runs, escaped control characters. Does not belong here: cells
(xlsx_sheets.py), what a text means (values.py).
"""

from __future__ import annotations

import re
from typing import Any

from ingest.files.grid import RAISED, Unusual, clean_text
from ingest.files.office_parts import local_name

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class PartlyStruck(str):
    """The valid rest of a text of which a part is crossed out."""


def shared_texts(root: Any | None) -> list[Any]:
    return [] if root is None else [text_of(entry) for entry in root]


def text_of(element: Any) -> Any:
    """The text of <si> or <is>: plain, or runs of which some are crossed out; phonetic hints are left out."""
    if len(element) == 1 and element[0].tag.endswith("}t"):
        return clean_text(unescaped(element[0].text or ""))
    pieces, struck = [], False
    for child in element:
        name = local_name(child)
        if name == "t":
            pieces.append(child.text or "")
        elif name == "r":
            text, valid = _run(child)
            struck = struck or not valid
            pieces.append(text if valid else "")
    rest = clean_text(unescaped("".join(pieces)))
    if struck:
        return Unusual("struck", "") if rest is None else PartlyStruck(rest)
    return rest


def _run(run: Any) -> tuple[str, bool]:
    """The text of a run and whether it stands; blank text that is crossed out does not matter.

    A raised digit is the number of a note: it must not become a digit of the figure before it.
    """
    parts = {local_name(part): part for part in run}
    text = (parts["t"].text or "") if "t" in parts else ""
    strike = next((mark for mark in parts.get("rPr", ()) if local_name(mark) == "strike"), None)
    crossed_out = strike is not None and strike.get("val", "1") not in ("0", "false")
    if text.strip() and any(local_name(mark) == "vertAlign" for mark in parts.get("rPr", ())):
        text = f"{RAISED}{text}"
    return text, not (crossed_out and text.strip())


def unescaped(text: str) -> str:
    """`_x000B_` stands for a control character, which no figure needs and no report can hold: it becomes a space."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda code: chr(int(code[1], 16)) if int(code[1], 16) >= 32 else " ", text)
