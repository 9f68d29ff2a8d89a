"""Reads YAML and CSV text as plain values and remembers on which line each stood.

Belongs here: safe reading, duplicate keys, line numbers. Does not belong here: what the values mean (model.py).

Every YAML scalar is read as text and only the model gives it a type: so the item code 3.10 never becomes the number
3.1, the key `no` never becomes false, and no tag can build an object. Anchors are refused: people read these files.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # the C reader is ten times faster where it is built
_PLAIN_TAGS = {f"tag:yaml.org,2002:{name}" for name in ("str", "seq", "map")}
_NOTHING = {"", "~", "null"}

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


def read_yaml(path: Path, kind: type) -> Source:
    """Read a YAML file whose outermost value is a `dict` or a `list`.

    Raises:
        CampaignError: missing, not UTF-8, not YAML, a repeated key, a tag or an anchor, or another outermost value.
    """
    text = _text(path)
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise CampaignError(f"{path}:{line}: YAML 写法有误 / not valid YAML: {error.problem}") from None
    except yaml.YAMLError as error:
        raise CampaignError(f"{path}:1: YAML 写法有误 / not valid YAML: {error}") from None
    if node is None:
        raise CampaignError(f"{path}:1: 文件是空的 / the file is empty")
    reader = _NodeReader(path)
    data = reader.value(node, ())
    if not isinstance(data, kind):
        wanted = (
            "键: 值 / keys with values" if kind is dict else "以 - 开头的列表 / a list of entries that begin with -"
        )
        raise CampaignError(f"{path}:1: 最外层应为 {wanted}")
    return Source(path, data, reader.lines)


class _NodeReader:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines: dict[Steps, int] = {}
        self._seen: set[int] = set()

    def value(self, node: yaml.Node, steps: Steps) -> Any:
        line = node.start_mark.line + 1
        self.lines.setdefault(steps, line)
        if id(node) in self._seen:
            raise CampaignError(f"{self.path}:{line}: 不要用锚点，请把内容写全 / anchors are not allowed; write it out")
        self._seen.add(id(node))
        if node.tag not in _PLAIN_TAGS:
            raise CampaignError(f"{self.path}:{line}: 不允许标签 / tags are not allowed: {node.tag}")
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, steps)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*steps, index)) for index, child in enumerate(node.value)]
        assert isinstance(node, yaml.ScalarNode)  # noqa: S101 - YAML has no fourth kind of node
        return None if not node.style and node.value in _NOTHING else node.value

    def _mapping(self, node: yaml.MappingNode, steps: Steps) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            key = key_node.value
            if not isinstance(key, str):
                raise CampaignError(f"{self.path}:{line}: 键名应为文字 / a key must be text")
            if key in values:
                first = self.lines[(*steps, key)]
                raise CampaignError(
                    f"{self.path}:{line}: 键名 {key!r} 重复，第 {first} 行已有 / key {key!r} repeats line {first}"
                )
            self.lines[(*steps, key)] = line
            values[key] = self.value(value_node, (*steps, key))
        return values


def read_csv(
    path: Path, columns: Sequence[str], list_columns: Sequence[str] = (), optional: Sequence[str] = ()
) -> Source:
    """Read a CSV whose first row is `columns`, then any of `optional`; an empty cell is left out, `|` separates a list.

    Raises:
        CampaignError: missing, not UTF-8, another first row, a row with too few or too many cells.
    """
    reader = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
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


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise CampaignError(f"{path}:1: 找不到这个文件 / this file is missing") from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise CampaignError(
            f"{path}:{line}: 不是 UTF-8 编码，请另存为 UTF-8 / not UTF-8; save the file as UTF-8"
        ) from None
