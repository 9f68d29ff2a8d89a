"""Reads YAML as plain values and remembers on which line each stood.

Belongs here: safe reading, duplicate keys, line numbers. Does not belong here: what the values mean (model.py).

Every scalar is read as text and only the model gives it a type: so the item code 3.10 never becomes the number 3.1, the
key `no` never becomes false, and no tag can build an object. Anchors are refused: people read these files.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from campaigns.source_files import CampaignError, Source, Steps, text_of

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # the C reader is ten times faster where it is built
_PLAIN_TAGS = {f"tag:yaml.org,2002:{name}" for name in ("str", "seq", "map")}
_NOTHING = {"", "~", "null"}


def read_yaml(path: Path, kind: type) -> Source:
    """Read a YAML file whose outermost value is a `dict` or a `list`.

    Raises:
        CampaignError: missing, not UTF-8, not YAML, a repeated key, a tag or an anchor, or another outermost value.
    """
    text = text_of(path)
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
