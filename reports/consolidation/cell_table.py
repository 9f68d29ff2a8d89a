"""What the sheet 出处 says: the cell of each unit's file that every counted figure came from, laid out like 各单位总表.

Belongs here: addresses as a printed table, so that a total is read down its column to the files and cells that make it.
Does not belong here: the figures (figure_grid.py), the files (consolidated_tables.py), drawing (printed_table.py).
"""

from __future__ import annotations

from collections.abc import Iterator

from reports.consolidation.period_report import PeriodReport
from reports.paper.printed_table import PrintedTable, TableColumn
from reports.paper.safe_text import outside_text, safe_text
from reports.published import SourceRow
from reports.unit_figures import UnitLine

_ADDRESS_WIDTH = 5.5  # D12; a Word address such as R12C3 takes a second line


def cell_table(report: PeriodReport) -> PrintedTable:
    """One row per unit that counts: its file and, below each item, the address of the figure if there is one."""
    sources = {source.submission_id: source for source in report.sources}
    counted = [(line, sources[line.submission_id]) for line in report.units if line.submission_id in sources]
    return PrintedTable(
        columns=(
            TableColumn("序号", 5),
            TableColumn("单位", 12, "left"),
            TableColumn("文件", 20, "left"),
            TableColumn("工作表", 8),
            *(TableColumn(head, _ADDRESS_WIDTH) for head in _heads(report)),
        ),
        rows=tuple(
            (
                order,
                outside_text(line.unit_name),
                outside_text(source.file_name),
                outside_text(source.sheet_name),
                *_addresses(line, source),
            )
            for order, (line, source) in enumerate(counted, start=1)
        ),
        empty="本期还没有收到报表。",
    )


def _heads(report: PeriodReport) -> Iterator[str]:
    """The number of each item, with its part where it has two."""
    codes = [column.item_code for column in report.columns]
    for column in report.columns:
        part = column.part_name or column.measure_unit if codes.count(column.item_code) > 1 else ""
        yield safe_text(f"{column.item_code}{part}")


def _addresses(line: UnitLine, source: SourceRow) -> Iterator[str]:
    for value, address in zip(line.totals, line.cells, strict=True):
        own_sheet = f"{source.sheet_name}!"
        yield outside_text((address or "").removeprefix(own_sheet)) if value is not None else ""
