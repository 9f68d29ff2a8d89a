"""The text of a Word paragraph or cell as its reader takes it: runs, tracked changes, hidden and crossed-out text.

Belongs here: gathering text below an element, and which of it counts. Does not belong here: paragraphs, tables and
merged cells (read_docx.py).

Insertions count; deletions, hidden and struck-out text do not, also where a style says so; content controls are
transparent, but what Word shows in an empty one (单击此处输入文字) is no text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ingest.files.grid import RAISED, Unusual, clean_text
from ingest.files.office_parts import OfficeParts, local_name

SKIPPED = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText", "tbl", "pPr", "sectPr", "sdtPr", "tcPr"})
_OFF = ("0", "false", "none", "off")
_SYMBOLS = {"F0FE": "☑", "F052": "☑", "F0FC": "✓", "F050": "✓", "F0A8": "□", "F06F": "□", "F0FD": "☒", "F053": "☒"}
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
_DEEPEST_STYLE = 20


@dataclass(slots=True)
class Styles:
    """The styles that hide or strike out what is written in them."""

    hiding: frozenset[str] = frozenset()
    striking: frozenset[str] = frozenset()


@dataclass(slots=True)
class Text:
    """Text as it is gathered from runs."""

    styles: Styles
    pieces: list[str] = field(default_factory=list)
    bold: list[str] = field(default_factory=list)  # the bold pieces that it begins with
    struck: bool = False
    tracked: bool = False
    picture: bool = False

    def value(self) -> Any:
        """The valid text; None when there is none, `Unusual` when all of it is crossed out or only a picture stands."""
        rest = clean_text("".join(self.pieces))
        if rest is None and (self.struck or self.picture):
            return Unusual("struck" if self.struck else "picture", "")
        return rest

    def gather(self, element: Any, style: str = "") -> None:
        """Gather the valid text below an element; `style` is that of the paragraph."""
        for block in element:
            name = local_name(block)
            self.tracked = self.tracked or name in ("del", "ins", "moveFrom", "moveTo")
            if name in SKIPPED or is_placeholder(block):
                continue
            if name == "p":
                self.paragraph(block)
            elif name == "r":
                self._run(block, style)
            elif name not in ("t", "rPr"):
                self.gather(block, style)

    def paragraph(self, paragraph: Any) -> None:
        """Gather a paragraph and the line break behind it: digits of two paragraphs are two numbers."""
        self.gather(paragraph, attribute(child(child(paragraph, "pPr"), "pStyle"), "val"))
        self.pieces.append("\n")

    def _run(self, run: Any, paragraph_style: str) -> None:
        properties = child(run, "rPr")
        named = (paragraph_style, attribute(child(properties, "rStyle"), "val"))
        if _is_on(properties, "vanish", self.styles.hiding.intersection(named)):
            return
        self.picture = self.picture or any(map(_is_picture, run))
        pieces = [piece for part in run if (piece := _piece(part)) is not None]
        raised = attribute(child(properties, "vertAlign"), "val") in ("superscript", "subscript")
        if pieces and (
            _is_on(properties, "strike", self.styles.striking.intersection(named)) or _is_on(properties, "dstrike")
        ):
            self.struck = self.struck or bool("".join(pieces).strip())
        elif raised and "".join(pieces).strip():
            self.pieces.extend([RAISED, *pieces])
        else:
            if len(self.bold) == len(self.pieces) and _is_on(properties, "b"):
                self.bold.extend(pieces)
            self.pieces.extend(pieces)
        if len(pieces) + (properties is not None) < len(run):  # a text box stands apart from what is typed beside it
            box = Text(self.styles)
            box.gather(run)
            if "".join(box.pieces).strip():
                self.pieces.extend(["\n", *box.pieces, "\n"])
            self.struck, self.tracked = self.struck or box.struck, self.tracked or box.tracked


def _is_picture(part: Any) -> bool:
    """Whether a part of a run is a picture or an object in the line, where a figure would stand; seals float."""
    name = local_name(part)
    return name == "object" or (name == "drawing" and any(local_name(inner) == "inline" for inner in part))


def _piece(part: Any) -> str | None:
    name = local_name(part)
    if name == "t":
        return part.text or ""
    return _SYMBOLS.get(attribute(part, "char").upper(), "") if name == "sym" else _BREAKS.get(name)


def read_styles(parts: OfficeParts, main: str) -> Styles:
    """The hiding and striking styles of a document; nearly all have none."""
    name = next((target for _, kind, target in parts.related(main) if kind == "styles"), "word/styles.xml")
    data = parts.data(name) or b""
    if b"vanish" not in data and b"strike" not in data:
        return Styles()
    root: Any = parts.xml(name)
    styles = {attribute(style, "styleId"): style for style in root if local_name(style) == "style"}
    return Styles(*(frozenset(s for s in styles if _style_has(styles, s, mark)) for mark in ("vanish", "strike")))


def _style_has(styles: dict[str, Any], style_id: str, mark: str) -> bool:
    """Whether a style or the one it is based on says so."""
    for _ in range(_DEEPEST_STYLE):
        style = styles.get(style_id)
        properties = child(style, "rPr")
        if style is None or child(properties, mark) is not None:
            return _is_on(properties, mark)
        style_id = attribute(child(style, "basedOn"), "val")
    return False


def is_placeholder(element: Any) -> bool:
    """Whether an element is an empty content control, whose text is only a prompt."""
    return local_name(element) == "sdt" and _is_on(child(element, "sdtPr"), "showingPlcHdr")


def child(parent: Any, wanted: str) -> Any:
    """The first child of that name; None when there is none or no parent."""
    return None if parent is None else next((child for child in parent if local_name(child) == wanted), None)


def attribute(element: Any, name: str) -> str:
    """An attribute in any namespace; empty when there is none or no element."""
    if element is None:
        return ""
    return next((str(value) for key, value in element.items() if key.rpartition("}")[2] == name), "")


def _is_on(properties: Any, name: str, by_style: Any = ()) -> bool:
    mark = child(properties, name)
    return bool(by_style) if mark is None else attribute(mark, "val") not in _OFF
