"""宝山国资委 2024: six enterprises with plans and tasks of their own; one is late, and 国资委's return rests on it.

Belongs here: invented content and the answers that follow from it. Does not belong here: how it is run (office_run.py).
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from orchestration.demo.letters import Letter, Row
from orchestration.demo.office import Office, Question

NAMES = tuple(f"区属企业{name}（虚构）" for name in "甲乙丙丁戊己")
_PLANNED, _MAY, _LATE = datetime(2024, 4, 28, 10), datetime(2024, 5, 20, 15), datetime(2024, 5, 22, 9)
_AGREEMENTS, _TRAINING = "完善出租出借网点安全管理协议", "主要负责人和安全管理人员全员培训"
_ENDINGS = ("xlsx", "xlsx", "docx", "docx", "csv", "xlsx")
# Per enterprise: how its two tasks stand in May.
_STATUS = (
    ("已完成", "推进中"),
    ("推进中", "推进中"),
    ("已完成", "已完成"),
    ("推进中", "未启动"),
    ("未启动", "未启动"),
    ("推进中", "推进中"),
)


def _plan(number: int, unit: str) -> tuple[Letter, Letter]:
    tasks: tuple[Row, ...] = (
        {"number": "1", "goal": _AGREEMENTS, "lead_units": "资产部", "due": "2024年6月"},
        {"number": "2", "goal": _TRAINING, "lead_units": "安全部", "due": "2024年12月"},
    )
    ending = _ENDINGS[number]
    listed = Letter(_PLANNED, f"{unit}任务清单.{ending}", "task_list", unit, "2024-04", _PLANNED.date(), tasks)
    headings = {"工作目标": "年内不发生亡人事故。", "主要任务": "见任务清单。", "保障措施": "明确责任，落实经费。"}
    plan = Letter(_PLANNED, f"{unit}工作方案.docx", "work_plan", unit, "2024-04", _PLANNED.date(), parts=headings)
    return listed, plan


def _month(number: int, unit: str) -> tuple[Letter, Letter]:
    """May's task list and report; the sixth enterprise sends its report two days late."""
    first, second = _STATUS[number]
    tasks: tuple[Row, ...] = (
        {"number": "1", "goal": _AGREEMENTS, "due": "2024年6月", "status": first, "progress": "按计划进行"},
        {"number": "2", "goal": _TRAINING, "due": "2024年12月", "status": second, "progress": "按计划进行"},
    )
    name = f"{unit}5月任务清单完成情况.{_ENDINGS[number]}"
    at = _LATE if number == 5 else _MAY
    listed = Letter(_MAY, name, "task_progress", unit, "2024-05", _MAY.date(), tasks)
    text = {"工作开展情况": "本月开展安全检查，问题均已整改（合成数据）。"}
    return listed, Letter(at, f"{unit}5月工作开展情况.docx", "work_report", unit, "2024-05", at.date(), parts=text)


def _held(day: int, event: str, led_by: str, found: int) -> Row:
    return {
        "held_on": date(2024, 5, day),
        "event": event,
        "led_by": led_by,
        "site_name": "东街一号店",
        "hazards_found": Decimal(found),
        "hazards_rectified": Decimal(found),
    }


_INSPECTIONS = (
    Letter(
        _MAY,
        "丙带队检查.xlsx",
        "inspections",
        NAMES[2],
        "2024-05",
        _MAY.date(),
        (_held(8, "主要负责人带队检查", "董事长", 3), _held(15, "疏散逃生演练", "总经理", 0)),
    ),
    Letter(
        _MAY,
        "甲带队检查.docx",
        "inspections",
        NAMES[0],
        "2024-05",
        _MAY.date(),
        (_held(9, "主要负责人带队检查", "董事长", 1),),
    ),
)
_SITES = Letter(
    _MAY,
    "甲网点清单.xlsx",
    "site_register",
    NAMES[0],
    "2024",
    _MAY.date(),
    (
        {"site_name": "东街一号店", "address": "东街1号", "use": "出租出借", "operator": "某超市（虚构）"},
        {"site_name": "西街仓库", "address": "西街9号", "use": "自营"},
    ),
)


def _hazard(number: str, hazard: str, level: str, rectified_on: date | None) -> Row:
    found: Row = {
        "hazard_number": number,
        "site_name": "东街一号店",
        "hazard": hazard,
        "level": level,
        "found_on": date(2024, 5, 9),
        "measure": "立即整改",
        "person_in_charge": "测试员丁",
        "due_on": date(2024, 5, 31),
    }
    return {**found, "rectified_on": rectified_on} if rectified_on else found


_HAZARDS = (
    Letter(
        _MAY,
        "甲隐患清单.xlsx",
        "hazard_register",
        NAMES[0],
        "2024",
        _MAY.date(),
        (
            _hazard("甲-1", "疏散通道堆放杂物", "一般", date(2024, 5, 16)),
            _hazard("甲-2", "承租方擅自设置员工宿舍", "重大", None),
        ),
    ),
    Letter(
        _MAY,
        "丙隐患清单.docx",
        "hazard_register",
        NAMES[2],
        "2024",
        _MAY.date(),
        (_hazard("丙-1", "配电箱未上锁", "一般", date(2024, 5, 10)),),
    ),
)
_UNKNOWN = Letter(
    _MAY,
    "区属企业庚5月工作开展情况.docx",
    "work_report",
    "区属企业庚（虚构）",
    "2024-05",
    _MAY.date(),
    parts={"工作开展情况": "（合成数据）"},
)
_RETURN = Letter(
    datetime(2024, 5, 24, 11),
    "国资委5月报送.docx",
    "district_return",
    "区国资委",
    "2024-05",
    date(2024, 5, 24),
    parts={"工作开展情况": "六家企业按计划推进（合成数据）。"},
)

OFFICE = Office(
    campaign_id="baoshan_soe_2024",
    words="宝山区国资委 2024：六家区管企业的方案、任务清单、每月进展、带队检查、网点和隐患",
    letters=(
        *(letter for number, unit in enumerate(NAMES) for letter in _plan(number, unit)),
        *(letter for number, unit in enumerate(NAMES) for letter in _month(number, unit)),
        *_INSPECTIONS,
        _SITES,
        *_HAZARDS,
        _UNKNOWN,
        _RETURN,
    ),
    nights=(datetime(2024, 5, 1, 1, 30), datetime(2024, 5, 26, 1, 30)),
    questions=(
        Question(
            "收到的报送件",
            ("状态", "件数"),
            "select status, count(*) from fct_submissions where campaign_id = ? group by 1 order by 1",
            (("accepted", 30), ("quarantined", 1)),  # 12 plans, 12 of May, 2 of inspections, 3 registers, 国资委; 庚
        ),
        Question(
            "企业5月任务进展（条）",
            ("状态", "条数"),
            "select status, count(*) from fct_task_progress where campaign_id = ? and period = '2024-05' "
            "and list_id = 'own' group by 1 order by 1",
            (("done", 3), ("in_progress", 6), ("not_started", 3)),
        ),
        Question(
            "5月工作开展情况是否按时",
            ("按时性", "企业数"),
            "select timeliness, count(*) from rpt_timeliness where campaign_id = ? and form_id = 'work_report' "
            "and period = '2024-05' group by 1 order by 1",
            (("late", 1), ("on_time", 5)),
        ),
        Question(
            "国资委的报送齐不齐",
            ("按时性", "上一环齐否", "迟报或未报的企业"),
            "select timeliness, upstream_complete, upstream_late_units from rpt_timeliness where campaign_id = ? "
            "and form_id = 'district_return' and period = '2024-05'",
            (("on_time", False, "区属企业己（虚构）（迟报）"),),
        ),
        Question(
            "高危企业5月带队检查（应做一次）",
            ("企业", "应做", "已做"),
            "select unit_name, times, done_count from fct_inspections where campaign_id = ? and period = '2024-05' "
            "and event = 'leader_inspection' order by unit_name",
            (("区属企业丙（虚构）", 1, 1), ("区属企业戊（虚构）", 1, 0)),
        ),
        Question(
            "网点",
            ("网点", "经营方式"),
            "select row_key, max(case when column_name = '经营方式' then printed_value end) from rpt_registers "
            "where campaign_id = ? and form_id = 'site_register' group by 1 order by 2",
            (("东街一号店|东街1号", "出租出借"), ("西街仓库|西街9号", "自营")),
        ),
        Question(
            "隐患清单（条）",
            ("企业", "隐患", "其中已整改"),
            "select unit_name, count(distinct row_key), count(distinct row_key) filter "
            "(where column_id = 'rectified_on' and printed_value is not null) from rpt_registers "
            "where campaign_id = ? and form_id = 'hazard_register' group by unit_name, unit_position "
            "order by unit_position",
            (("区属企业甲（虚构）", 2, 1), ("区属企业丙（虚构）", 1, 1)),
        ),
    ),
)
