"""What reading a file yields: one submission for each form found in it.

Belongs here: the record handed from reading to intake. Does not belong here: how a file is read (parse.py), whether
its figures make sense (the expectations package), where it is stored (raw_zone.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from campaigns.vocabulary import Cell, Outcome, ValueState


class ListCell(NamedTuple):
    """One filled cell of a list; a cell that names several units yields one for each `position`.

    A tuple, in the order of the raw table's columns. Of a `personal` column (姓名、电话) only `text` is kept, and it
    enters no message and no row key.
    """

    row_number: int
    row_key: str
    column_id: str
    position: int
    state: ValueState
    text: str | None
    number: Decimal | None
    day: date | None
    raw_text: str
    sheet_name: str
    cell_ref: str
    personal: bool = False

    @property
    def address(self) -> str:
        return f"{self.sheet_name}!{self.cell_ref}"


class Explanation(NamedTuple):
    """A unit's own words about its figures; `item_code` is the item they answer, empty for the form as a whole."""

    text: str
    address: str
    item_code: str = ""


class TextPassage(NamedTuple):
    """The text of one part of a narrative and where it begins."""

    part_id: str
    text: str
    sheet_name: str
    cell_ref: str


class FormDifferences(NamedTuple):
    """How a sheet differs from the version of a form that it is nearest to, by the names of items and texts."""

    form_id: str
    version: str
    title: str
    found: int
    total: int
    missing: tuple[str, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParsedSubmission:
    """One form as read from one sheet or table: whose, for when, every figure with its address, every problem.

    `form_id`, `unit_id` and `period` are None where nobody can say; such a submission is always `quarantined`.
    `cells` holds every item and part of an indicator table, also the blank ones; `list_cells` the filled cells of a
    list; `passages` the parts of a narrative that were found. All are empty for documents and unreadable files.
    `card_key` tells the cards of a unit and period apart, of which each is about one hazard; empty for a whole form.
    `differences` is set where labels of the nearest form are missing.
    `filler` and `reviewer` are personal data: they never appear in `problems`.
    """

    form_id: str | None
    form_version: str | None
    unit_id: str | None
    period: str | None
    filled_on: date | None
    filler: str
    reviewer: str
    file_format: str  # xlsx, xls, docx, csv, html; doc, pdf for documents; "" when unknown
    sheet_name: str  # 调度表 (Excel), 表格1 (Word), CSV; "" when the file could not be opened
    cells: tuple[Cell, ...]
    problems: tuple[Outcome, ...]
    quarantined: bool
    explanations: tuple[Explanation, ...]
    list_cells: tuple[ListCell, ...] = ()
    passages: tuple[TextPassage, ...] = ()
    differences: FormDifferences | None = None
    card_key: str = ""
