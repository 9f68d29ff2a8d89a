"""A table whose entries have several rows: cells of a whole entry are merged, and no page tears one apart."""

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from reports.paper.list_sheet import write_list_sheet
from reports.paper.printed_table import PrintedTable, TableColumn
from reports.paper.row_heights import TextRoom, breaks_between_blocks
from reports.paper.workbook import Book

COLUMNS = (TableColumn("序号", 6, of_block=True), TableColumn("编号", 12), TableColumn("为什么", 12, of_block=True))
LONG = "一二三四五六七八九十" * 3  # sixty half widths, ten to a line: six lines
ROWS = ((1, "甲", LONG), ("", "甲", ""), (2, "乙", "短"), ("", "乙", ""))
TABLE = PrintedTable(COLUMNS, ROWS, note="第一句。" * 20, block=2)


def drawn(folder: Path, table: PrintedTable) -> Worksheet:
    book = Book(title="试", made_at=datetime(2023, 6, 26))
    write_list_sheet(book, book.add_sheet("试"), "题目", "期别", table)
    return openpyxl.load_workbook(book.save(folder / "entries.xlsx"))["试"]


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Worksheet:
    return drawn(tmp_path_factory.mktemp("entries"), TABLE)


def test_what_holds_for_the_entry_is_one_cell_and_the_rest_one_for_each_row(sheet: Worksheet) -> None:
    assert {str(area) for area in sheet.merged_cells.ranges if area.min_row > 2} == {"A4:A5", "C4:C5", "A6:A7", "C6:C7"}
    assert [sheet.cell(row, 2).value for row in range(4, 8)] == ["甲", "甲", "乙", "乙"]


def test_the_rows_of_an_entry_share_the_height_its_longest_text_needs(sheet: Worksheet) -> None:
    """Six lines of 12.6 points and 4 around them are 79.6, half of it for each row; one line needs 16.6."""
    assert list(TextRoom(TABLE).heights(ROWS)) == pytest.approx([39.8, 39.8, 16.6, 16.6])
    assert sheet.row_dimensions[4].height == sheet.row_dimensions[5].height == pytest.approx(39.8, abs=0.4)


def test_a_note_stands_whole_on_lines_of_its_own_below_the_caption(sheet: Worksheet) -> None:
    """One line of the caption and 160 half widths over 28 to a line: seven lines of 12.6 points, 4 around them."""
    assert sheet["A2"].value == f"期别\n{'第一句。' * 20}" and sheet["A2"].alignment.wrap_text
    assert sheet.row_dimensions[2].height == pytest.approx(92.2, abs=0.4)


def test_a_centred_day_is_one_line_of_a_column_of_eleven_and_text_with_an_indent_has_less_room() -> None:
    """Ten half widths: 16.6 points is one line, 29.2 are two."""
    columns = (TableColumn("发现日期", 10.5), TableColumn("编号", 10.5, "left"))
    room = TextRoom(PrintedTable(columns, ()))
    assert (room.height(("2023-06-05", "")), room.height(("", "2023-06-05"))) == pytest.approx((16.6, 29.2))


def test_no_filter_tears_an_entry_apart_and_a_plain_table_keeps_its_own(sheet: Worksheet, tmp_path: Path) -> None:
    assert not sheet.auto_filter.ref
    plain = PrintedTable((TableColumn("序号", 6), TableColumn("编号", 12)), ((1, "甲"), (2, "乙")))
    assert drawn(tmp_path, plain).auto_filter.ref == "A3:B5"


def test_a_page_begins_between_entries_only() -> None:
    """Entries of 33.2 points, a head of 22; after 20 points of heading one entry fits into 100, then two do."""
    rows = tuple(("", name, "短") for name in "甲甲乙乙丙丙丁丁戊戊己己")
    table = PrintedTable(COLUMNS, rows, block=2)
    assert list(breaks_between_blocks(table, page=100, above=20)) == [2, 6, 10]


def test_the_sheet_says_where_pages_begin(tmp_path: Path) -> None:
    """480 points less 22 for the head hold 13 entries; 48 above the first page's table leave room for 12."""
    rows = tuple(("", str(number // 2), "短") for number in range(60))
    sheet = drawn(tmp_path, PrintedTable(COLUMNS, rows, block=2))
    assert [one.id for one in sheet.row_breaks.brk] == [27, 53]
