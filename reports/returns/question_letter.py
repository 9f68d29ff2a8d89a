"""核实单: the letter that asks a unit about what it sent, as a Word file, and the proof of the finished file.

Belongs here: what the letter says and how it looks. Does not belong here: who is asked what (unit_questions.py), markup
(word_page.py, word_text.py), the comparison itself (official_check.py), where letters lie and when they go
(orchestration).
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path
from typing import Final

from reports.bulletins.official_check import verify_official
from reports.bulletins.official_text import Block, OfficialDocument, Paragraph, Part, body
from reports.paper.cell_address import spoken_cells, written_address
from reports.paper.difference import Difference
from reports.paper.finished_file import write_whole
from reports.paper.safe_text import outside_text, safe_text
from reports.paper.word_page import Properties, WordCell, WordTable, table, word_file
from reports.paper.word_paper import PageShape
from reports.paper.word_text import Look, paragraph_of_pieces
from reports.paper.wording import EXPLANATION_STATE, date_text, period_title
from reports.paper.workbook import HEAD_FONT, TITLE_FONT
from reports.returns.differing_figures import differing_figures, listed
from reports.returns.unit_questions import QuestionRow, UnitQuestions

_PAGE: Final = PageShape(landscape=True, side_mm=20, top_mm=22, bottom_mm=18)
_TEXT: Final = Look(font="仿宋_GB2312", size=14, after=4, keep_with_next=True)  # what it announces stands below it
_LOOKS: Final = {
    Part.TITLE: Look(font=TITLE_FONT, size=20, align="center", after=8),
    Part.HEADING: Look(font=HEAD_FONT, size=14, before=8, after=4, keep_with_next=True),
    Part.NOTE: Look(size=10.5, before=2, after=2),
}
_HEAD: Final = Look(font=HEAD_FONT, size=10.5, align="center")
_CELL: Final = Look(size=10.5)
_HEAD_FILL: Final = "D9E2F3"
_QUESTION_HEADS: Final = ("序号", "报表", "文件", "位置", "问题", "类别", "规则")
_QUESTION_WIDTHS: Final = (12, 42, 42, 27, 98, 18, 18)


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
            *listed(_QUESTION_HEADS, _QUESTION_WIDTHS, [_question(n, q) for n, q in enumerate(unit.questions, 1)]),
            *differing_figures(unit.differences),
            Paragraph(Part.DATE, (f"{safe_text(office)}    {date_text(moment.date())}",)),
        ),
    )


def _question(number: int, row: QuestionRow) -> tuple[str, ...]:
    state = EXPLANATION_STATE[row.explanation_state]
    return (
        str(number),
        f"{safe_text(row.form_title)} {period_title(row.period)}",
        outside_text(row.file_name),
        outside_text(written_address(row.source_cell)),
        outside_text(spoken_cells(row.message)) + (f"（{state}）" if state else ""),
        row.rule_class_name,
        row.rule_code,
    )


def _drawn(block: Block) -> str:
    if isinstance(block, Paragraph):
        return paragraph_of_pieces(block.pieces, _LOOKS.get(block.part, _TEXT))
    rows = [[WordCell(head, _HEAD, _HEAD_FILL) for head in block.heads]]
    rows += [[WordCell(cell, _CELL) for cell in row] for row in block.rows]
    return table(WordTable(block.widths_mm, rows, head_rows=1))
