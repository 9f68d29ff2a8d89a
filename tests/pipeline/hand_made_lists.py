"""A tiny raw zone of lists written by hand: two bureaus, two towns, two months, every hard case of a list once.

Belongs here: rows as ingest would have written them, and nothing computed. Does not belong here: expectations about
what the models make of them (test_lists_on_hand_made_rows.py), indicator tables (hand_made_rows.py).
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from ingest.raw_zone import RawZone

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


def write_lists(home: Path) -> None:
    zone = RawZone(home / "raw")
    zone.prepare()
    zone.append("20240322T000000-set-up", _campaign())
    zone.append("20240601T000000-received", _received())


def _campaign() -> dict[str, list[Row]]:
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


def _task(task_id: str, status: str, **texts: str) -> Row:
    return {"number": task_id, "status": status, **texts, "": task_id}


def _own(task_id: str, goal: str, status: str, due: str | None = None) -> Row:
    row: Row = {"number": task_id, "goal": goal, "status": status, "": goal}
    return row | {"due": (due, date(int(due[:4]), int(due[5:]), 30))} if due else row


_LISTS: list[tuple[str, str, str, str, list[Row]]] = [  # submission, form, unit, period, rows: column → content
    ("d1-april", "tasks", "d1", "2024-04", [_task("T1", "done"), _task("T2", "in_progress", evidence="方案")]),
    (
        "d1-may",  # T1 falls back without a reason; T3 is d1's to help with; T2 stands on two rows
        "tasks",
        "d1",
        "2024-05",
        [_task("T1", "in_progress"), _task("T2", "not_started"), _task("T2", "done"), _task("T3", "in_progress")],
    ),
    (
        "d2-may",  # T1 is not d2's, T3 is left out, and the list no longer has T9
        "tasks",
        "d2",
        "2024-05",
        [_task("T1", "done"), _task("T2", ""), _task("T9", "done")],
    ),
    ("t1-april", "own", "t1", "2024-04", [_own("t1-a", "装栏杆", "in_progress", "2024-04")]),
    (
        "t1-may",
        "own",
        "t1",
        "2024-05",
        [_own("t1-a", "装栏杆", "in_progress", "2024-09"), _own("t1-b", "查电线", "not_started")],
    ),
    (
        "checks-april",
        "checks",
        "t1",
        "2024-04",
        [
            {"what": "leader_check", "held_on": date(2024, 4, 3), "led_by": "镇长", "": "a"},
            {"what": "leader_check", "held_on": date(2024, 4, 9), "led_by": "书记", "": "b"},
        ],
    ),
    ("checks-may", "checks", "t1", "2024-05", [{"what": "leader_check", "held_on": date(2024, 4, 9), "": "b"}]),
    (
        "accidents-april",
        "accidents",
        "d1",
        "2024-04",
        [
            {
                "grade": "general",
                "occurred_on": date(2023, 2, 1),
                "deaths": 2,
                "accident_number": "2023-1",
                "": "2023-1",
            },
            {
                "grade": "general",
                "occurred_on": date(2023, 8, 1),
                "deaths": 9,
                "accident_number": "2023-2",
                "": "2023-2",
            },
            {
                "grade": "general",
                "occurred_on": date(2024, 2, 1),
                "deaths": 1,
                "enterprise": "某厂",
                "accident_number": "2024-1",
                "": "2024-1",
            },
        ],
    ),
    (
        "accidents-may",  # one more died, and the case is closed
        "accidents",
        "d1",
        "2024-05",
        [
            {
                "grade": "general",
                "occurred_on": date(2024, 2, 1),
                "deaths": 2,
                "enterprise": "某厂",
                "accident_number": "2024-1",
                "": "2024-1",
            }
            | {"closed_on": date(2024, 5, 1)}
        ],
    ),
    (
        "accidents-d2",
        "accidents",
        "d2",
        "2024-05",
        [{"grade": "general", "occurred_on": date(2024, 2, 1), "enterprise": "某厂", "accident_number": "7", "": "7"}],
    ),
    (
        "sites-april",
        "sites",
        "t1",
        "2024-04",
        [
            {"site_name": "一号店", "use": "leased_out", "area": Decimal("12.5"), "": "一号店"},
            {"site_name": "二号店", "use": "self_operated", "": "二号店"},
        ],
    ),
    ("sites-may", "sites", "t1", "2024-05", [{"site_name": "一号店", "use": "self_operated", "": "一号店"}]),
]
_TEXTS = (  # submission, unit, period, part, text, lengths by the three rules
    ("words-april", "d1", "2024-04", "highlights", "查了 12 家企业，全部整改到位。", 15, 14, 13),
    ("words-april", "d1", "2024-04", "plan", "继续检查。", 5, 5, 4),
    ("words-may", "d1", "2024-05", "highlights", "查了 123 家企业，全部整改到位，无遗留。", 20, 18, 17),
    ("words-may", "d1", "2024-05", "preamble", "各位领导：", 5, 5, 4),
)


def _received() -> dict[str, list[Row]]:
    cells = [
        what | cell | {"row_number": number, "cell_ref": f"{column}{number + 2}"}
        for submission_id, form_id, unit_id, period, rows in _LISTS
        for what in [_what(submission_id, form_id, unit_id, period)]
        for number, row in enumerate(rows, start=1)
        for column, cell in zip("ABCDEFGHIJKL", _cells(row), strict=False)
    ]
    texts = [
        _what(submission_id, "words", unit_id, period)
        | {"part_id": part, "text_value": text, "sheet_name": "正文", "cell_ref": f"段落{paragraph}"}
        | dict(zip(("characters", "words", "without_punctuation"), lengths, strict=True))
        for paragraph, (submission_id, unit_id, period, part, text, *lengths) in enumerate(_TEXTS, start=1)
    ]
    sent = {row[0]: _what(*row[:4]) for row in _LISTS}
    sent |= {row[0]: _what(row[0], "words", *row[1:3]) for row in _TEXTS}
    return {
        "submissions": [
            what
            | {"receipt_id": f"receipt-{name}", "verdict": "accepted", "received_on": what["received_at"].date()}
            | {"file_name": f"{name}.xlsx", "file_sha256": name, "file_format": "xlsx"}
            for name, what in sent.items()
        ],
        "receipts": [
            {"receipt_id": f"receipt-{name}", "result": "accepted", "received_at": what["received_at"]}
            for name, what in sent.items()
        ],
        "list_cells": cells,
        "text_parts": texts,
    }


def _what(submission_id: str, form_id: str, unit_id: str, period: str) -> Row:
    what = {"submission_id": submission_id, "campaign_id": CAMPAIGN, "form_id": form_id, "unit_id": unit_id}
    return what | {"period": period, "received_at": datetime.fromisoformat(f"{period}-24T09:00:00")}


def _cells(row: Row) -> list[Row]:
    """The cells of a row; its key stands under the empty name. A blank leaves no cell, a date follows its text."""
    cells = []
    for column_id, content in row.items():
        text, number, day = content, None, None
        if isinstance(content, tuple):
            text, day = content
        elif isinstance(content, int | Decimal):
            text, number = str(content), content
        elif isinstance(content, date):
            text, day = content.isoformat(), content
        if column_id and text:
            cells.append(
                {"row_key": row.get(""), "column_id": column_id, "position": 1, "value_state": "value"}
                | {"text_value": text, "number_value": number, "date_value": day, "raw_text": text, "sheet_name": "表"}
            )
    return cells
