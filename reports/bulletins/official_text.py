"""An official document as data: paragraphs and tables of words and figures, each figure bound to the fact it states.

Belongs here: what a document is made of, and how a stored value becomes a bound figure. Does not belong here: what one
document says (its own module), fonts and markup (official_docx.py), the proof (official_check.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Final

from reports.paper.safe_text import outside_text
from reports.paper.word_text import Fact, Piece
from reports.paper.wording import chinese_number, date_text, moment_text, number_text

NOT_KNOWN: Final = "—"  # the mart has no value; never the same as 0
DRAFT: Final = "草稿，待审核"
_LONGEST_NAME: Final = 64  # what Word takes as the tag of a content control
_HASH_LENGTH: Final = 8

Value = str | int | Decimal | date | datetime | None


class Part(Enum):
    """What a paragraph is to the document; decides how it is set."""

    MARK = "mark"
    NUMBER = "number"  # 发文字号
    TITLE = "title"
    ADDRESSEE = "addressee"
    HEADING = "heading"
    SUBHEADING = "subheading"
    BODY = "body"
    OPENING = "opening"  # a sentence on the table below it, on the same page
    CAPTION = "caption"  # of a numbered table
    LABEL = "label"  # of a table that stands under its own heading
    SIGNATURE = "signature"
    DATE = "date"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Paragraph:
    part: Part
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`heads` are repeated on every page; `left` names the columns (by head) that are set flush left."""

    heads: tuple[str, ...]
    widths_mm: tuple[float, ...]
    rows: tuple[tuple[Piece, ...], ...]
    left: tuple[str, ...] = ()


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """Everything the file says; `header` is printed above every page."""

    title: str
    subject: str
    author: str
    moment: datetime
    header: str
    blocks: tuple[Block, ...]


def body(*pieces: Piece) -> Paragraph:
    return Paragraph(Part.BODY, pieces)


def caption(text: str) -> Paragraph:
    return Paragraph(Part.CAPTION, (text,))


def note(*pieces: Piece) -> Paragraph:
    return Paragraph(Part.NOTE, pieces)


def row(*cells: Piece) -> tuple[Piece, ...]:
    return cells


def without_idle_columns(table: Table, *optional: str) -> Table:
    """Leave out the `optional` columns (by head) that hold nothing but zeros; the first column takes their room."""
    idle = [
        place
        for place, head in enumerate(table.heads)
        if head in optional and all(_says_nothing(cells[place]) for cells in table.rows)
    ]
    kept = [place for place in range(len(table.heads)) if place not in idle]
    first, *others = (table.widths_mm[place] for place in kept)
    room = sum(table.widths_mm[place] for place in idle)
    return replace(
        table,
        heads=tuple(table.heads[place] for place in kept),
        widths_mm=(first + room, *others),
        rows=tuple(tuple(cells[place] for place in kept) for cells in table.rows),
    )


def _says_nothing(cell: Piece) -> bool:
    return (cell.text if isinstance(cell, Fact) else cell) in ("", "0")


def chapters(titled: Iterable[tuple[str, Iterable[Block]]]) -> Iterator[Block]:
    """Chapters under 一、二、三、; one without content is left out and takes no number. Tables are 表1, 表2, …"""
    number = tables = 0
    for heading, blocks in titled:
        content = tuple(blocks)
        if content:
            number += 1
            yield Paragraph(Part.HEADING, (f"{chinese_number(number)}、{heading}",))
        for block in content:
            if isinstance(block, Paragraph) and block.part is Part.CAPTION:
                tables += 1
                block = Paragraph(Part.CAPTION, (f"表{tables}　", *block.pieces))
            yield block


def figure(value: Value, model: str, column: str, *key: str) -> Fact:
    """A stored value as it is printed, bound to its place in the marts: model, column, and the key of the row."""
    name = ".".join((model, column, *key))
    if len(name) > _LONGEST_NAME:
        tail = hashlib.sha256(name.encode()).hexdigest()[:_HASH_LENGTH]
        name = f"{name[: _LONGEST_NAME - _HASH_LENGTH - 1]}~{tail}"
    return Fact(printed_value(value), name)


def printed_value(value: Value) -> str:
    """A stored value as text; one that the mart does not have is a dash."""
    if value is None:
        return NOT_KNOWN
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, date):
        return date_text(value)
    return outside_text(str(value)) or NOT_KNOWN
