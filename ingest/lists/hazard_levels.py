"""Hazards of a list of which nobody says how grave they are: they count for none of the figures on major hazards.

Belongs here: which hazards these are. Does not belong here: reading a level (list_values.py), other oddities of lines
(hazard_rows.py), the sentences (problems.toml).

The title of a list decides nothing: campaigns against major hazards ask for lists of all levels under their own name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from campaigns.model import Form
from campaigns.vocabulary import Outcome, ValueState
from ingest.lists.hazard_rows import HAZARD
from ingest.lists.list_problems import ListProblems
from ingest.parsed import ListCell
from ingest.problems import Reading, reading_problem

LEVEL = "level"


def without_level(form: Form, cells: Sequence[ListCell], sheet_name: str) -> Iterator[Outcome]:
    """Ask for the level of each hazard that has none, in one line where the whole list has none.

    A level that could not be read is asked about as such.
    """
    column = next((column for column in form.columns if column.column_id == LEVEL), None)
    if form.kind != "hazard_list" or column is None:
        return
    graded = {cell.row_number for cell in cells if cell.column_id == LEVEL and cell.state is not ValueState.BLANK}
    hazards = [cell for cell in cells if cell.column_id == HAZARD and cell.text]
    choices = "或".join(f"“{choice.label}”" for choice in column.choices)
    if hazards and not graded:
        yield reading_problem(
            Reading.LEVELS_MISSING, at=hazards[0].address, sheet=sheet_name, label=column.label, choices=choices
        )
        return
    problems = ListProblems()
    for hazard in hazards:
        if hazard.row_number not in graded:
            problems.tell(Reading.LEVEL_MISSING, column, hazard.address, choices=choices)
    yield from problems.told
    yield from problems.uncounted()
