"""A list to fill in (tasks, registers, events, liaisons) as columns, known rows and words of help.

Belongs here: what stands on a list form, for the xlsx and the docx writer alike. Does not belong here: drawing
(list_xlsx.py, list_docx.py), which rows are known beforehand (the callers).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from campaigns.model import Column, Form
from reports.blank_forms.form_layout import FormContent
from reports.paper.safe_text import safe_text
from reports.paper.wording import number_text

Value = str | Decimal | date

EMPTY_ROWS: Final = 20  # drawn on a list whose rows nobody knows beforehand; more may be added
_LONG_TEXT: Final = 30
_WIDTHS: Final = {"task_number": 6, "integer": 9, "decimal": 10, "date": 11.5, "month": 11.5, "choice": 11, "yes_no": 8}
_WIDE, _WIDER, _WIDEST = 13, 18, 32  # an optional text, a required one, a long one known beforehand
_WIDEST_UNITS: Final = 20  # names of units, known beforehand
_ENTRIES: Final = {
    "integer": "填不小于 0 的整数",
    "decimal": "填不小于 0 的数",
    "date": "写年-月-日",
    "month": "写明年和月",
    "yes_no": "填“是”或“否”",
    "unit": "写单位全称",
    "units": "写单位全称，几个单位用“、”隔开",
    "phone": "写手机或座机号码，座机带区号",
    "task_number": "写任务清单上的序号",
}


def is_known(column: Column, content: FormContent) -> bool:
    """Whether the office has filled the column in, so that it is a label and not for the unit to write in."""
    return not content.own_rows and any(row.get(column.column_id) for row in content.rows)


def list_rows(form: Form, content: FormContent) -> list[list[Value]]:
    """The rows that are drawn, in the order of the columns: known ones, then empty ones if more may come."""
    known: list[list[Value]] = [[row.get(column.column_id, "") for column in form.columns] for row in content.rows]
    return known + [[""] * len(form.columns)] * (EMPTY_ROWS if content.list_grows else 0)


def value_text(value: Value) -> str:
    """The value as it is written: a number without trailing zeros, a day as year-month-day."""
    if isinstance(value, Decimal):
        return number_text(value)
    return safe_text(str(value))


def column_width(column: Column, content: FormContent) -> float:
    """Width in characters, as Excel counts them."""
    if any(len(value_text(row.get(column.column_id, ""))) > _LONG_TEXT for row in content.rows):
        return _WIDEST_UNITS if column.type == "units" else _WIDEST
    return _WIDTHS.get(column.type) or (_WIDER if column.required else _WIDE)


def choice_words(column: Column) -> list[str]:
    """What may be chosen from; empty where anything may be written."""
    return ["是", "否"] if column.type == "yes_no" else [choice.label for choice in column.choices]


def entry_hint(column: Column) -> str:
    """What belongs into a cell of the column, without a full stop: `必填。填不小于 0 的整数，以个计，不写单位`."""
    hints = []
    if column.choices:
        hints.append(f"从“{'、'.join(choice.label for choice in column.choices)}”中选一个")
    elif entry := _ENTRIES.get(column.type):
        hints.append(entry + (f"，以{column.measure_unit}计，不写单位" if column.measure_unit else ""))
    hints.extend(filter(None, [(column.definition or "").rstrip("。")]))
    needed = "必填" if column.required else "没有就空着"
    return "。".join([needed, *hints])


def help_text(form: Form, content: FormContent) -> str:
    """All help in one text, headed 注: so that no reader takes it for anything else.

    It names no date, and no colon follows the name of a column: a reader would take what follows for data.
    """
    return safe_text("注: " + "".join(f"{number}. {line}" for number, line in enumerate(_help_lines(form, content), 1)))


def _help_lines(form: Form, content: FormContent) -> Iterator[str]:
    own = [column for column in form.columns if not is_known(column, content)]
    required = [column.label for column in own if column.required]
    if required:
        yield f"必填的是{'、'.join(required)}。"
    for column in own:
        described = column.choices or column.measure_unit or column.definition or column.type in ("units", "month")
        if described:
            yield f"“{column.label}”{entry_hint(column).partition('。')[2]}。"
    if personal := [column.label for column in form.columns if column.personal]:
        yield f"{'、'.join(personal)}是个人信息，只用于工作联系，不对外公布。"
    if content.list_grows:
        yield "一行写一条，行数不够可以往下接着写；没有可填的，在第一行写“本期无”，不要留空。"
    yield from form.notes
