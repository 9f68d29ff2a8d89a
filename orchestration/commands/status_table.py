"""Who has reported, as people read it.

Belongs here: the printed form of a StatusReport. Does not belong here: the answer itself (orchestration/status.py).
"""

from __future__ import annotations

from orchestration.console import cell_text, print_table, say
from orchestration.status import FormStatus, StatusReport
from orchestration.unit_status import UnitStatus
from orchestration.words import DUE_SOURCES, STATUSES, TIMELINESS


def print_status(report: StatusReport, name: str) -> None:
    """Write one table for each form of the period, and one of what was sent back."""
    for form in report.forms:
        say(f"{name}　{form.form_title}　{report.period}")
        known = f"数据截至 {cell_text(report.as_of)}" if report.as_of else "还没有发布过数据，只列名单"
        say(f"上报日 {form.due_on}（{DUE_SOURCES[form.due_source]}）　今天 {report.today}　{known}")
        say(_counts(form))
        rows = [
            [
                unit.unit_name,
                _timeliness(unit),
                unit.received_at,
                unit.days_late or None,
                unit.versions_received or None,
                unit.versions_returned or None,
                STATUSES.get(unit.last_status or "", "") if unit.last_status != "accepted" else "",
                unit.last_reason if unit.last_status in ("returned", "quarantined") else "",
            ]
            for unit in form.units
        ]
        if rows:
            print_table(("单位", "情况", "收到", "迟几天", "收到版数", "退回版数", "最近一版", "原因"), rows)
    if report.sent_back:
        print_table(
            ("单位", "文件", "收到", "结果", "原因"),
            [
                [
                    item.unit_name or "（无法认定）",
                    item.file_name,
                    item.received_at,
                    STATUSES[item.status],
                    item.status_reason,
                ]
                for item in report.sent_back
            ],
            "退回和无法受理的",
        )


def _timeliness(unit: UnitStatus) -> str:
    words = TIMELINESS[unit.timeliness]
    if unit.is_extended:
        words += f"（延期至 {unit.due_on}）"
    if unit.upstream_complete is False:
        words += f"，上一环不齐：{unit.upstream_late_units}"
    return words


def _counts(form: FormStatus) -> str:
    if not form.expected:
        return f"自愿报送，不报不算漏报；报来 {form.voluntary} 家"
    owed = f"应报 {form.expected}，按时 {form.on_time}，迟报 {form.late}，未报 {form.missing}，未到期 {form.not_due}"
    return f"{owed}，另有自愿报送 {form.voluntary} 家" if form.voluntary else owed
