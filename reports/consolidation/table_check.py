"""Proof of one printed table: found by its heads in a workbook that was read back, and compared cell by cell.

Belongs here: finding a table by what is printed (not by the writer's positions), and what each cell must show. Does not
belong here: which tables a report has, drawing (printed_table.py).
"""

from __future__ import annotations

from decimal import Decimal

from reports.consolidation.findings import Columns, Findings
from reports.consolidation.workbook_reading import ReadSheet
from reports.paper.printed_table import Formula, PrintedTable


def check_table(found: Findings, name: str, what: str, table: PrintedTable) -> None:
    """Find the table on sheet `name` by its printed heads and compare it row by row; `what` names it in differences."""
    sheet = found.sheets[name]
    heads, starts = [column.head for column in table.columns], table.starts
    rows = range(len(sheet.rows))
    top = next((row for row in rows if [sheet.value(row, start) for start in starts] == heads), None)
    if top is None:
        found.differ(name, None, f"{what}：表头", "", "、".join(heads))
        return
    compare = _compare_plain_rows if table.is_plain else _compare_cells
    compare(found, sheet, what, table, top)


def _compare_plain_rows(found: Findings, sheet: ReadSheet, what: str, table: PrintedTable, top: int) -> None:
    columns = Columns(tuple(table.starts))
    for number, values in enumerate(table.rows, start=1):

        def label(position: int, number: int = number) -> str:
            return _label(table, what, number, position)

        expected = [float(value) if isinstance(value, int) else value for value in values]
        found.compare_row(sheet, top + number, columns, expected, label)


def _compare_cells(found: Findings, sheet: ReadSheet, what: str, table: PrintedTable, top: int) -> None:
    for number, values in enumerate(table.rows, start=1):
        for position, (start, value) in enumerate(zip(table.starts, values, strict=True)):
            place, label = (top + number, start), _label(table, what, number, position)
            if isinstance(value, Formula):
                found.compare_formula(sheet.name, place, label, value.stored)
            else:
                found.compare(sheet.name, place, label, Decimal(value) if isinstance(value, int) else value or None)


def _label(table: PrintedTable, what: str, number: int, position: int) -> str:
    return f"{what} 第 {number} 行 {table.columns[position].head}"
