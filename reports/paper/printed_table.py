"""A plain printed table: heads, rows of text and numbers, drawn the same way on every list sheet and on the cover.

Belongs here: the table as data, and drawing it. Does not belong here: what a table lists (consolidated_tables.py), how
high its rows must be (row_heights.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from typing import Any, Final

from reports.paper.row_heights import BODY_SIZE, LEAST_HEIGHT, TextRoom
from reports.paper.workbook import HEAD_FILL, HEAD_FONT, Book, write_across, write_live, write_text

SECTION_HEIGHT: Final = 24


@dataclass(frozen=True, slots=True)
class Formula:
    """A live formula with the value stored beside it."""

    text: str
    stored: Decimal | str | None
    number_format: str = "General"


PrintedRow = tuple[str | int | Formula, ...]


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: its head, its width in characters, over how many sheet columns it runs, and its font size.

    `of_block`: one cell for all rows of a block, which its first row fills.
    """

    head: str
    width: float
    align: str = "center"
    span: int = 1
    size: float = BODY_SIZE
    of_block: bool = False


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """Rows of text (already safe), numbers, or formulas; `empty` is printed where there are no rows.

    `tints` colours single rows, counted from 0; `note` is what a sheet of its own says above the table; so many rows as
    `block` says are one entry of a plain table, to be read one above the other.
    """

    columns: tuple[TableColumn, ...]
    rows: tuple[PrintedRow, ...]
    empty: str = "无"
    tints: Mapping[int, str] = field(default_factory=dict)
    note: str = ""
    block: int = 1

    @property
    def starts(self) -> list[int]:
        """The sheet column each table column begins in, counted from 0."""
        starts, next_start = [], 0
        for column in self.columns:
            starts.append(next_start)
            next_start += column.span
        return starts

    @property
    def is_plain(self) -> bool:
        """Whether every value is text or a whole number in one cell of its own."""
        plain_columns = all(column.span == 1 for column in self.columns)
        return plain_columns and not any(isinstance(value, Formula) for values in self.rows for value in values)

    @property
    def last_column(self) -> int:
        return sum(column.span for column in self.columns) - 1


def without_empty_columns(table: PrintedTable, *optional: str) -> PrintedTable:
    """Leave out those of the `optional` columns (by head) in which no row has anything."""
    kept = [
        place
        for place, column in enumerate(table.columns)
        if column.head not in optional or any(row[place] != "" for row in table.rows)
    ]
    columns = tuple(table.columns[place] for place in kept)
    rows = tuple(tuple(row[place] for place in kept) for row in table.rows)
    return replace(table, columns=columns, rows=rows)


def columns_on(widths: Sequence[float], *columns: tuple[str, int, str]) -> tuple[TableColumn, ...]:
    """Columns of a table that stands with others on one sheet: head, number of sheet columns, alignment."""
    made, start = [], 0
    for head, span, align in columns:
        made.append(TableColumn(head, sum(widths[start : start + span]), align, span, size=10))
        start += span
    return tuple(made)


def set_widths(sheet: Any, table: PrintedTable) -> None:
    for start, column in zip(table.starts, table.columns, strict=True):
        sheet.set_column(start, start + column.span - 1, column.width / column.span)


def draw_table(book: Book, sheet: Any, top: int, table: PrintedTable) -> int:
    """Draw the table with its head in row `top`, on a sheet of `Book.add_sheet`; returns the first row below it."""
    head = book.boxed(font_name=HEAD_FONT, bg_color=HEAD_FILL)
    room = TextRoom(table)
    for start, column in zip(table.starts, table.columns, strict=True):
        write_across(sheet, top, start, start + column.span - 1, column.head, head)
    sheet.set_row(top, room.head_height)
    if not table.rows:
        write_across(sheet, top + 1, 0, table.last_column, table.empty, book.boxed(font_color="#595959"))
        return top + 2
    draw_rows = _draw_plain_rows if table.is_plain else _draw_wide_rows
    draw_rows(book, sheet, top + 1, table)
    return top + 1 + len(table.rows)


def table_height(table: PrintedTable) -> float:
    """The height of the drawn table in points."""
    room = TextRoom(table)
    return room.head_height + (sum(room.heights(table.rows)) if table.rows else LEAST_HEIGHT)


def _draw_plain_rows(book: Book, sheet: Any, first: int, table: PrintedTable) -> None:
    """Draw one cell per value; equal cells are made once, because such a table may be long."""

    @cache
    def ending(value: str | int, style: Any) -> str:
        return sheet.number_ending(value, style) if isinstance(value, int) else sheet.text_ending(value, style)

    @cache
    def styles(tint: str | None) -> list[Any]:
        return [book.boxed(**_look(column, tint)) for column in table.columns]

    heights = TextRoom(table).heights(table.rows)
    for number, (values, height) in enumerate(zip(table.rows, heights, strict=True)):
        endings = list(map(ending, values, styles(table.tints.get(number))))
        sheet.write_cells(first + number, endings, height)
    of_block = [place for place, column in enumerate(table.columns) if column.of_block]
    for row in range(first, first + len(table.rows), table.block):
        for place in of_block:
            sheet.merge_written(row, place, place, rows=table.block)


def _draw_wide_rows(book: Book, sheet: Any, first: int, table: PrintedTable) -> None:
    room = TextRoom(table)
    for row, values in enumerate(table.rows, start=first):
        for start, column, value in zip(table.starts, table.columns, values, strict=True):
            _draw_value(book, sheet, row, start, column, value, table.tints.get(row - first))
        sheet.set_row(row, room.height(values))


def _draw_value(
    book: Book, sheet: Any, row: int, first: int, column: TableColumn, value: str | int | Formula, tint: str | None
) -> None:
    last = first + column.span - 1
    look = _look(column, tint)
    if isinstance(value, str):
        write_across(sheet, row, first, last, value, book.boxed(**look))
        return
    style = book.boxed(**look, num_format=value.number_format if isinstance(value, Formula) else "General")
    if first != last:
        sheet.merge_range(row, first, row, last, "", style)
    if isinstance(value, Formula):
        write_live(sheet, row, first, value.text, value.stored, style)
    else:
        sheet.write_number(row, first, value, style)


def _look(column: TableColumn, tint: str | None) -> dict[str, Any]:
    look = {"align": column.align, "indent": int(column.align == "left"), "font_size": column.size}
    return {**look, "bg_color": tint} if tint else look


def section_line(book: Book, sheet: Any, row: int, text: str) -> None:
    """Write the heading above a table."""
    write_text(sheet, row, 0, text, book.style(font_name=HEAD_FONT, font_size=11, text_wrap=False))
    sheet.set_row(row, SECTION_HEIGHT)
