"""What the numbers of one row of a list say about each other: a part is not larger than its whole.

Belongs here: comparing columns of one row as the form says (`at_most`). Does not belong here: single cells
(list_cells.py), rows of other periods and units (SQL: int_outcomes__*), figures of indicator tables (rules.yml).
"""

from __future__ import annotations

from collections.abc import Sequence

from campaigns.model import Form
from ingest.lists.list_problems import ListProblems
from ingest.parsed import ListCell
from ingest.problems import Reading


def judge_numbers(form: Form, line: Sequence[ListCell], problems: ListProblems) -> None:
    """Ask about every number above the one it is part of; where either is blank there is no question."""
    cells = {cell.column_id: cell for cell in line if cell.number is not None}
    columns = {column.column_id: column for column in form.columns}
    for column in form.columns:
        part, whole = cells.get(column.column_id), cells.get(column.at_most or "")
        if part is None or whole is None or part.number <= whole.number:  # type: ignore[operator]
            continue
        facts = {"number": _text(part), "whole": columns[whole.column_id].label, "limit": _text(whole)}
        problems.tell(Reading.PART_ABOVE_WHOLE, column, part.address, **facts, whole_at=whole.address)


def _text(cell: ListCell) -> str:
    return format(cell.number, "f")
