"""Which sheets the 调度汇总表 has, in which order, and what each holds; writer and checker share it.

Belongs here: sheet names and their contents as grids and tables. Does not belong here: drawing, checking.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from campaigns.vocabulary import IndicatorKind
from reports.consolidation.cell_table import cell_table
from reports.consolidation.consolidated_tables import problem_table, source_table, timeliness_table
from reports.consolidation.figure_grid import FigureGrid
from reports.consolidation.ledger_questions import questions_table
from reports.consolidation.ledger_table import ledger_table
from reports.consolidation.overlap_table import overlap_table
from reports.consolidation.period_report import PeriodReport
from reports.consolidation.printed_figure import View
from reports.consolidation.restated_lists_table import restated_lists_table
from reports.consolidation.restated_table import restated_table
from reports.paper.printed_table import PrintedTable
from reports.paper.safe_text import sheet_names
from reports.paper.wording import increment_title
from reports.restated_lists import RestatedLists

COVER = "总览"
OVERVIEW = "各单位总表"
TIMELINESS = "报送情况"
PROBLEMS = "问题清单"
LEDGER = "数账核对"
UNSETTLED = "待认定"
OVERLAPS = "重复统计"
RESTATED = "重述"
RESTATED_LISTS = "清单重述"
SOURCES = "数据来源"
CELLS = "出处"


@dataclass(frozen=True, slots=True)
class Plan:
    """The workbook's sheets: cover, all units × all items, one per section, increments, lists."""

    cover: str
    overview: tuple[str, FigureGrid]
    sections: tuple[tuple[str, FigureGrid], ...]
    increments: tuple[str, FigureGrid]
    lists: tuple[tuple[str, PrintedTable], ...]

    @property
    def figure_sheets(self) -> tuple[tuple[str, FigureGrid], ...]:
        return (self.overview, *self.sections, self.increments)

    @property
    def names(self) -> tuple[str, ...]:
        return (self.cover, *(name for name, _ in (*self.figure_sheets, *self.lists)))


def plan_sheets(report: PeriodReport, restated: RestatedLists | None = None) -> Plan:
    """Lay out the workbook of one period; the sheets from 数账核对 to 清单重述 only where they have rows."""
    grids = [FigureGrid(report, report.columns, View.CUMULATIVE)]
    titles = [COVER, OVERVIEW]
    for (code, section), columns in groupby(
        report.columns, key=lambda column: (column.section_code, column.section_name)
    ):
        grids.append(FigureGrid(report, tuple(columns), View.CUMULATIVE))
        titles.append(f"{code} {section}")
    stepping = tuple(column for column in report.columns if column.kind != IndicatorKind.YES_NO)
    grids.append(FigureGrid(report, stepping, View.INCREMENT))
    lists = {TIMELINESS: timeliness_table(report), PROBLEMS: problem_table(report)}
    if report.ledger_differences:
        lists[LEDGER] = ledger_table(report.ledger_differences)
    if report.ledger_questions:
        lists[UNSETTLED] = questions_table(report.ledger_questions)
    if report.overlap_reports:
        lists[OVERLAPS] = overlap_table(report.overlap_totals, report.overlap_reports)
    if report.restatements:
        lists[RESTATED] = restated_table(report.restatements)
    if restated and (restated.rows or restated.since is None):
        lists[RESTATED_LISTS] = restated_lists_table(restated)
    lists |= {SOURCES: source_table(report), CELLS: cell_table(report)}
    titles += [increment_title(report.period), *lists]
    cover, *others = sheet_names(titles)
    figures = tuple(zip(others, grids, strict=False))
    return Plan(
        cover=cover,
        overview=figures[0],
        sections=figures[1:-1],
        increments=figures[-1],
        lists=tuple(zip(others[len(grids) :], lists.values(), strict=True)),
    )
