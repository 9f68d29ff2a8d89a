"""The quick listing of a plain zip against the standard library's: the same members, or no answer."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

import pytest

from ingest.files.zip_directory import plain_members

NAMES = ("[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml")


def zipped(change: Callable[[zipfile.ZipFile], None] | None = None, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name in NAMES:
            archive.writestr(name, f"<{name[:2]}>" * 50)
        if change:
            change(archive)
    return target.getvalue()


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_plain_zip_is_listed_as_the_standard_library_lists_it(method: int) -> None:
    content = zipped(method=method)
    members = plain_members(content)
    assert members is not None
    infos = zipfile.ZipFile(io.BytesIO(content)).infolist()
    assert [member._asdict() for member in members] == [
        {name: getattr(info, name) for name in members[0]._fields} for info in infos
    ]


def with_extra(archive: zipfile.ZipFile) -> None:
    info = zipfile.ZipInfo("more.xml")
    info.extra = b"\x01\x00\x00\x00"
    archive.writestr(info, "<a/>")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x05\x06",
        zipped()[:-1],
        zipped() + b"\0",
        b"#!" + zipped(),
        zipped(lambda archive: setattr(archive, "comment", b"signed")),
        zipped(lambda archive: archive.writestr("目录.xml", "<a/>")),
        zipped(with_extra),
    ],
    ids=["nothing", "bare end", "cut off", "longer", "something before", "comment", "name", "extra field"],
)
def test_any_other_zip_is_left_to_the_standard_library(content: bytes) -> None:
    assert plain_members(content) is None


@pytest.mark.parametrize("at", range(22))
def test_an_end_record_that_is_wrong_in_any_place_is_never_believed(at: int) -> None:
    content = bytearray(zipped())
    content[len(content) - 22 + at] ^= 0x5A
    assert plain_members(bytes(content)) is None


def test_an_entry_that_claims_more_than_is_there_is_never_believed() -> None:
    content = bytearray(zipped())
    at = content.index(b"PK\x01\x02")
    for offset in (6, 28, 30, 32, 34):  # version, lengths of name, extra field and remark, disk
        changed = bytearray(content)
        struct.pack_into("<H", changed, at + offset, 0x7777)
        assert plain_members(bytes(changed)) is None
