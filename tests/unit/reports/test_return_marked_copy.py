"""Files that cannot carry marks (.xls, csv, html) come back as a fresh workbook with their values and the marks."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwt
from openpyxl.worksheet.worksheet import Worksheet

from ingest.files.read_html import read_html
from ingest.files.read_text import read_csv
from ingest.files.read_xls import read_xls
from reports.returns.return_slip import write_return_package
from tests.unit.reports.returned_forms import RED, ROWS, as_csv, as_xls, failed, returned


def marked(folder: Path, file_name: str, file_format: str, content: bytes, *cells: str) -> openpyxl.Workbook:
    outcomes = [failed("PF-1-01", "太大。", at=cell) for cell in cells]
    _, path = write_return_package(
        folder, returned(*outcomes, content=content, file_name=file_name, file_format=file_format)
    )
    assert path.name == f"{file_name.rpartition('.')[0]}（标注）.xlsx"
    return openpyxl.load_workbook(path)


def blamed(sheet: Worksheet) -> dict[str, str]:
    """Cells with a comment; each must have the colour too."""
    found = {c.coordinate: c for row in sheet.iter_rows() for c in row if c.comment}
    assert all(cell.fill.fgColor.rgb == RED for cell in found.values())
    return {name: cell.comment.text for name, cell in found.items() if cell.comment}


def test_an_old_workbook_keeps_values_sheets_and_merged_cells(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("调度表")
    sheet.write_merge(0, 0, 0, 3, "调度表", xlwt.easyxf("font: bold on; align: horiz centre; borders: left thin"))
    for column, value in enumerate(["是否", True, 12.5, "=1+1"]):
        sheet.write(1, column, value)
    sheet.write(2, 0, datetime(2023, 6, 24), xlwt.easyxf(num_format_str="YYYY-MM-DD"))
    sheet.write(2, 1, xlwt.Formula("1/0"))
    sheet.write(2, 2, "007")
    sheet.col(0).width = 256 * 20
    book.add_sheet("附表").write(0, 0, "文字")
    content = io.BytesIO()
    book.save(content)

    copy = marked(tmp_path, "孤山镇.XLS", "xls", content.getvalue(), "调度表!C2", "调度表!D5", "附表!A1")
    first, second = copy.worksheets

    assert copy.sheetnames == ["调度表", "附表"]
    assert [[cell.value for cell in row] for row in first["A1:D2"]] == [
        ["调度表", None, None, None],
        ["是否", True, 12.5, "=1+1"],
    ]
    assert first["D2"].data_type == "s"
    assert (first["A3"].value, first["C3"].value) == (datetime(2023, 6, 24), "007")
    assert [str(area) for area in first.merged_cells.ranges] == ["A1:D1"]
    assert (first["A1"].font.b, round(first.column_dimensions["A"].width)) == (True, 21)
    assert blamed(first) == {"C2": "【强制性 PF-1-01】太大。", "D5": "【强制性 PF-1-01】太大。"}
    assert blamed(second) == {"A1": "【强制性 PF-1-01】太大。"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_separated_text_keeps_its_values_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    copy = marked(tmp_path, "孤山镇.csv", "csv", as_csv(ROWS, encoding), "CSV!R2C4", "CSV!R3C2")
    (sheet,) = copy.worksheets

    assert [[cell.value for cell in row] for row in sheet["A1:D3"]] == ROWS
    assert sheet.title == "CSV"
    assert blamed(sheet).keys() == {"D2", "B3"}


def test_text_of_a_csv_is_never_a_formula_and_codes_stay_text(tmp_path: Path) -> None:
    text = "=1+1;+A1;-5;007;12.50;0.5;210381198001011234;http://x.cn;\x07铃;\r\n".encode()

    (sheet,) = marked(tmp_path, "a.csv", "csv", text, "CSV!R1C1").worksheets

    assert [(cell.value, cell.data_type) for cell in sheet[1]] == [
        ("=1+1", "s"),
        ("+A1", "s"),
        (-5, "n"),
        ("007", "s"),
        ("12.50", "s"),
        (0.5, "n"),
        ("210381198001011234", "s"),
        ("http://x.cn", "s"),
        ("铃", "s"),
    ]
    assert sheet["H1"].hyperlink is None


def test_tables_of_a_web_page_become_sheets(tmp_path: Path) -> None:
    page = """<html><body><p>调度表</p><table><tr><td rowspan=2>总体</td><td>发现</td><td>5</td></tr>
    <tr><td colspan=1>整改</td><td>8</td></tr></table><table><tr><td>x<script>alert(1)</script></td></tr></table></body>
    </html>"""

    copy = marked(tmp_path, "孤山镇.xls", "html", page.encode("gb18030"), "表格1!R2C3")

    assert copy.sheetnames == ["表格1", "表格2"]
    assert [[cell.value for cell in row] for row in copy["表格1"]["A1:C2"]] == [["总体", "发现", 5], [None, "整改", 8]]
    assert copy["表格2"]["A1"].value == "x"
    assert blamed(copy["表格1"]).keys() == {"C2"}


@pytest.mark.parametrize(
    ("file_format", "content", "reader"),
    [
        ("xls", as_xls(ROWS, "调度 表"), read_xls),
        ("csv", as_csv(ROWS), lambda content: read_csv(content.decode("utf-8-sig"))),
        ("csv", b"sep=;\r\n" + "甲;1\r\n乙;2\r\n".encode(), lambda content: read_csv(content.decode())),
        (
            "html",
            "<table><tr><td rowspan=3 colspan=2>甲</td><td>乙</td></tr><tr><td>丙</td></tr><tr><td>丁</td></tr></table>"
            "<table><tr><th>戊</th></tr></table>".encode(),
            lambda content: read_html(content.decode()),
        ),
    ],
    ids=["xls", "csv", "csv with its separator", "html"],
)
def test_cells_are_found_by_the_addresses_that_the_reader_gives(
    tmp_path: Path, file_format: str, content: bytes, reader: Any
) -> None:
    grids = reader(content).grids
    seen = {
        grid.at(row, column): str(value).removesuffix(".0")
        for grid in grids
        for row, values in enumerate(grid.rows)
        for column, value in enumerate(values)
        if value is not None
    }

    copy = marked(tmp_path, "a.x", file_format, content, *seen)

    found = [str(sheet[cell].value) for sheet in copy.worksheets for cell in blamed(sheet)]
    assert sorted(found) == sorted(seen.values())


@pytest.mark.parametrize(
    ("file_format", "content"),
    [("xls", b"\xd0\xcf\x11\xe0 damaged"), ("csv", b'"open'), ("csv", b"\xff\xfe\x00"), ("html", b"<p>no table</p>")],
)
def test_what_cannot_be_read_comes_back_as_it_was(tmp_path: Path, file_format: str, content: bytes) -> None:
    one = returned(failed("PF-1-01", at="CSV!R1C1"), content=content, file_name="a.dat", file_format=file_format)

    _, path = write_return_package(tmp_path, one)

    assert (path.name, path.read_bytes()) == ("a.dat", content)


def test_a_large_merged_range_is_not_written_cell_by_cell(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    sheet.write(0, 0, "字")
    sheet.merge(0, 199, 0, 9)
    content = io.BytesIO()
    book.save(content)

    copy = marked(tmp_path, "a.xls", "xls", content.getvalue(), "表!A1")

    assert copy["表"].merged_cells.ranges == set()


def test_what_is_far_larger_than_a_form_comes_back_as_it_was(tmp_path: Path) -> None:
    many = b"1,2,3,4,5,6,7,8,9,10\n" * 12_000
    one = returned(failed("PF-1-01", at="CSV!R1C1"), content=many, file_name="a.csv", file_format="csv")

    assert [path.name for path in write_return_package(tmp_path, one)] == ["退回单.docx", "a.csv"]
