"""What the lists of the 调度汇总表 say: 报送情况, 问题清单, 数据来源.

Belongs here: rows of the marts turned into printed rows. Does not belong here: drawing (printed_table.py), the cover
(consolidated_cover.py), figures of units (figure_grid.py).
"""

from __future__ import annotations

from reports.consolidation.period_report import PeriodReport
from reports.paper.printed_table import PrintedTable, TableColumn, without_empty_columns
from reports.paper.safe_text import outside_text, safe_text
from reports.paper.wording import (
    DUE_SOURCE,
    EXPLANATION_STATE,
    SUBMISSION_STATUS,
    TIMELINESS,
    date_text,
    moment_text,
)
from reports.paper.workbook import LATE_FILL, MISSING_FILL
from reports.published import ProblemRow

_SHORT_HASH = 12
_TINTS = {"late": LATE_FILL, "missing": MISSING_FILL}


def timeliness_table(report: PeriodReport) -> PrintedTable:
    """One row per expected unit: due day, first accepted form, how late, and what happened to its versions."""
    rows, tints = [], {}
    for order, unit in enumerate(report.timeliness, start=1):
        if unit.timeliness in _TINTS:
            tints[order - 1] = _TINTS[unit.timeliness]
        estimated = f"（{DUE_SOURCE['estimate']}）" if unit.due_source == "estimate" else ""
        rows.append(
            (
                order,
                outside_text(unit.unit_name),
                outside_text(unit.unit_kind),
                f"{unit.due_on.isoformat()}{estimated}",
                moment_text(unit.received_at),
                TIMELINESS[unit.timeliness],
                unit.days_late if unit.days_late else "",
                unit.versions_received,
                unit.versions_returned,
                SUBMISSION_STATUS[unit.last_status] if unit.last_status else "",
                outside_text(unit.last_reason),
            )
        )
    table = PrintedTable(
        columns=(
            TableColumn("序号", 5),
            TableColumn("单位", 18, "left"),
            TableColumn("类别", 11),
            TableColumn("上报日", 15),
            TableColumn("首次有效收到", 18),
            TableColumn("报送情况", 8),
            TableColumn("迟报天数", 7),
            TableColumn("收到版本", 7),
            TableColumn("退回次数", 7),
            TableColumn("最近一次", 9),
            TableColumn("原因", 40, "left"),
        ),
        rows=tuple(rows),
        tints=tints,
    )
    return without_empty_columns(table, "迟报天数", "原因")


def problem_table(report: PeriodReport) -> PrintedTable:
    """One row per failed rule that is still open: on the form that counts, or on the last one sent."""
    rows = [
        (
            order,
            outside_text(problem.unit_name),
            "试运行" if problem.is_trial else problem.rule_class_name,
            problem.rule_code,
            _place_on_form(problem),
            outside_text(problem.message),
            outside_text(problem.explanation),
            outside_text(problem.file_name),
            outside_text(problem.source_cell),
            safe_text(problem.clause or ""),
            _handling(problem),
        )
        for order, problem in enumerate((row for row in report.problems if row.is_open), start=1)
    ]
    table = PrintedTable(
        columns=(
            TableColumn("序号", 5),
            TableColumn("单位", 14, "left"),
            TableColumn("级别", 8),
            TableColumn("规则", 9),
            TableColumn("项目", 20, "left"),
            TableColumn("问题", 50, "left"),
            TableColumn("单位说明", 16, "left"),
            TableColumn("文件", 22, "left"),
            TableColumn("位置", 12),
            TableColumn("依据", 24, "left"),
            TableColumn("处理", 11),
        ),
        rows=tuple(rows),
        empty="本期没有未通过的校验。",
    )
    return without_empty_columns(table, "单位说明")


def source_table(report: PeriodReport) -> PrintedTable:
    """One row per form that counts: the file it came from, its fingerprint, and what was read."""
    rows = [
        (
            order,
            outside_text(source.unit_name),
            outside_text(source.file_name),
            source.file_format,
            outside_text(source.sheet_name),
            moment_text(source.received_at),
            date_text(source.filled_on),
            source.version,
            source.figures_read,
            source.figures_blank,
            source.figures_corrected or "",
            source.rules_failed,
            source.file_sha256[:_SHORT_HASH],
            source.file_sha256,
        )
        for order, source in enumerate(report.sources, start=1)
    ]
    return PrintedTable(
        columns=(
            TableColumn("序号", 5),
            TableColumn("单位", 16, "left"),
            TableColumn("文件名", 30, "left"),
            TableColumn("格式", 6),
            TableColumn("工作表", 14),
            TableColumn("收到时间", 18),
            TableColumn("填表时间", 15),
            TableColumn("版本", 5),
            TableColumn("有数", 5),
            TableColumn("空白", 5),
            TableColumn("更正", 5),
            TableColumn("未过校验", 7),
            TableColumn("指纹", 15),
            TableColumn("文件指纹（SHA-256）全文", 46, "left", size=6.5),
        ),
        rows=tuple(rows),
        empty="本期还没有收到报表。",
    )


def _place_on_form(problem: ProblemRow) -> str:
    if not problem.item_code:
        return "全表"
    name = problem.indicator_name or ""
    part = f"（{problem.part_name}）" if problem.part_name else ""
    return safe_text(f"{problem.item_code} {name}{part}")


def _handling(problem: ProblemRow) -> str:
    """Whether the form counts, and how its explanation stands where one is needed or was given."""
    counted = "已退回，未计入" if problem.status == "returned" else "已计入"
    return "，".join(filter(None, (counted, EXPLANATION_STATE[problem.explanation_state])))
