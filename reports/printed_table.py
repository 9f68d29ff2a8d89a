"""A plain printed table: heads, rows of text and numbers, drawn the same way on every list sheet and on the cover.

Belongs here: the table as data, and drawing it. Does not belong here: what a table lists (consolidated_tables.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from reports.workbook import HEAD_FILL, HEAD_FONT, Book, write_across, write_live, write_text

_BODY_SIZE: Final = 9.0


@dataclass(frozen=True, slots=True)
class Formula:
    """A live formula with the value stored beside it."""

    text: str
    stored: Decimal | str | None
    number_format: str = "General"


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: its head, its width in characters, over how many sheet columns it runs, and its font size."""

    head: str
    width: float
    align: str = "center"
    span: int = 1
    size: float = _BODY_SIZE


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """Rows of text (already safe), numbers, or formulas; `empty` is printed where there are no rows.

    `tints` colours single rows, counted from 0.
    """

    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[str | int | Formula, ...], ...]
    empty: str = "无"
    tints: Mapping[int, str] = field(default_factory=dict)

    @property
    def starts(self) -> list[int]:
        """The sheet column each table column begins in, counted from 0."""
        starts, next_start = [], 0
        for column in self.columns:
            starts.append(next_start)
            next_start += column.span
        return starts

    @property
    def last_column(self) -> int:
        return sum(column.span for column in self.columns) - 1


def set_widths(sheet: Any, table: PrintedTable) -> None:
    for start, column in zip(table.starts, table.columns, strict=True):
        sheet.set_column(start, start + column.span - 1, column.width / column.span)


def draw_table(book: Book, sheet: Any, top: int, table: PrintedTable) -> int:
    """Draw the table with its head in row `top`; returns the first row below it."""
    head = book.boxed(font_name=HEAD_FONT, bg_color=HEAD_FILL)
    for start, column in zip(table.starts, table.columns, strict=True):
        write_across(sheet, top, start, start + column.span - 1, column.head, head)
    sheet.set_row(top, 22)
    row = top + 1
    for number, values in enumerate(table.rows):
        tint = {"bg_color": table.tints[number]} if number in table.tints else {}
        for start, column, value in zip(table.starts, table.columns, values, strict=True):
            _draw_value(book, sheet, row, start, column, value, tint)
        sheet.set_row(row, _height(table, values))
        row += 1
    if not table.rows:
        write_across(sheet, row, 0, table.last_column, table.empty, book.boxed(font_color="#595959"))
        row += 1
    return row


def _draw_value(
    book: Book, sheet: Any, row: int, first: int, column: TableColumn, value: str | int | Formula, tint: dict[str, str]
) -> None:
    last = first + column.span - 1
    look = {"align": column.align, "indent": int(column.align == "left"), "font_size": column.size, **tint}
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


def _height(table: PrintedTable, values: tuple[str | int | Formula, ...]) -> float:
    """Room for the longest text: Excel does not grow rows of merged cells by itself."""
    height = 15.0
    for column, value in zip(table.columns, values, strict=True):
        if isinstance(value, str):
            per_line = max(2.0, (column.width - 2) * _BODY_SIZE / column.size)
            lines = sum(max(1, -int(-_half_widths(line) // per_line)) for line in value.split("\n"))
            height = max(height, 1.4 * column.size * lines + 4)
    return min(409.0, height)  # 409 points is the highest row there is


def _half_widths(text: str) -> int:
    """Length of a text in half-width characters: Chinese ones take two, and so do the quotation marks of 宋体."""
    return sum(1 if ord(character) < 0x2000 else 2 for character in text)


def section_line(book: Book, sheet: Any, row: int, text: str) -> None:
    """Write the heading above a table."""
    write_text(sheet, row, 0, text, book.style(font_name=HEAD_FONT, font_size=11, text_wrap=False))
    sheet.set_row(row, 24)
