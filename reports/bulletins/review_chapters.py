"""The chapters of a look back on a stretch of time: reports, tasks, obligations, texts, accidents, open questions.

Belongs here: sentences and tables over all units. Does not belong here: figures of indicator tables
(review_figures.py), single units (unit_review.py), reading (review_rows.py).

Units stand in the order of the roster; nobody is ranked, as no governing document asks for it. A chapter about which
the campaign reports nothing yields nothing and is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from reports.bulletins.official_text import Block, Table, body, caption, figure, row, without_idle_columns
from reports.bulletins.review_rows import NarrativeLength, Review
from reports.paper.safe_text import outside_text, safe_text
from reports.paper.word_text import Fact, Piece
from reports.paper.wording import TIMELINESS, date_text, period_title, some_names

MOST_NAMES: Final = 30
_STATES: Final = {
    "tasks_done": "已完成",
    "tasks_in_progress": "推进中",
    "tasks_not_started": "未启动",
    "tasks_unknown": "没有状态",
    "tasks_overdue": "逾期",
}
_COUNTS: Final = {"on_time": "按时", "late": "迟报", "missing": "未报", "not_due": "未到期"}


def reporting(review: Review) -> Iterator[Block]:
    """Who reported in time, late or not at all, by form and by unit, and whose report rests on late ones."""
    summary, period = review.summary, review.head.period
    words = Counter(one.timeliness for one in summary.reports)
    if not words:
        return
    pieces: list[Piece] = ["本期到上报日的报表", figure(words.total(), "rpt_timeliness", "expected", period), "份"]
    for word, printed in TIMELINESS.items():
        if words[word]:
            pieces += [f"，{printed}", figure(words[word], "rpt_timeliness", word, period), "份"]
    yield body(*pieces, "。")
    yield caption("各报表报送情况（家）")
    yield _forms(review)
    for word in ("missing", "late"):
        names = [outside_text(one.unit_name) for one in summary.reports if one.timeliness == word]
        if names:
            yield body(f"有{TIMELINESS[word]}的单位：{some_names(list(dict.fromkeys(names)), MOST_NAMES)}。")
    for one in summary.resting_reports:
        if not one.upstream_complete:
            title = review.head.form_titles.get(one.form_id, one.form_id)
            late = outside_text(one.upstream_late_units)
            yield body(
                f"{outside_text(one.unit_name)}《{title}》（{period_title(one.period)}）所依据的报送不齐：{late}。"
            )
    yield caption("各单位报送情况（份）")
    yield _units(review)


def reporting_tables(review: Review) -> dict[str, Table]:
    """The tables over all units that a workbook opens with; none without rows."""
    tables = {
        "各报表报送情况（家）": _forms(review),
        "各单位报送情况（份）": _units(review),
        "各单位任务完成情况（项）": _unit_tasks(review),
    }
    return {heading: table for heading, table in tables.items() if table.rows}


def tasks(review: Review) -> Iterator[Block]:
    """How far each task list is, and each unit with the tasks it reports on."""
    for one in review.lists:
        key = (one.form_id, one.list_id)
        pieces: list[Piece] = [
            f"《{safe_text(one.list_title)}》",
            figure(one.tasks, "rpt_list_progress", "tasks", *key),
        ]
        pieces.append("项")
        for column, word in _STATES.items():
            pieces += ["；其中" if column == "tasks_overdue" else "，", word]
            pieces += [figure(getattr(one, column), "rpt_list_progress", column, *key), "项"]
        yield body(*pieces, f"（截至{date_text(one.cutoff_on)}）。")
    if review.summary.tasks:
        yield caption("各单位任务完成情况（项）")
        yield _unit_tasks(review)


def obligations(review: Review) -> Iterator[Block]:
    """What the documents have a unit do so many times in a period: inspections, drills, meetings."""
    summary = review.summary
    if not summary.obligation_counts:
        return
    rows: list[tuple[Piece, ...]] = []
    for one in summary.obligation_counts:
        key = (one.period, one.risk_class_name or "")
        counts = {"units": one.units, "met": one.met, "short": one.short, "open": one.still_open}
        named = [figure(value, "fct_obligations", column, *key) for column, value in counts.items()]
        rows.append((safe_text(one.obligation_name), one.risk_class_name or "", period_title(one.period), *named))
    yield caption("规定动作（家）")
    heads = ("规定动作", "风险类别", "时期", "应做单位", "已做够", "没有做够", "期限未到")
    yield without_idle_columns(
        Table(heads, (46, 18, 30, 15, 15, 17, 15), tuple(rows), left=("规定动作",)), "风险类别", "期限未到"
    )
    short = [outside_text(one.unit_name) for one in summary.obligations if one.obligation_state == "short"]
    if short:
        yield body(f"没有做够的单位：{some_names(list(dict.fromkeys(short)), MOST_NAMES)}。")


def narratives(review: Review) -> Iterator[Block]:
    """How many texts came in, and which are too long, counted both ways (R20, X14)."""
    if not review.narratives:
        return
    period, over = review.head.period, [one for one in review.narratives if one.is_over_limit]
    pieces: list[Piece] = ["收到文字材料", figure(len(review.narratives), "fct_narratives", "received", period), "份"]
    pieces += ["，按现行口径超过字数上限的", figure(len(over), "fct_narratives", "is_over_limit", period), "份。"]
    yield body(*pieces)
    shown = [one for one in review.narratives if one.is_over_by_characters or one.is_over_by_words]
    if shown:
        yield caption("超过字数上限的材料（两种算法）")
        heads = ("单位", "报表", "报送期", "上限", "字符数", "字数统计", "按字符数", "按字数统计")
        rows = tuple((outside_text(one.unit_name), *narrative_cells(review, one)) for one in shown)
        yield Table(heads, (26, 33, 23, 12, 14, 17, 15, 16), rows, left=("单位", "报表"))


def narrative_cells(review: Review, one: NarrativeLength) -> tuple[Piece, ...]:
    """Form, period, limit, both lengths and both verdicts."""

    def fact(column: str, words: str | None = None) -> Fact:
        value = getattr(one, column) if words is None else words
        return figure(value, "fct_narratives", column, one.unit_id, one.form_id, one.period)

    verdicts = [
        fact(column, {True: "超过", False: "未超过", None: "没有上限"}[getattr(one, column)])
        for column in ("is_over_by_characters", "is_over_by_words")
    ]
    lengths = (fact("longest_text"), fact("characters"), fact("words"))
    return (review.head.form_titles.get(one.form_id, one.form_id), period_title(one.period), *lengths, *verdicts)


def accidents(review: Review) -> Iterator[Block]:
    """One sentence; the rest stands in the accident bulletin."""
    span = review.accidents
    if span is None:
        return
    if span.accidents is None:
        yield body("本期没有收到事故报表，起数和人数不详，不以0代替。")
        return
    pieces: list[Piece] = ["本期报告生产安全事故", span.fact("accidents"), "起，死亡", span.fact("deaths"), "人"]
    pieces += ["；年初以来", span.fact("accidents_to_date"), "起，死亡", span.fact("deaths_to_date"), "人"]
    if span.base_accidents_to_date is not None:
        pieces += ["（上年同期", span.fact("base_accidents_to_date"), "起，", span.fact("base_deaths_to_date"), "人）"]
    yield body(*pieces, "。")


def questions(review: Review) -> Iterator[Block]:
    """How many questions are open, and whose."""
    if not review.questions:
        return
    period = review.head.period
    count = figure(len(review.questions), "rpt_unit_questions", "open", period)
    yield body("报来的材料中尚有", count, "处待单位核实或说明，已随核实单发出：")
    by_unit = Counter(one.unit_id for one in review.questions)
    names = {one.unit_id: outside_text(one.unit_name) for one in review.questions}
    pieces: list[Piece] = []
    for unit_id, number in by_unit.items():
        pieces += ["、" if pieces else "", names[unit_id], figure(number, "rpt_unit_questions", "open", unit_id), "处"]
    yield body(*pieces, "。")


def _forms(review: Review) -> Table:
    rows: list[tuple[Piece, ...]] = []
    for one in review.summary.reports_by_form:
        counts = [
            figure(getattr(one, column), "rpt_timeliness", column, one.form_id, one.period)
            for column in ("expected", *_COUNTS)
        ]
        title = review.head.form_titles.get(one.form_id, one.form_id)
        rows.append((title, period_title(one.period), date_text(one.due_on), *counts))
    heads = ("报表", "报送期", "上报日", "应报", *_COUNTS.values())
    table = Table(heads, (39, 25, 33, 11, 11, 11, 11, 15), tuple(rows), left=("报表",))
    return without_idle_columns(table, _COUNTS["not_due"])


def _units(review: Review) -> Table:
    by_unit = {one.unit_id: one for one in review.summary.reports_by_unit}
    rows = []
    for unit in review.summary.units:
        if one := by_unit.get(unit.unit_id):
            columns = ("expected", *_COUNTS)
            counts = [figure(getattr(one, column), "rpt_timeliness", column, unit.unit_id) for column in columns]
            rows.append(row(outside_text(unit.unit_name), *counts))
    table = Table(("单位", "应报", *_COUNTS.values()), (66, 18, 18, 18, 18, 18), tuple(rows), left=("单位",))
    return without_idle_columns(table, _COUNTS["not_due"])


def _unit_tasks(review: Review) -> Table:
    by_unit = {one.unit_id: one for one in review.summary.tasks}
    rows = []
    for unit in review.summary.units:
        if (one := by_unit.get(unit.unit_id)) and one.tasks_owed:
            columns = ("tasks_owed", *_STATES)
            counts = [figure(getattr(one, column), "rpt_unit_progress", column, unit.unit_id) for column in columns]
            rows.append(row(outside_text(unit.unit_name), *counts))
    return Table(("单位", "应报任务", *_STATES.values()), (54, 17, 17, 17, 17, 17, 17), tuple(rows), left=("单位",))
