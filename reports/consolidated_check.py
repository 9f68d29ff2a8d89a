"""Proof of a finished 调度汇总表: read it back and compare every number with the mart.

Belongs here: finding each cell by the heads and unit names printed beside it (not by the writer's positions),
comparing, re-adding the ranges of live formulas. Does not belong here: writing; deciding what to do about a
difference (the caller blocks on any).
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from reports.consolidated_cover import cover_tables
from reports.consolidated_plan import plan_sheets
from reports.difference import Difference
from reports.figure_sheet_check import ExpectedLines, check_figure_sheet
from reports.findings import Columns, Findings
from reports.period_report import load_period_report
from reports.printed_figure import View
from reports.printed_table import Formula, PrintedTable
from reports.workbook_reading import ReadSheet, read_workbook


def verify_consolidated(path: Path, published: Path, campaign_id: str, form_id: str, period: str) -> list[Difference]:
    """Read the finished workbook back and return every difference from the mart; empty means it may be handed in.

    Every printed number is compared, stored values of formulas included; every live total is added again from the
    cells its own ranges name; a number nobody can account for is a difference too.

    Raises:
        ReportError: nothing is published for this campaign, form and period.
    """
    report = load_period_report(published, campaign_id, form_id, period)
    plan = plan_sheets(report)
    found = Findings(read_workbook(path))
    if tuple(found.sheets) != plan.names:
        found.differ("", None, "工作表", "、".join(found.sheets), "、".join(plan.names))
    if plan.cover in found.sheets:
        for heading, table in cover_tables(report, plan).items():
            _check_table(found, plan.cover, heading, table)
    lines = {view: ExpectedLines(report, view) for view in View}
    for name, grid in plan.figure_sheets:
        if name in found.sheets:
            check_figure_sheet(found, name, grid, lines[grid.view])
    for name, table in plan.lists:
        if name in found.sheets:
            _check_table(found, name, name, table)
    found.look_at_the_rest()
    return found.differences


def _check_table(found: Findings, name: str, what: str, table: PrintedTable) -> None:
    """Find the table by its printed heads and compare row by row, to the row after the last."""
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
