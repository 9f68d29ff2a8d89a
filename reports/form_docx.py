"""An official form as a Word file: A4 upright, one page, the same table as the Excel file.

Belongs here: drawing the rows of form_layout.py with python-docx. Does not belong here: what the cells say.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any, Final

from campaigns.model import Campaign, Form
from reports.finished_file import without_clock, write_whole
from reports.form_layout import (
    FormContent,
    FormRow,
    document_moment,
    explanation_label,
    form_rows,
    marker,
    notes_text,
    signature_texts,
    stamp_line,
)
from reports.wording import number_text
from reports.workbook import BODY_FONT, HEAD_FONT, TITLE_FONT

_WIDTHS_MM: Final = (18, 8, 50, 28, 8, 50, 28)
_ROW_HEIGHT_MM: Final = 12
_CELL_MARGIN_TWIPS: Final = 45  # 0.8 mm, so that 10 and 12.5万元 stay on one line


def write_form_docx(target: Path, campaign: Campaign, form: Form, content: FormContent) -> Path:
    """Write the form in its own official layout, blank where `content` says nothing; returns `target`."""
    import docx

    document = docx.Document()
    _set_up(document, campaign, form, content)
    if form.attachment_label:
        _paragraph(document.add_paragraph(), form.attachment_label, HEAD_FONT, 12)
    title = document.add_paragraph()
    title.alignment = 1  # centred
    _paragraph(title, form.title, TITLE_FONT, 18, after=6)
    _paragraph(document.add_paragraph(), stamp_line(form, content), BODY_FONT, 11, after=3)
    _add_table(document, list(form_rows(form, content)))
    for number, text in enumerate(signature_texts(form, content)):
        _paragraph(document.add_paragraph(), text, BODY_FONT, 11, before=6 if number == 0 else 0)
    if label := explanation_label(form):
        _paragraph(document.add_paragraph(), f"{label}: {content.explanation}".rstrip(" "), BODY_FONT, 11, before=3)
    if notes := notes_text(form):
        for line in notes.split("\n"):
            _paragraph(document.add_paragraph(), line, BODY_FONT, 9, before=3)
    finished = io.BytesIO()
    document.save(finished)
    return write_whole(target, without_clock(finished.getvalue()))


def _set_up(document: Any, campaign: Campaign, form: Form, content: FormContent) -> None:
    from docx.shared import Mm, Pt

    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(10.5)
    page.top_margin, page.bottom_margin = Mm(14), Mm(12)
    _set_fonts(document.styles["Normal"].element.get_or_add_rPr(), BODY_FONT)
    document.styles["Normal"].font.size = Pt(10.5)
    properties = document.core_properties
    properties.title, properties.subject, properties.author = form.title, content.unit_name, campaign.office
    properties.keywords, properties.comments, properties.last_modified_by = marker(form, content), "", ""
    properties.created = properties.modified = document_moment(campaign, content)


def _add_table(document: Any, rows: list[FormRow]) -> None:
    from docx.enum.table import WD_ROW_HEIGHT_RULE
    from docx.shared import Mm

    table = document.add_table(rows=len(rows), cols=len(_WIDTHS_MM), style="Table Grid")
    table.autofit, table.alignment = False, 1
    _narrow_margins(table)
    for column, width in zip(table.columns, _WIDTHS_MM, strict=True):
        column.width = Mm(width)
    section_start: Any = None
    for line, row in zip(rows, table.rows, strict=True):
        row.height, row.height_rule = Mm(_ROW_HEIGHT_MM), WD_ROW_HEIGHT_RULE.AT_LEAST
        cells = row.cells  # once per row: every access walks the table again
        for cell, width in zip(cells, _WIDTHS_MM, strict=True):
            cell.width, cell.vertical_alignment = Mm(width), 1
        if line.opens_section:
            section_start = cells[0]
            _fill(section_start, line.section.title, HEAD_FONT, centred=True)
        else:
            section_start.merge(cells[0])
            _drop_empty_paragraphs(section_start)
        for position, cell in enumerate(line.cells):
            first = 1 + 3 * position
            _fill(cells[first], str(cell.number), BODY_FONT, centred=True)
            _fill(cells[first + 1], cell.label, BODY_FONT)
            value = cell.value
            text = value if isinstance(value, str) else "" if value is None else number_text(value)
            _fill(cells[first + 2], text, BODY_FONT, centred=True)


def _narrow_margins(table: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    margins = OxmlElement("w:tblCellMar")
    for side in ("w:left", "w:right"):
        margin = OxmlElement(side)
        margin.set(qn("w:w"), str(_CELL_MARGIN_TWIPS))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    properties.insert(len(properties) if look is None else properties.index(look), margins)


def _drop_empty_paragraphs(cell: Any) -> None:
    """Merging appends the lower cell's empty paragraph; a reader would see line breaks after the section's name."""
    for paragraph in cell.paragraphs[1:]:
        paragraph._element.getparent().remove(paragraph._element)


def _fill(cell: Any, text: str, font: str, *, centred: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    if centred:
        paragraph.alignment = 1
    _paragraph(paragraph, text, font, 10.5)


def _paragraph(paragraph: Any, text: str, font: str, size: float, *, before: float = 0, after: float = 0) -> None:
    from docx.shared import Pt

    spacing = paragraph.paragraph_format
    spacing.space_before, spacing.space_after, spacing.line_spacing = Pt(before), Pt(after), 1.0
    if text:
        run = paragraph.add_run(text)
        run.font.size = Pt(size)
        _set_fonts(run._element.get_or_add_rPr(), font)


def _set_fonts(properties: Any, font: str) -> None:
    """Name the font for Chinese and for Latin text: Word keeps them apart."""
    from docx.oxml.ns import qn

    fonts = properties.get_or_add_rFonts()
    for script in ("w:eastAsia", "w:ascii", "w:hAnsi"):
        fonts.set(qn(script), font)
