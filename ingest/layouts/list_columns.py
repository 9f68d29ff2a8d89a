"""Which grid columns below a head hold which column of a list form.

Belongs here: headings in several rows, group heads, choices that have a column each to be ticked. Does not belong
here: where a head stands (list_search.py), comparing headings with labels (list_heads.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from campaigns.strict import as_compared
from ingest.files.grid import Grid, Merge
from ingest.layouts.list_heads import Head, ListForm, is_counter, money_unit_in
from ingest.words.number_text import YUAN_IN

Place = tuple[int, int]


class HeadUnit(NamedTuple):
    """The unit that a heading says in brackets, and where it stands."""

    unit: str
    place: Place


@dataclass(slots=True)
class HeadColumns:
    """What the headings say: the form's columns, choices that are ticked, and headings that are none of the form's."""

    spans: dict[str, tuple[int, int]] = field(default_factory=dict)  # column_id → first and last grid column
    options: dict[int, str] = field(default_factory=dict)  # grid column → the choice that a tick in it means
    units: dict[str, HeadUnit] = field(default_factory=dict)  # columns headed with another unit of money than their own
    foreign: list[tuple[Place, str]] = field(default_factory=list)
    ranks: int = 0  # how far the headings are from the printed labels


def columns_of(grid: Grid, rows: list[int], known: ListForm) -> HeadColumns:
    """Read the headings of a head that takes these rows."""
    columns = HeadColumns()
    best: dict[str, tuple[int, tuple[int, int], Place, str]] = {}
    for place, right, group, text in _headings(grid, rows):
        head = _head_of(known, group, text)
        if head is None:
            _add_other(columns, known, place, group, text)
            continue
        entry = (head.rank, (place[1], right), place, text)
        earlier = best.get(head.column_id)
        if earlier and earlier[0] <= head.rank:
            entry, earlier = earlier, entry
        if earlier and not is_counter(earlier[3]):
            columns.foreign.append((earlier[2], earlier[3]))
        best[head.column_id] = entry
    columns.spans |= {column_id: entry[1] for column_id, entry in best.items()}
    columns.units = other_units(known, {column_id: (entry[2], entry[3]) for column_id, entry in best.items()})
    columns.ranks = sum(entry[0] for entry in best.values())
    return columns


def other_units(known: ListForm, headings: Mapping[str, tuple[Place, str]]) -> dict[str, HeadUnit]:
    """The headings that say another unit of money than their columns have."""
    return {
        column_id: HeadUnit(unit, place)
        for column_id, (place, text) in headings.items()
        if (unit := money_unit_in(text)) and known.column(column_id).measure_unit in set(YUAN_IN) - {unit}
    }


def _add_other(columns: HeadColumns, known: ListForm, place: Place, group: str, text: str) -> None:
    """A heading that names no column: a choice of the column above it, a count of rows, or none of the form's."""
    above = known.head(group) if group else None
    choices = known.column(above.column_id).choices if above else ()
    label = next((c.label for c in choices if as_compared(text) in map(as_compared, (c.label, *c.aliases))), None)
    if above and label:
        left, right = columns.spans.get(above.column_id, (place[1], place[1]))
        columns.spans[above.column_id] = (min(left, place[1]), max(right, place[1]))
        columns.options[place[1]] = label
    elif not is_counter(text):
        columns.foreign.append((place, text))


def _head_of(known: ListForm, group: str, text: str) -> Head | None:
    """The column that a heading names, first together with its group: `挂牌情况 | 期限` is 督办期限, not 整改期限."""
    groups = dict.fromkeys((group, group.removesuffix("情况"))) if group else ()
    return next(filter(None, (known.head(above + text) for above in groups)), None) or known.head(text)


def _headings(grid: Grid, rows: list[int]) -> Iterator[tuple[Place, int, str, str]]:
    """Every heading at the foot of a head: its place, the last column it spans, the group head above, its text."""
    merges = {(merge.top, merge.left): merge for merge in grid.merges}
    width = len(grid.rows[rows[0]])
    for column in range(width):
        texts = [(row, grid.rows[row][column]) for row in rows if isinstance(grid.rows[row][column], str)]
        if not texts:
            continue
        row, text = texts[-1]
        merge = merges.get((row, column), Merge(row, column, row, column))
        if row < rows[-1] and merge.right > column and _has_below(grid, rows, row, merge):
            continue  # a group head: its own headings follow below
        yield (row, column), merge.right, _group_above(grid, rows, row, column), text


def _has_below(grid: Grid, rows: list[int], row: int, merge: Merge) -> bool:
    return any(
        grid.rows[below][column] is not None
        for below in rows
        if below > row
        for column in range(merge.left, merge.right + 1)
    )


def _group_above(grid: Grid, rows: list[int], row: int, column: int) -> str:
    """The heading above that spans a column; in files without merged cells the one that stands left of it."""
    for above in (number for number in reversed(rows) if number < row):
        for left in range(column, -1, -1):
            value = grid.rows[above][left]
            if isinstance(value, str):
                over = [m for m in grid.merges if (m.top, m.left) == (above, left)]
                if left == column or not grid.merges or any(m.right >= column for m in over):
                    return value
                break
    return ""
