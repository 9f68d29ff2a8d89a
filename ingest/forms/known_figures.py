"""The typed cells of an item, remembered: the same small numbers and texts stand in the same place on form after form.

Belongs here: a cell that holds all of its item and whose figures are taken as they stand. Does not belong here: reading
a value (values.py); cells with a problem, and blank ones, which depend on the unit (figures.py).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from campaigns.model import CellTexts, Form, Item
from campaigns.vocabulary import Cell, ValueState
from ingest.files.grid import raw_text
from ingest.words.cell_words import Figure
from ingest.words.values import read_figure, read_pair

_MOST_REMEMBERED = 1_000  # of one item
_TO_BE_LOOKED_AT = (ValueState.UNREADABLE, ValueState.BLANK)


@dataclass(slots=True)
class KnownFigures:
    """One item of a form, with the cells that were made of it so far."""

    item: Item
    texts: CellTexts
    _cells: dict[tuple[int | str, tuple[str, str]], tuple[Cell, ...]] = field(default_factory=dict)

    def cells(self, raw: Any, part: str | None, address: tuple[str, str]) -> tuple[Cell, ...]:
        """Every part of the item as one cell of the form says it; nothing where that needs a closer look.

        Args:
            raw: what stands in the cell.
            part: the one part that its label asks for; None where it asks for the whole item.
            address: sheet and cell.
        """
        if type(raw) is not int and type(raw) is not str:  # True and 1.0 would pass for a 1 that was seen before
            return ()
        if part is not None and len(self.item.parts) > 1:
            return ()
        known = self._cells.get((raw, address))
        if known is None:
            if len(self._cells) >= _MOST_REMEMBERED:
                self._cells.clear()
            known = self._cells[raw, address] = self._read(raw, address)
        return known

    def _read(self, raw: int | str, address: tuple[str, str]) -> tuple[Cell, ...]:
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
            Cell(item.code, part.part, figure.state, figure.value, text, *address)
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
