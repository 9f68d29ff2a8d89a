"""Text files as grids: CSV in the encodings Chinese offices use, and web pages saved as .xls or .doc.

Belongs here: decoding, separators, tables of HTML. Does not belong here: finding a form (form_search.py).
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from typing import Any

from ingest.grid import MOST_COLUMNS, MOST_ROWS, Contents, Grid, Merge, RowOrigin, clean_text
from ingest.zip_members import DamagedError

_HTML = re.compile(r"<(?:!doctype html|html|table|body|meta)\b", re.IGNORECASE)
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_SEPARATORS = ",\t;|"
_MOST_TEXT = 20_000_000
_UNSEEN_TAGS = frozenset({"script", "style", "del", "s", "strike", "template", "noscript"})


def decode_text(content: bytes) -> str | None:
    """The text of a file in UTF-8 (with or without a mark), UTF-16 with a mark, or GB18030; None when it is no text."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings: tuple[str, ...] = ("utf-16",)
    elif b"\0" in content:
        return None
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
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
            rows.append([clean_text(value) for value in row[:MOST_COLUMNS]])
            if len(rows) >= MOST_ROWS:
                break
    except csv.Error as error:
        raise DamagedError("CSV 引号不配对", "its quotation marks do not match") from error
    grid = Grid("CSV", _squared(rows), reference="rc")
    if declared:
        grid.origins = [RowOrigin("CSV", number + 2) for number in range(len(rows))]
    return Contents("csv", [grid])


def read_html(text: str) -> Contents:
    """Read the tables of a web page as one grid, rows in the order in which they stand.

    Raises:
        DamagedError: the page cannot be parsed.
    """
    from lxml import etree, html

    try:
        page = html.fromstring(text[:_MOST_TEXT].encode(), parser=html.HTMLParser(encoding="utf-8", no_network=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise DamagedError("网页内容不完整", "its page cannot be parsed") from error
    rows: list[list[Any]] = []
    merges: list[Merge] = []
    origins: list[RowOrigin] = []
    for number, table in enumerate(page.iter("table"), start=1):
        _add_html_table(table, rows, merges)
        origins.extend(RowOrigin(f"表格{number}", row + 1) for row in range(len(rows) - len(origins)))
    return Contents("html", [Grid("网页", _squared(rows), tuple(merges), "rc", origins)] if rows else [])


def _add_html_table(table: Any, rows: list[list[Any]], merges: list[Merge]) -> None:
    covered: set[tuple[int, int]] = set()
    for row in table.iter("tr"):
        if next(row.iterancestors("table")) is not table or len(rows) >= MOST_ROWS:
            continue
        index, values = len(rows), list[Any]()
        for cell in row.iterchildren("td", "th"):
            while (index, len(values)) in covered:
                values.append(None)
            column, width, height = len(values), _span(cell, "colspan"), _span(cell, "rowspan")
            values.extend([clean_text(_text_below(cell)), *[None] * (width - 1)])
            if width > 1 or height > 1:
                merges.append(Merge(index, column, index + height - 1, column + width - 1))
                covered.update((index + r, column + c) for r in range(1, height) for c in range(width))
        rows.append(values[:MOST_COLUMNS])


def _text_below(element: Any) -> str:
    """The text of a cell without tables inside it, scripts and crossed-out text."""
    pieces = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _UNSEEN_TAGS and child.tag != "table":
            pieces.append("\n" if child.tag == "br" else _text_below(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _span(cell: Any, name: str) -> int:
    try:
        return min(max(int(cell.get(name, "1")), 1), MOST_COLUMNS)
    except ValueError:
        return 1


def _squared(rows: list[list[Any]]) -> list[list[Any]]:
    width = max(map(len, rows), default=0)
    return [row + [None] * (width - len(row)) for row in rows]
