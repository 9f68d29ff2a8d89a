"""The parts of a narrative: lines of a text under the headings that the document prescribes.

Belongs here: headings in every way of writing them, and which lines stand under which. Does not belong here: whose
text it is (narrative.py), how long it may be.

A heading stands alone on its line, begins it (`亮点工作：…`, `一、亮点工作。…`, or in bold), follows a full stop with a
colon, or heads a column of a table. Text that stands under none of the form's headings is kept as PREAMBLE or OTHER.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from campaigns.form_columns import TextPart
from campaigns.model import Form, Narrative
from ingest.words.labels import label_key

PREAMBLE, OTHER = "preamble", "other"  # parts of no form: before the first heading, under a heading of another kind
_NUMBERING = re.compile(
    r"\s*(?P<number>第[一二三四五六七八九十]+(?:部分)?[、.,，\s]?|[(（][一二三四五六七八九十\d]{1,3}[)）]、?"
    r"|[一二三四五六七八九十]{1,3}[、.．]|\d{1,2}[、.．)）](?!\d)|[①-⑩])?\s*"
)
_LONGEST_HEADING = 30
_REMARK = r"(?:\s*[(（][^()（）]{0,20}[)）])?"
_OPENING, _CLOSING = r"[【\[「『“\"《*#◆●■★]{0,3}\s*", r"\s*[】\]」』”\"》*]{0,3}"


class Line(NamedTuple):
    """One line of the text and its place.

    `under` is the heading of its column where headings stand side by side, `bold` the bold words that it begins with.
    """

    text: str
    sheet_name: str
    cell_ref: str
    place: tuple[int, int]
    under: str = ""
    bold: str = ""

    @property
    def at(self) -> str:
        return f"{self.sheet_name}!{self.cell_ref}"


@dataclass(slots=True)
class Passage:
    """The lines gathered for one part, where its heading and its text stand."""

    part_id: str
    heading: Line
    lines: list[Line] = field(default_factory=list)
    again: Line | None = None  # where its heading stands a second time

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


class PartWords:
    """The headings of the parts of a text."""

    def __init__(self, parts: Sequence[TextPart]) -> None:
        names = [(name, part.part_id) for part in parts for name in (part.label, *part.aliases)]
        self._by_key = {label_key(name): part_id for name, part_id in names}
        self._by_name = dict(names)
        any_name = "|".join(re.escape(name) for name, _ in sorted(names, key=lambda entry: -len(entry[0])))
        name = rf"{_OPENING}(?P<name>{any_name}){_REMARK}{_CLOSING}"
        self._at_start = re.compile(rf"{_NUMBERING.pattern}{name}(?:\s*[:：。．—–-]+\s*|\s+)(?P<rest>.+)", re.DOTALL)
        inner = _NUMBERING.pattern.replace("?P<number>", "?:")
        self._inside = re.compile(rf"(?<=[。；;！!])\s*{inner}{name}\s*[:：]\s*")

    def alone(self, text: str) -> str | None:
        """The part that a line heads with nothing behind it."""
        if len(text) > _LONGEST_HEADING:
            return None
        bare = re.sub(_REMARK + r"\s*[:：。]?\s*$", "", text)
        return self._by_key.get(label_key(text)) or self._by_key.get(label_key(bare))

    def cut(self, line: Line) -> Iterator[tuple[str | None, str]]:
        """The pieces of a line: the part that each begins, or None where it goes on, and its text."""
        text = line.text
        if part := self.alone(text):
            yield part, ""
            return
        if line.bold and text.startswith(line.bold) and (part := self.alone(line.bold)):
            yield part, text[len(line.bold) :].strip()
            return
        first = self._at_start.match(text)
        part, rest = (self._by_name[first["name"]], first["rest"]) if first else (None, text)
        begin = 0
        for match in self._inside.finditer(rest):
            yield part, rest[begin : match.start()].strip()
            part, begin = self._by_name[match["name"]], match.end()
        yield part, rest[begin:].strip()


def narrative_of(form: Form) -> Narrative:
    """The narrative of a form of that kind."""
    assert form.narrative is not None  # noqa: S101 - the model demands it of every narrative
    return form.narrative


def headings_of(form: Form) -> tuple[TextPart, ...]:
    """The headings that a form asks its text to have: the parts of a narrative, what a plan is looked through for."""
    return form.narrative.parts if form.narrative else form.headings


def headings_in(lines: Iterable[Line], parts: Sequence[TextPart]) -> set[str]:
    """The parts that have a heading in a text."""
    words = PartWords(parts)
    return {part for line in lines for part, _ in words.cut(line) if part}


def gather(lines: Iterable[Line], narrative: Narrative) -> list[Passage]:
    """The passages of a text in the order in which they begin.

    Where a narrative has a single part, everything belongs to it, with or without its heading.
    """
    words = PartWords(narrative.parts)
    only_part = narrative.parts[0].part_id if len(narrative.parts) == 1 else None
    found: dict[str, Passage] = {}
    current: str = only_part or PREAMBLE
    style = ""
    for line in lines:
        for part, text in [(words.alone(line.under), line.text)] if line.under else words.cut(line):
            if part and not line.under:
                style = style or _style_of(line.text)
                _begin(found, part, line)
            elif not part and style and _style_of(line.text) == style and _is_heading(line.text) and not only_part:
                part = OTHER
            current = part or current
            if text:
                found.setdefault(current, Passage(current, line)).lines.append(line._replace(text=text))
    return list(found.values())


def _begin(found: dict[str, Passage], part: str, line: Line) -> None:
    if part in found and found[part].heading is not line:
        found[part].again = found[part].again or line
    found.setdefault(part, Passage(part, line))


def _style_of(text: str) -> str:
    """How a line is numbered: `一、` and `二、` alike, `（一）` and `1.` otherwise; empty without a number."""
    number = _NUMBERING.match(text)
    written = (number["number"] or "").strip() if number else ""
    return re.sub(r"[一二三四五六七八九十]+", "一", re.sub(r"\d+", "1", re.sub(r"[①-⑩]", "①", written)))


def _is_heading(text: str) -> bool:
    return len(text) <= _LONGEST_HEADING and not re.search(r"[。；;]", text.rstrip("。"))
