"""A form with figures as a Word file: A4 upright, one page, the same table as the Excel file.

Belongs here: drawing the rows of form_layout.py. Does not belong here: what the cells say, markup (word_page.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, Literal

from campaigns.model import Campaign, Form, Item
from reports.blank_forms.form_layout import (
    FormContent,
    FormRow,
    answers,
    applies_to_everyone,
    document_moment,
    explanation_label,
    form_rows,
    last_figures_text,
    marker,
    notes_text,
    signature_texts,
    stamp_line,
)
from reports.paper.finished_file import write_whole
from reports.paper.safe_text import safe_text
from reports.paper.word_page import Properties, WordCell, WordTable, table, word_file
from reports.paper.word_paper import PageShape
from reports.paper.word_text import Look, paragraph
from reports.paper.wording import number_text
from reports.paper.workbook import HEAD_FONT, TITLE_FONT

_WIDTHS_MM: Final = (18, 8, 50, 28, 8, 50, 28)
_ROW_HEIGHT_MM: Final = 12
_PAGE: Final = PageShape()
_LABEL: Final = Look()
_HEAD: Final = Look(font=HEAD_FONT).centred()
_SMALL: Final = Look(size=9, before=3)


def write_form_docx(target: Path, campaign: Campaign, form: Form, content: FormContent) -> Path:
    """Write the form in its own official layout, blank where `content` says nothing; returns `target`."""
    rows = [list(_cells(form, line)) for line in form_rows(form, content)]
    body = [*form_head(form, content), table(WordTable(_WIDTHS_MM, rows, _ROW_HEIGHT_MM))]
    for number, text in enumerate(signature_texts(form, content)):
        body.append(paragraph(text, Look(size=11, before=6 if number == 0 else 0)))
    if label := explanation_label(form):
        body.append(paragraph(f"{label}: {content.explanation}".rstrip(" "), Look(size=11, before=3)))
    small = [*notes_text(form).split("\n"), last_figures_text(form, content), content.foot]
    body += [paragraph(line, _SMALL) for line in small if line]
    return write_word_form(target, campaign, form, content, body)


def form_head(form: Form, content: FormContent) -> Iterator[str]:
    """The lines above the body: attachment label, title, stamped line."""
    if form.attachment_label:
        yield paragraph(form.attachment_label, Look(font=HEAD_FONT, size=12))
    yield paragraph(form.title, Look(font=TITLE_FONT, size=18, after=6).centred())
    yield paragraph(stamp_line(form, content), Look(size=11, after=3))


def write_word_form(
    target: Path,
    campaign: Campaign,
    form: Form,
    content: FormContent,
    body: Iterable[str],
    page: PageShape = _PAGE,
) -> Path:
    """Write a form of any kind with its marker; returns `target`."""
    properties = Properties(
        title=form.title,
        subject=content.unit_name,
        author=campaign.office,
        keywords=marker(form, content),
        moment=document_moment(campaign, content),
    )
    return write_whole(target, word_file(page, list(body), properties))


def _cells(form: Form, line: FormRow) -> Iterator[WordCell]:
    """The section's name over all of its rows, then number, label and figure of one or two items."""
    yield WordCell(safe_text(line.section.title) if line.opens_section else "", _HEAD, merge=_merge(line))
    for cell in line.cells:
        value = cell.value
        text = value if isinstance(value, str) else "" if value is None else number_text(value)
        yield WordCell(str(cell.number), _LABEL.centred())
        yield WordCell(cell.label, _LABEL)
        yield WordCell(text, _LABEL.centred(), choices=() if text else _choices(form, cell.item))
    for _ in range(3 * (2 - len(line.cells))):  # an odd number of items leaves the right half empty
        yield WordCell()


def _choices(form: Form, item: Item) -> tuple[str, ...]:
    """What a yes-or-no cell offers; where some units have nothing to report, the mark for that too."""
    words = answers(form, item)
    if words and form.cell_texts and form.cell_texts.not_applicable and not applies_to_everyone(item):
        words += (form.cell_texts.not_applicable[0],)
    return words


def _merge(line: FormRow) -> Literal["", "restart", "continue"]:
    if line.rows_in_section == 1:
        return ""
    return "restart" if line.opens_section else "continue"
