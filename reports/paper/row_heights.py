"""How high the rows of a printed table must be for their text, and where its pages begin.

Belongs here: counting lines of text, and points. Does not belong here: drawing (printed_table.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from reports.paper.printed_table import PrintedRow, PrintedTable, TableColumn

BODY_SIZE: Final = 9.0
LEAST_HEIGHT: Final = 15.0  # of a row


def text_height(text: str, width: float) -> float:
    """The height in points of text in the body's size over sheet columns of this width."""
    return 1.4 * BODY_SIZE * _lines(text, width - 2) + 4


def breaks_between_blocks(table: PrintedTable, page: float, above: float) -> Iterator[int]:
    """The rows that open a new page, so that no block is torn.

    Args:
        table: its head is repeated on every page.
        page: room on a page, in points.
        above: how much of the first page stands above the table.
    """
    room = TextRoom(table)
    heights = list(room.heights(table.rows))
    left = page - room.head_height - above
    for first in range(0, len(heights), table.block):
        needed = sum(heights[first : first + table.block])
        if first and needed > left:
            yield first
            left = page - room.head_height
        left -= needed


class TextRoom:
    """How high rows must be for their longest text: Excel does not grow rows of merged cells by itself."""

    def __init__(self, table: PrintedTable) -> None:
        self._sizes = [column.size for column in table.columns]
        self._per_line = [max(2.0, _room(column) * BODY_SIZE / column.size) for column in table.columns]
        self._block = table.block
        self._of_block = [column.of_block for column in table.columns]
        self.head_height = max(22.0, self.height(tuple(column.head for column in table.columns)))

    def heights(self, rows: Sequence[PrintedRow]) -> Iterator[float]:
        """The height of every row; those of a block share what its merged cells need beyond the others."""
        if self._block == 1:
            yield from map(self.height, rows)
            return
        for first in range(0, len(rows), self._block):
            block = rows[first : first + self._block]
            own = [self.height(self._picked(values, of_block=False)) for values in block]
            missing = self.height(self._picked(block[0], of_block=True)) - sum(own)
            yield from (height + max(0.0, missing / self._block) for height in own)

    def _picked(self, values: PrintedRow, of_block: bool) -> PrintedRow:
        pairs = zip(values, self._of_block, strict=True)
        return tuple(value if is_of_block == of_block else "" for value, is_of_block in pairs)

    def height(self, values: PrintedRow) -> float:
        height = LEAST_HEIGHT
        for value, size, per_line in zip(values, self._sizes, self._per_line, strict=True):
            if isinstance(value, str):
                at_most = len(value) if value.isascii() else 2 * len(value)
                is_short = at_most <= per_line and "\n" not in value
                lines = 1 if is_short else _lines(value, per_line)
                height = max(height, 1.4 * size * lines + 4)
        return min(409.0, height)  # 409 points is the highest row there is


def _room(column: TableColumn) -> float:
    """How many half widths of 宋体 9 fit: seven to six of a column's characters, less an indent on the left."""
    return column.width - (2.0 if column.align == "left" else 0.5)


def _lines(text: str, per_line: float) -> int:
    return sum(max(1, -int(-_half_widths(line) // per_line)) for line in text.split("\n"))


def _half_widths(text: str) -> int:
    """Length of a text in half-width characters: Chinese ones take two, and so do the quotation marks of 宋体."""
    return len(text) if text.isascii() else sum(1 if character < "\u2000" else 2 for character in text)
