"""What the sheet 待认定 says: hazards that may be one, each pair once, and which figures wait for the answer.

Belongs here: the rows as published, and as printed. Does not belong here: which pairs touch which figures (the models),
figures that differ by every reading (ledger_table.py), drawing (printed_table.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reports.paper.printed_table import PrintedTable, TableColumn
from reports.paper.safe_text import outside_text
from reports.paper.wording import date_text, period_title

QUESTIONS_ORDER = "kind = 'overlap', position, pair_id"
# Who told the two lines, and what follows when they are one.
_KINDS = {
    "same": ("本单位两条", "本单位的台账数按一处计"),
    "overlap": ("两个单位各一条", "列为两个单位报了同一处，各单位的数不变"),
}
_COLUMNS = (
    TableColumn("序号", 5),
    TableColumn("单位", 14, "left"),
    TableColumn("影响的项", 12),
    TableColumn("自", 10),
    TableColumn("至", 10),
    TableColumn("谁报的", 14),
    TableColumn("认作同一处的", 18, "left"),
    TableColumn("缘由", 18, "left"),
    TableColumn("隐患编号", 10),
    TableColumn("企业", 16, "left"),
    TableColumn("隐患", 28, "left"),
    TableColumn("发现日期", 12),
    TableColumn("清单文件", 18, "left"),
    TableColumn("清单行", 10),
    TableColumn("另一条单位", 14, "left"),
    TableColumn("另一条编号", 10),
    TableColumn("另一条企业", 16, "left"),
    TableColumn("另一条隐患", 28, "left"),
    TableColumn("另一条发现日期", 12),
    TableColumn("另一条文件", 18, "left"),
    TableColumn("另一条行", 10),
    TableColumn("认定时引用", 14),
)


@dataclass(frozen=True, slots=True)
class LedgerQuestionRow:
    """One pair of hazards that waits for a person, with the figures that depend on the answer."""

    pair_id: str
    kind: str
    unit_name: str
    first_period: str
    last_period: str
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
    """One row per pair, however many months it touches."""
    rows = [
        (
            order,
            outside_text(row.unit_name),
            row.item_codes,
            period_title(row.first_period),
            period_title(row.last_period),
            *_KINDS[row.kind],
            row.reason,
            outside_text(row.hazard_number),
            outside_text(row.enterprise),
            outside_text(row.hazard_text),
            date_text(row.found_on),
            outside_text(row.file_name),
            outside_text(row.source_row),
            outside_text(row.other_unit_name),
            outside_text(row.other_hazard_number),
            outside_text(row.other_enterprise),
            outside_text(row.other_hazard_text),
            date_text(row.other_found_on),
            outside_text(row.other_file_name),
            outside_text(row.other_source_row),
            row.pair_id,
        )
        for order, row in enumerate(questions, start=1)
    ]
    return PrintedTable(columns=_COLUMNS, rows=tuple(rows))
