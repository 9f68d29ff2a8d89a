"""Who a text names: units and groups by code, name or alias inside one campaign, and members as of a day.

Belongs here: reading responsible-unit cells, expanding groups, parents in a tree. Does not belong here: free text of
files received (the ingest package), fields of units and groups (unit_model.py).

A name counts only where it equals a code, name or alias; nothing is ever taken for something merely like it. A document
names units as they were: one that was renamed, merged or divided since means those it became, from that day on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from campaigns.strict import as_compared
from campaigns.unit_model import Group, Leader, TreeEdge, Unit, UnitChange

_SEPARATORS = re.compile(r"[、，,；;\n\r]+")
_AND_OTHERS = re.compile(r"等(?:有关|相关)?(?:成员)?(?:单位|部门|地区)?$")


class Named(NamedTuple):
    """What a cell names, in its order; `and_others` where it ends a name with 等 or 等有关成员单位."""

    unit_ids: tuple[str, ...]
    group_ids: tuple[str, ...]
    and_others: bool
    unknown: tuple[str, ...]


class Span(NamedTuple):
    """A unit's membership from one day on, to the day before `end` (None: still)."""

    unit_id: str
    start: date
    end: date | None


class Placed(NamedTuple):
    """A unit's place in a tree: right below `parent` while the edge holds."""

    unit_id: str
    parent: str
    edge: TreeEdge


class UnitDirectory:
    """The units, groups and leaders of one campaign by every name they go by."""

    def __init__(
        self,
        units: Sequence[Unit],
        groups: Sequence[Group] = (),
        leaders: Sequence[Leader] = (),
        tree_edges: Sequence[TreeEdge] = (),
        changes: Sequence[UnitChange] = (),
    ) -> None:
        self.units = sorted(units, key=lambda unit: (unit.position, unit.valid_from))
        self.groups = {group.group_id: group for group in groups}
        self._unit_ids = {as_compared(n): u.unit_id for u in units for n in (u.unit_id, u.unit_name, *u.aliases)}
        self._group_ids = {as_compared(n): g.group_id for g in groups for n in (g.group_id, g.name, *g.aliases)}
        self._leader_ids = {as_compared(n): p.leader_id for p in leaders for n in (p.leader_id, p.label)}
        self._rows: dict[str, list[Unit]] = {}
        for unit in self.units:
            self._rows.setdefault(unit.unit_id, []).append(unit)
        self._became: dict[str, list[tuple[date, str]]] = {}
        for change in sorted(changes, key=lambda change: change.on):
            after = [self.unit_id(name) or name for name in change.after]
            for name in change.before:
                self._became.setdefault(self.unit_id(name) or name, []).extend((change.on, one) for one in after)
        self._spans: dict[str, tuple[Span, ...]] = {}
        self._above: dict[tuple[str, str], list[Placed]] = {}
        for edge in tree_edges:
            parent = self.unit_id(edge.parent) or self.group_id(edge.parent) or edge.parent
            for unit_id in self.placed_by(edge):
                self._above.setdefault((edge.tree, unit_id), []).append(Placed(unit_id, parent, edge))

    def unit_id(self, name: str) -> str | None:
        """The unit of exactly this code, name or alias."""
        return self._unit_ids.get(as_compared(name))

    def group_id(self, name: str) -> str | None:
        """The group of exactly this id, name or alias."""
        return self._group_ids.get(as_compared(name))

    def read(self, text: str | None) -> Named:
        """Read a cell of units and groups, separated by 、 or line breaks; what nobody knows is in `unknown`."""
        unit_ids, group_ids, unknown, and_others = [], [], [], False
        for name in _names_in(text):
            unit, group = self.unit_id(name), self.group_id(name)
            if not (unit or group) and (others := _AND_OTHERS.search(name)):
                name = name[: others.start()]
                unit, group, and_others = self.unit_id(name), self.group_id(name), True
            if unit:
                unit_ids.append(unit)
            elif group:
                group_ids.append(group)
            else:
                unknown.append(name)
        return Named(tuple(unit_ids), tuple(group_ids), and_others, tuple(unknown))

    def read_leaders(self, text: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The leader ids a cell names, and what it names that is no leader."""
        found = [(self._leader_ids.get(as_compared(name)), name) for name in _names_in(text)]
        return tuple(key for key, _ in found if key), tuple(name for key, name in found if not key)

    def units_on(self, day: date) -> tuple[Unit, ...]:
        """Every unit of the roster on that day, in its order."""
        return tuple(unit for unit in self.units if unit.valid_on(day))

    def members(self, group_id: str, day: date) -> tuple[Unit, ...]:
        """The members of a group on that day, nested groups included, in the roster's order."""
        inside = {span.unit_id for span in self.spans(group_id) if _covers(span, day)}
        return tuple(unit for unit in self.units_on(day) if unit.unit_id in inside)

    def named_units(self, named: Named, day: date) -> tuple[Unit, ...]:
        """The units a cell names on that day, groups expanded, each once, in the roster's order."""
        spans = [span for unit_id in named.unit_ids for span in self.line_of(unit_id)]
        spans += [span for group_id in named.group_ids for span in self.spans(group_id)]
        inside = {span.unit_id for span in spans if _covers(span, day)}
        return tuple(unit for unit in self.units_on(day) if unit.unit_id in inside)

    def line_of(self, unit_id: str) -> tuple[Span, ...]:
        """A unit and those it became, each with the days it stands for the name (更名、合并、拆分)."""
        return tuple(_joined(self._line_from(unit_id, date.min)))

    def spans(self, group_id: str) -> tuple[Span, ...]:
        """Every membership of a group with its days; times that touch are joined."""
        if group_id not in self._spans:
            self._spans[group_id] = tuple(_joined(self._raw_spans(group_id)))
        return self._spans[group_id]

    def parent(self, unit_id: str, tree: str, day: date) -> str | None:
        """The unit id, group id or area code above a unit in one tree on that day; None for a unit outside it."""
        return next((entry.parent for entry in self._above.get((tree, unit_id), ()) if entry.edge.valid_on(day)), None)

    def placed_by(self, edge: TreeEdge) -> tuple[str, ...]:
        """The units an edge places: the one it names, or all of the kind it names."""
        if unit_id := self.unit_id(edge.unit):
            return (unit_id,)
        return tuple(dict.fromkeys(unit.unit_id for unit in self.units if unit.unit_kind == edge.unit))

    def places(self) -> list[Placed]:
        """Every place of every unit in every tree."""
        return [entry for entries in self._above.values() for entry in entries]

    def children(self, parent: str, tree: str, day: date) -> tuple[Unit, ...]:
        """The units right below a unit, group or area in one tree on that day."""
        return tuple(unit for unit in self.units_on(day) if self.parent(unit.unit_id, tree, day) == parent)

    def _line_from(self, unit_id: str, day: date) -> Iterator[Span]:
        for unit in self._rows.get(unit_id, ()):
            if unit.valid_to is None or day < unit.valid_to:
                yield Span(unit_id, max(day, unit.valid_from), unit.valid_to)
        for on, after in self._became.get(unit_id, ()):
            if day < on:  # a change leads to later ones only
                yield from self._line_from(after, on)

    def _raw_spans(self, group_id: str) -> Iterator[Span]:
        for entry in self.groups[group_id].members:
            inside = [span for name in entry.units for span in self.line_of(self.unit_id(name) or name)]
            rows = [unit for unit in self.units if unit.unit_kind in entry.unit_kinds]
            inside += [Span(unit.unit_id, unit.valid_from, unit.valid_to) for unit in rows]
            for name in entry.groups:
                inside += self.spans(self.group_id(name) or name)
            for span in inside:
                start = max(span.start, entry.valid_from or span.start)
                end = _earlier(span.end, entry.valid_to)
                if end is None or start < end:
                    yield Span(span.unit_id, start, end)


def _names_in(text: str | None) -> Iterator[str]:
    for piece in _SEPARATORS.split(text or ""):
        if name := piece.strip(" 。　\t"):
            yield name


def _covers(span: Span, day: date) -> bool:
    return span.start <= day and (span.end is None or day < span.end)


def _earlier(one: date | None, other: date | None) -> date | None:
    return min(one, other) if one and other else one or other


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """Spans by unit and day, overlapping and touching ones made one."""
    last: Span | None = None
    for span in sorted(spans, key=lambda span: (span.unit_id, span.start)):
        if last and last.unit_id == span.unit_id and (last.end is None or span.start <= last.end):
            end = None if last.end is None or span.end is None else max(last.end, span.end)
            last = Span(last.unit_id, last.start, end)
            continue
        if last:
            yield last
        last = span
    if last:
        yield last
