"""What is made of the cells of an Excel workbook: numbers, dates, errors, formulas, struck-out text.

Does not belong here: how the workbook around them is written (test_xlsx_writers.py).
"""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ingest.files.grid import Unusual
from ingest.files.office_parts import OfficeParts
from ingest.files.read_xlsx import read_quickly, read_xlsx
from ingest.files.xlsx_workbook import read_workbook
from tests.forms import Table, as_xlsx, pairs, with_part
from tests.unit.ingest.parsing import FILLED, FORM, STAMPED, figures, mandatory, message, notes, parse_one

ORDINARY = as_xlsx(pairs(FORM, FILLED, **STAMPED))
SHEET = "xl/worksheets/sheet1.xml"


def cell(value: Any = 1, style: str = "") -> tuple[Any, bool]:
    """What stands in A1 after `value` was written there with a number format, and whether the quick way was taken."""

    def change(book: Any) -> None:
        book.active["A1"].value = value
        if style:
            book.active["A1"].number_format = style

    content = as_xlsx(Table([["x"], ["y"]]), change=change)
    parts = OfficeParts(content)
    return read_xlsx(content).grids[0].rows[0][0], read_quickly(parts, read_workbook(parts)) is not None


def cell_xml(xml: bytes) -> Any:
    """What is read from a cell whose XML is given."""
    content = with_part(as_xlsx(Table([["x"]])), SHEET, lambda sheet: _replaced_cell(sheet, xml))
    rows = read_xlsx(content).grids[0].rows
    return rows[0][0] if rows else None


def _replaced_cell(sheet: bytes, xml: bytes) -> bytes:
    start = sheet.index(b"<c ")
    return sheet[:start] + xml + sheet[sheet.index(b"</c>", start) + 4 :]


@pytest.mark.parametrize(
    ("value", "style", "expected", "quick"),
    [
        (12, "", 12, True),
        (12.1, "0.00", 12.1, True),
        ("十二", "", "十二", True),
        (" 　", "", None, True),
        (True, "", True, True),
        (1234.5, "#,##0.00", 1234.5, True),
        (12, '0"个"', "12个", True),
        ("001234", "@", "001234", True),
        ("=1+1", "", Unusual("uncalculated", "=1+1"), False),
        (0.5, "0%", Unusual("percent", "50%"), True),
        (date(2023, 6, 24), "yyyy-mm-dd", date(2023, 6, 24), True),
        (45101, "yyyy/m/d", date(2023, 6, 24), True),
        (45101, '[$-F800]dddd", "mmmm dd yyyy', date(2023, 6, 24), True),
        (45101, 'yyyy"年"m"月"d"日"', date(2023, 6, 24), True),
        (12, "yyyy-mm-dd", date(1900, 1, 12), True),
    ],
)
def test_a_cell_of_an_excel_workbook(value: Any, style: str, expected: Any, quick: bool) -> None:
    assert cell(value, style) == (expected, quick)


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        (b'<c r="A1" t="e"><v>#REF!</v></c>', Unusual("error", "#REF!")),
        (b'<c r="A1" t="e"><f>B1/0</f><v>#DIV/0!</v></c>', Unusual("error", "#DIV/0!")),
        (b'<c r="A1"><f>B1+1</f></c>', Unusual("uncalculated", "=B1+1")),
        (b'<c r="A1"><f>B1+1</f><v></v></c>', Unusual("uncalculated", "=B1+1")),
        (b'<c r="A1"><f>B1+1</f><v>5</v></c>', 5),
        (b'<c r="A1" t="str"><f>IF(B1="","",B1)</f><v></v></c>', None),
        (b'<c r="A1" t="str"><f>B1</f><v>12</v></c>', "12"),
        (b'<c r="A1"><v>210381199001011234</v></c>', 210381199001011234),
        (b'<c r="A1" t="inlineStr"><is><t>12_x000B_3</t></is></c>', "12 3"),
        (b'<c r="A1" t="b"><v>1</v></c>', True),
        (b'<c r="A1" t="d"><v>2023-06-24</v></c>', Unusual("date", "2023-06-24")),
        (b'<c r="A1"/>', None),
    ],
)
def test_a_cell_as_other_programs_write_it(xml: bytes, expected: Any) -> None:
    if xml == b'<c r="A1"><v>210381199001011234</v></c>':
        assert cell_xml(xml) == pytest.approx(expected)
        return
    assert cell_xml(xml) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [(b"1e400", "unreadable"), (b"NaN", "unreadable"), ("１２".encode(), "12"), (b"1.2E1", "12"), (b"-0", "0")],
)
def test_odd_numbers_in_the_xml_of_a_figure(written: bytes, expected: str) -> None:
    content = with_part(ORDINARY, SHEET, lambda sheet: sheet.replace(b"<v>12</v>", b"<v>" + written + b"</v>", 1))
    assert figures(parse_one(content))["1.1"] == expected


def test_amounts_keep_their_decimal_meaning_through_a_workbook() -> None:
    submission = parse_one(as_xlsx(pairs(FORM, {**FILLED, "4.5": 12.1}, **STAMPED)))
    cells = {(c.item_code, c.part): c.value for c in submission.cells}
    assert cells["4.5", "total"] == Decimal("12.1")


@pytest.mark.parametrize("number", [27, 31, 36, 50, 57, 58])
def test_the_date_formats_of_chinese_excel_show_dates(number: int) -> None:
    content = as_xlsx(Table([[45101]]), change=lambda book: setattr(book.active["A1"], "number_format", "mm-dd-yy"))
    content = with_part(
        content, "xl/styles.xml", lambda s: s.replace(b'numFmtId="14"', f'numFmtId="{number}"'.encode())
    )
    assert read_xlsx(content).grids[0].rows == [[date(2023, 6, 24)]]


def test_dates_counted_from_1904() -> None:
    def change(book: Any) -> None:
        book.active["A1"].number_format = "yyyy-mm-dd"

    content = as_xlsx(Table([[43639]]), change=change)
    content = with_part(content, "xl/workbook.xml", lambda w: w.replace(b"<workbookPr", b'<workbookPr date1904="1"', 1))
    assert read_xlsx(content).grids[0].rows == [[date(2023, 6, 24)]]


def rich(*runs: tuple[str, bool]) -> bytes:
    inside = "".join(f"<r><rPr>{'<strike/>' if struck else ''}</rPr><t>{text}</t></r>" for text, struck in runs)
    return f'<c r="A1" t="inlineStr"><is>{inside}</is></c>'.encode()


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        ([("3", True), ("25", False)], "25"),
        ([("25", False), (" ", True)], "25"),
        ([("3", True)], Unusual("struck", "")),
        ([("2", False), ("5", False)], "25"),
    ],
)
def test_struck_out_digits_are_not_joined_to_valid_ones(runs: list[tuple[str, bool]], expected: Any) -> None:
    assert cell_xml(rich(*runs)) == expected


def test_phonetic_hints_are_no_text() -> None:
    xml = '<c r="A1" t="inlineStr"><is><t>企业</t><rPh sb="0" eb="1"><t>qi</t></rPh></is></c>'.encode()
    assert cell_xml(xml) == "企业"


def test_a_wholly_struck_cell_is_sent_back_and_a_partly_struck_one_pointed_out() -> None:
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont
    from openpyxl.styles import Font

    def change(book: Any) -> None:
        book.active["D4"].font = Font(strike=True)
        book.active["G4"].value = CellRichText(TextBlock(InlineFont(strike=True), "3"), TextBlock(InlineFont(), "25"))

    submission = parse_one(as_xlsx(pairs(FORM, FILLED, **STAMPED), change=change))
    assert (figures(submission)["1.1"], figures(submission)["1.2"]) == ("unreadable", "25")
    assert (mandatory(submission), notes(submission)) == (["RD-5-02"], ["RD-5-06"])
    assert "调度表!D4“企业自查发现的重大事故隐患”写的是“12”，整格被划掉了" in message(submission, "RD-5-02")


def test_errors_and_formulas_without_result_are_four_different_things_from_blank_and_zero() -> None:
    def change(sheet: bytes) -> bytes:
        return sheet.replace(b"<v>12</v>", b"<f>X1</f><v>0</v>", 1).replace(b"<v>10</v>", b"<f>X1</f>", 1)

    content = with_part(as_xlsx(pairs(FORM, {**FILLED, "1.3": None, "1.4": "#REF!"}, **STAMPED)), SHEET, change)
    submission = parse_one(with_part(content, "xl/workbook.xml", lambda book: book.replace(b"fullCalcOnLoad", b"x")))
    read = figures(submission)
    assert [read[code] for code in ("1.1", "1.2", "1.3", "1.4")] == ["0", "unreadable", "blank", "unreadable"]
    assert mandatory(submission) == ["RD-5-04", "RD-5-03"]
    assert "调度表!G5“部门检查发现重大事故隐患中已完成整改的”是公式错误 #REF!" in message(submission, "RD-5-03")
