"""Rows of finished cells, written past XlsxWriter's own cells, are what any reader of the file expects."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from reports.paper.workbook import Book, write_across, write_text

HOSTILE = ["=1+1", "a & b < c > d", "100% #1 %s", "两\n行", "  空格  ", '"引"', "<r>不是标记</r>", "http://x.cn"]


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Worksheet:
    """Row 1 by XlsxWriter, rows 2–4 finished cells, row 5 by XlsxWriter."""
    book = Book(title="试", made_at=datetime(2023, 6, 26))
    drawn = book.add_sheet("试")
    plain, boxed = book.style(), book.boxed(bg_color="#FFE9A8")
    write_across(drawn, 0, 0, 7, "题目", plain)
    drawn.write_cells(1, [drawn.text_ending(text, plain) for text in HOSTILE], 16.5)
    numbers = [Decimal("1234.5000"), Decimal("-0.0001"), Decimal("1E+2"), 7]
    drawn.write_cells(
        2, [*(drawn.number_ending(number, boxed) for number in numbers), drawn.text_ending("", boxed)], 21
    )
    drawn.write_cells(3, [drawn.text_ending("未报", boxed), *[drawn.text_ending("", boxed)] * 3], 16.5)
    drawn.merge_written(3, 0, 3)
    write_text(drawn, 4, 0, "说明", plain)
    drawn.write_comment(2, 1, "批注")
    return openpyxl.load_workbook(book.save(tmp_path_factory.mktemp("bulk") / "bulk.xlsx"))["试"]


def test_text_stays_text_whatever_it_says(sheet: Worksheet) -> None:
    shown = ["<r>不是标记</r> " if text == "<r>不是标记</r>" else text for text in HOSTILE]
    assert [cell.value for cell in sheet[2]] == shown
    assert {cell.data_type for cell in sheet[2]} == {"s"}


def test_numbers_keep_their_digits_and_a_blank_keeps_its_format(sheet: Worksheet) -> None:
    assert [cell.value for cell in sheet[3]][:5] == [1234.5, -0.0001, 100, 7, None]
    assert {cell.fill.fgColor.rgb for cell in sheet[3][:5]} == {"FFFFE9A8"}


def test_heights_merges_comments_and_other_cells_stand_beside_finished_cells(sheet: Worksheet) -> None:
    assert [sheet.row_dimensions[row].height for row in (2, 3, 4)] == [16.5, 21.0, 16.5]
    assert {str(area) for area in sheet.merged_cells.ranges} == {"A1:H1", "A4:D4"}
    assert (sheet["A4"].value, sheet["A1"].value, sheet["A5"].value) == ("未报", "题目", "说明")
    assert sheet["B3"].comment.text == "批注"
    assert sheet.dimensions == "A1:H5"
