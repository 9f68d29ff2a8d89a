"""Whatever else a workbook holds and however it is written, its marked copy keeps it as it was."""

from __future__ import annotations

import io
import re
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from campaigns.vocabulary import RuleClass
from ingest.files.read_xlsx import read_xlsx
from reports.returns.return_slip import write_return_package
from tests.unit.reports.marked_workbooks import fill, marked, note, opened, parts, values, with_parts
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
