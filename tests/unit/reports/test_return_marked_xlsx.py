"""The sender's own Excel workbook with its cells marked, everything else as it was."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from lxml import etree
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from campaigns.vocabulary import RuleClass, Verdict
from ingest.files.read_xlsx import read_xlsx
from reports.returns.return_slip import write_return_package
from reports.returns.returned_file import ReturnedFile
from tests.unit.reports.returned_forms import (
    BLANK,
    BLUE,
    ORANGE,
    RED,
    ROWS,
    TOO_MANY_RECTIFIED,
    UNREADABLE,
    YELLOW,
    as_xlsx,
    failed,
    returned,
)

OFFICE = "海城市安全生产委员会办公室"


def marked(folder: Path, one: ReturnedFile) -> bytes:
    _, copy = write_return_package(folder, one)
    assert "（标注）" in copy.name
    return copy.read_bytes()


def opened(content: bytes, **options: Any) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content), **options)


def values(content: bytes, **options: Any) -> dict[tuple[str, str], object]:
    book = opened(content, **options)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def note(sheet: Worksheet, cell: str) -> str:
    comment = sheet[cell].comment
    assert comment is not None
    return comment.text


def fill(sheet: Worksheet, cell: str) -> str | None:
    pattern = sheet[cell].fill
    return pattern.fgColor.rgb if pattern.patternType == "solid" else None


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def with_parts(content: bytes, **changed: bytes) -> bytes:
    """The same package with parts replaced or added; `__` in a name stands for / and `_dot_` for a dot."""
    renamed = {name.replace("__", "/").replace("_dot_", "."): data for name, data in changed.items()}
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in (parts(content) | renamed).items():
            package.writestr(name, data)
    return result.getvalue()


def test_blamed_cells_are_coloured_and_commented_and_nothing_else_changes(tmp_path: Path) -> None:
    sent = as_xlsx(ROWS)

    copy = marked(tmp_path, returned(TOO_MANY_RECTIFIED, UNREADABLE, BLANK, content=sent))
    sheet = opened(copy).worksheets[0]

    assert values(copy) == values(sent)
    assert {cell.coordinate: fill(sheet, cell.coordinate) for row in sheet["A1:D3"] for cell in row} == {
        **{f"{column}{row}": None for column in "ABCD" for row in (1, 2, 3)},
        "D2": RED,
        "B3": RED,
        "D3": YELLOW,
    }
    assert note(sheet, "D2") == (
        "【强制性 PF-1-01】“企业自查发现重大事故隐患中已完成整改的”（8）不能大于“企业自查发现的重大事故隐患”（5）。"
        "请核对后改正。"
    )
    assert note(sheet, "D3").startswith("【核实性 PF-0-02】“部门检查发现重大事故隐患中已完成整改的”没有填数。")
    assert {c.coordinate for row in sheet.iter_rows() for c in row if c.comment} == {"D2", "B3", "D3"}
    comment = sheet["D2"].comment
    assert comment is not None and comment.author == OFFICE


@pytest.mark.parametrize(
    ("rule_class", "colour"),
    list(zip(RuleClass, [RED, ORANGE, YELLOW, BLUE], strict=True)),
)
def test_each_class_has_its_colour(tmp_path: Path, rule_class: RuleClass, colour: str) -> None:
    outcomes = (TOO_MANY_RECTIFIED, failed("PF-9-01", at="Sheet!A3", rule_class=rule_class))

    sheet = opened(marked(tmp_path, returned(*outcomes, content=as_xlsx(ROWS)))).worksheets[0]

    assert fill(sheet, "A3") == colour


def test_a_cell_blamed_twice_has_the_graver_colour_and_both_notes(tmp_path: Path) -> None:
    hint = failed("PF-0-06", "与上期相同。", at="Sheet!D2", rule_class=RuleClass.ADVISORY)

    sheet = opened(marked(tmp_path, returned(hint, TOO_MANY_RECTIFIED, content=as_xlsx(ROWS)))).worksheets[0]

    assert fill(sheet, "D2") == RED
    assert [line[:13] for line in note(sheet, "D2").split("\n")] == ["【强制性 PF-1-01】", "【提示性 PF-0-06】"]


def picture() -> bytes:
    """The smallest PNG there is."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def a_rich_workbook() -> bytes:
    """Formulas with results, a picture, an old comment, column formats, a merged head, a second sheet."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content)
    sheet = book.add_worksheet("调度!表")
    green = book.add_format({"bg_color": "#00FF00", "bold": True, "num_format": "0.00"})
    sheet.set_column("F:F", 20, green)
    sheet.merge_range("A1:D1", "调度表", book.add_format({"bold": True}))
    sheet.write_formula("D4", "=D5+2", green, 9)
    sheet.write("D5", 7)
    sheet.write_comment("D5", "单位自己的批注")
    sheet.insert_image("B10", "seal.png", {"image_data": io.BytesIO(picture())})
    book.add_worksheet("附表").write("A1", "文字")
    book.close()
    return content.getvalue()


def test_formulas_results_pictures_and_formats_are_kept(tmp_path: Path) -> None:
    sent = a_rich_workbook()
    outcomes = (
        failed("PF-1-01", at="调度!表!D4"),
        failed("PF-1-02", "太大。", at="调度!表!D5"),
        failed("PF-0-06", at="调度!表!F20", rule_class=RuleClass.ADVISORY),
        failed("PF-1-04", at="附表!C3", rule_class=RuleClass.QUASI_MANDATORY),
    )

    copy = marked(tmp_path, returned(*outcomes, content=sent))
    first, second = opened(copy).worksheets

    assert values(copy, data_only=True) == values(sent, data_only=True)
    assert values(copy) == values(sent)
    assert first["D4"].value == "=D5+2"
    assert opened(copy, data_only=True).worksheets[0]["D4"].value == 9
    assert (fill(first, "D4"), first["D4"].font.b, first["D4"].number_format) == (RED, True, "0.00")
    assert note(first, "D5") == "单位自己的批注\n【强制性 PF-1-02】太大。"
    assert (fill(first, "F20"), first["F20"].number_format) == (BLUE, "0.00")
    assert (fill(second, "C3"), fill(second, "A1")) == (ORANGE, None)
    before, after = parts(sent), parts(copy)
    untouched = {name for name in before if before[name] == after[name]}
    assert {"xl/media/image1.png", "xl/drawings/drawing1.xml", "xl/workbook.xml", "xl/sharedStrings.xml"} <= untouched


def test_macros_come_back_as_they_were(tmp_path: Path) -> None:
    sent = with_parts(as_xlsx(ROWS), xl__vbaProject_dot_bin=b"\xd0\xcf macro")

    _, path = write_return_package(tmp_path, returned(TOO_MANY_RECTIFIED, content=sent, file_name="表.XLSM"))

    assert path.name == "表（标注）.XLSM"
    assert parts(path.read_bytes())["xl/vbaProject.bin"] == b"\xd0\xcf macro"


def rewritten_sheet(content: bytes, change: Any) -> bytes:
    sheet = parts(content)["xl/worksheets/sheet1.xml"].decode()
    return with_parts(content, xl__worksheets__sheet1_dot_xml=change(sheet).encode())


def with_prefix(sheet: str) -> str:
    """The same XML with a prefix on every element of the main namespace, as some programs write it."""
    named = sheet.replace('xmlns="', 'xmlns:x="')
    return re.sub(r"<(/?)(\w)", r"<\1x:\2", named)


@pytest.mark.parametrize(
    "change",
    [
        with_prefix,
        lambda sheet: re.sub(r'(<(?:c|row)[^>]*?) r="[A-Z]*\d+"', r"\1", sheet),
        lambda sheet: re.sub(r'<c r="D[^>]*/>|<row r="3".*?</row>', "", sheet),
    ],
    ids=["prefixed names", "no references", "missing cells and rows"],
)
def test_sheets_are_marked_however_their_xml_is_written(tmp_path: Path, change: Any) -> None:
    sent = rewritten_sheet(as_xlsx(ROWS), change)

    copy = marked(tmp_path, returned(TOO_MANY_RECTIFIED, UNREADABLE, BLANK, content=sent))
    sheet = opened(copy).worksheets[0]

    assert values(copy) == values(sent)
    assert [fill(sheet, cell) for cell in ("D2", "B3", "D3", "A2")] == [RED, RED, YELLOW, None]
    assert note(sheet, "D3").startswith("【核实性 PF-0-02】")


def test_a_marked_copy_corrected_in_place_is_marked_anew(tmp_path: Path) -> None:
    """Senders correct the marked copy: old marks must not blame what is right by now."""
    first = marked(tmp_path / "1", returned(TOO_MANY_RECTIFIED, UNREADABLE, BLANK, content=as_xlsx(ROWS)))

    again = marked(tmp_path / "2", returned(UNREADABLE, content=first, file_name="孤山镇6月（标注）.xlsx"))
    sheet = opened(again).worksheets[0]

    assert [fill(sheet, cell) for cell in ("D2", "B3", "D3")] == [None, RED, None]
    assert note(sheet, "D2") == "上次标注的问题，这次没有再发现。"
    assert note(sheet, "B3").count("【强制性 RD-5-02】") == 1


def test_a_comment_of_the_sender_is_kept_and_the_note_put_below(tmp_path: Path) -> None:
    book = opened(as_xlsx(ROWS))
    book.worksheets[0]["D2"].comment = Comment("已电话核实", "单位")
    content = io.BytesIO()
    book.save(content)

    copy = marked(tmp_path, returned(TOO_MANY_RECTIFIED, UNREADABLE, content=content.getvalue()))
    sheet = opened(copy).worksheets[0]

    assert note(sheet, "D2").startswith("已电话核实\n【强制性 PF-1-01】")
    assert note(sheet, "B3").startswith("【强制性 RD-5-02】")
    (drawing,) = (data for name, data in parts(copy).items() if name.endswith(".vml"))
    boxes = etree.fromstring(drawing).findall(".//{urn:schemas-microsoft-com:office:excel}ClientData")
    assert [[part.text for part in box[-2:]] for box in boxes] == [["1", "3"], ["2", "1"]]


def test_strict_workbooks_are_marked_in_their_own_namespaces(tmp_path: Path) -> None:
    main, office = (
        "schemas.openxmlformats.org/spreadsheetml/2006/main",
        "schemas.openxmlformats.org/officeDocument/2006",
    )
    strict = {
        name: data.replace(main.encode(), b"purl.oclc.org/ooxml/spreadsheetml/main").replace(
            office.encode(), b"purl.oclc.org/ooxml/officeDocument"
        )
        for name, data in parts(as_xlsx(ROWS)).items()
    }
    sent = with_parts(as_xlsx(ROWS), **strict)

    copy = marked(tmp_path, returned(TOO_MANY_RECTIFIED, content=sent))

    assert read_xlsx(copy).grids[0].rows == read_xlsx(sent).grids[0].rows
    assert b"schemas.openxmlformats.org/spreadsheetml" not in b"".join(parts(copy).values())
    assert b"purl.oclc.org/ooxml/officeDocument/relationships/comments" in b"".join(parts(copy).values())


def test_notes_are_text_without_control_characters_or_markup(tmp_path: Path) -> None:
    hostile = failed("PF-1-01", "=1+1 <b>&amp; \x00\x0b\ud800 13812347391", at="Sheet!A2")

    sheet = opened(marked(tmp_path, returned(hostile, content=as_xlsx(ROWS)))).worksheets[0]

    assert note(sheet, "A2") == "【强制性 PF-1-01】=1+1 <b>&amp; 138****7391"


@pytest.mark.parametrize(
    "changes",
    [
        {"content": b"PK\x03\x04 damaged"},
        {"content": as_xlsx(ROWS)[:2000]},
        {"content": with_parts(as_xlsx(ROWS), xl__styles_dot_xml=b"<styleSheet/>")},
        {"content": with_parts(as_xlsx(ROWS), xl__worksheets__sheet1_dot_xml=b'<!DOCTYPE a [<!ENTITY b "c">]><a/>')},
        {"content": as_xlsx(ROWS), "outcomes": (UNREADABLE, failed("RD-1-05", "结构不正常。"))},
        {"content": as_xlsx(ROWS), "outcomes": (failed("PF-1-01", at="没有这个表!D2"),)},
        {"content": as_xlsx(ROWS), "outcomes": (failed("RD-4-01", "看不出是哪一期。"),)},
        {"content": as_xlsx(ROWS), "file_format": "xlsb"},
    ],
    ids=["damaged", "cut off", "no formats", "document type", "unsafe", "no such sheet", "no cell blamed", "unknown"],
)
def test_where_nothing_can_be_marked_the_file_comes_back_as_it_was(tmp_path: Path, changes: dict[str, Any]) -> None:
    one = returned(UNREADABLE, verdict=Verdict.QUARANTINED)
    fields = {name: getattr(one, name) for name in one.__dataclass_fields__}

    _, path = write_return_package(tmp_path, ReturnedFile(**(fields | changes)))

    assert path.name == "孤山镇6月.xlsx"
    assert path.read_bytes() == changes["content"]


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    bomb = with_parts(as_xlsx(ROWS), xl__bomb_dot_xml=b"\0" * (33 * 1024 * 1024))

    _, path = write_return_package(tmp_path, returned(UNREADABLE, content=bomb))

    assert path.name == "孤山镇6月.xlsx"
