"""Excel workbooks (.xlsx, .xlsm) as grids: quickly where nothing is unusual, carefully everywhere else.

Belongs here: choosing the way, and the quick way. Does not belong here: what is unusual (xlsx_oddities.py), the careful
way (xlsx_sheets.py), judging the container (guard.py), finding a form (form_search.py).

The quick way is calamine, which is five times faster and blind for errors, formulas without a result, struck-out text,
hidden cells and number formats. Where none of these is found both ways yield the same cells.
"""

from __future__ import annotations

import io
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from ingest.grid import MOST_COLUMNS, MOST_ROWS, Contents, Grid, Merge, clean_text, without_covered
from ingest.office_parts import OfficeParts
from ingest.xlsx_oddities import nothing_unusual
from ingest.xlsx_sheets import read_sheets


def read_xlsx(content: bytes) -> Contents:
    """Read every sheet of a workbook.

    Raises:
        DamagedError: the file is incomplete, its checksums do not fit or its XML cannot be read.
        UnsafeError: a part carries a DTD or the container is not built as office programs build it.
    """
    parts = OfficeParts(content)
    grids = read_quickly(content) if nothing_unusual(parts) else None
    return Contents("xlsx", grids if grids is not None else read_sheets(parts), parts.marker())


def read_quickly(content: bytes) -> list[Grid] | None:
    """Every sheet through calamine; None when it stumbles, so that the careful way may say why."""
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            names = [sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
            return [_grid(book.get_sheet_by_name(name)) for name in names]
    except CalamineError:
        return None


def _grid(sheet: Any) -> Grid:
    rows = [
        [(clean_text(value) if isinstance(value, str) else value) for value in row[:MOST_COLUMNS]]
        for row in sheet.to_python(skip_empty_area=False, nrows=MOST_ROWS)
    ]
    merges = tuple(Merge(*start, *end) for start, end in sheet.merged_cell_ranges or ())
    return Grid(sheet.name, without_covered(rows, merges), merges)
