"""A finished workbook read back: what each cell shows, and the formula behind it.

Belongs here: reading our own xlsx files for proof. Does not belong here: reading what units send (the ingest package).
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from xml.sax.saxutils import unescape

from reports.figure_grid import Printed, column_letters
from reports.live_formula import column_number

Place = tuple[int, int]  # row, column, counted from 0

# A cell's formula is its first child; one shared with another cell has no text and is then none of ours.
_FORMULA = re.compile(r'<c r="([A-Z]{1,3})(\d+)"[^>/]*><f[^>/]*(?:/>|>([^<]*)</f>)')
_ERROR = re.compile(r'<c r="([A-Z]{1,3})(\d+)"[^>]* t="e"')
_QUOTES = {"&quot;": '"', "&apos;": "'"}
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """One sheet: shown values of cells that are not empty, and formulas."""

    name: str
    values: dict[Place, Printed] = field(default_factory=dict)
    formulas: dict[Place, str] = field(default_factory=dict)

    def value(self, row: int, column: int) -> Printed:
        return self.values.get((row, column))

    def text(self, row: int, column: int) -> str:
        value = self.value(row, column)
        return value if isinstance(value, str) else ""


def read_workbook(path: Path) -> dict[str, ReadSheet]:
    """Read all sheets of a file: stored values as exact decimals or text, formulas with their =.

    Formulas are taken from the sheets' XML, because the fast reader of values does not give them.
    """
    from python_calamine import CalamineWorkbook

    stored = CalamineWorkbook.from_path(path)
    sheets = {}
    with zipfile.ZipFile(path) as package:
        for name, member in _sheet_members(package).items():
            rows = stored.get_sheet_by_name(name).to_python(skip_empty_area=False)
            read = ReadSheet(name)
            for row, values in enumerate(rows):
                for column, value in enumerate(values):
                    if (shown := _shown(value)) is not None:
                        read.values[row, column] = shown
            content = package.read(member).decode()
            for letters, line, formula in _FORMULA.findall(content):
                read.formulas[_place(letters, line)] = "=" + unescape(formula, _QUOTES)
            for letters, line in _ERROR.findall(content):  # the reader of values shows an error cell as empty
                read.values[_place(letters, line)] = "#错误"
            sheets[name] = read
    return sheets


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


def _place(letters: str, line: str) -> Place:
    return int(line) - 1, column_number(letters)


def cell_name(place: Place) -> str:
    """Row and column counted from 0 → the name people use, B7."""
    return f"{column_letters(place[1])}{place[0] + 1}"


def _shown(value: object) -> Printed:
    if value is None or value == "":
        return None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Decimal(repr(value))
    return str(value)
