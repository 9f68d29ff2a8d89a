"""The careful reading of an Excel workbook: its own XML, cell by cell.

Belongs here: cells, merged ranges, hidden rows, columns and sheets. Does not belong here: deciding that care is needed
(read_xlsx.py), formats and dates (xlsx_styles.py), finding a form (form_search.py).

The XML is read directly because every library hides something that a figure must not lose: calamine turns #REF! into a
blank, openpyxl finds no sheet in strict files, joins struck-out digits to valid ones and cannot tell an empty result
from a formula that was never calculated.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import Any, NamedTuple

from ingest.grid import MOST_COLUMNS, MOST_ROWS, Grid, Merge, Unusual, clean_text, column_number, dense, without_covered
from ingest.office_parts import OfficeParts, local_name
from ingest.xlsx_styles import CellStyles, date_of, read_styles
from ingest.zip_members import DamagedError

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})$")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MOST_CELLS = 400_000


class _Workbook(NamedTuple):
    styles: CellStyles
    texts: list[Any]  # text, None, or Unusual for a text wholly crossed out
    starts_1904: bool


def read_sheets(parts: OfficeParts) -> list[Grid]:
    """Every sheet of a workbook.

    Raises:
        DamagedError: the file is incomplete, its checksums do not fit or its XML cannot be read.
        UnsafeError: a part carries a DTD or the container is not built as office programs build it.
    """
    main = next((target for _, kind, target in parts.related("") if kind == "officeDocument"), "xl/workbook.xml")
    root = parts.xml(main)
    if root is None:
        raise DamagedError("缺少工作簿目录", "it has no workbook part")
    related = parts.related(main)
    by_kind = {kind: target for _, kind, target in related}
    targets = {identifier: target for identifier, _, target in related}
    sections = {local_name(child): child for child in root}
    properties = sections.get("workbookPr")
    book = _Workbook(
        read_styles(parts.xml(by_kind.get("styles", "xl/styles.xml"))),
        _shared_texts(parts.xml(by_kind.get("sharedStrings", "xl/sharedStrings.xml"))),
        properties is not None and properties.get("date1904") in ("1", "true"),
    )
    grids = []
    for sheet in sections.get("sheets", ()):
        identifier = next((value for name, value in sheet.items() if name.endswith("}id")), "")
        part = parts.xml(targets.get(identifier, ""))
        if part is not None and local_name(part) == "worksheet":
            grids.append(_read_sheet(part, sheet.get("name", ""), book))
            grids[-1].hidden = sheet.get("state", "visible") != "visible"
    return grids


def _read_sheet(root: Any, name: str, book: _Workbook) -> Grid:
    namespace = root.tag[: root.tag.index("}") + 1] if "}" in root.tag else ""
    reader = _CellReader(namespace, book)
    cells: dict[tuple[int, int], Any] = {}
    hidden_rows: set[int] = set()
    row_number = -1
    for row in root.iterfind(f"{namespace}sheetData/{namespace}row"):
        row_number = int(row.get("r", row_number + 2)) - 1
        if row_number >= MOST_ROWS:
            break
        if row.get("hidden") in ("1", "true"):
            hidden_rows.add(row_number)
        column = -1
        for cell in row:
            reference = cell.get("r")
            column = _column_of(reference) if reference else column + 1
            children = list(cell)
            if children:
                value = reader.value(cell, children)
                if value is not None:
                    cells[row_number, column] = value
        if len(cells) > _MOST_CELLS:
            raise DamagedError("单元格太多，不像是报表", "it has far too many cells for a form")
    merges = tuple(_merges(root, namespace))
    struck = frozenset(place for place, value in cells.items() if isinstance(value, _PartlyStruck))
    for place in struck:
        cells[place] = str(cells[place])
    return Grid(
        name,
        without_covered(dense(cells), merges),
        merges,
        hidden_rows=frozenset(hidden_rows),
        hidden_columns=_hidden_columns(root, namespace),
        struck=struck,
    )


class _PartlyStruck(str):
    """The valid rest of a text of which a part is crossed out."""


class _CellReader:
    """Raw values of the cells of one sheet."""

    def __init__(self, namespace: str, book: _Workbook) -> None:
        self._value_tag = f"{namespace}v"
        self._formula_tag = f"{namespace}f"
        self._book = book
        self._special = book.styles.dates | book.styles.percentages
        self._struck = book.styles.struck

    def value(self, cell: Any, children: list[Any]) -> Any:
        """The value of one cell; None when it is empty."""
        kind = cell.get("t", "n")
        if kind == "s" and len(children) == 1:
            result = self._shared(children[0].text)
        elif kind == "inlineStr":
            result = next((_text_of(child) for child in children if child.tag.endswith("}is")), None)
        else:
            result = self._value_or_formula(cell, kind, children)
        if self._struck and result is not None and int(cell.get("s") or 0) in self._struck:
            return Unusual("struck", str(result))
        return result

    def _value_or_formula(self, cell: Any, kind: str, children: list[Any]) -> Any:
        text = formula = None
        for child in children:
            if child.tag == self._value_tag:
                text = child.text or ""
            elif child.tag == self._formula_tag:
                formula = f"={child.text or ''}"
        if kind == "s" and text is not None:
            return self._shared(text)
        if formula is not None and (text is None or (text == "" and kind == "n")):
            return Unusual("uncalculated", formula)
        if not text:
            return None
        return self._number(cell, text) if kind == "n" else _typed(kind, text)

    def _shared(self, index: str | None) -> Any:
        try:
            return self._book.texts[int(index or "")]
        except (ValueError, IndexError) as error:
            raise DamagedError("文字表不完整", "its text table is incomplete") from error

    def _number(self, cell: Any, text: str) -> Any:
        try:
            number = int(text) if text.isdigit() else float(text)
        except ValueError:
            return clean_text(text)
        if not math.isfinite(number):
            return Unusual("number", text)
        style = cell.get("s")
        if style is not None and self._special and int(style) in self._special:
            if int(style) in self._book.styles.percentages:
                return Unusual("percent", f"{number * 100:.10g}%")
            return date_of(number, self._book.starts_1904) or Unusual("date", text)
        return number


def _typed(kind: str, text: str) -> Any:
    if kind == "e":
        return Unusual("error", text)
    if kind == "b":
        return text.strip() in ("1", "true")
    if kind == "d":
        return Unusual("date", text)
    return clean_text(_unescaped(text))


def _shared_texts(root: Any | None) -> list[Any]:
    return [] if root is None else [_text_of(entry) for entry in root]


def _text_of(element: Any) -> Any:
    """The text of <si> or <is>: plain, or runs of which some are crossed out; phonetic hints are left out."""
    if len(element) == 1 and element[0].tag.endswith("}t"):
        return clean_text(_unescaped(element[0].text or ""))
    pieces, struck = [], False
    for child in element:
        name = local_name(child)
        if name == "t":
            pieces.append(child.text or "")
        elif name == "r":
            text, valid = _run(child)
            struck = struck or not valid
            pieces.append(text if valid else "")
    rest = clean_text(_unescaped("".join(pieces)))
    if struck:
        return Unusual("struck", "") if rest is None else _PartlyStruck(rest)
    return rest


def _run(run: Any) -> tuple[str, bool]:
    """The text of a run and whether it stands; blank text that is crossed out does not matter."""
    parts = {local_name(part): part for part in run}
    text = (parts["t"].text or "") if "t" in parts else ""
    strike = next((mark for mark in parts.get("rPr", ()) if local_name(mark) == "strike"), None)
    crossed_out = strike is not None and strike.get("val", "1") not in ("0", "false")
    return text, not (crossed_out and text.strip())


def _unescaped(text: str) -> str:
    """`_x000B_` stands for a control character, which no figure needs and no report can hold: it becomes a space."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda code: chr(int(code[1], 16)) if int(code[1], 16) >= 32 else " ", text)


@lru_cache(maxsize=16_384)
def _column_of(reference: str) -> int:
    found = _REFERENCE.match(reference)
    if found is None:
        raise DamagedError("单元格编号不正常", "a cell has an improper reference")
    return column_number(found[1])


def _merges(root: Any, namespace: str) -> list[Merge]:
    ranges = (merge.get("ref", "") for merge in root.iterfind(f"{namespace}mergeCells/{namespace}mergeCell"))
    return [merge for merge in map(_merge_of, ranges) if merge is not None]


@lru_cache(maxsize=16_384)
def _merge_of(reference: str) -> Merge | None:
    first, _, last = reference.partition(":")
    start, end = _REFERENCE.match(first), _REFERENCE.match(last or first)
    if start is None or end is None:
        return None
    return Merge(int(start[2]) - 1, column_number(start[1]), int(end[2]) - 1, column_number(end[1]))


def _hidden_columns(root: Any, namespace: str) -> frozenset[int]:
    hidden: set[int] = set()
    for columns in root.iterfind(f"{namespace}cols/{namespace}col"):
        if columns.get("hidden") in ("1", "true"):
            first = int(columns.get("min", 1)) - 1
            hidden.update(range(first, min(int(columns.get("max", 1)), first + MOST_COLUMNS)))
    return frozenset(hidden)
