"""What is odd about single lines of a hazard list: no description, several hazards in one, doubtful days and amounts.

Belongs here: what one line shows by itself. Does not belong here: what lines say about each other or over time (SQL:
int_hazards__checked, int_hazards__supervised), typing cells (list_cells.py), the sentences (problems.toml).

An odd line is counted as far as it can be, and asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from campaigns.model import Form
from campaigns.strict import as_compared
from campaigns.vocabulary import ValueState
from ingest.layouts.list_rows import ListRow
from ingest.lists.list_problems import ListProblems
from ingest.parsed import ListCell
from ingest.problems import Reading
from ingest.words.list_words import names_nothing

HAZARD = "hazard"
_ONE_COUNTS = {  # fct_hazard_line_choices; a row of another place (属地) may be another hazard
    "counts": "（同一处隐患台账只计一行：进展较新的，一样的取新写的）",
    "counts_en": " (of one hazard the ledger counts one row: the latest progress, of two as far the one written anew)",
}
_NUMBER = frozenset({"hazard_number"})
_FUNDS = "funds"
_MOST_FUNDS = Decimal(1000)  # 万元 for one hazard: a bare number above is more often one of 元
_ORDINALS = {mark: number for row in ("123456789", "一二三四五六七八九") for number, mark in enumerate(row, start=1)}
_ENUMERATED = re.compile(  # a circled number speaks for itself, as long as nothing is called by it (①号库)
    r"(?:^|[\s;；。，,])(?:[(（](?P<bracketed>[1-9一二三四五六七八九])[)）]"
    r"|(?P<plain>[1-9一二三四五六七八九])[、.．)）](?!\s*\d)|(?P<said>[一二三四五六七八九])是)|(?P<circled>[①-⑨])(?![号#])"
)


def is_hazard(line: Sequence[ListCell]) -> bool:
    """Whether a line describes a hazard; what it says without that, or beside 无, cannot be counted."""
    return any(cell.column_id == HAZARD and cell.text and not names_nothing(cell.text) for cell in line)


def card_key(line: Sequence[ListCell]) -> str:
    """What tells a unit's cards of one period apart: the hazard's number, else enterprise and description.

    Never empty, as that would mean a whole list.
    """
    texts = {cell.column_id: as_compared(cell.text or "") for cell in line}
    return texts.get("hazard_number") or "|".join(texts.get(name, "") for name in ("enterprise", HAZARD))


def split_bare_numbers(form: Form, rows: Sequence[ListRow]) -> tuple[list[ListRow], list[ListRow]]:
    """The rows that say something, and those of a hazard list that hold nothing but a number (numbered in advance)."""
    if form.kind != "hazard_list":
        return list(rows), []
    bare = [row for row in rows if row.cells.keys() <= _NUMBER]
    return [row for row in rows if row not in bare], bare


def judge_line(form: Form, line: Sequence[ListCell], problems: ListProblems) -> None:
    """Ask about what is odd in the filled cells of one line."""
    columns = {column.column_id: column for column in form.columns}
    for cell in line:
        column, at = columns[cell.column_id], cell.address
        if cell.column_id == HAZARD and (count := hazards_in(cell.text or "")) > 1:
            problems.tell(Reading.HAZARDS_IN_ONE, column, at, count=str(count))
        elif cell.day is not None and cell.state is ValueState.APPROXIMATE:
            problems.tell(Reading.DAY_APPROXIMATE, column, at, found=cell.raw_text, day=cell.day.isoformat())
        elif cell.column_id == _FUNDS and _may_be_yuan(cell):
            problems.tell(Reading.AMOUNT_UNLIKELY, column, at, found=cell.raw_text)


def which_counts(form: Form) -> dict[str, str]:
    """What a sentence about two rows on one entry adds: which of them the ledger counts; other lists keep both."""
    return _ONE_COUNTS if form.kind == "hazard_list" else dict.fromkeys(_ONE_COUNTS, "")


def hazards_in(text: str) -> int:
    """How many hazards a description counts up (1、… 2、… or ①…②…); 1 where it does not."""
    counted = 0
    for ordinal in _ordinals(text):
        counted += ordinal == counted + 1
    return max(counted, 1)


def _ordinals(text: str) -> Iterator[int]:
    for found in _ENUMERATED.finditer(text):
        circled = found["circled"]
        yield ord(circled) - ord("①") + 1 if circled else _ORDINALS[next(filter(None, found.groups()))]


def _may_be_yuan(cell: ListCell) -> bool:
    return cell.number is not None and cell.number >= _MOST_FUNDS and not {"元", "万"} & set(cell.raw_text)
