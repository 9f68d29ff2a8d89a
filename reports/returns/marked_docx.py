"""Cells of a received Word form shaded and commented.

Belongs here: finding a cell or paragraph by its address, shading, comments. Does not belong here: which cell is marked
why (marked_workbook.py).

Addresses count as the reader of submissions counts: tables as they stand in the body, each followed by those inside
its cells; rows with deleted ones; columns of the table's grid; paragraphs that show text. The text itself is not
touched, so that the form can be corrected in place and sent again.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any, Final

from reports.paper.cell_address import PARAGRAPHS
from reports.paper.finished_file import without_clock
from reports.paper.safe_text import safe_text
from reports.returns.marked_workbook import FILLS, Author, Mark, MarkedCopy

_TRANSPARENT: Final = frozenset({"sdt", "sdtContent", "ins", "customXml"})
_TRANSPARENT_BLOCKS: Final = _TRANSPARENT | {"moveTo", "smartTag"}
_NO_TEXT: Final = frozenset({"del", "moveFrom", "Fallback", "pPr", "rPr", "tbl", "sdtPr", "instrText", "delText"})
_AFTER_SHADING: Final = (
    "w:noWrap",
    "w:tcMar",
    "w:textDirection",
    "w:tcFitText",
    "w:vAlign",
    "w:hideMark",
    "w:headers",
    "w:cellIns",
    "w:cellDel",
    "w:cellMerge",
    "w:tcPrChange",
)
_INITIALS: Final = "台账"


def mark_docx(content: bytes, marks: Sequence[Mark], author: Author) -> MarkedCopy:
    """Mark cells and paragraphs in a copy of the document.

    Raises:
        Exception: the document is damaged or of a kind python-docx does not open; errors of many kinds.
    """
    import docx

    document = docx.Document(io.BytesIO(content))
    wanted = {(one.address.sheet, one.address.row, one.address.column): one for one in marks if not one.address.is_a1}
    _remove_own_marks(document)
    done: list[Mark] = []
    for place, element in list(_places(document.element.body)):
        mark = wanted.pop(place, None)
        if mark is not None and _comment(document, element, mark, author):
            if _name(element) == "tc":
                _shade(element, mark.fill)
            done.append(mark)
    finished = io.BytesIO()
    document.save(finished)
    return MarkedCopy(without_clock(finished.getvalue()), tuple(done))


def _remove_own_marks(document: Any) -> None:
    """Remove what an earlier return left: the form may have been corrected in a marked copy."""
    from docx.oxml.ns import qn

    for shading in list(document.element.body.iter(qn("w:shd"))):
        if shading.get(qn("w:fill")) in FILLS.values():
            shading.getparent().remove(shading)
    own = [one for one in document.comments if one.initials == _INITIALS]
    numbers = {str(one.comment_id) for one in own}
    for comment in own:
        comment._comment_elm.getparent().remove(comment._comment_elm)
    for name in ("w:commentRangeStart", "w:commentRangeEnd", "w:commentReference"):
        for element in list(document.element.body.iter(qn(name))) if numbers else ():
            if element.get(qn("w:id")) in numbers:
                element.getparent().remove(element)


def _places(body: Any) -> Iterator[tuple[tuple[str, int, int], Any]]:
    """Every cell and every paragraph with text, with its address."""
    tables = paragraphs = 0
    for block in _blocks(body):
        if _name(block) == "p":
            if _shows_text(block):
                paragraphs += 1
                yield (PARAGRAPHS, paragraphs, 1), block
            continue
        waiting = [block]  # the table, then those inside its cells, each before those that follow
        while waiting:
            tables += 1
            inner: list[Any] = []
            yield from _cells(waiting.pop(0), f"表格{tables}", inner)
            waiting = inner + waiting


def _blocks(parent: Any) -> Iterator[Any]:
    for child in parent:
        if _name(child) in ("p", "tbl"):
            yield child
        elif _name(child) in _TRANSPARENT_BLOCKS:
            yield from _blocks(child)


def _cells(table: Any, name: str, inner: list[Any]) -> Iterator[tuple[tuple[str, int, int], Any]]:
    """The cells of one table; tables inside them are put aside."""
    for row_number, row in enumerate(_children(table, "tr"), start=1):
        properties = _child(row, "trPr")
        if _child(properties, "del") is not None:
            continue
        column = _number(_child(properties, "gridBefore"), 0)
        for cell in _children(row, "tc"):
            yield (name, row_number, column + 1), cell
            cell_properties = _child(cell, "tcPr")
            column += _number(_child(cell_properties, "gridSpan"), 1)
            merge = _child(cell_properties, "vMerge")
            if merge is None or _value(merge) == "restart":
                inner.extend(_tables(cell))


def _tables(parent: Any) -> Iterator[Any]:
    for child in parent:
        if _name(child) == "tbl":
            yield child
        elif _name(child) not in _NO_TEXT and _name(child) not in ("p", "tcPr"):
            yield from _tables(child)


def _shows_text(element: Any) -> bool:
    for child in element:
        name = _name(child)
        if name == "r" and _is_hidden(_child(child, "rPr")):
            continue
        if (name == "t" and (child.text or "").strip()) or (name not in _NO_TEXT and _shows_text(child)):
            return True
    return False


def _is_hidden(properties: Any) -> bool:
    marks = (_child(properties, name) for name in ("vanish", "strike", "dstrike"))
    return any(mark is not None and _value(mark) not in ("0", "false", "none", "off") for mark in marks)


def _comment(document: Any, element: Any, mark: Mark, author: Author) -> bool:
    """Comment on the first paragraph of a cell, or on a paragraph; says whether there was one."""
    from docx.oxml.ns import qn
    from docx.text.paragraph import Paragraph

    first = element if _name(element) == "p" else next(element.iterdescendants(qn("w:p")), None)
    if first is None:
        return False
    paragraph = Paragraph(first, document)
    runs = paragraph.runs or [paragraph.add_run()]
    comment = document.add_comment(runs, safe_text(mark.note), author=author.name, initials=_INITIALS)
    comment._comment_elm.set(qn("w:date"), author.written_at.strftime("%Y-%m-%dT%H:%M:%SZ"))
    return True


def _shade(cell: Any, colour: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = cell.get_or_add_tcPr()
    for old in properties.findall(qn("w:shd")):
        properties.remove(old)
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:color"), "auto")
    shading.set(qn("w:fill"), colour)
    properties.insert_element_before(shading, *_AFTER_SHADING)


def _children(parent: Any, wanted: str) -> Iterator[Any]:
    for child in parent:
        if _name(child) == wanted:
            yield child
        elif _name(child) in _TRANSPARENT:
            yield from _children(child, wanted)


def _child(parent: Any, wanted: str) -> Any:
    return None if parent is None else next((child for child in parent if _name(child) == wanted), None)


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _value(element: Any) -> str:
    return next((str(value) for key, value in element.items() if key.rpartition("}")[2] == "val"), "")


def _number(element: Any, otherwise: int) -> int:
    try:
        return max(0, int(_value(element))) if element is not None else otherwise
    except ValueError:
        return otherwise
