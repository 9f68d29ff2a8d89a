"""Word documents made from pieces of markup: thousands of equal pages cost little more than writing them to disk.

Belongs here: paragraphs, tables and the finished package. Does not belong here: what they say (the *_docx.py writers).
python-docx makes the empty page once for each shape; filling it through its object tree would take a hundred times
longer than writing the markup.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Final, Literal
from xml.sax.saxutils import escape

from reports.finished_file import FIRST_ZIP_MOMENT
from reports.safe_text import safe_text
from reports.workbook import BODY_FONT

_TWIPS_PER_MM: Final = 1440 / 25.4
_CELL_MARGIN_TWIPS: Final = 45  # 0.8 mm, so that 10 and 12.5万元 stay on one line
_PROMPT: Final = "请选择"
_BODY_PART: Final = "word/document.xml"
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
class Look:
    """How a text is set; sizes and spacing in points."""

    font: str = BODY_FONT
    size: float = 10.5
    align: Literal["left", "center"] = "left"
    before: float = 0
    after: float = 0

    def centred(self) -> Look:
        return replace(self, align="center")


@dataclass(frozen=True, slots=True)
class WordCell:
    """One cell of a table; `merge` begins or continues a cell that reaches over several rows.

    With `choices` the cell is filled in from a list; without a text it shows a prompt, which no reader takes for data.
    """

    text: str = ""
    look: Look = Look()
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
class PageShape:
    """An A4 page; margins in mm. `header` is printed above every page and belongs to no text."""

    landscape: bool = False
    side_mm: float = 10.5
    top_mm: float = 14
    bottom_mm: float = 12
    header: str = ""

    @property
    def text_width_mm(self) -> float:
        return (297 if self.landscape else 210) - 2 * self.side_mm


@dataclass(frozen=True, slots=True)
class Properties:
    """What the file says about itself."""

    title: str
    subject: str
    author: str
    keywords: str
    moment: datetime


def paragraph(text: str, look: Look) -> str:
    """Return one paragraph; a line feed becomes a line break."""
    return _paragraph(_run(text, look) if text else "", look)


def _paragraph(content: str, look: Look) -> str:
    spacing = f'<w:spacing w:before="{_twentieths(look.before)}" w:after="{_twentieths(look.after)}" w:line="240"'
    mark = _letters(look)  # what is typed into an empty paragraph looks like its mark
    properties = f'<w:pPr>{spacing} w:lineRule="auto"/><w:jc w:val="{look.align}"/>{mark}</w:pPr>'
    return f"<w:p>{properties}{content}</w:p>"


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
    before, after, members = _blank_package(page)
    told = {name: escape(safe_text(getattr(properties, name))) for name in ("title", "subject", "author", "keywords")}
    core = _CORE.format(moment=f"{properties.moment:%Y-%m-%dT%H:%M:%SZ}", **told)
    parts = {_BODY_PART: f"{before}{''.join(body)}{after}".encode(), _CORE_PART: core.encode()}
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
    drawn = _paragraph(_drop_down(cell), cell.look) if cell.choices else paragraph(cell.text, cell.look)
    return f"<w:tc>{properties}{drawn}</w:tc>"


def _drop_down(cell: WordCell) -> str:
    """A content control with a list to choose from (ECMA-376 part 1, 17.5.2.15)."""
    quoted = [escape(choice, {'"': "&quot;"}) for choice in cell.choices]
    listed = "".join(f'<w:listItem w:displayText="{choice}" w:value="{choice}"/>' for choice in quoted)
    prompt = "" if cell.text else "<w:showingPlcHdr/>"
    return (
        f"<w:sdt><w:sdtPr>{prompt}<w:dropDownList>{listed}</w:dropDownList></w:sdtPr>"
        f"<w:sdtContent>{_run(cell.text or _PROMPT, cell.look)}</w:sdtContent></w:sdt>"
    )


def _run(text: str, look: Look) -> str:
    lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in safe_text(text).split("\n"))
    return f"<w:r>{_letters(look)}{'<w:br/>'.join(lines)}</w:r>"


@lru_cache(maxsize=64)
def _letters(look: Look) -> str:
    """Font and size; Word keeps the fonts for Chinese and for Latin text apart."""
    fonts = f'<w:rFonts w:eastAsia="{look.font}" w:ascii="{look.font}" w:hAnsi="{look.font}"/>'
    size = round(look.size * 2)
    return f'<w:rPr>{fonts}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'


def _twentieths(points: float) -> int:
    return round(points * 20)


@lru_cache(maxsize=16)
def _blank_package(page: PageShape) -> tuple[str, str, tuple[tuple[str, bytes], ...]]:
    """The body's markup before and after its content, and all parts of an empty document."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm, Pt

    document = docx.Document()
    section = document.sections[0]
    sides = (Mm(297), Mm(210)) if page.landscape else (Mm(210), Mm(297))
    section.page_width, section.page_height = sides
    section.orientation = WD_ORIENT.LANDSCAPE if page.landscape else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = Mm(page.side_mm)
    section.top_margin, section.bottom_margin = Mm(page.top_mm), Mm(page.bottom_mm)
    document.styles["Normal"].font.size = Pt(10.5)
    if page.header:
        section.header.paragraphs[0].add_run(page.header).font.size = Pt(9)
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as package:
        members = tuple((name, package.read(name)) for name in package.namelist())
    markup = dict(members)[_BODY_PART].decode()
    start, end = markup.index("<w:body>") + len("<w:body>"), markup.index("<w:sectPr")
    return markup[:start], markup[end:], members
