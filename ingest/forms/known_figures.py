"""What the cells of an item say, remembered: the same small numbers and texts stand on form after form.

Belongs here: a cell that holds all of its item and whose figures are taken as they stand. Does not belong here: reading
a value (values.py); cells with a problem, and blank ones, which depend on the unit (figures.py).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from campaigns.model import CellTexts, Form, Item
from campaigns.vocabulary import ValueState
from ingest.files.grid import raw_text
from ingest.layouts.value_cells import Slot
from ingest.words.cell_words import Figure
from ingest.words.values import read_figure, read_pair

_MOST_REMEMBERED = 1_000  # of one item
_TO_BE_LOOKED_AT = (ValueState.UNREADABLE, ValueState.BLANK)


class Said(NamedTuple):
    """What a cell says about one part of an item; the first columns of a `Cell`."""

    item_code: str
    part: str
    state: ValueState
    value: Decimal | None
    raw_text: str


@dataclass(slots=True)
class KnownFigures:
    """One item of a form, with what its cells said so far."""

    item: Item
    texts: CellTexts
    _said: dict[int | str, tuple[Said, ...]] = field(default_factory=dict)

    def said(self, slot: Slot) -> tuple[Said, ...]:
        """What one cell says about every part of the item; nothing where it needs a closer look."""
        raw = slot.raw
        if type(raw) is not int and type(raw) is not str:  # True and 1.0 would pass for a 1 that was seen before
            return ()
        if slot.part is not None and len(self.item.parts) > 1:
            return ()
        known = self._said.get(raw)
        if known is None:
            if len(self._said) >= _MOST_REMEMBERED:
                self._said.clear()
            known = self._said[raw] = self._read(raw)
        return known

    def _read(self, raw: int | str) -> tuple[Said, ...]:
        item = self.item
        figures: tuple[Figure, ...]
        if len(item.parts) == 1:
            figures = (read_figure(raw, item.parts[0], self.texts),)
        else:
            figures = read_pair(raw, item, self.texts)
        if any(figure.state in _TO_BE_LOOKED_AT for figure in figures):
            return ()
        text = raw_text(raw)
        return tuple(
            Said(item.code, part.part, figure.state, figure.value, text)
            for part, figure in zip(item.parts, figures, strict=True)
        )


_KNOWN: dict[int, tuple[Form, tuple[KnownFigures, ...]]] = {}


def known_figures(form: Form) -> tuple[KnownFigures, ...]:
    """The items of a form in order; kept for each form object."""
    known = _KNOWN.get(id(form))
    if known is None or known[0] is not form:
        assert form.cell_texts is not None  # noqa: S101 - the model demands it of every indicator table
        items = tuple(KnownFigures(item, form.cell_texts) for item in form.items)
        _KNOWN[id(form)] = known = (form, items)
    return known[1]
