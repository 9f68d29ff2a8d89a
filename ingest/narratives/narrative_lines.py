"""The lines of a narrative as they stand in a file: paragraphs of a Word text, cells of a sheet or table.

Belongs here: which lines there are, which of them are title, stamp or signature and not text. Does not belong here:
which line belongs to which part (narrative_text.py).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from campaigns.model import Campaign, Form
from ingest.files.grid import Contents, Grid
from ingest.layouts.form_search import FormBlock
from ingest.narratives.narrative_text import Line, PartWords, headings_of
from ingest.senders.running_text import FOOT, HEAD, LONGEST_TITLE
from ingest.senders.stamp import Stamp, read_lines, read_stamp
from ingest.words.labelled_text import SEAL, StampWords, plain, stamp_words
from ingest.words.list_values import as_text
from ingest.words.period_text import find_dates, find_periods
from ingest.words.roster import roster_of

BODY = "正文"
_LONGEST_STAMP = 60
_LONGEST_DATE = 16


@dataclass(frozen=True, slots=True)
class Source:
    """One text of a file: all lines of a grid, or the paragraphs of a Word text (grid None)."""

    lines: list[Line]
    grid: Grid | None

    @property
    def head(self) -> list[str]:
        """The first lines, those that may be a title."""
        return [line.text for line in self.lines[:HEAD] if len(line.text) <= LONGEST_TITLE]

    @property
    def sheet_name(self) -> str:
        return self.lines[0].sheet_name if self.lines else BODY


def sources_of(contents: Contents, taken: Collection[int]) -> Iterator[Source]:
    """The texts of a file; of grids that hold other forms (`taken`, by identity) only paragraphs around tables.

    A Word file in which nothing stands is a text without lines: its name may say what it should have been.
    """
    visible = [grid for grid in contents.grids if not grid.hidden]
    stands_empty = contents.file_format == "docx" and not visible
    if stands_empty or (contents.paragraphs and (not visible or any(id(grid) in taken for grid in visible))):
        yield Source(paragraphs_of(contents), None)
    for grid in visible:
        if id(grid) not in taken:
            yield Source(list(_lines_of(grid, contents.leads)), grid)


def paragraphs_of(contents: Contents) -> list[Line]:
    """The lines of a Word text outside tables."""
    paragraphs = enumerate(contents.paragraphs, start=1)
    lines = (Line(text, BODY, f"R{n}C1", (n, 0), bold=contents.leads.get(n, "")) for n, text in paragraphs)
    return [piece for line in lines for piece in _split(line)]


def _lines_of(grid: Grid, leads: dict[int, str]) -> Iterator[Line]:
    for row, values in enumerate(grid.rows):
        for column, value in enumerate(values):
            if value is not None and (text := as_text(value)):
                origin = grid.origins[row] if grid.origins else None
                bold = leads.get(origin.row_number, "") if origin and origin.sheet_name == BODY else ""
                yield from _split(Line(text, *grid.address(row, column), (row, column), bold=bold))


def _split(line: Line) -> Iterator[Line]:
    for text in line.text.split("\n"):
        if text.strip():
            yield line._replace(text=text.strip())


def read_stamp_of(source: Source, form: Form, body: Collection[Line]) -> Stamp:
    """The words around the text."""
    if source.grid is None:
        return read_lines([*source.head, *(line.text for line in source.lines[HEAD:][-FOOT:])], form)
    last_row = len(source.grid.rows) - 1
    return read_stamp(FormBlock(source.grid, form, 0, last_row, []), {line.place for line in body})


def body_of(source: Source, form: Form, title_lines: int, campaign: Campaign) -> list[Line]:
    """The lines that are text: without title, stamped words, signature and date.

    Args:
        source: the text.
        form: whose title and stamp they are.
        title_lines: how many of the first lines the title takes.
        campaign: whose units may sign.
    """
    headings = PartWords(headings_of(form))
    words = stamp_words(form)
    title = [line for line in source.lines[:HEAD] if len(line.text) <= LONGEST_TITLE][:title_lines]
    first_heading = next((n for n, line in enumerate(title) if headings.alone(line.text)), len(title))
    left_out = set(title[:first_heading])
    body: list[Line] = []
    before: Line | None = None  # a stamp's label that stands alone: what follows in its row is its value
    for number, line in enumerate(source.lines):
        at_edge = number < HEAD or number >= len(source.lines) - FOOT
        is_value = before is not None and before.place[0] == line.place[0] and before.place != line.place
        before = line if _is_label(line.text, words) else None
        is_help = number < HEAD and plain(line.text).startswith("注:")
        if line in left_out or is_value or before or is_help or _is_stamped(line.text, words):
            continue
        if not (at_edge and _signs(line.text, campaign)):
            body.append(line)
    return _under_headings(body, headings) if source.grid is not None else body


def _is_label(text: str, words: StampWords) -> bool:
    cut = words.cut(text)
    return cut is not None and cut.alone is not None


def _is_stamped(text: str, words: StampWords) -> bool:
    return len(text) <= _LONGEST_STAMP and (words.begins_with_label(text) or words.is_title(text))


def _signs(text: str, campaign: Campaign) -> bool:
    """Whether a line is nothing but a unit's name, a date, a period or the place of the seal."""
    if len(text) <= _LONGEST_DATE and len(find_dates(plain(text)) or find_periods(plain(text))) == 1:
        return True
    named = roster_of(campaign).find(SEAL.sub("", text))
    return bool(named.unit_ids and not named.rest) or not SEAL.sub("", plain(text))


def _under_headings(body: list[Line], headings: PartWords) -> list[Line]:
    """Where headings stand side by side, the cells below them belong to the heading of their column."""
    rows: dict[int, list[Line]] = {}
    for line in body:
        rows.setdefault(line.place[0], []).append(line)
    above: dict[int, str] = {}
    found: list[Line] = []
    for lines in rows.values():
        heads = {line.place[1]: line.text for line in lines if headings.alone(line.text)}
        if len(heads) > 1 and len(heads) == len(lines):
            above = heads
        elif heads:
            above = {}
        found += [line._replace(under=_nearest(above, line.place[1])) for line in lines if not above or not heads]
    return found


def _nearest(above: dict[int, Any], column: int) -> str:
    """The heading of a column, or of the one left of it that it was merged with."""
    left = [known for known in above if known <= column]
    return str(above[max(left)]) if left else ""
