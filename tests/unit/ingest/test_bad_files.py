"""Files that cannot be read: each is quarantined with one reason that a clerk understands."""

import io
import zipfile

import pytest

from tests.forms import Table, as_csv, as_xls, as_xlsx, with_part
from tests.unit.ingest.one_form import ORDINARY
from tests.unit.ingest.parsing import mandatory, parse_one


def truncated(content: bytes) -> bytes:
    return content[: len(content) // 2]


def wrong_checksum(content: bytes) -> bytes:
    """One byte of the sheet changed inside the stored container."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as new:
        for info in old.infolist():
            new.writestr(info.filename, old.read(info))
    return target.getvalue().replace(b"<v>12</v>", b"<v>13</v>", 1)


def with_dtd(sheet: bytes) -> bytes:
    return b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "1">]>' + sheet


def twice(content: bytes) -> bytes:
    target = io.BytesIO(content)
    with zipfile.ZipFile(target, "a") as archive, pytest.warns(UserWarning):
        archive.writestr("xl/worksheets/sheet1.xml", archive.read("xl/worksheets/sheet1.xml"))
    return target.getvalue()


def archive_of(*names: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, b"x")
    return target.getvalue()


BAD_FILES = [
    (b"", "RD-1-01", "文件《坏.xlsx》是空的（0 字节），请重新发送。"),
    (truncated(as_xlsx(ORDINARY)), "RD-1-03", "文件《坏.xlsx》已损坏"),
    (wrong_checksum(as_xlsx(ORDINARY)), "RD-1-03", "文件《坏.xlsx》已损坏"),
    (as_csv(ORDINARY).replace(b"\r\n", b'\r\n"', 1), "RD-1-03", "文件《坏.xlsx》已损坏，打不开（CSV 引号不配对）"),
    (with_part(as_xlsx(ORDINARY), "xl/worksheets/sheet1.xml", with_dtd), "RD-1-05", "DTD"),
    (twice(as_xlsx(ORDINARY)), "RD-1-05", "内部有重名文件"),
    (b"\x00\x01\x02\x03", "RD-1-04", "不是 Excel、Word 或 CSV 文件"),
    (
        b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>",
        "RD-1-13",
        "是Excel 2003 XML 表格",
    ),
    (archive_of("孤山镇.xlsx", "岔沟镇.xlsx"), "RD-1-09", "打不开的压缩包"),
    (b"Rar!\x1a\x07\x00xxxx", "RD-1-09", "打不开的压缩包"),
    (b"%PDF-1.7 xxxx", "RD-1-10", "是扫描件、图片或 PDF"),
    (b"\xff\xd8\xff\xe0xxxx", "RD-1-10", "是扫描件、图片或 PDF"),
    (b"   \r\n  ", "RD-1-12", "没有任何表格内容"),
    (as_xlsx(Table([[]])), "RD-1-12", "没有任何表格内容"),
    (as_xlsx(Table([["会议通知"], ["请参加"]])), "RD-2-01", "没有找到本行动的报表"),
    ("一二三,四五六\n七,八\n".encode(), "RD-2-01", "没有找到本行动的报表"),
]


@pytest.mark.parametrize(("content", "code", "sentence"), BAD_FILES)
def test_a_file_that_cannot_be_read_is_quarantined_with_one_reason(content: bytes, code: str, sentence: str) -> None:
    submission = parse_one(content, "坏.xlsx")
    assert submission.quarantined
    assert mandatory(submission) == [code]
    assert sentence in submission.problems[0].message
    assert submission.problems[0].message_en
    assert submission.cells == ()


def test_an_encrypted_workbook_is_said_to_have_a_password() -> None:
    stream = "EncryptedPackage".encode("utf-16-le").ljust(64, b"\0")
    submission = parse_one(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + stream, "密.xlsx")
    assert mandatory(submission) == ["RD-1-02"]
    assert "文件有打开密码" in submission.problems[0].message


def test_an_encrypted_xls_is_said_to_have_a_password() -> None:
    content = as_xls(ORDINARY)
    at = content.index(b"\x09\x08\x10\x00\x00\x06\x05\x00") + 20
    encrypted = content[:at] + b"\x2f\x00" + content[at + 2 :]
    assert mandatory(parse_one(encrypted, "密.xls")) == ["RD-1-02"]


def test_an_old_word_document_is_to_be_saved_anew() -> None:
    stream = "WordDocument".encode("utf-16-le").ljust(64, b"\0")
    submission = parse_one(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + stream, "孤山镇6月调度表.doc")
    assert mandatory(submission) == ["RD-1-11"]
