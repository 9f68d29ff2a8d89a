"""Checks on a campaign's units: nothing stands twice, names mean one unit, groups and trees have no circles.

Belongs here: how an entry is refused with its path, what holds among units, groups and trees, and how the reports of
two units are read together. Does not belong
here: what duties, tasks and targets refer to (reference_checks.py), files and lines (load.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NoReturn

from pydantic_core import PydanticCustomError

from campaigns.directory import UnitDirectory
from campaigns.strict import as_compared
from campaigns.vocabulary import OverlapReading

if TYPE_CHECKING:
    from campaigns.model import Campaign, Contradiction
    from campaigns.unit_model import Group, TreeEdge, Unit

OVERLAP_SETTING = "territory_department_overlap"
Path = tuple[str | int, ...]


def refuse(sentence: str, path: Path) -> NoReturn:
    """Reject a campaign at one entry; the loader turns `path` into file and line."""
    raise PydanticCustomError("campaign", "{sentence}", {"sentence": sentence, "path": path})


def check_unique(field: str, name: str, keys: Iterable[str]) -> None:
    """Refuse a key that stands twice in one list."""
    seen: set[str] = set()
    for index, key in enumerate(keys):
        if key in seen:
            refuse(f"{name} {key!r} repeats", (field, index))
        seen.add(key)


def check_overlap_reading(contradictions: Sequence[Contradiction]) -> None:
    """Tables say which of the two readings is in force; a third would leave both without."""
    for index, choice in enumerate(contradictions):
        if choice.setting == OVERLAP_SETTING and choice.reading not in list(OverlapReading):
            known = " or ".join(OverlapReading)
            refuse(f"reading {choice.reading!r} of {OVERLAP_SETTING}: it is {known}", ("contradictions", index))


def check_units_do_not_overlap(units: Sequence[Unit]) -> None:
    """Two rows of one unit are two times of its life: where they overlap it would be expected twice."""
    rows_of: dict[str, list[Unit]] = {}
    for index, unit in enumerate(units):
        for other in rows_of.setdefault(unit.unit_id, []):
            later, earlier = (unit, other) if unit.valid_from >= other.valid_from else (other, unit)
            if earlier.valid_on(later.valid_from):
                refuse(f"unit {unit.unit_id} stands twice for {later.valid_from}; end one row", ("units", index))
        rows_of[unit.unit_id].append(unit)


def check_names(units: Sequence[Unit], groups: Sequence[Group]) -> None:
    """An alias names one unit or group for the whole campaign: nobody guesses between two (DESIGN §3)."""
    owner: dict[str, str] = {}
    for index, unit in enumerate(units):
        for name in (unit.unit_name, *unit.aliases):
            first = owner.setdefault(as_compared(name), unit.unit_id)
            if first != unit.unit_id:
                refuse(f"the name {name!r} of unit {unit.unit_id} already names unit {first}", ("units", index))
    for index, group in enumerate(groups):
        for name in (group.name, *group.aliases):
            first = owner.setdefault(as_compared(name), group.group_id)
            if first != group.group_id:
                refuse(f"the name {name!r} of group {group.group_id} already names {first}", ("groups", index))


def check_groups(campaign: Campaign, directory: UnitDirectory) -> None:
    """Members are units, kinds of unit and groups that exist, and no group holds itself."""
    kinds = {unit.unit_kind for unit in campaign.units}
    inside: dict[str, list[str]] = {}
    for index, group in enumerate(campaign.groups):
        for entry in group.members:
            missing = [
                *(("unit", name) for name in entry.units if not directory.unit_id(name)),
                *(("group", name) for name in entry.groups if not directory.group_id(name)),
                *(("kind of unit", name) for name in entry.unit_kinds if name not in kinds),
            ]
            for what, name in missing:
                refuse(f"group {group.group_id} names {name!r}, but there is no such {what}", ("groups", index))
            inside.setdefault(group.group_id, []).extend(directory.group_id(name) or "" for name in entry.groups)
    for index, group in enumerate(campaign.groups):
        if circle := circle_from(group.group_id, inside):
            refuse(f"group {group.group_id} holds itself: {' → '.join(circle)}", ("groups", index))


def circle_from(start: str, below: Mapping[str, Sequence[str]]) -> list[str]:
    """The way from `start` back to itself, or empty."""
    stack, seen = [[start]], set()
    while stack:
        way = stack.pop()
        for node in below.get(way[-1], ()):
            if node == start:
                return [*way, node]
            if node not in seen:
                seen.add(node)
                stack.append([*way, node])
    return []


def check_trees(campaign: Campaign, directory: UnitDirectory) -> None:
    """Children are units or a kind of unit; parents units, groups or the area; one parent at a time."""
    placed: dict[tuple[str, str], list[TreeEdge]] = {}
    for index, edge in enumerate(campaign.tree_edges):
        unit_ids, at = directory.placed_by(edge), ("tree_edges", index)
        if not unit_ids:
            refuse(f"{edge.unit!r} is no unit and no kind of unit of units.csv", at)
        if not (directory.unit_id(edge.parent) or directory.group_id(edge.parent) or edge.parent == campaign.area_code):
            refuse(f"{edge.parent!r} is no unit, no group and not the area {campaign.area_code}", at)
        for unit_id in unit_ids:
            for other in placed.setdefault((edge.tree, unit_id), []):
                first, second = sorted((other, edge), key=lambda e: e.valid_from)
                if first.valid_on(second.valid_from):
                    refuse(f"{unit_id} has two parents in tree `{edge.tree}` on {second.valid_from}", at)
            placed[edge.tree, unit_id].append(edge)


def check_tree_circles(campaign: Campaign, directory: UnitDirectory) -> None:
    """Nobody stands above himself in a tree."""
    above: dict[str, dict[str, list[str]]] = {}
    for place in directory.places():
        above.setdefault(place.edge.tree, {}).setdefault(place.unit_id, []).append(place.parent)
    for index, edge in enumerate(campaign.tree_edges):
        for unit_id in directory.placed_by(edge):
            if circle := circle_from(unit_id, above[edge.tree]):
                refuse(f"tree `{edge.tree}` goes in a circle: {' → '.join(circle)}", ("tree_edges", index))


def check_changes(campaign: Campaign, directory: UnitDirectory) -> None:
    """Units before a merger or split end on its day, those after it begin there."""
    for index, change in enumerate(campaign.unit_changes):
        for names, attribute in ((change.before, "valid_to"), (change.after, "valid_from")):
            for name in names:
                days = {getattr(u, attribute) for u in campaign.units if u.unit_id == directory.unit_id(name)}
                if change.on not in days:
                    refuse(
                        f"change {change.change_id}: no row of {name!r} in units.csv has {attribute} {change.on}",
                        ("unit_changes", index),
                    )
