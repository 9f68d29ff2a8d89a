"""What the columns beside the labels hold, as their headings say: the reported figures, other figures, remarks.

Belongs here: headings. Does not belong here: the figures themselves (value_cells.py).
"""

from __future__ import annotations

from enum import Enum

from ingest.cell_words import plain_text
from ingest.form_search import FormBlock

_LONGEST_HEADING = 14


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


def wanted_role(roles: dict[int, Role]) -> Role | None:
    """The kind of column to take figures from; None when no column is headed as one."""
    return next((role for role in (Role.CUMULATIVE, Role.FIGURE) if role in roles.values()), None)


def role_of(block: FormBlock, column: int, first_row: int, label_column: int) -> Role:
    """What the heading above a column says it holds."""
    for row in range(first_row - 1, max(first_row - 4, block.first_row - 1), -1):
        text = _heading(block, row, column, label_column)
        if text in _UNIT_HEADINGS:
            return Role.UNIT
        for role, words in _HEADINGS:
            if any(word in text for word in words):
                return role
    return Role.FIGURE


def _heading(block: FormBlock, row: int, column: int, label_column: int) -> str:
    """A short text above a column, also one merged over several; a title that covers the labels too is none."""
    value = block.value((row, column))
    if value is None:
        over = next((m for m in block.grid.merges if m.top <= row <= m.bottom and m.left <= column <= m.right), None)
        if over is None or over.left <= label_column <= over.right:
            return ""
        value = block.value((over.top, over.left))
    text = plain_text(value) if isinstance(value, str) and len(value) <= _LONGEST_HEADING else ""
    return "" if ":" in text else text  # 填报单位：… stands above a column, but heads none
