"""What the sheet 重述 says: figures of earlier periods that changed since the report of the period before.

Belongs here: the rows as published, and as printed. Does not belong here: which change stands in which report (the
models), drawing (printed_table.py), any two nights compared (orchestration).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from reports.paper.printed_table import PrintedTable, TableColumn
from reports.paper.safe_text import outside_text, safe_text
from reports.paper.wording import RESTATEMENT_CAUSE, item_title, moment_text, number_text, period_title, signed_text

RESTATED_ORDER = "figure_period, unit_position, unit_id, position, cause"


@dataclass(frozen=True, slots=True)
class RestatedRow:
    """One figure of an earlier period; a value is null where the unit had, or has, given no number."""

    figure_period: str
    unit_name: str
    item_code: str
    indicator_name: str
    part_name: str | None
    cause: str
    value_before: Decimal | None
    value_after: Decimal | None
    difference: Decimal
    file_name: str | None
    received_at: datetime | None
    source_cell: str | None
    correction_id: str | None


def restated_table(restatements: Sequence[RestatedRow]) -> PrintedTable:
    """One row per restated figure, with the file or the correction that restates it."""
    rows = [
        (
            order,
            period_title(row.figure_period),
            outside_text(row.unit_name),
            safe_text(item_title(row.item_code, row.indicator_name, row.part_name)),
            "—" if row.value_before is None else number_text(row.value_before),
            "—" if row.value_after is None else number_text(row.value_after),
            signed_text(row.difference),
            RESTATEMENT_CAUSE[row.cause] + (f" {safe_text(row.correction_id)}" if row.correction_id else ""),
            outside_text(row.file_name),
            moment_text(row.received_at),
            outside_text(row.source_cell),
        )
        for order, row in enumerate(restatements, start=1)
    ]
    return PrintedTable(
        columns=(
            TableColumn("序号", 5),
            TableColumn("报送期", 12),
            TableColumn("单位", 14, "left"),
            TableColumn("项目", 26, "left"),
            TableColumn("原为", 8),
            TableColumn("现为", 8),
            TableColumn("增减", 8),
            TableColumn("缘由", 12),
            TableColumn("文件", 26, "left"),
            TableColumn("收到时间", 18),
            TableColumn("位置", 12),
        ),
        rows=tuple(rows),
    )
