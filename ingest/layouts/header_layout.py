"""Which cells hold the figures of a form whose labels stand above their figures, one row for each unit.

Belongs here: recognising such a form, its rows of figures, the words beside them. Does not belong here: labels beside
figures (value_cells.py), what a cell says (values.py).
"""

from __future__ import annotations

import re

from ingest.layouts.column_roles import is_total
from ingest.layouts.form_search import FormBlock, Hit, Place, is_number_of
from ingest.layouts.value_cells import Reading, add_slots, is_measure, part_named, without_words
from ingest.words.cell_words import plain_text
from ingest.words.labels import numbers_of

_END_OF_FIGURES = re.compile(r"^(?:填表|填报|制表|审核|审签|负责人|单位负责人|注[:：]|备注[:：]|说明|联系)")


def labels_are_headings(block: FormBlock) -> bool:
    """Whether most labels have the next label right beside them, so that no figure can stand between."""
    starts = {(hit.row, hit.column) for hit in block.hits}
    rows = len({hit.row for hit in block.hits})
    beside = sum((hit.row, hit.right + 1) in starts for hit in block.hits)
    return len(block.hits) > rows and beside * 2 >= len(block.hits) - rows


def read_below(block: FormBlock) -> list[Reading]:
    """Find the figure cells of a form with labels above figures: one reading for each row of figures.

    Rows of numbers, units and totals are passed over. A blank form yields one reading whose figures are blank.
    """
    bands = _bands(block)
    rows_of = [_figure_rows(block, band, end) for band, end in bands]
    most = max(map(len, rows_of))
    readings = []
    for number in range(max(most, 1)):
        reading = Reading(claimed={(hit.row, hit.column) for hit in block.hits})
        for (band, _), rows in zip(bands, rows_of, strict=True):
            row = rows[number] if number < len(rows) else _first_row_below(band)
            _read_row(block, band, row, reading)
        readings.append(reading)
    return readings


def _bands(block: FormBlock) -> list[tuple[list[Hit], int]]:
    """Labels that head the same rows of figures, with the row at which the next band begins."""
    bands: list[list[Hit]] = []
    for hit in block.hits:
        if bands and hit.row <= max(known.bottom for known in bands[-1]):
            bands[-1].append(hit)
        else:
            bands.append([hit])
    starts = [band[0].row for band in bands[1:]]
    return list(zip(bands, [*starts, block.last_row + 1], strict=True))


def _first_row_below(band: list[Hit]) -> int:
    return max(hit.bottom for hit in band) + 1


def _figure_rows(block: FormBlock, band: list[Hit], end: int) -> list[int]:
    rows = []
    for row in range(_first_row_below(band), min(end, len(block.grid.rows))):
        values = block.grid.rows[row]
        first = next((value for value in values if value is not None), None)
        first_text = plain_text(first) if isinstance(first, str) else ""
        if _END_OF_FIGURES.match(first_text):
            break
        if not is_total(first_text) and _holds_figures(block, band, row):
            rows.append(row)
    return rows


def _holds_figures(block: FormBlock, band: list[Hit], row: int) -> bool:
    """Whether a row holds figures, and not only the items' numbers, units of measure or names of parts."""
    values = block.grid.rows[row]
    below = [
        (item, value)
        for hit in band
        for item in [block.form.item(hit.code)]
        for value in values[hit.column : hit.right + 1]
        if value is not None and not is_measure(value) and not part_named(value, item)
    ]
    numbers = numbers_of(block.form)
    only_numbers = len(below) >= 3 and all(is_number_of(value, numbers[item.code]) for item, value in below)
    return bool(below) and not only_numbers


def _read_row(block: FormBlock, band: list[Hit], row: int, reading: Reading) -> None:
    first_column = min(hit.column for hit in band)
    values = block.grid.rows[row] if row < len(block.grid.rows) else []
    for column, value in enumerate(values[:first_column]):
        if isinstance(value, str):
            reading.row_names.append((value, (row, column)))
            reading.claimed.add((row, column))
    for hit in band:
        item = block.form.item(hit.code)
        places = [(row, c) for c in range(hit.column, min(hit.right + 1, len(values))) if values[c] is not None]
        reading.claimed.update(places)
        figures = [
            (place, part or _part_above(block, hit, place)) for place, part in without_words(block, item, places)
        ]
        add_slots(block, item, hit, figures, (row, hit.column), reading)


def _part_above(block: FormBlock, hit: Hit, place: Place) -> str | None:
    """The part that a heading between the label and the figure names (次, 万元)."""
    item = block.form.item(hit.code)
    for row in range(hit.bottom + 1, place[0]):
        part = part_named(block.grid.rows[row][place[1]], item)
        if part is not None:
            return part
    return None
