"""The rows of a list: which rows of a sheet are rows of the list, and where each of their cells stands.

Belongs here: blank rows, bands, subtotals, notes, number rows, cells merged over several rows, lists that say "none".
Does not belong here: finding the head (list_search.py), what a cell says (list_values.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ingest.files.grid import Merge
from ingest.layouts.list_columns import Place
from ingest.layouts.list_heads import is_counter
from ingest.layouts.list_search import ListBlock
from ingest.layouts.value_cells import is_measure
from ingest.words.cell_words import plain_text
from ingest.words.labelled_text import stamp_words
from ingest.words.list_words import says_none

_SUBTOTAL = re.compile(r"(?:本页|本表|全部)?(?:小计|合计|总计|共计|累计)(?:\W.*|\d.*|数|件数)?")
_NOTE = re.compile(r"(?:附?注|备注|说明|填表说明|填报说明|填表须知)(?:[:1]|$)")
_SIGNED = re.compile(
    r"(?:填[表报]|制表|经办|审[核签批]|签发|联系|(?:单位|主要|分管)?负责|(?:分管|主管|带班)领导)"
    r"(?:人员?|领导|时间|日期|电话)?(?:签[字名章批])?[:(]"
)
_ORDINAL = re.compile(r"[(]?(?:\d{1,3}|[一二三四五六七八九十甲乙丙丁戊己庚辛壬癸]{1,3})[)]?[.、]?")
_BAND = re.compile(r"(?:第[一二三四五六七八九十]{1,3}[章节部类]|[(]?[一二三四五六七八九十]{1,3}[)、.:])")
_SAME_AS_ABOVE = frozenset({"同上", "同前", "〃", '"', "″", "''"})
_TICKS = frozenset({"√", "✓", "✔", "☑", "■", "●", "是", "1"})
_ADDITIVE = frozenset({"integer", "decimal"})  # a number merged over several rows counts once
_LEAST_NUMBERS = 3
_TABLE = "表格"  # how tables of Word texts and web pages are named


class Placed(NamedTuple):
    """A raw value and where it stands; the place may be above its row where cells are merged."""

    raw: Any
    row: int
    column: int


@dataclass(slots=True)
class ListRow:
    """One row of the list: the grid row it begins at and its filled cells by column."""

    row: int
    cells: dict[str, Placed]
    more: dict[str, list[Placed]] = field(default_factory=dict)  # further lines of the same row


@dataclass(slots=True)
class ListRows:
    """The rows of a list, and every place on the grid that belongs to it and not to the words around it."""

    rows: list[ListRow] = field(default_factory=list)
    claimed: set[Place] = field(default_factory=set)
    says_none: Place | None = None  # where the list says that there is nothing to report
    headless: dict[str, None] = field(default_factory=dict)  # names of Word tables below that have no head


def read_rows(block: ListBlock) -> ListRows:
    """Read the rows below a head."""
    merged = _merged_below(block)
    found = ListRows()
    found.claimed.update(
        (row, column)
        for row in (*range(block.head_top, block.head_bottom + 1), *block.repeated)
        for column in range(len(block.grid.rows[row]))
    )
    for row in range(block.head_bottom + 1, block.last_row + 1):
        filled = {column: value for column, value in enumerate(block.grid.rows[row]) if value is not None}
        if _stands_outside(block, row):
            _note_table(block, row, filled, found)
            continue
        if row in block.repeated or not (filled or _is_covered(block, row, merged)):
            continue
        if (kind := _kind_of(block, row, filled, bool(found.rows))) == "words":
            continue
        found.claimed.update((row, column) for column in filled)
        if kind == "none":
            found.says_none = (row, min(filled))
        elif kind == "row":
            _add_row(block, row, filled, merged, found)
    return found


def _stands_outside(block: ListBlock, row: int) -> bool:
    """Whether a row of a Word text or web page is a paragraph, or belongs to a table without the head."""
    origins = block.grid.origins
    if origins is None:
        return False
    repeated = {origins[head].sheet_name for head in block.repeated if origins[head].sheet_name.startswith(_TABLE)}
    return origins[row].sheet_name not in repeated | {origins[block.head_bottom].sheet_name}


def _note_table(block: ListBlock, row: int, filled: Mapping[int, Any], found: ListRows) -> None:
    """Remember another table that may go on with the list, so that it is not passed over without a word."""
    name = block.grid.address(row, 0)[0]
    is_table = name.startswith(_TABLE) and row not in block.repeated
    if is_table and len(filled) > 1 and _kind_of(block, row, filled, True) == "row":
        found.headless.setdefault(name)


def _kind_of(block: ListBlock, row: int, filled: Mapping[int, Any], after_rows: bool) -> str:
    """What a row is: `row`, `none` (says that there is nothing), `words` around the list, or `aside` (no row)."""
    texts = [plain_text(value) for value in filled.values() if isinstance(value, str)]
    words = stamp_words(block.known.form)
    if texts and (_NOTE.match(texts[0]) or _SIGNED.match(texts[0]) or words.begins_with_label(texts[0])):
        return "words"
    listed = {c: v for c, v in filled.items() if not heads_counter(block, c) or not _is_ordinal(v)}
    is_nil = says_none([*listed.values()]) and all(heads_counter(block, c) for c in listed)  # merged over the list
    if filled and not is_nil and not (listed and _in_spans(block, listed)):
        return "aside"
    if says_none([v for c, v in listed.items() if not (_numbers_hazards(block, c) and _is_ordinal(v))]):
        return "none"
    if any(_SUBTOTAL.fullmatch(text) for text in texts[:2]) or _is_band(block, row, filled):
        return "aside"
    if not after_rows and (_is_number_row(filled) or (filled and all(map(is_measure, filled.values())))):
        return "aside"
    if filled and all(isinstance(v, str) and block.known.head(v) for v in filled.values()) and len(filled) > 1:
        return "aside"  # the head again, in another order of rows
    return "row"


def heads_counter(block: ListBlock, column: int) -> bool:
    """Whether a grid column only counts rows: headed 序号 and no column of the form."""
    if any(left <= column <= right for left, right in block.spans.values()):
        return False
    heads = (block.grid.rows[row][column] for row in range(block.head_top, block.head_bottom + 1))
    return any(isinstance(text, str) and is_counter(text) for text in heads)


def _numbers_hazards(block: ListBlock, column: int) -> bool:
    """Whether a grid column holds the numbers of hazards: lists are numbered in advance, also where none follows."""
    left, right = block.spans.get("hazard_number", (0, -1))
    return left <= column <= right


def _is_ordinal(value: Any) -> bool:
    if isinstance(value, str):
        return _ORDINAL.fullmatch(plain_text(value)) is not None
    return isinstance(value, int | float) and not isinstance(value, bool)


def _in_spans(block: ListBlock, filled: Mapping[int, Any]) -> bool:
    return any(left <= column <= right for left, right in block.spans.values() for column in filled)


def _is_band(block: ListBlock, row: int, filled: Mapping[int, Any]) -> bool:
    """Whether a row is a title of the rows below it: a single text over the list's width, numbered, or set apart."""
    if len(filled) != 1:
        return False
    ((column, value),) = filled.items()
    if not isinstance(value, str):
        return False
    merge = next((m for m in block.grid.merges if (m.top, m.left) == (row, column)), None)
    width = merge.right - column + 1 if merge else 1
    columns = [c for c, (left, right) in block.spans.items() if left <= column and column + width - 1 >= right]
    if width > 1 and len(columns) > 1 and len(columns) * 2 >= len(block.spans):
        return True
    numbered = any(
        left <= column <= right and block.known.column(c).type == "task_number"
        for c, (left, right) in block.spans.items()
    )
    return bool(_BAND.match(plain_text(value))) or (
        (numbered or heads_counter(block, column)) and not any(mark.isdigit() for mark in value)
    )


def _is_number_row(filled: Mapping[int, Any]) -> bool:
    """Whether a row counts the columns: 1 2 3, (1) (2) (3), 一 二 三, 甲 1 2."""
    return len(filled) >= _LEAST_NUMBERS and all(map(_is_ordinal, filled.values()))


def _merged_below(block: ListBlock) -> dict[Place, Merge]:
    """Places behind cells that are merged over several rows of the list."""
    return {
        (row, merge.left): merge
        for merge in block.grid.merges
        if merge.bottom > merge.top > block.head_bottom and merge.top <= block.last_row
        for row in range(merge.top + 1, min(merge.bottom, block.last_row) + 1)
    }


def _is_covered(block: ListBlock, row: int, merged: Mapping[Place, Merge]) -> bool:
    """Whether a row without a value of its own shows values that are merged from above in its whole key."""
    key = block.known.form.row_key
    return bool(key) and all(_merge_over(block, row, column_id, merged) for column_id in key)


def _merge_over(block: ListBlock, row: int, column_id: str, merged: Mapping[Place, Merge]) -> Merge | None:
    left, right = block.spans.get(column_id, (0, -1))
    return next((merged[row, column] for column in range(left, right + 1) if (row, column) in merged), None)


def _add_row(
    block: ListBlock, row: int, filled: Mapping[int, Any], merged: Mapping[Place, Merge], found: ListRows
) -> None:
    own = dict(_own_cells(block, row, filled))
    if found.rows and _goes_on(block, row, own, found.rows[-1], merged):
        for column_id, placed in own.items():
            if column_id in found.rows[-1].cells:
                found.rows[-1].more.setdefault(column_id, []).append(placed)
            else:
                found.rows[-1].cells[column_id] = placed
        return
    cells = dict(own)
    above = found.rows[-1].cells if found.rows else {}
    for column_id in block.spans:
        if column_id in own:
            if _says_same(own[column_id].raw) and column_id in above:
                cells[column_id] = own[column_id]._replace(raw=above[column_id].raw)
        elif block.known.column(column_id).type not in _ADDITIVE:
            merge = _merge_over(block, row, column_id, merged)
            value = block.grid.rows[merge.top][merge.left] if merge else None
            if merge and value is not None:
                cells[column_id] = Placed(value, merge.top, merge.left)
    found.rows.append(ListRow(row, cells))


def _goes_on(
    block: ListBlock, row: int, own: Mapping[str, Placed], last: ListRow, merged: Mapping[Place, Merge]
) -> bool:
    """Whether a row is a further line of the one above: its whole key is merged with it, and only text comes twice."""
    twice = (column_id for column_id in own if column_id in last.cells)
    return _is_covered(block, row, merged) and all(block.known.column(c).type == "text" for c in twice)


def _own_cells(block: ListBlock, row: int, filled: Mapping[int, Any]) -> Iterator[tuple[str, Placed]]:
    """The row's own cell of each column; below a head over several columns the last, the most particular, counts."""
    options = block.columns.options
    for column_id, (left, right) in block.spans.items():
        inside = [column for column in range(left, right + 1) if column in filled]
        ticked = [column for column in inside if column in options and _is_tick(filled[column])]
        if ticked:  # choices with a column each
            yield column_id, Placed("、".join(options[column] for column in ticked), row, ticked[0])
        elif inside:
            yield column_id, Placed(filled[inside[-1]], row, inside[-1])


def _is_tick(value: Any) -> bool:
    return value == 1 or (isinstance(value, str) and plain_text(value) in _TICKS)


def _says_same(raw: Any) -> bool:
    return isinstance(raw, str) and plain_text(raw) in _SAME_AS_ABOVE
