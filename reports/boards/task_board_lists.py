"""The long lists of a task board: each task list as issued, and what every unit said.

Belongs here: rows of the marts turned into printed rows, colours and words of a task's state. Does not belong here: the
counts by list, leader, unit and sector (task_board_counts.py), drawing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from reports.boards.task_board_rows import BoardTask, ListCount, TaskAnswer, TaskBoard
from reports.paper.printed_table import PrintedTable, TableColumn, without_empty_columns
from reports.paper.safe_text import outside_text, safe_text
from reports.paper.wording import some_names
from reports.paper.workbook import DONE_FILL, LATE_FILL, MISSING_FILL

ANSWERS: Final = "分单位进展"
LEGEND: Final = "底色：橙为逾期未完成，绿为已完成，灰为没有单位报状态"
_MOST_NAMES: Final = 8
_MOST_LINES: Final = 12
_MOST_ANSWERS: Final = 3
_LONGEST_GOAL: Final = 60  # characters of a task where it is named and not listed


def list_table(board: TaskBoard, count: ListCount) -> PrintedTable:
    """One row per task in the order of the list; units' words in the order of the roster."""
    rows, tints = [], {}
    for number, task in enumerate(board.tasks_of(count)):
        if tint := state_tint(task):
            tints[number] = tint
        answers = [answer for answer in board.answers_to(task) if answer.source_cell]
        rows.append(
            (
                safe_text(task.number or str(number + 1)),
                outside_text(task.owner_unit_name),
                safe_text(task.section or ""),
                outside_text("\n".join(filter(None, (task.theme, task.goal)))),
                outside_text(task.due_text),
                outside_text(task.lead_units),
                safe_text(task.co_units or ""),
                safe_text((task.leaders or "").replace("、", "\n")),
                state_text(board, task),
                _told(task, answers, _own_progress if task.owner_unit_name else _progress),
                _told(task, [answer for answer in answers if answer.evidence], lambda answer: answer.evidence or ""),
                _places(board, answers),
            )
        )
    table = PrintedTable(
        columns=(
            TableColumn("序号", 4),
            TableColumn("单位", 16, "left"),
            TableColumn("类别", 11, "left"),
            TableColumn("任务", 36, "left"),
            TableColumn("时间节点", 9),
            TableColumn("责任单位", 16, "left"),
            TableColumn("配合单位", 12, "left"),
            TableColumn("区领导", 9),
            TableColumn("完成状态", 20, "left"),
            TableColumn("进展", 32, "left"),
            TableColumn("佐证", 16, "left"),
            TableColumn("出处", 23, "left", size=8),
        ),
        rows=tuple(rows),
        tints=tints,
    )
    return without_empty_columns(table, "单位", "类别", "时间节点", "配合单位", "区领导", "佐证")


def answers_table(board: TaskBoard) -> PrintedTable:
    """One row per unit and task that stands in a file, unit by unit."""
    rows, tints = [], {}
    for number, answer in enumerate(board.said):
        if answer.is_overdue or answer.is_backwards:
            tints[number] = LATE_FILL
        elif answer.is_done:
            tints[number] = DONE_FILL
        rows.append(
            (
                number + 1,
                outside_text(answer.unit_name),
                safe_text(answer.number or ""),
                outside_text(shortened(answer.goal)),
                answer.role_name,
                _status(answer),
                outside_text(answer.progress),
                outside_text(answer.evidence),
                outside_text(answer.reason),
                outside_text(answer.file_name),
                outside_text(answer.source_cell),
            )
        )
    table = PrintedTable(
        columns=(
            TableColumn("序号", 5),
            TableColumn("单位", 14, "left"),
            TableColumn("任务号", 6),
            TableColumn("任务", 30, "left"),
            TableColumn("角色", 6),
            TableColumn("完成状态", 13),
            TableColumn("完成情况", 30, "left"),
            TableColumn("佐证材料", 14, "left"),
            TableColumn("原因说明", 14, "left"),
            TableColumn("文件", 22, "left", size=8),
            TableColumn("位置", 11),
        ),
        rows=tuple(rows),
        empty="本期还没有单位报任务进展。",
        tints=tints,
    )
    return without_empty_columns(table, "任务号", "佐证材料", "原因说明")


def state_tint(task: BoardTask) -> str:
    """The colour of a task; its words say the same."""
    if task.is_overdue:
        return LATE_FILL
    return {"done": DONE_FILL, "unknown": MISSING_FILL}.get(task.task_state, "")


def state_text(board: TaskBoard, task: BoardTask) -> str:
    """The task's state, how many units it rests on, and who is silent or overdue, in the order of the roster."""
    lines = [f"{task.task_state_name}（逾期）" if task.is_overdue else task.task_state_name]
    answers = board.answers_to(task)
    if task.owner_unit_name:
        return lines[0]
    if not task.units_owed:
        told = f"，自行报来{task.units_reported}家" if task.units_reported else ""
        lines.append(f"责任单位不在本表应报单位之列{told}")
    elif not task.units_reported:
        lines.append(f"应报{task.units_owed}家，均未报")
    elif task.units_owed > 1:
        lines.append(f"应报{task.units_owed}家，报来{task.units_reported}家，完成{task.units_done}家")
        lines += _named("未报", [answer for answer in answers if answer.is_owed and not answer.has_status])
        lines += _named("逾期", [answer for answer in answers if answer.is_overdue])
    return "\n".join(lines)


def _named(words: str, answers: Sequence[TaskAnswer]) -> list[str]:
    names = [outside_text(answer.unit_name) for answer in answers]
    return [f"{words}：{some_names(names, _MOST_NAMES)}"] if names else []


def shortened(goal: str) -> str:
    return goal if len(goal) <= _LONGEST_GOAL else f"{goal[:_LONGEST_GOAL]}…"


def _status(answer: TaskAnswer) -> str:
    marks = ["逾期"] if answer.is_overdue else []
    if answer.is_backwards:
        marks.append(f"{answer.previous_status_period}为{answer.previous_status_name}")
    return safe_text(answer.status_words + (f"（{'，'.join(marks)}）" if marks else ""))


def _progress(answer: TaskAnswer) -> str:
    return f"（{answer.status_words}）{answer.progress or ''}"


def _places(board: TaskBoard, answers: Sequence[TaskAnswer]) -> str:
    """Where the only answer stands, or the lines of the list of answers, which name file and cell of each."""
    if len(answers) == 1:
        return outside_text(f"{answers[0].file_name} {answers[0].source_cell}")
    lines = [str(board.line_of(answer)) for answer in answers]
    more = f"…共{len(lines)}" if len(lines) > _MOST_LINES else ""
    return f"见“{ANSWERS}”第{'、'.join(lines[:_MOST_LINES])}{more}行" if lines else ""


def _own_progress(answer: TaskAnswer) -> str:
    """Of a task that one unit has set itself, the state stands in a column of its own."""
    return answer.progress or ""


def _told(task: BoardTask, answers: Sequence[TaskAnswer], words: Callable[[TaskAnswer], str]) -> str:
    """A line per unit, as many as a cell has room for; the rest stands in the list of answers."""
    lines = [
        words(answer) if task.owner_unit_name else f"{answer.unit_name}：{words(answer)}"
        for answer in answers[:_MOST_ANSWERS]
    ]
    if len(answers) > _MOST_ANSWERS:
        lines.append(f"等 {len(answers)} 家，见“{ANSWERS}”")
    return outside_text("\n".join(lines))
