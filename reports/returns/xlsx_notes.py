"""Comments in a workbook's own XML: the part that holds the texts, and the drawing that Excel wants beside it.

Belongs here: new comments and comments added to those that are there. Does not belong here: fills (marked_xlsx.py).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from campaigns.vocabulary import RuleClass
from reports.paper.safe_text import safe_text
from reports.returns.marked_workbook import Mark, NotMarkableError
from reports.returns.office_package import OfficePackage, namespace_of

_COMMENTS_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE: Final = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_AFTER_DRAWING: Final = (
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
)
_SHAPE_NUMBER: Final = re.compile(rb"_x0000_s(\d{1,9})\"")
_OPENING: Final = re.compile(rb"<xml\b[^>]*>")
_NAMESPACES: Final = (
    'xmlns:v="urn:schemas-microsoft-com:vml"',
    'xmlns:o="urn:schemas-microsoft-com:office:office"',
    'xmlns:x="urn:schemas-microsoft-com:office:excel"',
)
_EMPTY_DRAWING: Final = (
    f'<xml {" ".join(_NAMESPACES)}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
).encode()
_SHAPE_TYPE: Final = (
    '<v:shapetype{declared} id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE: Final = (
    '<v:shape{declared} id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;'
    'margin-top:2pt;width:{width}pt;height:{height}pt;z-index:1;visibility:hidden" fillcolor="#ffffe1"'
    ' o:insetmode="auto">'
    '<v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill>'
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_SETTLED: Final = "上次标注的问题，这次没有再发现。"
_OWN_NOTE: Final = re.compile(rf"\s*【(?:{'|'.join(one.chinese for one in RuleClass)}) [A-Z]{{2}}-\d-\d{{2}}】")
_WIDTH_POINTS: Final = 220
_CHARACTERS_A_LINE: Final = 22
_LINE_POINTS: Final = 14


def add_notes(
    package: OfficePackage, sheet_name: str, sheet: Any, family: str, marks: Sequence[Mark], author: str
) -> None:
    """Add the marks' notes to a sheet; a cell that already has a comment keeps it, with the note below.

    Args:
        package: the workbook; its parts for comments and drawing are changed or made.
        sheet_name: the sheet's part.
        sheet: its root element; gets a reference to the drawing if it has none.
        family: what stands before the kind in the types of relationships (strict files have their own).
        marks: cells of this sheet.
        author: who is shown as the writer.
    """
    related = package.relations(sheet_name)
    space = namespace_of(sheet)
    known = next((one.target for one in related if one.kind == "comments"), None)
    name = known or package.free_name("xl/comments{}.xml")
    comments = package.xml(name) if known else _empty_comments(sheet, space)
    new = _write_comments(comments, marks, author)
    package.put_xml(name, comments)
    if known is None:
        package.declare(_COMMENTS_TYPE, part=name)
        package.relate(sheet_name, "comments", family, name)
    if new:
        _draw(package, sheet_name, sheet, space, family, new)


def _empty_comments(sheet: Any, space: str) -> Any:
    from lxml import etree

    root = etree.Element(f"{space}comments", nsmap={sheet.prefix: space.strip("{}")})
    etree.SubElement(root, f"{space}authors")
    etree.SubElement(root, f"{space}commentList")
    return root


def _write_comments(root: Any, marks: Sequence[Mark], author: str) -> list[Mark]:
    """Write the texts and return the marks whose cell had no comment before.

    Notes of an earlier return give way to the new ones: the form may have been corrected in a marked copy.
    """
    from lxml import etree

    space = namespace_of(root)
    authors, listed = root.find(f"{space}authors"), root.find(f"{space}commentList")
    if authors is None or listed is None:
        raise NotMarkableError("the comments have no list")
    etree.SubElement(authors, f"{space}author").text = author
    blamed = {mark.address.reference for mark in marks}
    texts: dict[str, Any] = {}
    for comment in listed.iterchildren(f"{space}comment"):
        text = comment.find(f"{space}text")
        if text is not None:
            texts[comment.get("ref", "")] = text
            if _drop_own_notes(text) and comment.get("ref") not in blamed and len(text) == 0:
                _add_run(text, space, _SETTLED)
    new = [mark for mark in marks if mark.address.reference not in texts]
    for mark in marks:
        text = texts.get(mark.address.reference)
        if text is None:
            number = str(len(authors) - 1)
            comment = etree.SubElement(listed, f"{space}comment", ref=mark.address.reference, authorId=number)
            text = etree.SubElement(comment, f"{space}text")
        _add_run(text, space, safe_text(mark.note if len(text) == 0 else f"\n{mark.note}"))
    return new


def _drop_own_notes(text: Any) -> bool:
    """Remove the runs that an earlier return wrote; says whether there were any."""
    own = [run for run in text if _OWN_NOTE.match("".join(run.itertext()))]
    for run in own:
        text.remove(run)
    return bool(own)


def _add_run(text: Any, space: str, words: str) -> None:
    from lxml import etree

    for plain in text.findall(f"{space}t"):  # text without runs; beside a run it would not be shown everywhere
        etree.SubElement(text, f"{space}r").append(plain)
    run = etree.SubElement(etree.SubElement(text, f"{space}r"), f"{space}t")
    run.text = words
    run.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _draw(package: OfficePackage, sheet_name: str, sheet: Any, space: str, family: str, marks: Sequence[Mark]) -> None:
    """Put a hidden box for each comment into the sheet's drawing."""
    known = sheet.find(f"{space}legacyDrawing")
    targets = {one.identifier: one.target for one in package.relations(sheet_name)}
    reference = "" if known is None else next((value for key, value in known.items() if key.endswith("}id")), "")
    name = targets.get(reference) or package.free_name("xl/drawings/vmlDrawing{}.vml")
    drawing = package.data(name) if name in package else _EMPTY_DRAWING
    before, end, after = drawing.rpartition(b"</xml>")
    opening = _OPENING.search(before)
    if opening is None or not end:
        raise NotMarkableError("the drawing beside the comments cannot be added to")
    declared = "" if all(f" {one}".encode() in opening[0] for one in _NAMESPACES) else f" {' '.join(_NAMESPACES)}"
    first = max(map(int, _SHAPE_NUMBER.findall(before)), default=1024) + 1
    shapes = "" if b'"_x0000_t202"' in before else _SHAPE_TYPE.format(declared=declared)
    shapes += "".join(_shape(mark, first + number, declared) for number, mark in enumerate(marks))
    package.put(name, before + shapes.encode() + end + after)
    if known is None:
        package.declare(_DRAWING_TYPE, extension="vml")
        _refer(sheet, space, family, package.relate(sheet_name, "vmlDrawing", family, name))


def _shape(mark: Mark, number: int, declared: str) -> str:
    lines = sum(1 + len(line) // _CHARACTERS_A_LINE for line in mark.note.split("\n"))
    height = min(20 + lines * _LINE_POINTS, 400)
    row, column = mark.address.row - 1, mark.address.column - 1
    return _SHAPE.format(declared=declared, number=number, width=_WIDTH_POINTS, height=height, row=row, column=column)


def _refer(sheet: Any, space: str, family: str, identifier: str) -> None:
    """Name the drawing in the sheet, at the place where the schema wants it."""
    reference = sheet.makeelement(f"{space}legacyDrawing", nsmap={"r": family})
    reference.set(f"{{{family}}}id", identifier)
    following = next((child for child in sheet if _local(child) in _AFTER_DRAWING), None)
    if following is None:
        sheet.append(reference)
    else:
        following.addprevious(reference)


def _local(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
