"""A finished workbook read back: what each cell shows, and the formula behind it.

Belongs here: reading our own xlsx files for proof. Does not belong here: reading what units send (the ingest package).
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from reports.consolidation.figure_grid import column_letters
from reports.consolidation.live_formula import CellRange, Tally, column_number
from reports.consolidation.printed_figure import NO, YES, Printed

Place = tuple[int, int]  # row, column, counted from 0

# One shared with another cell has no text and is then none of ours.
_FORMULA = re.compile(rb"<f(?: [^>]*)?(?:/>|>([^<]*)</f>)")
_ADDRESS = re.compile(rb'\br="([A-Z]{1,3})(\d+)"')
_ERROR_OR_TRUTH = re.compile(rb'<c (?=[^>]*\bt="([eb])")[^>]*\br="([A-Z]{1,3})(\d+)"')
_ENTITIES: Final = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"}
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True)
class ReadSheet:
    """One sheet: its rows of equal length as a reader of values gives them, from the first row on, and its formulas.

    A number is a float, an empty cell an empty text.
    """

    name: str
    rows: list[list[Any]]
    formulas: dict[Place, str] = field(default_factory=dict)
    _tallies: dict[CellRange, Tally] = field(default_factory=dict)

    def value(self, row: int, column: int) -> Printed:
        """Return what the cell shows as exact decimals or text; None for an empty cell."""
        return shown(self._stored(row, column))

    def text(self, row: int, column: int) -> str:
        """Return what the cell shows if that is text."""
        value = self._stored(row, column)
        return value if isinstance(value, str) else ""

    def _stored(self, row: int, column: int) -> object:
        return self.rows[row][column] if row < len(self.rows) and column < self.width else ""

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0

    @cached_property
    def formula_rows(self) -> frozenset[int]:
        return frozenset(row for row, _ in self.formulas)

    @cached_property
    def _columns(self) -> list[tuple[Any, ...]]:
        return list(zip(*self.rows, strict=True))

    def tally(self, cells: CellRange) -> Tally:
        """Return what adding and counting the cells of one range gives."""
        if cells not in self._tallies:
            self._tallies[cells] = self._count(cells)
        return self._tallies[cells]

    def _count(self, cells: CellRange) -> Tally:
        values = self._columns[cells.column][cells.first : cells.last + 1] if cells.column < self.width else ()
        numbers = [value for value in values if isinstance(value, float)]
        return Tally(len(numbers), _exact_sum(numbers), values.count(YES), values.count(NO))


def read_workbook(path: Path) -> dict[str, ReadSheet]:
    """Read all sheets of a file: stored values, formulas with their =.

    Formulas are taken from the sheets' XML, because the fast reader of values does not give them.
    """
    from python_calamine import CalamineWorkbook

    stored = CalamineWorkbook.from_path(path)
    sheets = {}
    with zipfile.ZipFile(path) as package:
        for name, member in _sheet_members(package).items():
            sheet = ReadSheet(name, stored.get_sheet_by_name(name).to_python(skip_empty_area=False))
            content = package.read(member)
            sheet.formulas.update(_formulas(content))
            _mark_errors_and_truths(sheet.rows, content)
            sheets[name] = sheet
    return sheets


def as_read(printed: Printed) -> float | str | Decimal:
    """Return what `ReadSheet.rows` hold for a cell that prints this.

    A number with more digits than a cell can hold stays a Decimal, which no cell equals.
    """
    if not isinstance(printed, Decimal):
        return printed or ""
    number = float(printed)
    return number if Decimal(repr(number)) == printed else printed


def _formulas(content: bytes) -> Iterator[tuple[Place, str]]:
    for found in _FORMULA.finditer(content):
        if address := _ADDRESS.search(content, max(content.rfind(b"<c ", 0, found.start()), 0), found.start()):
            yield _place(*address.groups()), "=" + _unescape((found[1] or b"").decode())


def _mark_errors_and_truths(rows: list[list[Any]], content: bytes) -> None:
    """Let error cells show as errors, which the reader of values shows as empty, and TRUE as no number."""
    if b' t="e"' not in content and b' t="b"' not in content:
        return
    for kind, letters, line in _ERROR_OR_TRUTH.findall(content):
        row, column = _place(letters, line)
        width = max(len(rows[0]) if rows else 0, column + 1)
        rows.extend([] for _ in range(row + 1 - len(rows)))
        for values in rows:
            values.extend([""] * (width - len(values)))
        rows[row][column] = "#错误" if kind == b"e" else str(rows[row][column])


def _sheet_members(package: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name → member of the package, in the order of the tabs."""
    from lxml import etree

    relations = etree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    targets = {relation.get("Id"): relation.get("Target").lstrip("/") for relation in relations}
    workbook = etree.fromstring(package.read("xl/workbook.xml"))
    members = {}
    for sheet in workbook.iterfind("{*}sheets/{*}sheet"):
        target = targets[sheet.get(_RELATION)]
        members[sheet.get("name")] = target if target.startswith("xl/") else f"xl/{target}"
    return members


def _exact_sum(numbers: Sequence[float]) -> Decimal:
    """Add as decimals, the way people add what is printed: 0.1 and 0.2 are 0.3."""
    if all(map(float.is_integer, numbers)):
        return Decimal(sum(map(int, numbers)))
    return sum((Decimal(repr(number)) for number in numbers), Decimal(0))


def _place(letters: bytes, line: bytes) -> Place:
    return int(line) - 1, column_number(letters.decode())


def _unescape(text: str) -> str:
    for entity, character in _ENTITIES.items():
        text = text.replace(entity, character)
    return text


def cell_name(place: Place) -> str:
    """Row and column counted from 0 → the name people use, B7."""
    return f"{column_letters(place[1])}{place[0] + 1}"


def shown(value: object) -> Printed:
    """Return what a value of `ReadSheet.rows` shows as exact decimals or text; None for an empty cell."""
    if value is None or value == "":
        return None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Decimal(repr(value))
    return value if isinstance(value, Decimal) else str(value)
