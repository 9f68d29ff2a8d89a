"""Proof of a finished 调度汇总表: read it back and compare every number with the mart.

Belongs here: which sheets must be there and what each must show. Does not belong here: comparing one table
(table_check.py) or one figure sheet (figure_sheet_check.py); writing; deciding what to do about a difference (the
caller blocks on any).
"""

from __future__ import annotations

from pathlib import Path

from reports.consolidation.consolidated_cover import cover_tables
from reports.consolidation.consolidated_plan import plan_sheets
from reports.consolidation.figure_sheet_check import ExpectedLines, check_figure_sheet
from reports.consolidation.findings import Findings
from reports.consolidation.period_report import load_period_report
from reports.consolidation.printed_figure import View
from reports.consolidation.table_check import check_table
from reports.consolidation.workbook_reading import read_workbook
from reports.paper.difference import Difference
from reports.restated_lists import RestatedLists


def verify_consolidated(
    path: Path, published: Path, campaign_id: str, form_id: str, period: str, restated: RestatedLists | None = None
) -> list[Difference]:
    """Read the finished workbook back and return every difference from the mart; empty means it may be handed in.

    Every printed number is compared, stored values of formulas included; every live total is added again from the
    cells its own ranges name; a number nobody can account for is a difference too.

    Raises:
        ReportError: nothing is published for this campaign, form and period.
    """
    report = load_period_report(published, campaign_id, form_id, period)
    plan = plan_sheets(report, restated)
    found = Findings(read_workbook(path))
    if tuple(found.sheets) != plan.names:
        found.differ("", None, "工作表", "、".join(found.sheets), "、".join(plan.names))
    if plan.cover in found.sheets:
        for heading, table in cover_tables(report, plan).items():
            check_table(found, plan.cover, heading, table)
    lines = {view: ExpectedLines(report, view) for view in View}
    for name, grid in plan.figure_sheets:
        if name in found.sheets:
            check_figure_sheet(found, name, grid, lines[grid.view])
    for name, table in plan.lists:
        if name in found.sheets:
            check_table(found, name, name, table)
    found.look_at_the_rest()
    return found.differences
