"""Proof of a finished official document: read it back and compare every text and every bound figure.

Belongs here: comparing what stands in the file with the document as data. Does not belong here: writing
(official_docx.py), reading (word_reading.py); what to do about a difference (the caller blocks on any).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from reports.bulletins.official_text import Block, OfficialDocument, Table
from reports.paper.difference import Difference
from reports.paper.safe_text import safe_text
from reports.paper.word_reading import SeenBlock, SeenText, read_document
from reports.paper.word_text import Fact, Piece, piece_text


def verify_official(path: Path, document: OfficialDocument) -> list[Difference]:
    """Return every difference between the finished file and the document; empty means it may be handed in.

    Words are compared as well as figures, so a number that nobody can account for is a difference wherever it stands.
    """
    found = read_document(path)
    differences = [
        Difference("", "", "页眉", header, document.header) for header in found.headers if header != document.header
    ]
    expected = [block for block in map(_expected, document.blocks) if block != SeenText("")]
    for number, (seen, wanted) in enumerate(zip_longest(found.blocks, expected), start=1):
        if seen != wanted:
            differences += _differences(f"第{number}段", seen, wanted)
    return differences


def _expected(block: Block) -> SeenBlock:
    if isinstance(block, Table):
        heads = tuple(SeenText(safe_text(head)) for head in block.heads)
        return (heads, *(tuple(_pieces_seen((cell,)) for cell in row) for row in block.rows))
    return _pieces_seen(block.pieces)


def _pieces_seen(pieces: tuple[Piece, ...]) -> SeenText:
    facts = tuple((piece.name, piece_text(piece)) for piece in pieces if isinstance(piece, Fact))
    return SeenText("".join(map(piece_text, pieces)), facts)


def _differences(place: str, seen: SeenBlock | None, wanted: SeenBlock | None) -> Iterator[Difference]:
    if isinstance(seen, SeenText) and isinstance(wanted, SeenText):
        yield from _text_differences(place, seen, wanted)
    elif isinstance(seen, tuple) and isinstance(wanted, tuple):
        nothing: tuple[SeenText, ...] = ()
        for row, (seen_row, wanted_row) in enumerate(zip_longest(seen, wanted, fillvalue=nothing), start=1):
            for column, pair in enumerate(zip_longest(seen_row, wanted_row, fillvalue=SeenText("")), start=1):
                yield from _text_differences(f"{place}（表）R{row}C{column}", *pair)
    else:
        yield Difference("", place, "段落", _all_text(seen), _all_text(wanted))


def _text_differences(place: str, seen: SeenText, wanted: SeenText) -> Iterator[Difference]:
    pairs = zip_longest(seen.facts, wanted.facts, fillvalue=("", ""))
    wrong = [(found, due) for found, due in pairs if found != due]
    for (found_name, found_text), (name, text) in wrong:
        printed = found_text if found_name == name else f"{found_name} {found_text}".strip()
        yield Difference("", place, name or found_name, printed, text)
    if not wrong and seen.text != wanted.text:
        yield Difference("", place, "文字", seen.text, wanted.text)


def _all_text(seen: SeenBlock | None) -> str:
    if seen is None:
        return ""
    return seen.text if isinstance(seen, SeenText) else " ".join(cell.text for row in seen for cell in row)
