"""单位情况汇总: what each unit owed and did in a period, as one workbook, and its proof.

Belongs here: which sheets it has, writing it, reading it back. Does not belong here: what the tables say
(unit_summary_cover.py, unit_summary_tables.py, register_tables.py), drawing (list_book.py), when it is written
(orchestration).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from campaigns.vocabulary import Subject
from reports.boards.list_book import ListBook, ListPage, numbered, verify_list_book, write_list_book
from reports.boards.register_tables import classes_table, register_table
from reports.boards.unit_summary_cover import COVER_WIDTHS, chains_table, forms_table, obligation_counts_table
from reports.boards.unit_summary_rows import UnitSummary, load_unit_summary
from reports.boards.unit_summary_tables import LEGEND, obligations_table, reports_table, units_table, upstream_table
from reports.consolidation.readings_table import READING_COLUMNS, readings_table
from reports.paper.difference import Difference
from reports.paper.printed_table import PrintedTable, columns_on
from reports.paper.safe_text import safe_text
from reports.paper.wording import period_title

if TYPE_CHECKING:
    from campaigns.model import Campaign, Form
    from reports.report_request import ReportRequest

SUBJECTS: Final = (Subject.DEADLINES, Subject.TASKS, Subject.GROUPS, Subject.SINGLE_FORMS)


def write_unit_summary(target: Path, request: ReportRequest) -> Path:
    """Write the workbook; `verify_unit_summary` must find no difference before anyone gets it.

    Raises:
        NothingToPrintError: nothing was due within the period and no unit has a register.
    """
    return write_list_book(target, _book(load_unit_summary(request), request.campaign))


def verify_unit_summary(path: Path, request: ReportRequest) -> list[Difference]:
    """Return every place where the finished workbook does not say what the marts say."""
    return verify_list_book(path, _book(load_unit_summary(request), request.campaign))


def _book(summary: UnitSummary, campaign: Campaign) -> ListBook:
    head = summary.head
    return ListBook(
        head=head,
        title=safe_text(f"{head.campaign.campaign_name}单位情况汇总"),
        caption=safe_text(f"{head.campaign.area}　{period_title(head.period)}"),
        cover=_cover(summary),
        cover_widths=COVER_WIDTHS,
        note=head.provenance(
            "报表按上报日在本期的列，任务按本期最后一个截止日的状态，规定动作按与本期相交的时期、以事情发生的日期计，清单为现行各条。",
            "迟报、未报按各单位自己的上报日（含批准的延期）判定；上一环有单位没有按时的，下一环按时也不齐。",
        ),
        lists=tuple(_pages(summary, campaign)),
    )


def _cover(summary: UnitSummary) -> dict[str, PrintedTable]:
    tables = {"本期应报的报表（家）": forms_table(summary)}
    if summary.obligation_counts:
        tables["规定动作（家）"] = obligation_counts_table(summary)
    if summary.resting_reports:
        tables["前后衔接的报送"] = chains_table(summary)
    if readings := summary.head.readings_about(*SUBJECTS):
        tables["本表采用的口径"] = readings_table(readings, columns_on(COVER_WIDTHS, *READING_COLUMNS))
    return numbered(tables)


def _pages(summary: UnitSummary, campaign: Campaign) -> list[ListPage]:
    """Units at a glance, then the lists behind it; a list that the campaign does not have is left out."""
    registers = _registers(summary, campaign)
    title = safe_text(f"{summary.head.campaign.campaign_name}单位情况汇总")
    pages = [ListPage("各单位", f"{title}（各单位）", units_table(summary, registers), LEGEND)]
    lists = {
        "规定动作": obligations_table(summary) if summary.obligations else None,
        "报送明细": reports_table(summary),
        "上一环报送": upstream_table(summary, campaign) if summary.upstream else None,
        "清单分类": classes_table(registers, summary.register_cells) if registers else None,
    }
    pages += [ListPage(name, f"{title}（{name}）", table) for name, table in lists.items() if table]
    return pages + [
        ListPage(form.title, safe_text(form.title), register_table(form, summary.register_cells)) for form in registers
    ]


def _registers(summary: UnitSummary, campaign: Campaign) -> list[Form]:
    """The registers of which something was received, in the campaign's order."""
    received = {cell.form_id for cell in summary.register_cells}
    return [form for form in campaign.forms if form.form_id in received]
