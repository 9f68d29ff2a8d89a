"""A city of five units and a form of six items, small enough to add up by hand.

Belongs here: the campaign, what each unit sent, and changing one cell of a finished file. Does not belong here: tests.
"""

from __future__ import annotations

import re
import zipfile
from datetime import date, datetime
from pathlib import Path

from campaigns.model import Campaign, Form
from tests.unit.reports.snapshot_builder import Sent, build_snapshot

PERIOD = "2023-06"
FORM = Form.model_validate(
    {
        "form_id": "small",
        "version": "2023-06",
        "kind": "indicator_table",
        "title": "小城进展情况调度表",
        "clause": "附件",
        "attachment_label": "附件",
        "stamp_line": "____ 镇(街)、成员单位(加盖公章)。填表时间: 年 月 日",
        "stamp": {
            "unit": ["填报单位"],
            "filled_on": ["填表时间"],
            "filler": ["填表人"],
            "reviewer": ["审核人"],
            "explanation": ["情况说明", "核减说明"],
        },
        "cell_texts": {"zero": ["无"], "blank": ["—"], "not_applicable": ["/"], "yes": ["是"], "no": ["否"]},
        "sections": [
            {
                "code": "1",
                "title": "总体情况",
                "items": [
                    {
                        "code": "1.1",
                        "label": "企业自查发现(个)",
                        "name": "企业自查发现",
                        "aggregation": "sum",
                        "parts": [{"part": "value", "measure_unit": "个", "kind": "cumulative_count"}],
                    },
                    {
                        "code": "1.2",
                        "label": "其中已整改(个)",
                        "name": "其中已整改",
                        "aggregation": "sum",
                        "parts": [{"part": "value", "measure_unit": "个", "kind": "cumulative_count"}],
                    },
                ],
            },
            {
                "code": "2",
                "title": "执法和组织",
                "items": [
                    {
                        "code": "2.1",
                        "label": "行政处罚(次,万元)",
                        "name": "行政处罚",
                        "aggregation": "sum",
                        "parts": [
                            {"part": "count", "name": "次数", "measure_unit": "次", "kind": "cumulative_count"},
                            {"part": "amount", "name": "金额", "measure_unit": "万元", "kind": "cumulative_amount"},
                        ],
                    },
                    {
                        "code": "2.2",
                        "label": "公布典型案例(个),其中危险作业罪案例(个)",
                        "name": "公布典型案例",
                        "aggregation": "sum",
                        "parts": [
                            {"part": "total", "name": "总数", "measure_unit": "个", "kind": "cumulative_count"},
                            {
                                "part": "of_which",
                                "name": "其中危险作业罪",
                                "measure_unit": "个",
                                "kind": "cumulative_count",
                            },
                        ],
                    },
                    {
                        "code": "2.3",
                        "label": "是否播放专题栏目",
                        "name": "是否播放专题栏目",
                        "aggregation": "n_of_m",
                        "applies_to": ["territory"],
                        "parts": [{"part": "value", "measure_unit": "是否", "kind": "yes_no"}],
                    },
                    {
                        "code": "2.4",
                        "label": "技术检查员(人)",
                        "name": "技术检查员",
                        "aggregation": "sum_of_stocks",
                        "parts": [{"part": "value", "measure_unit": "人", "kind": "stock"}],
                    },
                ],
            },
        ],
        "notes": ["1. 每月25日上报。", "2. 如实填报。"],
    }
)

_UNITS = (
    ("T1", "=1+1镇", "territory"),
    ("T2", "乙镇", "territory"),
    ("T3", "丙镇", "territory"),
    ("D1", "市甲局", "city_level"),
    ("D2", "市乙局", "city_level"),
)
CAMPAIGN = Campaign.model_validate(
    {
        "campaign_id": "small_city",
        "name": "小城行动",
        "area": "小城市",
        "area_code": "999999",
        "office": "小城市安委办",
        "starts_on": "2023-05-01",
        "ends_on": "2023-12-31",
        "documents": [{"document_id": "d1", "number": "小安委〔2023〕1号", "title": "方案", "issuer": "小城市安委会"}],
        "contradictions": [
            {
                "code": "X15",
                "setting": "upward_yes_no",
                "about": "upward_totals",
                "reading": "any",
                "sentence": "有一个单位为“是”即填“是”。",
                "clauses": ["附件"],
                "decided_by": "默认口径",
            },
            {
                "code": "X1",
                "setting": "cutoff_day_included",
                "about": "figures",
                "reading": "included",
                "sentence": "截止日当天统计在内。",
                "clauses": ["附件"],
                "decided_by": "默认口径",
            },
        ],
        "duties": [
            {
                "duty_id": "monthly",
                "form_id": "small",
                "name": "调度表（每月）",
                "cadence": "monthly",
                "clause": "附件",
                "reporters": ["territory", "city_level"],
                "first_period": "2023-06",
                "last_period": "2023-12",
                "cutoff_day": 24,
                "due_day": 25,
            }
        ],
        "units": [
            {
                "unit_id": unit_id,
                "unit_name": name,
                "unit_kind": "镇" if scope == "territory" else "市直部门",
                "reporting_scope": scope,
                "position": position,
                "valid_from": "2023-05-01",
                "source": "名单",
            }
            for position, (unit_id, name, scope) in enumerate(_UNITS, start=1)
        ],
        "forms": [FORM],
    }
)

SENT = {
    "T1": Sent(
        {
            ("1.1", "value"): ("value", "10", "4"),
            ("1.2", "value"): ("approximate", "5", "2"),
            ("2.1", "count"): ("value", "3", "1"),
            ("2.1", "amount"): ("value", "12.5", "2.5"),
            ("2.2", "total"): ("value", "5", "1"),
            ("2.2", "of_which"): ("value", "2", "0"),
            ("2.3", "value"): ("value", "1", None),
            ("2.4", "value"): ("value", "8", "-2"),
        },
        datetime(2023, 6, 24, 9, 0),
        "=cmd|' /C calc'!A1 联系人13912347391.xlsx",
        marks={("1.2", "value"): "SM-1-01"},
    ),
    "T2": Sent(
        {
            ("1.1", "value"): ("zero", "0", "0"),
            ("2.1", "count"): ("zero", "0", "0"),
            ("2.1", "amount"): ("value", "0.1", "0.1"),
            ("2.3", "value"): ("zero", "0", None),
            ("2.4", "value"): ("value", "4", None),
        },
        datetime(2023, 6, 24, 10, 0),
        "乙镇.xlsx",
    ),
    "D1": Sent(
        {
            ("1.1", "value"): ("value", "7", "7"),
            ("1.2", "value"): ("value", "7", "7"),
            ("2.1", "count"): ("value", "2", "2"),
            ("2.1", "amount"): ("value", "0.2", "0.2"),
            ("2.3", "value"): ("not_applicable", None, None),
            ("2.4", "value"): ("not_applicable", None, None),
        },
        datetime(2023, 6, 25, 11, 0),
        "甲局.docx",
    ),
    "D2": Sent(
        {("1.1", "value"): ("value", "1", "1")},
        datetime(2023, 6, 27, 8, 0),
        "乙局.csv",
        timeliness="late",
        days_late=2,
        versions_received=2,
    ),
}

PROBLEM = {
    "outcome_id": "o1",
    "unit_id": "T1",
    "unit_position": 1,
    "unit_name": "=1+1镇",
    "submission_id": "s-T1",
    "status": "accepted",
    "is_open": True,
    "file_name": "甲.xlsx",
    "class_order": 3,
    "rule_class": "verification",
    "rule_class_name": "核实性",
    "rule_code": "SM-1-01",
    "item_code": "1.2",
    "part": "value",
    "position": 2,
    "indicator_name": "其中已整改",
    "source_cell": "调度表!G4",
    "message": "=“其中已整改”是约数，请确认。",
    "clause": "附件",
    "is_trial": False,
    "explanation": "已核实",
    "explanation_state": "given",
}


def publish_small_city(published: Path) -> Path:
    """Make the snapshot of 2023-06: three of five units on time, one late, one silent."""
    return build_snapshot(
        published,
        CAMPAIGN,
        FORM,
        PERIOD,
        SENT,
        cutoff_on=date(2023, 6, 24),
        due_on=date(2023, 6, 25),
        problems=[PROBLEM],
    )


def change_cell(path: Path, sheet_number: int, cell: str, pattern: str, replacement: str) -> None:
    """Change one cell inside the file and nothing else: its XML is matched by `pattern`, which must occur."""
    with zipfile.ZipFile(path) as package:
        members = {name: package.read(name) for name in package.namelist()}
    name = f"xl/worksheets/sheet{sheet_number}.xml"
    text = members[name].decode()
    found = re.search(rf'<c r="{cell}"[^>]*?(?:/>|>.*?</c>)', text)
    assert found and re.search(pattern, found.group()), f"{cell} is {found and found.group()}"
    members[name] = text.replace(found.group(), re.sub(pattern, replacement, found.group(), count=1)).encode()
    with zipfile.ZipFile(path, "w") as package:
        for member, content in members.items():
            package.writestr(member, content)
