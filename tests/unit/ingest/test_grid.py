"""What each reader makes of cells that other readers get silently wrong."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ingest.files.grid import Unusual, column_letters, column_number
from ingest.files.office_parts import OfficeParts
from ingest.files.read_docx import read_docx
from ingest.files.read_html import read_html
from ingest.files.read_text import decode_text, read_csv
from ingest.files.read_xls import read_xls
from ingest.files.read_xlsx import read_quickly, read_xlsx
from ingest.files.xlsx_sheets import read_sheets
from ingest.files.xlsx_workbook import read_workbook
from ingest.files.zip_members import DamagedError
from tests.forms import Table, as_docx, as_xls, as_xlsx, headed, listed, pairs, with_part
from tests.unit.ingest.parsing import FILLED, FORM, READ, STAMPED, figures, mandatory, message, notes, parse_one

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


def strict(content: bytes) -> bytes:
    """The same workbook in strict Open XML."""
    old, new = b"http://schemas.openxmlformats.org", b"http://purl.oclc.org/ooxml"
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as archive:
        for info in source.infolist():
            data = source.read(info)
            if not info.filename.startswith(("docProps", "[Content")):
                data = data.replace(old + b"/spreadsheetml/2006/main", new + b"/spreadsheetml/main")
                data = data.replace(old + b"/officeDocument/2006/relationships", new + b"/officeDocument/relationships")
            archive.writestr(info.filename, data)
    return target.getvalue()


def in_utf16(sheet: bytes) -> bytes:
    text = sheet.decode("utf-8")
    text = text if not text.startswith("<?xml") else text[text.index("?>") + 2 :]
    return ('<?xml version="1.0" encoding="UTF-16"?>' + text).encode("utf-16")


def wrong_dimension(sheet: bytes) -> bytes:
    return sheet.replace(b'<dimension ref="A1:G21"/>', b'<dimension ref="A1"/>')


ORDINARY = as_xlsx(pairs(FORM, FILLED, **STAMPED))


@pytest.mark.parametrize(
    "content",
    [
        strict(ORDINARY),
        with_part(ORDINARY, SHEET, in_utf16),
        with_part(ORDINARY, SHEET, wrong_dimension),
    ],
    ids=["strict", "utf-16", "wrong dimension"],
)
def test_unusual_ways_of_writing_a_workbook(content: bytes) -> None:
    assert figures(parse_one(content)) == READ


@pytest.mark.parametrize(
    "table",
    [
        pairs(FORM, FILLED, **STAMPED),
        listed(FORM, {**FILLED, "1.1": 12.5, "1.2": True, "1.3": "  "}, unit="孤山镇"),
        headed(FORM, FILLED),
        Table([[None, 1], [], [0.1, "x\ny"]], [(0, 0, 1, 1), (2, 0, 2, 0)]),
    ],
    ids=["pairs", "list", "headings", "odd"],
)
def test_the_quick_and_the_careful_way_yield_the_same_grid(table: Table) -> None:
    content = as_xlsx(table, Table([["第二张"]], name="表2"))
    parts = OfficeParts(content)
    quick, careful = read_quickly(parts, read_workbook(parts)), read_sheets(parts, read_workbook(parts))
    assert quick is not None
    assert [(g.name, g.rows, set(g.merges), g.hidden) for g in quick] == [
        (g.name, g.rows, set(g.merges), g.hidden) for g in careful
    ]


def test_a_stray_cell_far_out_does_not_blow_the_grid_up() -> None:
    def change(sheet: bytes) -> bytes:
        return sheet.replace(
            b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" t="e"><v>#N/A</v></c></row></sheetData>'
        )

    content = with_part(ORDINARY, SHEET, change)
    parts = OfficeParts(content)
    grid = read_sheets(parts, read_workbook(parts))[0]
    assert (len(grid.rows), len(grid.rows[0])) == (21, 7)


class TestOldExcel:
    def test_errors_dates_percentages_and_struck_cells(self) -> None:
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

    def test_a_cut_off_workbook_is_damaged(self) -> None:
        with pytest.raises(DamagedError):
            read_xls(as_xls(Table([["x"]]))[:2000])


def first_cell(change: Callable[[Any], None]) -> Any:
    """What is read from the first cell of a Word table after a change to its XML element."""

    def edit(document: Any) -> None:
        change(document.tables[0].rows[0].cells[0]._tc)

    return read_docx(as_docx(Table([["63", "x"], ["y", "z"]]), change=edit)).grids[0].rows[0][0]


def append(xml: str) -> Callable[[Any], None]:
    """Append XML to the first paragraph of the cell."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    def change(cell: Any) -> None:
        cell.p_lst[0].append(parse_xml(xml.replace("<w:", "<w:", 1).replace(">", f" {nsdecls('w')}>", 1)))

    return change


class TestWord:
    @pytest.mark.parametrize(
        ("xml", "expected"),
        [
            ("<w:ins><w:r><w:t>5</w:t></w:r></w:ins>", "635"),
            ("<w:del><w:r><w:delText>5</w:delText></w:r></w:del>", "63"),
            ("<w:del><w:r><w:t>5</w:t></w:r></w:del>", "63"),
            ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>9</w:t></w:r>", "63"),
            ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>9</w:t></w:r>', "639"),
            ("<w:r><w:rPr><w:strike/></w:rPr><w:t>9</w:t></w:r>", "63"),
            ("<w:r><w:rPr><w:dstrike/></w:rPr><w:t>9</w:t></w:r>", "63"),
            ("<w:sdt><w:sdtContent><w:r><w:t>5</w:t></w:r></w:sdtContent></w:sdt>", "635"),
            ("<w:hyperlink><w:r><w:t>5</w:t></w:r></w:hyperlink>", "635"),
            ("<w:r><w:t>5</w:t><w:br/><w:t>7</w:t></w:r>", "635\n7"),
            ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "63☑"),
        ],
    )
    def test_what_counts_of_a_cell(self, xml: str, expected: str) -> None:
        assert first_cell(append(xml)) == expected

    def test_a_cell_inside_a_content_control_is_read(self) -> None:
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls

        def change(cell: Any) -> None:
            control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtContent/></w:sdt>")
            cell.addprevious(control)
            control[0].append(cell)

        assert first_cell(change) == "63"

    def test_a_deleted_row_is_no_row_and_tracked_changes_are_pointed_out(self) -> None:
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls

        def change(document: Any) -> None:
            row = document.tables[0].rows[0]._tr
            row.get_or_add_trPr().append(parse_xml(f"<w:del {nsdecls('w')} w:id='1'/>"))
            duplicate = parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>0</w:t></w:r></w:ins>")
            document.tables[0].rows[1].cells[3]._tc.p_lst[0].append(duplicate)

        submission = parse_one(as_docx(pairs(FORM, {**FILLED, "1.3": 8}, **STAMPED), change=change), "6月.docx")
        assert figures(submission)["1.3"] == "80"
        assert figures(submission)["1.1"] == "blank"
        assert (mandatory(submission), notes(submission)) == (["RD-2-03"], ["RD-5-09"])

    def test_merged_cells_keep_their_places(self) -> None:
        table = Table([["a", "b", "c"], [None, "d", "e"]], [(0, 0, 1, 0), (0, 1, 0, 2)])
        table.rows[0][2] = None
        grid = read_docx(as_docx(table)).grids[0]
        assert grid.rows == [["a", "b", None], [None, "d", "e"]]
        assert set(grid.merges) == {(0, 0, 1, 0), (0, 1, 0, 2)}
        assert grid.address(1, 2) == ("表格1", "R2C3")

    def test_a_table_inside_a_table_is_read_behind_it(self) -> None:
        def nest(document: Any) -> None:
            inner = document.tables[0].rows[0].cells[0].add_table(1, 2)
            inner.rows[0].cells[1].text = "里"

        grid = read_docx(as_docx(Table([["63", "x"], ["y", "z"]]), change=nest)).grids[0]
        assert grid.rows == [[Unusual("nested", "里"), "x"], ["y", "z"], [None, "里"]]
        assert grid.address(2, 1) == ("表格2", "R1C2")


class TestText:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
    def test_the_encodings_of_chinese_offices(self, encoding: str) -> None:
        assert decode_text("隐患,12\n".encode(encoding)) == "隐患,12\n"

    @pytest.mark.parametrize("content", [b"\x00\x01\x02", b"\x81", b"ab\x07c"])
    def test_what_is_no_text(self, content: bytes) -> None:
        assert decode_text(content) is None

    def test_separators_quotes_and_ragged_rows(self) -> None:
        grid = read_csv('a,"b,c",\n"d\ne"\n,,5\n').grids[0]
        assert grid.rows == [["a", "b,c", None], ["d\ne", None, None], [None, None, "5"]]
        assert grid.at(2, 2) == "CSV!R3C3"
        assert read_csv("a;b\n1;2\n").grids[0].rows == [["a", "b"], ["1", "2"]]
        declared = read_csv("sep=;\na;b\n").grids[0]
        assert (declared.rows, declared.at(0, 1)) == ([["a", "b"]], "CSV!R2C2")

    def test_an_unclosed_quotation_mark_is_damage(self) -> None:
        with pytest.raises(DamagedError):
            read_csv('a,"b\nc,d\n')

    def test_a_web_page(self) -> None:
        page = (
            "<html><body><table><tr><td rowspan=2>a</td><td colspan=2>b<br>c</td></tr>"
            "<tr><td>1<s>2</s></td><td><script>x</script>3</td></tr></table></body></html>"
        )
        grid = read_html(page).grids[0]
        assert grid.rows == [["a", "b\nc", None], [None, "1", "3"]]
        assert grid.merges == ((0, 0, 1, 0), (0, 1, 0, 2))


@pytest.mark.parametrize(("letters", "number"), [("A", 0), ("Z", 25), ("AA", 26), ("XFD", 16383)])
def test_column_letters(letters: str, number: int) -> None:
    assert (column_letters(number), column_number(letters)) == (letters, number)


def test_amounts_keep_their_decimal_meaning_through_a_workbook() -> None:
    submission = parse_one(as_xlsx(pairs(FORM, {**FILLED, "4.5": 12.1}, **STAMPED)))
    cells = {(c.item_code, c.part): c.value for c in submission.cells}
    assert cells["4.5", "total"] == Decimal("12.1")
