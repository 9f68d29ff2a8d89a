"""A half-year of two units written by hand: 甲局 reports in time and writes too much, 乙街道 is late and asked about.

Belongs here: rows of the marts as literals. Does not belong here: what a report makes of them (the tests).
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.unit.reports.hand_made_marts import publish_marts
from tests.unit.reports.putuo_head import CAMPAIGN, Row, head_of_reports, reading

BUREAU: Row = {**CAMPAIGN, "unit_id": "u1", "unit_position": 1, "unit_name": "甲局"}
STREET: Row = {**CAMPAIGN, "unit_id": "u2", "unit_position": 2, "unit_name": "乙街道"}
TABLE: Row = {"form_id": "figures", "period": "2024-06"}
PHONE = "13800000000"


def report(unit: Row, form_id: str, period: str, due_on: date, timeliness: str, **more: Any) -> Row:
    scope = "city_level" if unit is BUREAU else "territory"
    row = {**unit, "form_id": form_id, "period": period, "due_on": due_on, "timeliness": timeliness}
    return {
        **row,
        "unit_kind": "单位",
        "reporting_scope": scope,
        "due_source": "decree",
        "versions_received": 1,
        **more,
    }


def item(number: int, name: str) -> Row:
    place = {"item_code": f"1.{number}", "part": "value", "position": number}
    words = {"section_code": "1", "section_name": "总体情况", "indicator_name": name, "measure_unit": "个"}
    return {**CAMPAIGN, **TABLE, **place, **words}


ITEMS = (item(1, "发现的隐患"), item(2, "其中已整改"))


def total(one: Row, cumulative: int, gained: int) -> Row:
    sums = {"cumulative_value": Decimal(cumulative), "month_value": Decimal(gained)}
    return {**one, "total_scope": "all", "kind": "cumulative_count", "aggregation": "sum", **sums}


def told(unit: Row, one: Row, state: str, cumulative: int | None) -> Row:
    scope = "city_level" if unit is BUREAU else "territory"
    value = None if cumulative is None else Decimal(cumulative)
    return {**one, **unit, "reporting_scope": scope, "value_state": state, "cumulative_value": value}


def text(unit: Row, period: str, characters: int, words: int, *, over: bool, over_by_words: bool) -> Row:
    lengths = {"characters": characters, "words": words, "without_punctuation": words, "longest_text": 800}
    verdicts = {"is_over_limit": over, "is_over_by_characters": over, "is_over_by_words": over_by_words}
    key = {name: unit[name] for name in ("campaign_id", "unit_id", "unit_name")}
    return {**key, "form_id": "lead_narrative", "period": period, **lengths, **verdicts}


def task(number: str, goal: str, words: str, **more: Any) -> Row:
    place = {"form_id": "lead_tasks", "period": "2024-06", "cutoff_on": date(2024, 6, 25), "list_id": "plan_2024"}
    names = {"task_id": f"T{number}", "number": number, "position": int(number), "goal": goal, "due_text": "6月"}
    return {**BUREAU, **place, **names, "is_owed": True, "status_words": words, "is_overdue": False, **more}


TASKS: Row = {"tasks_done": 1, "tasks_in_progress": 1, "tasks_not_started": 0, "tasks_unknown": 1, "tasks_overdue": 1}
LIST: Row = {**CAMPAIGN, "form_id": "lead_tasks", "period": "2024-06", "cutoff_on": date(2024, 6, 25)}
QUESTION: Row = {
    **STREET,
    "form_id": "street_return",
    "form_title": "街道工作情况",
    "period": "2024Q2",
    "class_order": 3,
}
READINGS = [
    reading(code, about, f"{code}的口径。", reading="r", clauses="六（六）", decided_by="待确认")
    for code, about in (("X3", "deadlines"), ("X8", "hazards"), ("X14", "narratives"))
]
FORMS = {
    "figures": "进展情况调度表",
    "lead_narrative": "牵头单位情况",
    "lead_tasks": "任务完成情况",
    "street_return": "街道工作情况",
}
MARTS: dict[str, list[Row]] = {
    **head_of_reports(READINGS, FORMS, campaign_name="攻坚行动", office="区安委办", document_number="4号"),
    "dim_reporting_periods": [
        {**CAMPAIGN, **TABLE, "reporting_scope": "territory", "cutoff_on": date(2024, 6, 24)}
        | {"due_on": date(2024, 6, 25), "due_source": "decree"},
    ],
    "rpt_timeliness": [
        report(BUREAU, "lead_narrative", "2024-06", date(2024, 6, 25), "on_time", received_at=datetime(2024, 6, 24, 9)),
        report(BUREAU, "figures", "2024-06", date(2024, 6, 25), "missing", versions_received=0),
        report(STREET, "figures", "2024-06", date(2024, 6, 25), "on_time", received_at=datetime(2024, 6, 25, 8)),
        report(STREET, "street_return", "2024Q2", date(2024, 6, 25), "late", days_late=2)
        | {"received_at": datetime(2024, 6, 27, 9), "upstream_complete": False, "upstream_late_units": "丙（未报）"},
        report(STREET, "street_return", "2024Q3", date(2024, 9, 25), "not_due"),  # the other half-year
    ],
    "rpt_progress_totals": [total(ITEMS[0], 12, 5), total(ITEMS[1], 9, 4)],
    "rpt_progress_table": [
        *(told(BUREAU, one, "not_received", None) for one in ITEMS),
        told(STREET, ITEMS[0], "value", 12),
        told(STREET, ITEMS[1], "blank", None),
    ],
    "rpt_list_progress": [{**LIST, "list_id": "plan_2024", "list_title": "工作计划表", "tasks": 3, **TASKS}],
    "rpt_task_answers": [
        task("1", "组建专班。", "已完成", progress=f"已成立，联系人{PHONE}"),
        task("2", "开展检查。", "未报", is_overdue=True),
        task("3", "配合的任务。", "推进中", is_owed=False),
    ],
    "rpt_unit_progress": [{**BUREAU, **LIST, "tasks_owed": 3, **TASKS}],
    "fct_narratives": [
        text(BUREAU, "2024-05", 790, 700, over=False, over_by_words=False),
        text(BUREAU, "2024-06", 901, 799, over=True, over_by_words=False),
        text(BUREAU, "2024-07", 2000, 1900, over=True, over_by_words=True),  # the other half-year
    ],
    "fct_obligations": [
        {**unit, "obligation_id": "meeting", "obligation_name": "专题会议", "event_name": "会议", "period": "2024Q2"}
        | {"starts_on": date(2024, 4, 1), "ends_on": date(2024, 6, 30), "times": 1, "done_count": done}
        | {"shortfall": 1 - done, "obligation_state": state}
        for unit, done, state in ((BUREAU, 1, "met"), (STREET, 0, "short"))
    ],
    "fct_upstream_reports": [],
    "rpt_registers": [],
    "rpt_accident_summary": [
        {**CAMPAIGN, "period": "2024H1", "cadence": "half_yearly", "cut": "all", "cut_value": "all", "accidents": 2}
        | {"deaths": 1, "accidents_to_date": 2, "deaths_to_date": 1, "base_accidents_to_date": 3}
        | {"base_deaths_to_date": 3}
    ],
    "rpt_unit_questions": [
        {**QUESTION, "outcome_id": "o1", "rule_class_name": "核实性", "message": "请核实。", "source_cell": "表!B3"}
        | {"file_name": "乙街道.xlsx"},
        {**QUESTION, "outcome_id": "o2", "period": "2024Q3", "rule_class_name": "核实性", "message": "下半年。"},
    ],
    "rpt_sources": [],
    "rpt_restatements": [],
    "rpt_rule_outcomes": [],
    "rpt_ledger_differences": [],
    "rpt_ledger_questions": [],
    "rpt_overlap_totals": [],
    "rpt_overlap_reports": [],
}


def publish_half_year(published: Path, **changed: list[Row]) -> Path:
    return publish_marts(published, "2024-06-30T01:30:00", {**MARTS, **changed})
