"""The short tables of a task board: counts by list, by leader, by unit and by sector plan.

Belongs here: rows of the marts turned into printed rows. Does not belong here: the lists themselves
(task_board_lists.py), counting (the models), drawing.
"""

from __future__ import annotations

from typing import Final, Protocol

from reports.boards.task_board_lists import shortened, state_text, state_tint
from reports.boards.task_board_rows import ListCount, TaskBoard
from reports.paper.printed_table import PrintedRow, PrintedTable, TableColumn, columns_on, without_empty_columns
from reports.paper.safe_text import outside_text, safe_text
from reports.paper.wording import date_text, moment_text, timeliness_text
from reports.paper.workbook import LATE_FILL, MISSING_FILL

COVER_WIDTHS: Final = (13.0,) * 12
_STATES: Final = ("已完成", "推进中", "未启动", "没有状态", "其中逾期")
_TINTS: Final = {"late": LATE_FILL, "missing": MISSING_FILL}


class _Counted(Protocol):
    """What the count rows of all cuts have in common."""

    @property
    def tasks_done(self) -> int: ...
    @property
    def tasks_in_progress(self) -> int: ...
    @property
    def tasks_not_started(self) -> int: ...
    @property
    def tasks_unknown(self) -> int: ...
    @property
    def tasks_overdue(self) -> int: ...


def lists_table(board: TaskBoard) -> PrintedTable:
    """One row per task list, for the cover."""
    rows: list[PrintedRow] = [
        (safe_text(list_name(board, one)), date_text(one.cutoff_on), one.tasks, *_states(one)) for one in board.lists
    ]
    heads = [("任务清单", 4, "left"), ("截至", 2, "center"), ("任务数", 1, "center")]
    return PrintedTable(columns_on(COVER_WIDTHS, *heads, *((word, 1, "center") for word in _STATES)), tuple(rows))


def leaders_table(board: TaskBoard) -> PrintedTable:
    """One row per district leader, for the cover; a task of several leaders counts for each."""
    rows: list[PrintedRow] = [(safe_text(one.leader_label), one.tasks, *_states(one)) for one in board.leaders]
    heads = [("区领导", 6, "left"), ("任务数", 1, "center")]
    return PrintedTable(columns_on(COVER_WIDTHS, *heads, *((word, 1, "center") for word in _STATES)), tuple(rows))


def leader_tasks_table(board: TaskBoard) -> PrintedTable:
    """Each leader's tasks in the order of the list; a task of several leaders stands under each of them."""
    places = {task.task_id: place for place, task in enumerate(board.tasks)}
    labels = {one.leader_id: one.leader_label for one in board.leaders}
    led = [one for one in board.leader_tasks if one.task_id in places and one.leader_id in labels]
    rows, tints = [], {}
    for number, one in enumerate(sorted(led, key=lambda one: (one.leader_id, places[one.task_id]))):
        task = board.tasks[places[one.task_id]]
        if tint := state_tint(task):
            tints[number] = tint
        rows.append(
            (
                safe_text(labels[one.leader_id]),
                safe_text(task.number or ""),
                safe_text(task.section or ""),
                safe_text(shortened(task.theme or task.goal)),
                safe_text(task.due_text or ""),
                safe_text(task.lead_units or ""),
                safe_text(task.co_units or ""),
                state_text(board, task),
            )
        )
    table = PrintedTable(
        columns=(
            TableColumn("区领导", 12),
            TableColumn("序号", 5),
            TableColumn("类别", 22, "left"),
            TableColumn("任务", 42, "left"),
            TableColumn("时间节点", 9),
            TableColumn("责任单位", 24, "left"),
            TableColumn("配合单位", 20, "left"),
            TableColumn("完成状态", 24, "left"),
        ),
        rows=tuple(rows),
        tints=tints,
    )
    return without_empty_columns(table, "类别", "时间节点", "配合单位")


def units_table(board: TaskBoard) -> PrintedTable:
    """One row per unit and form: whether it reported, and how far its tasks are."""
    known = {(one.form_id, one.unit_id): one for one in board.timeliness}
    titles = board.head.form_titles if len(board.forms) > 1 else {}
    rows: list[PrintedRow] = []
    tints: dict[int, str] = {}
    for number, unit in enumerate(board.units):
        report = known.get((unit.form_id, unit.unit_id))
        if report and report.timeliness in _TINTS:
            tints[number] = _TINTS[report.timeliness]
        rows.append(
            (
                number + 1,
                outside_text(unit.unit_name),
                safe_text(titles.get(unit.form_id, "")),
                timeliness_text(report.timeliness, report.days_late) if report else "不在应报之列",
                moment_text(report.received_at) if report else "",
                unit.tasks_owed,
                *_states(unit),
                unit.tasks_backwards,
                unit.tasks_beyond_owed,
            )
        )
    heads = ("应报任务", *_STATES, "状态倒退", "应报以外")
    table = PrintedTable(
        columns=(
            TableColumn("序号", 5),
            TableColumn("单位", 22, "left"),
            TableColumn("报表", 30, "left"),
            TableColumn("报送情况", 14),
            TableColumn("收到时间", 18),
            *(TableColumn(head, 9) for head in heads),
        ),
        rows=tuple(rows),
        tints=tints,
    )
    return without_empty_columns(table, "报表")


def sectors_table(board: TaskBoard) -> PrintedTable:
    """One row per sector plan and unit that reports tasks; the co-operating units also as the document names them."""
    rows: list[PrintedRow] = [
        (
            one.plan_number,
            safe_text(one.plan_name),
            safe_text(one.plan_lead),
            safe_text((one.plan_co_units or "") + (f"（{one.plan_scope}）" if one.plan_scope else "")),
            outside_text(one.unit_name),
            "牵头" if one.role == "lead" else "配合",
            one.tasks_owed,
            *_states(one),
        )
        for one in board.sectors
    ]
    table = PrintedTable(
        columns=(
            TableColumn("序号", 5),
            TableColumn("子方案", 32, "left"),
            TableColumn("牵头单位", 18, "left"),
            TableColumn("配合单位", 24, "left"),
            TableColumn("单位", 18, "left"),
            TableColumn("角色", 7),
            *(TableColumn(head, 8) for head in ("应报任务", *_STATES)),
        ),
        rows=tuple(rows),
    )
    return without_empty_columns(table, "配合单位")


def _states(one: _Counted) -> tuple[int, ...]:
    return (one.tasks_done, one.tasks_in_progress, one.tasks_not_started, one.tasks_unknown, one.tasks_overdue)


def list_name(board: TaskBoard, one: ListCount) -> str:
    """The list's title, with the form where two forms report on one list."""
    shared = [other for other in board.lists if other.list_id == one.list_id]
    return f"{one.list_title}（{board.head.form_titles[one.form_id]}）" if len(shared) > 1 else one.list_title
