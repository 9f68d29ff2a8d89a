"""普陀 2024—2026: plans in March, texts and tasks of lead units in May, the streets' quarter in June.

Belongs here: invented content and the answers that follow from it. Does not belong here: how it is run (office_run.py).
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from orchestration.demo.letters import Letter, Row
from orchestration.demo.office import Office, Question

_MARCH, _MAY, _JUNE = datetime(2024, 3, 25, 11), datetime(2024, 5, 24, 15), datetime(2024, 6, 24, 15)
_EMERGENCY, _EDUCATION, _CAOYANG, _CHANGFENG = "区应急局", "区教育局", "曹杨新村街道", "长风新村街道"
_SHORT = "检查十二次。"  # six characters in each of the four parts
_PARTS = ("亮点工作", "困难问题", "重大隐患情况", "整改计划")
_CONSTRUCTION, _STATE_ASSETS, _FIRE = "区建设管理委", "区国资委", "区消防救援支队"
# Lead units that send May's task list beside 区应急局, and how; 区商务委 and 区体育局 send none.
_LEADS = {
    _EDUCATION: "xlsx",
    "区公安分局": "xlsx",
    "区民政局": "docx",
    "区生态环境局": "csv",
    _CONSTRUCTION: "xlsx",
    "区文化旅游局": "docx",
    "区卫生健康委": "xlsx",
    _STATE_ASSETS: "xlsx",
    "区市场监管局": "csv",
    _FIRE: "xlsx",
}
_BEYOND: dict[str, tuple[Row, ...]] = {  # what a unit says of tasks that not all of them have
    _CONSTRUCTION: ({"number": "9", "status": "推进中", "progress": "已在12个工地开展"},),
    _STATE_ASSETS: ({"number": "9", "status": "已完成", "progress": "区属企业均已签订", "evidence": "承诺书汇编"},),
    _FIRE: ({"number": "23", "status": "推进中", "progress": "系统已试用"},),
}


def _tasks_of_may(unit: str) -> tuple[Row, ...]:
    """Tasks 5, 6 and 18, which every lead unit has; 区教育局 has not finished task 5, which was due in April."""
    planned: Row = {"number": "5", "status": "已完成", "progress": "方案已细化下发", "evidence": "工作方案"}
    if unit == _EDUCATION:
        planned = {"number": "5", "status": "推进中", "progress": "子方案正在会签", "reason": "征求学校意见时间较长"}
    return (
        planned,
        {"number": "6", "status": "推进中", "progress": "党组已专题研究一次"},
        {"number": "18", "status": "推进中", "progress": "已组织判定标准学习两场"},
        *_BEYOND.get(unit, ()),
    )


_SPRING = (
    *(
        Letter(_MARCH, f"{unit}子方案.docx", "sub_plan", unit, "2024-03", _MARCH.date(), parts={"工作安排": "（合成）"})
        for unit in (_EMERGENCY, _EDUCATION)
    ),
    Letter(
        _MARCH,
        "曹杨联络员.xlsx",
        "liaison_list",
        _CAOYANG,
        "2024-03",
        _MARCH.date(),
        ({"unit": _CAOYANG, "person_name": "测试员丙", "post": "科长", "phone": "13800000001"},),
    ),
)
_OF_MAY = (
    Letter(
        _MAY,
        "应急局5月情况.docx",
        "lead_narrative",
        _EMERGENCY,
        "2024-05",
        _MAY.date(),
        parts=dict.fromkeys(_PARTS, _SHORT),
    ),
    Letter(
        _MAY,
        "教育局5月情况.docx",
        "lead_narrative",
        _EDUCATION,
        "2024-05",
        _MAY.date(),
        parts={"亮点工作": "安全" * 450 + "。"},
    ),
    Letter(
        _MAY,
        "应急局5月任务清单.xlsx",
        "lead_tasks",
        _EMERGENCY,
        "2024-05",
        _MAY.date(),
        (
            {"number": "5", "status": "已完成", "progress": "方案已细化下发"},
            {"number": "9", "status": "已完成", "progress": "已印发", "evidence": "会议纪要"},
            {"number": "13", "status": "推进中", "progress": "正在起草"},
            {"number": "28", "status": "已完成", "progress": "联席机制已建立", "evidence": "会议纪要"},
            {"number": "99", "status": "推进中", "progress": "计划表上没有这一项"},
        ),
    ),
    *(
        Letter(_MAY, f"{unit}5月任务清单.{ending}", "lead_tasks", unit, "2024-05", _MAY.date(), _tasks_of_may(unit))
        for unit, ending in _LEADS.items()
    ),
    Letter(
        _MAY,
        "应急局事故.csv",
        "accidents",
        _EMERGENCY,
        "2024-05",
        _MAY.date(),
        (
            {
                "accident_number": "2024-1",
                "occurred_on": date(2024, 4, 3),
                "place": "长征镇",
                "grade": "一般",
                "deaths": Decimal(1),
            },
            {
                "accident_number": "2024-2",
                "occurred_on": date(2024, 5, 6),
                "place": _CAOYANG,
                "grade": "一般",
                "deaths": Decimal(1),
            },
        ),
    ),
    Letter(
        _MAY,
        "长寿路亮点.docx",
        "street_highlight",
        "长寿路街道",
        "2024-05",
        _MAY.date(),
        parts={"亮点工作": "楼宇安全联盟（合成数据）。"},
    ),
)
_OF_JUNE = (
    *(
        Letter(
            _JUNE,
            f"{unit}二季度.docx",
            "street_return",
            unit,
            "2024Q2",
            _JUNE.date(),
            parts={"工作情况": "有序推进（合成数据）。"},
        )
        for unit in (_CAOYANG, _CHANGFENG)
    ),
    Letter(
        _JUNE,
        "曹杨专题会议.docx",
        "leader_meetings",
        _CAOYANG,
        "2024Q2",
        _JUNE.date(),
        ({"held_on": date(2024, 5, 10), "meeting": "专题研究会议", "chaired_by": "党工委书记"},),
    ),
)

OFFICE = Office(
    campaign_id="putuo_2024_2026",
    words="普陀区 2024—2026：子方案、联络员、牵头单位每月情况和任务清单、街道每季度情况、事故",
    letters=(*_SPRING, *_OF_MAY, *_OF_JUNE),
    nights=(datetime(2024, 3, 26, 1, 30), datetime(2024, 5, 26, 1, 30), datetime(2024, 6, 26, 1, 30)),
    questions=(
        Question(
            "收到的报送件",
            ("状态", "件数"),
            "select status, count(*) from fct_submissions where campaign_id = ? group by 1 order by 1",
            (("accepted", 21),),
        ),
        Question(
            "牵头单位5月情况：字数（X14）和是否超过800字",
            ("单位", "字数", "超过"),
            "select unit_name, counted_length, is_over_limit from fct_narratives where campaign_id = ? "
            "and form_id = 'lead_narrative' order by counted_length",
            ((_EMERGENCY, 24, False), (_EDUCATION, 901, True)),
        ),
        Question(
            "任务9（责任单位三家）5月的进展",
            ("单位", "状态"),
            "select unit_name, status from fct_task_progress "
            "where campaign_id = ? and period = '2024-05' and task_id = 'PT2024-09' order by unit_position",
            ((_CONSTRUCTION, "in_progress"), (_STATE_ASSETS, "done"), (_EMERGENCY, "done")),
        ),
        Question(  # 28 done; 5, 6, 9, 13, 18, 23 under way; 4 (due in March, nobody owes it) and 5 overdue
            "2024年工作计划表5月进展（项）",
            ("任务数", "已完成", "推进中", "未启动", "没有状态", "其中逾期"),
            "select tasks, tasks_done, tasks_in_progress, tasks_not_started, tasks_unknown, tasks_overdue "
            "from rpt_list_progress where campaign_id = ? and period = '2024-05'",
            ((35, 1, 6, 0, 28, 2),),
        ),
        Question(
            "街道二季度情况是否报来",
            ("按时性", "街道数"),
            "select timeliness, count(*) from rpt_timeliness where campaign_id = ? and form_id = 'street_return' "
            "and period = '2024Q2' group by 1 order by 1",
            (("missing", 6), ("on_time", 2)),
        ),
        Question(
            "主要负责人专题会议（二季度应开一次）",
            ("单位", "应开", "已开"),
            "select unit_name, times, done_count from fct_obligations where campaign_id = ? and period = '2024Q2' "
            "and done_count > 0",
            ((_CAOYANG, 1, 1),),
        ),
        Question(
            "事故目标（两种口径都列，X5）：2023年的数没有报来，不能判断",
            ("目标", "口径", "今年", "2023年", "达到"),
            "select target_name, reading, current_value, base_value, reached from rpt_accident_targets "
            "where campaign_id = ? order by target_id",
            (
                ("生产安全事故起数", "body", 2, None, "unknown"),  # 一（二）三年下降10%
                ("生产安全事故死亡人数", "plan_table", 2, None, "unknown"),  # 附件1第2行 2024年下降5%
                ("生产安全事故死亡人数", "body", 2, None, "unknown"),
            ),
        ),
    ),
)
