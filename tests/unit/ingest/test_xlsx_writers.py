"""A workbook reads the same whichever program wrote it and whichever of the two ways of reading takes it.

Does not belong here: what the quick way leaves to the careful one (test_xlsx_plain.py).
"""

import io
import zipfile

import pytest

from ingest.files.office_parts import OfficeParts
from ingest.files.read_xlsx import read_quickly
from ingest.files.xlsx_sheets import read_sheets
from ingest.files.xlsx_workbook import read_workbook
from tests.forms import Table, as_xlsx, headed, listed, pairs, with_part
from tests.unit.ingest.parsing import FILLED, FORM, READ, STAMPED, figures, parse_one

SHEET = "xl/worksheets/sheet1.xml"
ORDINARY = as_xlsx(pairs(FORM, FILLED, **STAMPED))


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
