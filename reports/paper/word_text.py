"""Text in a Word document as markup: how it is set, runs, paragraphs, figures bound to what they stand for.

Belongs here: one paragraph and what stands in it. Does not belong here: tables and the package (word_page.py), what the
texts say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Literal
from xml.sax.saxutils import escape, quoteattr

from reports.paper.safe_text import safe_text
from reports.paper.workbook import BODY_FONT


@dataclass(frozen=True, slots=True)
class Look:
    """How a text is set; sizes, spacing and the exact height of a line in points, indents in characters."""

    font: str = BODY_FONT
    size: float = 10.5
    align: Literal["left", "center", "right", "both"] = "left"
    before: float = 0
    after: float = 0
    line: float = 0  # 0: as high as the letters need
    first_line: float = 0
    right: float = 0
    letter_spacing: float = 0
    keep_with_next: bool = False

    def centred(self) -> Look:
        return replace(self, align="center")


PLAIN: Final = Look()
_CODE_HYPHEN: Final = re.compile(r"(?<=\b[A-Z]{2})-(?=\d-\d\d\b)|(?<=\b[A-Z]{2}-\d)-(?=\d\d\b)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Fact:
    """A printed figure and the name of the fact it states, e.g. `rpt_accident_summary.deaths.2023Q1`."""

    text: str
    name: str


Piece = str | Fact


def paragraph(text: str, look: Look) -> str:
    """Return one paragraph; a line feed becomes a line break."""
    return paragraph_of(run(text, look) if text else "", look)


def paragraph_of_pieces(pieces: Iterable[Piece], look: Look) -> str:
    """Return one paragraph of words and bound figures."""
    return paragraph_of("".join(piece_run(piece, look) for piece in pieces), look)


def piece_run(piece: Piece, look: Look) -> str:
    """Return words as they are, a figure in a content control that names its fact and cannot be typed over."""
    if isinstance(piece, str):
        return run(piece, look) if piece else ""
    name = quoteattr(piece.name)
    properties = f'{_letters(look)}<w:alias w:val={name}/><w:tag w:val={name}/><w:lock w:val="contentLocked"/>'
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{run(piece.text, look)}</w:sdtContent></w:sdt>"


def piece_text(piece: Piece) -> str:
    """What a reader sees of it."""
    return safe_text(piece if isinstance(piece, str) else piece.text)


def paragraph_of(content: str, look: Look) -> str:
    """Return one paragraph of finished runs."""
    rule, height = ("exact", _twentieths(look.line)) if look.line else ("auto", 240)
    spacing = f'<w:spacing w:before="{_twentieths(look.before)}" w:after="{_twentieths(look.after)}" w:line="{height}"'
    kept = "<w:keepNext/>" if look.keep_with_next else ""
    mark = _letters(look)  # what is typed into an empty paragraph looks like its mark
    properties = (
        f'<w:pPr>{kept}{spacing} w:lineRule="{rule}"/>{_indent(look)}<w:jc w:val="{look.align}"/>{mark}</w:pPr>'
    )
    return f"<w:p>{properties}{content}</w:p>"


def run(text: str, look: Look) -> str:
    """Return a run; a line feed becomes a line break, and no line ends inside the code of a rule."""
    lines = ("<w:noBreakHyphen/>".join(map(_written, code_pieces(line))) for line in safe_text(text).split("\n"))
    return f"<w:r>{_letters(look)}{'<w:br/>'.join(lines)}</w:r>"


def code_pieces(text: str) -> list[str]:
    """The text cut at the hyphens of rule codes (PF-1-01), which must not be torn apart at the end of a line.

    Readers take the hyphen that stands in its place in Word (ECMA-376 part 1, 17.3.3.18) for an ordinary one.
    """
    return _CODE_HYPHEN.split(text)


def _written(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def _indent(look: Look) -> str:
    """In characters, and in points for programs that do not count characters."""
    sides = (("firstLine", look.first_line), ("right", look.right))
    given = [
        f'w:{side}Chars="{round(characters * 100)}" w:{side}="{_twentieths(characters * look.size)}"'
        for side, characters in sides
        if characters
    ]
    return f"<w:ind {' '.join(given)}/>" if given else ""


@lru_cache(maxsize=64)
def _letters(look: Look) -> str:
    """Font and size; Word keeps the fonts for Chinese and for Latin text apart."""
    fonts = f'<w:rFonts w:eastAsia="{look.font}" w:ascii="{look.font}" w:hAnsi="{look.font}"/>'
    size = round(look.size * 2)
    spacing = f'<w:spacing w:val="{_twentieths(look.letter_spacing)}"/>' if look.letter_spacing else ""
    return f'<w:rPr>{fonts}{spacing}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'


def _twentieths(points: float) -> int:
    return round(points * 20)
