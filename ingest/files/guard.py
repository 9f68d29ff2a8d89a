"""A look at the container before any parser sees it.

Belongs here: what a hostile or broken zip or OLE file looks like from outside (members, sizes, encryption, DTD, cells
placed absurdly far out), macros and links, real type against extension. Does not belong here: opening workbooks
(the readers), limits of time and memory (worker.py): those also catch what a look from outside cannot.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from campaigns.vocabulary import Outcome
from ingest.files.zip_members import DamagedError, UnsafeError, open_container
from ingest.problems import Reading, reading_problem

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_NAME_BYTES = 64  # a directory entry's name field: UTF-16, padded with zeros
_OLE_HEADER_BYTES = 512
_OLE_SECTOR_SHIFTS = (9, 12)
_BIFF_GLOBALS = b"\x09\x08\x10\x00\x00\x06\x05\x00"
_BIFF_FILEPASS, _BIFF_WRITEPROT = 0x2F, 0x86
_MOST_CELLS = 5_000_000
_MOST_STRINGS = 1_000_000
_SHORTEST_STRING = len(b"<si/>")

_UNIQUE_COUNT = re.compile(rb"<(?:\w+:)?sst\b[^>]{0,2000}?\buniqueCount\s*=\s*[\"'](\d+)")
_FAR_CELL = re.compile(rb"r=[\"'](?:[A-Z]+\d{5}|[A-Z]{3})")  # beyond row 9999 or column ZZ
# a cell with content: its tag is not closed at once
_CELL = re.compile(rb"<(?:\w+:)?c r=[\"']([A-Z]{1,3})(\d{1,7})[\"'][^>/]{0,200}>")
_ENDINGS = {
    "xlsx": (".xlsx", ".xlsm", ".xltx", ".xltm", ".et"),
    "docx": (".docx", ".docm", ".dotx", ".wps"),
    "xls": (".xls", ".xlt", ".et"),
    "doc": (".doc", ".dot", ".wps"),
    "text": (".csv", ".txt", ".tsv", ".html", ".htm", ".mht", ".xml", ".rtf", ".pdf"),
}
_OFFICE_ENDINGS = frozenset(ending for endings in _ENDINGS.values() for ending in endings) - {".pdf"}


@dataclass(frozen=True, slots=True)
class GuardReport:
    """What the container looks like from outside.

    `kind` is xlsx, xlsb, docx, xls, doc, zip, ole or text (anything else, csv and pdf among it). A file with
    `refusals` must not be parsed; `notes` are for the clerk.
    """

    kind: str
    refusals: tuple[Outcome, ...] = ()
    notes: tuple[Outcome, ...] = ()


class _Package(NamedTuple):
    """An office document by the names of its members: its kind, and which of them are looked at in which way."""

    kind: str
    sheets: tuple[str, ...]
    texts: tuple[str, ...]
    documents: tuple[str, ...]
    others: tuple[str, ...]
    has_macros: bool
    has_links: bool


@lru_cache(maxsize=1)
def inspect_container(content: bytes, file_name: str) -> GuardReport:
    """Look at a file before it is parsed; never raises. The last answer is remembered."""
    try:
        if content.startswith(b"PK"):
            return _inspect_zip(content, file_name)
        if content.startswith(_OLE):
            return _inspect_ole(content, file_name)
        return GuardReport("text", notes=_notes(file_name, "text", False, False) if _is_text(content) else ())
    except DamagedError as damage:
        problem = reading_problem(Reading.FILE_DAMAGED, file=file_name, found=damage.chinese, found_en=damage.english)
    except UnsafeError as danger:
        problem = reading_problem(Reading.FILE_UNSAFE, file=file_name, found=danger.chinese, found_en=danger.english)
    return GuardReport("zip", (problem,))


def _is_text(content: bytes) -> bool:
    return bool(content) and (content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" not in content[:1024])


def _inspect_zip(content: bytes, file_name: str) -> GuardReport:
    container = open_container(content)
    package = _package_of(tuple(container.members))
    if any([info.flag_bits & 0x1 for info in container.members.values()]):
        return GuardReport(package.kind, (reading_problem(Reading.FILE_ENCRYPTED, file=file_name),))
    if package.kind == "zip":
        return GuardReport(package.kind)
    for name in package.sheets:
        _check_sheet(container.part(name))
    for name in package.texts:
        _check_strings(container.part(name))
    for name in package.documents:
        container.part(name)
    for name in package.others:
        container.check_beginning(name)
    return GuardReport(package.kind, notes=_notes(file_name, package.kind, package.has_macros, package.has_links))


@lru_cache(maxsize=64)
def _package_of(names: tuple[str, ...]) -> _Package:
    """What the names of the members say; the files of one template have the same."""
    mains = (("xlsx", "xl/workbook.xml"), ("docx", "word/document.xml"), ("xlsb", "xl/workbook.bin"))
    sheets = tuple(name for name in names if name.startswith("xl/worksheets/sheet") and name.endswith(".xml"))
    texts = tuple(name for name in names if name == "xl/sharedstrings.xml")
    documents = tuple(name for name in names if name == "word/document.xml")
    looked_at = {*sheets, *texts, *documents}
    return _Package(
        kind=next((kind for kind, main in mains if main in names), "zip"),
        sheets=sheets,
        texts=texts,
        documents=documents,
        others=tuple(name for name in names if name.endswith((".xml", ".rels", ".vml")) and name not in looked_at),
        has_macros=any(name.endswith("vbaproject.bin") or name.startswith("xl/macrosheets/") for name in names),
        has_links=any(name.startswith("xl/externallinks/") for name in names),
    )


def _check_sheet(sheet: bytes) -> None:
    """Refuse a stray cell so far out that readers lay out billions of empty cells (calamine aborts the process)."""
    if not _FAR_CELL.search(sheet):
        return
    columns: set[bytes] = set()
    rows: set[int] = set()
    cells = 0
    for column, row in _CELL.findall(sheet):
        columns.add(column)
        rows.add(int(row))
        cells += 1
    if not cells:
        return
    numbers = {_column_number(column): column for column in columns}
    area = (max(rows) - min(rows) + 1) * (max(numbers) - min(numbers) + 1)
    if area > _MOST_CELLS and area > 50 * cells:
        column = numbers[max(numbers)].decode()
        raise UnsafeError(
            f"{column} 列或第 {max(rows):,} 行有孤立内容，表格大得读不了",
            f"stray content in column {column} or row {max(rows):,}",
        )


def _check_strings(strings: bytes) -> None:
    found = _UNIQUE_COUNT.search(strings)
    count = int(found.group(1)) if found else 0
    if count > _MOST_STRINGS and count * _SHORTEST_STRING > len(strings):
        raise UnsafeError("文字表声称的条数不可能", "its text table claims an impossible length")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _inspect_ole(content: bytes, file_name: str) -> GuardReport:
    if _has_stream(content, "EncryptedPackage") or _workbook_is_encrypted(content):
        return GuardReport("ole", (reading_problem(Reading.FILE_ENCRYPTED, file=file_name),))
    if _has_stream(content, "Workbook") or _has_stream(content, "Book"):
        kind = "xls"
    else:
        kind = "doc" if _has_stream(content, "WordDocument") else "ole"
    if kind == "ole":
        _check_directory(content)
    macros = _has_stream(content, "_VBA_PROJECT_CUR") or _has_stream(content, "Macros")
    return GuardReport(kind, notes=_notes(file_name, kind, macros, False))


def _check_directory(content: bytes) -> None:
    """Refuse a file that ends before its directory, which programs write last ([MS-CFB] 2.2)."""
    if len(content) < _OLE_HEADER_BYTES:
        raise DamagedError("文件不完整，可能没有传完", "incomplete, perhaps cut off on the way")
    shift, sector = struct.unpack_from("<H", content, 30)[0], struct.unpack_from("<I", content, 48)[0]
    if shift in _OLE_SECTOR_SHIFTS and (sector + 2) << shift > len(content):
        raise DamagedError("文件不完整，可能没有传完", "incomplete, perhaps cut off on the way")


def _has_stream(content: bytes, name: str) -> bool:
    return name.encode("utf-16-le").ljust(_OLE_NAME_BYTES, b"\0") in content


def _workbook_is_encrypted(content: bytes) -> bool:
    """Whether a FILEPASS record follows the beginning of the workbook ([MS-XLS] 2.4.117)."""
    at = content.find(_BIFF_GLOBALS)
    while at >= 0 and at + 4 <= len(content):
        record, length = struct.unpack_from("<HH", content, at)
        if record == _BIFF_FILEPASS:
            return True
        if record not in (0x0809, _BIFF_WRITEPROT):
            return False
        at += 4 + length
    return False


def _notes(file_name: str, kind: str, macros: bool, links: bool) -> tuple[Outcome, ...]:
    notes = []
    if macros:
        notes.append(reading_problem(Reading.HAS_MACROS, file=file_name))
    if links:
        notes.append(reading_problem(Reading.EXTERNAL_LINKS, file=file_name))
    ending = f".{file_name.lower().rpartition('.')[2]}" if "." in file_name else ""
    if ending in _OFFICE_ENDINGS and kind in _ENDINGS and ending not in _ENDINGS[kind]:
        chinese = "文本或网页" if kind == "text" else kind
        notes.append(reading_problem(Reading.OTHER_TYPE, file=file_name, found=chinese, found_en=kind))
    return tuple(notes)
