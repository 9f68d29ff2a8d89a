"""The problems of single cells of a list: told one by one, and counted once a column has too many of a kind.

Belongs here: telling, counting, the line that stands for the rest. Does not belong here: finding problems
(list_cells.py, hazard_rows.py), their sentences (problems.toml).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from campaigns.model import Column
from campaigns.vocabulary import Outcome
from ingest.problems import Reading, reading_problem

MOST_OF_A_KIND = 30  # problems of one kind in one column that are listed one by one


@dataclass(slots=True)
class ListProblems:
    """What is wrong in the cells of one list, in the order in which it was found."""

    told: list[Outcome] = field(default_factory=list)
    _counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    _labels: dict[str, str] = field(default_factory=dict)

    def tell(self, code: Reading, column: Column, at: str, **facts: str | None) -> None:
        self._labels[column.column_id] = column.label
        self._counts[code.value, column.column_id] += 1
        if self._counts[code.value, column.column_id] <= MOST_OF_A_KIND:
            self.told.append(reading_problem(code, at=at, label=column.label, **facts))  # type: ignore[arg-type]

    def has_room(self, code: Reading, column: Column) -> bool:
        """Whether the next problem of this kind would be told one by one."""
        return self._counts[code.value, column.column_id] < MOST_OF_A_KIND

    def uncounted(self) -> Iterator[Outcome]:
        """For every kind and column with more than were told, one line that says how many more."""
        for (code, column_id), count in self._counts.items():
            if count > MOST_OF_A_KIND:
                label = self._labels[column_id]
                again = reading_problem(Reading.SAME_AGAIN, label=label, count=count - MOST_OF_A_KIND)
                last_at = next(one.source_cell for one in reversed(self.told) if one.rule_code == code)
                yield replace(again, source_cell=last_at)
