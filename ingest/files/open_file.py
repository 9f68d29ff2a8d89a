"""Opening a file of any kind: what it really is, and its contents as grids.

Belongs here: telling types apart by their bytes and choosing the reader. Does not belong here: the readers, finding
forms, judging the container (guard.py).
"""

from __future__ import annotations

from typing import NamedTuple

from campaigns.vocabulary import Outcome
from ingest.files.grid import Contents
from ingest.files.guard import inspect_container
from ingest.files.read_html import read_html
from ingest.files.read_text import decode_text, looks_like_html, read_csv
from ingest.files.zip_members import DamagedError, UnsafeError
from ingest.problems import Reading, reading_problem

_PICTURES = (b"%PDF", b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF")
_HEAD = 400
_WINMAIL = b"\x78\x9f\x3e\x22"
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
_OTHER_OFFICE_TYPES = {  # how text or an unpacked beginning shows it → its name in two languages
    '<?mso-application progid="Excel.Sheet"?>': ("Excel 2003 XML 表格", "an Excel 2003 XML spreadsheet"),
    "urn:schemas-microsoft-com:office:spreadsheet": ("Excel 2003 XML 表格", "an Excel 2003 XML spreadsheet"),
    "{\\rtf": ("RTF 文档", "an RTF document"),
    "MIME-Version": ("单个文件网页（mht）", "a single-file web page (mht)"),
}
_OTHER_OFFICE_PARTS = {
    b"xl/workbook.bin": ("Excel 二进制工作簿（xlsb）", "an Excel binary workbook (xlsb)"),
    b"META-INF/manifest.xml": ("开放文档（ods、odt）", "an open document (ods, odt)"),
}


class Opened(NamedTuple):
    """A file's contents, or the problem that keeps it closed."""

    contents: Contents
    problem: Outcome | None


def open_file(content: bytes, file_name: str) -> Opened:
    """Open a file whatever its ending says; never raises for bad input."""
    if not content:
        return _closed("", reading_problem(Reading.FILE_EMPTY, file=file_name))
    report = inspect_container(content, file_name)
    if report.refusals:
        return _closed(report.kind if report.kind in ("xlsx", "docx", "xls") else "", report.refusals[0])
    try:
        return _open(report.kind, content, file_name)
    except DamagedError as damage:
        problem = reading_problem(Reading.FILE_DAMAGED, file=file_name, found=damage.chinese, found_en=damage.english)
    except UnsafeError as danger:
        problem = reading_problem(Reading.FILE_UNSAFE, file=file_name, found=danger.chinese, found_en=danger.english)
    except MemoryError:
        raise
    except Exception as error:  # crafted parts make libraries fail in ways of their own
        problem = reading_problem(Reading.FILE_BROKE_READER, file=file_name, found=type(error).__name__)
    return _closed(report.kind if report.kind != "text" else "", problem)


def _open(kind: str, content: bytes, file_name: str) -> Opened:
    if kind == "xlsx":
        from ingest.files.read_xlsx import read_xlsx

        return Opened(read_xlsx(content), None)
    if kind == "docx":
        from ingest.files.read_docx import read_docx

        return Opened(read_docx(content), None)
    if kind == "xls":
        from ingest.files.read_xls import read_xls

        return Opened(read_xls(content), None)
    if kind == "text":
        return _open_text(content, file_name)
    if kind == "doc":
        return _closed("doc", reading_problem(Reading.FILE_IS_OLD_WORD, file=file_name))
    other = next((names for part, names in _OTHER_OFFICE_PARTS.items() if part in content), None)
    if other is not None and kind in ("zip", "xlsb"):
        return _closed("", _other_office_type(file_name, other))
    code = Reading.FILE_IS_ARCHIVE if kind == "zip" else Reading.FILE_TYPE_UNKNOWN
    return _closed("", reading_problem(code, file=file_name))


def _open_text(content: bytes, file_name: str) -> Opened:
    if content.startswith(_PICTURES):
        file_format = "pdf" if content.startswith(b"%PDF") else ""
        return _closed(file_format, reading_problem(Reading.FILE_IS_PICTURE, file=file_name))
    if content.startswith(_WINMAIL):
        return _closed("", reading_problem(Reading.FILE_IS_WINMAIL, file=file_name))
    if content.startswith(_ARCHIVES):
        return _closed("", reading_problem(Reading.FILE_IS_ARCHIVE, file=file_name))
    text = decode_text(content)
    if text is None:
        return _closed("", reading_problem(Reading.FILE_TYPE_UNKNOWN, file=file_name))
    if not text.strip():
        return _closed("csv", reading_problem(Reading.FILE_HAS_NO_TABLE, file=file_name))
    other = next((names for mark, names in _OTHER_OFFICE_TYPES.items() if mark in text[:_HEAD]), None)
    if other is not None:
        return _closed("", _other_office_type(file_name, other))
    if looks_like_html(text):
        return Opened(read_html(text), None)
    if text.lstrip()[:1] == "<":
        return _closed("", reading_problem(Reading.FILE_TYPE_UNKNOWN, file=file_name))
    return Opened(read_csv(text), None)


def _other_office_type(file_name: str, names: tuple[str, str]) -> Outcome:
    return reading_problem(Reading.FILE_OTHER_OFFICE_TYPE, file=file_name, found=names[0], found_en=names[1])


def _closed(file_format: str, problem: Outcome) -> Opened:
    return Opened(Contents(file_format), problem)
