"""Tasks, register entries and accidents that changed between two nights, on lists written by hand and the real models.

What must be listed is read from the two warehouses here, row by row; every expected value was worked out on paper.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import date, datetime
from itertools import combinations
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.building.hazard_links import write_hazard_links
from orchestration.home import Home
from orchestration.restating.compared_nights import ComparedNights
from orchestration.restating.restated_row import ChangedWord, RestatedRow
from orchestration.restating.row_restatement import restated_rows
from orchestration.snapshot import MartSnapshot
from reports.published import Snapshot
from tests.pipeline.hand_made_campaign import CAMPAIGN
from tests.pipeline.hand_made_lists import write_lists, write_resent
from tests.pipeline.hand_made_rows import write_no_gate2_outcomes
from tests.pipeline.test_models_on_hand_made_rows import Warehouse

NIGHTS = (datetime(2024, 4, 24, 1, 30), datetime(2024, 4, 25, 1, 30), datetime(2024, 6, 1, 1, 30))
MODELS = (
    *("dim_campaigns", "dim_units", "dim_tasks", "dim_reporting_periods", "fct_submissions", "fct_task_progress"),
    *("fct_register_entries", "fct_register_values", "fct_accidents", "fct_hazards", "fct_hazard_events"),
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, dict[datetime, MartSnapshot]]:
    """The night before April's lists came, the night after, and the night of 1 June, when May's had come."""
    home = tmp_path_factory.mktemp("restated_lists")
    write_lists(home)
    write_resent(home)
    write_no_gate2_outcomes(home)
    snapshots = {}
    for night in NIGHTS:
        write_hazard_links(Home(home), night, {})
        warehouse = Warehouse(home)
        chosen = [argument for model in MODELS for argument in ("--select", f"+{model}")]
        warehouse.build(f"{night}", *chosen, "--exclude-resource-type", "test", "unit_test")
        kept = shutil.copy(home / "warehouse.duckdb", home / f"{night:%m%d}.duckdb")
        snapshots[night] = MartSnapshot(Snapshot(Path(kept), f"{night:%m%d}", night))
    return Home(home), snapshots


def between(
    built: tuple[Home, dict[datetime, MartSnapshot]], since: datetime, until: datetime
) -> tuple[ComparedNights, tuple[RestatedRow, ...]]:
    nights = ComparedNights(built[0], built[1][since], built[1][until])
    return nights, restated_rows(nights, CAMPAIGN)


def read(night: MartSnapshot, query: str) -> Mapping[tuple[Any, ...], tuple[Any, ...]]:
    """By the first four columns: the others."""
    with duckdb.connect(str(night.source.database), read_only=True) as connection:
        return {row[:4]: row[4:] for row in connection.execute(query).fetchall()}


SAID = {
    "task": "select period, form_id, unit_id, task_id, coalesce(status_name, status), progress, evidence, reason, note "
    "from marts.fct_task_progress",
    "accident": "select null, form_id, unit_id, row_key, grade_name, occurred_on, enterprise, deaths, closed_on "
    "from marts.fct_accidents",
    "register_entry": "select null, form_id, unit_id, row_key, bool_or(is_current) from marts.fct_register_entries "
    "group by form_id, unit_id, row_key",
}


@pytest.mark.parametrize("fact", SAID)
@pytest.mark.parametrize(("since", "until"), list(combinations(NIGHTS, 2)), ids=str)
def test_every_changed_row_is_listed_once_and_has_a_cause(
    built: tuple[Home, dict[datetime, MartSnapshot]], since: datetime, until: datetime, fact: str
) -> None:
    nights, told = between(built, since, until)
    before, after = read(nights.before, SAID[fact]), read(nights.after, SAID[fact])
    published = {key[:2] for key in before} if fact == "task" else {key[:2] for key in after}
    changed = {k for k in before.keys() | after.keys() if before.get(k) != after.get(k) and k[:2] in published}
    rows = [row for row in told if row.fact == fact]
    assert sorted((row.period or "", row.form_id, row.unit_id, row.row_id) for row in rows) == sorted(
        (period or "", *rest) for period, *rest in changed
    )
    assert all(row.causes and row.words for row in rows)


def test_a_list_that_was_sent_again_names_file_and_cell(built: tuple[Home, dict[datetime, MartSnapshot]]) -> None:
    """Of April's tasks of d1 only T1 is said otherwise; May's tasks are new, not restated."""
    _, told = between(built, *NIGHTS[1:])
    (row,) = [row for row in told if row.fact == "task"]
    assert (row.period, row.unit_id, row.row_id, row.change) == ("2024-04", "d1", "T1", "changed")
    assert row.nature == "correction"
    assert row.words == (
        ChangedWord("status", "已完成", "推进中", "表!B3"),
        ChangedWord("reason", None, "重新开展", "表!C3"),
    )
    assert [(cause.kind, cause.file_name, cause.received_at, cause.source_cell) for cause in row.causes] == [
        ("newer_version", "d1-april-again.xlsx", datetime(2024, 5, 28, 9), "表!B3")
    ]


def test_what_a_later_list_says_otherwise_is_told_with_its_cell(
    built: tuple[Home, dict[datetime, MartSnapshot]],
) -> None:
    """May: one more died, the case is closed; a shop left the register, another is self-operated, its area unsaid."""
    _, told = between(built, *NIGHTS[1:])
    changed = {(row.fact, row.row_name): row for row in told if row.unit_id in ("t1", "d1") and row.fact != "task"}
    assert {name: row.nature.value for (_, name), row in changed.items()} == {
        "2024-1": "correction",
        "二号店": "correction",
        "一号店 面积": "correction",
        "一号店 经营方式": "progress",
    }
    accident = changed["accident", "2024-1"]
    assert accident.words == (
        ChangedWord("deaths", 1, 2, "表!C3"),
        ChangedWord("closed_on", None, date(2024, 5, 1), "表!F3"),
    )
    assert [(cause.kind, cause.file_name, cause.source_cell) for cause in accident.causes] == [
        ("later_list", "accidents-may.xlsx", "表!B3")
    ]
    assert changed["register_entry", "二号店"].words == (ChangedWord("is_in_register", True, False),)
    use, area = changed["register_value", "一号店 经营方式"], changed["register_value", "一号店 面积"]
    assert (use.words, use.causes[0].source_cell) == ((ChangedWord("value", "出租", "自营", "表!B3"),), "表!B3")
    assert (area.change, area.words) == ("gone", (ChangedWord("value", "12.5", None),))
