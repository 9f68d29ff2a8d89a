"""Proof of a finished 调度汇总表: read it back and compare every number with the mart.

Belongs here: finding each cell by the heads and unit names printed beside it (not by the writer's positions),
comparing, re-adding the ranges of live formulas. Does not belong here: writing; deciding what to do about a
difference (the caller blocks on any).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from reports.consolidated_cover import cover_tables
from reports.consolidated_plan import plan_sheets
from reports.difference import Difference
from reports.figure_grid import Printed
from reports.figure_sheet_check import check_figure_sheet
from reports.live_formula import recalculate
from reports.period_report import load_period_report
from reports.printed_table import Formula, PrintedTable
from reports.wording import number_text
from reports.workbook_reading import Place, ReadSheet, cell_name, read_workbook


@dataclass
class Findings:
    """Differences found so far, and the cells that were accounted for."""

    sheets: dict[str, ReadSheet]
    differences: list[Difference] = field(default_factory=list)
    accounted: set[tuple[str, Place]] = field(default_factory=set)

    def read(self, sheet: str, row: int, column: int) -> Printed:
        return self.sheets[sheet].value(row, column) if sheet in self.sheets else None

    def differ(self, sheet: str, place: Place | None, what: str, printed: object, expected: object) -> None:
        cell = cell_name(place) if place else ""
        self.differences.append(Difference(sheet, cell, what, _text(printed), _text(expected)))

    def compare(self, sheet: str, place: Place, what: str, expected: Printed) -> None:
        """Account for a plain cell: it shows `expected` and is no formula."""
        self.accounted.add((sheet, place))
        printed = self.read(sheet, *place)
        if printed != expected:
            self.differ(sheet, place, what, printed, expected)
        if formula := self.sheets[sheet].formulas.get(place):
            self.differ(sheet, place, f"{what}：不应是公式", formula, expected)

    def compare_formula(
        self, sheet: str, place: Place, what: str, expected: Printed, rows: frozenset[int] | None = None
    ) -> None:
        """Account for a live total: stored value, re-added value and mart agree, and it counts exactly `rows`."""
        self.accounted.add((sheet, place))
        printed = self.read(sheet, *place)
        if printed != expected:
            self.differ(sheet, place, what, printed, expected)
        formula = self.sheets[sheet].formulas.get(place, "")
        again = recalculate(formula, sheet, self.read)
        if again is None:
            self.differ(sheet, place, f"{what}：应为公式", formula, "公式")
            return
        if again.value != expected:
            self.differ(sheet, place, f"{what}：公式重算 {formula}", again.value, expected)
        wanted = None if rows is None else {(row, place[1]) for row in rows}
        if wanted is not None and set(again.places) != wanted:
            self.differ(sheet, place, f"{what}：公式的区域 {formula}", len(again.places), f"{len(wanted)} 家")


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
    for name, grid in plan.figure_sheets:
        if name in found.sheets:
            check_figure_sheet(found, name, grid)
    for name, table in plan.lists:
        if name in found.sheets:
            _check_table(found, name, name, table)
    _check_nothing_else(found)
    return found.differences


def _check_table(found: Findings, sheet: str, what: str, table: PrintedTable) -> None:
    """Find the table by its printed heads and compare row by row, to the row after the last."""
    heads = [column.head for column in table.columns]
    rows = sorted({row for row, _ in found.sheets[sheet].values})
    top = next((row for row in rows if [found.read(sheet, row, start) for start in table.starts] == heads), None)
    if top is None:
        found.differ(sheet, None, f"{what}：表头", "", "、".join(heads))
        return
    for row, values in enumerate(table.rows, start=top + 1):
        for start, head, value in zip(table.starts, heads, values, strict=True):
            label = f"{what} 第 {row - top} 行 {head}"
            if isinstance(value, Formula):
                found.compare_formula(sheet, (row, start), label, value.stored)
            else:
                found.compare(sheet, (row, start), label, Decimal(value) if isinstance(value, int) else value or None)


def _check_nothing_else(found: Findings) -> None:
    """Report numbers and formulas that no part of the proof looked at."""
    for name, sheet in found.sheets.items():
        numbers = {place for place, value in sheet.values.items() if isinstance(value, Decimal)}
        for place in sorted(numbers | sheet.formulas.keys()):
            if (name, place) not in found.accounted:
                printed = sheet.formulas.get(place) or sheet.value(*place)
                found.differ(name, place, "来历不明的数", printed, "")


def _text(value: object) -> str:
    if isinstance(value, Decimal):
        return number_text(value)
    return "" if value is None else str(value)
