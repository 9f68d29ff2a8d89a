"""An Office file as its parts: read, replaced and added one by one, everything else kept byte for byte.

Belongs here: parts, relationships, content types. Does not belong here: what a part says (marked_xlsx.py).
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import dataclass, field
from typing import Any, Final

from reports.paper.finished_file import FIRST_ZIP_MOMENT
from reports.returns.marked_workbook import NotMarkableError

_RELATIONS: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_CONTENT_TYPES: Final = "[Content_Types].xml"
_PACKED: Final = (".png", ".jpg", ".jpeg")  # deflating them again costs time and gains nothing


@dataclass(slots=True)
class Relation:
    """One relationship of a part; `kind` is the last word of its type, `family` what stands before."""

    identifier: str
    kind: str
    family: str
    target: str


@dataclass(slots=True)
class OfficePackage:
    """The parts of one zip; changes stay in memory until `save`."""

    content: bytes
    _names: dict[str, str] = field(default_factory=dict)  # lower case → as stored
    _changed: dict[str, bytes] = field(default_factory=dict)
    _source: Any = None

    def __post_init__(self) -> None:
        self._source = zipfile.ZipFile(io.BytesIO(self.content))
        stored = [member.filename for member in self._source.infolist()]
        self._names = {name.lower(): name for name in stored}
        if len(self._names) != len(stored):
            raise NotMarkableError("two parts have one name")

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._names

    def data(self, name: str) -> bytes:
        """The bytes of a part.

        Raises:
            NotMarkableError: there is no such part.
        """
        stored = self._names.get(name.lower())
        if stored is None:
            raise NotMarkableError(f"no part {name}")
        return self._changed[stored] if stored in self._changed else self._source.read(stored)

    def xml(self, name: str) -> Any:
        """The root element of a part; entities are not expanded, nothing outside is fetched.

        Raises:
            NotMarkableError: no such part, or it declares a document type.
        """
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        root = etree.fromstring(self.data(name), parser)
        if root.getroottree().docinfo.doctype:
            raise NotMarkableError(f"{name} declares a document type")
        return root

    def put(self, name: str, content: bytes) -> None:
        self._changed[self._names.setdefault(name.lower(), name)] = content

    def put_xml(self, name: str, root: Any) -> None:
        from lxml import etree

        self.put(name, etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))

    def relations(self, part: str) -> list[Relation]:
        """The relationships of a part (`""`: of the package) to other parts, targets as full names."""
        name = _relations_name(part)
        if name not in self:
            return []
        found = []
        for element in self.xml(name).iter(f"{_RELATIONS}Relationship"):
            if element.get("TargetMode", "Internal") == "Internal":
                family, _, kind = element.get("Type", "").rpartition("/")
                target = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), element.get("Target", "")))
                found.append(Relation(element.get("Id", ""), kind, family, target.lstrip("/")))
        return found

    def relate(self, part: str, kind: str, family: str, target: str) -> str:
        """Add a relationship from one part to another and return its id."""
        from lxml import etree

        name = _relations_name(part)
        root = self.xml(name) if name in self else etree.Element(f"{_RELATIONS}Relationships", nsmap=_only(_RELATIONS))
        taken = {element.get("Id") for element in root}
        identifier = next(f"rIdMark{n}" for n in range(1, len(taken) + 2) if f"rIdMark{n}" not in taken)
        etree.SubElement(root, f"{_RELATIONS}Relationship", Id=identifier, Type=f"{family}/{kind}", Target=f"/{target}")
        self.put_xml(name, root)
        return identifier

    def free_name(self, pattern: str) -> str:
        """The first name of a pattern such as `xl/comments{}.xml` that no part has."""
        return next(name for n in range(1, len(self._names) + 2) if (name := pattern.format(n)) not in self)

    def declare(self, content_type: str, *, part: str = "", extension: str = "") -> None:
        """Say of which type a part, or every part with this extension, is."""
        from lxml import etree

        root = self.xml(_CONTENT_TYPES)
        if extension:
            known = {e.get("Extension", "").lower() for e in root.iter(f"{_TYPES}Default")}
            if extension not in known:
                entry = etree.Element(f"{_TYPES}Default", Extension=extension, ContentType=content_type)
                root.insert(0, entry)
        else:
            etree.SubElement(root, f"{_TYPES}Override", PartName=f"/{part}", ContentType=content_type)
        self.put_xml(_CONTENT_TYPES, root)

    def save(self) -> bytes:
        """The whole file: parts in their old order, new ones at the end."""
        finished = io.BytesIO()
        with zipfile.ZipFile(finished, "w", zipfile.ZIP_DEFLATED) as target:
            stored = [member for member in self._source.infolist() if not member.is_dir()]
            for member in stored:
                _write(target, member.filename, member.date_time, self.data(member.filename))
            for name in sorted(self._changed.keys() - {member.filename for member in stored}):
                _write(target, name, FIRST_ZIP_MOMENT, self._changed[name])
        return finished.getvalue()


def _write(target: zipfile.ZipFile, name: str, moment: tuple[int, ...], content: bytes) -> None:
    entry = zipfile.ZipInfo(name, moment)  # type: ignore[arg-type]
    entry.compress_type = zipfile.ZIP_STORED if name.lower().endswith(_PACKED) else zipfile.ZIP_DEFLATED
    target.writestr(entry, content)


def _relations_name(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return posixpath.join(folder, "_rels", f"{name}.rels")


def namespace_of(root: Any) -> str:
    """The namespace of an element in braces, as it stands before the names of its children; empty without one."""
    return root.tag[: root.tag.index("}") + 1] if "}" in root.tag else ""


def _only(tag: str) -> dict[None, str]:
    return {None: tag.strip("{}")}
