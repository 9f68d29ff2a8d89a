"""Sheets whose markup is known from an earlier file: only what stands in the cells is looked at.

Belongs here: taking values out of a sheet's markup, and recognising the markup that is left. Does not belong here: what
a plain sheet is (xlsx_plain.py, which has read each known one as a whole).

The files of a month are written by few programs from one template: without the numbers and texts of its cells a sheet
is the same in all of them, byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ingest.grid import Grid, Merge
from ingest.xlsx_styles import as_shown
from ingest.xlsx_workbook import Workbook

NUMBER = rb"-?\d{1,15}(?:\.\d{1,17})?(?:[eE][+-]?\d\d?)?"
TEXT = rb"[^<\r\x00-\x08\x0b\x0c\x0e-\x1f]*+"
_CONTENT = re.compile(rb"<v>(" + NUMBER + rb')</v>|<t(?: xml:space="preserve")?+>(' + TEXT + rb")</t>")
_LARGEST_SHEET = 64 * 1024
_MOST_SHEETS = 64

Markup = tuple[bytes, ...]
Place = tuple[int, int]


class Filled(NamedTuple):
    """A filled cell of a plain sheet: `kind` is s (number of a shared text), b (yes or no), n, or t (its own text)."""

    place: Place
    kind: str
    style: int
    content: bytes


class _Spot(NamedTuple):
    """Where the content that comes as the `number`-th belongs among the cells, counted row by row."""

    number: int
    cell: int
    format: Any  # the number format that changes what is seen; None where the number is shown as it is


@dataclass(frozen=True, slots=True)
class _KnownSheet:
    book: Workbook
    width: int
    size: int  # number of cells; contents behind merged ranges go to the spot after the last one
    spots: Mapping[str, tuple[_Spot, ...]]
    merges: tuple[Merge, ...]
    hidden_columns: frozenset[int]


class SplitSheet(NamedTuple):
    """A sheet's markup, and the contents of its cells in order: a number or a text, the other one empty."""

    markup: Markup
    numbers: list[bytes | None]
    texts: list[bytes | None]


def split(sheet: bytes) -> SplitSheet | None:
    """Take the contents out of a sheet; None when it is too large to be a form."""
    if len(sheet) > _LARGEST_SHEET:
        return None
    pieces = _CONTENT.split(sheet)
    return SplitSheet(tuple(pieces[::3]), pieces[1::3], pieces[2::3])


@dataclass(slots=True)
class KnownSheets:
    """The markups met so far; `read_text` turns a text of the XML into what is seen, as xlsx_plain.py does."""

    read_text: Callable[[bytes], str | None]
    _sheets: dict[Markup, _KnownSheet] = field(default_factory=dict)

    def grid(self, found: SplitSheet, name: str, texts: Sequence[str | None], book: Workbook) -> Grid | None:
        """The sheet as a grid; None when its markup is not known or something in it needs a closer look."""
        known = self._sheets.get(found.markup)
        if known is None or not _are_alike(known.book, book):
            return None
        cells: list[Any] = [None] * (known.size + 1)
        shared = [(spot.cell, found.numbers[spot.number]) for spot in known.spots["s"]]
        for index, written in shared:
            if written is None or not written.isdigit() or int(written) >= len(texts):
                return None
            cells[index] = texts[int(written)]
        for spot in known.spots["t"]:
            cells[spot.cell] = self.read_text(found.texts[spot.number] or b"")
        for spot in known.spots["b"]:
            cells[spot.cell] = found.numbers[spot.number] == b"1"
        for number, index, number_format in known.spots["n"]:
            written = found.numbers[number] or b""
            value = int(written) if written.isdigit() else float(written)
            cells[index] = as_shown(value, number_format, book.starts_1904) if number_format else value
        cells[known.size] = ""
        if any(cells[spot.cell] is None for kind in "st" for spot in known.spots[kind]):  # a blank text: no cell
            return None
        rows = [cells[start : start + known.width] for start in range(0, known.size, known.width)]
        return Grid(name, rows, known.merges, hidden_columns=known.hidden_columns)

    def forget(self) -> None:
        self._sheets.clear()

    def add(self, found: SplitSheet, filled: Sequence[Filled], grid: Grid, book: Workbook) -> None:
        """Keep the markup of a sheet that was read as a whole."""
        contents = [number or text or b"" for number, text in zip(found.numbers, found.texts, strict=True)]
        width = len(grid.rows[0]) if grid.rows else 0
        if not width or contents != [cell.content for cell in filled]:
            return
        size = width * len(grid.rows)
        spots: dict[str, list[_Spot]] = {kind: [] for kind in "stbn"}
        for number, (place, kind, style, _) in enumerate(filled):
            row, column = place
            is_behind = any(merge.holds(*place) and place != (merge.top, merge.left) for merge in grid.merges)
            if not is_behind and (row >= len(grid.rows) or column >= width or grid.rows[row][column] is None):
                return  # a blank text, or a cell far out
            number_format = book.styles.formats.get(style) if kind == "n" else None
            spots[kind].append(_Spot(number, size if is_behind else row * width + column, number_format))
        if len(self._sheets) >= _MOST_SHEETS:
            self._sheets.clear()
        frozen = {kind: tuple(of_kind) for kind, of_kind in spots.items()}
        self._sheets[found.markup] = _KnownSheet(book, width, size, frozen, grid.merges, grid.hidden_columns)


def _are_alike(known: Workbook, book: Workbook) -> bool:
    """Whether two workbooks show the same contents in the same way."""
    return known is book or (known.styles is book.styles and known[3:] == book[3:])
