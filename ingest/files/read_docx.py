"""Word documents (.docx) as one grid: paragraphs and table rows in the order in which they stand.

Belongs here: walking blocks, tables, rows and cells of the document's own XML. Does not belong here: the text of a
cell (docx_text.py), finding a form in the grid (form_search.py).

The walk is our own because python-docx drops what was typed under tracked changes or in content controls and reads
hidden text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ingest.files.docx_text import Styles, Text, attribute, child, is_placeholder, read_styles
from ingest.files.grid import MOST_COLUMNS, MOST_ROWS, Contents, Grid, Merge, RowOrigin, Unusual, clean_text
from ingest.files.office_parts import OfficeParts, local_name
from ingest.files.zip_members import DamagedError

_LESS_THAN_A_FIGURE = re.compile(r"[\d.,\s]{0,16}")


@dataclass(slots=True)
class _Walk:
    """The grid as it grows."""

    styles: Styles
    rows: list[list[Any]] = field(default_factory=list)
    origins: list[RowOrigin] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    struck: set[tuple[int, int]] = field(default_factory=set)
    paragraphs: list[str] = field(default_factory=list)
    leads: dict[int, str] = field(default_factory=dict)
    tables: int = 0
    tracked: bool = False


def read_docx(content: bytes) -> Contents:
    """Read a document's body.

    Raises:
        DamagedError, UnsafeError: as for workbooks.
    """
    parts = OfficeParts(content)
    main = next((t for _, kind, t in parts.related("") if kind == "officeDocument"), "word/document.xml")
    root = parts.xml(main)
    body = child(root, "body")
    if body is None:
        raise DamagedError("缺少正文", "it has no body")
    walk = _Walk(read_styles(parts, main))
    _walk_blocks(body, walk)
    width = max(map(len, walk.rows), default=0)
    for row in walk.rows:
        row.extend([None] * (width - len(row)))
    grid = Grid("正文", walk.rows, tuple(walk.merges), "rc", walk.origins, struck=frozenset(walk.struck))
    grid.tracked_changes = walk.tracked
    pictures = any(body.find(f".//{{*}}{name}") is not None for name in ("drawing", "pict", "object"))
    return Contents("docx", [grid] if walk.tables else [], parts.marker(), walk.paragraphs, walk.leads, pictures)


def _walk_blocks(parent: Any, walk: _Walk) -> None:
    for block in parent:
        name = local_name(block)
        if name == "p":
            _add_paragraph(block, walk)
        elif name == "tbl":
            _add_table(block, walk)
        elif name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag") and not is_placeholder(block):
            walk.tracked = walk.tracked or name in ("ins", "moveTo")
            _walk_blocks(block, walk)


def _add_paragraph(paragraph: Any, walk: _Walk) -> None:
    text = Text(walk.styles)
    text.paragraph(paragraph)
    walk.tracked = walk.tracked or text.tracked
    value = text.value()
    if isinstance(value, str):
        walk.paragraphs.append(value)
        if (lead := clean_text("".join(text.bold))) and lead != value:
            walk.leads[len(walk.paragraphs)] = lead
        walk.rows.append([value])
        walk.origins.append(RowOrigin("正文", len(walk.paragraphs)))


def _add_table(table: Any, walk: _Walk) -> None:
    walk.tables += 1
    cells = [cell for row in _children(table, "tr") for cell in _children(row, "tc")]
    if len(cells) == 1 and cells[0].find(".//{*}tbl") is not None:  # a frame around the form
        _walk_blocks(cells[0], walk)
        return
    name = f"表格{walk.tables}"
    nested: list[Any] = []
    above: dict[int, int] = {}  # column → row where the vertical merge that is still open there began
    row_number = 0
    for row in _children(table, "tr"):
        row_number += 1
        properties = child(row, "trPr")
        if properties is not None and child(properties, "del") is not None:
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
    values: list[Any] = [None] * _number(child(properties, "gridBefore"), 0)
    for cell in _children(row, "tc"):
        cell_properties = child(cell, "tcPr")
        width = min(_number(child(cell_properties, "gridSpan"), 1), MOST_COLUMNS)
        column = len(values)
        merge = child(cell_properties, "vMerge")
        if merge is not None and attribute(merge, "val") != "restart" and column in above:
            _extend_merge(walk, above[column], column, width, index)
            values.extend([None] * width)
            continue
        values.extend([_value(cell, (index, column), walk, nested), *[None] * (width - 1)])
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


def _value(cell: Any, place: tuple[int, int], walk: _Walk, nested: list[Any]) -> Any:
    """The text of a cell; tables inside it are put aside, but a figure in one must not pass for a blank."""
    if child(child(cell, "tcPr"), "cellDel") is not None:
        walk.tracked = True
        return None
    text, inner = Text(walk.styles), list[Any]()
    if not any(is_placeholder(around) for around in cell.iterancestors("{*}sdt")):
        for block in _blocks(cell):
            if local_name(block) == "p":
                text.paragraph(block)
            else:
                inner.append(block)
    walk.tracked = walk.tracked or text.tracked
    value = text.value()
    if text.struck and isinstance(value, str):
        walk.struck.add(place)
    filled = [table for table in inner if "".join(table.itertext("{*}t")).strip()]
    if filled and (value is None or (isinstance(value, str) and _LESS_THAN_A_FIGURE.fullmatch(value))):
        cells = list(filled[0].iterfind(".//{*}tc"))
        if value is None and len(filled) == len(cells) == 1:
            return _value(cells[0], place, walk, nested)
        value = Unusual("nested", "".join(filled[0].itertext("{*}t")).strip())
    nested.extend(inner)
    return value


def _blocks(parent: Any) -> Iterator[Any]:
    """The paragraphs and tables of a cell, also inside content controls."""
    for block in parent:
        name = local_name(block)
        if name in ("p", "tbl"):
            yield block
        elif name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag") and not is_placeholder(block):
            yield from _blocks(block)


def _children(parent: Any, wanted: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, also inside content controls and tracked insertions."""
    for part in parent:
        name = local_name(part)
        if name == wanted:
            yield part
        elif name in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _children(part, wanted)


def _number(element: Any, otherwise: int) -> int:
    try:
        return max(0, int(attribute(element, "val"))) if element is not None else otherwise
    except ValueError:
        return otherwise
