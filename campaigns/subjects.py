"""What a list is about, and the columns that facts about it rest on.

Belongs here: the closed list of subjects with the columns and words each of them needs. Does not belong here: the
other columns of a form, which are the office's choice (form_columns.py), what is made of the rows (SQL).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from campaigns.form_columns import Column, FormKind

SubjectName = Literal[
    "accident", "inspection", "meeting", "activity", "enterprise", "site", "hazard", "risk", "rescue_resource"
]


@dataclass(frozen=True, slots=True)
class Subject:
    """`date_column` says when an event was, `actor_column` who led it; `words` are the only codes a choice may have."""

    kind: FormKind
    columns: Mapping[str, str]  # column_id: type
    date_column: str | None = None
    actor_column: str | None = None
    words: Mapping[str, frozenset[str]] = field(default_factory=dict)


# 生产安全事故报告和调查处理条例 第三条: the four grades of accidents
_GRADES = frozenset({"general", "serious", "major", "extraordinary"})

# 安委办〔2016〕11号 (双重预防机制): 重大, 较大, 一般, 低, printed red, orange, yellow, blue
_RISK_LEVELS = frozenset({"major", "serious", "general", "low"})

SUBJECTS: dict[SubjectName, Subject] = {
    "accident": Subject(
        "event_list",
        {"accident_number": "text", "occurred_on": "date", "grade": "choice", "deaths": "integer"},
        date_column="occurred_on",
        words={"grade": _GRADES},
    ),
    "inspection": Subject("event_list", {"held_on": "date", "led_by": "text"}, "held_on", "led_by"),
    "meeting": Subject("event_list", {"held_on": "date", "chaired_by": "text"}, "held_on", "chaired_by"),
    "activity": Subject("event_list", {"held_on": "date"}, "held_on"),
    "enterprise": Subject("register", {"enterprise": "text"}),
    "site": Subject("register", {"site_name": "text"}),
    "hazard": Subject("register", {"hazard_number": "text", "found_on": "date"}),
    "risk": Subject("register", {"risk": "text", "level": "choice"}, words={"level": _RISK_LEVELS}),
    "rescue_resource": Subject("register", {"resource": "text", "category": "choice"}),
}

# A task table is about tasks: which columns its rows must have to become facts.
_TASK_COLUMNS = {"number": "task_number", "status": "choice"}
_OWN_TASK_COLUMNS = {"goal": "text"}  # their own list is told apart by its row_key


def check_subject(kind: FormKind, subject: SubjectName | None, own_tasks: bool, columns: Sequence[Column]) -> None:
    """Refuse a list that lacks what its subject needs; an event list must say what its events are."""
    if kind == "task_progress":
        _check_columns("task", _OWN_TASK_COLUMNS if own_tasks else _TASK_COLUMNS, columns)
    if kind == "event_list" and subject is None:
        raise ValueError("kind event_list needs `subject`, what its events are")
    if subject is None:
        return
    known = SUBJECTS[subject]
    if kind != known.kind:
        raise ValueError(f"subject {subject} belongs to kind {known.kind}")
    _check_columns(subject, known.columns, columns)
    for column in columns:
        allowed = known.words.get(column.column_id)
        for choice in column.choices if allowed else ():
            if choice.code not in (allowed or ()):
                words = ", ".join(sorted(allowed or ()))
                raise ValueError(f"column {column.column_id}: code {choice.code!r} is none of {words}")


def _check_columns(subject: str, needed: Mapping[str, str], columns: Sequence[Column]) -> None:
    types = {column.column_id: column.type for column in columns}
    for column_id, column_type in needed.items():
        if types.get(column_id) != column_type:
            raise ValueError(f"subject {subject} needs a column {column_id!r} of type {column_type}")
