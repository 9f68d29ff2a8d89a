"""What is made of the cells of a workbook of old Excel, and of one that is cut off."""

import io
from datetime import date

import pytest

from ingest.files.grid import Unusual
from ingest.files.read_xls import read_xls
from ingest.files.zip_members import DamagedError
from tests.forms import Table, as_xls


def test_errors_dates_percentages_and_struck_cells() -> None:
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    sheet.write(0, 0, 12.0)
    sheet.write(0, 1, date(2023, 6, 24), xlwt.easyxf(num_format_str="YYYY-MM-DD"))
    sheet.write(0, 2, 0.5, xlwt.easyxf(num_format_str="0%"))
    sheet.write(0, 3, 7, xlwt.easyxf("font: struck_out on"))
    sheet.write(0, 4, True)
    sheet.write(0, 5, " 　")
    sheet.row(0).set_cell_error(6, "#DIV/0!")
    plain, crossed = xlwt.easyfont(""), xlwt.easyfont("struck_out on")
    sheet.write_rich_text(0, 7, [("3", crossed), ("25", plain)])
    sheet.write_merge(1, 2, 0, 1, "合并")
    sheet.row(3).hidden = True
    sheet.write(3, 0, 1)
    target = io.BytesIO()
    book.save(target)
    grid = read_xls(target.getvalue()).grids[0]
    assert grid.rows[0] == [
        12.0,
        date(2023, 6, 24),
        Unusual("percent", "50%"),
        Unusual("struck", "7.0"),
        True,
        None,
        Unusual("error", "#DIV/0!"),
        "25",
    ]
    assert grid.struck == {(0, 7)}
    assert grid.merges == ((1, 0, 2, 1),)
    assert grid.hidden_rows == {3}


def test_a_cut_off_workbook_is_damaged() -> None:
    with pytest.raises(DamagedError):
        read_xls(as_xls(Table([["x"]]))[:2000])
