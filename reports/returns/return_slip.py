"""The answer to a sender: a one-page 退回单 (Word) and his own file with the cells marked.

Belongs here: drawing the slip, and writing the package. Does not belong here: what the slip says and how much of it
fits (return_page.py), marking (marked_workbook.py), deciding that a form is returned, sending anything.
"""

from __future__ import annotations

import io
from datetime import datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from reports.paper.finished_file import without_clock, write_whole
from reports.paper.word_paper import empty_document
from reports.paper.word_text import code_pieces
from reports.paper.workbook import HEAD_FONT, TITLE_FONT
from reports.returns.marked_workbook import prepare_attachment
from reports.returns.return_page import INDENT, LINE_SPACING, Slip, compose_slip
from reports.returns.returned_file import SLIP_NAME, ReturnedFile

__all__ = ["SLIP_NAME", "ReturnedFile", "write_return_package"]

_BODY_FONT: Final = "仿宋_GB2312"
_MARGINS_MM: Final = (17, 23, 15, 23)  # top, right, bottom, left
_FACT_WIDTHS_MM: Final = (20, 56, 20, 68)
_WIDE_FACTS: Final = ("报表", "文件名")  # take a row of their own
_FACT_SIZE: Final = 10.5
_CENTRED: Final = 1
_RIGHT: Final = 2
_STYLE_PREFIX: Final = "slip-"
_KEPT_STYLES: Final = ("Normal", "Default Paragraph Font", "Normal Table", "No List", "Table Grid")


def write_return_package(folder: Path, returned: ReturnedFile) -> tuple[Path, ...]:
    """Write what a sender gets back into `folder` and return the paths: the slip, then the sender's file.

    The file has its cells marked where that is possible, else it is the file as sent. A file of which no bytes are
    given gets only the slip, and an accepted form without any question gets nothing at all.

    Raises:
        ValueError: the form was returned or quarantined without a mandatory reason.
        OSError: the folder cannot be written.
    """
    returned.require_reason()
    if not returned.failures:
        return ()
    attachment = prepare_attachment(returned)
    slip = compose_slip(returned, attachment.file_name if attachment else "", attachment.classes if attachment else ())
    paths = [write_whole(folder / SLIP_NAME, draw_slip(slip, returned))]
    if attachment:
        paths.append(write_whole(folder / attachment.file_name, attachment.content))
    return tuple(paths)


def draw_slip(slip: Slip, returned: ReturnedFile) -> bytes:
    """Draw the slip as a Word document of one page; equal slips are equal bytes."""
    import docx

    document = docx.Document(io.BytesIO(_blank_slip(slip.size)))
    properties = document.core_properties
    properties.title, properties.author = slip.title, slip.office
    issued_on = returned.issued_on or returned.received_at.date()
    properties.created = properties.modified = datetime.combine(issued_on, time())
    _paragraph(document, slip.title, "title")
    _add_facts(document, slip)
    for section in slip.sections:
        _paragraph(document, section.heading, "heading")
        for number, text in enumerate(section.lines, start=1):
            _paragraph(document, f"{number}.\t{text}", "line")
    if slip.attachment:
        _paragraph(document, f"附：{slip.attachment}", "attachment")
    _paragraph(document, slip.office, "office")
    _paragraph(document, slip.issued_on, "date")
    finished = io.BytesIO()
    document.save(finished)
    return without_clock(finished.getvalue())


@lru_cache(maxsize=8)
def _blank_slip(size: float) -> bytes:
    """An empty page with a style for each kind of paragraph: made once for each size, filled for every slip."""
    from docx.shared import Mm

    document = empty_document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.right_margin, page.bottom_margin, page.left_margin = map(Mm, _MARGINS_MM)
    page.header_distance = page.footer_distance = Mm(8)
    for style in list(document.styles):
        if style.name not in _KEPT_STYLES:
            style.delete()
    _add_style(document, "title", _Look(TITLE_FONT, 20, after=8, alignment=_CENTRED))
    _add_style(document, "heading", _Look(HEAD_FONT, size, before=4))
    _add_style(document, "line", _Look(_BODY_FONT, size, hanging=INDENT))
    _add_style(document, "attachment", _Look(_BODY_FONT, size, before=4))
    _add_style(document, "office", _Look(_BODY_FONT, size, before=size, alignment=_RIGHT))
    _add_style(document, "date", _Look(_BODY_FONT, size, alignment=_RIGHT))
    _add_style(document, "label", _Look(HEAD_FONT, _FACT_SIZE))
    _add_style(document, "value", _Look(_BODY_FONT, _FACT_SIZE))
    properties = document.core_properties
    properties.subject, properties.keywords, properties.comments, properties.last_modified_by = "", "", "", ""
    blank = io.BytesIO()
    document.save(blank)
    return blank.getvalue()


class _Look(NamedTuple):
    """Font and spacing of a kind of paragraph; sizes in points, `hanging` in characters."""

    font: str
    size: float
    before: float = 0
    after: float = 0
    alignment: int = 0
    hanging: float = 0


def _add_style(document: Any, name: str, look: _Look) -> None:
    """Add a style. Line spacing is exact: fonts that stand in for the named ones must not move the page."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    style = document.styles.add_style(f"{_STYLE_PREFIX}{name}", WD_STYLE_TYPE.PARAGRAPH)
    style.font.size = Pt(look.size)
    _set_fonts(style.element.get_or_add_rPr(), look.font)
    spacing = style.paragraph_format
    spacing.space_before, spacing.space_after = Pt(look.before), Pt(look.after)
    spacing.line_spacing = Pt(look.size * LINE_SPACING)
    spacing.widow_control, spacing.alignment = False, look.alignment
    if look.hanging:
        indent = look.hanging * look.size
        spacing.left_indent, spacing.first_line_indent = Pt(indent), Pt(-indent)
        spacing.tab_stops.add_tab_stop(Pt(indent))


def _add_facts(document: Any, slip: Slip) -> None:
    """The table at the head: two facts to a row, long ones alone."""
    from docx.shared import Mm, Pt

    rows: list[list[tuple[str, str]]] = []
    for fact in slip.facts:
        is_wide = fact[0] in _WIDE_FACTS
        if is_wide or not rows or len(rows[-1]) == 2 or rows[-1][0][0] in _WIDE_FACTS:
            rows.append([fact])
        else:
            rows[-1].append(fact)
    table = document.add_table(rows=len(rows), cols=len(_FACT_WIDTHS_MM), style="Table Grid")
    table.autofit, table.alignment = False, 1
    for column, width in zip(table.columns, _FACT_WIDTHS_MM, strict=True):
        column.width = Mm(width)
    for row, facts in zip(table.rows, rows, strict=True):
        row.height = Pt(20)
        cells = row.cells  # once per row: every access walks the table again
        for cell, width in zip(cells, _FACT_WIDTHS_MM, strict=True):
            cell.width, cell.vertical_alignment = Mm(width), 1
        if len(facts) == 1:
            cells[1].merge(cells[3])
        for position, (label, value) in enumerate(facts):
            _fill(cells[2 * position].paragraphs[0], label, "label")
            _fill(cells[2 * position + 1].paragraphs[0], value, "value")


def _paragraph(document: Any, text: str, style: str) -> None:
    _fill(document.add_paragraph(), text, style)


def _fill(paragraph: Any, text: str, style: str) -> None:
    """Write text as text. The style is named by its id: naming it otherwise searches all styles each time."""
    from docx.oxml import OxmlElement

    paragraph._p.style = f"{_STYLE_PREFIX}{style}"
    first, *rest = code_pieces(text)
    run = paragraph.add_run(first)
    for piece in rest:
        run._r.append(OxmlElement("w:noBreakHyphen"))
        run.add_text(piece)


def _set_fonts(properties: Any, font: str) -> None:
    """Name the font for Chinese and for Latin text, and say that quotation marks are Chinese."""
    from docx.oxml.ns import qn

    fonts = properties.get_or_add_rFonts()
    for script in ("w:eastAsia", "w:ascii", "w:hAnsi"):
        fonts.set(qn(script), font)
    fonts.set(qn("w:hint"), "eastAsia")
