"""核实单: the letter that asks a unit about what it sent, as a Word file.

Belongs here: what the letter says and how it looks. Does not belong here: who is asked what (unit_questions.py), markup
(word_page.py, word_text.py), where letters lie and when they go (orchestration).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Final

from reports.consolidation.ledger_table import signed_difference
from reports.paper.safe_text import outside_text, safe_text
from reports.paper.word_page import Properties, WordCell, WordTable, table, word_file
from reports.paper.word_paper import PageShape
from reports.paper.word_text import Look, paragraph
from reports.paper.wording import EXPLANATION_STATE, LEDGER_REASON, date_text, number_text, period_title
from reports.paper.workbook import HEAD_FONT, TITLE_FONT
from reports.returns.unit_questions import QuestionRow, UnitDifferenceRow, UnitQuestions

MOST_LISTED: Final = 300  # rows of one table; a unit with more is helped by a call, not by a longer letter
_PAGE: Final = PageShape(landscape=True, side_mm=20, top_mm=22, bottom_mm=18)
_TITLE: Final = Look(font=TITLE_FONT, size=20, align="center", after=8)
_TEXT: Final = Look(font="仿宋_GB2312", size=14, after=4)
_HEADING: Final = Look(font=HEAD_FONT, size=14, before=8, after=4)
_HEAD: Final = Look(font=HEAD_FONT, size=10.5, align="center")
_CELL: Final = Look(size=10.5)
_HEAD_FILL: Final = "D9E2F3"
_QUESTION_HEADS: Final = ("序号", "报表", "文件", "位置", "问题", "类别", "规则")
_QUESTION_WIDTHS: Final = (12, 42, 42, 27, 98, 18, 18)
_HAZARD_HEADS: Final = ("是否计入", "缘由", "编号", "企业", "隐患", "发现日期", "整改完成", "清单文件", "清单行")
_HAZARD_WIDTHS: Final = (18, 32, 18, 34, 51, 28, 28, 28, 20)


def question_letter(unit: UnitQuestions) -> bytes:
    """The finished letter; equal content is equal bytes."""
    office, moment = unit.campaign.office, unit.snapshot.as_of or datetime(1980, 1, 1)
    body = [
        paragraph("核 实 单", _TITLE),
        paragraph(f"{outside_text(unit.unit_name)}：", _TEXT),
        paragraph(
            f"你单位报送的“{safe_text(unit.campaign.campaign_name)}”材料中，下列 {len(unit.questions)} 处需要核实。"
            "报来的数已照常计入；请对照原文件逐条核对，有误的改正后重报，无误的在表中写明情况。",
            _TEXT,
        ),
        paragraph("一、需要核实的问题", _HEADING),
        *_table(_QUESTION_HEADS, _QUESTION_WIDTHS, [_question(n, q) for n, q in enumerate(unit.questions, start=1)]),
    ]
    if unit.differences:
        body.append(paragraph("二、与隐患清单不符的数，逐处隐患", _HEADING))
        body += _ledger(unit.differences)
    body.append(paragraph(f"{safe_text(office)}    {date_text(moment.date())}", _TEXT))
    title = f"{unit.unit_name}核实单"
    return word_file(_PAGE, body, Properties(outside_text(title), "核实单", office, unit.campaign.campaign_id, moment))


def _question(number: int, row: QuestionRow) -> tuple[str, ...]:
    state = EXPLANATION_STATE[row.explanation_state]
    return (
        str(number),
        f"{safe_text(row.form_title)} {period_title(row.period)}",
        outside_text(row.file_name),
        outside_text(row.source_cell),
        outside_text(row.message) + (f"（{state}）" if state else ""),
        row.rule_class_name,
        row.rule_code,
    )


def _ledger(differences: Sequence[UnitDifferenceRow]) -> Iterator[str]:
    for _, of_figure in groupby(differences, key=lambda row: (row.form_id, row.period, row.item_code, row.part)):
        rows = tuple(of_figure)
        yield paragraph(_figure(rows[0]), _TEXT)
        yield from _table(_HAZARD_HEADS, _HAZARD_WIDTHS, [_hazard(row) for row in rows])


def _figure(row: UnitDifferenceRow) -> str:
    name = safe_text(row.indicator_name + (f"（{row.part_name}）" if row.part_name else ""))
    reported = "未填" if row.reported_value is None else number_text(row.reported_value)
    corrected = f"，更正后 {number_text(row.form_value)}" if row.correction_id else ""
    is_settled = row.joined_value == row.ledger_value
    joined = "" if is_settled else f"（疑似同一处的并作一处为 {number_text(row.joined_value)}）"
    listed = f"清单 {number_text(row.ledger_value)}{joined}"
    compared = f"表上 {reported}{corrected}，{listed}，{signed_difference(row.difference)}"
    return f"{period_title(row.period)} {row.item_code} {name}（{outside_text(row.source_cell)}）：{compared}。"


def _hazard(row: UnitDifferenceRow) -> tuple[str, ...]:
    return (
        "" if row.is_counted is None else "计入" if row.is_counted else "不计入",
        LEDGER_REASON[row.reason or "nothing_listed"],
        outside_text(row.hazard_number),
        outside_text(row.enterprise),
        outside_text(row.hazard_text),
        date_text(row.found_on),
        date_text(row.rectified_on),
        outside_text(row.list_file_name),
        outside_text(row.list_row),
    )


def _table(heads: Sequence[str], widths: Sequence[float], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    drawn = [[WordCell(head, _HEAD, _HEAD_FILL) for head in heads]]
    drawn += [[WordCell(text, _CELL) for text in row] for row in rows[:MOST_LISTED]]
    yield table(WordTable(widths, drawn, head_rows=1))
    if len(rows) > MOST_LISTED:
        yield paragraph(f"另有 {len(rows) - MOST_LISTED} 行没有列出，请与我们联系。", _TEXT)
