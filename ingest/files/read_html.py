"""Web pages as grids: tables that systems export under the names .xls and .doc, pages saved from a browser.

Belongs here: tables of HTML, and which of their text a reader of the page sees. Does not belong here: decoding
(read_text.py), finding a form (form_search.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from ingest.files.grid import MOST_COLUMNS, MOST_ROWS, RAISED, Contents, Grid, Merge, RowOrigin, Unusual, clean_text
from ingest.files.read_text import squared
from ingest.files.zip_members import DamagedError

_MOST_TEXT = 20_000_000
_UNSEEN_TAGS = frozenset({"script", "style", "template", "noscript", "table", "head"})
_STRUCK_TAGS = frozenset({"del", "s", "strike"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
_STRUCK = re.compile(r"line-through", re.IGNORECASE)
_CLASS_RULE = re.compile(r"\.([\w-]+)\s*\{([^}]*)\}")
_MOST_RULES = 2_000


@dataclass(slots=True)
class _Page:
    """The grid as it grows, and the classes whose rules hide or strike out."""

    hiding: frozenset[str]
    striking: frozenset[str]
    rows: list[list[Any]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    origins: list[RowOrigin] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    struck: set[tuple[int, int]] = field(default_factory=set)

    def is_hidden(self, element: Any) -> bool:
        return self._looks(element, _HIDDEN, self.hiding) or element.get("hidden") is not None

    def is_struck(self, element: Any) -> bool:
        return element.tag in _STRUCK_TAGS or self._looks(element, _STRUCK, self.striking)

    def _looks(self, element: Any, pattern: re.Pattern[str], classes: frozenset[str]) -> bool:
        named = classes and not classes.isdisjoint((element.get("class") or "").split())
        return bool(named) or pattern.search(element.get("style") or "") is not None


def read_html(text: str) -> Contents:
    """Read the tables of a web page as one grid, rows in the order in which they stand.

    Raises:
        DamagedError: the page cannot be parsed, or breaks off inside a table.
    """
    from lxml import etree, html

    lowered = text.lower()
    if lowered.rfind("<table") > lowered.rfind("</table"):
        raise DamagedError("网页在表格中间断了", "its page breaks off inside a table")
    try:
        root = html.fromstring(text[:_MOST_TEXT].encode(), parser=html.HTMLParser(encoding="utf-8", no_network=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise DamagedError("网页内容不完整", "its page cannot be parsed") from error
    page = _Page(*_classes(root))
    for number, table in enumerate(root.iter("table"), start=1):
        _add_table(table, page)
        page.origins.extend(RowOrigin(f"表格{number}", row + 1) for row in range(len(page.rows) - len(page.origins)))
    grid = Grid("网页", squared(page.rows), tuple(page.merges), "rc", page.origins)
    grid.hidden_rows, grid.struck = frozenset(page.hidden_rows), frozenset(page.struck)
    return Contents("html", [grid] if page.rows else [])


def _classes(root: Any) -> tuple[frozenset[str], frozenset[str]]:
    """The classes that hide and those that strike out, by the page's own style rules."""
    rules = [rule for style in root.iter("style") for rule in _CLASS_RULE.findall(style.text or "")[:_MOST_RULES]]
    hiding, striking = (frozenset(n for n, rule in rules if p.search(rule)) for p in (_HIDDEN, _STRUCK))
    return hiding, striking


def _add_table(table: Any, page: _Page) -> None:
    covered: set[tuple[int, int]] = set()
    for row in table.iter("tr"):
        if next(row.iterancestors("table")) is not table or len(page.rows) >= MOST_ROWS:
            continue
        index, values = len(page.rows), list[Any]()
        if page.is_hidden(row):
            page.hidden_rows.add(index)
        for cell in row.iterchildren("td", "th"):
            if page.is_hidden(cell):
                continue
            while (index, len(values)) in covered:
                values.append(None)
            column, width, height = len(values), _span(cell, "colspan"), _span(cell, "rowspan")
            values.extend([_value(cell, page, (index, column)), *[None] * (width - 1)])
            if width > 1 or height > 1:
                page.merges.append(Merge(index, column, index + height - 1, column + width - 1))
                covered.update((index + r, column + c) for r in range(1, height) for c in range(width))
        page.rows.append(values[:MOST_COLUMNS])


def _value(cell: Any, page: _Page, place: tuple[int, int]) -> Any:
    """The text of a cell that counts; `Unusual` when all of it is crossed out or another table stands in its place."""
    pieces: list[str] = []
    is_struck = page.is_struck(cell) or _gather(cell, page, pieces)
    rest = None if page.is_struck(cell) else clean_text("".join(pieces))
    if is_struck and rest is not None:
        page.struck.add(place)
    if is_struck and rest is None and "".join(cell.itertext()).strip():
        return Unusual("struck", "")
    if rest is None and cell.find(".//img") is not None:
        return Unusual("picture", "")
    inner = [table for table in cell.iter("table") if "".join(table.itertext()).strip()]
    if rest is None and inner:
        cells = list(inner[0].iter("td", "th"))
        if len(inner) == len(cells) == 1:
            return _value(cells[0], page, place)
        return Unusual("nested", "".join(inner[0].itertext()).strip())
    return rest


def _gather(element: Any, page: _Page, pieces: list[str]) -> bool:
    """Gather the text that a reader of the page sees and that is not crossed out; whether some of it was."""
    struck = False
    pieces.append(element.text or "")
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _UNSEEN_TAGS and not page.is_hidden(child):
            if page.is_struck(child):
                struck = struck or bool("".join(child.itertext()).strip())
            else:
                pieces.append(_before(child))
                struck = _gather(child, page, pieces) or struck
        pieces.append(child.tail or "")
    return struck


def _before(element: Any) -> str:
    """What an element puts before its own text: a line break, the mark of raised text, the entry of a field."""
    if element.tag in ("br", "p", "div"):
        return "\n"
    if element.tag in ("sup", "sub"):
        return RAISED
    if element.tag == "input" and element.get("type", "text").lower() in ("text", "number", "tel"):
        return element.get("value") or ""
    return ""


def _span(cell: Any, name: str) -> int:
    try:
        return min(max(int(cell.get(name, "1")), 1), MOST_COLUMNS)
    except ValueError:
        return 1
