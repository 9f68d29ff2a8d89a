"""What the raw zone holds of rows of files that are named by an address.

Belongs here: asking stored tables for the rows that are meant, where the raw zone is at hand. Does not belong here:
what is asked (line_cells.py, restating/word_cells.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from orchestration.building.database import connect
from orchestration.home import Home
from orchestration.snapshot import rows_of

Line = tuple[str, str]  # submission and row, as `Sheet1!5`, or the cell that names the row


def stored_of(home: Home, query: str, tables: Mapping[str, str], lines: Iterable[Line]) -> list[dict[str, Any]]:
    """What a query finds of these lines; nothing without lines, or where a table is not at hand.

    Args:
        home: with the raw zone.
        query: reads `$submissions`, `$rows` and the tables; gives submission_id and source_row, with lines that pair
            a submission with a row of another one, which are left out.
        tables: of the raw zone, by the parameter that stands for the files of each.
        lines: submissions with the rows that are meant.
    """
    asked = set(lines)
    folders = {parameter: home.raw / table for parameter, table in tables.items()}
    if not asked or not all(any(folder.glob("*.parquet")) for folder in folders.values()):
        return []
    files = {parameter: str(folder / "*.parquet") for parameter, folder in folders.items()}
    meant = {"submissions": sorted({one for one, _ in asked}), "rows": sorted({row for _, row in asked})}
    with connect(home) as connection:
        found = rows_of(connection, query, {**files, **meant})
    return [row for row in found if (row["submission_id"], row["source_row"]) in asked]
