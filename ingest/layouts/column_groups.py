"""Columns of figures beside one set of labels: one of them counts, each is of a period or unit of its own, or nobody
can say.

Belongs here: labels that share their columns, and telling the columns apart by the words that head them. Does not
belong here: what a single heading says (column_roles.py), taking the figures (value_cells.py).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from ingest.files.grid import column_letters
from ingest.layouts.column_roles import MOST_HEADING_ROWS, Role, headings, is_total, role_of, wanted_role
from ingest.layouts.form_search import FormBlock, Hit, Place
from ingest.words.period_text import find_periods, plain
from ingest.words.roster import Roster
from ingest.words.values import is_figure_like

FIGURE_ROLES = (Role.CUMULATIVE, Role.FIGURE)
_LEAST_FIGURES = 3  # and half of the labels: fewer are slips in single rows, which are told one by one

Name = TypeVar("Name", bound=Hashable)
Headed = tuple[str, Place]  # a heading and where it stands


class Group(NamedTuple):
    """Labels in one column, each with the column where the next label begins, and the columns between them."""

    labels: list[tuple[Hit, int]]
    roles: dict[int, Role]
    first_row: int
    number_column: int | None

    def label_places(self) -> Iterator[Place]:
        return ((hit.row, hit.column) for hit, _ in self.labels)

    def without_totals(self, block: FormBlock) -> Group:
        """The same without the columns that add the others up."""
        label_column = self.labels[0][0].column
        totals = {
            c for c in self.roles for text, _ in headings(block, c, self.first_row, label_column) if is_total(text)
        }
        return self._replace(roles={column: Role.OTHER if column in totals else r for column, r in self.roles.items()})

    def number_places(self) -> Iterator[Place]:
        return ((hit.row, self.number_column) for hit, _ in self.labels if self.number_column is not None)


def make_group(block: FormBlock, labels: list[tuple[Hit, int]], number_column: int | None) -> Group:
    """The group of labels in one column, with what heads the columns beside them."""
    first_row = min(hit.row for hit, _ in labels)
    columns = range(min(hit.right for hit, _ in labels) + 1, max(end for _, end in labels))
    roles = {column: role_of(block, column, first_row, labels[0][0].column) for column in columns}
    return Group(labels, roles, first_row, number_column)


def columns_by_period(block: FormBlock, groups: Sequence[Group]) -> list[dict[int, Headed]]:
    """For each period, earliest first, its columns with their headings; empty where the columns name none."""
    named = _columns_by_name(block, groups, lambda text: find_periods(plain(text)))
    return [named[mention] for mention in sorted(named, key=lambda m: (m.year or 0, m.kind, m.number))]


def columns_by_unit(block: FormBlock, groups: Sequence[Group], roster: Roster) -> list[dict[int, Headed]]:
    """For each unit its columns with their headings, totals left out; empty where the columns name none."""

    def units_in(text: str) -> tuple[str, ...]:
        named = roster.find(text)
        return () if named.rest else named.unit_ids

    without_totals = [group.without_totals(block) for group in groups]
    return list(_columns_by_name(block, without_totals, units_in).values())


def _columns_by_name(
    block: FormBlock, groups: Sequence[Group], names_in: Callable[[str], tuple[Name, ...]]
) -> dict[Name, dict[int, Headed]]:
    """The columns of every period or unit.

    Every filled column of figures must name exactly one, no two of a group the same, and all groups the same ones:
    then each column is plainly somebody's, and nothing is guessed.
    """
    found: dict[Name, dict[int, Headed]] = {}
    named_by = []
    for group in groups:
        named: set[Name] = set()
        for column in _filled_columns(block, group):
            name, headed = _name_above(block, group, column, names_in)
            if name is None or name in named:
                return {}
            named.add(name)
            found.setdefault(name, {})[column] = headed
        named_by.append(named)
    return {} if any(names != named_by[0] for names in named_by) else found


def crowded_columns(block: FormBlock, groups: Sequence[Group]) -> list[Headed]:
    """The columns of which nobody can say which one counts, as a clerk finds them: `D 列“六月份”`."""
    crowded: list[Headed] = []
    for group in groups:
        columns = [c for c in _filled_columns(block, group) if _figures_in(block, group, c) >= _least(group)]
        if len(columns) > 1:
            crowded += [_in_words(block, group, column) for column in columns]
    return crowded


def columns_of_other_figures(block: FormBlock, groups: Sequence[Group]) -> list[Headed]:
    """Columns of last month, this month or targets, full of figures, where those to be reported are blank."""
    found: list[Headed] = []
    for group in groups:
        other = [column for column, role in group.roles.items() if role is Role.OTHER]
        if other and not any(_figures_in(block, group, c) for c, r in group.roles.items() if r in FIGURE_ROLES):
            full = [column for column in other if _figures_in(block, group, column) >= _least(group)]
            found += [_in_words(block, group, column) for column in full]
    return found


def _in_words(block: FormBlock, group: Group, column: int) -> Headed:
    text, place = next(_headings(block, group, column), ("", (group.first_row, column)))
    words = f"“{text}”" if text else ""
    return f"{column_letters(column)} 列{words}", place


def heading_places(block: FormBlock, groups: Sequence[Group]) -> set[Place]:
    """Where the headings of all columns stand, also of blank ones (the months to come)."""
    return {place for group in groups for column in group.roles for _, place in _headings(block, group, column)}


def cells_above(block: FormBlock, group: Group) -> Iterator[Place]:
    """Every cell in which a heading of the group's columns is looked for."""
    for column in group.roles:
        for row in range(max(group.first_row - MOST_HEADING_ROWS, 0), group.first_row):
            yield row, column
            yield from ((m.top, m.left) for m in block.grid.merges if m.holds(row, column))


def _filled_columns(block: FormBlock, group: Group) -> list[int]:
    """The columns from which figures would be taken and in which any stand."""
    wanted = wanted_role(group.roles)
    return [c for c, role in group.roles.items() if role is wanted and any(_are_figures(block, group, c))]


def _figures_in(block: FormBlock, group: Group, column: int) -> int:
    return sum(_are_figures(block, group, column))


def _are_figures(block: FormBlock, group: Group, column: int) -> Iterator[bool]:
    return (column < end and is_figure_like(block.value((hit.row, column))) for hit, end in group.labels)


def _least(group: Group) -> float:
    return max(_LEAST_FIGURES, len(group.labels) / 2)


def _name_above(
    block: FormBlock, group: Group, column: int, names_in: Callable[[str], tuple[Name, ...]]
) -> tuple[Name | None, Headed]:
    """The one period or unit that a column's headings name; None when they name none or several."""
    for text, place in _headings(block, group, column):
        if names := names_in(text):
            return (names[0] if len(names) == 1 else None), (text, place)
    return None, ("", (group.first_row, column))


def _headings(block: FormBlock, group: Group, column: int) -> Iterator[Headed]:
    return headings(block, column, group.first_row, group.labels[0][0].column)
