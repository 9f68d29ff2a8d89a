"""The comparison of a workbook that was read back with what it must show: differences, and what was looked at.

Belongs here: comparing a cell, a row of cells, a live formula. Does not belong here: which cell must show what
(consolidated_check.py, figure_sheet_check.py), reading the file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from reports.consolidation.live_formula import recalculate
from reports.consolidation.printed_figure import Printed
from reports.consolidation.workbook_reading import Place, ReadSheet, cell_name, shown
from reports.paper.difference import Difference
from reports.paper.wording import number_text


@dataclass(frozen=True)
class Columns:
    """The sheet columns in which the cells of many rows stand, in the order in which they are compared."""

    numbers: tuple[int, ...]

    @cached_property
    def covered(self) -> frozenset[int]:
        return frozenset(self.numbers)

    @cached_property
    def last(self) -> int:
        return max(self.numbers)

    def pick(self, values: Sequence[Any]) -> list[Any]:
        return [values[number] for number in self.numbers]


@dataclass
class Findings:
    """Differences found so far, and the cells that were accounted for."""

    sheets: dict[str, ReadSheet]
    differences: list[Difference] = field(default_factory=list)
    _cells: set[tuple[str, Place]] = field(default_factory=set)  # accounted for one by one
    _rows: dict[str, dict[int, frozenset[int]]] = field(default_factory=lambda: defaultdict(dict))  # row → columns

    def differ(self, sheet: str, place: Place | None, what: str, printed: object, expected: object) -> None:
        cell = cell_name(place) if place else ""
        self.differences.append(Difference(sheet, cell, what, _text(printed), _text(expected)))

    def compare(self, sheet: str, place: Place, what: str, expected: Printed) -> None:
        """Account for a plain cell: it shows `expected` and is no formula."""
        self._cells.add((sheet, place))
        printed = self.sheets[sheet].value(*place)
        if printed != expected:
            self.differ(sheet, place, what, printed, expected)
        if formula := self.sheets[sheet].formulas.get(place):
            self.differ(sheet, place, f"{what}：不应是公式", formula, expected)

    def compare_row(
        self, sheet: ReadSheet, row: int, columns: Columns, expected: Sequence[object], what: Callable[[int], str]
    ) -> None:
        """Account for plain cells of one row at once; `what` names the cell that stands at a position of `columns`.

        `expected` holds what a reader of the file gets (`as_read`).
        """
        is_there = row < len(sheet.rows) and columns.last < sheet.width
        if is_there and row not in sheet.formula_rows and columns.pick(sheet.rows[row]) == expected:
            self._rows[sheet.name][row] = columns.covered
            return
        for position, (number, value) in enumerate(zip(columns.numbers, expected, strict=True)):
            self.compare(sheet.name, (row, number), what(position), shown(value))

    def compare_formula(
        self, sheet: str, place: Place, what: str, expected: Printed, counted: Sequence[int] | None = None
    ) -> None:
        """Account for a live total: stored value, re-added value and mart agree.

        `counted` are the rows it must count, in order and each once, in its own column.
        """
        self._cells.add((sheet, place))
        printed = self.sheets[sheet].value(*place)
        if printed != expected:
            self.differ(sheet, place, what, printed, expected)
        formula = self.sheets[sheet].formulas.get(place, "")
        again = recalculate(formula, sheet, self.sheets)
        if again is None:
            self.differ(sheet, place, f"{what}：应为公式", formula, "公式")
            return
        if again.value != expected:
            self.differ(sheet, place, f"{what}：公式重算 {formula}", again.value, expected)
        own_column = {one.column for one in again.ranges} <= {place[1]}
        if counted is not None and not (own_column and again.rows == counted):
            self.differ(sheet, place, f"{what}：公式的区域 {formula}", len(again.rows), f"{len(counted)} 家")

    def look_at_the_rest(self) -> None:
        """Report numbers and formulas that no part of the proof looked at."""
        for name, sheet in self.sheets.items():
            known = self._rows[name]
            for place in sorted(set(_numbers_outside(sheet, known)) | sheet.formulas.keys()):
                row, column = place
                if (name, place) not in self._cells and column not in known.get(row, ()):
                    printed = sheet.formulas.get(place) or sheet.value(row, column)
                    self.differ(name, place, "来历不明的数", printed, "")


def _numbers_outside(sheet: ReadSheet, known: dict[int, frozenset[int]]) -> list[Place]:
    """Find numbers in columns that were not compared row by row."""
    found = []
    for row, values in enumerate(sheet.rows):
        compared = known.get(row, frozenset())
        if len(compared) < len(values):
            found += [
                (row, column)
                for column, value in enumerate(values)
                if column not in compared and isinstance(value, int | float)
            ]
    return found


def _text(value: object) -> str:
    if isinstance(value, Decimal):
        return number_text(value)
    return "" if value is None else str(value)
