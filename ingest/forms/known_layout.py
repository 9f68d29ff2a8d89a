"""Forms that are laid out like one read before: where labels, figures and words stand is looked up, not searched for.

Belongs here: what makes two sheets alike, and what must hold of the cells in which they differ. Does not belong here:
which layouts are kept (new_layout.py), searching (form_search.py, value_cells.py), reading words (indicator_table.py).

A month's forms come from one template: they differ in their figures and in a few words (unit, day, names). A layout is
remembered only where each figure stands in the one cell beside its label, below no heading, so that no figure decides
where another is looked for; and it is recalled only where every other cell is the same and the words that differ could
not be taken for a label, a heading or a title. Then the search would find the same, and is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, NamedTuple

from campaigns.model import Campaign, Form, Item
from campaigns.once import once_for_each
from campaigns.vocabulary import Cell
from ingest.files.grid import Contents, Grid
from ingest.forms.item_cells import ItemCells
from ingest.layouts.column_roles import LONGEST_HEADING
from ingest.layouts.form_search import FormBlock, Hit, Place
from ingest.layouts.value_cells import Reading, Slot, is_measure, part_named
from ingest.words.informants import may_speak_of_informants
from ingest.words.labels import LabelBook, label_book, label_key

_MOST_WORDS = 8_192
_MOST_TAKEN = 1_000  # of one figure
_NUMBERS = (int, float)
_MORE_THAN_A_NUMBER = re.compile(r"[^\d.\s]")


class FigurePlace(NamedTuple):
    """Where the figure of one label stands."""

    code: str
    row: int
    column: int
    part: str | None


class LaidFigure(NamedTuple):
    """A figure of a layout by the number of its cell; `alone` is its item, if that has no other figure.

    `taken` are the cells that were made of what stood there before; whole numbers and texts only.
    """

    number: int
    place: FigurePlace
    alone: ItemCells | None
    address: tuple[str, str]
    taken: dict[int | str, tuple[Cell, ...]]


@dataclass(frozen=True, slots=True)
class Layout:
    """One way in which a form is laid out on its sheet; cells are counted row by row."""

    fixed: Callable[[Sequence[Any]], tuple[Any, ...]]  # picks the cells that are the same on all such sheets
    values: tuple[Any, ...]
    types: tuple[type, ...]
    figures: tuple[LaidFigure, ...]
    changing_words: tuple[Place, ...]
    words: tuple[Place, ...]  # all texts that are neither label nor figure nor printed note
    claimed: set[Place]
    form: Form
    versions: tuple[Form, ...]
    hits: list[Hit]

    def fits(self, cells: Sequence[Any]) -> bool:
        picked = self.fixed(cells)
        return picked == self.values and tuple(map(type, picked)) == self.types


@dataclass(slots=True)
class LayoutBook:
    """The layouts of a campaign's forms that were met so far, by what surrounds their cells."""

    labels: LabelBook
    layouts: dict[tuple[Any, ...], list[Layout]] = field(default_factory=dict)
    _harmless: dict[str, bool] = field(default_factory=dict)

    def is_harmless(self, text: str) -> bool:
        """Whether a text cannot be a label, a title or about informants, so that it changes no layout."""
        known = self._harmless.get(text)
        if known is None:
            if len(self._harmless) >= _MOST_WORDS:
                self._harmless.clear()
            key = label_key(text)
            is_title = any(title in key for _, title in self.labels.title_keys)
            known = not (is_title or self.labels.targets(text) or may_speak_of_informants(text))
            self._harmless[text] = known
        return known

    def is_plain_word(self, text: Any) -> bool:
        """Whether a cell holds a text that heads no column and is no number."""
        return (
            isinstance(text, str)
            and (len(text) > LONGEST_HEADING or ":" in text or "：" in text)
            and _MORE_THAN_A_NUMBER.search(text) is not None
            and self.is_harmless(text)
        )


@once_for_each
def layout_book(campaign: Campaign) -> LayoutBook:
    """The layouts of a campaign's forms met in this process."""
    return LayoutBook(label_book(campaign))


def recall(contents: Contents, campaign: Campaign) -> tuple[FormBlock, Reading] | None:
    """The form of a file with one sheet, and where its figures stand; None where no known layout is sure to fit."""
    if len(contents.grids) != 1 or not is_ordinary(contents):
        return None
    book, grid = layout_book(campaign), contents.grids[0]
    layouts = book.layouts.get(surroundings(grid))
    if not layouts:
        return None
    cells = list(chain.from_iterable(grid.rows))
    layout = next((layout for layout in layouts if layout.fits(cells)), None)
    if layout is None or not all(book.is_plain_word(grid.rows[row][column]) for row, column in layout.changing_words):
        return None
    reading = _reading(layout, cells, book)
    return None if reading is None else (_block_on(grid, layout), reading)


def is_ordinary(contents: Contents) -> bool:
    """Whether a file holds nothing but one visible sheet on which nothing is hidden, crossed out or tracked."""
    grid = contents.grids[0]
    unseen = grid.hidden or grid.hidden_rows or grid.hidden_columns or grid.struck or grid.tracked_changes
    return not (contents.paragraphs or unseen or grid.origins)


def surroundings(grid: Grid) -> tuple[Any, ...]:
    return grid.name, grid.reference, grid.merges, tuple(map(len, grid.rows))


def _reading(layout: Layout, cells: Sequence[Any], book: LayoutBook) -> Reading | None:
    """The figures as they stand; None when one of them is no number and no harmless text."""
    slots: dict[str, list[Slot]] = {}
    typed: dict[str, tuple[Cell, ...]] = {}
    for number, (code, row, column, part), alone, address, taken in layout.figures:
        raw = cells[number]
        kind = type(raw)
        if (kind is int or kind is str) and (before := taken.get(raw)) is not None:  # neither True nor 1.0 is a 1
            typed[code] = before
            continue
        if kind not in _NUMBERS and raw is not None and not _is_figure_text(raw, layout.form.item(code), book):
            return None
        if alone is not None and (of_item := alone.cells(raw, part, address)):
            typed[code] = of_item
            if len(taken) < _MOST_TAKEN:
                taken[raw] = of_item
        else:
            slots.setdefault(code, []).append(Slot(row, column, raw, part))
    return Reading(slots=slots, claimed=layout.claimed, typed=typed)


def _is_figure_text(raw: Any, item: Item, book: LayoutBook) -> bool:
    return isinstance(raw, str) and book.is_harmless(raw) and not is_measure(raw) and part_named(raw, item) is None


def _block_on(grid: Grid, layout: Layout) -> FormBlock:
    last_row = len(grid.rows) - 1
    return FormBlock(grid, layout.form, 0, last_row, layout.hits, layout.versions, words=layout.words)
