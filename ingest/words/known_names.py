"""Finding many known names in a text: from left to right, at each place the longest.

Belongs here: the search alone. Does not belong here: whose names they are (roster.py). An expression of all names tries
one after the other at every place, which thousands of units make slow; looking a piece of text up does not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KnownNames:
    """Names and, for each character that one begins with, how long such names are, the longest first."""

    names: Collection[str]
    lengths: Mapping[str, tuple[int, ...]]

    @classmethod
    def of(cls, names: Collection[str]) -> KnownNames:
        lengths: dict[str, set[int]] = {}
        for name in filter(None, names):
            lengths.setdefault(name[0], set()).add(len(name))
        return cls(names, {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()})

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where each name begins and ends."""
        at = 0
        while at < len(text):
            end = self._end_of_name(text, at)
            if end:
                yield at, end
            at = end or at + 1

    def split(self, text: str) -> tuple[list[str], list[str]]:
        """The names, and what stands before, between and behind them."""
        found, between, behind = [], [], 0
        for start, end in self.spans(text):
            found.append(text[start:end])
            between.append(text[behind:start])
            behind = end
        return found, [*between, text[behind:]]

    def _end_of_name(self, text: str, start: int) -> int:
        """Where the longest name that begins at a place ends; 0 where none does."""
        for length in self.lengths.get(text[start], ()):
            name = text[start : start + length]
            if name in self.names:
                return start + len(name)
        return 0
