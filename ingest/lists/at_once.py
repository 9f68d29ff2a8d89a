"""What 立即整改 says in a column of days: the day of another cell of its row, as the form says (`at_once`).

Belongs here: which cell's day is meant. Does not belong here: the words, the grammar of dates (list_dates.py),
typing rows (list_cells.py).
"""

from __future__ import annotations

from collections.abc import Callable

from campaigns.model import Column, Form
from campaigns.vocabulary import ValueState
from ingest.layouts.list_rows import ListRow, Placed
from ingest.words.list_dates import says_at_once
from ingest.words.list_values import Typed, as_text


def read_filled(form: Form, column: Column, row: ListRow, read: Callable[[Column, Placed], Typed]) -> Typed:
    """Read a filled cell; 立即整改 is a track of its own (R57): due on the day the hazard was found, if it is read."""
    placed = row.cells[column.column_id]
    value = read(column, placed)
    other = row.cells.get(column.at_once or "")
    if other is None or value.state is not ValueState.UNREADABLE or not says_at_once(as_text(placed.raw)):
        return value
    meant = read(next(known for known in form.columns if known.column_id == column.at_once), other)
    return meant if meant.day else value
