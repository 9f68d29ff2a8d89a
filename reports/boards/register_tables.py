"""Registers as printed: every current entry with its columns, and how many entries say what.

Belongs here: the rows of rpt_registers turned into tables, one for each register form. Does not belong here: which
columns are personal (the marts leave them out), drawing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from campaigns.model import Column, Form
from reports.boards.unit_summary_rows import RegisterCell
from reports.paper.printed_table import PrintedRow, PrintedTable, TableColumn
from reports.paper.safe_text import outside_text, safe_text
from reports.paper.wording import period_title

_WIDE: Final = 95  # characters a page has room for beside the columns of every register
_WIDTHS: Final = {"date": 11.5, "choice": 10, "yes_no": 9, "integer": 9, "decimal": 9, "unit": 14}
_LEAST: Final = 11  # of a column of free text, which shares what the others leave
_FILLED: Final = ("已填", "未填")


def register_table(form: Form, cells: Sequence[RegisterCell]) -> PrintedTable:
    """One row per entry, unit by unit, its columns in the form's order; columns that nobody filled in are left out."""
    filled = {cell.column_id for cell in cells if cell.form_id == form.form_id and cell.printed_value}
    columns = [column for column in _printed_columns(form) if column.required or column.column_id in filled]
    rows: list[PrintedRow] = []
    for number, entry in enumerate(_entries(form, cells), start=1):
        values = {
            column: "、".join(cell.printed_value or "" for cell in found)
            for column, found in groupby(entry, key=lambda cell: cell.column_id)
        }
        rows.append(
            (
                number,
                outside_text(entry[0].unit_name),
                *(outside_text(values.get(column.column_id)) for column in columns),
                period_title(entry[0].entry_first_period),
                outside_text(entry[0].file_name),
                outside_text(entry[0].source_cell),
            )
        )
    return PrintedTable(
        columns=(
            TableColumn("序号", 5),
            TableColumn("单位", 15, "left"),
            *_entry_columns(columns),
            TableColumn("首次报", 9),
            TableColumn("文件", 22, "left", size=8),
            TableColumn("位置", 10),
        ),
        rows=tuple(rows),
    )


def classes_table(forms: Sequence[Form], cells: Sequence[RegisterCell]) -> PrintedTable:
    """How many entries have which choice, and how many a date that need not be there, with each unit's share."""
    rows: list[PrintedRow] = []
    for form in forms:
        for column in _printed_columns(form):
            if column.type in ("choice", "yes_no") or (column.type == "date" and not column.required):
                rows += _classes(form, column, cells)
    return PrintedTable(
        columns=(
            TableColumn("清单", 26, "left"),
            TableColumn("栏目", 22, "left"),
            TableColumn("内容", 16, "left"),
            TableColumn("条数", 9),
            TableColumn("各单位条数", 72, "left"),
        ),
        rows=tuple(rows),
    )


def entry_counts(form: Form, cells: Sequence[RegisterCell]) -> Counter[str]:
    """unit_id → how many current entries its register has."""
    return Counter(entry[0].unit_id for entry in _entries(form, cells))


def _classes(form: Form, column: Column, cells: Sequence[RegisterCell]) -> Iterator[PrintedRow]:
    """A row for each answer: the choices in the form's order, or whether a date is filled in, where anybody did."""
    told: dict[str, Counter[str]] = {choice.label: Counter() for choice in column.choices}
    for entry in _entries(form, cells):
        value = next((cell.printed_value for cell in entry if cell.column_id == column.column_id), None)
        if column.type == "date":
            value = _FILLED[0] if value else _FILLED[1]
        if value:
            told.setdefault(value, Counter())[entry[0].unit_name] += 1
    for value, units in told.items():
        if units and set(told) != {_FILLED[1]}:
            by_unit = "、".join(f"{unit_name} {number}" for unit_name, number in units.items())
            yield (
                safe_text(form.title),
                safe_text(column.label),
                outside_text(value),
                units.total(),
                outside_text(by_unit),
            )


def _entries(form: Form, cells: Sequence[RegisterCell]) -> list[list[RegisterCell]]:
    own = (cell for cell in cells if cell.form_id == form.form_id)
    return [list(entry) for _, entry in groupby(own, key=lambda cell: (cell.unit_id, cell.row_key))]


def _entry_columns(columns: Sequence[Column]) -> Iterator[TableColumn]:
    """Columns as wide as what stands in them; free text shares what the others leave of the page."""
    known = sum(_WIDTHS.get(column.type, 0) for column in columns)
    texts = sum(column.type not in _WIDTHS for column in columns)
    for column in columns:
        is_text = column.type not in _WIDTHS
        width = max(_LEAST, (_WIDE - known) / texts) if is_text else _WIDTHS[column.type]
        yield TableColumn(_head(column), width, "left" if is_text else "center")


def _head(column: Column) -> str:
    return safe_text(f"{column.label}（{column.measure_unit}）" if column.measure_unit else column.label)


def _printed_columns(form: Form) -> list[Column]:
    return [column for column in form.columns if not column.personal]
