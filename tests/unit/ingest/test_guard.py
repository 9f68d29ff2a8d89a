"""What the guard refuses before any parser sees it, what it only notes, and that ordinary files pass."""

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import olefile
import pytest
import xlsxwriter
import xlwt

from ingest.files.guard import inspect_container
from ingest.problems import Reading

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
DTD = b'<!DOCTYPE x [<!ENTITY e "x">]>'


def workbook() -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet("调度表")
        sheet.write("A1", "海城市")
        sheet.write("B2", 5)
    return target.getvalue()


def document() -> bytes:
    target = io.BytesIO()
    word = docx.Document()
    word.add_paragraph("海城市")
    word.save(target)
    return target.getvalue()


def old_workbook() -> bytes:
    target = io.BytesIO()
    book = xlwt.Workbook()
    book.add_sheet("表").write(0, 0, "海城市")
    book.save(target)
    return target.getvalue()


def members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: list[tuple[str, bytes]]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts:
            archive.writestr(name, part)
    return target.getvalue()


def edited(name: str, edit: Callable[[bytes], bytes]) -> bytes:
    parts = members(workbook())
    parts[name] = edit(parts[name])
    return packed(list(parts.items()))


def with_member(name: str, content: bytes = b"x") -> bytes:
    return packed([*members(workbook()).items(), (name, content)])


def with_cell(reference: str, inner: bytes = b"><v>1</v></c>") -> bytes:
    row = reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ").encode()
    cell = b'<row r="' + row + b'"><c r="' + reference.encode() + b'"' + inner + b"</row></sheetData>"
    return edited(SHEET, lambda sheet: sheet.replace(b"</sheetData>", cell))


def refusal(content: bytes, name: str = "表.xlsx") -> str | None:
    report = inspect_container(content, name)
    return report.refusals[0].rule_code if report.refusals else None


def notes(content: bytes, name: str) -> list[str]:
    return [note.rule_code for note in inspect_container(content, name).notes]


@pytest.mark.parametrize(
    ("make", "name", "kind"),
    [
        (workbook, "表.xlsx", "xlsx"),
        (document, "表.docx", "docx"),
        (old_workbook, "表.xls", "xls"),
        (lambda: "指标,数\n1.1,5\n".encode("gb18030"), "表.csv", "text"),
        (lambda: b"", "表.csv", "text"),
        (lambda: packed([("a.txt", b"x")]), "表.zip", "zip"),
    ],
)
def test_ordinary_files_pass_without_a_word(make: Callable[[], bytes], name: str, kind: str) -> None:
    report = inspect_container(make(), name)
    assert (report.kind, report.refusals, report.notes) == (kind, (), ())


def test_the_blank_forms_that_offices_sent_out_pass(tmp_path: Path) -> None:
    """openpyxl writes other parts than XlsxWriter: inline strings, other names for its relations."""
    import openpyxl

    book = openpyxl.Workbook()
    book.active["A1"] = "海城市"
    book.save(tmp_path / "a.xlsx")
    assert inspect_container((tmp_path / "a.xlsx").read_bytes(), "a.xlsx").refusals == ()


@pytest.mark.parametrize("cut", [1, 100, 3000])
def test_a_file_cut_off_on_the_way_is_damaged(cut: int) -> None:
    assert refusal(workbook()[:-cut]) == Reading.FILE_DAMAGED


def test_a_flipped_byte_in_the_sheet_is_noticed() -> None:
    """calamine reads a part with a wrong checksum without a word."""
    content = bytearray(workbook())
    info = zipfile.ZipFile(io.BytesIO(content)).getinfo(SHEET)
    content[info.header_offset + 30 + len(SHEET) + 40] ^= 0x01
    assert refusal(bytes(content)) == Reading.FILE_DAMAGED


def test_a_directory_that_points_nowhere_is_damaged() -> None:
    content = bytearray(workbook())
    end = content.rfind(b"PK\x05\x06")
    struct.pack_into("<I", content, end + 16, 0x7FFFFFFF)
    assert refusal(bytes(content)) == Reading.FILE_DAMAGED


def test_a_zip_with_encrypted_members_needs_a_password() -> None:
    content = bytearray(workbook())
    content[6] |= 1
    content[content.find(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(content)) == Reading.FILE_ENCRYPTED


def test_text_before_the_first_element_is_damage() -> None:
    """A lenient parser would read on behind it, and behind a DTD hidden there."""
    assert refusal(edited(SHEET, lambda sheet: sheet.replace(b"?>", b"?> x" + DTD, 1))) == Reading.FILE_DAMAGED


def test_a_workbook_with_a_password_to_open_is_told_from_a_damaged_one() -> None:
    """Excel wraps it into an OLE file with a stream EncryptedPackage."""
    content = bytearray(old_workbook())
    name = "Workbook".encode("utf-16-le").ljust(64, b"\0")
    at = content.find(name)
    content[at : at + 64] = "EncryptedPackage".encode("utf-16-le").ljust(64, b"\0")
    assert olefile.isOleFile(io.BytesIO(content))
    assert refusal(bytes(content)) == Reading.FILE_ENCRYPTED


def test_an_old_workbook_with_a_password_is_recognised() -> None:
    """A FILEPASS record follows the beginning of the workbook."""
    content = bytearray(old_workbook())
    at = content.find(b"\x09\x08\x10\x00\x00\x06\x05\x00") + 20
    struct.pack_into("<H", content, at, 0x2F)
    assert refusal(bytes(content), "表.xls") == Reading.FILE_ENCRYPTED


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (lambda: packed([("xl/workbook.xml", b"<w/>")] + [(f"m{i}", b"") for i in range(5001)]), "内部文件太多"),
        (lambda: with_member("xl/media/zeros.bin", bytes(30 << 20)), "压缩比不正常"),
        (lambda: with_member("XL/WORKSHEETS/SHEET1.XML"), "重名"),
        (lambda: with_member("../../etc/cron.d/x"), "文件名不正常"),
        (lambda: with_member("/xl/x"), "文件名不正常"),
        (lambda: with_member("c:/x"), "文件名不正常"),
        (lambda: with_cell("XFD1048576"), "XFD 列或第 1,048,576 行"),
        (lambda: with_cell("ZZ99999"), "ZZ 列或第 99,999 行"),
        (lambda: edited(STRINGS, lambda s: s.replace(b'uniqueCount="1"', b'uniqueCount="4294967295"')), "条数不可能"),
    ],
)
def test_a_container_no_office_program_builds_is_unsafe(make: Callable[[], bytes], what: str) -> None:
    (problem,) = inspect_container(make(), "表.xlsx").refusals
    assert problem.rule_code == Reading.FILE_UNSAFE
    assert what in problem.message
    assert "《表.xlsx》" in problem.message and "表.xlsx" in problem.message_en


def test_a_member_longer_than_it_says_is_unsafe() -> None:
    content = bytearray(workbook())
    info = zipfile.ZipFile(io.BytesIO(content)).getinfo(SHEET)
    directory = content.rfind(SHEET.encode()) - 46
    assert content[directory : directory + 4] == b"PK\x01\x02"
    struct.pack_into("<I", content, directory + 24, info.file_size // 2)
    assert refusal(bytes(content)) == Reading.FILE_UNSAFE


@pytest.mark.parametrize("part", [SHEET, STRINGS, "xl/styles.xml", "xl/_rels/workbook.xml.rels", "docProps/core.xml"])
@pytest.mark.parametrize(
    "hide",
    [
        lambda part: part.replace(b"?>", b"?>" + DTD, 1),
        lambda part: part.replace(b"?>", b"?><!-- <x> " + b" " * 9000 + b"> -->" + DTD, 1),
        lambda part: part.replace(b"?>", b"?>" + DTD, 1).decode().replace("UTF-8", "UTF-16").encode("utf-16"),
    ],
    ids=["plain", "behind a long comment", "utf-16"],
)
def test_a_part_with_a_dtd_is_unsafe(part: str, hide: Callable[[bytes], bytes]) -> None:
    assert refusal(edited(part, hide)) == Reading.FILE_UNSAFE


def test_an_encoding_that_could_hide_a_dtd_is_unsafe() -> None:
    assert refusal(edited(SHEET, lambda sheet: sheet.replace(b"UTF-8", b"UTF-7", 1))) == Reading.FILE_UNSAFE


def test_a_word_document_with_a_dtd_is_unsafe() -> None:
    parts = members(document())
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"?>", b"?>" + DTD, 1)
    assert refusal(packed(list(parts.items())), "表.docx") == Reading.FILE_UNSAFE


@pytest.mark.parametrize(
    "make",
    [
        lambda: with_cell("XFD1048576", b' s="0"/>'),
        lambda: edited(SHEET, lambda s: s.replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"')),
        lambda: with_cell("A1048576"),
        lambda: with_cell("AAA9"),
        lambda: edited(STRINGS, lambda s: s.replace(b'uniqueCount="1"', b'uniqueCount="40000"')),
    ],
    ids=["styled to the last cell", "dimension of the whole sheet", "one long column", "one wide row", "wrong count"],
)
def test_what_clerks_really_send_is_not_refused(make: Callable[[], bytes]) -> None:
    assert refusal(make()) is None


@pytest.mark.parametrize(
    ("content", "name", "noted"),
    [
        (with_member("xl/vbaProject.bin"), "表.xlsm", [Reading.HAS_MACROS]),
        (with_member("xl/externalLinks/externalLink1.xml", b"<x/>"), "表.xlsx", [Reading.EXTERNAL_LINKS]),
        (workbook(), "表.xls", [Reading.OTHER_TYPE]),
        (old_workbook(), "表.xlsx", [Reading.OTHER_TYPE]),
        (b"<html><table>", "表.xls", [Reading.OTHER_TYPE]),
        (workbook(), "表.docx", [Reading.OTHER_TYPE]),
        (old_workbook(), "表.et", []),
        (workbook(), "没有扩展名", []),
        (b"%PDF-1.4", "总结.pdf", []),
        (b"", "表.xlsx", []),
        (bytes(100), "表.xlsx", []),
    ],
)
def test_macros_links_and_a_wrong_extension_are_noted(content: bytes, name: str, noted: list[str]) -> None:
    assert notes(content, name) == noted
    assert inspect_container(content, name).refusals == ()
