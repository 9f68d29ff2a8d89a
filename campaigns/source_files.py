"""A campaign's files as plain values, with the line on which each stood; CSV files are read here.

Belongs here: what every reader of such files shares, and CSV. Does not belong here: YAML (yaml_files.py), what the
values mean (model.py).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Steps = tuple[str | int, ...]


class CampaignError(Exception):
    """A campaign's folder is wrong; the message names file and line and says what to do."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file's values, and the line of each by its path inside the file."""

    path: Path
    data: Any
    lines: Mapping[Steps, int]

    def line(self, steps: Sequence[Any]) -> int:
        """The line of the value at `steps`, or of the nearest thing around it."""
        inside = tuple(steps)
        while inside and inside not in self.lines:
            inside = inside[:-1]
        return self.lines.get(inside, 1)


def read_csv(
    path: Path, columns: Sequence[str], list_columns: Sequence[str] = (), optional: Sequence[str] = ()
) -> Source:
    """Read a CSV whose first row is `columns`, then any of `optional`; an empty cell is left out, `|` separates a list.

    Raises:
        CampaignError: missing, not UTF-8, another first row, a row with too few or too many cells.
    """
    reader = csv.reader(io.StringIO(text_of(path), newline=""), strict=True)
    rows: list[dict[str, Any]] = []
    lines: dict[Steps, int] = {}
    try:
        header = next(reader, [])
        added = header[len(columns) :]
        if header[: len(columns)] != list(columns) or len(set(added)) != len(added) or not set(added) <= set(optional):
            raise CampaignError(
                f"{path}:1: 表头应为 {','.join(columns)}，现为 {','.join(header)}"
                " / the first row must name exactly these columns"
            )
        last_line = reader.line_num
        for cells in reader:
            first_line, last_line = last_line + 1, reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                raise CampaignError(
                    f"{path}:{reader.line_num}: 应有 {len(header)} 格，实有 {len(cells)} 格"
                    f" / expected {len(header)} cells, found {len(cells)}"
                )
            lines[(len(rows),)] = first_line
            rows.append(_row(dict(zip(header, cells, strict=True)), list_columns))
    except csv.Error as error:
        raise CampaignError(f"{path}:{reader.line_num}: CSV 写法有误 / not valid CSV: {error}") from None
    return Source(path, rows, lines)


def _row(cells: Mapping[str, str], list_columns: Sequence[str]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for name, cell in cells.items():
        if name in list_columns:
            row[name] = [text.strip() for text in cell.split("|") if text.strip()]
        elif cell.strip():
            row[name] = cell.strip()
    return row


def text_of(path: Path) -> str:
    """A file's text; CampaignError where it is missing or not UTF-8."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise CampaignError(f"{path}:1: 找不到这个文件 / this file is missing") from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise CampaignError(
            f"{path}:{line}: 不是 UTF-8 编码，请另存为 UTF-8 / not UTF-8; save the file as UTF-8"
        ) from None
