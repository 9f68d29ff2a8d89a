"""Text files as grids: CSV in the encodings Chinese offices use.

Belongs here: decoding, separators. Does not belong here: web pages (read_html.py), finding a form (form_search.py).
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from typing import Any

from ingest.files.grid import MOST_COLUMNS, MOST_ROWS, Contents, Grid, RowOrigin, clean_text
from ingest.files.zip_members import DamagedError

_HTML = re.compile(r"<(?:!doctype html|html|table|body|meta)\b", re.IGNORECASE)
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_SEPARATORS = ",\t;|"
_BREAKS_OFF = ("unexpected end of data", "incomplete multibyte sequence", "truncated data")
_AS_TEXT = re.compile(r'="([^"]*)"')  # how programs keep Excel from turning a text into a number


def decode_text(content: bytes) -> str | None:
    """The text of a file in UTF-8 (with or without a mark), UTF-16 with a mark, or GB18030; None when it is no text.

    Raises:
        DamagedError: the text breaks off inside a character.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings: tuple[str, ...] = ("utf-16",)
    elif b"\0" in content:
        return None
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as error:
            if error.start and error.reason in _BREAKS_OFF and error.end >= len(content) - 1:
                raise DamagedError("文字在一个字中间断了", "it breaks off inside a character") from error
            continue
        controls = sum(1 for character in text[:10_000] if character < " " and character not in "\r\n\t\v\f")
        return text if controls == 0 else None
    return None


def looks_like_html(text: str) -> bool:
    return text.lstrip()[:1] == "<" and _HTML.search(text[:4096]) is not None


def read_csv(text: str) -> Contents:
    """Read separated values; the separator is the one that stands most often on the first lines.

    Raises:
        DamagedError: a quotation mark is opened and never closed, or a field is absurdly long.
    """
    declared = _SEPARATOR_LINE.match(text)
    body = text[declared.end() :] if declared else text
    head = body[:4096]
    separator = declared[1] if declared else max(_SEPARATORS, key=head.count)
    rows: list[list[Any]] = []
    try:
        for row in csv.reader(io.StringIO(body, newline=""), delimiter=separator, strict=True):
            rows.append([clean_text(_AS_TEXT.sub(r"\1", value)) for value in row[:MOST_COLUMNS]])
            if len(rows) >= MOST_ROWS:
                break
    except csv.Error as error:
        raise DamagedError("CSV 引号不配对", "its quotation marks do not match") from error
    grid = Grid("CSV", squared(rows), reference="rc")
    if declared:
        grid.origins = [RowOrigin("CSV", number + 2) for number in range(len(rows))]
    return Contents("csv", [grid])


def squared(rows: list[list[Any]]) -> list[list[Any]]:
    """Rows of one width."""
    width = max(map(len, rows), default=0)
    return [row + [None] * (width - len(row)) for row in rows]
