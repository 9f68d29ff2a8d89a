"""The answer to a sender: a one-page 退回单 (Word) and his own file with the cells marked.

Belongs here: drawing the slip, and writing the package. Does not belong here: what the slip says and how much of it
fits (return_page.py), marking (marked_workbook.py), deciding that a form is returned, sending anything.
"""

from __future__ import annotations

import io
from datetime import datetime, time
from pathlib import Path
from typing import Any, Final

from reports.finished_file import without_clock, write_whole
from reports.marked_workbook import prepare_attachment
from reports.return_page import INDENT, LINE_SPACING, Slip, compose_slip
from reports.returned_file import SLIP_NAME, ReturnedFile
from reports.workbook import HEAD_FONT, TITLE_FONT

__all__ = ["SLIP_NAME", "ReturnedFile", "write_return_package"]

_BODY_FONT: Final = "仿宋_GB2312"
_MARGINS_MM: Final = (17, 23, 15, 23)  # top, right, bottom, left
_FACT_WIDTHS_MM: Final = (20, 56, 20, 68)
_WIDE_FACTS: Final = ("报表", "文件名")  # take a row of their own
_FACT_SIZE: Final = 10.5


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

    document = docx.Document()
    _set_up(document, slip, returned)
    title = document.add_paragraph()
    title.alignment = 1  # centred
    _write(title, slip.title, TITLE_FONT, 20, after=8)
    _add_facts(document, slip)
    line = slip.size
    for section in slip.sections:
        _write(document.add_paragraph(), section.heading, HEAD_FONT, line, before=4)
        for number, text in enumerate(section.lines, start=1):
            paragraph = document.add_paragraph()
            _hang(paragraph, line)
            _write(paragraph, f"{number}.\t{text}", _BODY_FONT, line)
    if slip.attachment:
        _write(document.add_paragraph(), f"附：{slip.attachment}", _BODY_FONT, line, before=4)
    for number, text in enumerate((slip.office, slip.issued_on)):
        paragraph = document.add_paragraph()
        paragraph.alignment = 2  # right
        _write(paragraph, text, _BODY_FONT, line, before=0 if number else line)
    finished = io.BytesIO()
    document.save(finished)
    return without_clock(finished.getvalue())


def _set_up(document: Any, slip: Slip, returned: ReturnedFile) -> None:
    from docx.shared import Mm, Pt

    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.right_margin, page.bottom_margin, page.left_margin = map(Mm, _MARGINS_MM)
    page.header_distance = page.footer_distance = Mm(8)
    _set_fonts(document.styles["Normal"].element.get_or_add_rPr(), _BODY_FONT)
    document.styles["Normal"].font.size = Pt(slip.size)
    properties = document.core_properties
    properties.title, properties.author = slip.title, slip.office
    properties.subject, properties.keywords, properties.comments, properties.last_modified_by = "", "", "", ""
    issued_on = returned.issued_on or returned.received_at.date()
    properties.created = properties.modified = datetime.combine(issued_on, time())


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
    for row, facts in zip(table.rows, rows, strict=True):
        row.height = Pt(20)
        cells = row.cells  # once per row: every access walks the table again
        for cell, width in zip(cells, _FACT_WIDTHS_MM, strict=True):
            cell.width, cell.vertical_alignment = Mm(width), 1
        if len(facts) == 1:
            cells[1].merge(cells[3])
        for position, (label, value) in enumerate(facts):
            _write(cells[2 * position].paragraphs[0], label, HEAD_FONT, _FACT_SIZE)
            _write(cells[2 * position + 1].paragraphs[0], value, _BODY_FONT, _FACT_SIZE)


def _hang(paragraph: Any, size: float) -> None:
    """Set the number of a line before its text."""
    from docx.shared import Pt

    spacing = paragraph.paragraph_format
    spacing.left_indent, spacing.first_line_indent = Pt(INDENT * size), Pt(-INDENT * size)
    spacing.tab_stops.add_tab_stop(Pt(INDENT * size))


def _write(paragraph: Any, text: str, font: str, size: float, *, before: float = 0, after: float = 0) -> None:
    """Write text as text, with exact line spacing: fonts that stand in for the named ones must not move the page."""
    from docx.shared import Pt

    spacing = paragraph.paragraph_format
    spacing.space_before, spacing.space_after, spacing.line_spacing = Pt(before), Pt(after), Pt(size * LINE_SPACING)
    spacing.widow_control = False
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    _set_fonts(run._element.get_or_add_rPr(), font)


def _set_fonts(properties: Any, font: str) -> None:
    """Name the font for Chinese and for Latin text, and say that quotation marks are Chinese."""
    from docx.oxml.ns import qn

    fonts = properties.get_or_add_rFonts()
    for script in ("w:eastAsia", "w:ascii", "w:hAnsi"):
        fonts.set(qn(script), font)
    fonts.set(qn("w:hint"), "eastAsia")
