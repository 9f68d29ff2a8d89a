"""Finding forms on a grid by their labels: which form, where it begins and ends, where each label stands.

Belongs here: labels and the blocks they form. Does not belong here: comparing texts (labels.py), which cell holds the
figure of a label (value_cells.py), unit and period (stamp.py, identity.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

from campaigns.model import Form, Item
from ingest.files.grid import Grid
from ingest.words.cell_words import plain_text
from ingest.words.labels import (
    LIKENESS_IN_PLACE,
    LIKENESS_LEAD,
    LIKENESS_WITH_NUMBER,
    LabelBook,
    Numbers,
    Target,
    best_likeness,
    label_key,
    likeness,
    numbers_of,
)

LEAST_SHARE = 0.6  # of the items: below this a sheet is not taken for the form
_LONGEST_NUMBER = 8
Place = tuple[int, int]
LEAST_RESEMBLANCE = 0.2  # below this it is not even said to look like the form


class Hit(NamedTuple):
    """A label on the grid; `right` and `bottom` are the last column and row of its merged range."""

    row: int
    column: int
    right: int
    bottom: int
    code: str
    part: str | None
    text: str
    corrected: bool = False


@dataclass(slots=True)
class FormBlock:
    """One form on a grid: its labels in reading order and the rows that belong to it.

    `versions` are the form itself and other versions of it that its labels fit as well. `words` are the places of the
    texts around the figures where the layout is known (known_layout.py), else None.
    """

    grid: Grid
    form: Form
    first_row: int
    last_row: int
    hits: list[Hit]
    versions: tuple[Form, ...] = ()
    repeated: list[Hit] = field(default_factory=list)  # a label that had been seen before in this block
    words: tuple[Place, ...] | None = None

    def value(self, place: tuple[int, int]) -> Any:
        """The raw value at a row and column; None outside the grid."""
        row, column = place
        if row >= len(self.grid.rows) or column >= len(self.grid.rows[row]):
            return None
        return self.grid.rows[row][column]

    @property
    def found_codes(self) -> set[str]:
        return {hit.code for hit in self.hits}

    @property
    def missing(self) -> list[Item]:
        found = self.found_codes
        return [item for item in self.form.items if item.code not in found]

    @property
    def share(self) -> float:
        return len(self.found_codes) / len(self.form.items)


def find_blocks(grid: Grid, book: LabelBook) -> list[FormBlock]:
    """The forms on a grid, from top to bottom; also those of which too few labels were found."""
    candidates = _label_cells(grid, book)
    versions = _most_likely_form(candidates, book, grid)
    if not versions:
        return []
    index = versions[0]
    form = book.forms[index]
    extents = {(merge.top, merge.left): merge for merge in grid.merges}
    hits = []
    for row, column, text, targets in candidates:
        target = targets[0] if targets[0].form_index == index else None
        if target is None and len(targets) > 1:
            target = next((target for target in targets if target.form_index == index), None)
        if target is not None:  # within a form the model allows a label for one item only
            merge = extents.get((row, column))
            right, bottom = (merge.right, merge.bottom) if merge else (column, row)
            hits.append(Hit(row, column, right, bottom, target.code, target.part, text))
    blocks = _blocks(grid, form, hits, book)
    for block in blocks:
        block.versions = tuple(book.forms[version] for version in versions)
        if LEAST_RESEMBLANCE <= block.share < 1:
            _add_misspelt(block, book, index)
    return blocks


_Candidate = tuple[int, int, str, tuple[Target, ...]]


def _label_cells(grid: Grid, book: LabelBook) -> list[_Candidate]:
    found = []
    for row, values in enumerate(grid.rows):
        for column, value in enumerate(values):
            if isinstance(value, str) and (targets := book.targets(value)):
                found.append((row, column, value, targets))
    return found


def _most_likely_form(candidates: list[_Candidate], book: LabelBook, grid: Grid) -> list[int]:
    """The form of which the largest share of items stands here; its title decides between equals.

    Of its versions those count of which most items are found, then those that lack fewest: all that are left.
    """
    codes: dict[int, set[str]] = {}
    for *_, targets in candidates:
        for target in targets:
            codes.setdefault(target.form_index, set()).add(target.code)
    found: dict[str, list[tuple[int, float, int]]] = {}
    for index in sorted(codes):
        form = book.forms[index]
        found.setdefault(form.form_id, []).append((len(codes[index]), len(codes[index]) / len(form.items), index))
    likely = {form_id: max(version[:2] for version in versions) for form_id, versions in found.items()}
    most = max((share for _, share in likely.values()), default=0.0)
    best = [
        [index for count, share, index in found[form_id] if (count, share) == likely[form_id]]
        for form_id in found
        if likely[form_id][1] == most
    ]
    if len(best) < 2:
        return best[0] if best else []
    chosen = _titled([index for versions in best for index in versions], book, grid)
    return next(versions for versions in best if chosen in versions)


def _titled(indexes: list[int], book: LabelBook, grid: Grid) -> int:
    texts = [label_key(value) for values in grid.rows[:8] for value in values if isinstance(value, str)]
    for index, title in book.title_keys:
        if index in indexes and any(title in text for text in texts):
            return index
    return indexes[0]


def number_column(row: Sequence[Any], column: int, numbers: Numbers) -> int | None:
    """The column of the item's own number, if that is what stands next on the left of its label."""
    for left in range(column - 1, max(column - 4, -1), -1):
        value = row[left]
        if value is not None:
            return left if is_number_of(value, numbers) else None
    return None


def is_number_of(value: Any, numbers: Numbers) -> bool:
    """Whether a cell holds the item's number: in its section, on the whole form, or as a code (2, ②, 2., 1.2)."""
    if isinstance(value, str):
        return len(value) < _LONGEST_NUMBER and plain_text(value).strip("().、．。") in numbers
    return type(value) in (int, float) and value in numbers


def _blocks(grid: Grid, form: Form, hits: list[Hit], book: LabelBook) -> list[FormBlock]:
    """Cut the labels into forms: a label seen again after most of a form begins the next one."""
    blocks: list[FormBlock] = []
    seen: set[tuple[str, str | None]] = set()
    for hit in hits:
        if blocks and (hit.code, hit.part) in seen:
            if blocks[-1].share < LEAST_SHARE:
                blocks[-1].repeated.append(hit)
                continue
            seen.clear()
        if not seen:
            blocks.append(FormBlock(grid, form, 0, len(grid.rows) - 1, []))
        blocks[-1].hits.append(hit)
        seen.add((hit.code, hit.part))
    for above, below in pairwise(blocks):
        below.first_row = _start_of(below, max(hit.bottom for hit in above.hits) + 1, book)
        above.last_row = below.first_row - 1
    return blocks


def _start_of(block: FormBlock, earliest: int, book: LabelBook) -> int:
    """The row of the form's title between the form above and its own first label; else that label's row."""
    first_label = block.hits[0].row
    titles = [title for _, title in book.title_keys]
    for row in range(earliest, first_label):
        texts = [label_key(value) for value in block.grid.rows[row] if isinstance(value, str)]
        if any(text.startswith("附件") or any(title in text for title in titles) for text in texts):
            return row
    return first_label


def _add_misspelt(block: FormBlock, book: LabelBook, index: int) -> None:
    """Take texts for missing labels that are nearly the same and stand where the label must stand."""
    taken = {(hit.row, hit.column) for hit in (*block.hits, *block.repeated)}  # a known label is no misspelt one
    for row in range(block.first_row, block.last_row + 1):
        for column, value in enumerate(block.grid.rows[row]):
            if isinstance(value, str) and (row, column) not in taken and 3 < len(value) < 60:
                target = _nearly(block, book, index, row, column, value)
                if target is not None:
                    merge = next((m for m in block.grid.merges if (m.top, m.left) == (row, column)), None)
                    right, bottom = (merge.right, merge.bottom) if merge else (column, row)
                    block.hits.append(Hit(row, column, right, bottom, target.code, target.part, value, corrected=True))
    block.hits.sort(key=lambda hit: (hit.row, hit.column))


def _nearly(block: FormBlock, book: LabelBook, index: int, row: int, column: int, text: str) -> Target | None:
    missing = [item for item in block.missing if _stands_between_neighbours(block, item, row, column)]
    for item in missing:
        if number_column(block.grid.rows[row], column, numbers_of(block.form)[item.code]) is None:
            continue
        alike = likeness(text, item)
        if alike >= max(LIKENESS_WITH_NUMBER, *(likeness(text, other) for other in block.form.items)):
            return Target(index, item.code, None)
    candidates = [Target(index, item.code, None) for item in missing]
    target, score, lead = best_likeness(text, candidates, book)
    return target if score >= LIKENESS_IN_PLACE and lead >= LIKENESS_LEAD else None


def _stands_between_neighbours(block: FormBlock, item: Item, row: int, column: int) -> bool:
    """Whether a place lies after the labels before the item and before those after it, by rows or by columns."""
    order = {known.code: number for number, known in enumerate(block.form.items)}
    before = [hit for hit in block.hits if order[hit.code] < order[item.code]]
    after = [hit for hit in block.hits if order[hit.code] > order[item.code]]
    by_rows = all((h.row, h.column) < (row, column) for h in before) and all(
        (h.row, h.column) > (row, column) for h in after
    )
    by_columns = all((h.column, h.row) < (column, row) for h in before) and all(
        (h.column, h.row) > (column, row) for h in after
    )
    return by_rows or by_columns
