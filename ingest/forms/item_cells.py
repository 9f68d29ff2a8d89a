"""The typed cells of an item whose figures all stand in one cell of the form and are taken as they stand.

Belongs here: making them. Does not belong here: reading a value (values.py); cells with a problem, and blank ones,
which depend on the unit (figures.py); remembering them from form to form (known_layout.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from campaigns.model import CellTexts, Form, Item
from campaigns.once import once_for_each
from campaigns.vocabulary import Cell, ValueState
from ingest.files.grid import raw_text
from ingest.words.cell_words import Figure
from ingest.words.values import read_figure, read_pair

_TO_BE_LOOKED_AT = (ValueState.UNREADABLE, ValueState.BLANK)


@dataclass(frozen=True, slots=True)
class ItemCells:
    """One item of a form, and what its form says of texts in cells."""

    item: Item
    texts: CellTexts

    def cells(self, raw: Any, part: str | None, address: tuple[str, str]) -> tuple[Cell, ...]:
        """Every part of the item as one cell of the form says it; nothing where that needs a closer look.

        Args:
            raw: what stands in the cell; only whole numbers and texts are taken as they stand.
            part: the one part that its label asks for; None where it asks for the whole item.
            address: sheet and cell.
        """
        item = self.item
        if (type(raw) is not int and type(raw) is not str) or (part is not None and len(item.parts) > 1):
            return ()
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


@once_for_each
def item_cells(form: Form) -> tuple[ItemCells, ...]:
    """The items of a form in order."""
    assert form.cell_texts is not None  # noqa: S101 - the model demands it of every indicator table
    return tuple(ItemCells(item, form.cell_texts) for item in form.items)
