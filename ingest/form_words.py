"""The words of a sheet that are neither figure nor text: labels, heads, stamps, units of measure, notes.

Belongs here: what such a cell is, found with the same searches that reading uses. Does not belong here: what was taken
in (cell_account.py), the searches (form_search.py, list_search.py, labelled_text.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from campaigns.model import Campaign
from ingest.cell_use import CellUse
from ingest.files.grid import Grid, raw_text
from ingest.layouts.card import find_cards
from ingest.layouts.form_search import Place, find_blocks
from ingest.layouts.list_heads import list_forms
from ingest.layouts.list_search import find_lists
from ingest.layouts.value_cells import is_measure
from ingest.words.labelled_text import StampWords, stamp_words
from ingest.words.labels import label_book, numbers_of

Meaning = tuple[CellUse, str]  # with what it is about


class FormWords:
    """The words of a grid that are neither figure nor text: labels, heads, stamps, units of measure."""

    def __init__(self, grid: Grid, form_ids: Sequence[str], campaign: Campaign) -> None:
        self._has_form = bool(form_ids)
        self._stamps = [stamp_words(campaign.form(form_id)) for form_id in form_ids]
        self._known: dict[Place, Meaning] = dict(_labels(grid, campaign)) if form_ids else {}
        if form_ids:
            self._known |= dict(_heads(grid, campaign, form_ids))
            self._known = dict(_stamped(grid, self._stamps)) | self._known

    def meaning(self, place: Place, value: Any) -> Meaning | None:
        if place in self._known:
            return self._known[place]
        return (CellUse.MEASURE, "") if self._has_form and is_measure(value) else None

    def rest(self, value: Any) -> Meaning:
        if not self._has_form:
            return CellUse.NO_FORM, ""
        return (CellUse.NOTE, "") if isinstance(value, str) else (CellUse.NUMBER, "")


def _labels(grid: Grid, campaign: Campaign) -> Iterator[tuple[Place, Meaning]]:
    """Labels of items, with the numbers of the items left of them."""
    for block in find_blocks(grid, label_book(campaign)):
        numbers = numbers_of(block.form)
        for hit in (*block.hits, *block.repeated):
            yield (hit.row, hit.column), (CellUse.LABEL, hit.code)
            for column, value in enumerate(grid.rows[hit.row][: hit.column]):
                if raw_text(value) in numbers[hit.code]:
                    yield (hit.row, column), (CellUse.LABEL, hit.code)


def _heads(grid: Grid, campaign: Campaign, form_ids: Sequence[str]) -> Iterator[tuple[Place, Meaning]]:
    """The heads of lists, also where they are repeated, and the labels of cards."""
    forms = [known for known in list_forms(campaign) if known.form.form_id in form_ids]
    for card in (cards := find_cards(grid, forms)):
        yield from ((place, (CellUse.HEAD, "")) for place in (card.card.claimed if card.card else ()))
    for block in find_lists(grid, forms, form_ids[0], grid.name) if forms and not cards else []:
        for row in (*range(block.head_top, block.head_bottom + 1), *block.repeated):
            for column, value in enumerate(grid.rows[row]):
                if value is not None:
                    yield (row, column), (CellUse.HEAD, "")


def _stamped(grid: Grid, stamps: Sequence[StampWords]) -> Iterator[tuple[Place, Meaning]]:
    """Labels of the stamp with what stands beside them."""
    for row, values in enumerate(grid.rows):
        filled = [column for column, value in enumerate(values) if value is not None]
        for number, column in enumerate(filled):
            kind = _stamp_kind(values[column], stamps)
            if kind is None:
                continue
            yield (row, column), (CellUse.STAMP, kind)
            if number + 1 < len(filled) and _stands_alone(values[column], stamps):
                yield (row, filled[number + 1]), (CellUse.STAMP, kind)


def _stamp_kind(value: Any, stamps: Sequence[StampWords]) -> str | None:
    """What a text of the stamp says first; of a signature whatever else stands in the same cell is hidden, too."""
    cuts: list[Mapping[str, None]] = []
    for words in stamps if isinstance(value, str) else ():
        if cut := words.cut(value):
            cuts.append(dict.fromkeys([*filter(None, [cut.alone]), *(one.kind for one in cut.values)]))
    kinds = [kind for found in cuts for kind in found]
    return next((kind for kind in ("filler", "reviewer") if kind in kinds), kinds[0] if kinds else None)


def _stands_alone(value: Any, stamps: Sequence[StampWords]) -> bool:
    return any(cut is not None and cut.alone for words in stamps if (cut := words.cut(value)))
