"""A small month of tasks written by hand, for the 任务清单 workbook.

甲局 and 乙局 owe task 1, 甲局 owes task 2 and 丙镇 co-operates in it, nobody owes task 3, task 4 is 丙镇's own.

Belongs here: rows of the marts as literals. Does not belong here: what the workbook makes of them (test_task_board.py).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from tests.unit.reports.putuo_head import CAMPAIGN, Row, head_of_reports, reading

KEY: Row = {**CAMPAIGN, "form_id": "lead_tasks", "period": "2024-05"}
BOARD: Row = {**KEY, "cutoff_on": date(2024, 5, 25)}
PHONE = "13800000000"


def counted(done: int, in_progress: int, not_started: int, unknown: int, overdue: int) -> Row:
    names = ("tasks_done", "tasks_in_progress", "tasks_not_started", "tasks_unknown", "tasks_overdue")
    return dict(zip(names, (done, in_progress, not_started, unknown, overdue), strict=True))


def task(
    task_id: str, position: int, goal: str, state: str, words: str, units: tuple[int, int, int], **more: Any
) -> Row:
    owed, reported, done = units
    return {
        **BOARD,
        "list_id": "plan_2024",
        "task_id": task_id,
        "position": position,
        "number": str(position),
        "goal": goal,
        "task_state": state,
        "task_state_name": words,
        "units_owed": owed,
        "units_reported": reported,
        "units_done": done,
        "units_overdue": 0,
        "is_overdue": False,
        **more,
    }


def answer(task_id: str, position: int, unit: tuple[int, str], words: str, cell: str | None, **more: Any) -> Row:
    number, name = unit
    return {
        **BOARD,
        "list_id": "plan_2024",
        "task_id": task_id,
        "position": position,
        "number": str(position),
        "goal": "组建工作专班。",
        "unit_id": f"u{number}",
        "unit_position": number,
        "unit_name": name,
        "role_name": "责任",
        "is_owed": True,
        "has_status": cell is not None,
        "status_words": words,
        "is_done": words == "已完成",
        "is_overdue": False,
        "is_backwards": False,
        "file_name": f"{name}.xlsx" if cell else None,
        "source_cell": cell,
        **more,
    }


def unit(number: int, name: str, owed: int, **states: int) -> Row:
    return {
        **KEY,
        "unit_id": f"u{number}",
        "unit_position": number,
        "unit_name": name,
        "tasks_owed": owed,
        "tasks_backwards": 0,
        "tasks_beyond_owed": 0,
        **states,
    }


FIRST: Row = {
    "section": "部署发动",
    "theme": "组建专班",
    "due_text": "4月",
    "lead_units": "甲局、乙局",
    "leaders": "区领导01、区领导02",
    "units_overdue": 1,
    "is_overdue": True,
}
READINGS = [reading("X12", "groups", "成员单位没有名单。"), reading("X14", "narratives", "字数怎么算。")]
MARTS: dict[str, list[Row]] = {
    **head_of_reports(READINGS, {"lead_tasks": "任务清单完成情况"}),
    "dim_task_leaders": [
        {**CAMPAIGN, "task_id": "T1", "leader_id": f"leader_0{n}", "leader_label": f"区领导0{n}"} for n in (1, 2)
    ],
    "rpt_list_progress": [
        {**BOARD, "list_id": "own", "list_title": "单位自定的任务", "tasks": 1, **counted(0, 0, 1, 0, 0)},
        {**BOARD, "list_id": "plan_2024", "list_title": "2024年工作计划表", "tasks": 3, **counted(1, 1, 0, 1, 1)},
    ],
    "rpt_task_board": [
        task("T1", 1, "组建工作专班。", "in_progress", "推进中", (2, 1, 1), **FIRST),
        task("T2", 2, '=HYPERLINK("x")', "done", "已完成", (1, 2, 2), lead_units="甲局", co_units="丙镇"),
        task("T3", 3, "清零。", "unknown", "未报", (0, 0, 0), lead_units="区安委会办公室"),
        task(
            "T4",
            1,
            "装栏杆",
            "not_started",
            "未启动",
            (1, 1, 0),
            **{"list_id": "own", "owner_unit_name": "丙镇", "owner_unit_position": 3},
        ),
    ],
    "rpt_task_answers": [
        answer("T1", 1, (1, "甲局"), "已完成", "填报表!F6", progress=f"已印发，电话{PHONE}", evidence="1号文"),
        answer("T1", 1, (2, "乙局"), "未报", None, is_overdue=True),
        answer("T2", 2, (1, "甲局"), "已完成", "填报表!F7"),
        answer("T2", 2, (3, "丙镇"), "推进中", "表格1!R3C5", role_name="配合", is_owed=False, reason="人手不足"),
        answer("T4", 1, (3, "丙镇"), "未启动", "填报表!E6", list_id="own", is_backwards=True, is_overdue=True)
        | {"previous_status_name": "推进中", "previous_status_period": "2024-04", "owner_unit_position": 3},
    ],
    "rpt_leader_progress": [
        {**KEY, "leader_id": f"leader_0{n}", "leader_label": f"区领导0{n}", "tasks": 1, **counted(0, 1, 0, 0, 1)}
        for n in (1, 2)
    ],
    "rpt_unit_progress": [
        unit(1, "甲局", 2, **counted(2, 0, 0, 0, 0)),
        unit(2, "乙局", 1, **counted(0, 0, 0, 1, 1)),
        unit(3, "丙镇", 0, **counted(0, 0, 0, 0, 0)),
    ],
    "rpt_sector_progress": [
        {
            **KEY,
            "plan_id": "construction",
            "plan_number": 5,
            "plan_name": "建设子方案",
            "plan_lead": "甲局",
            "plan_co_units": "房管局",
            "plan_scope": "涉及自建房部分",
            "role": "lead",
            "unit_id": "u1",
            "unit_name": "甲局",
            "tasks_owed": 2,
            **counted(2, 0, 0, 0, 0),
        }
    ],
    "rpt_timeliness": [
        {**KEY, "unit_id": "u1", "timeliness": "late", "days_late": 2, "received_at": datetime(2024, 5, 27, 9)},
        {**KEY, "unit_id": "u2", "timeliness": "missing"},
    ],
}
