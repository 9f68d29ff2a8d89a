"""Old Excel workbooks (.xls, .et) as grids.

Belongs here: BIFF workbooks through xlrd. Does not belong here: passwords (guard.py), formulas without a result
(biff_formulas.py), finding a form (form_search.py).
"""

from __future__ import annotations

from typing import Any

from ingest.files.biff_formulas import uncalculated_formulas
from ingest.files.grid import (
    MOST_COLUMNS,
    MOST_ROWS,
    RAISED,
    Contents,
    Grid,
    Merge,
    Unusual,
    clean_text,
    without_covered,
)
from ingest.files.number_formats import custom_format
from ingest.files.xlsx_styles import as_shown, date_of
from ingest.files.zip_members import DamagedError

_TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR = 1, 2, 3, 4, 5
_VISIBLE = 0


def read_xls(content: bytes) -> Contents:
    """Read every sheet of a BIFF workbook.

    Raises:
        DamagedError: the workbook cannot be read.
    """
    import io

    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=content, formatting_info=True, logfile=io.StringIO())
        without_result = uncalculated_formulas(content)
        grids = [_read_sheet(book, sheet) for sheet in book.sheets()]
        for grid, places in zip(grids, without_result, strict=True):
            _mark_uncalculated(grid, places)
        return Contents("xls", grids)
    except MemoryError:
        raise
    except Exception as error:  # xlrd answers crafted or cut-off files with errors of every kind
        raise DamagedError("工作簿内容不完整", "its workbook stream cannot be read") from error


def _mark_uncalculated(grid: Grid, places: set[tuple[int, int]]) -> None:
    for row, column in places:
        if row < len(grid.rows) and column < len(grid.rows[row]):
            grid.rows[row][column] = Unusual("uncalculated", "=")


def _read_sheet(book: Any, sheet: Any) -> Grid:
    struck: set[tuple[int, int]] = set()
    rows: list[list[Any]] = []
    for row in range(min(sheet.nrows, MOST_ROWS)):
        values: list[Any] = []
        for column, cell in enumerate(sheet.row(row)[:MOST_COLUMNS]):
            value, partly_struck = _value(book, sheet, row, column, cell)
            values.append(value)
            if partly_struck:
                struck.add((row, column))
        rows.append(values)
    merges = tuple(Merge(top, left, below - 1, after - 1) for top, below, left, after in sheet.merged_cells)
    return Grid(
        sheet.name,
        without_covered(rows, merges),
        merges,
        hidden=sheet.visibility != _VISIBLE,
        hidden_rows=frozenset(row for row, info in sheet.rowinfo_map.items() if info.hidden or info.height == 0),
        hidden_columns=frozenset(c for c, info in sheet.colinfo_map.items() if info.hidden or info.width == 0),
        struck=frozenset(struck),
    )


def _value(book: Any, sheet: Any, row: int, column: int, cell: Any) -> tuple[Any, bool]:
    """The raw value of a cell, and whether a part of its text was crossed out and dropped."""
    from xlrd.biffh import error_text_from_code

    value: Any = None
    if cell.ctype == _TEXT:
        value, partly_struck = _valid_text(book, sheet, row, column, cell)
        if partly_struck:
            return value, not isinstance(value, Unusual)
    elif cell.ctype == _NUMBER:
        value = as_shown(cell.value, custom_format(_format(book, cell)), book.datemode == 1)
    elif cell.ctype == _DATE:
        value = date_of(cell.value, book.datemode == 1) or Unusual("date", str(cell.value))
    elif cell.ctype == _BOOLEAN:
        value = bool(cell.value)
    elif cell.ctype == _ERROR:
        value = Unusual("error", error_text_from_code.get(cell.value, "#ERR"))
    if value is not None and book.font_list[book.xf_list[cell.xf_index].font_index].struck_out:
        return Unusual("struck", str(value)), False
    return value, False


def _format(book: Any, cell: Any) -> str:
    number_format = book.format_map.get(book.xf_list[cell.xf_index].format_key)
    return number_format.format_str if number_format else ""


def _valid_text(book: Any, sheet: Any, row: int, column: int, cell: Any) -> tuple[Any, bool]:
    """The text without crossed-out runs; `Unusual` when nothing else is left."""
    runs = sheet.rich_text_runlist_map.get((row, column))
    if not runs:
        return clean_text(cell.value), False
    own_font = book.xf_list[cell.xf_index].font_index
    starts = [(0, own_font), *runs] if runs[0][0] > 0 else list(runs)
    ends = [start for start, _ in starts[1:]] + [len(cell.value)]
    pieces, struck = [], False
    for (start, font), end in zip(starts, ends, strict=True):
        text = cell.value[start:end]
        if book.font_list[font].struck_out and text.strip():
            struck = True
        elif book.font_list[font].escapement and text.strip():
            pieces.append(f"{RAISED}{text}")
        else:
            pieces.append(text)
    rest = clean_text("".join(pieces))
    return (Unusual("struck", "") if struck and rest is None else rest), struck
