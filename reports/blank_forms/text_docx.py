"""A text to write (a narrative in parts, a plan or summary with prescribed headings) as a Word file.

Belongs here: title, stamped line, headings with room below. Does not belong here: markup (word_page.py).

Help stands in the page's header, where nobody writes: whatever stands on the page is read as the unit's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from campaigns.model import Campaign, Form
from reports.blank_forms.form_docx import form_head, write_word_form
from reports.blank_forms.form_layout import FormContent, signature_texts
from reports.paper.safe_text import safe_text
from reports.paper.word_paper import PageShape
from reports.paper.word_text import Look, paragraph
from reports.paper.workbook import HEAD_FONT

_PAGE: Final = PageShape(side_mm=28, top_mm=30, bottom_mm=25)
_BODY: Final = Look(font="仿宋_GB2312", size=16, after=4)
_HEADING: Final = Look(font=HEAD_FONT, size=16, before=8, after=4)
_ROOM: Final = 2  # empty lines below a heading


def write_text_docx(target: Path, campaign: Campaign, form: Form, content: FormContent) -> Path:
    """Write title, stamped line, the prescribed headings and the place to sign; returns `target`."""
    body = list(form_head(form, content))
    headings = [safe_text(part.label) for part in _parts(form)]
    for heading in headings:
        body += [paragraph(heading, _HEADING), *[paragraph("", _BODY)] * _ROOM]
    if not headings:
        body += [paragraph("", _BODY)] * (4 * _ROOM)
    body += [paragraph(text, Look(size=12, before=6)) for text in signature_texts(form, content)]
    return write_word_form(target, campaign, form, content, body, replace(_PAGE, header=help_for_text(form)))


def help_for_text(form: Form) -> str:
    """What a writer must know, in one text, or nothing."""
    lines = list(_help_lines(form))
    numbered = "".join(f"{number}. {line}" for number, line in enumerate(lines, start=1))
    return safe_text(f"填写说明 {numbered}") if lines else ""


def _parts(form: Form) -> tuple:
    return form.narrative.parts if form.narrative else form.headings


def _help_lines(form: Form) -> Iterator[str]:
    if form.narrative and form.narrative.longest:
        yield f"全文 {form.narrative.longest} 字以内。"
    parts = _parts(form)
    if len(parts) > 1:
        yield "各部分标题不要改动，内容写在标题下面。"
    if optional := [part.label for part in parts if not part.required]:
        yield f"没有的可以不写：{'、'.join(optional)}。"
    yield from (f"{part.label}：{part.definition.rstrip('。')}。" for part in parts if part.definition)
    yield from form.notes
