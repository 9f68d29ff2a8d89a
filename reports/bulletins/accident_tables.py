"""The tables of the accident bulletin.

Belongs here: rows of the marts turned into printed rows of bound figures. Does not belong here: sentences
(accident_bulletin.py), reading (accident_rows.py).
"""

from __future__ import annotations

from datetime import date
from typing import Final

from reports.bulletins.accident_rows import AccidentReport, AccidentRow, AccidentSpan
from reports.bulletins.official_text import Table, figure
from reports.paper.safe_text import outside_text, safe_text
from reports.paper.word_text import Fact, Piece
from reports.paper.wording import date_text, month_day, period_title

NOT_WRITTEN: Final = "未写"
_CUTS: Final = {"grade": "事故等级", "place": "发生地", "industry": "行业领域"}
_CUT_COLUMNS: Final = (
    "accidents",
    "deaths",
    "accidents_to_date",
    "deaths_to_date",
    "base_accidents_to_date",
    "base_deaths_to_date",
)
_REACHED: Final = {"yes": "达到", "no": "未达到", "unknown": "数字不全，不作判断"}
_CLOSING: Final = {
    "closed_in_time": "按时结案",
    "closed_late": "超期结案",
    "closed": "已结案",
    "open": "未结案",
    "overdue": "超期未结案",
}
_NOT_CLOSED: Final = frozenset({"open", "overdue"})  # whatever day is written: it had not come yet


def spans_table(report: AccidentReport) -> Table:
    """One row per stretch of the year so far, then the year to date, each against the year before."""
    columns = ("accidents", "deaths", "base_accidents", "base_deaths")
    rows: list[tuple[Piece, ...]] = [
        (period_title(span.period), *map(span.fact, columns), *map(span.change, ("accidents_change", "deaths_change")))
        for span in report.whole
    ]
    whole = ("accidents_to_date", "deaths_to_date", "base_accidents_to_date", "base_deaths_to_date")
    changes = ("accidents_to_date_change", "deaths_to_date_change")
    rows.append(("年初以来", *map(report.span.fact, whole), *map(report.span.change, changes)))
    heads = ("时段", "起数", "死亡（人）", "上年同期起数", "上年同期死亡", "起数同比", "死亡同比")
    return Table(heads, (31, 14, 17, 21, 21, 26, 26), tuple(rows))


def targets_table(report: AccidentReport) -> Table:
    """One row per target of the year; every reading of the documents has its own."""
    rows: list[tuple[Piece, ...]] = [
        (
            safe_text(f"{one.target_name}：{one.target_text}"),
            safe_text(one.clause),
            one.fact("current_value"),
            one.fact("base_value"),
            one.change,
            figure(_reached(one.reached, is_final=one.is_final), "rpt_accident_targets", "reached", one.target_id),
        )
        for one in report.targets
    ]
    heads = ("目标", "依据", "现数", "对比数", "变化", "结果")
    return Table(heads, (58, 34, 12, 14, 17, 21), tuple(rows), left=("目标", "依据"))


def cuts_table(report: AccidentReport) -> Table:
    """Grades, places, industries: the period, the year to date, the same stretch of the year before."""
    rows = [row for cut in _CUTS for row in _cut_rows(report, cut)]
    heads = ("分类", "类别", "本期起数", "本期死亡", "年初以来起数", "年初以来死亡", "上年同期起数", "上年同期死亡")
    return Table(heads, (18, 34, 16, 16, 18, 18, 18, 18), tuple(rows))


def accidents_table(report: AccidentReport) -> Table:
    """Every accident of the year so far, in the order of its day."""
    heads = ("编号", "发生日期", "发生地", "行业领域", "事故单位", "等级", "死亡", "受伤", "结案情况")
    rows = tuple(_accident_row(one) for one in report.accidents)
    return Table(heads, (16, 20, 16, 17, 25, 11, 10, 10, 31), rows, left=("事故单位", "结案情况"))


def _cut_rows(report: AccidentReport, cut: str) -> list[tuple[Piece, ...]]:
    return [
        (_CUTS[cut], outside_text(span.cut_name) or NOT_WRITTEN, *map(span.fact, _CUT_COLUMNS))
        for span in report.cuts
        if span.cut == cut and _has_any(span)
    ]


def _has_any(span: AccidentSpan) -> bool:
    return bool(span.accidents_to_date or span.base_accidents_to_date)


def _reached(reached: str, *, is_final: bool) -> str:
    return _REACHED[reached] if is_final or reached == "unknown" else f"目前{_REACHED[reached]}"


def _accident_row(one: AccidentRow) -> tuple[Piece, ...]:
    texts = [outside_text(text) or NOT_WRITTEN for text in (one.place_name, one.industry, one.enterprise)]
    return (
        outside_text(one.accident_number) or NOT_WRITTEN,
        one.fact("occurred_on", month_day(one.occurred_on) or NOT_WRITTEN),
        *texts,
        one.fact("grade_name", one.grade_name or NOT_WRITTEN),
        one.fact("deaths"),
        one.fact("injured"),
        _closing(one),
    )


def _closing(one: AccidentRow) -> Fact:
    """按时结案（3月20日）; 超期未结案（期限4月16日），超15天."""
    words = _CLOSING[one.closing_state]
    if one.closed_on is not None and one.closing_state not in _NOT_CLOSED:
        words = f"{words}（{_day(one.closed_on, one)}）"
    elif one.closing_due_on is not None:
        words = f"{words}（期限{_day(one.closing_due_on, one)}）"
    if one.days_over:
        words = f"{words}，超{one.days_over}天"
    return one.fact("closing_state", words)


def _day(day: date, one: AccidentRow) -> str:
    """With its year only where that is not the accident's own."""
    is_same_year = one.occurred_on is not None and one.occurred_on.year == day.year
    return month_day(day) if is_same_year else date_text(day)
