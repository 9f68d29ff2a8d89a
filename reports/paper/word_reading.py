"""A finished Word document read back: what a reader of it sees, and the facts its figures are bound to.

Belongs here: the text of paragraphs and tables in order, bound figures, the text above every page. Does not belong
here: what must stand there (official_check.py), reading what units send (the ingest package).

Hidden and deleted text is not seen, inserted text is; whatever is no text (a picture, a text box) is seen as □, so that
nothing is laid over a figure without a difference.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

_NOT_SEEN: Final = frozenset({"pPr", "rPr", "sdtPr", "del", "moveFrom", "instrText", "delText"})
_NO_TEXT: Final = frozenset({"drawing", "pict", "object", "AlternateContent"})
NO_TEXT_MARK: Final = "□"


@dataclass(frozen=True, slots=True)
class SeenText:
    """A paragraph or a cell: its text, and (name, text) of each bound figure in it."""

    text: str
    facts: tuple[tuple[str, str], ...] = ()


SeenTable = tuple[tuple[SeenText, ...], ...]
SeenBlock = SeenText | SeenTable


@dataclass(frozen=True, slots=True)
class SeenDocument:
    """Paragraphs and tables in the order of the body; empty paragraphs are left out."""

    blocks: tuple[SeenBlock, ...]
    headers: tuple[str, ...]  # of odd and even pages


def read_document(path: Path) -> SeenDocument:
    """Read a file of ours back.

    Raises:
        Exception: the file is damaged; errors of many kinds.
    """
    import docx

    document = docx.Document(str(path))
    blocks = tuple(block for block in _blocks(document.element.body) if block != SeenText(""))
    section = document.sections[0]
    headers = (section.header, section.even_page_header)
    return SeenDocument(blocks, tuple("\n".join(one.text for one in header.paragraphs) for header in headers))


def _blocks(element: Any) -> Iterator[SeenBlock]:
    for child in element:
        name = _name(child)
        if name == "p":
            yield _seen(child)
        elif name == "tbl":
            yield tuple(tuple(_seen(cell) for cell in _all(row, "tc")) for row in _all(child, "tr"))
        elif name != "sectPr" and name not in _NOT_SEEN:
            yield from _blocks(child)


def _seen(element: Any) -> SeenText:
    """All paragraphs of a cell are one text; a text in a control that has a tag is a bound figure."""
    facts = [
        (next(iter(tag.values())), "".join(_texts(control)))
        for control in _all(element, "sdt")
        for tag in _all(control, "tag")
    ]
    return SeenText("".join(_texts(element)), tuple(facts))


def _texts(element: Any) -> Iterator[str]:
    for child in element:
        name = _name(child)
        if name == "t":
            yield child.text or ""
        elif name == "br":
            yield "\n"
        elif name == "noBreakHyphen":
            yield "-"
        elif name in _NO_TEXT:
            yield NO_TEXT_MARK
        elif name not in _NOT_SEEN and not _is_hidden(child, name):
            yield from _texts(child)


def _is_hidden(child: Any, name: str) -> bool:
    return name == "r" and any(True for _ in _all(child, "vanish"))


def _all(element: Any, name: str) -> Iterator[Any]:
    found: Iterator[Any] = element.iterdescendants(f"{{*}}{name}")
    return found


def _name(element: Any) -> str:
    """The name without its namespace; a comment or instruction has none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
