"""Excel workbooks whose sheets, parts or container are not as Excel would write them today.

Belongs here: hidden and merged places, other dialects, parts in other places, broken and hostile containers.
"""

from __future__ import annotations

import io
import struct
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
    inline,
    number,
    packed,
    replaced,
)
from tests.corpus.expectation import Case
from tests.unit.ingest.parsing import FORM

_BLANK = {"1.1": "blank"}
_RELATIONS = "xl/_rels/workbook.xml.rels"
_UNREADABLE = {"1.1": "unreadable"}
_ERROR = '<c r="D4" t="e"><v>#REF!</v></c>'
_TRANSITIONAL, _STRICT = b"http://schemas.openxmlformats.org", b"http://purl.oclc.org/ooxml"


def _refused(name: str, make: object, code: str, says: str = "", file_name: str = "孤山镇6月调度表.xlsx") -> Case:
    return Case(name, make, file_name, refused=code, says=says)  # type: ignore[arg-type]


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
    Case("container without compression", lambda: _repacked(excel(), zipfile.ZIP_STORED)),
    Case("macros", lambda: excel(None, added("xl/vbaProject.bin", b"x")), "孤山镇6月调度表.xlsm", noted=("RD-7-10",)),
    _changed("external links", added("xl/externalLinks/externalLink1.xml", "<x/>"), noted=("RD-7-11",)),
    Case("workbook of WPS under its own ending", excel, "孤山镇6月调度表.et"),
    Case("workbook under the ending of Word", excel, "孤山镇6月调度表.docx", noted=("RD-7-12",)),
    Case("workbook without an ending", excel, "孤山镇6月调度表"),
    Case("workbook under the ending of the old Excel", excel, "孤山镇6月调度表.xls", noted=("RD-7-12",)),
]


def _repacked(content: bytes, compression: int) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return packed({name: archive.read(name) for name in archive.namelist()}, compression)


def _with_twice(name: str) -> bytes:
    import warnings

    target = io.BytesIO(excel())
    with zipfile.ZipFile(target, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr(name, archive.read(SHEET).replace(b"<v>12</v>", b"<v>99</v>"))
    return target.getvalue()


def _wrong_checksum() -> bytes:
    """One digit changed inside a container without compression: the checksum no longer fits."""
    return _repacked(excel(), zipfile.ZIP_STORED).replace(b"<v>12</v>", b"<v>13</v>", 1)


def _cut(part_of_file: float) -> bytes:
    content = excel()
    return content[: int(len(content) * part_of_file)]


def _encrypted_members() -> bytes:
    content = bytearray(excel())
    content[6] |= 1
    content[content.find(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def _password() -> bytes:
    stream = "EncryptedPackage".encode("utf-16-le").ljust(64, b"\0")
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream


def _longer_than_it_says() -> bytes:
    content = bytearray(excel())
    directory = content.rfind(SHEET.encode()) - 46
    struct.pack_into("<I", content, directory + 24, 200)
    return bytes(content)


def _other_words(texts: bytes) -> bytes:
    """Every label of sections 2 and 4 reads otherwise."""
    for item in FORM.items:
        if item.code[0] in "24":
            texts = texts.replace(f"<t>{item.label}</t>".encode(), f"<t>{item.code} 号事项</t>".encode())
    return texts


_DTD = '<!DOCTYPE x [<!ENTITY a "12">]>'

BROKEN = [
    *(
        _refused(f"cut off after {share:.0%}", lambda share=share: _cut(share), "RD-1-03", "没有传完")
        for share in (0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99)
    ),
    _refused("cut off by one byte", lambda: excel()[:-1], "RD-1-03"),
    _refused("empty file", lambda: b"", "RD-1-01", "0 字节"),
    _refused("wrong checksum", _wrong_checksum, "RD-1-03", "校验不符"),
    _refused("two members of one name", lambda: _with_twice(SHEET), "RD-1-05", "重名"),
    _refused("two members whose names differ in capitals", lambda: _with_twice("XL/worksheets/sheet1.xml"), "RD-1-05"),
    _refused(
        "DTD in the sheet", lambda: excel(None, replaced(SHEET, "<worksheet", f"{_DTD}<worksheet")), "RD-1-05", "DTD"
    ),
    _refused("DTD in the texts", lambda: excel(None, replaced(STRINGS, "<sst", f"{_DTD}<sst")), "RD-1-05", "DTD"),
    _refused(
        "DTD in the workbook", lambda: excel(None, replaced(WORKBOOK, "<workbook ", f"{_DTD}<workbook ")), "RD-1-05"
    ),
    _refused("entity that nobody declared", lambda: excel({"D4": number("D4", "&twelve;")}), "RD-1-03", "XML"),
    _refused("XML that breaks off", lambda: excel(None, replaced(SHEET, "</sheetData>", "")), "RD-1-03", "XML"),
    _refused(
        "zeros packed two hundred times", lambda: excel(None, added("xl/media/a.bin", bytes(30 << 20))), "RD-1-05"
    ),
    _refused("six thousand members", lambda: excel(None, *(added(f"m{i}", b"") for i in range(6_000))), "RD-1-05"),
    _refused("member with a path upwards", lambda: excel(None, added("../../a", b"x")), "RD-1-05", "文件名不正常"),
    _refused("member longer than it says", _longer_than_it_says, "RD-1-05"),
    _refused("encrypted members", _encrypted_members, "RD-1-02", "密码"),
    _refused("password to open", _password, "RD-1-02", "密码"),
    _refused(
        "texts that claim four billion entries",
        lambda: excel(
            None,
            lambda parts: parts.update(
                {STRINGS: parts[STRINGS].replace(b'uniqueCount="', b'uniqueCount="4294967295" x="')}
            ),
        ),
        "RD-1-05",
        "条数不可能",
    ),
    _refused(
        "stray figure at the last place of the sheet",
        lambda: excel(
            None, replaced(SHEET, "</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')
        ),
        "RD-1-05",
        "XFD",
    ),
    _refused(
        "text that is not in the table", lambda: excel({"D4": '<c r="D4" t="s"><v>999</v></c>'}), "RD-1-03", "文字表"
    ),
    _refused("text before the first of the table", lambda: excel({"D4": '<c r="D4" t="s"><v>-1</v></c>'}), "RD-1-03"),
    _refused(
        "cell that stands twice", lambda: excel({"D4": number("D4", "12") + number("D4", "99")}), "RD-1-03", "两次"
    ),
    _refused("row that stands twice", lambda: excel(None, replaced(SHEET, '<row r="5"', '<row r="4"')), "RD-1-03"),
    _refused("row zero", lambda: excel(None, replaced(SHEET, '<row r="1"', '<row r="0"')), "RD-1-03", "行号"),
    _refused("cell in another row than its own", lambda: excel({"D4": number("D9", "12")}), "RD-1-03", "编号"),
    _refused("cell without a column", lambda: excel({"D4": number("4", "12")}), "RD-1-03", "编号"),
    _refused("sheet that is not there", lambda: excel(None, lambda parts: parts.pop(SHEET)), "RD-1-03", "缺少工作表"),
    _refused(
        "workbook that lists no sheet",
        lambda: excel(None, replaced(WORKBOOK, '<sheet name="调度表" sheetId="1" r:id="rId1"/>', "")),
        "RD-1-12",
    ),
    _refused(
        "sheet without a cell",
        lambda: excel(
            None,
            lambda parts: parts.update(
                {SHEET: parts[SHEET][: parts[SHEET].index(b"<sheetData>")] + b"<sheetData/></worksheet>"}
            ),
        ),
        "RD-1-12",
    ),
    _refused(
        "binary workbook",
        lambda: packed({"xl/workbook.bin": b"x", "xl/worksheets/sheet1.bin": b"x"}),
        "RD-1-13",
        "xlsb",
    ),
    _refused(
        "open document sheet",
        lambda: packed({"mimetype": b"x", "META-INF/manifest.xml": b"<x/>"}),
        "RD-1-13",
        "开放文档",
    ),
    _refused("archive of forms", lambda: packed({"孤山镇.xlsx": excel()}), "RD-1-09"),
    _refused("archive under the ending of Excel", lambda: packed({"a/b.txt": b"x"}), "RD-1-09"),
    _refused("bytes of no kind", lambda: bytes(range(256)) * 8, "RD-1-04"),
    _refused("picture under the ending of Excel", lambda: b"\x89PNG\r\n\x1a\n" + bytes(64), "RD-1-10"),
    _refused(
        "workbook of another form",
        lambda: excel(
            {"A1": inline("A1", "<t>x</t>")}, lambda parts: parts.update({STRINGS: _other_words(parts[STRINGS])})
        ),
        "RD-2-02",
        "32 项指标中只认出 16 项",
    ),
]

CASES = [*PLACES, *DIALECTS, *BROKEN]
