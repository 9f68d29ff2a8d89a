"""What stands around the rows of a sheet: hidden columns, rows hidden by default, merged ranges.

Belongs here: everything of a sheet but its cells, alike for both ways of reading. Does not belong here: the cells
(xlsx_plain.py, xlsx_sheets.py).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

from ingest.files.grid import MOST_COLUMNS, Merge, column_number
from ingest.files.xlsx_workbook import is_on

REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})$")


class SheetFrame(NamedTuple):
    """`namespace` is what stands before the tags of the sheet, in braces; empty when it has none."""

    namespace: str
    merges: tuple[Merge, ...]
    hidden_columns: frozenset[int]
    rows_are_hidden: bool


def frame_of(root: Any) -> SheetFrame:
    """The frame of a parsed sheet."""
    namespace = root.tag[: root.tag.index("}") + 1] if "}" in root.tag else ""
    ranges = (merge.get("ref", "") for merge in root.iterfind(f"{namespace}mergeCells/{namespace}mergeCell"))
    return SheetFrame(
        namespace,
        tuple(merge for merge in map(_merge_of, ranges) if merge is not None),
        _hidden_columns(root, namespace),
        is_on(root.find(f"{namespace}sheetFormatPr"), "zeroHeight"),
    )


@lru_cache(maxsize=16_384)
def _merge_of(reference: str) -> Merge | None:
    first, _, last = reference.partition(":")
    start, end = REFERENCE.match(first), REFERENCE.match(last or first)
    if start is None or end is None:
        return None
    return Merge(int(start[2]) - 1, column_number(start[1]), int(end[2]) - 1, column_number(end[1]))


def _hidden_columns(root: Any, namespace: str) -> frozenset[int]:
    hidden: set[int] = set()
    for columns in root.iterfind(f"{namespace}cols/{namespace}col"):
        if is_on(columns, "hidden") or columns.get("width") == "0":
            first = int(columns.get("min", 1)) - 1
            hidden.update(range(first, min(int(columns.get("max", 1)), first + MOST_COLUMNS)))
    return frozenset(hidden)
