"""Proof of one figure sheet, found by what is printed on it: item heads across, unit names down.

Belongs here: matching printed heads and names with the mart's rows. Does not belong here: how a cell is compared
(findings.py), where the writer put it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from reports.consolidation.figure_grid import NUMBER_HEAD, FigureGrid, measure_head
from reports.consolidation.findings import Columns, Findings
from reports.consolidation.period_report import ALL, PeriodReport
from reports.consolidation.printed_figure import NOT_RECEIVED, View, for_each_figure, printed_figure
from reports.consolidation.workbook_reading import ReadSheet, as_read
from reports.published import ProgressTotal

_ITEM_CODE = re.compile(r"\d+\.\d+")


@dataclass(frozen=True)
class ExpectedLines:
    """What a reader of the file must get for every unit's figures in one view; shared by all sheets of that view."""

    report: PeriodReport
    view: View

    @cached_property
    def figures(self) -> dict[str, list[object]]:
        """unit_id → what each figure of the form prints."""
        lines = for_each_figure(self.report, self.view, lambda figure: as_read(printed_figure(figure, self.view)))
        return {unit.unit_id: list(figures) for unit, figures in lines}


def check_figure_sheet(found: Findings, name: str, grid: FigureGrid, lines: ExpectedLines) -> None:
    """Compare every unit's figure and every total of the sheet with the mart."""
    sheet = found.sheets[name]
    top = next((row for row in range(len(sheet.rows)) if sheet.value(row, 0) == NUMBER_HEAD), None)
    if top is None:
        found.differ(name, None, "表头", "", NUMBER_HEAD)
        return
    columns = _read_columns(found, sheet, top, grid)
    unit_rows = _unit_rows(found, sheet, top + 3, grid)
    _check_units(found, sheet, columns, unit_rows, lines)
    _check_totals(found, sheet, columns, unit_rows, grid)


def _read_columns(found: Findings, sheet: ReadSheet, top: int, grid: FigureGrid) -> dict[int, ProgressTotal]:
    """Return sheet column → figure, read from item code and unit of measure; each figure must stand there once."""
    figures = {(column.item_code, measure_head(column)): column for column in grid.columns}
    columns: dict[int, ProgressTotal] = {}
    code = ""
    for number in range(2, sheet.width):
        if head := _ITEM_CODE.match(sheet.text(top + 1, number)):
            code = head.group()  # a merged head stands over the columns that follow
        if figure := figures.pop((code, sheet.text(top + 2, number)), None):
            columns[number] = figure
        elif sheet.text(top + 2, number):
            found.differ(sheet.name, (top + 2, number), "表头", f"{code} {sheet.text(top + 2, number)}", "")
    for item_code, measure in figures:
        found.differ(sheet.name, None, "缺少一列", "", f"{item_code} {measure}")
    return columns


def _unit_rows(found: Findings, sheet: ReadSheet, first: int, grid: FigureGrid) -> dict[str, int]:
    """Return unit → row as printed: the lines that name a unit are the roster's, in its order."""
    named = [row for row in range(first, first + len(grid.report.units) + len(grid.total_rows)) if sheet.text(row, 1)]
    for unit in grid.report.units[len(named) :]:
        found.differ(sheet.name, None, "缺少单位", "", unit.unit_name)
    return dict(zip((unit.unit_id for unit in grid.report.units), named, strict=False))


def _check_units(
    found: Findings,
    sheet: ReadSheet,
    figures: dict[int, ProgressTotal],
    unit_rows: dict[str, int],
    lines: ExpectedLines,
) -> None:
    """Compare number, name and figures of every unit that has a line."""
    columns = Columns((0, 1, *figures))
    positions = {(column.item_code, column.part): position for position, column in enumerate(lines.report.columns)}
    shown = [positions[column.item_code, column.part] for column in figures.values()]
    heads = [f"{column.item_code}.{column.part}" for column in figures.values()]
    silent: Sequence[object] = [NOT_RECEIVED, *[""] * len(figures)][: len(figures)]
    for order, unit in enumerate(lines.report.units, start=1):
        if unit.unit_id not in unit_rows:
            continue
        name, all_figures = lines.report.printed_names[unit.unit_id], lines.figures[unit.unit_id]
        printed = silent if unit.is_silent else [all_figures[position] for position in shown]

        def what(position: int, name: str = name) -> str:
            return ("序号", "单位")[position] if position < 2 else f"{name} {heads[position - 2]}"

        found.compare_row(sheet, unit_rows[unit.unit_id], columns, [float(order), name, *printed], what)


def _check_totals(
    found: Findings,
    sheet: ReadSheet,
    columns: dict[int, ProgressTotal],
    unit_rows: dict[str, int],
    grid: FigureGrid,
) -> None:
    labelled = {sheet.text(row, 0): row for row in range(len(sheet.rows))}
    for scope in (*(scope.value for scope in grid.report.scopes), ALL):
        label = grid.total_label(scope)
        if label not in labelled:
            found.differ(sheet.name, None, "缺少合计行", "", label)
            continue
        counted = [
            unit_rows[unit.unit_id]
            for unit in grid.report.units
            if scope in (ALL, unit.scope) and unit.unit_id in unit_rows
        ]
        for number, column in columns.items():
            place, what = (labelled[label], number), f"{label} {column.item_code}.{column.part}"
            printed = grid.printed_total(scope, column)
            if column.aggregation == "none":
                found.compare(sheet.name, place, what, None)
            else:
                found.compare_formula(sheet.name, place, what, printed, counted)
