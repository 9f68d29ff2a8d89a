"""What tells the rows of a list apart: the values of its key columns, in words.

Belongs here: the key of one row. Does not belong here: what happens when a key repeats (list_cells.py), what makes two
hazards the same (hazard_identity.py).
"""

from __future__ import annotations

from collections.abc import Iterator

from campaigns.model import Column, Form
from ingest.files.grid import raw_text
from ingest.layouts.list_rows import ListRow, Placed
from ingest.words.cell_words import TRAILING, plain_text
from ingest.words.list_values import Typed


def row_key(form: Form, row: ListRow, typed: dict[str, list[Typed]], number: int) -> str:
    """The values that tell the row apart, without those of people; a row without any has its number for key."""
    columns = [c for name in form.row_key for c in form.columns if c.column_id == name and not c.personal]
    parts = ["、".join(_key_words(c, typed[c.column_id], row.cells.get(c.column_id))) for c in columns]
    return "|".join(parts) if any(parts) else f"#{number}"


def _key_words(column: Column, values: list[Typed], placed: Placed | None) -> Iterator[str]:
    """What a cell adds to its row's key: what it means, or its words in full width, capitals and spaces alike."""
    for value in values:
        if value.text is not None:
            yield _plain(value.text) if column.type == "text" else value.text
        elif value.number is not None:
            yield str(value.number)
        elif value.day is not None:
            yield value.day.isoformat()
        elif placed is not None:
            yield _plain(raw_text(placed.raw))


def _plain(text: str) -> str:
    return plain_text(text).rstrip(TRAILING)
