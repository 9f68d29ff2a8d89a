"""A list to fill in as an Excel file: A4 lying, known cells closed, the others checked while typing.

Belongs here: drawing list_layout.py with XlsxWriter. Does not belong here: what the cells say.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import accumulate
from pathlib import Path
from typing import Any, Final

from campaigns.model import Campaign, Column, Form
from reports.blank_forms.form_book import INPUT_FILL, LINE, finish_form_sheet, messages, open_form_book
from reports.blank_forms.form_layout import FormContent, signature_texts, stamp_line
from reports.blank_forms.list_layout import (
    Value,
    choice_words,
    column_width,
    entry_hint,
    help_text,
    is_known,
    list_rows,
    value_text,
)
from reports.paper.workbook import HEAD_FILL, HEAD_FONT, TITLE_FONT, Book, Page, write_across, write_text, write_value

_SHEET_NAME: Final = "填报表"
_CHECKED_ROWS: Final = 1_000  # of a list that grows
_LONGEST_LIST: Final = 255  # characters of a drop-down list that Excel keeps
_NO_EARLIER_THAN: Final = date(2000, 1, 1)
_NUMBER_FORMATS: Final = {"integer": "0", "decimal": "General", "date": "yyyy-mm-dd"}  # all other columns hold text
_HELP_SIZE: Final = 9
_ROW_POINTS, _LINE_POINTS, _HIGHEST = 24.0, 13.0, 400.0  # Excel refuses rows of more than 409


def write_list_xlsx(target: Path, campaign: Campaign, form: Form, content: FormContent) -> Path:
    """Write the list with its known rows, or with empty ones; returns `target`."""
    book, sheet = open_form_book(campaign, form, content, _SHEET_NAME)
    widths = [column_width(column, content) for column in form.columns]
    head_row = _write_head(book, sheet, form, content, widths)
    for position, (column, width) in enumerate(zip(form.columns, widths, strict=True)):
        write_text(sheet, head_row, position, column.label, _head_style(book, column))
        _prepare_column(book, sheet, position, column, width, content)
    sheet.set_row(head_row, 24)
    last_row = _write_rows(book, sheet, form, content, head_row + 1)
    for row, height in enumerate(_heights(form, content, widths), start=head_row + 1):
        sheet.set_row(row, height)
    grows = content.list_grows
    page = Page(head_rows=(head_row, head_row), open_ended=grows)
    last = (last_row, len(form.columns) - 1)
    finish_form_sheet(sheet, form, content, page, last, insert_rows=grows, delete_rows=grows, sort=grows)
    return book.save(target)


def _write_head(book: Book, sheet: Any, form: Form, content: FormContent, widths: Sequence[float]) -> int:
    """Everything above the column heads, so that the list itself may grow downwards; returns the row of the heads."""
    last, row = len(widths) - 1, 0
    if form.attachment_label:
        write_across(sheet, row, 0, last, form.attachment_label, book.style(font_name=HEAD_FONT, font_size=12))
        row += 1
    title = book.style(font_name=TITLE_FONT, font_size=18, align="center")
    write_across(sheet, row, 0, last, form.title, title)
    sheet.set_row(row, 36)
    to_fill = book.style(font_size=11, locked=False)
    write_across(sheet, row + 1, 0, last, stamp_line(form, content), to_fill)
    sheet.set_row(row + 1, 22)
    row += 2
    if signatures := signature_texts(form, content):
        middle = _middle(widths)
        for (first, end), text in zip(((0, middle), (middle + 1, last)), signatures, strict=False):
            write_across(sheet, row, first, end, text, to_fill)
        sheet.set_row(row, 22)
        row += 1
    text = help_text(form, content)
    write_across(sheet, row, 0, last, text, book.style(font_size=_HELP_SIZE, valign="top"))
    sheet.set_row(row, 13.0 * (1 + int(2 * len(text) // (sum(widths) * 1.05))))
    return row + 1


def _middle(widths: Sequence[float]) -> int:
    """The last column of the left half."""
    total = sum(widths)
    left = sum(reached <= total / 2 for reached in accumulate(widths))
    return min(max(left - 1, 0), len(widths) - 2)


def _head_style(book: Book, column: Column) -> Any:
    weight = {"bold": True} if column.required else {}
    return book.style(**LINE, font_name=HEAD_FONT, font_size=10.5, align="center", bg_color=HEAD_FILL, **weight)


def _prepare_column(book: Book, sheet: Any, position: int, column: Column, width: float, content: FormContent) -> None:
    """Width; in a list that grows also open cells below the ones that are drawn."""
    open_style = None if not content.list_grows else book.style(**_cell_look(column), locked=False)
    sheet.set_column(position, position, width, open_style)


def _cell_look(column: Column) -> dict[str, Any]:
    """Font, alignment, and text kept as text: a number of a list or a telephone is no quantity."""
    align = "left" if column.type in ("text", "units") else "center"
    return {"font_size": 10, "align": align, "num_format": _NUMBER_FORMATS.get(column.type, "@")}


def _write_rows(book: Book, sheet: Any, form: Form, content: FormContent, first_row: int) -> int:
    rows = list_rows(form, content)
    last_row = first_row + len(rows) - 1
    for position, column in enumerate(form.columns):
        closed = is_known(column, content)
        more = {} if closed else {"locked": False, "bg_color": INPUT_FILL}
        style = book.style(**LINE, **_cell_look(column), **more)
        for row, values in enumerate(rows, start=first_row):
            _write_cell(sheet, row, position, values[position], style)
        if not closed:
            last_checked = max(last_row, first_row + _CHECKED_ROWS - 1) if content.list_grows else last_row
            _check_column(sheet, position, column, content, (first_row, last_checked))
    return last_row


def _write_cell(sheet: Any, row: int, column: int, value: Value, style: Any) -> None:
    if isinstance(value, date):
        sheet.write_datetime(row, column, value, style)
    else:
        write_value(sheet, row, column, value, style)


def _check_column(sheet: Any, position: int, column: Column, content: FormContent, rows: tuple[int, int]) -> None:
    """One check for the whole column; a column to choose from also says, row by row, what was last reported."""
    first, last = rows
    if column.choices:
        for row, hint in enumerate(content.row_hints, start=first):
            sheet.data_validation(row, position, row, position, _validation(column, hint))
        first += len(content.row_hints)
    if first <= last:
        sheet.data_validation(first, position, last, position, _validation(column))


def _heights(form: Form, content: FormContent, widths: Sequence[float]) -> Iterator[float]:
    """Heights of the rows that are drawn: not every program fits them to texts of several lines itself."""
    for row in list_rows(form, content):
        texts = map(value_text, row)
        lines = max(math.ceil(2 * len(text) / width) for text, width in zip(texts, widths, strict=True))
        yield min(max(_ROW_POINTS, lines * _LINE_POINTS + 5), _HIGHEST)


def _validation(column: Column, last_time: str = "") -> dict[str, Any]:
    """What may be typed; where people write in more ways than Excel knows, other entries are asked about only."""
    rule: dict[str, Any] = {"validate": "any"}
    if words := _words(column):
        rule = {"validate": "list", "source": words}
    elif column.type in ("integer", "decimal"):
        rule = {"validate": column.type, "criteria": ">=", "value": 0}
    elif column.type == "date":
        rule = {"validate": "date", "criteria": ">=", "value": _NO_EARLIER_THAN, "error_type": "warning"}
    elif column.type == "phone":
        rule = {"validate": "length", "criteria": "between", "minimum": 7, "maximum": 20, "error_type": "warning"}
    return rule | messages(column.label, entry_hint(column), last_time)


def _words(column: Column) -> list[str]:
    words = choice_words(column)
    return words if len(",".join(words)) <= _LONGEST_LIST else []
