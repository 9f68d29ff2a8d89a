"""An official form as an Excel file: A4 upright, one page, labels protected, figures checked while typing.

Belongs here: drawing the rows of form_layout.py with XlsxWriter. Does not belong here: what the cells say.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from campaigns.model import Campaign, Form, Item
from campaigns.vocabulary import IndicatorKind
from reports.blank_forms.form_book import (
    A4_UPRIGHT,
    CLOSED_FILL,
    INPUT_FILL,
    LINE,
    finish_form_sheet,
    messages,
    open_form_book,
)
from reports.blank_forms.form_layout import (
    FormCell,
    FormContent,
    answers,
    applies_to_everyone,
    explanation_label,
    form_rows,
    is_for_another,
    is_yes_no,
    last_figure,
    notes_text,
    signature_texts,
    stamp_line,
)
from reports.paper.workbook import FAINT, HEAD_FONT, TITLE_FONT, Book, write_across, write_text, write_value

_WIDTHS: Final = (9, 4.5, 28, 15, 4.5, 28, 15)
_LAST: Final = len(_WIDTHS) - 1
_REFERENCE: Final = _LAST + 2  # beside the table and outside the printed page: last figures, left items then right
_REFERENCE_HEADS: Final = ("上期报数（左栏）", "上期报数（右栏）")  # readers take no figure from below such heads
_SHEET_NAME: Final = "调度表"


def write_form_xlsx(target: Path, campaign: Campaign, form: Form, content: FormContent) -> Path:
    """Write the form in its own official layout, blank where `content` says nothing; returns `target`."""
    book, sheet = open_form_book(campaign, form, content, _SHEET_NAME)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    row = _write_head(book, sheet, form, content)
    if content.last_entries:
        _write_last_figures(book, sheet, form, content, row)
    row = _write_table(book, sheet, campaign, form, content, row)
    row = _write_foot(book, sheet, form, content, row)
    finish_form_sheet(sheet, form, content, A4_UPRIGHT, (row - 1, _LAST))
    return book.save(target)


def _write_head(book: Book, sheet: Any, form: Form, content: FormContent) -> int:
    row = 0
    if form.attachment_label:
        write_across(sheet, row, 0, _LAST, form.attachment_label, book.style(font_name=HEAD_FONT, font_size=12))
        row += 1
    title = book.style(font_name=TITLE_FONT, font_size=18, align="center")
    write_across(sheet, row, 0, _LAST, form.title, title)
    sheet.set_row(row, 52)
    stamp = book.style(font_size=11, locked=False)
    write_across(sheet, row + 1, 0, _LAST, stamp_line(form, content), stamp)
    sheet.set_row(row + 1, 24)
    return row + 2


def _write_table(book: Book, sheet: Any, campaign: Campaign, form: Form, content: FormContent, row: int) -> int:
    section_style = book.style(**LINE, font_name=HEAD_FONT, font_size=10.5, align="center")
    number_style = book.style(**LINE, font_size=10.5, align="center")
    label_style = book.style(**LINE, font_size=10.5, align="left")
    for line in form_rows(form, content):
        sheet.set_row(row, 40)
        if line.opens_section:
            write_across(sheet, row, 0, 0, line.section.title, section_style, rows=line.rows_in_section)
        for position in range(2):
            first = 1 + 3 * position
            if position >= len(line.cells):  # an odd number of items leaves the right half empty
                for column in range(first, first + 3):
                    write_text(sheet, row, column, "", label_style)
                continue
            cell = line.cells[position]
            sheet.write_number(row, first, cell.number, number_style)
            write_text(sheet, row, first + 1, cell.label, label_style)
            fill = CLOSED_FILL if is_for_another(campaign, cell.item, content) else INPUT_FILL
            figure_style = book.style(**LINE, font_size=10.5, align="center", locked=False, bg_color=fill)
            write_value(sheet, row, first + 2, cell.value, figure_style)
            validation = _validation(campaign, form, cell, content)
            sheet.data_validation(row, first + 2, row, first + 2, validation)
        row += 1
    return row


def _write_last_figures(book: Book, sheet: Any, form: Form, content: FormContent, first_row: int) -> None:
    """What the unit reported last time, to the right of the table; a form must not speak of any month but its own."""
    faint = book.style(font_size=9, font_color=FAINT, align="center")
    sheet.set_column(_LAST + 1, _LAST + 1, 2)
    sheet.set_column(_REFERENCE, _REFERENCE + 1, 14)
    for position, head in enumerate(_REFERENCE_HEADS):
        write_text(sheet, first_row - 2, _REFERENCE + position, head, faint)
    for row, line in enumerate(form_rows(form, content), start=first_row):
        for position, cell in enumerate(line.cells):
            write_text(sheet, row, _REFERENCE + position, last_figure(form, cell.item, content), faint)


def _validation(campaign: Campaign, form: Form, cell: FormCell, content: FormContent) -> dict[str, Any]:
    """Return what may be typed: a whole number, an amount, 是 or 否; text with two figures is only explained.

    Where some units have nothing to report, other entries (／) are asked about but not refused.
    """
    item = cell.item
    rule, hint = _typed(form, item)
    if is_for_another(campaign, item, content):
        hint = "本单位不填此项"
    elif form.cell_texts and form.cell_texts.not_applicable and not applies_to_everyone(item):
        hint += f"；不适用填“{form.cell_texts.not_applicable[0]}”"
    units = "、".join(dict.fromkeys(part.measure_unit for part in item.parts))
    title = f"第 {item.code} 项" + ("" if is_yes_no(item) else f"（{units}）")
    last = last_figure(form, item, content)
    more = f"{content.last_period} 报的是 {last}。" if last and content.last_period else ""
    if item.definition:
        more += f"口径：{item.definition.rstrip('。')}。"
    return rule | messages(title, hint, more) | {"error_type": "stop" if applies_to_everyone(item) else "warning"}


def _typed(form: Form, item: Item) -> tuple[dict[str, Any], str]:
    """Return the check on what is typed, and the hint that says it in words."""
    if len(item.parts) > 1:
        return {"validate": "any"}, f"两个数写在一格，例：{_example(item)}；没有发生填 0"
    if words := answers(form, item):
        return {"validate": "list", "source": list(words)}, f"从下拉列表选“{words[0]}”或“{words[1]}”"
    kind = item.parts[0].kind
    is_amount = kind is IndicatorKind.CUMULATIVE_AMOUNT
    span = "截止日的现有数" if kind is IndicatorKind.STOCK else "行动开始以来的累计数"
    number = "不小于 0 的数" if is_amount else "不小于 0 的整数"
    check = {"validate": "decimal" if is_amount else "integer", "criteria": ">=", "value": 0}
    return check, f"填{span}：{number}，不写单位；没有发生填 0"


def _example(item: Item) -> str:
    first, second = item.parts
    if second.part == "of_which":
        return f"5{first.measure_unit}，其中2{second.measure_unit}"
    return f"3{first.measure_unit}，12.5{second.measure_unit}"


def _write_foot(book: Book, sheet: Any, form: Form, content: FormContent, row: int) -> int:
    open_style = book.style(font_size=11, locked=False)
    signatures = signature_texts(form, content)
    for (first, last), text in zip(((0, 3), (4, _LAST)), signatures, strict=False):
        write_across(sheet, row, first, last, text, open_style)
    if signatures:
        sheet.set_row(row, 32)
        row += 1
    if label := explanation_label(form):
        write_across(sheet, row, 0, 0, f"{label}:", book.style(font_size=10.5, valign="top"))
        write_across(sheet, row, 1, _LAST, content.explanation, book.style(font_size=10.5, locked=False, valign="top"))
        sheet.set_row(row, min(400.0, max(56.0, 15.0 * (1 + len(content.explanation) // 44))))
        row += 1
    if notes := notes_text(form):
        write_across(sheet, row, 0, _LAST, notes, book.style(font_size=9, valign="top"))
        sheet.set_row(row, 12.5 * (1 + sum(1 + len(line) // 54 for line in notes.split("\n"))))
        row += 1
    if content.foot:
        write_across(sheet, row, 0, _LAST, content.foot, book.style(font_size=9))
        row += 1
    return row
