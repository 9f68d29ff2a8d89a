"""What the quick reading of workbooks takes and what it leaves to the careful one."""

from collections.abc import Callable

import pytest

from ingest.files.grid import Grid
from ingest.files.office_parts import OfficeParts
from ingest.files.read_xlsx import read_quickly
from ingest.files.xlsx_plain import known_sheets
from ingest.files.xlsx_sheets import read_sheets
from ingest.files.xlsx_workbook import read_workbook
from tests.forms import Table, as_xlsx, with_part

SHEET = "xl/worksheets/sheet1.xml"
FIRST_CELL = b'<c r="A1" t="n"><v>7</v></c>'
WORKBOOK = as_xlsx(Table([[7, "孤山镇"], [8, None]]))


def quick(edit: Callable[[bytes], bytes]) -> list[Grid] | None:
    parts = OfficeParts(with_part(WORKBOOK, SHEET, edit))
    return read_quickly(parts, read_workbook(parts))


def replaced(cell: bytes) -> Callable[[bytes], bytes]:
    def edit(sheet: bytes) -> bytes:
        assert FIRST_CELL in sheet
        return sheet.replace(FIRST_CELL, cell)

    return edit


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (FIRST_CELL, 7),
        (b'<c r="A1"><v>7.5</v></c>', 7.5),
        (b'<c r="A1"><f>SUM(B1:B2)</f><v>-3</v></c>', -3),
        (b'<c r="A1" t="inlineStr"><is><t>\xe6\x97\xa0&amp;&#26080;</t></is></c>', "无&无"),
        (b'<c r="A1" t="b"><v>1</v></c>', True),
        (b'<c r="A1" s="0"/>', None),
    ],
)
def test_plain_cells_are_read_quickly(cell: bytes, value: object) -> None:
    def edit(sheet: bytes) -> bytes:
        return replaced(cell)(sheet)

    parts = OfficeParts(with_part(WORKBOOK, SHEET, edit))
    book = read_workbook(parts)._replace(calculates_on_opening=False)
    (grid,) = read_quickly(parts, book) or []
    assert grid.rows == [[value, "孤山镇"], [8, None]]
    assert grid.rows == read_sheets(parts, book)[0].rows


@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="A1" t="e"><v>#REF!</v></c>',
        b'<c r="A1"><f>SUM(B1:B2)</f></c>',
        b'<c r="A1" t="d"><v>2023-06-24</v></c>',
        b'<c r="A1"><v>1e400</v></c>',
        b'<c r="A1" t="s"><v>99</v></c>',
        b'<c r="A2"><v>7</v></c>',
        b'<c r="A1"><v>7</v></c><c r="A1"><v>8</v></c>',
        b'<c r="A1" t="inlineStr"><is><r><rPr><strike/></rPr><t>7</t></r></is></c>',
        b'<c r="A1"><v>7<!-- 8 --></v></c>',
        b'<x:c xmlns:x="u" r="A1"><x:v>7</x:v></x:c>',
    ],
)
def test_anything_else_in_a_cell_is_left_to_the_careful_way(cell: bytes) -> None:
    assert quick(replaced(cell)) is None


@pytest.mark.parametrize(
    "edit",
    [
        lambda sheet: sheet.replace(b'<row r="1"', b'<row r="1" hidden="1"'),
        lambda sheet: sheet.replace(b'<row r="1"', b'<row r="1" ht="0"'),
        lambda sheet: sheet.replace(b'<row r="2"', b'<row r="1"'),
        lambda sheet: sheet.replace(b"<sheetFormatPr ", b'<sheetFormatPr zeroHeight="1" '),
        lambda sheet: sheet.replace(b"<sheetData>", b"<!-- <sheetData></sheetData> --><sheetData>"),
        lambda sheet: sheet.replace(b"</sheetData>", b"</sheetData><x><sheetData></sheetData></x>"),
        lambda sheet: sheet.replace(b"<sheetData>", b'<x xmlns="u"><sheetData>').replace(
            b"</sheetData>", b"</sheetData></x>"
        ),
    ],
    ids=["hidden row", "flat row", "row twice", "rows hidden", "in a comment", "two sets of rows", "other namespace"],
)
def test_rows_that_may_not_be_what_is_seen_are_left_to_the_careful_way(edit: Callable[[bytes], bytes]) -> None:
    assert quick(edit) is None


def test_a_row_that_says_it_is_not_hidden_is_read_quickly() -> None:
    assert quick(lambda sheet: sheet.replace(b'<row r="1"', b'<row r="1" hidden="false" ht="12.8"')) is not None


def test_a_text_where_a_known_sheet_has_a_number_is_left_to_the_careful_way() -> None:
    """Taken out, both leave the same markup behind; it once ended the reading of the file with an error."""
    known_sheets.forget()
    assert quick(replaced(FIRST_CELL)) is not None
    assert quick(replaced(b'<c r="A1" t="n"><t>7</t></c>')) is None
    known_sheets.forget()
