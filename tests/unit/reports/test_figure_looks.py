"""Formats and comments of the 调度汇总表's figures."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from reports.consolidation.figure_lines import MOST_COMMENTS, Remark, write_comments
from reports.consolidation.printed_figure import number_format
from reports.paper.workbook import Book


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("12", "#,##0;[Red]-#,##0"),
        ("12.0000", "#,##0;[Red]-#,##0"),
        ("-1234", "#,##0;[Red]-#,##0"),
        ("1234.5", "#,##0.00##;[Red]-#,##0.00##"),
        ("0.0001", "#,##0.00##;[Red]-#,##0.00##"),
    ],
)
def test_thousands_stand_apart_and_no_whole_number_ends_in_a_point(printed: str, expected: str) -> None:
    assert number_format(Decimal(printed)) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        pytest.param("D6", "#,##0.00##;[Red]-#,##0.00##", id="12.5"),
        pytest.param("C6", "#,##0;[Red]-#,##0", id="3"),
        pytest.param("D9", "#,##0.00##;[Red]-#,##0.00##", id="a total of amounts"),
        pytest.param("C9", "#,##0;[Red]-#,##0", id="a total of counts"),
    ],
)
def test_amounts_and_counts_have_their_formats_in_the_file(finished_workbook: Path, cell: str, expected: str) -> None:
    sheet = openpyxl.load_workbook(finished_workbook)["2 执法和组织"]
    assert sheet[cell].number_format == expected


def test_where_there_are_too_many_comments_failed_rules_come_first(tmp_path: Path) -> None:
    book = Book(title="试", made_at=datetime(2023, 6, 26))
    sheet = book.add_sheet("试")
    remarks = [Remark(row, 0, "原表填的是约数。", False) for row in range(MOST_COMMENTS)]
    remarks.append(Remark(MOST_COMMENTS, 0, "SM-1-01：请核对。", True))
    assert write_comments(sheet, remarks) == 1
    drawn = openpyxl.load_workbook(book.save(tmp_path / "comments.xlsx"))["试"]
    commented = {cell.row for (cell,) in drawn.iter_rows(max_col=1) if cell.comment}
    assert commented == {*range(1, MOST_COMMENTS), MOST_COMMENTS + 1}
