"""核实单: the letter that asks a unit about what it sent, as a Word file, and the proof of the finished file.

Belongs here: what the letter says and how it looks. Does not belong here: who is asked what (unit_questions.py), markup
(word_page.py, word_text.py), the comparison itself (official_check.py), where letters lie and when they go
(orchestration).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Final

from reports.bulletins.official_check import verify_official
from reports.bulletins.official_text import Block, OfficialDocument, Paragraph, Part, Table, body, figure, note
from reports.consolidation.ledger_table import signed_difference, why_counted
from reports.paper.difference import Difference
from reports.paper.finished_file import write_whole
from reports.paper.safe_text import outside_text, safe_text
from reports.paper.word_page import Properties, WordCell, WordTable, table, word_file
from reports.paper.word_paper import PageShape
from reports.paper.word_text import Look, Piece, paragraph_of_pieces
from reports.paper.wording import EXPLANATION_STATE, date_text, period_title
from reports.paper.workbook import HEAD_FONT, TITLE_FONT
from reports.returns.unit_questions import QuestionRow, UnitDifferenceRow, UnitQuestions

MOST_LISTED: Final = 300  # rows of one table; a unit with more is helped by a call, not by a longer letter
_PAGE: Final = PageShape(landscape=True, side_mm=20, top_mm=22, bottom_mm=18)
_TEXT: Final = Look(font="仿宋_GB2312", size=14, after=4)
_LOOKS: Final = {
    Part.TITLE: Look(font=TITLE_FONT, size=20, align="center", after=8),
    Part.HEADING: Look(font=HEAD_FONT, size=14, before=8, after=4),
}
_HEAD: Final = Look(font=HEAD_FONT, size=10.5, align="center")
_CELL: Final = Look(size=10.5)
_HEAD_FILL: Final = "D9E2F3"
_QUESTION_HEADS: Final = ("序号", "报表", "文件", "位置", "问题", "类别", "规则")
_QUESTION_WIDTHS: Final = (12, 42, 42, 27, 98, 18, 18)
_HAZARD_HEADS: Final = ("是否计入", "缘由", "编号", "企业", "隐患", "发现日期", "整改完成", "清单文件", "清单行")
_HAZARD_WIDTHS: Final = (18, 32, 18, 34, 51, 28, 28, 28, 20)
_DIFFERENCES: Final = "rpt_ledger_differences"


def write_question_letter(target: Path, unit: UnitQuestions) -> Path:
    """Write the letter; `verify_question_letter` must find no difference before it goes. Equal content, equal bytes."""
    document = _document(unit)
    told = Properties(document.title, document.subject, document.author, unit.campaign.campaign_id, document.moment)
    return write_whole(target, word_file(_PAGE, [_drawn(block) for block in document.blocks], told))


def verify_question_letter(path: Path, unit: UnitQuestions) -> list[Difference]:
    """Read the finished file back; return every difference from what was published."""
    return verify_official(path, _document(unit))


def asked_of(unit: UnitQuestions) -> str:
    """A mark of what the letter asks: two letters that differ in their date alone have the same."""
    asked = [
        block for block in _document(unit).blocks if not (isinstance(block, Paragraph) and block.part is Part.DATE)
    ]
    return hashlib.sha256(repr(asked).encode()).hexdigest()


def _document(unit: UnitQuestions) -> OfficialDocument:
    office, moment = unit.campaign.office, unit.snapshot.as_of or datetime(1980, 1, 1)
    return OfficialDocument(
        title=outside_text(f"{unit.unit_name}核实单"),
        subject="核实单",
        author=office,
        moment=moment,
        header="",
        blocks=(
            Paragraph(Part.TITLE, ("核 实 单",)),
            Paragraph(Part.ADDRESSEE, (f"{outside_text(unit.unit_name)}：",)),
            body(
                f"你单位报送的“{safe_text(unit.campaign.campaign_name)}”材料中，下列 {len(unit.questions)} 处需要核实。"
                "报来的数已照常计入；请对照原文件逐条核对，有误的改正后重报，无误的在表中写明情况。"
            ),
            Paragraph(Part.HEADING, ("一、需要核实的问题",)),
            *_table(_QUESTION_HEADS, _QUESTION_WIDTHS, [_question(n, q) for n, q in enumerate(unit.questions, 1)]),
            *_ledger(unit.differences),
            Paragraph(Part.DATE, (f"{safe_text(office)}    {date_text(moment.date())}",)),
        ),
    )


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


def _ledger(differences: Sequence[UnitDifferenceRow]) -> Iterator[Block]:
    if differences:
        yield Paragraph(Part.HEADING, ("二、与隐患清单不符的数，逐处隐患",))
    for _, of_figure in groupby(differences, key=lambda row: (row.form_id, row.period, row.item_code, row.part)):
        rows = tuple(of_figure)
        yield body(*_figure(rows[0]))
        yield from _table(_HAZARD_HEADS, _HAZARD_WIDTHS, [_hazard(row) for row in rows])


def _figure(row: UnitDifferenceRow) -> Iterator[Piece]:
    """One sentence about a figure; its numbers are bound to the row of the mart that states them."""
    key = (row.unit_id, row.form_id, row.period, row.item_code, row.part)
    name = safe_text(row.indicator_name + (f"（{row.part_name}）" if row.part_name else ""))
    yield f"{period_title(row.period)} {row.item_code} {name}（{outside_text(row.source_cell)}）：表上 "
    yield "未填" if row.reported_value is None else figure(row.reported_value, _DIFFERENCES, "reported_value", *key)
    if row.correction_id:
        yield "，更正后 "
        yield figure(row.form_value, _DIFFERENCES, "form_value", *key)
    yield "，清单 "
    yield figure(row.ledger_value, _DIFFERENCES, "ledger_value", *key)
    if row.joined_value != row.ledger_value:
        yield "（疑似同一处的并作一处为 "
        yield figure(row.joined_value, _DIFFERENCES, "joined_value", *key)
        yield "）"
    yield f"，{signed_difference(row.difference)}。"


def _hazard(row: UnitDifferenceRow) -> tuple[str, ...]:
    return (
        "" if row.is_counted is None else "计入" if row.is_counted else "不计入",
        why_counted(row),
        outside_text(row.hazard_number),
        outside_text(row.enterprise),
        outside_text(row.hazard_text),
        date_text(row.found_on),
        date_text(row.rectified_on),
        outside_text(row.list_file_name),
        outside_text(row.list_row),
    )


def _table(heads: tuple[str, ...], widths: tuple[float, ...], rows: Sequence[tuple[str, ...]]) -> Iterator[Block]:
    yield Table(heads, widths, tuple(rows[:MOST_LISTED]))
    if len(rows) > MOST_LISTED:
        yield note(f"另有 {len(rows) - MOST_LISTED} 行没有列出，请与我们联系。")


def _drawn(block: Block) -> str:
    if isinstance(block, Paragraph):
        return paragraph_of_pieces(block.pieces, _LOOKS.get(block.part, _TEXT))
    rows = [[WordCell(head, _HEAD, _HEAD_FILL) for head in block.heads]]
    rows += [[WordCell(cell, _CELL) for cell in row] for row in block.rows]
    return table(WordTable(block.widths_mm, rows, head_rows=1))
