"""A list to fill in as a Word file: A4 lying, its head repeated on every page.

Belongs here: drawing list_layout.py. Does not belong here: what the cells say, markup (word_page.py).
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

from campaigns.model import Campaign, Column, Form
from reports.blank_forms.form_docx import form_head, write_word_form
from reports.blank_forms.form_layout import FormContent, signature_texts
from reports.blank_forms.list_layout import choice_words, column_width, help_text, is_known, list_rows, value_text
from reports.paper.word_page import WordCell, WordTable, table
from reports.paper.word_paper import PageShape
from reports.paper.word_text import Look, paragraph
from reports.paper.workbook import HEAD_FILL, HEAD_FONT

_PAGE: Final = PageShape(landscape=True, side_mm=15)
_HEAD: Final = Look(font=HEAD_FONT).centred()
_LEFT: Final = ("text", "units")


def write_list_docx(target: Path, campaign: Campaign, form: Form, content: FormContent) -> Path:
    """Write the list with its known rows, or with empty ones; returns `target`."""
    head = [WordCell(column.label, _HEAD, HEAD_FILL.removeprefix("#")) for column in form.columns]
    body = list(form_head(form, content))
    if signatures := signature_texts(form, content):
        body.append(paragraph("　　　　".join(signatures), Look(size=11, after=3)))
    body.append(paragraph(help_text(form, content), Look(size=9, after=3)))
    blanks = [_blank_cell(column, content) for column in form.columns]
    cells = [
        [replace(blank, text=value_text(value)) for blank, value in zip(blanks, row, strict=True)]
        for row in list_rows(form, content)
    ]
    body.append(table(WordTable(_widths(form, content), [head, *cells], head_rows=1)))
    body.append(paragraph("", Look(size=1)))  # Word wants a paragraph behind a table
    return write_word_form(target, campaign, form, content, body, _PAGE)


def _blank_cell(column: Column, content: FormContent) -> WordCell:
    choices = [] if is_known(column, content) else choice_words(column)
    return WordCell(look=Look() if column.type in _LEFT else Look().centred(), choices=tuple(choices))


def _widths(form: Form, content: FormContent) -> list[float]:
    widths = [column_width(column, content) for column in form.columns]
    return [width * _PAGE.text_width_mm / sum(widths) for width in widths]
