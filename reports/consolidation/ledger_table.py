"""What the sheet 数账核对 says: figures that differ from the unit's own hazard list, and every hazard behind them.

Belongs here: the rows as published, and as printed. Does not belong here: what counts (the models), drawing
(printed_table.py), the other lists (consolidated_tables.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from reports.paper.printed_table import PrintedTable, TableColumn, without_empty_columns
from reports.paper.safe_text import outside_text, safe_text
from reports.paper.wording import LEDGER_REASON, date_text, item_title, number_text

# Those that count, or do not, as plainly as their row says: they do not make a difference.
PLAIN_REASONS: Final = ("counted", "other_source", "not_major", "not_rectified")
# Of each figure the hazards first that may make the difference: what does not count where the form says more than the
# list, what counts where it says less.
LEDGER_ORDER: Final = (
    f"unit_position, unit_id, position, coalesce(reason in {PLAIN_REASONS}, true), "
    "is_counted = (difference > 0) nulls last, reason, found_on nulls last, hazard_id"
)
_COLUMNS = (
    TableColumn("序号", 5),
    TableColumn("单位", 14, "left"),
    TableColumn("项目", 22, "left"),
    TableColumn("表上的数", 8),
    TableColumn("更正后", 7),
    TableColumn("清单上的数", 9),
    TableColumn("疑似的并作一处", 9),
    TableColumn("相差", 6),
    TableColumn("表上位置", 12),
    TableColumn("是否计入", 8),
    TableColumn("缘由", 22, "left"),
    TableColumn("隐患编号", 10),
    TableColumn("企业", 18, "left"),
    TableColumn("隐患", 34, "left"),
    TableColumn("发现日期", 14),
    TableColumn("整改完成", 14),
    TableColumn("清单文件", 20, "left"),
    TableColumn("清单行", 12),
)


@dataclass(frozen=True, slots=True)
class LedgerDifferenceRow:
    """One hazard behind a figure that differs from the list; without a hazard where the list has none to speak of."""

    unit_name: str
    item_code: str
    indicator_name: str
    part_name: str | None
    form_value: Decimal
    reported_value: Decimal | None
    correction_id: str | None
    ledger_value: Decimal
    joined_value: Decimal
    difference: Decimal
    source_cell: str | None
    is_counted: bool | None
    reason: str | None
    hazard_number: str | None
    enterprise: str | None
    hazard_text: str | None
    found_on: date | None
    rectified_on: date | None
    list_unit_name: str | None
    list_file_name: str | None
    list_row: str | None


def ledger_table(differences: Sequence[LedgerDifferenceRow]) -> PrintedTable:
    """One row per figure and hazard; the figures stand as reported and as corrected, whatever the list says."""
    rows = [
        (
            order,
            outside_text(row.unit_name),
            safe_text(item_title(row.item_code, row.indicator_name, row.part_name)),
            "" if row.reported_value is None else number_text(row.reported_value),
            number_text(row.form_value) if row.correction_id else "",
            number_text(row.ledger_value),
            number_text(row.joined_value) if row.joined_value != row.ledger_value else "",
            signed_difference(row.difference),
            outside_text(row.source_cell),
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
        for order, row in enumerate(differences, start=1)
    ]
    table = PrintedTable(columns=_COLUMNS, rows=tuple(rows))
    return without_empty_columns(table, "更正后", "疑似的并作一处")


def signed_difference(difference: Decimal) -> str:
    """By how much the figure in force lies above (多) or below (少) the list."""
    return f"多 {number_text(difference)}" if difference > 0 else f"少 {number_text(-difference)}"


def why_counted(row: LedgerDifferenceRow) -> str:
    """Why a hazard counts or does not, with the unit in whose list alone it stands."""
    reason = LEDGER_REASON[row.reason or "nothing_listed"]
    return f"{reason}（{outside_text(row.list_unit_name)}）" if row.list_unit_name else reason
