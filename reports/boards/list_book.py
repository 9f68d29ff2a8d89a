"""A workbook of lists: a cover with short tables, then one sheet per list; drawn, and read back for its proof.

Belongs here: what such a book is made of and how it is laid out and proved. Does not belong here: what the lists say
(task_board_tables.py and its like), books with figure sheets (consolidated.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from reports.campaign_head import CampaignHead
from reports.consolidation.findings import Findings
from reports.consolidation.table_check import check_table
from reports.consolidation.workbook_reading import ReadSheet, read_workbook
from reports.paper.difference import Difference
from reports.paper.list_sheet import write_list_sheet
from reports.paper.printed_table import SECTION_HEIGHT, PrintedTable, draw_table, section_line, table_height
from reports.paper.safe_text import sheet_names
from reports.paper.wording import chinese_number
from reports.paper.workbook import PAGE_NUMBER, TITLE_FONT, Book, Page, escape_footer, set_page, write_across

_COVER: Final = "总览"
_NOTE_LINE_HEIGHT: Final = 14
_TITLE_HEIGHT, _CAPTION_HEIGHT = 40, 22
_MOST_ON_ONE_PAGE: Final = 800  # points; a little more than fits is printed smaller, not with three lines on page two


@dataclass(frozen=True)
class ListPage:
    """A sheet of its own: the name of its tab, the title above the table, and what its colours mean."""

    name: str
    title: str
    table: PrintedTable
    legend: str = ""


@dataclass(frozen=True)
class TablesPage:
    """A sheet of several tables by heading that share its columns; `note` stands below them."""

    name: str
    title: str
    tables: Mapping[str, PrintedTable]
    widths: tuple[float, ...]
    note: str


@dataclass(frozen=True)
class ListBook:
    """`cover` holds tables by heading that share the sheet columns of `cover_widths`; `lists` stand on their own."""

    head: CampaignHead
    title: str
    caption: str
    cover: Mapping[str, PrintedTable]
    cover_widths: tuple[float, ...]
    note: str
    lists: tuple[ListPage | TablesPage, ...]

    @property
    def cover_page(self) -> TablesPage:
        return TablesPage(_COVER, self.title, self.cover, self.cover_widths, self.note)

    @cached_property
    def names(self) -> list[str]:
        return sheet_names([_COVER, *(page.name for page in self.lists)])

    def named_lists(self) -> Iterator[tuple[str, ListPage | TablesPage]]:
        """Each page after the cover with the name of its sheet."""
        return zip(self.names[1:], self.lists, strict=True)

    def caption_of(self, page: ListPage) -> str:
        return "　".join(filter(None, (self.caption, page.legend)))


def numbered(tables: Mapping[str, PrintedTable]) -> dict[str, PrintedTable]:
    """Number the headings of a cover: 一、二、三."""
    return {f"{chinese_number(place)}、{heading}": tables[heading] for place, heading in enumerate(tables, start=1)}


def write_list_book(target: Path, printed: ListBook) -> Path:
    """Write the workbook whole or not at all: the same bytes for the same snapshot."""
    head = printed.head
    book = Book(
        title=f"{printed.title} {printed.caption}",
        made_at=head.moment,
        subject=f"{head.campaign.campaign_id} {head.period} {head.snapshot.version}",
        author=head.campaign.office,
    )
    footer = f"&L&8{escape_footer(head.disclosure_words)}{PAGE_NUMBER}"
    cover = book.add_sheet(printed.names[0])
    _draw_tables(book, cover, printed.cover_page, printed.caption, Page(footer=footer))
    for name, page in printed.named_lists():
        sheet = book.add_sheet(name)
        if isinstance(page, TablesPage):
            _draw_tables(book, sheet, page, printed.caption, Page(footer=footer))
        else:
            write_list_sheet(book, sheet, page.title, printed.caption_of(page), page.table, footer)
    cover.activate()
    return book.save(target)


def verify_list_book(path: Path, printed: ListBook) -> list[Difference]:
    """Read the finished workbook back and return every difference; empty means it may be handed in.

    Every cell of every table is compared, title, caption and note must be there, and a number nobody can account for
    is a difference too.
    """
    found = Findings(read_workbook(path))
    if list(found.sheets) != printed.names:
        found.differ("", None, "工作表", "、".join(found.sheets), "、".join(printed.names))
    for name, page in ((printed.names[0], printed.cover_page), *printed.named_lists()):
        if name not in found.sheets:
            continue
        if isinstance(page, TablesPage):
            _check_words(found, found.sheets[name], (page.title, printed.caption, page.note))
            for heading, table in page.tables.items():
                check_table(found, name, heading, table)
        else:
            _check_words(found, found.sheets[name], (page.title, printed.caption_of(page)))
            check_table(found, name, name, page.table)
    found.look_at_the_rest()
    return found.differences


def _draw_tables(book: Book, sheet: Any, printed: TablesPage, caption: str, page: Page) -> None:
    last = len(printed.widths) - 1
    for column, width in enumerate(printed.widths):
        sheet.set_column(column, column, width)
    write_across(sheet, 0, 0, last, printed.title, book.style(font_name=TITLE_FONT, font_size=18, align="center"))
    sheet.set_row(0, _TITLE_HEIGHT)
    write_across(sheet, 1, 0, last, caption, book.style(font_size=12, align="center"))
    sheet.set_row(1, _CAPTION_HEIGHT)
    row = 2
    for heading, table in printed.tables.items():
        section_line(book, sheet, row, heading)
        row = draw_table(book, sheet, row + 1, table)
    write_across(sheet, row, 0, last, printed.note, book.style(align="left", font_color="#404040"))
    note_height = 8 + _NOTE_LINE_HEIGHT * (printed.note.count("\n") + 1)
    sheet.set_row(row, note_height)
    tables_height = sum(SECTION_HEIGHT + table_height(table) for table in printed.tables.values())
    is_one_page = _TITLE_HEIGHT + _CAPTION_HEIGHT + tables_height + note_height <= _MOST_ON_ONE_PAGE
    set_page(sheet, replace(page, pages_high=int(is_one_page)), row, last)


def _check_words(found: Findings, sheet: ReadSheet, words: tuple[str, ...]) -> None:
    """The first column holds each of these texts."""
    printed = {sheet.text(row, 0) for row in range(len(sheet.rows))}
    for text in words:
        if text not in printed:
            found.differ(sheet.name, None, "标题或说明", "", text)
