"""Whether a form that was searched is laid out so that its layout can be recalled, and what is kept of it.

Belongs here: what must hold of labels, figures and words before a layout is remembered. Does not belong here: recalling
one (known_layout.py), searching (form_search.py, value_cells.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any

from campaigns.model import Campaign
from ingest.files.grid import Contents, Grid
from ingest.forms.figures import unused_numbers
from ingest.forms.item_cells import item_cells
from ingest.forms.known_layout import (
    FigurePlace,
    LaidFigure,
    Layout,
    LayoutBook,
    is_ordinary,
    layout_book,
    surroundings,
)
from ingest.layouts.column_groups import Group, cells_above, heading_places
from ingest.layouts.column_roles import Role
from ingest.layouts.form_search import FormBlock, Hit, Place
from ingest.layouts.value_cells import Reading, groups_of
from ingest.words.labelled_text import stamp_words

_MOST_SURROUNDINGS, _MOST_ALIKE = 64, 8  # sheets of which there are more come from no template
_NUMBER_REACH = 3  # columns left of a label in which its number is looked for (form_search.number_column)


def remember(block: FormBlock, readings: Sequence[Reading], contents: Contents, campaign: Campaign) -> None:
    """Keep the layout of a form that was searched, if it is one that can be recalled."""
    book, grid = layout_book(campaign), block.grid
    if len(contents.grids) != 1 or not is_ordinary(contents) or len(readings) != 1:
        return
    if len(book.layouts) >= _MOST_SURROUNDINGS:
        book.layouts.clear()
    layouts = book.layouts.setdefault(surroundings(grid), [])
    if len(layouts) < _MOST_ALIKE and (layout := _layout(block, readings[0], book)) is not None:
        layouts.append(layout)


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
    number_of = {place: number for number, place in enumerate(places)}
    fixed = itemgetter(*(number_of[place] for place in places if place not in is_figure and place not in changing))
    values = fixed(list(chain.from_iterable(block.grid.rows)))
    return Layout(
        fixed,
        values,
        tuple(map(type, values)),
        _laid(block, figures, number_of),
        changing,
        words,
        claimed,
        block.form,
        block.versions,
        block.hits,
    )


def _laid(block: FormBlock, figures: Sequence[FigurePlace], number_of: Mapping[Place, int]) -> tuple[LaidFigure, ...]:
    items = {of_item.item.code: of_item for of_item in item_cells(block.form)}
    count = Counter(place.code for place in figures)
    return tuple(
        LaidFigure(
            number_of[place.row, place.column],
            place,
            items[place.code] if count[place.code] == 1 else None,
            block.grid.address(place.row, place.column),
            {},
        )
        for place in figures
    )


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
