"""The three kinds of live formula our workbooks hold, worked out again from the cells they refer to.

Belongs here: understanding a formula's text as read back from a file, and its result. Does not belong here: writing
formulas (figure_grid.py), judging the result (consolidated_check.py).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, Protocol

from reports.consolidation.figure_grid import sum_formula, yes_of_answers_formula
from reports.consolidation.printed_figure import Printed

_RANGE = re.compile(r"([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)")
_REFERENCE = re.compile(r"='((?:[^']|'')+)'!([A-Z]{1,3})(\d+)")


class CellRange(NamedTuple):
    """Cells of one column from the first to the last row, counted from 0."""

    column: int
    first: int
    last: int


class Tally(NamedTuple):
    """What the cells of a range hold: how many numbers, their sum, and how many 是 and 否."""

    numbers: int
    total: Decimal
    yes: int
    no: int


class Cells(Protocol):
    """A sheet as a formula sees it."""

    def value(self, row: int, column: int) -> Printed: ...

    def tally(self, cells: CellRange) -> Tally: ...


@dataclass(frozen=True, slots=True)
class Recalculated:
    """A formula's result worked out from what its cells show, and the ranges it counts on its own sheet."""

    value: Printed
    ranges: tuple[CellRange, ...] = ()

    @property
    def rows(self) -> list[int]:
        """The rows counted, range by range; they are in order, each once, unless a range overlaps another."""
        return [row for one in sorted(self.ranges) for row in range(one.first, one.last + 1)]


def recalculate(formula: str, sheet: str, sheets: Mapping[str, Cells]) -> Recalculated | None:
    """Work a formula (as read back, with its =) on `sheet` out again; None when it is none of ours."""
    if reference := _REFERENCE.fullmatch(formula):
        name, letters, row = reference.groups()
        target = sheets.get(name.replace("''", "'"))
        return Recalculated(target.value(int(row) - 1, column_number(letters)) if target else None)
    texts = list(dict.fromkeys(found.group() for found in _RANGE.finditer(formula)))
    ranges = [_cell_range(text) for text in texts]
    if not ranges or None in ranges:
        return None
    known = tuple(one for one in ranges if one is not None)
    tallies = [sheets[sheet].tally(one) for one in known]
    if formula == sum_formula(texts):
        numbers = sum(tally.numbers for tally in tallies)
        return Recalculated(sum((tally.total for tally in tallies), Decimal(0)) if numbers else None, known)
    if formula == yes_of_answers_formula(texts):
        yes = sum(tally.yes for tally in tallies)
        answers = yes + sum(tally.no for tally in tallies)
        return Recalculated(f"{yes}/{answers}" if answers else None, known)
    return None


def column_number(letters: str) -> int:
    """A → 0, Z → 25, AA → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _cell_range(text: str) -> CellRange | None:
    """Return the range, or None where it runs over several columns."""
    found = _RANGE.fullmatch(text)
    if found is None or found[1] != found[3]:
        return None
    return CellRange(column_number(found[1]), int(found[2]) - 1, int(found[4]) - 1)
