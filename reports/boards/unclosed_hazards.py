"""未完成整改隐患清单: every hazard that was found and not closed by a cut-off, as one workbook, and its proof.

Belongs here: which sheets it has, writing it, reading it back, holding its counts against the ledger's stock. Does not
belong here: what the tables say (unclosed_tables.py), drawing (list_book.py), when it is written (orchestration).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from campaigns.vocabulary import Subject
from reports.boards.list_book import ListBook, ListPage, numbered, verify_list_book, write_list_book
from reports.boards.unclosed_rows import UnclosedHazards, load_unclosed_hazards
from reports.boards.unclosed_tables import (
    COVER_WIDTHS,
    LEGEND,
    SOURCES,
    UNITS_LEGEND,
    closing_sentence,
    cutoff_text,
    hazards_table,
    sent_table,
    sources_table,
    totals_table,
    units_table,
)
from reports.consolidation.readings_table import READING_COLUMNS, readings_table
from reports.paper.difference import Difference
from reports.paper.printed_table import PrintedTable, columns_on
from reports.paper.safe_text import safe_text
from reports.paper.wording import period_title

if TYPE_CHECKING:
    from reports.report_request import ReportRequest

SUBJECTS: Final = (Subject.HAZARDS,)
_UNITS: Final = "分单位"


def write_unclosed_hazards(target: Path, request: ReportRequest) -> Path:
    """Write the workbook; `verify_unclosed_hazards` must find no difference before anyone gets it.

    Raises:
        NothingToPrintError: no hazard list has a cut-off within the period.
    """
    return write_list_book(target, _book(load_unclosed_hazards(request)))


def verify_unclosed_hazards(path: Path, request: ReportRequest) -> list[Difference]:
    """Return every place where the finished workbook does not say what the marts say, or they contradict each other."""
    report = load_unclosed_hazards(request)
    return [*verify_list_book(path, _book(report)), *_contradictions(report)]


def _contradictions(report: UnclosedHazards) -> Iterator[Difference]:
    """What was found is closed or not, and what is not rectified is the stock of the same cut-off."""
    for unit in report.stock:
        for what, printed, expected in (
            ("发现＝已销号＋未完成整改", unit.closed_or_not_count, unit.total_found_count),
            ("未整改＝台账期末存量", unit.open_count, unit.stock_count),
            ("超期＝台账期末超期", unit.overdue_count, unit.overdue_stock_count),
        ):
            if printed != expected:
                yield Difference(_UNITS, "", f"{unit.unit_name or unit.unit_id} {what}", str(printed), str(expected))


def _book(report: UnclosedHazards) -> ListBook:
    head = report.head
    title = safe_text(f"{head.campaign.campaign_name}未完成整改隐患清单")
    return ListBook(
        head=head,
        title=title,
        caption=safe_text(f"{head.campaign.area}　{period_title(head.period)}（{cutoff_text(report)}）"),
        cover=_cover(report),
        cover_widths=COVER_WIDTHS,
        note=head.provenance(
            closing_sentence(report),
            "发现＝已销号＋未完成整改；未完成整改＝未整改（含重新挂账）＋已整改未验收＋已验收未销号。",
            "没有监管部门签字的销号不算销号；验收写在整改完成以前的，不算验收。两个单位各报的同一处，各计一处。",
            "截止日的状态按本次发布前收到的各份清单认定，描述、期限、处罚以最近一次所报为准；责任人不印。",
        ),
        lists=(
            ListPage("未完成整改隐患清单", title, hazards_table(report), LEGEND),
            ListPage(_UNITS, f"{title}（{_UNITS}）", units_table(report), UNITS_LEGEND),
            ListPage(SOURCES, f"{title}（{SOURCES}）", sources_table(report)),
        ),
    )


def _cover(report: UnclosedHazards) -> dict[str, PrintedTable]:
    tables = {"总数（处）": totals_table(report), "清单报送（家）": sent_table(report)}
    if readings := report.head.readings_about(*SUBJECTS):
        tables["本表采用的口径"] = readings_table(readings, columns_on(COVER_WIDTHS, *READING_COLUMNS))
    return numbered(tables)
