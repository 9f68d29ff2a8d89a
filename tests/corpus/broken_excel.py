"""Excel workbooks that are refused: cut off, contradicting themselves, hostile, or no workbook of this form at all.

Belongs here: broken and hostile containers and sheets. Does not belong here: odd ones that can be read
(excel_containers.py), broken files of the old Excel (old_excel.py).
"""

from __future__ import annotations

import io
import struct
import zipfile

from tests.corpus.excel_parts import (
    SHEET,
    STRINGS,
    WORKBOOK,
    added,
    excel,
    inline,
    number,
    packed,
    repacked,
    replaced,
)
from tests.corpus.expectation import Case
from tests.unit.ingest.parsing import FORM


def _refused(name: str, make: object, code: str, says: str = "", file_name: str = "孤山镇6月调度表.xlsx") -> Case:
    return Case(name, make, file_name, refused=code, says=says)  # type: ignore[arg-type]


def _with_twice(name: str) -> bytes:
    import warnings

    target = io.BytesIO(excel())
    with zipfile.ZipFile(target, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr(name, archive.read(SHEET).replace(b"<v>12</v>", b"<v>99</v>"))
    return target.getvalue()


def _wrong_checksum() -> bytes:
    """One digit changed inside a container without compression: the checksum no longer fits."""
    return repacked(excel(), zipfile.ZIP_STORED).replace(b"<v>12</v>", b"<v>13</v>", 1)


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

CASES = [
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
