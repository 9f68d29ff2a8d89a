"""Word documents (.docx) as one grid: paragraphs and table rows in the order in which they stand.

Belongs here: walking the document's own XML. Does not belong here: finding a form in the grid (form_search.py).

The walk is our own because python-docx drops what was typed under tracked changes or in content controls and reads
hidden text. Here insertions count, deletions, hidden and struck-out text do not, and content controls are transparent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ingest.grid import MOST_COLUMNS, MOST_ROWS, Contents, Grid, Merge, RowOrigin, Unusual, clean_text
from ingest.office_parts import OfficeParts, local_name
from ingest.zip_members import DamagedError

_SKIPPED = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText", "tbl", "pPr", "sectPr", "sdtPr"})
_OFF = ("0", "false", "none", "off")
_SYMBOLS = {"F0FE": "☑", "F052": "☑", "F0FC": "✓", "F050": "✓", "F0A8": "□", "F06F": "□", "F0FD": "☒", "F053": "☒"}
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}


@dataclass(slots=True)
class _Walk:
    """The grid as it grows."""

    rows: list[list[Any]] = field(default_factory=list)
    origins: list[RowOrigin] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    struck: set[tuple[int, int]] = field(default_factory=set)
    paragraphs: list[str] = field(default_factory=list)
    tables: int = 0
    tracked: bool = False


@dataclass(slots=True)
class _Text:
    """Text as it is gathered from runs."""

    pieces: list[str] = field(default_factory=list)
    struck: bool = False

    def value(self) -> Any:
        """The valid text; None when there is none, `Unusual` when all of it is crossed out."""
        rest = clean_text("".join(self.pieces))
        return Unusual("struck", "") if rest is None and self.struck else rest


def read_docx(content: bytes) -> Contents:
    """Read a document's body.

    Raises:
        DamagedError, UnsafeError: as for workbooks.
    """
    parts = OfficeParts(content)
    root = parts.xml(next((t for _, kind, t in parts.related("") if kind == "officeDocument"), "word/document.xml"))
    body = None if root is None else next((child for child in root if local_name(child) == "body"), None)
    if body is None:
        raise DamagedError("缺少正文", "it has no body")
    walk = _Walk()
    _walk_blocks(body, walk)
    width = max(map(len, walk.rows), default=0)
    for row in walk.rows:
        row.extend([None] * (width - len(row)))
    grid = Grid("正文", walk.rows, tuple(walk.merges), "rc", walk.origins, struck=frozenset(walk.struck))
    grid.tracked_changes = walk.tracked
    return Contents("docx", [grid] if walk.tables else [], parts.marker(), walk.paragraphs)


def _walk_blocks(parent: Any, walk: _Walk) -> None:
    for block in parent:
        name = local_name(block)
        if name == "p":
            _add_paragraph(block, walk)
        elif name == "tbl":
            _add_table(block, walk)
        elif name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"):
            walk.tracked = walk.tracked or name in ("ins", "moveTo")
            _walk_blocks(block, walk)


def _add_paragraph(paragraph: Any, walk: _Walk) -> None:
    text = _Text()
    _gather(paragraph, text, walk)
    value = text.value()
    if isinstance(value, str):
        walk.paragraphs.append(value)
        walk.rows.append([value])
        walk.origins.append(RowOrigin("正文", len(walk.paragraphs)))


def _add_table(table: Any, walk: _Walk) -> None:
    walk.tables += 1
    name = f"表格{walk.tables}"
    nested: list[Any] = []
    above: dict[int, int] = {}  # column → row where the vertical merge that is still open there began
    row_number = 0
    for row in _children(table, "tr"):
        row_number += 1
        properties = _child(row, "trPr")
        if properties is not None and _child(properties, "del") is not None:
            walk.tracked = True
            continue
        if len(walk.rows) >= MOST_ROWS:
            break
        _add_row(row, properties, walk, above, nested)
        walk.origins.append(RowOrigin(name, row_number))
    for inner in nested:
        _add_table(inner, walk)


def _add_row(row: Any, properties: Any, walk: _Walk, above: dict[int, int], nested: list[Any]) -> None:
    index = len(walk.rows)
    values: list[Any] = [None] * _number(_child(properties, "gridBefore"), 0)
    for cell in _children(row, "tc"):
        cell_properties = _child(cell, "tcPr")
        width = min(_number(_child(cell_properties, "gridSpan"), 1), MOST_COLUMNS)
        column = len(values)
        merge = _child(cell_properties, "vMerge")
        if merge is not None and _attribute(merge, "val") != "restart" and column in above:
            _extend_merge(walk, above[column], column, width, index)
            values.extend([None] * width)
            continue
        text = _Text()
        for paragraph in _paragraphs(cell, nested):
            _gather(paragraph, text, walk)
            text.pieces.append("\n")
        values.extend([text.value(), *[None] * (width - 1)])
        if text.struck and isinstance(values[column], str):
            walk.struck.add((index, column))
        above.pop(column, None)
        if merge is not None:
            above[column] = index
        if merge is not None or width > 1:
            walk.merges.append(Merge(index, column, index, column + width - 1))
    walk.rows.append(values[:MOST_COLUMNS])


def _extend_merge(walk: _Walk, top: int, column: int, width: int, row: int) -> None:
    for number in range(len(walk.merges) - 1, -1, -1):
        merge = walk.merges[number]
        if (merge.top, merge.left) == (top, column):
            walk.merges[number] = Merge(top, column, row, max(merge.right, column + width - 1))
            return


def _paragraphs(parent: Any, nested: list[Any]) -> Iterator[Any]:
    """The paragraphs of a cell, also inside content controls; tables inside the cell are put aside."""
    for child in parent:
        name = local_name(child)
        if name == "p":
            yield child
        elif name == "tbl":
            nested.append(child)
        elif name not in _SKIPPED and name != "tcPr":
            yield from _paragraphs(child, nested)


def _gather(element: Any, text: _Text, walk: _Walk) -> None:
    """Gather the valid text below an element."""
    for child in element:
        name = local_name(child)
        if name in ("del", "ins", "moveFrom", "moveTo"):
            walk.tracked = True
        if name in _SKIPPED:
            continue
        if name == "r":
            _gather_run(child, text)
            if len(child) > 1:  # a drawing's text box inside the run
                _gather(child, text, walk)
        elif name not in ("t", "rPr"):
            _gather(child, text, walk)


def _gather_run(run: Any, text: _Text) -> None:
    properties = _child(run, "rPr")
    if _is_on(properties, "vanish"):
        return
    pieces = []
    for child in run:
        name = local_name(child)
        if name == "t":
            pieces.append(child.text or "")
        elif name == "sym":
            pieces.append(_SYMBOLS.get(_attribute(child, "char").upper(), ""))
        elif name in _BREAKS:
            pieces.append(_BREAKS[name])
    if pieces and (_is_on(properties, "strike") or _is_on(properties, "dstrike")):
        text.struck = text.struck or bool("".join(pieces).strip())
    else:
        text.pieces.extend(pieces)


def _children(parent: Any, wanted: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, also inside content controls and tracked insertions."""
    for child in parent:
        name = local_name(child)
        if name == wanted:
            yield child
        elif name in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _children(child, wanted)


def _child(parent: Any, wanted: str) -> Any:
    return None if parent is None else next((child for child in parent if local_name(child) == wanted), None)


def _attribute(element: Any, name: str) -> str:
    return next((str(value) for key, value in element.items() if key.rpartition("}")[2] == name), "")


def _is_on(properties: Any, name: str) -> bool:
    mark = _child(properties, name)
    return mark is not None and _attribute(mark, "val") not in _OFF


def _number(element: Any, otherwise: int) -> int:
    try:
        return max(0, int(_attribute(element, "val"))) if element is not None else otherwise
    except ValueError:
        return otherwise
