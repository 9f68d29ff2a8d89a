"""An official document on the page: margins, fonts and spacing of GB/T 9704-2012 (党政机关公文格式).

Belongs here: how each part of a document is set, writing the file. Does not belong here: what it says
(official_text.py), markup (word_text.py, word_page.py), the proof (official_check.py).

Standard fonts are named and not embedded; where they are missing, the program that opens the file takes its own.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

from reports.bulletins.official_text import OfficialDocument, Paragraph, Part, Table
from reports.paper.finished_file import write_whole
from reports.paper.safe_text import safe_text
from reports.paper.word_page import Properties, WordCell, WordTable, table, word_file
from reports.paper.word_paper import PageShape
from reports.paper.word_text import Look, paragraph, paragraph_of_pieces
from reports.paper.workbook import HEAD_FILL, HEAD_FONT, TITLE_FONT

_TEXT_FONT: Final = "仿宋_GB2312"
_SUBHEAD_FONT: Final = "楷体_GB2312"
_LINE: Final = 28  # exact, in points: 22 lines on a page
_SIZE: Final = 16  # 3号
_TIGHT: Final = -0.25  # points between letters: 28 of them in a line
_LOOKS: Final = {
    Part.MARK: Look(_SUBHEAD_FONT, _SIZE, "center", line=_LINE),
    Part.NUMBER: Look(_TEXT_FONT, _SIZE, "center", line=_LINE, after=_LINE),
    Part.TITLE: Look(TITLE_FONT, 22, "center", line=35, after=_LINE),  # 2号
    Part.ADDRESSEE: Look(_TEXT_FONT, _SIZE, line=_LINE, letter_spacing=_TIGHT),
    Part.HEADING: Look(HEAD_FONT, _SIZE, line=_LINE, first_line=2, keep_with_next=True),
    Part.SUBHEADING: Look(_SUBHEAD_FONT, _SIZE, line=_LINE, first_line=2, keep_with_next=True),
    Part.BODY: Look(_TEXT_FONT, _SIZE, "both", line=_LINE, first_line=2, letter_spacing=_TIGHT),
    Part.OPENING: Look(_TEXT_FONT, _SIZE, "both", line=_LINE, first_line=2, letter_spacing=_TIGHT, keep_with_next=True),
    Part.CAPTION: Look(HEAD_FONT, 12, "center", before=8, after=4, keep_with_next=True),
    Part.LABEL: Look(HEAD_FONT, 12, "center", before=8, after=4, keep_with_next=True),
    Part.SIGNATURE: Look(_TEXT_FONT, _SIZE, "right", before=2 * _LINE, line=_LINE, right=2, keep_with_next=True),
    Part.DATE: Look(_TEXT_FONT, _SIZE, "right", line=_LINE, after=_LINE, right=4),
    Part.NOTE: Look(_TEXT_FONT, 12, line=20, first_line=2),
}
_HEAD_CELL: Final = Look(HEAD_FONT, 10.5, "center", before=2, after=2)
_CELL: Final = Look(_TEXT_FONT, 10.5, "center", before=2, after=2)
_LEFT_CELL: Final = replace(_CELL, align="left")
_BELOW_TABLE: Final = Look(size=6, line=10)


def write_official(target: Path, document: OfficialDocument) -> Path:
    """Write the document whole or not at all: the same bytes for the same content; returns `target`.

    天头 37 mm, 订口 28 mm, 版心 156 x 225 mm (GB/T 9704-2012 5.2).
    """
    page = PageShape(side_mm=28, right_mm=26, top_mm=37, bottom_mm=35, header=document.header, outer_page_numbers=True)
    properties = Properties(
        title=document.title,
        subject=document.subject,
        author=document.author,
        keywords=document.header,
        moment=document.moment,
    )
    drawn = [_draw_table(one) if isinstance(one, Table) else _draw_paragraph(one) for one in document.blocks]
    return write_whole(target, word_file(page, drawn, properties))


def _draw_paragraph(one: Paragraph) -> str:
    return paragraph_of_pieces(one.pieces, _LOOKS[one.part])


def _draw_table(one: Table) -> str:
    """The table and the empty line that keeps it from the text below."""
    heads = [WordCell(safe_text(head), _HEAD_CELL, HEAD_FILL.removeprefix("#")) for head in one.heads]
    looks = [_LEFT_CELL if head in one.left else _CELL for head in one.heads]
    rows = [[WordCell(cell, look) for cell, look in zip(row, looks, strict=True)] for row in one.rows]
    return table(WordTable(one.widths_mm, [heads, *rows], head_rows=1)) + paragraph("", _BELOW_TABLE)
