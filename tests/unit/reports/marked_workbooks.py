"""The marked copy of a workbook opened: its values, notes, colours and the parts of its package.

Does not belong here: what is sent and what failed in it (returned_forms.py).
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from reports.returns.return_slip import write_return_package
from reports.returns.returned_file import ReturnedFile


def marked(folder: Path, one: ReturnedFile) -> bytes:
    _, copy = write_return_package(folder, one)
    assert "（标注）" in copy.name
    return copy.read_bytes()


def opened(content: bytes, **options: Any) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content), **options)


def values(content: bytes, **options: Any) -> dict[tuple[str, str], object]:
    book = opened(content, **options)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def note(sheet: Worksheet, cell: str) -> str:
    comment = sheet[cell].comment
    assert comment is not None
    return comment.text


def fill(sheet: Worksheet, cell: str) -> str | None:
    pattern = sheet[cell].fill
    return pattern.fgColor.rgb if pattern.patternType == "solid" else None


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def with_parts(content: bytes, **changed: bytes) -> bytes:
    """The same package with parts replaced or added; `__` in a name stands for / and `_dot_` for a dot."""
    renamed = {name.replace("__", "/").replace("_dot_", "."): data for name, data in changed.items()}
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in (parts(content) | renamed).items():
            package.writestr(name, data)
    return result.getvalue()
