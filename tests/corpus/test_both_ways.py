"""The quick and the careful reading of Excel workbooks, over the whole corpus: one may decide, both must agree."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from ingest.figures import raw_text
from ingest.grid import Grid
from ingest.guard import inspect_container
from ingest.office_parts import OfficeParts
from ingest.read_xlsx import read_quickly, read_xlsx
from ingest.xlsx_oddities import nothing_unusual
from ingest.xlsx_sheets import read_sheets
from ingest.zip_members import UnsafeError
from tests.corpus.expectation import Case
from tests.corpus.files import CASES, name_of


@cache
def workbooks() -> list[tuple[Case, bytes]]:
    """Every workbook that the guard lets pass."""
    made = [(case, case.make()) for _, case in CASES]
    reports = [(case, content, inspect_container(content, case.file_name)) for case, content in made]
    return [(case, content) for case, content, report in reports if report.kind == "xlsx" and not report.refusals]


def cells(grids: list[Grid]) -> list[Any]:
    """Every filled cell of every sheet with its place, as it would be kept; merged and hidden things."""
    return [
        (
            grid.name,
            grid.hidden,
            sorted(grid.merges),
            sorted(grid.hidden_rows),
            sorted(grid.hidden_columns),
            sorted(grid.struck),
            [(r, c, raw_text(v)) for r, row in enumerate(grid.rows) for c, v in enumerate(row) if v is not None],
        )
        for grid in grids
    ]


@pytest.mark.parametrize("case", [case for _, case in CASES if case.file_name.endswith(".xlsx")], ids=name_of)
def test_where_the_quick_way_may_decide_it_gives_the_cells_of_the_careful_way(case: Case) -> None:
    content = next((content for known, content in workbooks() if known is case), None)
    if content is None or not _may_be_quick(content) or (quick := read_quickly(content)) is None:
        return
    careful = cells(read_sheets(OfficeParts(content)))
    assert cells(quick) == careful
    assert cells(read_xlsx(content).grids) == careful


@pytest.mark.parametrize("case", [case for _, case in CASES if case.file_name.endswith(".xlsx")], ids=name_of)
def test_where_anything_is_unusual_or_the_quick_way_stumbles_the_careful_way_decides(case: Case) -> None:
    content = next((content for known, content in workbooks() if known is case), None)
    if content is None or (_may_be_quick(content) and read_quickly(content) is not None):
        return
    try:
        careful = cells(read_sheets(OfficeParts(content)))
    except UnsafeError:
        with pytest.raises(UnsafeError):
            read_xlsx(content)
        return
    assert cells(read_xlsx(content).grids) == careful


def test_both_ways_are_taken_and_the_quick_one_is_blind_where_it_must_not_decide() -> None:
    """Were the scan to let everything pass, these files would be read wrongly: the corpus can tell."""
    quick = [content for _, content in workbooks() if _may_be_quick(content)]
    wrong_if_quick = 0
    for _, content in workbooks():
        if not _may_be_quick(content):
            try:
                wrong_if_quick += cells(read_quickly(content) or []) != cells(read_sheets(OfficeParts(content)))
            except UnsafeError:
                wrong_if_quick += 1
    assert len(quick) >= 30
    assert wrong_if_quick >= 50


def _may_be_quick(content: bytes) -> bool:
    try:
        return nothing_unusual(OfficeParts(content))
    except UnsafeError:
        return False
