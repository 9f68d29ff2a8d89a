"""Excel workbooks (.xlsx, .xlsm) as grids: quickly where nothing is unusual, carefully everywhere else.

Belongs here: deciding which way to read, and the quick way. Does not belong here: the careful way (xlsx_sheets.py),
judging the container (guard.py), finding a form (form_search.py).

The quick way is calamine, which is five times faster and blind for errors, formulas without a result, struck-out text,
hidden cells and Chinese date formats. So a scan of the XML parts must find none of these first; both ways then yield
the same grid.
"""

from __future__ import annotations

import io
import re
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from ingest.grid import MOST_COLUMNS, MOST_ROWS, Contents, Grid, Merge, clean_text, without_covered
from ingest.office_parts import OfficeParts
from ingest.xlsx_sheets import read_sheets

_LARGEST_QUICK_PART = 2 * 1024 * 1024
_UNUSUAL = {  # what the quick way reads wrongly or does not see; plain search is ten times faster than one expression
    "xl/workbook.xml": (b"date1904", b'idden"', b"purl.oclc.org"),
    "xl/worksheets/": (b"<f>", b"<f ", b"<f/", b't="e"', b't="d"', b"hidden=", b"_x00", b"strike"),
    "xl/sharedstrings.xml": (b"strike", b"_x00"),
    "xl/styles.xml": (b"<strike",),
}
_OTHER_DIALECTS = (b"='", b"xmlns:x=", b":worksheet", b":workbook", b":sst", b":styleSheet")
_HEAD = 600  # bytes in which a part shows its dialect: quotation marks and prefixes that the search above would miss
_CELL_FORMATS = re.compile(rb"<cellXfs.*?</cellXfs>", re.DOTALL)
_FORMAT_ID = re.compile(rb"numFmtId=\"(\d+)\"")
_PLAIN_FORMATS = frozenset(str(number).encode() for number in (0, 1, 2, 3, 4, 37, 38, 39, 40, 41, 42, 43, 44, 48, 49))
_FORMAT_CODE = re.compile(rb"<numFmt [^>]*?numFmtId=\"(\d+)\"[^>]*?formatCode=\"([^\"]*)\"")
_PLAIN_CODE = re.compile(rb"(?:General|&quot;[^&]*&quot;|\\.|[0#?,._;@ ()*+-]|\xc2\xa5|\xef\xbf\xa5)*")


def read_xlsx(content: bytes) -> Contents:
    """Read every sheet of a workbook.

    Raises:
        DamagedError: the file is incomplete, its checksums do not fit or its XML cannot be read.
        UnsafeError: a part carries a DTD or the container is not built as office programs build it.
    """
    parts = OfficeParts(content)
    grids = _read_quickly(content) if _nothing_unusual(parts) else None
    return Contents("xlsx", grids if grids is not None else read_sheets(parts), parts.marker())


def _nothing_unusual(parts: OfficeParts) -> bool:
    """Whether no part holds anything that the quick way would read wrongly or not see."""
    for name in parts.names():
        unusual = _UNUSUAL.get(f"{name.rpartition('/')[0]}/" if name.startswith("xl/worksheets/") else name)
        if unusual is None:
            continue
        part = parts.data(name) or b""
        if len(part) > _LARGEST_QUICK_PART or part[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return False
        if any(mark in part for mark in unusual) or any(mark in part[:_HEAD] for mark in _OTHER_DIALECTS):
            return False
        if name == "xl/styles.xml" and not _only_plain_formats(part):
            return False
    return True


def _only_plain_formats(styles: bytes) -> bool:
    """Whether no cell format shows a date or a percentage."""
    formats = _CELL_FORMATS.search(styles)
    used = set(_FORMAT_ID.findall(formats.group())) - _PLAIN_FORMATS if formats else set()
    if not used:
        return True
    plain = {number for number, code in _FORMAT_CODE.findall(styles) if _PLAIN_CODE.fullmatch(code)}
    return used <= plain


def _read_quickly(content: bytes) -> list[Grid] | None:
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
