"""Forms that are laid out like one read before: where labels, figures and words stand is looked up, not searched for.

Belongs here: what makes two sheets alike, and what must hold of the cells in which they differ. Does not belong here:
searching (form_search.py, value_cells.py), reading what stands in the cells (indicator_table.py).

A month's forms come from one template: they differ in their figures and in a few words (unit, day, names). A layout is
remembered only where each figure stands in the one cell beside its label, below no heading, so that no figure decides
where another is looked for; and it is recalled only where every other cell is the same and the words that differ could
not be taken for a label, a heading or a title. Then the search would find the same, and is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from operator import itemgetter
from typing import Any, NamedTuple

from campaigns.model import Campaign, Form, Item
from ingest.files.grid import Contents, Grid
from ingest.forms.figures import unused_numbers
from ingest.layouts.column_groups import Group, cells_above, heading_places
from ingest.layouts.column_roles import LONGEST_HEADING, Role
from ingest.layouts.form_search import FormBlock, Hit, Place
from ingest.layouts.value_cells import Reading, Slot, groups_of, is_measure, part_named
from ingest.words.informants import may_speak_of_informants
from ingest.words.labelled_text import stamp_words
from ingest.words.labels import LabelBook, label_book, label_key

_MOST_SURROUNDINGS, _MOST_ALIKE = 64, 8  # sheets of which there are more come from no template
_MOST_WORDS = 8_192
_NUMBERS = (int, float)
_NUMBER_REACH = 3  # columns left of a label in which its number is looked for (form_search.number_column)
_MORE_THAN_A_NUMBER = re.compile(r"[^\d.\s]")


class FigurePlace(NamedTuple):
    """Where the figure of one label stands."""

    code: str
    row: int
    column: int
    part: str | None


@dataclass(frozen=True, slots=True)
class Layout:
    """One way in which a form is laid out on its sheet; cells are counted row by row."""

    fixed: Callable[[Sequence[Any]], tuple[Any, ...]]  # picks the cells that are the same on all such sheets
    values: tuple[Any, ...]
    types: tuple[type, ...]
    figures: tuple[FigurePlace, ...]
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


_BOOKS: dict[int, tuple[Campaign, LayoutBook]] = {}


def layout_book(campaign: Campaign) -> LayoutBook:
    """The layouts met in this process; one book for each campaign object."""
    known = _BOOKS.get(id(campaign))
    if known is None or known[0] is not campaign:
        _BOOKS[id(campaign)] = known = (campaign, LayoutBook(label_book(campaign)))
    return known[1]


def recall(contents: Contents, campaign: Campaign) -> tuple[FormBlock, Reading] | None:
    """The form of a file with one sheet, and where its figures stand; None where no known layout is sure to fit."""
    if len(contents.grids) != 1 or not _is_ordinary(contents):
        return None
    book, grid = layout_book(campaign), contents.grids[0]
    layouts = book.layouts.get(_surroundings(grid))
    if not layouts:
        return None
    cells = list(chain.from_iterable(grid.rows))
    layout = next((layout for layout in layouts if layout.fits(cells)), None)
    if layout is None or not all(book.is_plain_word(grid.rows[row][column]) for row, column in layout.changing_words):
        return None
    slots = _slots(layout, grid, book)
    return None if slots is None else (_block_on(grid, layout), Reading(slots=slots, claimed=layout.claimed))


def remember(block: FormBlock, readings: Sequence[Reading], contents: Contents, campaign: Campaign) -> None:
    """Keep the layout of a form that was searched, if it is one that can be recalled."""
    book, grid = layout_book(campaign), block.grid
    if len(contents.grids) != 1 or not _is_ordinary(contents) or len(readings) != 1:
        return
    if len(book.layouts) >= _MOST_SURROUNDINGS:
        book.layouts.clear()
    layouts = book.layouts.setdefault(_surroundings(grid), [])
    if len(layouts) < _MOST_ALIKE and (layout := _layout(block, readings[0], book)) is not None:
        layouts.append(layout)


def _is_ordinary(contents: Contents) -> bool:
    """Whether a file holds nothing but one visible sheet on which nothing is hidden, crossed out or tracked."""
    grid = contents.grids[0]
    unseen = grid.hidden or grid.hidden_rows or grid.hidden_columns or grid.struck or grid.tracked_changes
    return not (contents.paragraphs or unseen or grid.origins)


def _surroundings(grid: Grid) -> tuple[Any, ...]:
    return grid.name, grid.reference, grid.merges, tuple(map(len, grid.rows))


def _slots(layout: Layout, grid: Grid, book: LayoutBook) -> dict[str, list[Slot]] | None:
    """The figures as they stand; None when one of them is no number and no harmless text."""
    slots: dict[str, list[Slot]] = {}
    for code, row, column, part in layout.figures:
        raw = grid.rows[row][column]
        if type(raw) not in _NUMBERS and raw is not None and not _is_figure_text(raw, layout.form.item(code), book):
            return None
        slots.setdefault(code, []).append(Slot(row, column, raw, part))
    return slots


def _is_figure_text(raw: Any, item: Item, book: LayoutBook) -> bool:
    return isinstance(raw, str) and book.is_harmless(raw) and not is_measure(raw) and part_named(raw, item) is None


def _block_on(grid: Grid, layout: Layout) -> FormBlock:
    last_row = len(grid.rows) - 1
    return FormBlock(grid, layout.form, 0, last_row, layout.hits, layout.versions, words=layout.words)


def _layout(block: FormBlock, reading: Reading, book: LayoutBook) -> Layout | None:
    """The layout of a form; None where its figures or its words could change where something is found."""
    groups, figures = groups_of(block), _figures_beside(block)
    if not (_is_whole(block) and _is_plain(reading, figures) and _stand_apart(block, groups, figures)):
        return None
    if any(unused_numbers(block, reading)):
        return None
    is_figure = {(place.row, place.column) for place in figures}
    claimed = reading.claimed | is_figure
    cut = stamp_words(block.form).cut
    texts = [place for place, value in _filled(block.grid) if isinstance(value, str) and place not in claimed]
    words = tuple(place for place in texts if cut(block.value(place)) is not None)
    changing = tuple(place for place in words if book.is_plain_word(block.value(place)))
    places = [(row, column) for row, values in enumerate(block.grid.rows) for column in range(len(values))]
    fixed = [number for number, place in enumerate(places) if place not in is_figure and place not in changing]
    pick = itemgetter(*fixed)
    values = pick(list(chain.from_iterable(block.grid.rows)))
    types = tuple(map(type, values))
    return Layout(pick, values, types, figures, changing, words, claimed, block.form, block.versions, block.hits)


def _filled(grid: Grid) -> Iterator[tuple[Place, Any]]:
    return (
        ((row, column), value)
        for row, values in enumerate(grid.rows)
        for column, value in enumerate(values)
        if value is not None
    )


def _figures_beside(block: FormBlock) -> tuple[FigurePlace, ...]:
    """One figure for each label, in the cell right of it."""
    return tuple(FigurePlace(hit.code, hit.row, hit.right + 1, hit.part) for hit in block.hits)


def _is_whole(block: FormBlock) -> bool:
    """Whether every label was found as it is printed, once, on a sheet that holds nothing but this form."""
    is_alone = (block.first_row, block.last_row) == (0, len(block.grid.rows) - 1)
    return is_alone and block.share == 1 and not block.repeated and not any(hit.corrected for hit in block.hits)


def _is_plain(reading: Reading, figures: Sequence[FigurePlace]) -> bool:
    """Whether the figures were found where `figures` says, and nothing else was."""
    found = {(code, slot.row, slot.column, slot.part) for code, slots in reading.slots.items() for slot in slots}
    others = (reading.conflicts, reading.shifted, reading.row_names, reading.crowded, reading.other_figures)
    return found == set(figures) and not any(others) and not reading.remarks


def _stand_apart(block: FormBlock, groups: Sequence[Group], figures: Sequence[FigurePlace]) -> bool:
    """Whether each group of labels has one column of figures, below no heading, and no figure near another's label."""
    if heading_places(block, groups):
        return False
    is_figure = {(place.row, place.column) for place in figures}
    for group in groups:
        if set(group.roles.values()) != {Role.FIGURE} or len(group.roles) != 1:
            return False
        if any(end != hit.right + 2 or hit.bottom != hit.row for hit, end in group.labels):
            return False
        if any(place in is_figure for place in cells_above(block, group)):
            return False
    return not any(_is_reached(block, hit, is_figure) for hit in block.hits)


def _is_reached(block: FormBlock, hit: Hit, is_figure: set[Place]) -> bool:
    """Whether a figure stands where the number of a label is looked for."""
    for column in range(hit.column - 1, max(hit.column - 1 - _NUMBER_REACH, -1), -1):
        if (hit.row, column) in is_figure:
            return True
        if block.value((hit.row, column)) is not None:
            return False
    return False
