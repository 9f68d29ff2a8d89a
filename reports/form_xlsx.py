"""An official form as an Excel file: A4 upright, one page, labels protected, figures checked while typing.

Belongs here: drawing the rows of form_layout.py with XlsxWriter. Does not belong here: what the cells say.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from campaigns.model import Campaign, Form, Item
from campaigns.vocabulary import IndicatorKind
from reports.form_layout import (
    MARKER_NAME,
    FormContent,
    applies_to_everyone,
    document_moment,
    explanation_label,
    form_rows,
    is_for_another,
    is_yes_no,
    marker,
    notes_text,
    signature_texts,
    stamp_line,
)
from reports.safe_text import safe_text, sheet_names
from reports.wording import period_title
from reports.workbook import (
    A4,
    HEAD_FONT,
    TITLE_FONT,
    Book,
    Page,
    escape_footer,
    set_page,
    write_across,
    write_text,
    write_value,
)

_WIDTHS: Final = (9, 4.5, 28, 15, 4.5, 28, 15)
_LAST: Final = len(_WIDTHS) - 1
_INPUT_FILL: Final = "#FFFDF2"
_OTHERS_FILL: Final = "#EDEDED"  # items this unit does not report
_LINE = {"border": 1, "border_color": "#404040"}
_SHEET_NAME: Final = "调度表"
_LONGEST_MESSAGE: Final = 255  # Excel refuses a longer one


def write_form_xlsx(target: Path, campaign: Campaign, form: Form, content: FormContent) -> Path:
    """Write the form in its own official layout, blank where `content` says nothing; returns `target`."""
    book = Book(
        title=form.title,
        made_at=document_moment(campaign, content),
        subject=content.unit_name,
        author=campaign.office,
        keywords=marker(form, content),
    )
    sheet = book.workbook.add_worksheet(sheet_names([_SHEET_NAME])[0])
    book.workbook.define_name(MARKER_NAME, f'="{marker(form, content)}"')
    book.workbook.defined_names[-1][3] = True  # hidden: XlsxWriter keeps the flag but offers no argument for it
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    row = _write_head(book, sheet, form, content)
    row = _write_table(book, sheet, campaign, form, content, row)
    row = _write_foot(book, sheet, form, content, row)
    _set_up(sheet, form, content, row - 1)
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
    section_style = book.style(**_LINE, font_name=HEAD_FONT, font_size=10.5, align="center")
    number_style = book.style(**_LINE, font_size=10.5, align="center")
    label_style = book.style(**_LINE, font_size=10.5, align="left")
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
            not_ours = is_for_another(campaign, cell.item, content)
            fill = _OTHERS_FILL if not_ours else _INPUT_FILL
            figure_style = book.style(**_LINE, font_size=10.5, align="center", locked=False, bg_color=fill)
            write_value(sheet, row, first + 2, cell.value, figure_style)
            validation = _validation(form, cell.item, not_ours, content.hints.get(cell.item.code, ""))
            sheet.data_validation(row, first + 2, row, first + 2, validation)
        row += 1
    return row


def _validation(form: Form, item: Item, not_ours: bool, last_time: str) -> dict[str, Any]:
    """Return what may be typed: a whole number, an amount, 是 or 否; text with two figures is only explained.

    Where some units have nothing to report, other entries (／) are asked about but not refused. `last_time` says what
    the unit last reported, or nothing.
    """
    rule, hint = _typed(form, item)
    if not_ours:
        hint = "本单位不填此项"
    elif form.cell_texts and form.cell_texts.not_applicable and not applies_to_everyone(item):
        hint += f"；不适用填“{form.cell_texts.not_applicable[0]}”"
    units = "、".join(dict.fromkeys(part.measure_unit for part in item.parts))
    return rule | {
        "error_type": "stop" if applies_to_everyone(item) else "warning",
        "input_title": f"第 {item.code} 项" + ("" if is_yes_no(item) else f"（{units}）"),
        "input_message": f"{hint}。{safe_text(last_time)}"[:_LONGEST_MESSAGE],
        "error_title": f"第 {item.code} 项填写有误",
        "error_message": f"{hint}。",
    }


def _typed(form: Form, item: Item) -> tuple[dict[str, Any], str]:
    """Return the check on what is typed, and the hint that says it in words."""
    if len(item.parts) > 1:
        return {"validate": "any"}, f"两个数写在一格，例：{_example(item)}；没有发生填 0"
    if is_yes_no(item) and form.cell_texts:
        answers = [form.cell_texts.yes[0], form.cell_texts.no[0]]
        return {"validate": "list", "source": answers}, f"从下拉列表选“{answers[0]}”或“{answers[1]}”"
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
    return row


def _set_up(sheet: Any, form: Form, content: FormContent, last_row: int) -> None:
    period = f"{period_title(content.period)}　" if content.period else ""
    # the space keeps the size code &8 apart from a number that follows it
    footer = f"&L&8 {escape_footer(f'{period}表号 {form.form_id}　版本 {form.version}')}&R&8第 &P 页 共 &N 页"
    margins = {"left": 0.55, "right": 0.55, "top": 0.6, "bottom": 0.7}
    set_page(sheet, Page(A4, landscape=False, pages_high=1, margins=margins, footer=footer), last_row, _LAST)
    sheet.protect("", {"format_columns": True, "format_rows": True})  # without a password: it guards labels, no one
