"""Hazards that changed between the nights of the ledger's city: every one is listed with the line and cell that say so.

What must be listed is read from the published snapshots here; single values were worked out by hand from conftest.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO
from itertools import combinations
from typing import Any

import duckdb
import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from orchestration.cli import app
from orchestration.restating.compared_nights import compared_nights
from orchestration.restating.restatement import Restatement, restatement
from orchestration.restating.row_restatement import ChangedWord
from tests.pipeline.hazard_ledger.conftest import CITY, LedgerCity

NIGHTS = [datetime(2023, 6, 25, 17), datetime(2023, 7, 25, 17), datetime(2023, 8, 25, 17)]


def between(city: LedgerCity, since: datetime, until: datetime) -> Restatement:
    return restatement(compared_nights(city.home, since, until), city.home.campaigns()[CITY])


def hazards_in(city: LedgerCity, night: datetime) -> Mapping[str, tuple[Any, ...]]:
    database = city.home.published / f"{night:%Y%m%dT%H%M%S}" / "taizhang.duckdb"
    query = "select hazard_id, status, level, source, found_on, due_on, listed_level, listed_on, reopened_count"
    with duckdb.connect(str(database), read_only=True) as connection:
        return {row[0]: row[1:] for row in connection.execute(f"{query} from marts.fct_hazards").fetchall()}


@pytest.mark.parametrize(("since", "until"), list(combinations(NIGHTS, 2)), ids=str)
def test_every_changed_hazard_is_listed_once_and_has_a_cause(
    city: LedgerCity, since: datetime, until: datetime
) -> None:
    before, after = hazards_in(city, since), hazards_in(city, until)
    changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    answer = between(city, since, until)
    rows = [row for row in answer.rows if row.fact == "hazard"]
    assert sorted(row.row_id for row in rows) == sorted(changed) and changed
    assert all(row.causes and row.words for row in answer.rows)
    assert answer.agrees


def test_a_status_and_the_events_behind_it_name_list_and_cell(city: LedgerCity) -> None:
    """July's list: GS-1 rectified on 07-03 (X4) and closed on 07-10 (AA4), GS-2 listed (O5), GS-4 new in line 7."""
    told = {(row.fact, row.row_name): row for row in between(city, *NIGHTS[:2]).rows}
    assert [(name, row.change) for (fact, name), row in told.items() if fact == "hazard"] == [
        ("GS-1 甲化工有限公司", "changed"),
        ("GS-2 乙服装厂", "changed"),
        ("GS-4 丁冷库", "added"),
        ("乙服装厂", "added"),
    ]
    closed = told["hazard", "GS-1 甲化工有限公司"]
    assert closed.words == (ChangedWord("status", "open", "closed"),)
    assert [(one.kind, one.file_name, one.source_cell) for one in closed.causes] == [
        ("newer_version", "孤山镇7月隐患清单.xlsx", "Sheet1!4")
    ]
    listed = told["hazard", "GS-2 乙服装厂"]
    assert listed.words == (
        ChangedWord("listed_level", None, "county", "Sheet1!M5"),
        ChangedWord("listed_on", None, date(2023, 7, 15), "Sheet1!O5"),
    )
    archived = city.home.archived(listed.causes[0].file_sha256)
    assert archived
    sheet = load_workbook(BytesIO(archived.read_bytes()))["Sheet1"]
    assert (sheet["M5"].value, sheet["O5"].value) == ("县级", "2023-07-15")
    events = {name: row for (fact, name), row in told.items() if fact == "hazard_event"}
    assert {name: row.causes[0].source_cell for name, row in events.items()} == {
        "GS-1 甲化工有限公司 rectified": "Sheet1!X4",
        "GS-1 甲化工有限公司 closed": "Sheet1!AA4",
        "GS-2 乙服装厂 listed": "Sheet1!O5",
    }
    assert events["GS-1 甲化工有限公司 closed"].words == (
        ChangedWord("event_on", None, date(2023, 7, 10)),
        ChangedWord("actor", None, "市应急局"),
    )


def test_the_list_is_printed_in_words(city: LedgerCity) -> None:
    moments = ("--from", f"{NIGHTS[0]:%Y-%m-%dT%H:%M}", "--to", f"{NIGHTS[1]:%Y-%m-%dT%H:%M}")
    answer = CliRunner().invoke(app, ["restated", CITY, *moments, "--home", str(city.home.root)])
    assert answer.exit_code == 0
    assert "状态 未整改 → 已销号" in answer.output
    assert "GS-1 甲化工有限公司 销号" in answer.output and "孤山镇7月隐患清单.xlsx Sheet1!AA4" in answer.output
