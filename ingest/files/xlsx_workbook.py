"""What a workbook says about all its sheets: names, parts, hidden ones, cell formats, the epoch of its dates.

Belongs here: xl/workbook.xml with its relations and styles. Does not belong here: cells and texts, which are read in
two ways (xlsx_plain.py, xlsx_sheets.py), and choosing between them (read_xlsx.py).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from ingest.files.office_parts import OfficeParts, Relation, local_name, parsed, remember_small
from ingest.files.xlsx_styles import CellStyles, read_styles
from ingest.files.zip_members import DamagedError

# our own templates keep a marker there, and nothing of a sheet hangs on a name: without them the parts are alike
_PLAIN_NAMES = re.compile(
    rb"<definedNames>(?:<definedName(?: \w+=\"[^\"<>&]*\")*>[^<>&]*</definedName>)*</definedNames>"
)


class SheetEntry(NamedTuple):
    """A sheet in the order of the tabs; `part` is empty when the workbook does not say where it stands."""

    name: str
    part: str
    hidden: bool


class Workbook(NamedTuple):
    """Everything that the sheets of a workbook share, but their texts."""

    sheets: tuple[SheetEntry, ...]
    styles: CellStyles
    texts_part: str
    starts_1904: bool
    calculates_on_opening: bool


def read_workbook(parts: OfficeParts) -> Workbook:
    """Read the directory of a workbook.

    Raises:
        DamagedError, UnsafeError: a part is missing, damaged, or carries a DTD.
    """
    main = next((relation.target for relation in parts.related("") if relation.kind == "officeDocument"), None)
    main = main or "xl/workbook.xml"
    directory = parts.data(main)
    if directory is None:
        raise DamagedError("缺少工作簿目录", "it has no workbook part")
    related = parts.related(main)
    styles = next((relation.target for relation in related if relation.kind == "styles"), "xl/styles.xml")
    return _workbook_of(_PLAIN_NAMES.sub(b"", directory), parts.data(styles), related)


@remember_small
def _workbook_of(directory: bytes, styles: bytes | None, related: tuple[Relation, ...]) -> Workbook:
    by_kind = {relation.kind: relation.target for relation in related}
    targets = {relation.identifier: relation.target for relation in related}
    sections = {local_name(child): child for child in parsed(directory)}
    return Workbook(
        tuple(_entry(sheet, targets) for sheet in sections.get("sheets", ())),
        CellStyles() if styles is None else _styles_of(styles),
        by_kind.get("sharedStrings", "xl/sharedStrings.xml"),
        is_on(sections.get("workbookPr"), "date1904"),
        is_on(sections.get("calcPr"), "fullCalcOnLoad"),
    )


def is_on(element: Any, name: str) -> bool:
    """Whether an element is there and switches something on."""
    return element is not None and element.get(name) in ("1", "true")


def _entry(sheet: Any, targets: Mapping[str, str]) -> SheetEntry:
    identifier = next((value for name, value in sheet.items() if name.endswith("}id")), "")
    return SheetEntry(sheet.get("name", ""), targets.get(identifier, ""), sheet.get("state", "visible") != "visible")


@remember_small
def _styles_of(part: bytes) -> CellStyles:
    return read_styles(parsed(part))
