"""A quarter of accidents written by hand, for the 事故通报.

Belongs here: rows of the marts as literals. Does not belong here: what the bulletin makes of them (the tests).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.unit.reports.hand_made_marts import publish_marts
from tests.unit.reports.putuo_head import CAMPAIGN, Row, head_of_reports, reading

PHONE = "13800000000"


def span(period: str, starts_on: date, ends_on: date, cut: str = "all", value: str = "all", **figures: Any) -> Row:
    row = {**CAMPAIGN, "period": period, "cadence": "quarterly", "starts_on": starts_on, "ends_on": ends_on}
    nothing = {"unknown_deaths": 0, "unknown_deaths_to_date": 0, "suspected_twice_to_date": 0, "reports_received": 1}
    return {**row, "cut": cut, "cut_value": value, "is_final": True, **nothing, **figures}


FIRST = (date(2024, 1, 1), date(2024, 3, 31))
SECOND = (date(2024, 4, 1), date(2024, 6, 30))
SPANS = [
    span("2024Q1", *FIRST, accidents=2, deaths=1, base_accidents=2, base_deaths=4, deaths_change=Decimal("-75.0"))
    | {"accidents_change": Decimal("0.0")},
    span("2024Q2", *SECOND, accidents=3, deaths=3, injured=2, accidents_to_date=5, deaths_to_date=4, base_accidents=4)
    | {"base_deaths": 3, "base_accidents_to_date": 6, "base_deaths_to_date": 7, "closed": 2, "closed_late": 1}
    | {"overdue": 1, "unknown_deaths_to_date": 1, "suspected_twice_to_date": 2, "accidents_change": Decimal("-25.0")}
    | {"deaths_change": Decimal("0.0"), "accidents_to_date_change": Decimal("-16.7")}
    | {"deaths_to_date_change": Decimal("-42.9")},
    span("2024Q2", *SECOND, "grade", "serious", cut_name="较大", accidents=1, deaths=3, accidents_to_date=1)
    | {"deaths_to_date": 3, "base_accidents_to_date": 0, "base_deaths_to_date": 0},
    span("2024Q2", *SECOND, "industry", "unknown", accidents=0, deaths=0, accidents_to_date=0, deaths_to_date=0)
    | {"base_accidents_to_date": 0},  # nothing to say of it
]
TARGETS = [
    {**CAMPAIGN, "target_id": target_id, "target_name": "死亡人数", "period": "2024", "is_final": False}
    | {"contradiction_code": "X5", "current_value": 4, "base_value": 7, "change_percent": Decimal("-42.86")}
    | {"reached": reached, "target_text": text, "clause": clause}
    for target_id, reached, text, clause in (
        ("five", "yes", "比2023年下降5%", "附件1 第2行"),
        ("ten", "unknown", "下降10%以上", "一（二）"),
    )
]
ACCIDENTS = [
    {**CAMPAIGN, "form_id": "accidents", "unit_id": "u1", "unit_position": 1, "row_key": "1"}
    | {"accident_number": "1", "occurred_on": date(2024, 2, 1), "place_name": "甘泉路街道", "industry": "工贸"}
    | {"enterprise": f"某厂（联系人{PHONE}）", "grade_name": "一般", "deaths": 1, "injured": 0}
    | {"closed_on": date(2024, 4, 17), "closing_due_on": date(2024, 4, 16), "closing_state": "closed_late"}
    | {"days_over": 1, "is_dated_ahead": False},
    {**CAMPAIGN, "form_id": "accidents", "unit_id": "u1", "unit_position": 1, "row_key": "2"}
    | {"accident_number": "2", "occurred_on": date(2024, 12, 1), "closing_state": "open", "days_over": 0}
    | {"closing_due_on": date(2025, 2, 14), "is_dated_ahead": False},  # after the period: not printed
    {**CAMPAIGN, "form_id": "accidents", "unit_id": "u1", "unit_position": 1, "row_key": "3"}
    | {"accident_number": "3", "occurred_on": date(2024, 6, 30), "closing_state": "overdue", "is_dated_ahead": True}
    | {"closed_on": date(2024, 9, 1), "closing_due_on": date(2024, 7, 5), "days_over": 5},  # received on 25 June
    {**CAMPAIGN, "form_id": "accidents", "unit_id": "u2", "unit_position": 2, "row_key": "9"}
    | {"accident_number": "9", "closing_state": "open", "is_dated_ahead": False},
]
REPORTERS = [
    {**CAMPAIGN, "form_id": form_id, "period": "2024Q2", "unit_id": unit, "unit_name": name, "unit_position": 1}
    | {"due_on": due_on, "timeliness": word, "days_late": days}
    for form_id, unit, name, due_on, word, days in (
        ("accidents", "u1", "区应急局", date(2024, 6, 25), "on_time", 0),
        ("accidents", "u2", "区公安分局", date(2024, 6, 25), "late", 2),
        ("accidents", "u3", "真如镇街道", date(2024, 6, 25), "missing", None),
        ("accidents", "u1", "区应急局", date(2024, 3, 25), "missing", None),  # the quarter before
        ("lead_tasks", "u4", "区教育局", date(2024, 6, 25), "missing", None),  # not about accidents
    )
]


def publish_accidents(published: Path) -> Path:
    how_read = {"setting": "accident_target", "reading": "both_shown", "clauses": "一（二）", "decided_by": "待确认"}
    readings = [reading("X5", "accidents", "都列出。", **how_read)]
    office = {"office": "普陀区安全生产委员会办公室", "document_number": "普安委〔2024〕4号"}
    tables = {
        **head_of_reports(readings, {}, **office),
        "rpt_accident_summary": SPANS,
        "rpt_accident_targets": TARGETS,
        "rpt_accidents": ACCIDENTS,
        "rpt_timeliness": REPORTERS,
    }
    return publish_marts(published, "2024-07-10T01:30:00", tables)
