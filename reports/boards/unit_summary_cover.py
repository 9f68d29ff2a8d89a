"""The short tables on the cover of a summary of units: reports due, obligations, reports that rest on others.

Belongs here: counts of the marts turned into printed rows, with the names behind them. Does not belong here: the lists
(unit_summary_tables.py), drawing.
"""

from __future__ import annotations

from typing import Final

from reports.boards.unit_summary_rows import FormReports, UnitSummary
from reports.boards.unit_summary_tables import REPORTS
from reports.paper.printed_table import PrintedRow, PrintedTable, columns_on
from reports.paper.safe_text import outside_text, safe_text
from reports.paper.wording import OBLIGATION_STATE, date_text, period_title, some_names, timeliness_text

COVER_WIDTHS: Final = (13.0,) * 12
_MOST_NAMES: Final = 8


def forms_table(summary: UnitSummary) -> PrintedTable:
    """One row per form and period due, with the names of who is late or missing."""
    rows: list[PrintedRow] = [
        (
            summary.head.form_titles.get(one.form_id, one.form_id),
            period_title(one.period),
            date_text(one.due_on),
            one.expected,
            one.on_time,
            one.late,
            one.missing,
            one.not_due,
            _names(summary, one),
        )
        for one in summary.reports_by_form
    ]
    heads = (("报表", 2, "left"), ("报送期", 1, "center"), ("上报日", 1, "center"), ("应报", 1, "center"))
    counts = tuple((head, 1, "center") for head in REPORTS)
    return PrintedTable(
        columns_on(COVER_WIDTHS, *heads, *counts, ("迟报、未报的单位", 3, "left")),
        tuple(rows),
        empty="本期没有到上报日的报表。",
    )


def obligation_counts_table(summary: UnitSummary) -> PrintedTable:
    """One row per obligation, period and risk class."""
    rows: list[PrintedRow] = [
        (
            safe_text(one.obligation_name),
            safe_text(one.clause or ""),
            period_title(one.period),
            one.risk_class_name or "",
            one.units,
            one.met,
            one.short,
            one.still_open,
        )
        for one in summary.obligation_counts
    ]
    heads = (("规定动作", 4, "left"), ("出处", 2, "left"), ("时期", 1, "center"), ("风险类别", 1, "center"))
    counts = tuple((head, 1, "center") for head in ("应做单位", *OBLIGATION_STATE.values()))
    return PrintedTable(columns_on(COVER_WIDTHS, *heads, *counts), tuple(rows))


def chains_table(summary: UnitSummary) -> PrintedTable:
    """One row per report that rests on others: whether it is complete, and through whom it is not."""
    rows: list[PrintedRow] = [
        (
            outside_text(one.unit_name),
            summary.head.form_titles.get(one.form_id, one.form_id),
            period_title(one.period),
            timeliness_text(one.timeliness, one.days_late),
            "齐" if one.upstream_complete else "不齐",
            outside_text(one.upstream_late_units),
        )
        for one in summary.resting_reports
    ]
    heads = (("汇总单位", 2, "left"), ("报表", 3, "left"), ("报送期", 1, "center"), ("本环", 1, "center"))
    rest = (("上一环", 1, "center"), ("上一环没有按时的单位", 4, "left"))
    return PrintedTable(columns_on(COVER_WIDTHS, *heads, *rest), tuple(rows))


def _names(summary: UnitSummary, form: FormReports) -> str:
    """The units whose report of this form and period is late or missing, each in the order of the roster."""
    lines = []
    for timeliness, words in (("late", "迟报"), ("missing", "未报")):
        key = (form.form_id, form.period, timeliness)
        names = [one.unit_name for one in summary.reports if (one.form_id, one.period, one.timeliness) == key]
        lines += [f"{words}：{some_names(names, _MOST_NAMES)}"] if names else []
    return outside_text("\n".join(lines))
