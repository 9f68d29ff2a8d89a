"""A worksheet that is one table: title, caption, head repeated on every page, filter.

Belongs here: how such a sheet stands on the page. Does not belong here: the table's rows, several tables on one sheet
(list_book.py and consolidated_cover.py).
"""

from __future__ import annotations

from typing import Any, Final

from reports.paper.printed_table import PrintedTable, draw_table, set_widths
from reports.paper.workbook import (
    A3,
    A4,
    PAGE_NUMBER,
    TITLE_FONT,
    Book,
    Page,
    set_heading_heights,
    set_page,
    write_across,
)

_FIRST_TABLE_ROW: Final = 2
_MOST_COLUMNS_ON_A4: Final = 24


def write_list_sheet(
    book: Book, sheet: Any, title: str, caption: str, table: PrintedTable, footer: str = PAGE_NUMBER
) -> None:
    """Draw the whole sheet, A4 landscape; a list of very many columns on A3. The table's note follows the caption."""
    heading = book.style(font_name=TITLE_FONT, font_size=16, align="center", text_wrap=False)
    write_across(sheet, 0, 0, table.last_column, title, heading)
    said = "　".join(filter(None, (caption, table.note)))
    write_across(sheet, 1, 0, table.last_column, said, book.style(align="left", text_wrap=False))
    set_heading_heights(sheet)
    set_widths(sheet, table)
    below = draw_table(book, sheet, _FIRST_TABLE_ROW, table)
    if table.rows:
        sheet.autofilter(_FIRST_TABLE_ROW, 0, below - 1, table.last_column)
    paper = A4 if len(table.columns) <= _MOST_COLUMNS_ON_A4 else A3
    page = Page(paper, head_rows=(_FIRST_TABLE_ROW, _FIRST_TABLE_ROW), frozen_columns=2, footer=footer)
    set_page(sheet, page, below - 1, table.last_column)
