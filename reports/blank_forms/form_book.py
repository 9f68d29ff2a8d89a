"""A workbook that is a form to fill in: marker, protected labels, open cells, messages while typing.

Belongs here: what the Excel forms of all kinds share. Does not belong here: what stands on them (form_xlsx.py,
list_xlsx.py).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from campaigns.model import Campaign, Form
from reports.blank_forms.form_layout import MARKER_NAME, FormContent, document_moment, marker
from reports.paper.safe_text import safe_text, sheet_names
from reports.paper.wording import period_title
from reports.paper.workbook import A4, Book, Page, escape_footer, set_page

INPUT_FILL: Final = "#FFFDF2"
CLOSED_FILL: Final = "#EDEDED"  # what this unit does not fill in
LINE: Final = {"border": 1, "border_color": "#404040"}
A4_UPRIGHT: Final = Page(
    A4, landscape=False, pages_high=1, margins={"left": 0.55, "right": 0.55, "top": 0.6, "bottom": 0.7}
)
_LONGEST_MESSAGE: Final = 255  # Excel refuses a longer one
_LONGEST_TITLE: Final = 32
_ALLOWED: Final = {"format_columns": True, "format_rows": True}


def open_form_book(campaign: Campaign, form: Form, content: FormContent, sheet_name: str) -> tuple[Book, Any]:
    """Return a workbook that carries the form's marker, and its one sheet."""
    book = Book(
        title=form.title,
        made_at=document_moment(campaign, content),
        subject=content.unit_name,
        author=campaign.office,
        keywords=marker(form, content),
    )
    sheet = book.workbook.add_worksheet(sheet_names([sheet_name])[0])
    book.workbook.define_name(MARKER_NAME, f'="{marker(form, content)}"')
    book.workbook.defined_names[-1][3] = True  # hidden: XlsxWriter keeps the flag but offers no argument for it
    return book, sheet


def finish_form_sheet(
    sheet: Any, form: Form, content: FormContent, page: Page, last: tuple[int, int], **allowed: bool
) -> None:
    """Set the page up to the cell `last` and protect the sheet; `allowed` are things that stay possible."""
    set_page(sheet, replace(page, footer=_footer(form, content)), *last)
    sheet.protect("", _ALLOWED | allowed)  # without a password: it guards labels, no one


def messages(title: str, hint: str, more: str = "") -> dict[str, str]:
    """What a validation says while a cell is filled in, and when what was typed does not fit; `hint` has no end."""
    return {
        "input_title": safe_text(title)[:_LONGEST_TITLE],
        "input_message": f"{hint}。{safe_text(more)}"[:_LONGEST_MESSAGE],
        "error_title": f"{safe_text(title)[: _LONGEST_TITLE - 4]}填写有误",
        "error_message": f"{hint}。"[:_LONGEST_MESSAGE],
    }


def _footer(form: Form, content: FormContent) -> str:
    period = f"{period_title(content.period)}　" if content.period else ""
    # the space keeps the size code &8 apart from a number that follows it
    return f"&L&8 {escape_footer(f'{period}表号 {form.form_id}　版本 {form.version}')}&R&8第 &P 页 共 &N 页"
