"""Where each column of a line of a hazard list stands in its file: the cell that says it.

Belongs here: addresses of columns, read from the raw zone as they were stored when the list came. Does not belong here:
what stands in the cells (traces and restatements ask for the columns they speak of), cells of other lists, which are
stored one by one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from orchestration.home import Home
from orchestration.tracing.named_rows import Line, stored_of

_TABLES = {"lines": "hazard_lines", "places": "list_columns"}

# As in the macro cell_of_line: a card has the whole address of each cell for itself.
_CELLS = """
    select lines.submission_id, lines.sheet_name || '!' || lines.row_ref as source_row, places.column_id,
        lines.sheet_name || '!' || case when places.row_number is not null then places.ref_before
            else places.ref_before || lines.row_ref || coalesce(places.ref_after, '') end as source_cell
    from read_parquet($lines) as lines
    inner join read_parquet($places) as places
        on lines.submission_id = places.submission_id and lines.sheet_name = places.sheet_name
        and coalesce(places.row_number, lines.row_number) = lines.row_number
    where list_contains($submissions, lines.submission_id)
        and list_contains($rows, lines.sheet_name || '!' || lines.row_ref)
    order by places.row_number nulls first
"""


def cells_of_lines(home: Home, lines: Iterable[Line]) -> Mapping[Line, Mapping[str, str]]:
    """The cell of each column, by line; nothing for a line that the raw zone does not hold, or where it is not at hand.

    Args:
        home: with the raw zone.
        lines: submissions with the rows that are meant.
    """
    found: dict[Line, dict[str, str]] = defaultdict(dict)
    for row in stored_of(home, _CELLS, _TABLES, lines):
        found[row["submission_id"], row["source_row"]][row["column_id"]] = row["source_cell"]
    return found
