"""长宁 2023: the plan and the liaisons by 20 May, the monthly table before the 25th, due on the 24th (X2).

Belongs here: invented content and the answers that follow from it. Does not belong here: how it is run (office_run.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from orchestration.demo.letters import Letter
from orchestration.demo.office import Office, Question

_MAY, _JUNE, _LATE = datetime(2023, 5, 19, 10), datetime(2023, 6, 24, 16), datetime(2023, 6, 25, 9)
_EMERGENCY, _HUAYANG, _XINJING = "区应急局", "华阳路街道", "新泾镇"
_INSPECTED = {"level": "重大", "source": "部门检查", "found_on": "2023-06-10"}


def _figures(**numbers: int) -> Mapping[tuple[str, str], Decimal]:
    return {(f"{name[1]}.{name[3:]}", "value"): Decimal(number) for name, number in numbers.items()}


OFFICE = Office(
    campaign_id="changning_2023",
    words="长宁区 2023：方案、联络员名单、每月25日前的调度表和隐患清单",
    letters=(
        Letter(
            _MAY, "应急局方案.docx", "work_plan", _EMERGENCY, "2023-05", _MAY.date(), parts={"工作安排": "（合成数据）"}
        ),
        Letter(
            _MAY,
            "应急局联络员.docx",
            "liaison_list",
            _EMERGENCY,
            "2023-05",
            _MAY.date(),
            ({"unit": _EMERGENCY, "role": "联络员", "person_name": "测试员丁", "phone": "13800000002"},),
        ),
        Letter(
            _JUNE,
            "华阳路6月调度表.xlsx",
            "progress",
            _HUAYANG,
            "2023-06",
            _JUNE.date(),
            figures=_figures(i1_1=12, i1_2=9, i1_3=4, i1_4=4, i2_1=30),
        ),
        Letter(
            _JUNE,
            "应急局6月调度表.docx",
            "progress",
            _EMERGENCY,
            "2023-06",
            _JUNE.date(),
            figures=_figures(i1_1=5, i1_2=6),
        ),
        Letter(
            _LATE,
            "新泾镇6月调度表.xlsx",
            "progress",
            _XINJING,
            "2023-06",
            _LATE.date(),
            figures=_figures(i1_1=8, i1_2=3, i1_3=2, i1_4=0, i2_1=15),
        ),
        Letter(
            _LATE,
            "新泾镇6月隐患清单.xlsx",
            "hazard_list",
            _XINJING,
            "2023-06",
            _LATE.date(),
            (
                {"hazard_number": "XJ-1", "enterprise": "虚构甲厂", "hazard": "风管积尘严重", **_INSPECTED},
                {"hazard_number": "XJ-2", "enterprise": "虚构乙店", "hazard": "安全出口上锁", **_INSPECTED},
            ),
        ),
    ),
    nights=(datetime(2023, 5, 21, 1, 30), datetime(2023, 6, 30, 1, 30)),  # the second writes the half-year's bulletin
    questions=(
        Question(
            "收到的报送件（应急局调度表的整改数大于发现数，退回）",
            ("状态", "件数"),
            "select status, count(*) from fct_submissions where campaign_id = ? group by 1 order by 1",
            (("accepted", 5), ("returned", 1)),
        ),
        Question(
            "6月调度表是否按时（24日应报）",
            ("按时性", "单位数"),
            "select timeliness, count(*) from rpt_timeliness where campaign_id = ? and form_id = 'progress' "
            "and period = '2023-06' group by 1 order by 1",
            (("late", 1), ("missing", 19), ("on_time", 1)),
        ),
        Question(
            "数账不符（新泾镇清单上只有部门检查的两处，与 1.3、1.4 相符）",
            ("项目", "表上", "清单上"),
            "select distinct item_code, form_value, ledger_value from rpt_ledger_differences where campaign_id = ? "
            "order by 1",
            (("1.1", Decimal(8), Decimal(0)), ("1.2", Decimal(3), Decimal(0))),
        ),
        Question(
            "全区合计",
            ("项目", "累计", "计入单位"),
            "select item_code, cumulative_value, units_counted from rpt_progress_totals where campaign_id = ? "
            "and period = '2023-06' and total_scope = 'all' and item_code in ('1.1', '1.2', '2.1') order by 1",
            (("1.1", Decimal(20), 2), ("1.2", Decimal(12), 2), ("2.1", Decimal(45), 2)),
        ),
    ),
)
