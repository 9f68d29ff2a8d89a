"""A worksheet that is one table: title, caption, head repeated on every page, filter.

Belongs here: how such a sheet stands on the page. Does not belong here: the table's rows, several tables on one sheet
(list_book.py and consolidated_cover.py).
"""

from __future__ import annotations

from itertools import islice
from typing import Any, Final

from reports.paper.printed_table import PrintedTable, draw_table, set_widths
from reports.paper.row_heights import breaks_between_blocks, text_height
from reports.paper.workbook import (
    A3,
    A4,
    CAPTION_HEIGHT,
    PAGE_NUMBER,
    TITLE_FONT,
    TITLE_HEIGHT,
    Book,
    Page,
    set_heading_heights,
    set_page,
    write_across,
)

_FIRST_TABLE_ROW: Final = 2
_MOST_COLUMNS_ON_A4: Final = 24
# Points between the margins of a page of A4 on its side; of its height a little less, because fonts differ.
_PAGE_WIDTH, _PAGE_HEIGHT = 769.0, 485.0
_MOST_BREAKS: Final = 1023  # a sheet can have no more


def write_list_sheet(
    book: Book, sheet: Any, title: str, caption: str, table: PrintedTable, footer: str = PAGE_NUMBER
) -> None:
    """Draw the whole sheet, A4 landscape; a list of very many columns on A3. The table's note is below the caption."""
    heading = book.style(font_name=TITLE_FONT, font_size=16, align="center", text_wrap=False)
    write_across(sheet, 0, 0, table.last_column, title, heading)
    said = "\n".join(filter(None, (caption, table.note)))
    write_across(sheet, 1, 0, table.last_column, said, book.style(align="left"))
    set_heading_heights(sheet)
    said_height = max(CAPTION_HEIGHT, text_height(said, sum(column.width for column in table.columns)))
    sheet.set_row(1, said_height)
    set_widths(sheet, table)
    below = draw_table(book, sheet, _FIRST_TABLE_ROW, table)
    _keep_blocks_whole(sheet, table, TITLE_HEIGHT + said_height)
    # A filter hides single rows, and a merged cell is found in its first one only: an entry of several rows would be
    # torn apart. `taizhang sql --format xlsx` writes such lists with one row for each entry, to filter and to sort.
    if table.rows and table.block == 1:
        sheet.autofilter(_FIRST_TABLE_ROW, 0, below - 1, table.last_column)
    paper = A4 if len(table.columns) <= _MOST_COLUMNS_ON_A4 else A3
    page = Page(paper, head_rows=(_FIRST_TABLE_ROW, _FIRST_TABLE_ROW), frozen_columns=2, footer=footer)
    set_page(sheet, page, below - 1, table.last_column)


def _keep_blocks_whole(sheet: Any, table: PrintedTable, above: float) -> None:
    """Begin new pages between entries of several rows."""
    if table.block > 1:
        # a character of width is 7 pixels, a column has 5 more, a pixel is three quarters of a point
        width = sum(0.75 * (7 * column.width + 5) for column in table.columns)
        starts = breaks_between_blocks(table, _PAGE_HEIGHT * max(1.0, width / _PAGE_WIDTH), above)
        sheet.set_h_pagebreaks([_FIRST_TABLE_ROW + 1 + row for row in islice(starts, _MOST_BREAKS)])
