"""Sheets read from formats that cannot carry marks (.xls, csv, html), for a fresh copy of their values.

Belongs here: values, merged cells and the plainest look. Does not belong here: writing the copy (marked_copy.py), what
a value means. Rows and columns are counted as the reader of submissions counts them.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from reports.returns.marked_workbook import NotMarkableError

_MOST_ROWS: Final = 5_000  # a form stands well above
_MOST_COLUMNS: Final = 400
_MOST_CELLS: Final = 100_000
_SEPARATORS: Final = ",\t;|"
_SEPARATOR_LINE: Final = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_EMPTY, _DATE, _BOOLEAN, _ERROR = 0, 3, 4, 5  # kinds of a BIFF cell
_FILLED: Final = frozenset({1, 2, 3, 4, 5})
_UNSEEN_TAGS: Final = frozenset({"script", "style", "del", "s", "strike", "template", "noscript", "table"})
_ALIGNMENTS: Final = {1: "left", 2: "center", 3: "right"}
_GENERAL: Final = "General"

Place = tuple[int, int]
Merge = tuple[int, int, int, int]
Look = Mapping[str, Any]  # properties of an XlsxWriter format


@dataclass(slots=True)
class CopiedSheet:
    """Values by place, counted from 0; merged ranges as top, left, bottom, right, both ends included."""

    name: str
    values: dict[Place, Any] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    looks: dict[Place, Look] = field(default_factory=dict)
    widths: dict[int, float] = field(default_factory=dict)  # characters
    heights: dict[int, float] = field(default_factory=dict)  # points


def read_sheets(file_format: str, content: bytes) -> list[CopiedSheet]:
    """Read a file's sheets; `file_format` is xls, csv or html.

    Raises:
        NotMarkableError: there are far more cells than in any form.
        Exception: the file is damaged; libraries raise errors of many kinds.
    """
    if file_format == "xls":
        sheets = _xls_sheets(content)
    else:
        text = _decoded(content)
        sheets = [_csv_sheet(text)] if file_format == "csv" else _html_sheets(text)
    cells = sum(len(sheet.values) + len(sheet.looks) for sheet in sheets)
    far_out = any(row >= _MOST_ROWS or column >= _MOST_COLUMNS for sheet in sheets for row, column in sheet.values)
    if cells > _MOST_CELLS or far_out:
        raise NotMarkableError("far larger than a form")
    return sheets


def _xls_sheets(content: bytes) -> list[CopiedSheet]:
    import xlrd

    book = xlrd.open_workbook(file_contents=content, formatting_info=True, logfile=io.StringIO())
    looks: dict[int, Look] = {}
    sheets = []
    for source in book.sheets():
        sheet = CopiedSheet(source.name)
        for row in range(source.nrows):
            if row >= _MOST_ROWS and _FILLED.isdisjoint(source.row_types(row)):
                continue  # blank rows with a format, down to the last one, are common
            for column, cell in enumerate(source.row(row)):
                if cell.xf_index not in looks:
                    looks[cell.xf_index] = _xls_look(book, cell.xf_index)
                if cell.ctype != _EMPTY:
                    sheet.looks[row, column] = looks[cell.xf_index]
                if cell.value != "":
                    sheet.values[row, column] = _xls_value(book, cell)
        sheet.merges = [(top, left, below - 1, after - 1) for top, below, left, after in source.merged_cells]
        sheet.widths = {column: info.width / 256 for column, info in source.colinfo_map.items()}
        set_by_hand = {row: info for row, info in source.rowinfo_map.items() if info.height_mismatch and info.height}
        sheet.heights = {row: info.height / 20 for row, info in set_by_hand.items()}
        sheets.append(sheet)
    return sheets


def _xls_value(book: Any, cell: Any) -> Any:
    from xlrd.biffh import error_text_from_code
    from xlrd.xldate import XLDateError, xldate_as_datetime

    if cell.ctype == _ERROR:
        return error_text_from_code.get(cell.value, "#ERR")
    if cell.ctype == _BOOLEAN:
        return bool(cell.value)
    if cell.ctype == _DATE:
        try:
            return xldate_as_datetime(cell.value, book.datemode)
        except (XLDateError, ValueError, OverflowError):
            return cell.value
    return cell.value


def _xls_look(book: Any, xf_index: int) -> Look:
    """Font, alignment, border and number format of a cell, as far as a form uses them."""
    style = book.xf_list[xf_index]
    font = book.font_list[style.font_index]
    border = style.border
    number_format = book.format_map.get(style.format_key)
    look: dict[str, Any] = {
        "font_name": font.name or "宋体",
        "font_size": font.height / 20 or 10.5,
        "bold": bool(font.bold),
        "align": _ALIGNMENTS.get(style.alignment.hor_align, ""),
        "valign": "vcenter",
        "text_wrap": bool(style.alignment.text_wrapped),
    }
    if any((border.left_line_style, border.right_line_style, border.top_line_style, border.bottom_line_style)):
        look["border"] = 1
    if number_format is not None and number_format.format_str != _GENERAL:
        look["num_format"] = number_format.format_str
    return look


def _decoded(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def _csv_sheet(text: str) -> CopiedSheet:
    declared = _SEPARATOR_LINE.match(text)
    body = text[declared.end() :] if declared else text
    separator = declared[1] if declared else max(_SEPARATORS, key=body[:4096].count)
    sheet = CopiedSheet("CSV")
    first = 1 if declared else 0  # the line that names the separator counts as a row
    for number, row in enumerate(csv.reader(io.StringIO(body, newline=""), delimiter=separator, strict=True), first):
        sheet.values.update({(number, column): text for column, text in enumerate(row) if text})
    return sheet


def _html_sheets(text: str) -> list[CopiedSheet]:
    from lxml import html

    page = html.fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8", no_network=True))
    sheets = []
    for number, table in enumerate(page.iter("table"), start=1):
        sheet = CopiedSheet(f"表格{number}")
        rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
        for index, row in enumerate(rows):
            _add_html_row(row, index, sheet)
        sheets.append(sheet)
    if not sheets:
        raise NotMarkableError("the page has no table")
    return sheets


def _add_html_row(row: Any, index: int, sheet: CopiedSheet) -> None:
    from_above = [merge for merge in sheet.merges if merge[0] < index <= merge[2]]
    covered = {column for _, left, _, right in from_above for column in range(left, right + 1)}
    column = 0
    for cell in row.iterchildren("td", "th"):
        while column in covered:
            column += 1
        width, height = _span(cell, "colspan"), _span(cell, "rowspan")
        if value := " ".join(_shown_text(cell).split()):
            sheet.values[index, column] = value
        if width > 1 or height > 1:
            sheet.merges.append((index, column, index + height - 1, column + width - 1))
        column += width


def _shown_text(element: Any) -> str:
    """The text of a cell without scripts, crossed-out text and tables inside it."""
    pieces = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _UNSEEN_TAGS:
            pieces.append(" " if child.tag == "br" else _shown_text(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _span(cell: Any, name: str) -> int:
    try:
        return min(max(int(cell.get(name, "1")), 1), _MOST_COLUMNS)
    except ValueError:
        return 1
