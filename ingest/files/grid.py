"""A sheet or table as a plain grid of values with addresses: what every reader yields and the form search reads.

Belongs here: the grid, the marks for cells that are not plainly their value, cell references. Does not belong here:
file formats (read_*.py), what a value means (values.py), which cell belongs to which item (form_search.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal, NamedTuple

MOST_ROWS = 5_000  # a form stands well above; what lies beyond is no form, at worst a stray cell at XFD1048576
MOST_COLUMNS = 400
_LONGEST_RAW_TEXT = 200
RAISED = "^"  # before raised or lowered text: `12^1` is a figure with the number of a note, not 121


@dataclass(frozen=True, slots=True)
class Unusual:
    """A cell that is not plainly its value; it must never pass for a blank or for a number.

    kind: `error` (#REF!), `uncalculated` (a formula without a result), `struck` (wholly crossed out), `percent`,
    `date` (a number shown as a date or time), `scaled` (shown as a number of another size, such as 12.5万 for 125000),
    `unseen` (a number that its format does not show), `nested` (a table inside a table cell), `picture` (nothing but a
    picture), `number` (a number no figure can be, such as 1e400).
    """

    kind: Literal[
        "error", "uncalculated", "struck", "percent", "date", "scaled", "unseen", "nested", "picture", "number"
    ]
    text: str


class Merge(NamedTuple):
    """A merged range, counted from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        return self.top <= row <= self.bottom and self.left <= column <= self.right


class RowOrigin(NamedTuple):
    """Where a row of a stacked grid came from: sheet or table name and row number counted from 1."""

    sheet_name: str
    row_number: int


@dataclass(slots=True)
class Grid:
    """Rows of raw values: None, str, int, float, Decimal, bool, date, datetime or `Unusual`; never an empty text.

    `origins` is given where rows come from several tables (Word); otherwise row r is row r + 1 of sheet `name`.
    """

    name: str
    rows: list[list[Any]]
    merges: tuple[Merge, ...] = ()
    reference: Literal["a1", "rc"] = "a1"
    origins: Sequence[RowOrigin] | None = None
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    struck: frozenset[tuple[int, int]] = frozenset()  # cells of which a part is crossed out and was dropped
    tracked_changes: bool = False

    def address(self, row: int, column: int) -> tuple[str, str]:
        """Sheet name and cell reference of a place: `("调度表", "D4")` or `("表格1", "R1C4")`."""
        if self.origins is None and self.reference == "a1":
            return self.name, _in_excel(row, column)
        origin = self.origins[row] if self.origins is not None else RowOrigin(self.name, row + 1)
        if self.reference == "a1":
            return origin.sheet_name, f"{column_letters(column)}{origin.row_number}"
        return origin.sheet_name, f"R{origin.row_number}C{column + 1}"

    def at(self, row: int, column: int) -> str:
        """The address as a clerk reads it: `调度表!D4`."""
        return "!".join(self.address(row, column))

    def is_hidden(self, row: int, column: int) -> bool:
        return row in self.hidden_rows or column in self.hidden_columns


@dataclass(slots=True)
class Contents:
    """What was found in one file: its grids, the marker of our own templates, and running text (Word).

    `leads` holds the bold words that a paragraph, counted from 1, begins with: many headings run in like that.
    `has_pictures` is said of Word texts only, of which pages may be pasted in as pictures.
    """

    file_format: str
    grids: list[Grid] = field(default_factory=list)
    marker: str = ""  # core property `keywords`
    paragraphs: list[str] = field(default_factory=list)
    leads: dict[int, str] = field(default_factory=dict)
    has_pictures: bool = False


@lru_cache(maxsize=16_384)
def _in_excel(row: int, column: int) -> str:
    return f"{column_letters(column)}{row + 1}"


@lru_cache(maxsize=1024)
def column_letters(column: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@lru_cache(maxsize=1024)
def column_number(letters: str) -> int:
    """A → 0, Z → 25, AA → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def clean_text(text: str) -> str | None:
    """Text without surrounding white space (also full-width); None when nothing is left."""
    return text.strip(" \t\r\n\v\f\u00a0\u3000\u200b\ufeff\u2002\u2003") or None


def raw_text(raw: Any) -> str:
    """A cell's value as text, as the clerk sees it; long text is cut."""
    if raw is None:
        return ""
    if type(raw) is int:
        return str(raw)
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, float):
        if raw.is_integer() and abs(raw) < 1e15:
            return str(int(raw))
        return format(Decimal(format(raw, ".15g")), "f") if abs(raw) < 1e15 else format(raw, ".15g")
    if isinstance(raw, Unusual):
        return raw.text[:_LONGEST_RAW_TEXT]
    if isinstance(raw, date | datetime):
        return raw.isoformat(" ") if isinstance(raw, datetime) else raw.isoformat()
    return " ".join(str(raw).split())[:_LONGEST_RAW_TEXT]


def dense(cells: dict[tuple[int, int], Any]) -> list[list[Any]]:
    """Rows from single cells; cells beyond any form's size are left out."""
    inside = [(*place, value) for place, value in cells.items() if place[0] < MOST_ROWS and place[1] < MOST_COLUMNS]
    height = max([row for row, _, _ in inside], default=-1) + 1
    width = max([column for _, column, _ in inside], default=-1) + 1
    rows: list[list[Any]] = [[None] * width for _ in range(height)]
    for row, column, value in inside:
        rows[row][column] = value
    return rows


def without_covered(rows: list[list[Any]], merges: Iterable[Merge]) -> list[list[Any]]:
    """Empty the cells behind merged ranges in place: nobody sees what stands there."""
    for merge in merges:
        for row in rows[merge.top : merge.bottom + 1]:
            for column in range(merge.left, min(merge.right + 1, len(row))):
                if column > merge.left or row is not rows[merge.top]:
                    row[column] = None
    return rows


def stacked(grids: Sequence[Grid]) -> Grid:
    """Several sheets one below the other as one grid, with the addresses they had."""
    whole = Grid(grids[0].name, [], reference=grids[0].reference, origins=[])
    merges: list[Merge] = []
    origins: list[RowOrigin] = []
    width = max((len(row) for grid in grids for row in grid.rows), default=0)
    for grid in grids:
        top = len(whole.rows)
        whole.rows.extend(row + [None] * (width - len(row)) for row in grid.rows)
        merges.extend(Merge(m.top + top, m.left, m.bottom + top, m.right) for m in grid.merges)
        own = grid.origins or [RowOrigin(grid.name, number + 1) for number in range(len(grid.rows))]
        origins.extend(own)
        whole.struck |= {(row + top, column) for row, column in grid.struck}
        whole.hidden_rows |= {row + top for row in grid.hidden_rows}
    whole.merges, whole.origins = tuple(merges), origins
    return whole
