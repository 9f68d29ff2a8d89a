"""A worksheet that takes whole rows of finished cells: what makes thousands of units cheap to print.

Belongs here: the one place that knows how XlsxWriter keeps and writes cells. Does not belong here: what a cell shows,
formats (workbook.py). XlsxWriter keeps an object per cell and formats each one again when it saves, which is nearly
the whole cost of a large sheet; here a cell's text is made once for all cells that look the same. Imported only when
a workbook is made, because it needs XlsxWriter.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from reports.paper.safe_text import safe_text
from reports.paper.wording import number_text

_LINE = "#"


class BulkSheet(Worksheet):
    """A worksheet with `write_cells`; everything XlsxWriter offers works beside it, on cells of other rows.

    A cell is given without its address, as its *ending*: everything after `<c r="B7"`. The methods that make one
    may be called once for all cells that look the same, on any sheet of the book.
    """

    dim_rowmin: int
    dim_rowmax: int

    def __init__(self) -> None:
        super().__init__()
        self._ready_rows: dict[int, str] = {}
        self._heights: dict[float, tuple[str, list[Any]]] = {}

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
        """Write a whole row, from its first column on, and set its height in points."""
        self._check_dimensions(row, len(endings) - 1)  # keeps the sheet's used range
        if height not in self._heights:
            self._heights[height] = self._height(row, height)
        attribute, self.row_sizes[row] = self._heights[height]  # the size places the boxes of comments
        cells = _cells(len(endings)).replace(_LINE, str(row + 1)) % tuple(endings)
        self._ready_rows[row] = f'<row r="{row + 1}"{attribute}>{cells}</row>'

    def merge_written(self, row: int, first: int, last: int, rows: int = 1) -> None:
        """Merge cells of one or more rows that `write_cells` writes; all but the first must be blank."""
        self.merge.append([row, first, row + rows - 1, last])

    def _height(self, row: int, height: float) -> tuple[str, list[Any]]:
        """Return the attribute of a row of this height, and its size as XlsxWriter keeps it, in pixels."""
        self.set_row(row, height)
        pixels = self.row_info.pop(row).height
        attribute = "" if pixels == self.original_row_height else f' ht="{pixels * 0.75:g}" customHeight="1"'
        return attribute, self.row_sizes[row]

    def _write_rows(self) -> None:
        """Write the finished rows between those that XlsxWriter makes of its own cells."""
        first, last = self.dim_rowmin, self.dim_rowmax
        for row in range(first, last + 1):
            if row in self._ready_rows:
                self.fh.write(self._ready_rows[row])
            else:
                self.dim_rowmin = self.dim_rowmax = row
                super()._write_rows()
        self.dim_rowmin, self.dim_rowmax = first, last


@lru_cache
def _cells(columns: int) -> str:
    """Return a row's cells with `_LINE` for the row's number and %s for each cell's ending."""
    return "".join(f'<c r="{xl_col_to_name(column)}{_LINE}"%s' for column in range(columns))
