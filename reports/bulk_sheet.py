"""A worksheet that takes whole rows of finished cells: what makes thousands of units cheap to print.

Belongs here: the one place that knows how XlsxWriter keeps and writes cells. Does not belong here: what a cell shows,
formats (workbook.py). XlsxWriter keeps an object per cell and formats each one again when it saves, which is nearly
the whole cost of a large sheet; here a cell's text is made once for all cells that look the same. Imported only when
a workbook is made, because it needs XlsxWriter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from reports.safe_text import safe_text
from reports.wording import number_text

_LINE = "#"


@dataclass(frozen=True, slots=True)
class ReadyCells:
    """The XML of neighbouring cells, standing in XlsxWriter's table where the first of them stands."""

    xml: str


class BulkSheet(Worksheet):
    """A worksheet with `write_cells`; everything XlsxWriter offers works beside it, on other cells.

    A cell is given without its address, as its *ending*: everything after `<c r="B7"`. The methods that make one
    may be called once for all cells that look the same, on any sheet of the book.
    """

    def __init__(self) -> None:
        super().__init__()
        self._row_of_height: dict[float, int] = {}

    def number_ending(self, number: Decimal | int, style: Any) -> str:
        """Print the number's own digits; a reader gets the nearest binary number, as from Excel itself."""
        digits = number_text(number) if isinstance(number, Decimal) else str(number)
        return f' s="{style._get_xf_index()}"><v>{digits}</v></c>'

    def text_ending(self, text: str, style: Any) -> str:
        """Text as text: never a formula, a link or a number. Empty text is a formatted blank cell."""
        if not text:
            return f' s="{style._get_xf_index()}"/>'
        place = self.str_table._get_shared_string_index(safe_text(text))
        return f' s="{style._get_xf_index()}" t="s"><v>{place}</v></c>'

    def write_cells(self, row: int, endings: Sequence[str], height: float) -> None:
        """Write a row's cells from its first column on, and set the row's height in points."""
        self._check_dimensions(row, len(endings) - 1)  # keeps the sheet's used range
        self.table[row][0] = ReadyCells(_row(len(endings)).replace(_LINE, str(row + 1)) % tuple(endings))
        like = self._row_of_height.setdefault(height, row)
        if like == row:
            self.set_row(row, height)
        else:
            self.row_info[row], self.row_sizes[row] = self.row_info[like], self.row_sizes[like]

    def merge_written(self, row: int, first: int, last: int) -> None:
        """Merge cells of one row that `write_cells` writes; the last of them must be blank."""
        self.merge.append([row, first, row, last])

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        if isinstance(cell, ReadyCells):
            self.fh.write(cell.xml)
        else:
            super()._write_cell(row, col, cell)

    def _calculate_spans(self) -> None:
        """Leave out each row's `spans`, an optional hint that would have to know every cell."""


@lru_cache
def _row(columns: int) -> str:
    """Return a row's cells with `_LINE` for the row's number and %s for each cell's ending."""
    return "".join(f'<c r="{xl_col_to_name(column)}{_LINE}"%s' for column in range(columns))
