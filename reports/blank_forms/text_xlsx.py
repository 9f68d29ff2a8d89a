"""A text to write in parts (a narrative) as an Excel form: each prescribed heading with one wide cell below it.

Belongs here: title, stamped line, headings, cells to write in. Does not belong here: what the headings are
(text_docx.py, the usual format), the workbook around them (form_book.py).
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from campaigns.model import Campaign, Form
from reports.blank_forms.form_book import A4_UPRIGHT, INPUT_FILL, LINE, finish_form_sheet, messages, open_form_book
from reports.blank_forms.form_layout import FormContent, signature_texts, stamp_line
from reports.blank_forms.text_docx import help_for_text
from reports.paper.safe_text import safe_text
from reports.paper.workbook import HEAD_FILL, HEAD_FONT, TITLE_FONT, write_text

_SHEET_NAME: Final = "填报表"
_WIDTH: Final = 80
_TITLE_POINTS, _LINE_POINTS, _TEXT_POINTS = 36.0, 22.0, 120.0


def write_text_xlsx(target: Path, campaign: Campaign, form: Form, content: FormContent) -> Path:
    """Write title, stamped line, a cell for each part and the place to sign; returns `target`."""
    assert form.narrative is not None  # noqa: S101 - only narratives have this writer (forms.py)
    book, sheet = open_form_book(campaign, form, content, _SHEET_NAME)
    open_line = book.style(font_size=11, locked=False)
    heading = book.style(**LINE, font_name=HEAD_FONT, font_size=12, bg_color=HEAD_FILL)
    to_write = book.style(**LINE, font_size=11, bg_color=INPUT_FILL, locked=False, text_wrap=True, valign="top")
    lines = [(form.title, book.style(font_name=TITLE_FONT, font_size=18, align="center"), _TITLE_POINTS)]
    lines.append((stamp_line(form, content), open_line, _LINE_POINTS))
    for part in form.narrative.parts:
        lines += [(part.label, heading, _LINE_POINTS), ("", to_write, _TEXT_POINTS)]
    lines += [(text, open_line, _LINE_POINTS) for text in signature_texts(form, content)]
    sheet.set_column(0, 0, _WIDTH)
    hint = help_for_text(form).removeprefix("填写说明 ").rstrip("。") or "写在这一格"
    for row, (text, style, height) in enumerate(lines):
        write_text(sheet, row, 0, safe_text(text), style)
        sheet.set_row(row, height)
        if style is to_write:
            sheet.data_validation(row, 0, row, 0, {"validate": "any"} | messages(lines[row - 1][0], hint))
    finish_form_sheet(sheet, form, content, A4_UPRIGHT, (len(lines) - 1, 0))
    return book.save(target)
