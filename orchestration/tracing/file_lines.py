"""What became of the lines of a hazard list, cell by cell: which of them are the last word on their hazard.

Belongs here: the fate that a line gives its cells. Does not belong here: cells that a mart names by their own address,
cells of no line (file_trace.py); which line of a list counts (the model fct_hazard_line_choices).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from orchestration.building.database import connect
from orchestration.home import Home
from orchestration.snapshot import MartSnapshot, rows_of
from orchestration.tracing.line_cells import cells_of_lines
from orchestration.tracing.named_rows import Line

REACHED = "reached"
LATER_LINE = "later_line"
OTHER_LINE = "other_line"
_BEST_FIRST = (REACHED, LATER_LINE, OTHER_LINE)  # a cell merged over several rows belongs to each of them

_LINES = """
    select submission_id, row_number, sheet_name || '!' || row_ref as source_row
    from read_parquet(?) where list_contains(?, submission_id)
"""
_LAST = "select submission_id, source_row from fct_hazards where list_contains(?, submission_id)"
_PASSED_OVER = """
    select submission_id, row_number from fct_hazard_line_choices
    where not is_counted and list_contains(?, submission_id)
"""


def fates_of_lines(home: Home, snapshot: MartSnapshot, ids: Sequence[str]) -> Mapping[str, str]:
    """The fate of the line by each cell of it (`卡!B6`), and by its row (`Sheet1!5`) for what has no address stored.

    `reached`: the ledger says what this line says; `other_line`: it follows another line of the same list;
    `later_line`: a later list. Snapshots of earlier releases know of no `other_line`.

    Args:
        home: with the raw zone.
        snapshot: the published marts.
        ids: submissions of one file, so that an address means one cell.
    """
    of_line = dict(_fates(home, snapshot, ids))
    cells = cells_of_lines(home, of_line)
    of_cell: dict[str, str] = {}
    for line, fate in of_line.items():
        for place in {line[1], *cells.get(line, {}).values()}:
            of_cell[place] = min(fate, of_cell.get(place, fate), key=_BEST_FIRST.index)
    return of_cell


def _fates(home: Home, snapshot: MartSnapshot, ids: Sequence[str]) -> Iterator[tuple[Line, str]]:
    if not any((home.raw / "hazard_lines").glob("*.parquet")):
        return
    with connect(home) as connection:
        lines = rows_of(connection, _LINES, [str(home.raw / "hazard_lines" / "*.parquet"), list(ids)])
    last = _asked(snapshot, "fct_hazards", _LAST, ids)
    passed_over = _asked(snapshot, "fct_hazard_line_choices", _PASSED_OVER, ids)
    for line in lines:
        submission, row = line["submission_id"], line["source_row"]
        other = OTHER_LINE if (submission, line["row_number"]) in passed_over else LATER_LINE
        yield (submission, row), REACHED if (submission, row) in last else other


def _asked(snapshot: MartSnapshot, table: str, query: str, ids: Iterable[str]) -> set[tuple[object, ...]]:
    rows = snapshot.rows(query, (list(ids),)) if snapshot.holds(table) else []
    return {tuple(row.values()) for row in rows}
