"""The parts of an Office Open XML file: found by relationship, inflated with a checksum, parsed without a DTD.

Belongs here: what workbooks and documents have in common. Does not belong here: their content (read_xlsx.py,
read_docx.py), judging the container as a whole (guard.py).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple, ParamSpec, TypeVar

from lxml import etree

from ingest.files.zip_members import DamagedError, open_container

P = ParamSpec("P")
R = TypeVar("R")

_MOST_PART_BYTES = 64 * 1024 * 1024
_MOST_REMEMBERED_BYTES = 64 * 1024
_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, collect_ids=False, remove_comments=True, remove_pis=True
)


_KEYWORDS = re.compile(rb"<(?:\w+:)?keywords>([ -%'-;=?-~]*)<")  # without signs that XML writes otherwise


class Relation(NamedTuple):
    """One relationship: its id, the last word of its type, the part it leads to."""

    identifier: str
    kind: str
    target: str


class OfficeParts:
    """Parts by name, without regard to case and slashes, as some programs write them differently."""

    def __init__(self, content: bytes) -> None:
        self._container = open_container(content)

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._container.members

    def data(self, name: str) -> bytes | None:
        """The bytes of a part; None when there is no such part.

        Raises:
            DamagedError: wrong checksum, or far too large.
            UnsafeError: the part carries a DTD.
        """
        name = name.lower()
        info = self._container.members.get(name)
        if info is None:
            return None
        if info.file_size > _MOST_PART_BYTES:
            raise DamagedError("内部文件过大", "a part is far too large")
        return self._container.part(name)

    def xml(self, name: str) -> Any | None:
        """The root element of a part; None when there is no such part. Raises as `data` does."""
        data = self.data(name)
        return None if data is None else parsed(data)

    def related(self, name: str) -> tuple[Relation, ...]:
        """The relationships of a part, without links to other files."""
        folder, _, file_name = name.rpartition("/")
        data = self.data(f"{folder}/_rels/{file_name}.rels".lstrip("/"))
        return () if data is None else _relations(data, folder)

    def marker(self) -> str:
        """The core property `keywords`, where our own templates keep their marker."""
        core = self.data("docProps/core.xml") or b""
        plain = _KEYWORDS.findall(core)
        if len(plain) == 1:
            return plain[0].decode("ascii")
        if b"keywords" not in core:
            return ""
        return next((child.text or "" for child in parsed(core) if child.tag.endswith("}keywords")), "")


def parsed(part: bytes) -> Any:
    """The root element of a part.

    Raises:
        DamagedError: it is no complete XML.
    """
    try:
        return etree.fromstring(part, _PARSER)
    except etree.XMLSyntaxError as error:
        raise DamagedError("内部 XML 不完整", "a part is no complete XML") from error


def remember_small(read: Callable[P, R]) -> Callable[P, R]:
    """Remember what was read from parts that are small: many files of a month hold the very same ones."""
    remembered: Callable[P, R] = lru_cache(maxsize=64)(read)  # type: ignore[assignment]

    def call(*arguments: P.args, **named: P.kwargs) -> R:
        size = sum(len(argument) for argument in arguments if isinstance(argument, bytes))
        return (remembered if size <= _MOST_REMEMBERED_BYTES else read)(*arguments, **named)

    return call


@remember_small
def _relations(part: bytes, folder: str) -> tuple[Relation, ...]:
    return tuple(
        Relation(
            relation.get("Id", ""),
            relation.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/"),
        )
        for relation in parsed(part)
        if relation.get("TargetMode") != "External"
    )


def local_name(element: Any) -> str:
    """The tag without its namespace: transitional and strict files then read alike."""
    return _without_namespace(element.tag)


@lru_cache(maxsize=4096)
def _without_namespace(tag: str) -> str:
    return str(tag).rpartition("}")[2]
