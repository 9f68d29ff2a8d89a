"""Excel workbooks written part by part, so that a cell, a style or a part can be whatever some program once wrote.

Belongs here: the workbook around a form and ways of changing it. Does not belong here: which changes are tried
(excel_cells.py, excel_containers.py).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from xml.sax.saxutils import escape

from ingest.files.grid import column_letters, column_number
from tests.forms import Table, pairs
from tests.unit.ingest.parsing import FILLED, FORM, STAMPED

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"
WORKBOOK = "xl/workbook.xml"

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.{}+xml"

Parts = dict[str, bytes]
Change = Callable[[Parts], None]


@cache
def ordinary() -> tuple[tuple[tuple[object, ...], ...], tuple[tuple[int, int, int, int], ...]]:
    """The official layout, filled in by a careful clerk."""
    table = pairs(FORM, FILLED, **STAMPED)
    return tuple(map(tuple, table.rows)), tuple(table.merges)


def ordinary_table() -> Table:
    rows, merges = ordinary()
    return Table([list(row) for row in rows], list(merges))


def excel(
    cells: Mapping[str, str] | None = None,
    *changes: Change,
    formats: Sequence[str] = (),
    font: str = "",
    table: Table | None = None,
) -> bytes:
    """A workbook with the filled form.

    Args:
        cells: reference → XML of that cell instead of its own.
        changes: what is done to the parts before they are packed.
        formats: number formats as codes or ids; the first is cell style 1.
        font: what the font of the style behind these says.
        table: what stands on the sheet instead of the ordinary form.
    """
    table = table or ordinary_table()
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(("rId1", "officeDocument", WORKBOOK)),
        WORKBOOK: _workbook(),
        "xl/_rels/workbook.xml.rels": _relations(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "styles", "styles.xml"),
            ("rId3", "sharedStrings", "sharedStrings.xml"),
        ),
        STYLES: styles(formats, font),
    }
    parts[SHEET], parts[STRINGS] = _sheet(table, dict(cells or {}))
    for change in changes:
        change(parts)
    return packed(parts)


def packed(parts: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2023, 6, 24, 9, 0, 0)), part, compression)
    return target.getvalue()


def repacked(content: bytes, compression: int) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return packed({name: archive.read(name) for name in archive.namelist()}, compression)


def replaced(part: str, old: str, new: str) -> Change:
    """A change of one text in one part, which must be there."""

    def change(parts: Parts) -> None:
        assert old.encode() in parts[part], f"{old} is not in {part}"
        parts[part] = parts[part].replace(old.encode(), new.encode(), 1)

    return change


def added(part: str, content: bytes | str) -> Change:
    def change(parts: Parts) -> None:
        parts[part] = content.encode() if isinstance(content, str) else content

    return change


def number(reference: str, value: str, style: int = 0) -> str:
    return f'<c r="{reference}" s="{style}"><v>{value}</v></c>'


def inline(reference: str, content: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is>{content}</is></c>'


def styles(formats: Sequence[str], font: str) -> bytes:
    """Style 0 is plain, styles 1… have the formats, the last style has the `font`."""
    custom = {code: 164 + position for position, code in enumerate(formats) if not code.isdigit()}
    codes = "".join(
        f'<numFmt numFmtId="{identifier}" formatCode="{escape(code, {chr(34): "&quot;"})}"/>'
        for code, identifier in custom.items()
    )
    used = [custom.get(code) or int(code) for code in formats]
    cell_formats = "".join(f'<xf numFmtId="{identifier}" fontId="0" applyNumberFormat="1"/>' for identifier in used)
    fonts = f'<font><sz val="11"/></font><font>{font}<sz val="11"/></font>'
    return (
        f'{_HEAD}<styleSheet xmlns="{_MAIN}"><numFmts count="{len(custom)}">{codes}</numFmts>'
        f'<fonts count="2">{fonts}</fonts>'
        f'<cellXfs count="{len(used) + 2}"><xf numFmtId="0" fontId="0"/>{cell_formats}'
        f'<xf numFmtId="0" fontId="1" applyFont="1"/></cellXfs></styleSheet>'
    ).encode()


def _sheet(table: Table, cells: dict[str, str]) -> tuple[bytes, bytes]:
    texts: dict[str, int] = {}
    rows = []
    for row, values in enumerate(table.rows, start=1):
        own = {f"{column_letters(c)}{row}": _cell(f"{column_letters(c)}{row}", v, texts) for c, v in enumerate(values)}
        own |= {reference: cells.pop(reference) for reference in list(cells) if reference.lstrip(_LETTERS) == str(row)}
        inner = "".join(own[ref] for ref in sorted(own, key=lambda r: column_number(r.rstrip("0123456789"))))
        rows.append(f'<row r="{row}" spans="1:7">{inner}</row>')
    assert not cells, f"no such rows: {cells}"
    merges = "".join(
        f'<mergeCell ref="{column_letters(left)}{top + 1}:{column_letters(right)}{bottom + 1}"/>'
        for top, left, bottom, right in table.merges
    )
    merged = f"<mergeCells>{merges}</mergeCells>" if merges else ""
    entries = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
    sheet = f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>{"".join(rows)}</sheetData>{merged}</worksheet>'
    strings = f'{_HEAD}<sst xmlns="{_MAIN}" count="{len(texts)}" uniqueCount="{len(texts)}">{entries}</sst>'
    return sheet.encode(), strings.encode()


_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _cell(reference: str, value: object, texts: dict[str, int]) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f'<c r="{reference}" t="s"><v>{texts.setdefault(value, len(texts))}</v></c>'
    return f'<c r="{reference}"><v>{value}</v></c>'


def _workbook() -> bytes:
    sheet = '<sheet name="调度表" sheetId="1" r:id="rId1"/>'
    return (
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_DOCUMENT}"><workbookPr/><sheets>{sheet}</sheets></workbook>'
    ).encode()


def _relations(*relations: tuple[str, str, str]) -> bytes:
    inner = "".join(
        f'<Relationship Id="{identifier}" Type="{_DOCUMENT}/{kind}" Target="{target}"/>'
        for identifier, kind, target in relations
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}">{inner}</Relationships>'.encode()


def _content_types() -> bytes:
    parts = (("xl/workbook.xml", "sheet.main"), (SHEET, "worksheet"), (STYLES, "styles"), (STRINGS, "sharedStrings"))
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{_SHEET_TYPE.format(kind)}"/>' for name, kind in parts
    )
    default = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return (
        f'{_HEAD}<Types xmlns="{_TYPES}">{default}<Default Extension="xml" ContentType="application/xml"/>'
        f"{overrides}</Types>"
    ).encode()
