"""From the figure cells of a form to typed cells: every item and part once, with state, address and problems.

Belongs here: putting values, addresses and the item's scope together, and what is wrong with single cells. Does not
belong here: finding the cells (value_cells.py, header_layout.py), the grammar of values (values.py), cells that are
taken as they stand (item_cells.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from campaigns.model import CellTexts, Item, Part
from campaigns.vocabulary import Cell, Outcome, ReportingScope, ValueState
from ingest.files.grid import Grid, Unusual, raw_text
from ingest.forms.item_cells import ItemCells, item_cells
from ingest.layouts.form_search import FormBlock, Hit, Place
from ingest.layouts.value_cells import Reading, Slot
from ingest.problems import Reading as Problem
from ingest.problems import reading_problem
from ingest.words.cell_words import BLANK, Figure, plain_text
from ingest.words.values import read_figure, read_pair

_NUMBER = re.compile(r"\d{1,9}(?:\.\d+)?")


@dataclass(slots=True)
class Figures:
    """The typed cells of one submission and the problems of single cells."""

    cells: list[Cell] = field(default_factory=list)
    problems: list[Outcome] = field(default_factory=list)

    @property
    def all_blank(self) -> bool:
        return not any(cell.state.has_number or cell.state is ValueState.UNREADABLE for cell in self.cells)


def type_figures(block: FormBlock, reading: Reading, scope: ReportingScope | None) -> Figures:
    """Type every figure of a form.

    Args:
        block: the form on its grid.
        reading: where its figures stand.
        scope: what the unit's figures cover; a blank in an item that does not apply to it is not applicable.
    """
    figures = Figures()
    unclear = bool(reading.crowded or reading.other_figures)
    for of_item in item_cells(block.form):
        item = of_item.item
        if item.code in reading.typed:
            figures.cells.extend(reading.typed[item.code])
            continue
        slots = reading.slots.get(item.code)
        if slots is None:  # its label is missing; that is reported once for the whole form
            figures.cells.extend(
                Cell(item.code, p.part, ValueState.BLANK, None, "", block.grid.name, "") for p in item.parts
            )
            continue
        conflict = reading.conflicts.get(item.code)
        if len(slots) == 1 and not conflict and not unclear and (cells := _plain_cells(of_item, block.grid, slots[0])):
            figures.cells.extend(cells)
            continue
        _look_closely(figures, block.grid, _figures_of(item, slots, of_item.texts), item, scope, conflict, unclear)
    if reading.crowded:
        figures.problems.append(_columns(Problem.SEVERAL_COLUMNS, block, reading.crowded))
    if reading.other_figures:
        figures.problems.append(_columns(Problem.NO_CUMULATIVE_COLUMN, block, reading.other_figures))
    figures.problems[:] = dict.fromkeys(figures.problems)
    figures.problems.extend(_notes(block, reading))
    return figures


def _plain_cells(of_item: ItemCells, grid: Grid, slot: Slot) -> tuple[Cell, ...]:
    return of_item.cells(slot.raw, slot.part, grid.address(slot.row, slot.column))


def _look_closely(
    figures: Figures,
    grid: Grid,
    found: list[tuple[Part, Figure, Slot]],
    item: Item,
    scope: ReportingScope | None,
    conflict: list[Place] | None,
    unclear: bool,
) -> None:
    """Add the cells of one item, of which some may be blank, unreadable or in doubt."""
    for part, figure, slot in found:
        if conflict or (unclear and figure is not BLANK):
            figure = Figure(ValueState.UNREADABLE)
        elif figure is BLANK and scope is not None and scope not in item.applies_to:
            figure = Figure(ValueState.NOT_APPLICABLE)
        address, raw = grid.address(slot.row, slot.column), raw_text(slot.raw)
        figures.cells.append(Cell(item.code, part.part, figure.state, figure.value, raw, *address))
        if figure.state is ValueState.UNREADABLE and not conflict and not unclear:
            figures.problems.append(_unreadable(item, part, figure, slot, figures.cells[-1].address))
    if conflict and not unclear:
        figures.problems.append(_conflict(grid, item, conflict))


def _figures_of(item: Item, slots: list[Slot], texts: CellTexts) -> list[tuple[Part, Figure, Slot]]:
    """Every part of an item with its figure: from one cell for both, from a cell for each, or blank."""
    parts, first = item.parts, slots[0]
    if len(parts) == 1:
        return [(parts[0], read_figure(first.raw, parts[0], texts), first)]
    if len(slots) == 1 and first.part is None:
        figures = read_pair(first.raw, item, texts)
        return [(parts[0], figures[0], first), (parts[1], figures[1], first)]
    by_part = {slot.part: slot for slot in slots if slot.part}
    unnamed = [slot for slot in slots if slot.part is None]
    found = []
    for part in parts:
        slot = by_part.get(part.part) or (unnamed.pop(0) if unnamed else None)
        if slot is None:
            found.append((part, BLANK, first._replace(raw=None)))
        else:
            found.append((part, read_figure(slot.raw, part, texts), slot))
    return found


def _unreadable(item: Item, part: Part, figure: Figure, slot: Slot, at: str) -> Outcome:
    label = item.name if len(item.parts) == 1 else f"{item.name}（{part.name or part.measure_unit}）"
    kind = slot.raw.kind if isinstance(slot.raw, Unusual) else ""
    code = {"error": Problem.FORMULA_ERROR, "uncalculated": Problem.FORMULA_NOT_CALCULATED}.get(
        kind, Problem.FIGURE_UNREADABLE
    )
    return reading_problem(
        code,
        at=at,
        item_code=item.code,
        part=part.part,
        label=label,
        found=raw_text(slot.raw),
        reason=figure.reason,
        reason_en=figure.reason_en,
    )


def _conflict(grid: Grid, item: Item, places: list[Place]) -> Outcome:
    found = "、".join(f"{grid.address(*place)[1]}={raw_text(grid.rows[place[0]][place[1]])}" for place in places)
    at = grid.at(*places[0])
    return reading_problem(Problem.TWO_FIGURES, at=at, item_code=item.code, label=item.name, found=found)


def _columns(code: Problem, block: FormBlock, columns: list[tuple[str, Place]]) -> Outcome:
    """What is wrong with the columns beside all labels is one root cause, not one for each item."""
    sheet = block.grid.address(block.hits[0].row, 0)[0]
    words = "、".join(words for words, _ in columns)
    at = block.grid.at(*columns[0][1])
    return reading_problem(code, at=at, sheet=sheet, count=len(columns), found=words)


def _notes(block: FormBlock, reading: Reading) -> Iterator[Outcome]:
    """What the clerk should look at although every figure was read."""
    grid = block.grid
    unseen = grid.struck or grid.hidden_rows or grid.hidden_columns
    for code, slots in reading.slots.items() if unseen else ():
        for slot in slots:
            if (slot.row, slot.column) in grid.struck:
                yield reading_problem(Problem.STRUCK_OUT, at=grid.at(slot.row, slot.column), item_code=code)
            if slot.raw is not None and grid.is_hidden(slot.row, slot.column):
                yield reading_problem(Problem.FIGURE_HIDDEN, at=grid.at(slot.row, slot.column), item_code=code)
    for code, place in reading.shifted:
        found, label = raw_text(block.value(place)), block.form.item(code).name
        yield reading_problem(Problem.FIGURE_SHIFTED, at=grid.at(*place), item_code=code, found=found, label=label)
    for hit in block.hits:
        if hit.corrected:
            yield reading_problem(
                Problem.LABEL_CORRECTED,
                at=grid.at(hit.row, hit.column),
                item_code=hit.code,
                found=hit.text,
                label=block.form.item(hit.code).name,
            )
    yield from _repeated(block)
    if block.words is None:  # of a known layout it is known that there are none
        yield from unused_numbers(block, reading)


def _repeated(block: FormBlock) -> Iterator[Outcome]:
    """A label that stands twice: nobody can say which figure counts."""
    first: dict[str, Hit] = {}
    for hit in block.hits:
        first.setdefault(hit.code, hit)
    for hit in block.repeated:
        yield reading_problem(
            Problem.LABEL_TWICE,
            at=block.grid.at(first[hit.code].row, first[hit.code].column),
            item_code=hit.code,
            label=block.form.item(hit.code).name,
            other=block.grid.at(hit.row, hit.column),
        )


def _is_number(value: Any) -> bool:
    """Whether a cell holds nothing but a number, as a number or (in Word, text and web pages) as text."""
    return type(value) in (int, float) or (isinstance(value, str) and _NUMBER.fullmatch(plain_text(value)) is not None)


def unused_numbers(block: FormBlock, reading: Reading) -> Iterator[Outcome]:
    """Numbers between the labels that belong to none of them: never dropped without a word."""
    rows = [hit.row for hit in block.hits]
    repeated = {hit.row for hit in block.repeated}
    left = min(hit.column for hit in block.hits)
    for row in range(min(rows), max(rows) + 1):
        for column, value in enumerate(block.grid.rows[row]):
            if _is_number(value) and column > left and row not in repeated and (row, column) not in reading.claimed:
                yield reading_problem(Problem.FIGURE_UNUSED, at=block.grid.at(row, column), found=raw_text(value))
