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

_WIDE: Final = 150  # characters a page has room for
_LEAST: Final = 9
FILLED: Final = "已填"


def register_table(form: Form, cells: Sequence[RegisterCell]) -> PrintedTable:
    """One row per entry, unit by unit, its columns in the form's order."""
    columns = _printed_columns(form)
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
    width = max(_LEAST, (_WIDE - 60) // max(1, len(columns)))
    return PrintedTable(
        columns=(
            TableColumn("序号", 5),
            TableColumn("单位", 15, "left"),
            *(TableColumn(_head(column), width, "left") for column in columns),
            TableColumn("首次报", 11),
            TableColumn("文件", 18, "left"),
            TableColumn("位置", 11),
        ),
        rows=tuple(rows),
    )


def classes_table(forms: Sequence[Form], cells: Sequence[RegisterCell]) -> PrintedTable:
    """How many entries of each unit have which choice, and how many have a date filled in."""
    rows: list[PrintedRow] = []
    for form in forms:
        for column in _printed_columns(form):
            if column.type in ("choice", "yes_no", "date"):
                rows += _classes(form, column, cells)
    return PrintedTable(
        columns=(
            TableColumn("清单", 36, "left"),
            TableColumn("栏目", 24, "left"),
            TableColumn("内容", 24, "left"),
            TableColumn("单位", 36, "left"),
            TableColumn("条数", 12),
        ),
        rows=tuple(rows),
    )


def entry_counts(form: Form, cells: Sequence[RegisterCell]) -> Counter[str]:
    """unit_id → how many current entries its register has."""
    return Counter(entry[0].unit_id for entry in _entries(form, cells))


def _classes(form: Form, column: Column, cells: Sequence[RegisterCell]) -> Iterator[PrintedRow]:
    told = [
        (FILLED if column.type == "date" else cell.printed_value, cell.unit_name)
        for cell in cells
        if (cell.form_id, cell.column_id) == (form.form_id, column.column_id) and cell.printed_value
    ]
    for (value, unit_name), number in Counter(told).items():
        yield (safe_text(form.title), safe_text(column.label), outside_text(value), outside_text(unit_name), number)


def _entries(form: Form, cells: Sequence[RegisterCell]) -> list[list[RegisterCell]]:
    own = (cell for cell in cells if cell.form_id == form.form_id)
    return [list(entry) for _, entry in groupby(own, key=lambda cell: (cell.unit_id, cell.row_key))]


def _head(column: Column) -> str:
    return safe_text(f"{column.label}（{column.measure_unit}）" if column.measure_unit else column.label)


def _printed_columns(form: Form) -> list[Column]:
    return [column for column in form.columns if not column.personal]
