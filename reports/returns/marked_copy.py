"""A fresh workbook with the values of a file that cannot carry marks itself (.xls, csv, html), cells marked.

Belongs here: writing the copy. Does not belong here: reading the file (copied_sheet.py), which cell is marked why
(marked_workbook.py).
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from reports.paper.safe_text import safe_text, sheet_names
from reports.paper.workbook import A4, BODY_FONT, write_text
from reports.returns.copied_sheet import CopiedSheet, Look, Merge, Place, read_sheets
from reports.returns.marked_workbook import Author, Mark, MarkedCopy

_PLAIN_NUMBER: Final = re.compile(r"-?(?:0|[1-9]\d{0,13})(?:\.\d{0,5}[1-9])?")
_PLAIN_LOOK: Final[Look] = {"font_name": BODY_FONT, "font_size": 10.5, "valign": "vcenter", "text_wrap": True}
_DATE_FORMAT: Final = "yyyy-mm-dd"
_WIDEST: Final = 60
_USUAL_WIDTH: Final = 8.43
_LINE_POINTS: Final = 14.0
_HIGHEST: Final = 200.0
_LARGEST_MERGE: Final = 1_000  # cells; each is written, and a crafted file merges millions
_MOST_MERGES: Final = 1_000
_NOTE_SIZE: Final = {"width": 300, "height": 120}  # pixels


def copy_with_marks(file_format: str, content: bytes, marks: Sequence[Mark], author: Author) -> MarkedCopy:
    """Copy a file's values into a new workbook with the marked cells coloured and commented.

    Raises:
        Exception: the file is damaged; libraries raise errors of many kinds.
    """
    import xlsxwriter

    sheets = read_sheets(file_format, content)
    finished = io.BytesIO()
    book = xlsxwriter.Workbook(finished, {"in_memory": True})
    book.set_properties({"author": author.name, "created": author.written_at})
    done: list[Mark] = []
    for sheet, name in zip(sheets, sheet_names(sheet.name for sheet in sheets), strict=True):
        on_sheet = {(m.address.row - 1, m.address.column - 1): m for m in marks if m.address.sheet == sheet.name}
        _Writer(book, book.add_worksheet(name), author, on_sheet).write(sheet)
        done.extend(on_sheet.values())
    book.close()
    return MarkedCopy(finished.getvalue(), tuple(done))


@dataclass(slots=True)
class _Writer:
    """Writes one sheet; each look becomes a format once."""

    book: Any
    target: Any
    author: Author
    marks: dict[Place, Mark]
    _formats: dict[Hashable, Any] = field(default_factory=dict)

    def write(self, sheet: CopiedSheet) -> None:
        self.target.set_paper(A4)
        self.target.fit_to_pages(1, 0)
        widths = {column: min(width, _WIDEST) for column, width in (sheet.widths or _fitted_widths(sheet)).items()}
        for column, width in widths.items():
            self.target.set_column(column, column, width)
        for row, height in (_fitted_heights(sheet, widths) | sheet.heights).items():
            self.target.set_row(row, height)
        merges = [merge for merge in sheet.merges if 1 < _area(merge) <= _LARGEST_MERGE][:_MOST_MERGES]
        for top, left, bottom, right in merges:
            self.target.merge_range(top, left, bottom, right, "", self._style(sheet, (top, left)))
        for place in sorted({*sheet.values, *sheet.looks, *self.marks} - _covered(merges)):
            self._cell(place, sheet.values.get(place), self._style(sheet, place))
        for (row, column), mark in self.marks.items():
            self.target.write_comment(row, column, safe_text(mark.note), {"author": self.author.name, **_NOTE_SIZE})

    def _cell(self, place: Place, value: Any, style: Any) -> None:
        """Write one value as what it is; text stays text, whatever it looks like."""
        row, column = place
        if isinstance(value, bool):
            self.target.write_boolean(row, column, value, style)
        elif isinstance(value, datetime):
            self.target.write_datetime(row, column, value, style)
        elif isinstance(value, int | float) and math.isfinite(value):
            self.target.write_number(row, column, value, style)
        elif isinstance(value, str) and _PLAIN_NUMBER.fullmatch(value):
            self.target.write_number(row, column, float(value), style)
        else:
            write_text(self.target, row, column, "" if value is None else str(value), style)

    def _style(self, sheet: CopiedSheet, place: Place) -> Any:
        look = dict(sheet.looks.get(place, _PLAIN_LOOK))
        if isinstance(sheet.values.get(place), datetime):
            look.setdefault("num_format", _DATE_FORMAT)
        if place in self.marks:
            look["bg_color"] = f"#{self.marks[place].fill}"
        key = tuple(sorted(look.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(look)
        return self._formats[key]


def _fitted_widths(sheet: CopiedSheet) -> dict[int, float]:
    longest: dict[int, float] = {}
    for (_, column), value in sheet.values.items():
        longest[column] = max(longest.get(column, 8), 2 + 2 * len(str(value)))
    return longest


def _fitted_heights(sheet: CopiedSheet, widths: dict[int, float]) -> dict[int, float]:
    """Heights of rows whose text needs several lines: not every program fits them itself."""
    merged = {(top, left) for top, left, _, _ in sheet.merges}
    heights: dict[int, float] = {}
    for (row, column), value in sheet.values.items():
        lines = math.ceil(2 * len(str(value)) / max(widths.get(column, _USUAL_WIDTH), 1))
        if isinstance(value, str) and lines > 1 and (row, column) not in merged:
            heights[row] = min(max(heights.get(row, 0), lines * _LINE_POINTS + 3), _HIGHEST)
    return heights


def _area(merge: Merge) -> int:
    top, left, bottom, right = merge
    return (bottom - top + 1) * (right - left + 1)


def _covered(merges: Sequence[Merge]) -> set[Place]:
    """Places behind merged cells: written to, they would hide what stands in front of them."""
    return {
        (row, column)
        for top, left, bottom, right in merges
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }
