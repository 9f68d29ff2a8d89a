"""The table of readings that a report relies on: where the governing documents disagree or are silent.

Belongs here: how a reading is printed. Does not belong here: which readings a report relies on (its own module).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from reports.paper.printed_table import PrintedTable, TableColumn
from reports.paper.safe_text import safe_text
from reports.published import Reading

READING_COLUMNS: Final = (
    ("编号", 1, "center"),
    ("口径", 6, "left"),
    ("出处", 3, "left"),
    ("由谁确定", 2, "left"),
)  # head, sheet columns, alignment: on a cover of twelve columns


def readings_table(readings: Iterable[Reading], columns: tuple[TableColumn, ...]) -> PrintedTable:
    """One row per reading: its code, the sentence in force, the clauses, and who decided."""
    rows = [
        (
            reading.code,
            safe_text(reading.sentence),
            safe_text(reading.clauses or ""),
            safe_text(reading.decided_by or ""),
        )
        for reading in readings
    ]
    return PrintedTable(columns=columns, rows=tuple(rows))
