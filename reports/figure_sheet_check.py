"""Proof of one figure sheet, found by what is printed on it: item heads across, unit names down.

Belongs here: matching printed heads and names with the mart's rows. Does not belong here: how a cell is compared
(consolidated_check.py), where the writer put it.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from reports.figure_grid import NOT_RECEIVED, NUMBER_HEAD, FigureGrid, measure_head
from reports.period_report import ALL, UnitLine
from reports.published import ProgressTotal
from reports.safe_text import outside_text

if TYPE_CHECKING:
    from reports.consolidated_check import Findings
    from reports.workbook_reading import ReadSheet

_ITEM_CODE = re.compile(r"\d+\.\d+")


def check_figure_sheet(found: Findings, name: str, grid: FigureGrid) -> None:
    """Compare every unit's figure and every total of the sheet with the mart."""
    sheet = found.sheets[name]
    top = next(
        (row for (row, column), value in sorted(sheet.values.items()) if (column, value) == (0, NUMBER_HEAD)), None
    )
    if top is None:
        found.differ(name, None, "表头", "", NUMBER_HEAD)
        return
    columns = _read_columns(found, sheet, top, grid)
    unit_rows = _check_unit_lines(found, sheet, top + 3, grid)
    for unit in grid.report.units:
        if unit.unit_id in unit_rows:
            _check_unit(found, name, unit_rows[unit.unit_id], unit, columns, grid)
    _check_totals(found, sheet, columns, unit_rows, grid)


def _read_columns(found: Findings, sheet: ReadSheet, top: int, grid: FigureGrid) -> dict[int, ProgressTotal]:
    """Return sheet column → figure, read from item code and unit of measure; each figure must stand there once."""
    figures = {(column.item_code, measure_head(column)): column for column in grid.columns}
    columns: dict[int, ProgressTotal] = {}
    code = ""
    for number in range(2, max(column for _, column in sheet.values) + 1):
        if head := _ITEM_CODE.match(sheet.text(top + 1, number)):
            code = head.group()  # a merged head stands over the columns that follow
        if figure := figures.pop((code, sheet.text(top + 2, number)), None):
            columns[number] = figure
        elif sheet.text(top + 2, number):
            found.differ(sheet.name, (top + 2, number), "表头", f"{code} {sheet.text(top + 2, number)}", "")
    for item_code, measure in figures:
        found.differ(sheet.name, None, "缺少一列", "", f"{item_code} {measure}")
    return columns


def _check_unit_lines(found: Findings, sheet: ReadSheet, first: int, grid: FigureGrid) -> dict[str, int]:
    """Return unit → row as printed: the numbered lines name the roster's units in its order."""
    numbered = [
        row for row in range(first, first + len(grid.report.units) + len(grid.total_rows)) if sheet.text(row, 1)
    ]
    rows = dict(zip((unit.unit_id for unit in grid.report.units), numbered, strict=False))
    for order, unit in enumerate(grid.report.units, start=1):
        if unit.unit_id not in rows:
            found.differ(sheet.name, None, "缺少单位", "", unit.unit_name)
            continue
        row = rows[unit.unit_id]
        found.compare(sheet.name, (row, 0), "序号", Decimal(order))
        found.compare(sheet.name, (row, 1), "单位", outside_text(unit.unit_name))
    return rows


def _check_unit(
    found: Findings, name: str, row: int, unit: UnitLine, columns: dict[int, ProgressTotal], grid: FigureGrid
) -> None:
    if unit.unit_id in grid.report.silent_units:
        for position, number in enumerate(columns):
            found.compare(name, (row, number), "未报单位", NOT_RECEIVED if position == 0 else None)
        return
    for number, column in columns.items():
        what = f"{outside_text(unit.unit_name)} {column.item_code}.{column.part}"
        found.compare(name, (row, number), what, grid.printed_cell(unit.unit_id, column))


def _check_totals(
    found: Findings,
    sheet: ReadSheet,
    columns: dict[int, ProgressTotal],
    unit_rows: dict[str, int],
    grid: FigureGrid,
) -> None:
    labelled = {sheet.text(row, 0): row for row, column in sheet.values if column == 0}
    for scope in (*(scope.value for scope in grid.report.scopes), ALL):
        label = grid.total_label(scope)
        if label not in labelled:
            found.differ(sheet.name, None, "缺少合计行", "", label)
            continue
        counted = frozenset(
            unit_rows[unit.unit_id]
            for unit in grid.report.units
            if scope in (ALL, unit.scope.value) and unit.unit_id in unit_rows
        )
        for number, column in columns.items():
            place, what = (labelled[label], number), f"{label} {column.item_code}.{column.part}"
            printed = grid.printed_total(scope, column)
            if column.aggregation == "none":
                found.compare(sheet.name, place, what, None)
            else:
                found.compare_formula(sheet.name, place, what, printed, counted)
