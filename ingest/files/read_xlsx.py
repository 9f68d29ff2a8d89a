"""Excel workbooks (.xlsx, .xlsm) as grids: quickly where they are written plainly, carefully everywhere else.

Belongs here: choosing the way. Does not belong here: the quick way (xlsx_plain.py), the careful way (xlsx_sheets.py),
judging the container (guard.py), finding a form (form_search.py).

Both ways yield the same cells; the quick one is several times faster and reads nothing that is in any way unusual.
"""

from __future__ import annotations

from ingest.files.grid import Contents, Grid
from ingest.files.office_parts import OfficeParts
from ingest.files.xlsx_plain import plain_texts, read_plain_sheet
from ingest.files.xlsx_sheets import read_sheets
from ingest.files.xlsx_workbook import Workbook, read_workbook

_LARGEST_QUICK_PART = 2 * 1024 * 1024


def read_xlsx(content: bytes) -> Contents:
    """Read every sheet of a workbook.

    Raises:
        DamagedError: the file is incomplete, its checksums do not fit or its XML cannot be read.
        UnsafeError: a part carries a DTD or the container is not built as office programs build it.
    """
    parts = OfficeParts(content)
    book = read_workbook(parts)
    return Contents("xlsx", read_quickly(parts, book) or read_sheets(parts, book), parts.marker())


def read_quickly(parts: OfficeParts, book: Workbook) -> list[Grid] | None:
    """Every sheet the quick way; None when any part of the workbook is not written plainly. Raises as `read_xlsx`."""
    texts = plain_texts(parts.data(book.texts_part) or b"") if book.texts_part in parts else []
    if texts is None:
        return None
    grids = []
    for sheet in book.sheets:
        part = parts.data(sheet.part) or b""
        grid = read_plain_sheet(part, sheet.name, texts, book) if len(part) <= _LARGEST_QUICK_PART else None
        if grid is None:
            return None
        grid.hidden = sheet.hidden
        grids.append(grid)
    return grids or None
