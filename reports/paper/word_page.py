"""Word documents made from pieces of markup: thousands of equal pages cost little more than writing them to disk.

Belongs here: tables and the finished package. Does not belong here: paragraphs (word_text.py), the empty page
(word_paper.py), what they say (the *_docx.py writers).
python-docx makes the empty page once for each shape; filling it through its object tree would take a hundred times
longer than writing the markup.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal
from xml.sax.saxutils import escape

from reports.paper.finished_file import FIRST_ZIP_MOMENT
from reports.paper.safe_text import safe_text
from reports.paper.word_paper import BODY_PART, PageShape, blank_package
from reports.paper.word_text import PLAIN, Look, Piece, paragraph_of, paragraph_of_pieces, piece_text, run

_TWIPS_PER_MM: Final = 1440 / 25.4
_CELL_MARGIN_TWIPS: Final = 45  # 0.8 mm, so that 10 and 12.5万元 stay on one line
_PROMPT: Final = "请选择"
_CORE_PART: Final = "docProps/core.xml"
_BORDERS: Final = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="404040"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_CORE: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    "<cp:coreProperties"
    ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    "<dc:title>{title}</dc:title><dc:subject>{subject}</dc:subject><dc:creator>{author}</dc:creator>"
    "<cp:keywords>{keywords}</cp:keywords>"
    '<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
    '<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified>'
    "</cp:coreProperties>"
)


@dataclass(frozen=True, slots=True)
class WordCell:
    """One cell of a table; `merge` begins or continues a cell that reaches over several rows.

    `text` may be a figure bound to its fact. With `choices` the cell is filled in from a list; without a text it shows
    a prompt, which no reader takes for data.
    """

    text: Piece = ""
    look: Look = PLAIN
    fill: str = ""  # RRGGBB
    merge: Literal["", "restart", "continue"] = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WordTable:
    """Rows of cells under columns of fixed width; the first `head_rows` are repeated on every page."""

    widths_mm: Sequence[float]
    rows: Sequence[Sequence[WordCell]]
    least_height_mm: float = 8
    head_rows: int = 0


@dataclass(frozen=True, slots=True)
class Properties:
    """What the file says about itself."""

    title: str
    subject: str
    author: str
    keywords: str
    moment: datetime


def table(shape: WordTable) -> str:
    """Return a bordered table of fixed widths."""
    widths = [round(width * _TWIPS_PER_MM) for width in shape.widths_mm]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    margins = "".join(f'<w:{side} w:w="{_CELL_MARGIN_TWIPS}" w:type="dxa"/>' for side in ("left", "right"))
    height = round(shape.least_height_mm * _TWIPS_PER_MM)
    rows = []
    for number, cells in enumerate(shape.rows):
        repeated = "<w:tblHeader/>" if number < shape.head_rows else ""
        drawn = "".join(_cell(cell, width) for cell, width in zip(cells, widths, strict=True))
        properties = f'<w:trPr><w:cantSplit/><w:trHeight w:val="{height}" w:hRule="atLeast"/>{repeated}</w:trPr>'
        rows.append(f"<w:tr>{properties}{drawn}</w:tr>")
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def word_file(page: PageShape, body: Sequence[str], properties: Properties) -> bytes:
    """Return the finished document; equal content is equal bytes."""
    before, after, members = blank_package(page)
    told = {name: escape(safe_text(getattr(properties, name))) for name in ("title", "subject", "author", "keywords")}
    core = _CORE.format(moment=f"{properties.moment:%Y-%m-%dT%H:%M:%SZ}", **told)
    parts = {BODY_PART: f"{before}{''.join(body)}{after}".encode(), _CORE_PART: core.encode()}
    finished = io.BytesIO()
    with zipfile.ZipFile(finished, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members:
            entry = zipfile.ZipInfo(name, FIRST_ZIP_MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, parts.get(name, content))
    return finished.getvalue()


def _cell(cell: WordCell, width: int) -> str:
    merge = f'<w:vMerge w:val="{cell.merge}"/>' if cell.merge else ""
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{cell.fill}"/>' if cell.fill else ""
    properties = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merge}{fill}<w:vAlign w:val="center"/></w:tcPr>'
    drawn = paragraph_of(_drop_down(cell), cell.look) if cell.choices else paragraph_of_pieces([cell.text], cell.look)
    return f"<w:tc>{properties}{drawn}</w:tc>"


def _drop_down(cell: WordCell) -> str:
    """A content control with a list to choose from (ECMA-376 part 1, 17.5.2.15)."""
    quoted = [escape(choice, {'"': "&quot;"}) for choice in cell.choices]
    listed = "".join(f'<w:listItem w:displayText="{choice}" w:value="{choice}"/>' for choice in quoted)
    prompt = "" if cell.text else "<w:showingPlcHdr/>"
    return (
        f"<w:sdt><w:sdtPr>{prompt}<w:dropDownList>{listed}</w:dropDownList></w:sdtPr>"
        f"<w:sdtContent>{run(piece_text(cell.text) or _PROMPT, cell.look)}</w:sdtContent></w:sdt>"
    )
