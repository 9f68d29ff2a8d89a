"""Cards: one hazard to a table, each label with its value to the right, instead of one hazard to a row.

Belongs here: finding cards on a grid and pairing labels with values. Does not belong here: lists under a head
(list_search.py), typing the values (list_cells.py), what became of earlier cards of the same hazard (history.py, SQL).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from ingest.files.grid import Grid, Merge
from ingest.layouts.list_columns import HeadColumns, Place, other_units
from ingest.layouts.list_heads import LONGEST_HEAD, ListForm
from ingest.layouts.list_rows import ListRow, ListRows, Placed
from ingest.layouts.list_search import LEAST_REQUIRED, ListBlock
from ingest.words.labelled_text import stamp_words

_LEAST_ROWS = 3  # labels of a card stand in many rows, those of a head in one to two
_BLANK = ""  # a value that is not there, so that the place it should stand in is known


@dataclass(slots=True)
class _Card:
    """The labels found so far, each with the place and the value beside it."""

    values: dict[str, Placed] = field(default_factory=dict)
    labels: dict[str, tuple[Place, str]] = field(default_factory=dict)
    places: set[Place] = field(default_factory=set)  # of all labels, also of those that stand there twice

    @property
    def rows(self) -> range:
        rows = [row for row, _ in self.places]
        return range(min(rows), max(rows) + 1)


def find_cards(grid: Grid, forms: Sequence[ListForm]) -> list[ListBlock]:
    """The cards on a grid, from top to bottom, each as a list of one row; empty where there are none."""
    for known in forms:
        if known.form.kind == "hazard_list":
            cards = [card for card in _cards(grid, known) if _is_card(card, known)]
            if cards:
                return list(_blocks(grid, known, cards))
    return []


def _cards(grid: Grid, known: ListForm) -> Iterator[_Card]:
    """Labels in reading order; one that tells hazards apart and stands there again begins the next card."""
    telling = known.required | set(known.form.row_key)
    merges = {(merge.top, merge.left): merge for merge in grid.merges}
    card = _Card()
    for row, values in enumerate(grid.rows):
        for column, text in enumerate(values):
            head = known.head(text) if isinstance(text, str) else None
            if head is None:
                continue
            if head.column_id in card.values and head.column_id in telling:
                yield card
                card = _Card()
            card.labels.setdefault(head.column_id, ((row, column), str(text)))
            card.places.add((row, column))
            right = merges.get((row, column), Merge(row, column, row, column)).right
            card.values.setdefault(head.column_id, _value_beside(grid, row, right + 1, known))
    yield card


def _value_beside(grid: Grid, row: int, first: int, known: ListForm) -> Placed:
    """The first filled cell right of a label, unless that is the next label."""
    for column in range(first, len(grid.rows[row])):
        value = grid.rows[row][column]
        if isinstance(value, str) and known.head(value):
            break
        if value is not None:
            return Placed(value, row, column)
    return Placed(_BLANK, row, first)


def _is_card(card: _Card, known: ListForm) -> bool:
    """Whether enough of what a hazard must say is there, spread over rows, and half of it is filled in."""
    required = known.required & card.values.keys()
    filled = [placed for placed in card.values.values() if placed.raw != _BLANK]
    return (
        len(required) >= LEAST_REQUIRED * len(known.required)
        and len({row for row, _ in card.places}) >= _LEAST_ROWS
        and 2 * len(filled) >= len(card.values)
    )


def _blocks(grid: Grid, known: ListForm, cards: Sequence[_Card]) -> Iterator[ListBlock]:
    """Every card with the lines around it: above its title and whose it is, below who filled it in."""
    above = 0
    for card, following in zip_longest(cards, cards[1:]):
        last = _last_row(grid, card, following) if following else len(grid.rows) - 1
        spans = {column_id: (placed.column, placed.column) for column_id, placed in card.values.items()}
        claimed = {*card.places, *((placed.row, placed.column) for placed in card.values.values())}
        foreign = list(_foreign(grid, known, card, claimed))
        columns = HeadColumns(spans, units=other_units(known, card.labels), foreign=foreign)
        row = ListRow(card.rows[0], card.values)
        yield ListBlock(grid, known, card.rows[0], card.rows[-1], columns, above, last, card=ListRows([row], claimed))
        above = last + 1


def _last_row(grid: Grid, card: _Card, following: _Card) -> int:
    """The row before the first blank one below a card; without a blank row all that follows leads to the next card."""
    between = range(card.rows[-1] + 1, following.rows[0])
    blank = (row for row in between if all(value is None for value in grid.rows[row]))
    return next(blank, card.rows[-1] + 1) - 1


def _foreign(grid: Grid, known: ListForm, card: _Card, claimed: Iterable[Place]) -> Iterator[tuple[Place, str]]:
    """Labels between those of the card that the form does not know, where a value stands beside them."""
    words, taken = stamp_words(known.form), set(claimed)
    for row in card.rows:
        for column, text in enumerate(grid.rows[row]):
            is_label = isinstance(text, str) and len(text) <= LONGEST_HEAD and (row, column) not in taken
            if not is_label or words.is_title(text) or words.begins_with_label(text):
                continue
            beside = _value_beside(grid, row, column + 1, known)
            if beside.raw != _BLANK and (row, beside.column) not in taken:
                taken.add((row, beside.column))
                yield (row, column), text
