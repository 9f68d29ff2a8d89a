"""What the sheet 待认定 says: hazards that may be one, each pair once, and which figures wait for the answer.

Belongs here: the rows as published, and as printed. Does not belong here: which pairs touch which figures (the models),
figures that differ by every reading (ledger_table.py), drawing (printed_table.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from reports.paper.printed_table import PrintedRow, PrintedTable, TableColumn
from reports.paper.safe_text import outside_text
from reports.paper.wording import date_text, period_title

QUESTIONS_ORDER = "kind = 'overlap', position, pair_id"
_WHO_TOLD = {"same": "本单位两条", "overlap": "两个单位各一条"}
# Two lines of a pair stand one above the other, so that words are compared with words on one sheet of A4. The pair's
# number stands beside both and is never merged: a merged cell brings a second, empty line along where it is pasted.
_COLUMNS = (
    TableColumn("序号", 4.5, of_block=True),
    TableColumn("认定时引用", 12.5),
    TableColumn("影响的项、期", 15, of_block=True),
    TableColumn("谁报的、为何问", 17, "left", of_block=True),
    TableColumn("单位", 13, "left"),
    TableColumn("隐患编号", 9),
    TableColumn("企业", 18.5, "left"),
    TableColumn("隐患", 31, "left"),
    TableColumn("发现日期", 14.5),
    TableColumn("清单文件、行", 20, "left", size=8),
)
_CODES_ON_A_LINE = 3  # a line never ends inside a code: 1.1、1.2、1.3、
# True under both readings of X7: neither lessens what is reported and added up (docs/how-to/decisions.md).
_NOTE = (
    "每对上下两行：上一行是较早的一条，下一行是另一条。认作同一处的：本单位两条，本单位的台账数按一处计；"
    "两个单位各一条，列为两个单位报了同一处，各单位的数和各表的合计都不变，只有总览和“重复统计”里“只计一处”的合计"
    "随之重算（X7）。认定写入 hazard_decisions.csv。"
)


@dataclass(frozen=True, slots=True)
class LedgerQuestionRow:
    """One pair of hazards that waits for a person, with the figures that depend on the answer."""

    pair_id: str
    kind: str
    unit_name: str
    first_period: str
    last_period: str
    figures_touched: int
    item_codes: str
    reason: str
    hazard_number: str | None
    enterprise: str | None
    hazard_text: str | None
    found_on: date | None
    file_name: str | None
    source_row: str
    other_unit_name: str
    other_hazard_number: str | None
    other_enterprise: str | None
    other_hazard_text: str | None
    other_found_on: date | None
    other_file_name: str | None
    other_source_row: str


def questions_table(questions: Sequence[LedgerQuestionRow]) -> PrintedTable:
    """Two rows per pair, the older line above the other, however many months it touches."""
    rows = [row for order, pair in enumerate(questions, start=1) for row in _two_lines(order, pair)]
    return PrintedTable(columns=_COLUMNS, rows=tuple(rows), note=_NOTE, block=2)


def _two_lines(order: int, pair: LedgerQuestionRow) -> Iterator[PrintedRow]:
    yield (
        order,
        pair.pair_id,
        _touched(pair),
        f"{_WHO_TOLD[pair.kind]}\n{pair.reason}",
        outside_text(pair.unit_name),
        outside_text(pair.hazard_number),
        outside_text(pair.enterprise),
        outside_text(pair.hazard_text),
        date_text(pair.found_on),
        _place(pair.file_name, pair.source_row),
    )
    yield (
        "",
        pair.pair_id,
        "",
        "",
        outside_text(pair.other_unit_name),
        outside_text(pair.other_hazard_number),
        outside_text(pair.other_enterprise),
        outside_text(pair.other_hazard_text),
        date_text(pair.other_found_on),
        _place(pair.other_file_name, pair.other_source_row),
    )


def _touched(pair: LedgerQuestionRow) -> str:
    """Which items of the form, from when to when, and how many figures that makes: one for each period and item."""
    first, last = period_title(pair.first_period), period_title(pair.last_period)
    span = first if first == last else f"{first}至\n{last}"
    codes = pair.item_codes.split("、")
    lines = ("、".join(codes[place : place + _CODES_ON_A_LINE]) for place in range(0, len(codes), _CODES_ON_A_LINE))
    items = "、\n".join(lines)
    return f"{items}\n{span}\n共 {pair.figures_touched} 个数"


def _place(file_name: str | None, row: str) -> str:
    return outside_text("\n".join(filter(None, (file_name, row))))
