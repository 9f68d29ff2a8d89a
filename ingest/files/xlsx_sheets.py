"""The careful reading of an Excel workbook: its own XML, cell by cell.

Belongs here: cells and hidden rows. Does not belong here: deciding that care is needed (read_xlsx.py), what stands
around the rows (xlsx_frame.py), formats and dates (xlsx_styles.py), runs of text (xlsx_texts.py).

The XML is read directly because every library hides something that a figure must not lose: calamine turns #REF! into a
blank, openpyxl finds no sheet in strict files, joins struck-out digits to valid ones and cannot tell an empty result
from a formula that was never calculated.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

from ingest.files.grid import MOST_ROWS, Grid, Unusual, clean_text, column_number, dense, without_covered
from ingest.files.office_parts import OfficeParts, local_name
from ingest.files.xlsx_frame import REFERENCE, frame_of
from ingest.files.xlsx_styles import as_shown
from ingest.files.xlsx_texts import PartlyStruck, shared_texts, text_of, unescaped
from ingest.files.xlsx_workbook import Workbook, is_on
from ingest.files.zip_members import DamagedError

_MOST_CELLS = 400_000


def read_sheets(parts: OfficeParts, book: Workbook) -> list[Grid]:
    """Every sheet of a workbook.

    Raises:
        DamagedError: the file is incomplete, its checksums do not fit or its XML cannot be read.
        UnsafeError: a part carries a DTD or the container is not built as office programs build it.
    """
    texts = shared_texts(parts.xml(book.texts_part))
    grids = []
    for sheet in book.sheets:
        root = parts.xml(sheet.part)
        if root is None:
            raise DamagedError("缺少工作表", "a sheet is missing")
        if local_name(root) == "worksheet":
            grids.append(_read_sheet(root, sheet.name, texts, book))
            grids[-1].hidden = sheet.hidden
    return grids


def _read_sheet(root: Any, name: str, texts: list[Any], book: Workbook) -> Grid:
    frame = frame_of(root)
    reader = _CellReader(frame.namespace, texts, book)
    cells: dict[tuple[int, int], Any] = {}
    hidden_rows: set[int] = set()
    row_number = -1
    for row in root.iterfind(f"{frame.namespace}sheetData/{frame.namespace}row"):
        row_number = _row_number(row, row_number)
        if row_number >= MOST_ROWS:
            break
        if is_on(row, "hidden") or row.get("ht") == "0" or (frame.rows_are_hidden and row.get("ht") is None):
            hidden_rows.add(row_number)
        _read_row(row, row_number, reader, cells)
        if len(cells) > _MOST_CELLS:
            raise DamagedError("单元格太多，不像是报表", "it has far too many cells for a form")
    struck = frozenset(place for place, value in cells.items() if isinstance(value, PartlyStruck))
    for place in struck:
        cells[place] = str(cells[place])
    return Grid(
        name,
        without_covered(dense(cells), frame.merges),
        frame.merges,
        hidden_rows=frozenset(hidden_rows),
        hidden_columns=frame.hidden_columns,
        struck=struck,
    )


def _row_number(row: Any, before: int) -> int:
    """The row's place counted from 0; rows that stand twice or go back are no work of an office program."""
    number = row.get("r", str(before + 2))
    if not number.isdecimal() or int(number) - 1 <= before:
        raise DamagedError("行号不正常", "its rows are out of order")
    return int(number) - 1


def _read_row(row: Any, row_number: int, reader: _CellReader, cells: dict[tuple[int, int], Any]) -> None:
    columns: set[int] = set()
    column = -1
    for cell in row:
        reference = cell.get("r")
        column = _column_of(reference, row_number) if reference else column + 1
        if column in columns:
            raise DamagedError("同一单元格出现两次", "a cell stands twice")
        columns.add(column)
        children = list(cell)
        if children:
            value = reader.value(cell, children)
            if value is not None:
                cells[row_number, column] = value


class _CellReader:
    """Raw values of the cells of one sheet."""

    def __init__(self, namespace: str, texts: list[Any], book: Workbook) -> None:
        self._value_tag = f"{namespace}v"
        self._formula_tag = f"{namespace}f"
        self._texts = texts
        self._book = book
        self._formats = book.styles.formats
        self._struck = book.styles.struck

    def value(self, cell: Any, children: list[Any]) -> Any:
        """The value of one cell; None when it is empty."""
        kind = cell.get("t", "n")
        if kind == "s" and len(children) == 1:
            result = self._shared(children[0].text)
        elif kind == "inlineStr":
            result = next((text_of(child) for child in children if child.tag.endswith("}is")), None)
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
        if formula is not None and self._is_uncalculated(kind, text):
            return Unusual("uncalculated", formula)
        if not text:
            return None
        return self._number(cell, text) if kind == "n" else _typed(kind, text)

    def _is_uncalculated(self, kind: str, text: str | None) -> bool:
        """Whether a formula has no result; a program that asks Excel to calculate on opening stores 0 meanwhile."""
        return text is None or (kind == "n" and (text == "" or (text == "0" and self._book.calculates_on_opening)))

    def _shared(self, index: str | None) -> Any:
        if index is None or not index.strip().isdecimal() or int(index) >= len(self._texts):
            raise DamagedError("文字表不完整", "its text table is incomplete")
        return self._texts[int(index)]

    def _number(self, cell: Any, text: str) -> Any:
        try:
            number = int(text) if text.isdigit() else float(text)
        except ValueError:
            return clean_text(text)
        if not math.isfinite(number):
            return Unusual("number", text)
        number_format = self._formats.get(int(cell.get("s") or 0))
        return number if number_format is None else as_shown(number, number_format, self._book.starts_1904)


def _typed(kind: str, text: str) -> Any:
    if kind == "e":
        return Unusual("error", text)
    if kind == "b":
        return text.strip() in ("1", "true")
    if kind == "d":
        return Unusual("date", text)
    return clean_text(unescaped(text))


@lru_cache(maxsize=16_384)
def _column_of(reference: str, row_number: int) -> int:
    found = REFERENCE.match(reference)
    if found is None or int(found[2]) != row_number + 1:
        raise DamagedError("单元格编号不正常", "a cell has an improper reference")
    return column_number(found[1])
