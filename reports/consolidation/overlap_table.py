"""What several units told of one hazard does to the totals, both readings of X7 side by side: on the cover and in full.

Belongs here: the rows as published, and as printed. Does not belong here: which report counts twice (the models),
drawing (printed_table.py). No total printed anywhere else is lessened by it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from campaigns.vocabulary import OverlapReading
from reports.paper.printed_table import PrintedTable, TableColumn
from reports.paper.safe_text import outside_text, safe_text
from reports.paper.wording import OVERLAP_READING, OVERLAP_STANDING, date_text, number_text, with_part

TOTALS_ORDER: Final = "contains(summed_items, '+'), position, reading"  # sums after all single items
REPORTS_ORDER: Final = "shared_hazard_id, report_number"
SUMMARY_COLUMNS: Final = (
    ("项目", 4, "left"),
    ("照报合计", 2, "center"),
    ("只计一处", 2, "center"),
    ("相差", 1, "center"),
    ("采用的口径", 3, "center"),
)  # head, sheet columns, alignment: on a cover of twelve columns
_COLUMNS = (
    TableColumn("序号", 5),
    TableColumn("项目", 18, "left"),
    TableColumn("照报合计", 8.5),
    TableColumn("只计一处", 8.5),
    TableColumn("共同编号", 16, size=7),
    TableColumn("单位", 13, "left"),
    TableColumn("怎么计", 17, "left"),
    TableColumn("计入", 6),
    TableColumn("表上的数", 8.5),
    TableColumn("表上位置", 10.5),
    TableColumn("清单上的数", 10.5),
    TableColumn("隐患编号", 10),
    TableColumn("企业", 15, "left"),
    TableColumn("隐患", 25, "left"),
    TableColumn("发现日期", 14.5),
    TableColumn("清单文件", 18, "left"),
    TableColumn("清单行", 10),
)


@dataclass(frozen=True, slots=True)
class OverlapTotalRow:
    """The total over all units of one item, or of items that can be added, under one reading."""

    summed_items: str
    part: str
    reading: str
    item_names: str
    part_name: str | None
    total_value: Decimal | None
    counted_twice: int
    is_in_force: bool


@dataclass(frozen=True, slots=True)
class OverlapReportRow:
    """One unit's report of a hazard that another unit reported, too, where both count for the item or the sum."""

    summed_items: str
    item_code: str
    part: str
    shared_hazard_id: str
    unit_name: str | None
    standing: str
    form_value: Decimal | None
    source_cell: str | None
    ledger_value: Decimal
    hazard_number: str | None
    enterprise: str | None
    hazard_text: str | None
    found_on: date | None
    list_file_name: str | None
    list_row: str


def overlap_summary(totals: Sequence[OverlapTotalRow], columns: tuple[TableColumn, ...]) -> PrintedTable:
    """One row per item: its total under both readings, and which of them the campaign chose."""
    rows = [
        (_item(one), _number(one.total_value), _number(once.total_value), one.counted_twice, _chosen((one, once)))
        for one, once in _by_item(totals)
    ]
    return PrintedTable(columns=columns, rows=tuple(rows))


def overlap_table(totals: Sequence[OverlapTotalRow], reports: Sequence[OverlapReportRow]) -> PrintedTable:
    """One row per item and report of a shared hazard, with the item's total under both readings."""
    told: dict[tuple[str, str], list[OverlapReportRow]] = defaultdict(list)
    for report in reports:
        told[report.summed_items, report.part].append(report)
    of_item = [(one, once, report) for one, once in _by_item(totals) for report in told[one.summed_items, one.part]]
    rows = [
        (
            order,
            _item(one),
            _number(one.total_value),
            _number(once.total_value),
            report.shared_hazard_id,
            outside_text(report.unit_name),
            OVERLAP_STANDING[report.standing],
            report.item_code,
            _number(report.form_value),
            outside_text(report.source_cell),
            number_text(report.ledger_value),
            outside_text(report.hazard_number),
            outside_text(report.enterprise),
            outside_text(report.hazard_text),
            date_text(report.found_on),
            outside_text(report.list_file_name),
            outside_text(report.list_row),
        )
        for order, (one, once, report) in enumerate(of_item, start=1)
    ]
    return PrintedTable(columns=_COLUMNS, rows=tuple(rows), note=_note(totals))


def _note(totals: Sequence[OverlapTotalRow]) -> str:
    note = (
        f"本行动采用的口径：{_chosen(totals)}（X7）。各表的合计都是各单位上报数相加，不扣减；"
        "“只计一处”的合计只列在总览和本表，少计的就是下列写明“重复”的各份。"
    )
    is_in_sums = any("+" in total.summed_items for total in totals)
    return note + ("几个单位报在不同项目里的同一处，只在这几项之和里重复。" if is_in_sums else "")


def _by_item(totals: Sequence[OverlapTotalRow]) -> list[tuple[OverlapTotalRow, OverlapTotalRow]]:
    """By item or sum, in the form's order: as reported, and counted once."""
    once = {(row.summed_items, row.part): row for row in totals if row.reading == OverlapReading.COUNTED_ONCE}
    return [(row, once[row.summed_items, row.part]) for row in totals if row.reading == OverlapReading.AS_REPORTED]


def _item(row: OverlapTotalRow) -> str:
    return safe_text(with_part(row.item_names, row.part_name))


def _number(value: Decimal | None) -> str:
    return "" if value is None else number_text(value)


def _chosen(rows: Sequence[OverlapTotalRow]) -> str:
    return next(OVERLAP_READING[row.reading] for row in rows if row.is_in_force)
