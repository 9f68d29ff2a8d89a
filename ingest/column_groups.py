"""Columns of figures beside one set of labels: one of them counts, each is of a period of its own, or nobody can say.

Belongs here: labels that share their columns, and telling the columns apart by the periods that head them. Does not
belong here: what a single heading says (column_roles.py), taking the figures (value_cells.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.column_roles import Role, headings, role_of, wanted_role
from ingest.form_search import FormBlock, Hit, Place
from ingest.grid import column_letters
from ingest.period_text import Mention, find_periods, plain
from ingest.values import is_figure_like

FIGURE_ROLES = (Role.CUMULATIVE, Role.FIGURE)
_LEAST_FIGURES = 3  # and half of the labels: fewer are slips in single rows, which are told one by one

Headed = tuple[str, Place]  # a heading and where it stands


class Group(NamedTuple):
    """Labels in one column, each with the column where the next label begins, and the columns between them."""

    labels: list[tuple[Hit, int]]
    roles: dict[int, Role]
    first_row: int
    number_column: int | None

    def label_places(self) -> Iterator[Place]:
        return ((hit.row, hit.column) for hit, _ in self.labels)

    def number_places(self) -> Iterator[Place]:
        return ((hit.row, self.number_column) for hit, _ in self.labels if self.number_column is not None)


def make_group(block: FormBlock, labels: list[tuple[Hit, int]], number_column: int | None) -> Group:
    """The group of labels in one column, with what heads the columns beside them."""
    first_row = min(hit.row for hit, _ in labels)
    columns = range(min(hit.right for hit, _ in labels) + 1, max(end for _, end in labels))
    roles = {column: role_of(block, column, first_row, labels[0][0].column) for column in columns}
    return Group(labels, roles, first_row, number_column)


def periods_of_columns(block: FormBlock, groups: Sequence[Group]) -> list[dict[int, Headed]]:
    """For each period, earliest first, its columns with their headings; empty where the columns name none.

    Every filled column of figures must name exactly one period, no two of a group the same, and all groups the same
    periods: then each column is plainly of its own month, and none is guessed.
    """
    found: dict[Mention, dict[int, Headed]] = {}
    named_by = []
    for group in groups:
        named: dict[Mention, int] = {}
        for column in _filled_columns(block, group):
            mention, headed = _period_above(block, group, column)
            if mention is None or mention in named:
                return []
            named[mention] = column
            found.setdefault(mention, {})[column] = headed
        named_by.append(set(named))
    if any(mentions != named_by[0] for mentions in named_by):
        return []
    return [found[mention] for mention in sorted(found, key=lambda m: (m.year or 0, m.kind, m.number))]


def crowded_columns(block: FormBlock, groups: Sequence[Group]) -> list[Headed]:
    """The columns of which nobody can say which one counts, as a clerk finds them: `D 列“六月份”`."""
    crowded: list[Headed] = []
    for group in groups:
        if len(group.roles) == 1:
            continue
        columns = [c for c in _filled_columns(block, group) if _figures_in(block, group, c) >= _least(group)]
        if len(columns) > 1:
            for column in columns:
                text, place = next(_headings(block, group, column), ("", (group.first_row, column)))
                words = f"“{text}”" if text else ""
                crowded.append((f"{column_letters(column)} 列{words}", place))
    return crowded


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


def _period_above(block: FormBlock, group: Group, column: int) -> tuple[Mention | None, Headed]:
    """The one period that a column's headings name; None when they name none or several."""
    for text, place in _headings(block, group, column):
        mentions = find_periods(plain(text))
        if mentions:
            return (mentions[0] if len(mentions) == 1 else None), (text, place)
    return None, ("", (group.first_row, column))


def _headings(block: FormBlock, group: Group, column: int) -> Iterator[Headed]:
    return headings(block, column, group.first_row, group.labels[0][0].column)
