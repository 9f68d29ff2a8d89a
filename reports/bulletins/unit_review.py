"""One unit in a look back: what it handed in and when, its tasks, figures, lengths of its texts, open questions (R110).

Belongs here: the tables of one unit, the same for Word and Excel. Does not belong here: chapters over all units
(review_chapters.py), the files (evaluation.py, evaluation_book.py). A unit's table without rows is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from reports.boards.task_board_lists import shortened
from reports.boards.unit_summary_rows import SummaryUnit
from reports.bulletins.official_text import Table, figure, row, without_idle_columns
from reports.bulletins.review_chapters import narrative_cells
from reports.bulletins.review_figures import item_name, unit_figures
from reports.bulletins.review_rows import Review
from reports.consolidation.printed_figure import View
from reports.paper.safe_text import outside_text, safe_text
from reports.paper.word_text import Piece
from reports.paper.wording import OBLIGATION_STATE, TIMELINESS, month_day, period_title, timeliness_text

_TASK_COUNTS: Final = {"；应报任务": "tasks_owed", "，已完成": "tasks_done", "，逾期": "tasks_overdue"}


def unit_sentence(review: Review, unit: SummaryUnit) -> tuple[Piece, ...]:
    """What was due from the unit, and what came."""
    words = Counter(one.timeliness for one in review.summary.reports if one.unit_id == unit.unit_id)
    key = (review.head.period, unit.unit_id)
    pieces: list[Piece] = ["本期到上报日的报表", figure(words.total(), "rpt_timeliness", "expected", *key), "份"]
    for word, printed in TIMELINESS.items():
        if words[word]:
            pieces += [f"，{printed}", figure(words[word], "rpt_timeliness", word, *key), "份"]
    for one in review.summary.tasks:
        if one.unit_id == unit.unit_id and one.tasks_owed:
            for opening, column in _TASK_COUNTS.items():
                pieces += [opening, figure(getattr(one, column), "rpt_unit_progress", column, unit.unit_id), "项"]
    if questions := sum(one.unit_id == unit.unit_id for one in review.questions):
        pieces += ["；待核实的问题", figure(questions, "rpt_unit_questions", "open", unit.unit_id), "处"]
    return (*pieces, "。")


def is_unremarkable(review: Review, unit: SummaryUnit) -> bool:
    """Whether all there is to tell of a unit is that its reports came in time."""
    summary, unit_id = review.summary, unit.unit_id
    told_of = {one.unit_id for rows in (summary.tasks, summary.obligations) for one in rows}
    told_of |= {one.unit_id for rows in (review.narratives, review.questions) for one in rows}
    if unit_id in told_of or any(table.rows for table in _figures(review, unit).values()):
        return False
    return all(one.timeliness == "on_time" for one in summary.reports if one.unit_id == unit_id)


def unit_tables(review: Review, unit: SummaryUnit) -> Iterator[tuple[str, Table]]:
    """The unit's tables by heading, in printed order; none without rows."""
    tables = {
        "报送": _reports(review, unit),
        "任务": _tasks(review, unit),
        "规定动作": _obligations(review, unit),
        "文字材料的字数": _narratives(review, unit),
        **_figures(review, unit),
        "待核实的问题": _questions(review, unit),
    }
    yield from ((heading, table) for heading, table in tables.items() if table.rows)


def _reports(review: Review, unit: SummaryUnit) -> Table:
    rows = []
    for one in review.summary.reports:
        if one.unit_id == unit.unit_id:
            key = (one.unit_id, one.form_id, one.period)
            title = review.head.form_titles.get(one.form_id, one.form_id)
            words = timeliness_text(one.timeliness, one.days_late)
            timeliness = figure(words, "rpt_timeliness", "timeliness", *key)
            received = figure(month_day(one.received_at), "rpt_timeliness", "received_at", *key)
            upstream = outside_text(one.upstream_late_units) if one.upstream_complete is False else ""
            rows.append(row(title, period_title(one.period), month_day(one.due_on), received, timeliness, upstream))
    heads = ("报表", "报送期", "上报日", "收到", "报送情况", "上一环不齐")
    table = Table(heads, (48, 28, 20, 20, 19, 21), tuple(rows), left=("报表",))
    return without_idle_columns(table, "上一环不齐")


def _tasks(review: Review, unit: SummaryUnit) -> Table:
    rows = []
    for one in review.tasks:
        if one.unit_id == unit.unit_id:
            words = f"{one.status_words}（逾期）" if one.is_overdue else one.status_words
            status = figure(words, "rpt_task_answers", "status_words", one.task_id, one.unit_id)
            texts = (outside_text(one.number), outside_text(shortened(one.goal)), outside_text(one.due_text))
            rows.append(row(*texts, status, outside_text(one.progress)))
    heads = ("序号", "任务", "时间节点", "状态", "进展")
    return Table(heads, (12, 66, 20, 20, 38), tuple(rows), left=("任务", "进展"))


def _obligations(review: Review, unit: SummaryUnit) -> Table:
    rows = []
    for one in review.summary.obligations:
        if one.unit_id == unit.unit_id:
            key = (one.obligation_id, one.unit_id, one.period)
            counts = [figure(getattr(one, name), "fct_obligations", name, *key) for name in ("times", "done_count")]
            state = OBLIGATION_STATE[one.obligation_state]
            rows.append(row(safe_text(one.event_name), period_title(one.period), *counts, state))
    heads = ("动作", "时期", "应做（次）", "已做（次）", "情况")
    return Table(heads, (66, 30, 20, 20, 20), tuple(rows), left=("动作",))


def _narratives(review: Review, unit: SummaryUnit) -> Table:
    rows = tuple(
        row(*narrative_cells(review, one), safe_text(one.missing_parts or ""))
        for one in review.narratives
        if one.unit_id == unit.unit_id and (one.longest_text is not None or one.missing_parts)
    )
    heads = ("材料", "所属期", "上限", "字符数", "字数统计", "按字符数", "按字数统计", "缺少的部分")
    return without_idle_columns(Table(heads, (34, 23, 12, 14, 17, 15, 16, 25), rows, left=("材料",)), "缺少的部分")


def _figures(review: Review, unit: SummaryUnit) -> dict[str, Table]:
    """One table for each indicator table the unit is in: every item that is not blank."""
    tables = {}
    for report in review.tables:
        totals, steps = (unit_figures(report, view).get(unit.unit_id, ()) for view in View)
        rows = [
            row(item_name(column), safe_text(column.measure_unit), total, step)
            for column, total, step in zip(report.columns, totals, steps, strict=False)
            if total.text
        ]
        heading = safe_text(f"{report.form.form_title}（{period_title(report.period)}）")
        tables[heading] = Table(("项目", "单位", "累计", "新增"), (100, 14, 21, 21), tuple(rows), left=("项目",))
    return tables


def _questions(review: Review, unit: SummaryUnit) -> Table:
    rows = tuple(
        row(
            safe_text(one.form_title),
            period_title(one.period),
            safe_text(one.rule_class_name),
            outside_text(one.source_cell),
            outside_text(one.message),
        )
        for one in review.questions
        if one.unit_id == unit.unit_id
    )
    heads = ("报表", "报送期", "类别", "位置", "问题")
    return Table(heads, (28, 22, 16, 22, 68), rows, left=("报表", "问题"))
