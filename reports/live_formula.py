"""The three kinds of live formula our workbooks hold, worked out again from the cells they refer to.

Belongs here: understanding a formula's text as read back from a file, and its result. Does not belong here: writing
formulas (figure_grid.py), judging the result (consolidated_check.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from reports.figure_grid import NO, YES, Printed, sum_formula, yes_of_answers_formula

CellReader = Callable[[str, int, int], Printed]  # sheet name, row, column (counted from 0) → what the cell shows
Place = tuple[int, int]

_RANGE = re.compile(r"([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)")
_REFERENCE = re.compile(r"='((?:[^']|'')+)'!([A-Z]{1,3})(\d+)")


@dataclass(frozen=True, slots=True)
class Recalculated:
    """A formula's result worked out from what its cells show, and the cells it counts on its own sheet."""

    value: Printed
    places: tuple[Place, ...] = ()


def recalculate(formula: str, sheet: str, read: CellReader) -> Recalculated | None:
    """Work a formula (as read back, with its =) on `sheet` out again; None when it is none of ours."""
    if reference := _REFERENCE.fullmatch(formula):
        name, letters, row = reference.groups()
        return Recalculated(read(name.replace("''", "'"), int(row) - 1, column_number(letters)))
    ranges = list(dict.fromkeys(found.group() for found in _RANGE.finditer(formula)))
    if not ranges:
        return None
    places = tuple(place for one in ranges for place in _places(one))
    values = [read(sheet, row, column) for row, column in places]
    if formula == sum_formula(ranges):
        numbers = [value for value in values if isinstance(value, Decimal)]
        return Recalculated(sum(numbers, Decimal(0)) if numbers else None, places)
    if formula == yes_of_answers_formula(ranges):
        yes, answers = values.count(YES), values.count(YES) + values.count(NO)
        return Recalculated(f"{yes}/{answers}" if answers else None, places)
    return None


def column_number(letters: str) -> int:
    """A → 0, Z → 25, AA → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _places(cell_range: str) -> list[Place]:
    found = _RANGE.fullmatch(cell_range)
    if found is None:
        return []
    first_letters, first_row, last_letters, last_row = found.groups()
    return [
        (row - 1, column)
        for row in range(int(first_row), int(last_row) + 1)
        for column in range(column_number(first_letters), column_number(last_letters) + 1)
    ]
