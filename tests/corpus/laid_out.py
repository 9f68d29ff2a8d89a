"""The form written in other ways than the official one: what layouts.py and several_forms.py make their cases with.

Belongs here: tables and cases both need. Does not belong here: cases.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.corpus.expectation import Case
from tests.forms import Table, as_xlsx, listed
from tests.unit.ingest.parsing import FILLED, FORM

TITLED = {"unit": "孤山镇", "filled_on": "2023年6月24日"}
NAME = "调度表.xlsx"
OTHER = {**FILLED, "1.1": 20}


def laid_out(name: str, table: Callable[[], Table], **expected: Any) -> Case:
    return Case(name, lambda: as_xlsx(table()), **{"file_name": NAME, **expected})


def a_list(headings: tuple[str, ...], columns: Callable[[int, Any], list[Any]]) -> Table:
    return listed(FORM, FILLED, **TITLED, headings=headings, columns=columns)


def figure_of(item: Any) -> Any:
    return FILLED.get(item.code)
