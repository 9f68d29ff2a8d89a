"""The campaign of the lists written by hand: two bureaus, two towns, two months, six forms, three tasks.

Belongs here: rows of the campaign's tables as the set-up of a night would have written them. Does not belong here: what
the units sent (hand_made_lists.py).
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

Row = dict[str, Any]
CAMPAIGN = "drive_2024"
STATUSES = (("not_started", "未启动"), ("in_progress", "推进中"), ("done", "已完成"))
_STAMP = {"campaign_id": CAMPAIGN, "snapshot_id": "first", "loaded_at": datetime(2024, 3, 22)}
_UNITS = {  # unit: name, scope
    "d1": ("甲局", "city_level"),
    "d2": ("乙局", "city_level"),
    "t1": ("丙镇", "territory"),
    "t2": ("丁镇", "territory"),
}
_MONTHS = (("2024-04", None), ("2024-05", "2024-04"))
_FORMS: dict[str, Row] = {
    "tasks": {"form_kind": "task_progress", "own_tasks": False, "scope": "city_level"},
    "own": {"form_kind": "task_progress", "own_tasks": True, "scope": "territory"},
    "words": {"form_kind": "narrative", "longest_text": 20, "counting_rule": "characters", "scope": "city_level"},
    "sites": {"form_kind": "register", "subject": "site", "scope": "territory"},
    "checks": {"form_kind": "event_list", "subject": "inspection", "event_column": "what"}
    | {"date_column": "held_on", "actor_column": "led_by"},
    "accidents": {"form_kind": "event_list", "subject": "accident", "event_column": "grade"}
    | {"date_column": "occurred_on"},
}  # a form without a scope is owed by nobody
_COLUMNS = (  # form, column, name, type, required
    ("tasks", "status", "完成状态", "choice", True),
    ("tasks", "reason", "原因说明", "text", False),
    ("own", "status", "完成状态", "choice", True),
    ("words", "highlights", "亮点工作", "text", True),
    ("words", "plan", "整改计划", "text", True),
    ("sites", "site_name", "网点名称", "text", True),
    ("sites", "use", "经营方式", "choice", True),
    ("sites", "area", "面积", "decimal", False),
)
_CHOICES = (
    *(("tasks", "status", code, name) for code, name in STATUSES),
    *(("own", "status", code, name) for code, name in STATUSES),
    ("checks", "what", "leader_check", "带队检查"),
    ("accidents", "grade", "general", "一般"),
    ("accidents", "grade", "serious", "较大"),
    ("sites", "use", "leased_out", "出租"),
    ("sites", "use", "self_operated", "自营"),
)


def campaign_tables() -> dict[str, list[Row]]:
    tables: dict[str, list[Row]] = {
        "campaigns": [{"campaign_name": "攻坚行动", "starts_on": date(2024, 3, 21)}],
        "forms": [{"form_id": name} | {k: v for k, v in form.items() if k != "scope"} for name, form in _FORMS.items()],
        "units": [_unit(position, unit_id) for position, unit_id in enumerate(_UNITS, start=1)],
        "due_dates": [
            _due(name, period) | {"cadence": "monthly", "reporting_scope": form["scope"], "previous_period": previous}
            for name, form in _FORMS.items()
            for period, previous in _MONTHS
            if "scope" in form
        ],
        "expected_reports": [
            _due(name, period) | {"unit_id": unit_id}
            for name, form in _FORMS.items()
            for unit_id, (_, scope) in _UNITS.items()
            for period, _ in _MONTHS
            if scope == form.get("scope")
        ],
        "columns": [
            {"form_id": form_id, "column_id": column_id, "column_name": name, "column_type": kind}
            | {"is_required": required, "is_personal": False, "is_key": False, "position": position}
            for position, (form_id, column_id, name, kind, required) in enumerate(_COLUMNS, start=1)
        ],
        "choices": [
            {"form_id": form_id, "column_id": column_id, "choice_code": code, "choice_name": name}
            | {"position": [c for f, _, c, _ in _CHOICES if f == form_id].index(code) + 1}
            for form_id, column_id, code, name in _CHOICES
        ],
        "expected_events": [
            {"obligation_id": "leader_check", "form_id": "checks", "event": "leader_check", "unit_id": unit_id}
            | {"risk_class": "high" if unit_id == "t1" else "general"}
            | {"period": period, "starts_on": starts_on, "ends_on": ends_on, "times": 1}
            for unit_id, period, starts_on, ends_on in (
                ("t1", "2024-04", date(2024, 4, 1), date(2024, 4, 30)),  # high risk: monthly
                ("t1", "2024-05", date(2024, 5, 1), date(2024, 5, 31)),
                ("t2", "2024Q2", date(2024, 4, 1), date(2024, 6, 30)),
            )
        ],
        "targets": [
            {"target_id": target_id, "name": "死亡人数", "measure": "accident_deaths", "comparison": "at_most"}
            | {"value": Decimal(value), "measure_unit": "%", "relative_to": "2023", "setting": "accident_target"}
            | {"reading": reading}
            for target_id, value, reading in (("ten", -10, "body"), ("five", -5, "plan_table"))
        ],
        "target_periods": [
            {"target_id": target_id, "period": "2024", "starts_on": date(2024, 1, 1), "ends_on": date(2024, 12, 31)}
            | {"base_starts_on": date(2023, 1, 1), "base_ends_on": date(2023, 12, 31)}
            for target_id in ("ten", "five")
        ],
        "accident_clocks": [{"grade": "general", "within_days": 75}],
        "spans": [
            {"period": period, "cadence": cadence, "starts_on": starts_on, "ends_on": ends_on}
            | {"year_starts_on": date(2024, 1, 1), "base_period": f"2023{period[4:]}"}
            | {"base_starts_on": starts_on.replace(year=2023), "base_ends_on": ends_on.replace(year=2023)}
            | {"base_year_starts_on": date(2023, 1, 1)}
            for period, cadence, starts_on, ends_on in (
                ("2024-04", "monthly", date(2024, 4, 1), date(2024, 4, 30)),
                ("2024-05", "monthly", date(2024, 5, 1), date(2024, 5, 31)),
                ("2024Q1", "quarterly", date(2024, 1, 1), date(2024, 3, 31)),
                ("2024Q2", "quarterly", date(2024, 4, 1), date(2024, 6, 30)),
                ("2024H1", "half_yearly", date(2024, 1, 1), date(2024, 6, 30)),
            )
        ],
        "rules": [
            {"form_id": form_id, "rule_code": code, "rule_class": "verification", "gate": "facts", "is_trial": False}
            | {"sentence": f"规则{code}"}
            for form_id, code in (("tasks", "TL-2-01"), ("accidents", "AC-2-02"), ("sites", "RG-2-01"))
        ],
        "contradictions": [{"code": "X5", "setting": "accident_target", "reading": "both_shown"}],
        **_tasks(),
    }
    return {name: [_STAMP | row for row in rows] for name, rows in tables.items()}


def _unit(position: int, unit_id: str) -> Row:
    name, scope = _UNITS[unit_id]
    return {
        "unit_id": unit_id,
        "unit_name": name,
        "unit_kind": "部门" if scope == "city_level" else "镇",
        "reporting_scope": scope,
        "position": position,
        "valid_from": date(2024, 3, 21),
    }


def _due(form_id: str, period: str) -> Row:
    day = date.fromisoformat(f"{period}-25")
    row = {"duty_id": f"{form_id}_monthly", "form_id": form_id, "period": period}
    return row | {"cutoff_on": day, "due_on": day, "grace_until": day, "voluntary": False}


def _tasks() -> dict[str, list[Row]]:
    tasks = [
        ("T1", "1", "制定办法", date(2024, 4, 30), "甲局", None, "区领导01、区领导02"),
        ("T2", "2", "开展检查", date(2024, 12, 31), "甲局、乙局", None, "区领导01"),
        ("T3", "3", "组织培训", None, "成员单位", "甲局", None),
    ]
    units = [  # task, role, unit, group, from, to
        ("T1", "lead", "d1", None, None, None),
        ("T2", "lead", "d1", None, None, None),
        ("T2", "lead", "d2", None, None, None),
        ("T3", "lead", "d2", "members", date(2024, 5, 1), None),
        ("T3", "co", "d1", None, None, None),
    ]
    return {
        "task_lists": [{"list_id": "plan", "list_title": "工作计划表", "year": 2024, "task_count": 3}],
        "form_task_lists": [{"form_id": "tasks", "list_id": "plan"}],
        "tasks": [
            {"list_id": "plan", "task_id": task_id, "number": number, "section": "年度目标", "goal": goal}
            | {"due_on": due_on, "lead_units": lead, "co_units": co, "leaders": leaders, "position": int(number)}
            for task_id, number, goal, due_on, lead, co, leaders in tasks
        ],
        "task_units": [
            dict(zip(("task_id", "role", "unit_id", "group_id", "valid_from", "valid_to"), row, strict=True))
            for row in units
        ],
        "leaders": [{"leader_id": f"leader_{n:02d}", "label": f"区领导{n:02d}"} for n in (1, 2)],
        "task_leaders": [
            {"task_id": task_id, "leader_id": leader_id}
            for task_id, leader_id in (("T1", "leader_01"), ("T1", "leader_02"), ("T2", "leader_01"))
        ],
        "sector_plans": [{"plan_id": "bureau_plan", "number": 1, "name": "甲系统子方案", "lead": "甲局"}],
        "sector_plan_units": [
            {"plan_id": "bureau_plan", "role": "lead", "unit_id": "d1"},
            {"plan_id": "bureau_plan", "role": "co", "unit_id": "d2", "group_id": "members"}
            | {"valid_from": date(2024, 5, 1)},
        ],
    }
