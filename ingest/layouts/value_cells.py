"""Which cells hold the figures of a form whose labels stand beside their figures (one or several pairs in a row).

Belongs here: from a label to its figure cell, past number columns, unit columns and remarks. Does not belong here:
forms with labels above their figures (header_layout.py), what a cell says (values.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from campaigns.model import Item
from campaigns.vocabulary import Cell
from ingest.layouts.column_groups import (
    FIGURE_ROLES,
    Group,
    columns_by_period,
    columns_by_unit,
    columns_of_other_figures,
    crowded_columns,
    heading_places,
    make_group,
)
from ingest.layouts.column_roles import Role, wanted_role
from ingest.layouts.form_search import FormBlock, Hit, Place, number_column
from ingest.words.cell_words import plain_text
from ingest.words.labels import label_key, numbers_of
from ingest.words.number_text import ALL_MEASURES
from ingest.words.roster import Roster
from ingest.words.values import is_figure_like


class Slot(NamedTuple):
    """Where a figure stands and its raw value; `part` None means that the cell holds the whole item."""

    row: int
    column: int
    raw: Any
    part: str | None = None


@dataclass(slots=True)
class Reading:
    """The figure cells of one submission: slots by item, places where nobody can say which of several figures counts,
    every place that was understood, and words beside the figures that name the unit or explain.
    """

    slots: dict[str, list[Slot]] = field(default_factory=dict)
    conflicts: dict[str, list[Place]] = field(default_factory=dict)
    claimed: set[Place] = field(default_factory=set)
    shifted: list[tuple[str, Place]] = field(default_factory=list)  # taken from beside the usual column
    row_names: list[tuple[str, Place]] = field(
        default_factory=list
    )  # also what heads the columns of one period or unit
    crowded: list[tuple[str, Place]] = field(default_factory=list)  # columns of which nobody can say which counts
    other_figures: list[tuple[str, Place]] = field(default_factory=list)  # columns of this month alone, of targets, …
    is_earlier: bool = False  # figures of later periods stand on the same sheet
    remarks: list[tuple[str, Place]] = field(default_factory=list)
    typed: Mapping[str, Sequence[Cell]] = field(default_factory=dict)  # items of a known layout that need no slot


_LONGEST_MEASURE = 14
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def read_beside(block: FormBlock, roster: Roster) -> list[Reading]:
    """Find the figure cells of a form with labels beside figures: one reading, or one for each period's or unit's."""
    groups = groups_of(block)
    named = columns_by_period(block, groups) or columns_by_unit(block, groups, roster)
    readings = [_read(block, groups, columns) for columns in named or [{}]]
    if len(readings) == 1:
        readings[0].crowded = crowded_columns(block, groups)
        readings[0].other_figures = columns_of_other_figures(block, groups)
    if named or readings[0].crowded or readings[0].other_figures:
        for reading in readings:
            reading.claimed |= heading_places(block, groups)
    return readings


def _read(block: FormBlock, groups: list[Group], columns: dict[int, tuple[str, Place]]) -> Reading:
    """Read the figures of every group; with `columns` only those of the columns in it, and what heads them."""
    reading = Reading(row_names=list(dict.fromkeys(columns.values())))
    for group in groups:
        reading.claimed.update(group.label_places(), group.number_places(), (place for _, place in columns.values()))
        roles = {
            column: Role.OTHER if columns and role in FIGURE_ROLES and column not in columns else role
            for column, role in group.roles.items()
        }
        _read_group(block, group, roles, reading)
    return reading


def groups_of(block: FormBlock) -> list[Group]:
    """Labels that stand in one column, with the columns beside them up to the next label."""
    numbers = _number_columns(block)
    rows: dict[int, list[Hit]] = {}
    for hit in block.hits:
        rows.setdefault(hit.row, []).append(hit)
    width = max(map(len, block.grid.rows), default=0)
    spans: dict[int, list[tuple[Hit, int]]] = {}  # label column → labels with the column where the next label begins
    for hits in rows.values():
        ends = [numbers.get(hit.column, hit.column) for hit in hits[1:]]
        for hit, end in zip(hits, [*ends, width], strict=True):
            spans.setdefault(hit.column, []).append((hit, max(end, hit.right + 1)))
    return [make_group(block, labels, numbers.get(column)) for column, labels in spans.items()]


def _number_columns(block: FormBlock) -> dict[int, int]:
    """Label column → the column with the items' own numbers, if the form has such columns.

    The leftmost labels tell whether it has: left of them stands no figure that could pass for a number.
    """
    votes: dict[int, list[int | None]] = {}
    numbers = numbers_of(block.form)
    for hit in block.hits:
        number = number_column(block.grid.rows[hit.row], hit.column, numbers[hit.code])
        votes.setdefault(hit.column, []).append(number)
    found: dict[int, int] = {}
    for column in sorted(votes):
        seen = [vote for vote in votes[column] if vote is not None]
        if len(seen) * 5 >= len(votes[column]) * 3:
            found[column] = max(set(seen), key=seen.count)
        elif not found:
            return {}
    return found


def _read_group(block: FormBlock, group: Group, roles: dict[int, Role], reading: Reading) -> None:
    """Read the figures of the labels that stand in one column."""
    usual: int | None = None
    plain = all(role is Role.FIGURE for role in roles.values())
    for hit, end in group.labels:
        item = block.form.item(hit.code)
        if plain and end == hit.right + 2 and hit.bottom == hit.row and _take_only(block, item, hit, reading):
            continue
        usual = _usual_column(block, group.labels, roles) if usual is None else usual
        places = [(r, c) for r in range(hit.row, hit.bottom + 1) for c in range(hit.right + 1, end)]
        _take(block, item, hit, [place for place in places if block.value(place) is not None], roles, usual, reading)


def _take_only(block: FormBlock, item: Item, hit: Hit, reading: Reading) -> bool:
    """Take the one cell beside a label; False when it holds words, which need a closer look."""
    row = block.grid.rows[hit.row]
    place = (hit.row, hit.right + 1)
    value = row[place[1]] if place[1] < len(row) else None
    if isinstance(value, str) and (is_measure(value) or part_named(value, item)):
        return False
    if value is not None:
        reading.claimed.add(place)
    reading.slots.setdefault(item.code, []).append(Slot(*place, value, hit.part))
    return True


def _take(
    block: FormBlock,
    item: Item,
    hit: Hit,
    places: list[Place],
    roles: dict[int, Role],
    usual: int,
    reading: Reading,
) -> None:
    """Take the figure or figures of one label out of the filled cells beside it."""
    reading.claimed.update(places)
    remarks = [place for place in places if roles[place[1]] is Role.REMARK]
    reading.remarks.extend((str(block.value(place)), place) for place in remarks)
    wanted = wanted_role(roles)
    filled = [place for place in places if wanted is None or roles[place[1]] is wanted]
    figures = list(without_words(block, item, filled))
    add_slots(block, item, hit, figures, (hit.row, max(usual, hit.right + 1)), reading)
    if len(figures) == 1 and figures[0][0][1] != usual and len(item.parts) == 1:
        reading.shifted.append((item.code, figures[0][0]))


def add_slots(
    block: FormBlock, item: Item, hit: Hit, figures: list[tuple[Place, str | None]], blank_at: Place, reading: Reading
) -> None:
    """Record the figures found for one label; several where one is expected are a conflict, none is a blank."""
    slots = reading.slots.setdefault(item.code, [])
    named = [(place, hit.part or part) for place, part in figures]
    expected = 1 if len(item.parts) == 1 or hit.part else 2
    if len(named) > expected:
        like = [(place, part) for place, part in named if is_figure_like(block.value(place))]
        if len(like) > expected:
            reading.conflicts[item.code] = [place for place, _ in like]
        named = (like or named)[:expected]
    if not named:
        slots.append(Slot(*blank_at, None, hit.part))
    elif expected == 1 or len(named) == 1:
        place, part = named[0]
        raw = block.value(place)
        holds_both = expected == 2 and isinstance(raw, str) and len(_NUMBER.findall(raw)) > 1
        slots.append(Slot(*place, raw, None if holds_both else part))
    else:
        parts = [part.part for part in item.parts]
        said = [part or _part_by_unit(block.value(place), item) for place, part in named]
        if said[0] == parts[1] or said[1] == parts[0]:
            parts.reverse()
        for (place, _), part in zip(named, parts, strict=True):
            slots.append(Slot(*place, block.value(place), part))


def without_words(block: FormBlock, item: Item, places: Iterable[Place]) -> Iterator[tuple[Place, str | None]]:
    """The filled cells without units and part names; those tell the part of the figure that follows in the row."""
    named: dict[int, str | None] = {}
    for place in places:
        value = block.value(place)
        part = part_named(value, item)
        if part is not None:
            named[place[0]] = part
        elif not is_measure(value):
            yield place, named.get(place[0])


def part_named(value: Any, item: Item) -> str | None:
    """The part of a two-part item that a cell names by its name or its unit (`金额`, `万元`)."""
    if not isinstance(value, str) or len(item.parts) == 1 or _NUMBER.search(plain_text(value)):
        return None
    text = label_key(value) or plain_text(value).strip("()")
    fitting = [p.part for p in item.parts if text in (p.measure_unit, label_key(p.name or ""), label_key(item.name))]
    return fitting[0] if len(fitting) == 1 else None


def _part_by_unit(value: Any, item: Item) -> str | None:
    """The part whose unit of measure stands behind the number (`12.5万元`)."""
    unit = _NUMBER.sub("", plain_text(value)) if isinstance(value, str) else ""
    fitting = [part.part for part in item.parts if part.measure_unit == unit]
    return fitting[0] if len(fitting) == 1 else None


def is_measure(value: Any) -> bool:
    """Whether a cell holds nothing but units of measure (`个`, `次/万元`)."""
    return isinstance(value, str) and len(value) <= _LONGEST_MEASURE and _only_measures(value)


@lru_cache(maxsize=8192)
def _only_measures(value: str) -> bool:
    words = plain_text(value).strip("()").replace("、", "/").replace(",", "/").split("/")
    return all(word in ALL_MEASURES or word == "是否" for word in words)


def _usual_column(block: FormBlock, group: list[tuple[Hit, int]], roles: dict[int, Role]) -> int:
    """Where the figures of these labels usually stand: the address of a blank one."""
    wanted = wanted_role(roles)
    columns = [column for column, role in roles.items() if wanted is None or role is wanted]
    filled = {c: sum(is_figure_like(block.value((hit.row, c))) for hit, end in group if c < end) for c in columns}
    return max(columns, key=lambda column: (filled[column], -column), default=group[0][0].right + 1)
