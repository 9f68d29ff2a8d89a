"""调度汇总表: the consolidated workbook of one campaign, form and period, and its proof.

Belongs here: writing the workbook from the published marts. Does not belong here: what stands on each sheet
(consolidated_plan.py and what it names), the proof itself (consolidated_check.py), when it is written (orchestration).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

from campaigns.duty_model import Disclosure
from reports.consolidation.consolidated_check import verify_consolidated
from reports.consolidation.consolidated_cover import period_caption, workbook_title, write_cover
from reports.consolidation.consolidated_plan import plan_sheets
from reports.consolidation.figure_lines import FigureLines
from reports.consolidation.figure_sheet import MOST_COLUMNS_ON_A4, write_figure_sheet
from reports.consolidation.period_report import load_period_report
from reports.consolidation.printed_figure import View
from reports.paper.difference import Difference
from reports.paper.list_sheet import write_list_sheet
from reports.paper.wording import period_title
from reports.paper.workbook import A3, A4, Book
from reports.restated_lists import RestatedLists

__all__ = ["Difference", "WrittenReport", "verify_consolidated", "write_consolidated"]


@dataclass(frozen=True, slots=True)
class WrittenReport:
    """A report on disk: what it is about and which published version it was written from."""

    path: Path
    campaign_id: str
    form_id: str
    period: str
    version: str
    as_of: datetime | None


def write_consolidated(
    target: Path,
    published: Path,
    campaign_id: str,
    form_id: str,
    period: str,
    disclosure: Disclosure = "not_stated",
    restated: RestatedLists | None = None,
) -> WrittenReport:
    """Write the workbook; `verify_consolidated` must find no difference before anyone gets it.

    Args:
        target: the .xlsx file; written whole or not at all, the same bytes for the same snapshot.
        published: the published folder, one version's folder, or its database.
        campaign_id: as in the marts, like the two that follow.
        form_id: a form with figures.
        period: a period with expected reports.
        disclosure: the class printed on the cover (信息公开形式).
        restated: what changed in lists since the report before.

    Raises:
        ReportError: nothing is published for this campaign, form and period.
    """
    report = load_period_report(published, campaign_id, form_id, period)
    plan = plan_sheets(report, restated)
    book = Book(
        title=f"{workbook_title(report)} {period_title(period)}",
        made_at=report.snapshot.as_of or datetime.combine(max(row.due_on for row in report.timeliness), time()),
        subject=f"{campaign_id} {form_id} {period} {report.snapshot.version}",
        author=report.campaign.office,
    )
    sheets = {name: book.add_sheet(name) for name in plan.names}
    write_cover(book, sheets[plan.cover], report, plan, disclosure)
    lines = {view: FigureLines(book, report, view, sheets[plan.cover]) for view in View}
    for name, grid in plan.figure_sheets:
        title = f"{workbook_title(report)}（{name}）"
        paper = A4 if len(grid.columns) <= MOST_COLUMNS_ON_A4 else A3
        caption = period_caption(report, grid.view)
        write_figure_sheet(book, sheets[name], grid, lines[grid.view], title, caption, paper)
    for name, table in plan.lists:
        title = f"{workbook_title(report)}（{name}）"
        write_list_sheet(book, sheets[name], title, period_caption(report), table)
    sheets[plan.cover].activate()
    book.save(target)
    return WrittenReport(target, campaign_id, form_id, period, report.snapshot.version, report.snapshot.as_of)
