"""The whole corpus by kind of file.

Belongs here: the list of the modules that hold cases. Does not belong here: cases.
"""

from __future__ import annotations

from tests.corpus import (
    broken_excel,
    excel_cells,
    excel_containers,
    layouts,
    old_excel,
    plain_text,
    several_forms,
    unit_and_month,
    word,
)
from tests.corpus.expectation import Case

CORPUS: dict[str, list[Case]] = {
    "Excel cells": excel_cells.CASES,
    "Excel containers": excel_containers.CASES,
    "broken Excel": broken_excel.CASES,
    "old Excel": old_excel.CASES,
    "Word": word.CASES,
    "plain text": plain_text.CASES,
    "layouts": layouts.CASES,
    "several forms": several_forms.CASES,
    "unit and month": unit_and_month.CASES,
}
CASES = [(kind, case) for kind, cases in CORPUS.items() for case in cases]


def name_of(value: object) -> str:
    """How a case is called in the list of tests."""
    return value.name if isinstance(value, Case) else str(value)
