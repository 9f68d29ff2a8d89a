"""What reading a file yields: one submission for each form found in it.

Belongs here: the record handed from reading to intake. Does not belong here: how a file is read (parse.py), whether
its figures make sense (the expectations package), where it is stored (raw_zone.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from campaigns.vocabulary import Cell, Outcome


@dataclass(frozen=True, slots=True)
class ParsedSubmission:
    """One form as read from one sheet or table: whose, for when, every figure with its address, every problem.

    `form_id`, `unit_id` and `period` are None where nobody can say; such a submission is always `quarantined`.
    `cells` holds every item and part of the form, also the blank ones; it is empty for documents and unreadable files.
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
    explanations: tuple[tuple[str, str], ...]  # (text, address)
