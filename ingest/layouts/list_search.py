"""Finding lists on a grid by their headings: which form, where its head stands, which column holds what.

Belongs here: heads of one to four rows, group heads, lists one below the other, heads repeated on every page. Does not
belong here: what headings name (list_heads.py, list_columns.py), the rows below (list_rows.py), indicator tables
(form_search.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ingest.files.grid import Grid
from ingest.layouts.list_columns import HeadColumns, columns_of
from ingest.layouts.list_heads import Head, ListForm
from ingest.words.labelled_text import stamp_words
from ingest.words.labels import label_key

if TYPE_CHECKING:
    from ingest.layouts.list_rows import ListRows

LEAST_REQUIRED = 0.6  # of the columns a row must fill: with fewer headings a table is not taken for the list
_MOST_HEAD_ROWS = 4
_TITLE_ROWS = 8


@dataclass(slots=True)
class ListBlock:
    """One list on a grid: the rows that belong to it, its head, and the grid columns of each of its columns."""

    grid: Grid
    known: ListForm
    head_top: int
    head_bottom: int
    columns: HeadColumns
    first_row: int = 0
    last_row: int = 0
    repeated: set[int] = field(default_factory=set)  # rows of heads repeated below
    is_named: bool = False  # whether its title or our own template's marker says what it is
    rivals: tuple[ListForm, ...] = ()  # forms that fit just as well
    card: ListRows | None = None  # the one row of a card, whose labels are no head

    @property
    def spans(self) -> dict[str, tuple[int, int]]:
        """The first and last grid column of each column that has a heading."""
        return self.columns.spans

    @property
    def missing(self) -> list[str]:
        """Labels of the columns that a row must fill and that have no heading."""
        return [c.label for c in self.known.form.columns if c.required and c.column_id not in self.spans]

    @property
    def share(self) -> float:
        """How many of the required columns have a heading."""
        required = self.known.required
        return len(required & self.spans.keys()) / len(required) if required else 1.0


def find_lists(grid: Grid, forms: Sequence[ListForm], preferred: str, said: str) -> list[ListBlock]:
    """The lists on a grid, from top to bottom.

    Args:
        grid: where to look.
        forms: the list forms that may stand there.
        preferred: id of the form that the hidden marker of our own templates names; empty without one.
        said: what file and sheet are called, which may hold a title.
    """
    blocks: list[ListBlock] = []
    row = 0
    while row < len(grid.rows):
        block = _best(grid, row, forms, preferred, said)
        if block is None:
            row += 1
            continue
        blocks.append(block)
        row = block.head_bottom + 1
    _part(blocks)
    return _without_repeated_heads(blocks)


def _best(grid: Grid, row: int, forms: Sequence[ListForm], preferred: str, said: str) -> ListBlock | None:
    """The list whose head begins in a row: by marker, then title, then headings."""
    ranked = []
    for known in forms:
        block = _block_at(grid, row, known)
        if block is None:
            continue
        title = _title_above(block) or len(known.title_in(label_key(said)))
        named = (known.form.form_id == preferred, title)
        block.is_named = any(named)
        if block.share >= LEAST_REQUIRED or block.is_named:
            ranked.append(((*named, block.share, len(block.spans), -block.columns.ranks), block))
    if not ranked:
        return None
    best = max(score for score, _ in ranked)
    equal = [block for score, block in ranked if score == best]
    equal[0].rivals = tuple(block.known for block in equal[1:])
    return equal[0]


def _title_above(block: ListBlock) -> int:
    """The length of the form's title in the lines right above its head; 0 when it is not there."""
    rows = block.grid.rows[max(0, block.head_top - _TITLE_ROWS) : block.head_top]
    texts = [value for row in rows for value in row if isinstance(value, str)]
    return max((len(block.known.title_in(label_key(text))) for text in texts), default=0)


def _block_at(grid: Grid, row: int, known: ListForm) -> ListBlock | None:
    """The form's head beginning in a row, if at least two of its headings stand in it."""
    rows = [row]
    while len(rows) < _MOST_HEAD_ROWS and _continues_head(grid, rows, known):
        rows.append(rows[-1] + 1)
    if not list(_hits(grid, row, known)):
        return None
    columns = columns_of(grid, rows, known)
    if len(columns.spans) < min(2, len(known.form.columns)):
        return None
    return ListBlock(grid, known, rows[0], rows[-1], columns)


def _hits(grid: Grid, row: int, known: ListForm) -> Iterator[tuple[int, Head]]:
    for column, value in enumerate(grid.rows[row]):
        if isinstance(value, str) and (head := known.head(value)):
            yield column, head


def _continues_head(grid: Grid, rows: list[int], known: ListForm) -> bool:
    """Whether the next row still belongs to the head: below group heads, or nothing but headings."""
    below = rows[-1] + 1
    if below >= len(grid.rows):
        return False
    filled = {column: value for column, value in enumerate(grid.rows[below]) if value is not None}
    hits = dict(_hits(grid, below, known))
    if not all(isinstance(value, str) for value in filled.values()):
        return False
    if filled and len(hits) == len(filled):
        return True
    if not hits and (len(filled) < 2 or not all(map(known.is_choice, filled.values()))):  # choices to be ticked
        return False
    under_groups = {
        column
        for merge in grid.merges
        if merge.top in rows and merge.bottom < below and merge.right > merge.left
        for column in range(merge.left, merge.right + 1)
    }
    alone = {column for row in rows for column, value in enumerate(grid.rows[row]) if value is not None} - under_groups
    return not alone & filled.keys()


def _part(blocks: list[ListBlock]) -> None:
    """Say which rows belong to which list: a head takes the title and stamped lines above it along."""
    for number, block in enumerate(blocks):
        above = blocks[number - 1].head_bottom + 1 if number else 0
        block.first_row = _begin_of(block, above) if number else 0
        block.last_row = len(block.grid.rows) - 1
        if number:
            blocks[number - 1].last_row = block.first_row - 1


def _begin_of(block: ListBlock, above: int) -> int:
    """The first of the rows above a head that introduce it: stamped words and blank rows up to the title."""
    words = stamp_words(block.known.form)
    row, titled = block.head_top, False
    while row > above:
        texts = [value for value in block.grid.rows[row - 1] if value is not None]
        if not all(isinstance(text, str) for text in texts):
            break
        is_title = any(words.is_title(text) for text in texts)
        if titled and not is_title:
            break
        if texts and not is_title and not any(words.begins_with_label(text) for text in texts):
            break
        row, titled = row - 1, titled or is_title
    return row


def _without_repeated_heads(blocks: list[ListBlock]) -> list[ListBlock]:
    """A head that is repeated on the next page, with nothing new above it, goes on with the same list."""
    kept: list[ListBlock] = []
    for block in blocks:
        last = kept[-1] if kept else None
        same = last is not None and last.known is block.known and last.spans == block.spans
        if last is not None and same and _words_above(block) <= _words_above(last):
            last.repeated |= set(range(block.first_row, block.head_bottom + 1))
            last.last_row = block.last_row
        else:
            kept.append(block)
    return kept


def _words_above(block: ListBlock) -> set[str]:
    rows = block.grid.rows[block.first_row : block.head_top]
    return {label_key(value) for row in rows for value in row if isinstance(value, str)}
