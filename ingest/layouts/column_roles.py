"""What the columns beside the labels hold, as their headings say: the reported figures, other figures, remarks.

Belongs here: headings. Does not belong here: the figures themselves (value_cells.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

from ingest.layouts.form_search import FormBlock, Place
from ingest.words.cell_words import plain_text

LONGEST_HEADING = 14
MOST_HEADING_ROWS = 4
_TOTAL = re.compile(r"^(?:合计|总计|小计|累计|全市|全区|全县)")


class Role(Enum):
    """What a column beside the labels holds, as its heading says."""

    CUMULATIVE = "cumulative"
    FIGURE = "figure"
    OTHER = "other"  # last month, this month's increase, targets: figures, but not the ones reported
    UNIT = "unit"
    REMARK = "remark"


_HEADINGS: tuple[tuple[Role, tuple[str, ...]], ...] = (
    (Role.OTHER, ("上月", "上期", "上年", "去年", "同期")),  # also 上月累计
    (Role.CUMULATIVE, ("累计",)),  # also 本月累计
    (Role.REMARK, ("备注", "说明")),
    (Role.OTHER, ("本月", "当月", "本期", "当期", "增减", "环比", "同比", "目标")),
)
_UNIT_HEADINGS = ("单位", "计量单位", "单位(计量)")


def is_total(text: str) -> bool:
    """Whether a row's or column's name says that it adds up others."""
    return _TOTAL.match(text) is not None


def wanted_role(roles: dict[int, Role]) -> Role | None:
    """The kind of column to take figures from; None when no column is headed as one."""
    return next((role for role in (Role.CUMULATIVE, Role.FIGURE) if role in roles.values()), None)


def role_of(block: FormBlock, column: int, first_row: int, label_column: int) -> Role:
    """What the heading above a column says it holds."""
    for text, _ in headings(block, column, first_row, label_column):
        if text in _UNIT_HEADINGS:
            return Role.UNIT
        for role, words in _HEADINGS:
            if any(word in text for word in words):
                return role
    return Role.FIGURE


def headings(block: FormBlock, column: int, first_row: int, label_column: int) -> Iterator[tuple[str, Place]]:
    """The headings above a column from the lowest up, also those merged over several columns."""
    for row in range(first_row - 1, max(first_row - MOST_HEADING_ROWS, block.first_row) - 1, -1):
        place = (row, column)
        if block.value(place) is None:
            over = next((m for m in block.grid.merges if m.holds(row, column)), None)
            if over is None or over.left <= label_column <= over.right:  # a title that covers the labels too heads none
                continue
            place = (over.top, over.left)
        value = block.value(place)
        text = plain_text(value) if isinstance(value, str) and len(value) <= LONGEST_HEADING else ""
        if text and ":" not in text:  # 填报单位：… stands above a column, but heads none
            yield text, place
