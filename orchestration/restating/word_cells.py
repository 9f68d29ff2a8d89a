"""Where a row says a word that changed: the cell of its column, in the file that speaks of the row.

Belongs here: addresses of the columns of rows, from the raw zone as they were stored when the file came. Does not
belong here: which rows changed (row_restatement.py), which column says which word (row_facts.py).

What is said of a hazard may come from several of its lists; its last line is named only where it says the word, and
its days are told by believed_days.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from orchestration.home import Home
from orchestration.restating.row_facts import RowFact
from orchestration.tracing.line_cells import cells_of_lines
from orchestration.tracing.named_rows import Line, stored_of

Said = Mapping[str, object]  # by column

# The row is named by the address of one of its cells; a cell that names several units is stored once for each.
_CELLS = """
    with cells as (
        select distinct submission_id, sheet_name, row_number, column_id, sheet_name || '!' || cell_ref as source_cell
        from read_parquet($cells)
        where list_contains($submissions, submission_id)
    )

    select named.submission_id, named.source_cell as source_row, cells.column_id, min(cells.source_cell) as source_cell
    from cells as named
    inner join cells using (submission_id, sheet_name, row_number)
    where list_contains($rows, named.source_cell)
    group by all
    having count(*) = 1
"""

# Lists of before a column was asked lie in files that do not have it.
_LINES = """
    select *, sheet_name || '!' || row_ref as source_row
    from read_parquet($lines, union_by_name = true)
    where list_contains($submissions, submission_id) and list_contains($rows, sheet_name || '!' || row_ref)
"""


def cells_of_words(
    home: Home, changed: Sequence[tuple[RowFact, Mapping[str, Any]]]
) -> Mapping[Line, Mapping[str, str]]:
    """The cell of each word by the file and cell that speak of its row; nothing for a word that no column says.

    Args:
        home: with the raw zone.
        changed: facts and their rows, with `submission_after`, `source_cell` and `said_after`.
    """
    rows = {
        (row["submission_after"], row["source_cell"]): (fact, row["said_after"])
        for fact, row in changed
        if (fact.columns or fact.cell_says) and row["said_after"] is not None and row["source_cell"] is not None
    }
    lines = {line for line, (fact, _) in rows.items() if fact.is_line}
    cells = {**_cells_of_rows(home, rows.keys() - lines), **_cells_of_lines_that_say(home, lines, rows)}
    return {
        line: {fact.cell_says: line[1]}
        if fact.cell_says
        else {word: cells[line][column] for word, column in fact.columns.items() if column in cells.get(line, ())}
        for line, (fact, _) in rows.items()
    }


def _cells_of_rows(home: Home, rows: Iterable[Line]) -> dict[Line, dict[str, str]]:
    found: dict[Line, dict[str, str]] = defaultdict(dict)
    for cell in stored_of(home, _CELLS, {"cells": "list_cells"}, rows):
        found[cell["submission_id"], cell["source_row"]][cell["column_id"]] = cell["source_cell"]
    return found


def _cells_of_lines_that_say(
    home: Home, lines: set[Line], rows: Mapping[Line, tuple[RowFact, Said]]
) -> dict[Line, dict[str, str]]:
    places = cells_of_lines(home, lines)
    found: dict[Line, dict[str, str]] = {}
    for stored in stored_of(home, _LINES, {"lines": "hazard_lines"}, lines):
        line = stored["submission_id"], stored["source_row"]
        fact, said = rows[line]
        filled = {word: _filled_column(fact, word, stored) for word in fact.columns}
        found[line] = {
            fact.columns[word]: places[line][column]
            for word, column in filled.items()
            if stored[column] == said.get(word) and column in places[line]
        }
    return found


def _filled_column(fact: RowFact, word: str, stored: Mapping[str, Any]) -> str:
    """The column of the line that says the word."""
    wanted = (column for column in fact.filled_first.get(word, ()) if stored[column] is not None)
    return next(wanted, fact.columns[word])
