"""The rows of a list that tell an entry which the list already has, and the one sentence about all of them.

Belongs here: which rows those are and how many are told together. Does not belong here: what makes two rows one entry
(row_keys.py), which of them the ledger counts (the model fct_hazard_line_choices).

A unit that adds its whole list to last month's every month would otherwise read one sentence for each old row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from campaigns.model import Column
from ingest.lists.list_problems import ListProblems
from ingest.problems import Reading

_ENTRIES_TOLD = 12  # of more, the rows are told in ranges and not entry by entry
_LEAST_RANGE = 3
_DIGITS = re.compile(r"\d+")


class _Row(NamedTuple):
    at: str  # the cell that a sentence names
    sheet: str
    number: int


@dataclass(slots=True)
class RepeatedRows:
    """The rows of one list by the key of their entry."""

    _rows: dict[str, list[_Row]] = field(default_factory=dict)

    def add(self, key: str, at: str, address: tuple[str, str]) -> int:
        """Note a row; returns how many rows above it bear the same key.

        Args:
            key: of the row's entry.
            at: address of the row's first filled cell.
            address: sheet and reference of any cell of the row itself; the first filled one may be merged from above.
        """
        rows = self._rows.setdefault(key, [])
        row_number = _DIGITS.search(address[1])
        rows.append(_Row(at, address[0], int(row_number[0]) if row_number else 0))
        return len(rows) - 1

    def tell(self, column: Column, problems: ListProblems, counts: Mapping[str, str]) -> None:
        """Ask about the rows: a single one by its cell, several on one sheet in one sentence.

        Args:
            column: that the key is made of.
            problems: where questions go.
            counts: what the sentence adds about which of them counts.
        """
        entries = [rows for rows in self._rows.values() if len(rows) > 1]
        repeats = sorted((row for first, *more in entries for row in more), key=lambda row: row.number)
        if len(repeats) < 2 or len({row.sheet for rows in entries for row in rows}) > 1:
            for first, *more in entries:
                for row in more:
                    problems.tell(Reading.ROW_TWICE, column, row.at, other=first.at, **counts)
            return
        facts = {"count": str(len(repeats)), **_in_words(entries, repeats), **counts}
        problems.tell(Reading.ROWS_TWICE, column, repeats[0].at, **facts)


def _in_words(entries: Sequence[Sequence[_Row]], repeats: Iterable[_Row]) -> dict[str, str]:
    if len(entries) <= _ENTRIES_TOLD:
        rows = [numbers_in_words(row.number for row in entry) for entry in entries]
        return {"rows": "，".join(f"第{one}行" for one in rows) + "各是同一项", "rows_en": f"rows {'; '.join(rows)}"}
    later = numbers_in_words(row.number for row in repeats)
    first = numbers_in_words(entry[0].number for entry in entries)
    return {"rows": f"第{later}行与第{first}行是同样的各项", "rows_en": f"rows {later} repeat rows {first}"}


def numbers_in_words(numbers: Iterable[int]) -> str:
    """`6、7、10–13`: in the order of numbers, three and more in a row as a range."""
    return "、".join(_ranges(sorted(set(numbers))))


def _ranges(numbers: Sequence[int]) -> Iterator[str]:
    start = 0
    for end in range(1, len(numbers) + 1):
        if end < len(numbers) and numbers[end] == numbers[end - 1] + 1:
            continue
        run = numbers[start:end]
        yield from [f"{run[0]}–{run[-1]}"] if len(run) >= _LEAST_RANGE else map(str, run)
        start = end
