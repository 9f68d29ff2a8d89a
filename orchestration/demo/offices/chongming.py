"""崇明 2023: the 46 items and the leaders' 21, accidents of the quarter, key enterprises at the end of the year.

Belongs here: invented content and the answers that follow from it. Does not belong here: how it is run (office_run.py).
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from orchestration.demo.letters import Letter
from orchestration.demo.office import Office, Question

_SPRING, _WINTER = datetime(2023, 3, 30, 10), datetime(2023, 12, 28, 10)
_EMERGENCY = "区应急局"

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
            ({"number": "2", "status": "已完成", "progress": "已组织学习"},),
        ),
        Letter(
            _SPRING,
            "应急局一季度事故.xlsx",
            "accidents",
            _EMERGENCY,
            "2023Q1",
            _SPRING.date(),
            (
                {
                    "accident_number": "2023-1",
                    "occurred_on": date(2023, 2, 14),
                    "place": "堡镇",
                    "grade": "一般",
                    "deaths": Decimal(1),
                    "closed_on": date(2023, 3, 20),
                },
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
    nights=(datetime(2023, 4, 1, 1, 30), datetime(2024, 1, 1, 1, 30)),
    questions=(
        Question(
            "收到的报送件",
            ("状态", "件数"),
            "select status, count(*) from fct_submissions where campaign_id = ? group by 1 order by 1",
            (("accepted", 5),),
        ),
        Question(
            "46项和21项一季度报来的进展",
            ("任务", "单位", "状态"),
            "select task_id, unit_name, status from fct_task_progress where campaign_id = ? and period = '2023Q1' "
            "and submission_id is not null and source_cell is not null order by task_id, unit_position",
            (
                ("CL2023-02", _EMERGENCY, "done"),
                ("CM2023-29", "城桥镇", "done"),
                ("CM2023-29", _EMERGENCY, "in_progress"),
                ("CM2023-45", _EMERGENCY, "done"),
            ),
        ),
        Question(
            "一季度事故",
            ("编号", "等级", "死亡", "结案"),
            "select accident_number, grade, deaths, closed_on from fct_accidents where campaign_id = ?",
            (("2023-1", "general", 1, date(2023, 3, 20)),),
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
