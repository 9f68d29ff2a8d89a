"""The lists of a summary of units: the units at a glance, obligations, reports, the first hop of chains.

Belongs here: rows of the marts turned into printed rows. Does not belong here: the cover (unit_summary_cover.py),
registers (register_tables.py), drawing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from campaigns.model import Campaign, Form
from reports.boards.register_tables import entry_counts
from reports.boards.unit_summary_rows import UnitObligation, UnitReports, UnitSummary, UnitTasks
from reports.paper.printed_table import PrintedRow, PrintedTable, TableColumn, without_empty_columns
from reports.paper.safe_text import outside_text, safe_text
from reports.paper.wording import (
    OBLIGATION_STATE,
    SUBMISSION_STATUS,
    date_text,
    moment_text,
    period_title,
    timeliness_text,
)
from reports.paper.workbook import LATE_FILL, MISSING_FILL

LEGEND: Final = "底色：灰为有报表未报，橙为有报表迟报、任务逾期或规定动作没有做够"
REPORTS: Final = ("按时", "迟报", "未报", "未到期")
_TASKS: Final = ("已完成", "推进中", "未启动", "没有状态", "逾期")
_TINTS: Final = {"late": LATE_FILL, "missing": MISSING_FILL}
_OPTIONAL: Final = ("风险类别", "应报任务", *_TASKS)


def units_table(summary: UnitSummary, registers: Sequence[Form]) -> PrintedTable:
    """One row per unit: reports due, tasks, obligations done against due, entries of its registers."""
    reports = {one.unit_id: one for one in summary.reports_by_unit}
    tasks = {one.unit_id: one for one in summary.tasks}
    events = list(dict.fromkeys(one.event_name for one in summary.obligations))
    entries = [entry_counts(form, summary.register_cells) for form in registers]
    rows: list[PrintedRow] = []
    tints = {}
    for number, unit in enumerate(summary.units):
        owed = [one for one in summary.obligations if one.unit_id == unit.unit_id]
        report, task = reports.get(unit.unit_id), tasks.get(unit.unit_id)
        if tint := _tint(report, task, owed):
            tints[number] = tint
        rows.append(
            (
                number + 1,
                outside_text(unit.unit_name),
                safe_text(unit.risk_class_name or ""),
                *_report_counts(report),
                *_task_counts(task),
                *(_done([one for one in owed if one.event_name == event]) for event in events),
                *(count[unit.unit_id] for count in entries),
            )
        )
    table = PrintedTable(
        columns=(
            TableColumn("序号", 5),
            TableColumn("单位", 20, "left"),
            TableColumn("风险类别", 8),
            TableColumn("应报", 6),
            *(TableColumn(head, 6) for head in REPORTS),
            TableColumn("应报任务", 6),
            *(TableColumn(head, 6) for head in _TASKS),
            *(TableColumn(safe_text(event), 24, "left") for event in events),
            *(TableColumn(safe_text(f"{form.title}（条）"), 11) for form in registers),
        ),
        rows=tuple(rows),
        tints=tints,
    )
    return without_empty_columns(table, *_OPTIONAL)


def obligations_table(summary: UnitSummary) -> PrintedTable:
    """One row per unit, obligation and period: done against due."""
    rows: list[PrintedRow] = []
    tints = {}
    for number, one in enumerate(summary.obligations):
        if one.obligation_state == "short":
            tints[number] = LATE_FILL
        rows.append(
            (
                number + 1,
                outside_text(one.unit_name),
                one.risk_class_name or "",
                safe_text(one.event_name),
                period_title(one.period),
                date_text(one.ends_on),
                one.times,
                one.done_count,
                one.shortfall,
                OBLIGATION_STATE[one.obligation_state],
                date_text(one.last_done_on),
            )
        )
    return PrintedTable(
        columns=(
            TableColumn("序号", 5),
            TableColumn("单位", 26, "left"),
            TableColumn("风险类别", 9),
            TableColumn("规定动作", 28, "left"),
            TableColumn("时期", 16),
            TableColumn("期末", 15),
            TableColumn("应做次数", 9),
            TableColumn("已做次数", 9),
            TableColumn("还差", 7),
            TableColumn("情况", 12),
            TableColumn("最近一次", 15),
        ),
        rows=tuple(rows),
        tints=tints,
    )


def reports_table(summary: UnitSummary) -> PrintedTable:
    """One row per unit and report due within the period."""
    rows: list[PrintedRow] = []
    tints = {}
    for number, one in enumerate(summary.reports):
        if one.timeliness in _TINTS:
            tints[number] = _TINTS[one.timeliness]
        rows.append(
            (
                number + 1,
                outside_text(one.unit_name),
                _title(summary, one.form_id),
                period_title(one.period),
                date_text(one.due_on),
                moment_text(one.received_at),
                timeliness_text(one.timeliness, one.days_late),
                SUBMISSION_STATUS[one.last_status] if one.last_status else "",
                outside_text(one.last_reason),
            )
        )
    return PrintedTable(
        columns=(
            TableColumn("序号", 5),
            TableColumn("单位", 24, "left"),
            TableColumn("报表", 34, "left"),
            TableColumn("报送期", 14),
            TableColumn("上报日", 15),
            TableColumn("首次有效收到", 18),
            TableColumn("报送情况", 11),
            TableColumn("最近一次", 10),
            TableColumn("原因", 26, "left"),
        ),
        rows=tuple(rows),
        empty="本期没有到上报日的报表。",
        tints=tints,
    )


def upstream_table(summary: UnitSummary, campaign: Campaign) -> PrintedTable:
    """One row per report of the first hop on which another one rests."""
    names = {chain.chain_id: chain.name for chain in campaign.chains}
    rows: list[PrintedRow] = []
    tints = {}
    for number, one in enumerate(summary.upstream):
        if one.upstream_timeliness in _TINTS:
            tints[number] = _TINTS[one.upstream_timeliness]
        rows.append(
            (
                number + 1,
                safe_text(names.get(one.chain_id, one.chain_id)),
                period_title(one.period),
                outside_text(one.downstream_unit_name),
                outside_text(one.upstream_unit_name),
                _title(summary, one.upstream_form_id),
                date_text(one.upstream_due_on),
                moment_text(one.upstream_received_at),
                timeliness_text(one.upstream_timeliness, one.upstream_days_late),
            )
        )
    return PrintedTable(
        columns=(
            TableColumn("序号", 5),
            TableColumn("报送链", 28, "left"),
            TableColumn("报送期", 13),
            TableColumn("下一环单位", 18, "left"),
            TableColumn("上一环单位", 24, "left"),
            TableColumn("上一环报表", 28, "left"),
            TableColumn("上报日", 15),
            TableColumn("首次有效收到", 18),
            TableColumn("情况", 11),
        ),
        rows=tuple(rows),
        tints=tints,
    )


def _report_counts(report: UnitReports | None) -> tuple[int, ...]:
    return (report.expected, report.on_time, report.late, report.missing, report.not_due) if report else (0,) * 5


def _task_counts(task: UnitTasks | None) -> tuple[int | str, ...]:
    """Nothing where no task is owed: a zero would say that nothing was done."""
    if task is None:
        return ("",) * 6
    states = (task.tasks_done, task.tasks_in_progress, task.tasks_not_started, task.tasks_unknown, task.tasks_overdue)
    return (task.tasks_owed, *states)


def _done(owed: Sequence[UnitObligation]) -> str:
    """A line per period: how often it was done of how often it must be."""
    return "\n".join(
        f"{period_title(one.period)}：{one.done_count}/{one.times}次，{OBLIGATION_STATE[one.obligation_state]}"
        for one in owed
    )


def _tint(report: UnitReports | None, task: UnitTasks | None, owed: Sequence[UnitObligation]) -> str:
    if report and report.missing:
        return MISSING_FILL
    is_short = any(one.obligation_state == "short" for one in owed)
    return LATE_FILL if is_short or (report and report.late) or (task and task.tasks_overdue) else ""


def _title(summary: UnitSummary, form_id: str) -> str:
    return summary.head.form_titles.get(form_id, form_id)
