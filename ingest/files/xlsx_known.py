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
from operator import itemgetter
from typing import Any, NamedTuple

from ingest.files.grid import Grid, Merge
from ingest.files.xlsx_styles import as_shown
from ingest.files.xlsx_workbook import Workbook

NUMBER = rb"-?\d{1,15}(?:\.\d{1,17})?(?:[eE][+-]?\d\d?)?"
TEXT = rb"[^<\r\x00-\x08\x0b\x0c\x0e-\x1f]*+"
_CONTENT = re.compile(rb"<v>(" + NUMBER + rb')</v>|<t(?: xml:space="preserve")?+>(' + TEXT + rb")</t>")
_LARGEST_SHEET = 64 * 1024
_MOST_SHEETS = 64
_KINDS = "stbn"  # in the order in which a known sheet arranges what is seen

Markup = tuple[bytes, ...]
Place = tuple[int, int]


class Filled(NamedTuple):
    """A filled cell of a plain sheet: `kind` is s (number of a shared text), b (yes or no), n, or t (its own text)."""

    place: Place
    kind: str
    style: int
    content: bytes


Contents = Sequence[bytes | None]
_Pick = Callable[[Sequence[Any]], tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class _KnownSheet:
    """`pick` takes the contents of each kind of cell, in order; `arrange` lays out what is seen of them.

    It picks the value of every cell, row by row, out of: nothing, shared texts, own texts, logical values, numbers.
    """

    book: Workbook
    width: int
    pick: Mapping[str, _Pick]
    formats: tuple[tuple[int, Any], ...]  # which numbers have a format that changes what is seen
    arrange: _Pick
    merges: tuple[Merge, ...]
    hidden_columns: frozenset[int]


class SplitSheet(NamedTuple):
    """A sheet's markup, and the contents of its cells in order: a number or a text, the other one empty."""

    markup: Markup
    numbers: Contents
    texts: Contents


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
        written = {kind: known.pick[kind](found.texts if kind == "t" else found.numbers) for kind in _KINDS}
        if any(None in of_kind for of_kind in written.values()) or not all(map(bytes.isdigit, written["s"])):
            return None
        indexes = list(map(int, written["s"]))
        if max(indexes, default=-1) >= len(texts):
            return None
        seen = [*map(texts.__getitem__, indexes), *map(self.read_text, written["t"])]
        if None in seen:  # a blank text: no cell
            return None
        numbers = [int(number) if number.isdigit() else float(number) for number in written["n"]]
        for position, number_format in known.formats:
            numbers[position] = as_shown(numbers[position], number_format, book.starts_1904)
        cells = known.arrange([None, *seen, *(flag == b"1" for flag in written["b"]), *numbers])
        rows = [list(cells[start : start + known.width]) for start in range(0, len(cells), known.width)]
        return Grid(name, rows, known.merges, hidden_columns=known.hidden_columns)

    def forget(self) -> None:
        self._sheets.clear()

    def add(self, found: SplitSheet, filled: Sequence[Filled], grid: Grid, book: Workbook) -> None:
        """Keep the markup of a sheet that was read as a whole."""
        contents = [number or text or b"" for number, text in zip(found.numbers, found.texts, strict=True)]
        width = len(grid.rows[0]) if grid.rows else 0
        if not width or contents != [cell.content for cell in filled]:
            return
        arranged = [0] * (width * len(grid.rows))
        of_kind: dict[str, list[int]] = {kind: [] for kind in _KINDS}
        for number, cell in enumerate(filled):
            of_kind[cell.kind].append(number)
        in_order = [number for kind in _KINDS for number in of_kind[kind]]
        for position, (row, column) in enumerate((filled[number].place for number in in_order), start=1):
            is_behind = any(m.holds(row, column) and (row, column) != (m.top, m.left) for m in grid.merges)
            if not is_behind and (row >= len(grid.rows) or column >= width or grid.rows[row][column] is None):
                return  # a blank text, or a cell far out
            if not is_behind:
                arranged[row * width + column] = position
        styles = (book.styles.formats.get(filled[number].style) for number in of_kind["n"])
        if len(self._sheets) >= _MOST_SHEETS:
            self._sheets.clear()
        self._sheets[found.markup] = _KnownSheet(
            book,
            width,
            {kind: _picking(numbers) for kind, numbers in of_kind.items()},
            tuple((position, style) for position, style in enumerate(styles) if style is not None),
            _picking(arranged),
            grid.merges,
            grid.hidden_columns,
        )


def _picking(places: Sequence[int]) -> _Pick:
    """A function that takes what stands at these places."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda found: tuple(found[place] for place in places)


def _are_alike(known: Workbook, book: Workbook) -> bool:
    """Whether two workbooks show the same contents in the same way."""
    return known is book or (known.styles is book.styles and known[3:] == book[3:])
