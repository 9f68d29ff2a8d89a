"""崇明 2023: the 46 items and the leaders' 21, accidents of the quarter, key enterprises at the end of the year.

Belongs here: invented content and the answers that follow from it. Does not belong here: how it is run (office_run.py).
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from orchestration.demo.letters import Letter
from orchestration.demo.office import Office, Question

_SPRING, _SUMMER, _WINTER = datetime(2023, 3, 30, 10), datetime(2023, 6, 29, 10), datetime(2023, 12, 28, 10)
_EMERGENCY = "区应急局"


def _accident(
    number: str, day: date, place: str, industry: str, grade: str, deaths: int, closed_on: date | None = None
) -> dict[str, Any]:
    """One line of the list; the enterprise is invented."""
    line: dict[str, Any] = {
        "accident_number": number,
        "occurred_on": day,
        "place": place,
        "industry": industry,
        "enterprise": f"某{industry}企业（虚构）",
        "grade": grade,
        "deaths": Decimal(deaths),
        "injured": Decimal(0),
    }
    return line | ({"closed_on": closed_on} if closed_on else {})


OFFICE = Office(
    campaign_id="chongming_2023",
    words="崇明区 2023：46项任务、区领导21项任务、事故、工贸重点企业",
    letters=(
        Letter(
            _SPRING,
            "应急局46项进展.docx",
            "opinion_tasks",
            _EMERGENCY,
            "2023Q1",
            _SPRING.date(),
            (
                {"number": "29", "status": "推进中", "progress": "正在核实"},
                {"number": "45", "status": "已完成", "progress": "机制已建立"},
            ),
        ),
        Letter(
            _SPRING,
            "城桥镇46项进展.csv",
            "opinion_tasks",
            "城桥镇",
            "2023Q1",
            _SPRING.date(),
            ({"number": "29", "status": "已完成", "progress": "已报送"},),
        ),
        Letter(
            _SPRING,
            "应急局21项进展.xlsx",
            "leader_tasks",
            _EMERGENCY,
            "2023Q1",
            _SPRING.date(),
            (
                {"number": "2", "status": "已完成", "progress": "已组织学习"},
                {"number": "12", "status": "已完成", "progress": "重大危险源企业已全部检查", "evidence": "检查记录"},
                {"number": "19", "status": "推进中", "progress": "机构设置方案已报"},
                {"number": "20", "status": "推进中", "progress": "总体预案正在修编"},
                {"number": "21", "status": "未启动", "progress": "二季度开展"},
            ),
        ),
        *(
            Letter(
                _SPRING,
                f"{unit}21项进展.{ending}",
                "leader_tasks",
                unit,
                "2023Q1",
                _SPRING.date(),
                ({"number": number, "status": status, "progress": progress},),
            )
            for unit, ending, number, status, progress in (
                ("区交通委", "docx", "16", "推进中", "已排查道路隐患点9处"),
                ("区市场监管局", "csv", "17", "已完成", "电梯监管系统已上线"),
            )
        ),
        Letter(
            _SPRING,
            "应急局一季度事故.xlsx",
            "accidents",
            _EMERGENCY,
            "2023Q1",
            _SPRING.date(),
            (_accident("2023-1", date(2023, 2, 14), "堡镇", "工贸", "一般", 1, date(2023, 3, 20)),),
        ),
        Letter(
            _SUMMER,
            "应急局二季度事故.docx",
            "accidents",
            _EMERGENCY,
            "2023Q2",
            _SUMMER.date(),
            (
                _accident("2022-1", date(2022, 3, 5), "港西镇", "建筑施工", "一般", 2, date(2022, 5, 10)),
                _accident("2022-2", date(2022, 5, 20), "堡镇", "工贸", "一般", 1, date(2022, 7, 1)),
                _accident("2023-2", date(2023, 4, 18), "陈家镇", "建筑施工", "一般", 1, date(2023, 6, 20)),
                _accident("2023-3", date(2023, 6, 3), "新河镇", "建筑施工", "较大", 3),
            ),
        ),
        Letter(
            _SUMMER,
            "公安分局二季度事故.xlsx",
            "accidents",
            "区公安分局",
            "2023Q2",
            _SUMMER.date(),
            (_accident("公-1", date(2023, 5, 9), "城桥镇", "道路运输", "一般", 1),),
        ),
        Letter(
            _WINTER,
            "应急局四季度事故.xlsx",
            "accidents",
            _EMERGENCY,
            "2023Q4",
            _WINTER.date(),
            (
                _accident("2023-3", date(2023, 6, 3), "新河镇", "建筑施工", "较大", 3, date(2023, 9, 1)),
                _accident("2023-4", date(2023, 11, 11), "堡镇", "工贸", "一般", 1),
            ),
        ),
        Letter(
            _WINTER,
            "重点企业台账.xlsx",
            "key_enterprises",
            _EMERGENCY,
            "2023-12",
            _WINTER.date(),
            (
                {"enterprise": "某木业（虚构）", "category": "粉尘涉爆", "place": "新河镇", "has_file": "是"},
                {"enterprise": "某冷库（虚构）", "category": "涉氨制冷", "place": "堡镇", "has_file": "否"},
            ),
        ),
    ),
    nights=(datetime(2023, 7, 10, 1, 30), datetime(2024, 1, 10, 1, 30)),
    questions=(
        Question(
            "收到的报送件",
            ("状态", "件数"),
            "select status, count(*) from fct_submissions where campaign_id = ? group by 1 order by 1",
            (("accepted", 10),),
        ),
        Question(  # 02 is under way for all eight; 12 is 02's, 16 is 03's and 06's, 17 is 08's, 19 to 21 are 02's
            "一季度区领导名下的任务（项）",
            ("区领导", "任务", "已完成", "推进中", "未启动", "没有状态"),
            "select leader_label, tasks, tasks_done, tasks_in_progress, tasks_not_started, tasks_unknown "
            "from rpt_leader_progress where campaign_id = ? and period = '2023Q1' order by leader_id",
            (
                ("区领导01", 3, 0, 1, 0, 2),
                ("区领导02", 17, 1, 3, 1, 12),
                ("区领导03", 10, 0, 2, 0, 8),
                ("区领导04", 7, 0, 1, 0, 6),
                ("区领导05", 5, 0, 1, 0, 4),
                ("区领导06", 9, 0, 2, 0, 7),
                ("区领导07", 5, 0, 1, 0, 4),
                ("区领导08", 8, 1, 1, 0, 6),
            ),
        ),
        Question(
            "46项和21项一季度报来的进展",
            ("任务", "单位", "状态"),
            "select task_id, unit_name, status from fct_task_progress where campaign_id = ? and period = '2023Q1' "
            "and submission_id is not null and source_cell is not null order by task_id, unit_position",
            (
                ("CL2023-02", _EMERGENCY, "done"),
                ("CL2023-12", _EMERGENCY, "done"),
                ("CL2023-16", "区交通委", "in_progress"),
                ("CL2023-17", "区市场监管局", "done"),
                ("CL2023-19", _EMERGENCY, "in_progress"),
                ("CL2023-20", _EMERGENCY, "in_progress"),
                ("CL2023-21", _EMERGENCY, "not_started"),
                ("CM2023-29", "城桥镇", "done"),
                ("CM2023-29", _EMERGENCY, "in_progress"),
                ("CM2023-45", _EMERGENCY, "done"),
            ),
        ),
        Question(
            "事故：以新报的为准，应何日结案、是否按时",
            ("编号", "等级", "死亡", "应结案", "情况"),
            "select accident_number, grade, deaths, closing_due_on, closing_state from rpt_accidents "
            "where campaign_id = ? and occurred_on >= '2023-01-01' order by occurred_on",
            (
                ("2023-1", "general", 1, date(2023, 4, 30), "closed_in_time"),
                ("2023-2", "general", 1, date(2023, 7, 2), "closed_in_time"),
                ("公-1", "general", 1, date(2023, 7, 23), "overdue"),
                ("2023-3", "serious", 3, date(2023, 8, 17), "closed_late"),
                ("2023-4", "general", 1, date(2024, 1, 25), "open"),
            ),
        ),
        Question(
            "各季度事故起数、死亡人数和上年同期（三季度没有人报，不是0）",
            ("季度", "起数", "死亡", "上年起数", "上年死亡"),
            "select period, accidents, deaths, base_accidents, base_deaths from rpt_accident_summary "
            "where campaign_id = ? and cadence = 'quarterly' and cut = 'all' order by period",
            (("2023Q1", 1, 1, 1, 2), ("2023Q2", 3, 5, 1, 1), ("2023Q3", None, None, 0, 0), ("2023Q4", 1, 1, 0, 0)),
        ),
        Question(
            "工贸重点企业",
            ("企业", "类别"),
            "select max(case when column_name = '企业名称' then printed_value end), "
            "max(case when column_name = '重点类别' then printed_value end) from rpt_registers "
            "where campaign_id = ? group by row_key order by 2",
            (("某冷库（虚构）", "涉氨制冷"), ("某木业（虚构）", "粉尘涉爆")),
        ),
    ),
)
