"""Excel workbooks whose sheets, parts or container are not as Excel would write them today, and which can be read.

Belongs here: hidden and merged places, other dialects, parts in other places. Does not belong here: what is refused
(broken_excel.py).
"""

from __future__ import annotations

import zipfile

from tests.corpus.excel_parts import (
    SHEET,
    STRINGS,
    STYLES,
    WORKBOOK,
    Change,
    Parts,
    added,
    excel,
    repacked,
    replaced,
)
from tests.corpus.expectation import Case

_BLANK = {"1.1": "blank"}
_RELATIONS = "xl/_rels/workbook.xml.rels"
_UNREADABLE = {"1.1": "unreadable"}
_ERROR = '<c r="D4" t="e"><v>#REF!</v></c>'
_TRANSITIONAL, _STRICT = b"http://schemas.openxmlformats.org", b"http://purl.oclc.org/ooxml"


def _changed(name: str, *changes: Change, cells: dict[str, str] | None = None, **expected: object) -> Case:
    return Case(name, lambda: excel(cells, *changes), **expected)  # type: ignore[arg-type]


def moved(old: str, new: str, target: str, new_target: str) -> Change:
    """A part that stands elsewhere, as its relationship says."""

    def change(parts: Parts) -> None:
        parts[new] = parts.pop(old)
        replaced(_RELATIONS, f'Target="{target}"', f'Target="{new_target}"')(parts)

    return change


def strict(parts: Parts) -> None:
    for name, part in parts.items():
        if not name.startswith("["):
            part = part.replace(_TRANSITIONAL + b"/spreadsheetml/2006/main", _STRICT + b"/spreadsheetml/main")
            old, new = b"/officeDocument/2006/relationships", b"/officeDocument/relationships"
            parts[name] = part.replace(_TRANSITIONAL + old, _STRICT + new)


def prefixed(parts: Parts) -> None:
    """Every element of the sheet under a prefix, as some libraries write them."""
    import re

    sheet = parts[SHEET].replace(b"xmlns=", b"xmlns:x=")
    parts[SHEET] = re.sub(rb"<(/?)(?=[a-z])", rb"<\1x:", sheet)


def in_utf_16(parts: Parts) -> None:
    parts[SHEET] = parts[SHEET].decode().replace("UTF-8", "UTF-16").encode("utf-16")


def in_gb18030(parts: Parts) -> None:
    parts[STRINGS] = parts[STRINGS].decode().replace("UTF-8", "GB18030").encode("gb18030")


def without_references(parts: Parts) -> None:
    """A sheet as streaming writers make it: places are counted, not named; blank cells are written out."""
    import re

    sheet = re.sub(rb'<row r="(\d+)"', rb"<row", parts[SHEET])
    sheet = re.sub(rb'(<row[^>]*>)(<c r="B)', rb"\1<c/>\2", sheet)
    sheet = re.sub(rb'(<c r="A18[^>]*>.*?</c>)', rb"\1", sheet)
    parts[SHEET] = re.sub(rb'<c r="[A-Z]+\d+"', rb"<c", sheet)


def second_sheet(parts: Parts) -> None:
    """A visible first sheet with words, and the form on a very hidden one."""
    parts["xl/worksheets/sheet2.xml"] = parts[SHEET]
    parts[SHEET] = parts[SHEET][: parts[SHEET].index(b"<sheetData>")] + (
        b'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>'
    )
    hidden = (
        '<sheet name="说明" sheetId="2" r:id="rId1"/><sheet name="调度表" sheetId="1" state="veryHidden" r:id="rId9"/>'
    )
    replaced(WORKBOOK, '<sheet name="调度表" sheetId="1" r:id="rId1"/>', hidden)(parts)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    relation = f'<Relationship Id="rId9" Type="{kind}" Target="worksheets/sheet2.xml"/></Relationships>'
    replaced(_RELATIONS, "</Relationships>", relation)(parts)


PLACES = [
    _changed("hidden row", replaced(SHEET, '<row r="4"', '<row r="4" hidden="1"'), noted=("RD-5-07",)),
    _changed(
        "row of height zero", replaced(SHEET, '<row r="4"', '<row r="4" ht="0" customHeight="1"'), noted=("RD-5-07",)
    ),
    _changed(
        "hidden column",
        replaced(SHEET, "<sheetData>", '<cols><col min="4" max="4" hidden="1"/></cols><sheetData>'),
        noted=("RD-5-07",),
    ),
    _changed(
        "column of width zero",
        replaced(SHEET, "<sheetData>", '<cols><col min="4" max="4" width="0"/></cols><sheetData>'),
        noted=("RD-5-07",),
    ),
    _changed(
        "rows hidden unless they have a height",
        replaced(SHEET, "<sheetData>", '<sheetFormatPr zeroHeight="1"/><sheetData>'),
        noted=("RD-5-07",),
    ),
    _changed("form on a very hidden sheet", second_sheet, refused="RD-2-06", says="隐藏的工作表"),
    _changed(
        "figure behind a merged cell",
        replaced(SHEET, "</mergeCells>", '<mergeCell ref="C4:D4"/></mergeCells>'),
        figures=_BLANK,
    ),
    _changed(
        "label merged over its row with the figure behind it hidden twice",
        replaced(SHEET, "</mergeCells>", '<mergeCell ref="C4:D4"/><mergeCell ref="C4:D4"/></mergeCells>'),
        figures=_BLANK,
    ),
    _changed(
        "figure merged with the cell below its own",
        replaced(SHEET, "</mergeCells>", '<mergeCell ref="D4:D5"/></mergeCells>'),
        figures={"1.3": "blank"},
    ),
    _changed(
        "stray styled cell at the last place of the sheet",
        replaced(SHEET, "</sheetData>", '<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'),
    ),
    _changed(
        "note at the foot of a very long sheet",
        replaced(
            SHEET, "</sheetData>", '<row r="4999"><c r="A4999" t="inlineStr"><is><t>完</t></is></c></row></sheetData>'
        ),
    ),
    _changed("dimension that lies", replaced(SHEET, "<sheetData>", '<dimension ref="A1:B2"/><sheetData>')),
]

DIALECTS = [
    _changed("strict Open XML", strict),
    _changed("strict Open XML with an error", strict, cells={"D4": _ERROR}, figures=_UNREADABLE, returned=("RD-5-03",)),
    _changed("elements under a prefix", prefixed),
    _changed(
        "elements under a prefix with an error",
        prefixed,
        cells={"D4": _ERROR},
        figures=_UNREADABLE,
        returned=("RD-5-03",),
    ),
    _changed("sheet in UTF-16", in_utf_16),
    _changed("texts in GB18030", in_gb18030),
    _changed("cells without references", without_references),
    _changed("single quotation marks", lambda parts: parts.update({SHEET: parts[SHEET].replace(b'"', b"'")})),
    _changed(
        "single quotation marks with an error",
        lambda parts: parts.update({SHEET: parts[SHEET].replace(b'"', b"'")}),
        cells={"D4": _ERROR},
        figures=_UNREADABLE,
        returned=("RD-5-03",),
    ),
    _changed(
        "attributes in another order",
        cells={"D4": '<c t="e" r="D4"><v>#N/A</v></c>'},
        figures=_UNREADABLE,
        returned=("RD-5-03",),
    ),
    _changed(
        "white space inside a tag",
        cells={"D4": '<c r="D4"\n t="e"  ><v>#N/A</v></c>'},
        figures=_UNREADABLE,
        returned=("RD-5-03",),
    ),
    _changed(
        "white space around an equals sign",
        cells={"D4": '<c r="D4" t = "e"><v>#N/A</v></c>'},
        figures=_UNREADABLE,
        returned=("RD-5-03",),
    ),
    _changed("byte order mark before a part", lambda parts: parts.update({SHEET: b"\xef\xbb\xbf" + parts[SHEET]})),
    _changed("sheet in another folder", moved(SHEET, "xl/tables/a.xml", "worksheets/sheet1.xml", "tables/a.xml")),
    _changed(
        "sheet with an error in another folder",
        moved(SHEET, "xl/tables/a.xml", "worksheets/sheet1.xml", "tables/a.xml"),
        cells={"D4": _ERROR},
        figures=_UNREADABLE,
        returned=("RD-5-03",),
    ),
    _changed(
        "sheet under another name",
        moved(SHEET, "xl/worksheets/Form.xml", "worksheets/sheet1.xml", "worksheets/Form.xml"),
        cells={"D4": _ERROR},
        figures=_UNREADABLE,
        returned=("RD-5-03",),
    ),
    _changed("texts under another name", moved(STRINGS, "xl/texts.xml", "sharedStrings.xml", "texts.xml")),
    _changed("styles under another name", moved(STYLES, "xl/looks.xml", "styles.xml", "looks.xml")),
    _changed("absolute targets", replaced(_RELATIONS, 'Target="worksheets', 'Target="/xl/worksheets')),
    _changed("member names in capitals", lambda parts: parts.update({"XL/WORKSHEETS/SHEET1.XML": parts.pop(SHEET)})),
    _changed(
        "member names with backslashes", lambda parts: parts.update({"xl\\worksheets\\sheet1.xml": parts.pop(SHEET)})
    ),
    Case("container without compression", lambda: repacked(excel(), zipfile.ZIP_STORED)),
    Case("macros", lambda: excel(None, added("xl/vbaProject.bin", b"x")), "孤山镇6月调度表.xlsm", noted=("RD-7-10",)),
    _changed("external links", added("xl/externalLinks/externalLink1.xml", "<x/>"), noted=("RD-7-11",)),
    Case("workbook of WPS under its own ending", excel, "孤山镇6月调度表.et"),
    Case("workbook under the ending of Word", excel, "孤山镇6月调度表.docx", noted=("RD-7-12",)),
    Case("workbook without an ending", excel, "孤山镇6月调度表"),
    Case("workbook under the ending of the old Excel", excel, "孤山镇6月调度表.xls", noted=("RD-7-12",)),
]

CASES = [*PLACES, *DIALECTS]
