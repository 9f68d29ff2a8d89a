"""The quick and the careful reading of Excel workbooks, over the whole corpus: one may decide, both must agree."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from ingest.files.grid import Grid, raw_text
from ingest.files.guard import inspect_container
from ingest.files.office_parts import OfficeParts
from ingest.files.read_xlsx import read_quickly, read_xlsx
from ingest.files.xlsx_sheets import read_sheets
from ingest.files.xlsx_workbook import read_workbook
from ingest.files.zip_members import UnsafeError
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
def test_where_the_quick_way_decides_it_gives_the_cells_of_the_careful_way(case: Case) -> None:
    content = next((content for known, content in workbooks() if known is case), None)
    if content is None or (quick := _quickly(content)) is None:
        return
    careful = cells(_carefully(content))
    assert cells(quick) == careful
    assert cells(read_xlsx(content).grids) == careful


@pytest.mark.parametrize("case", [case for _, case in CASES if case.file_name.endswith(".xlsx")], ids=name_of)
def test_what_is_not_written_plainly_is_read_carefully(case: Case) -> None:
    content = next((content for known, content in workbooks() if known is case), None)
    if content is None or _quickly(content) is not None:
        return
    try:
        careful = cells(_carefully(content))
    except UnsafeError:
        with pytest.raises(UnsafeError):
            read_xlsx(content)
        return
    assert cells(read_xlsx(content).grids) == careful


def test_both_ways_are_taken() -> None:
    quick = [content for _, content in workbooks() if _quickly(content) is not None]
    assert len(quick) >= 30
    assert len(workbooks()) - len(quick) >= 50


def _quickly(content: bytes) -> list[Grid] | None:
    parts = OfficeParts(content)
    try:
        return read_quickly(parts, read_workbook(parts))
    except UnsafeError:
        return None


def _carefully(content: bytes) -> list[Grid]:
    parts = OfficeParts(content)
    return read_sheets(parts, read_workbook(parts))
