"""任务清单: the workbook of a campaign's task lists in one period, and its proof.

Belongs here: which sheets the board has, writing it, reading it back. Does not belong here: what the tables say
(task_board_lists.py, task_board_counts.py), drawing (list_book.py), when it is written (orchestration).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from campaigns.vocabulary import Subject
from reports.boards.list_book import ListBook, ListPage, numbered, verify_list_book, write_list_book
from reports.boards.task_board_counts import (
    COVER_WIDTHS,
    leader_tasks_table,
    leaders_table,
    list_name,
    lists_table,
    sectors_table,
    units_table,
)
from reports.boards.task_board_lists import ANSWERS, LEGEND, answers_table, list_table
from reports.boards.task_board_rows import TaskBoard, load_task_board
from reports.consolidation.readings_table import READING_COLUMNS, readings_table
from reports.paper.difference import Difference
from reports.paper.printed_table import PrintedTable, columns_on
from reports.paper.safe_text import safe_text
from reports.paper.wording import date_text, period_title

if TYPE_CHECKING:
    from reports.report_request import ReportRequest

SUBJECTS: Final = (Subject.TASKS, Subject.GROUPS, Subject.DEADLINES)  # what a board rests on


def write_task_board(target: Path, request: ReportRequest) -> Path:
    """Write the workbook; `verify_task_board` must find no difference before anyone gets it.

    Raises:
        NothingToPrintError: no table of task progress has a cut-off within the period.
    """
    return write_list_book(target, _book(load_task_board(request)))


def verify_task_board(path: Path, request: ReportRequest) -> list[Difference]:
    """Return every place where the finished workbook does not say what the marts say."""
    return verify_list_book(path, _book(load_task_board(request)))


def _book(board: TaskBoard) -> ListBook:
    head = board.head
    until = "、".join(dict.fromkeys(date_text(one.cutoff_on) for one in board.lists))
    return ListBook(
        head=head,
        title=_title(board),
        caption=safe_text(f"{head.campaign.area}　{period_title(head.period)}（截至{until}）"),
        cover=_cover(board),
        cover_widths=COVER_WIDTHS,
        note=head.provenance(
            "任务的状态由应报的责任单位报来的状态得出：都报已完成才算完成；没有报的不推定。逾期指截止日已过时间节点而未完成。",
            "每项的出处（文件、工作表、单元格）印在清单的“出处”一栏和“分单位进展”。",
        ),
        lists=tuple(_pages(board)),
    )


def _title(board: TaskBoard) -> str:
    return safe_text(f"{board.head.campaign.campaign_name}任务清单进展")


def _cover(board: TaskBoard) -> dict[str, PrintedTable]:
    tables = {"各任务清单（项）": lists_table(board)}
    if board.leaders:
        tables["各区领导名下的任务（项；几位区领导共同负责的，各计一次）"] = leaders_table(board)
    if readings := board.head.readings_about(*SUBJECTS):
        tables["本表采用的口径"] = readings_table(readings, columns_on(COVER_WIDTHS, *READING_COLUMNS))
    return numbered(tables)


def _pages(board: TaskBoard) -> list[ListPage]:
    """The lists as issued, then the cuts by leader, unit and sector plan, then every answer with its cell."""
    title = _title(board)
    pages = [
        ListPage(list_name(board, one), safe_text(f"{list_name(board, one)}完成情况"), list_table(board, one), LEGEND)
        for one in board.lists
    ]
    cuts = {
        "分区领导": leader_tasks_table(board) if board.leaders else None,
        "分单位": units_table(board),
        "分行业子方案": sectors_table(board) if board.sectors else None,
        ANSWERS: answers_table(board),
    }
    return pages + [ListPage(name, f"{title}（{name}）", table) for name, table in cuts.items() if table]
