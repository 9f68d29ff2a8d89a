"""Which forms a night proves: those that came in since, in groups, and with the first the last ones proved before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

from expectations.suites import ProofResult
from orchestration.building import proved_forms
from orchestration.building.proved_forms import ChosenForms, choose_forms
from orchestration.home import Home

NIGHT = datetime(2023, 8, 1, 1, 30)
WELL = ProofResult(True, 1)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    home.build.mkdir()
    write(home, "campaigns", "select 'c' as campaign_id, 's' as snapshot_id, timestamp '2023-06-01' as loaded_at, 'b0'"
          " as batch_id")  # fmt: skip
    for number in (1, 2, 3):
        receive(home, number)
    return home


@pytest.fixture
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


def write(home: Home, table: str, rows: str, name: str = "b0") -> None:
    folder = home.raw / table
    folder.mkdir(parents=True, exist_ok=True)
    duckdb.execute(f"copy ({rows}) to '{folder / name}.parquet' (format parquet)")


def receive(home: Home, batch: int) -> None:
    """A batch of two forms, s1 and t1 in the first."""
    rows = (
        f"select letter || '{batch}' as submission_id, 'c' as campaign_id, 'f' as form_id, 'b{batch}' as batch_id,"
        " 'accepted' as verdict, timestamp '2023-07-01' as received_at from (values ('s'), ('t')) as _(letter)"
    )
    write(home, "submissions", rows, f"b{batch}")
    write(home, "outcomes", f"select submission_id, batch_id from ({rows})", f"b{batch}")


def looked_at(chosen: ChosenForms) -> list[str]:
    query = "select string_agg(distinct submission_id, ' ' order by submission_id) from gate1_due"
    return [chosen.warehouse.execute(query).fetchall()[0][0] for _ in chosen.groups()]


def choose(warehouse: duckdb.DuckDBPyConnection, home: Home, everything: bool = False) -> ChosenForms:
    warehouse.execute("drop table if exists readable; drop table if exists strayed")
    return choose_forms(warehouse, home, NIGHT, date(2023, 8, 1), everything)


@pytest.mark.parametrize(
    ("at_once", "groups"),
    [
        (6, ["s1 s2 s3 t1 t2 t3"]),
        (4, ["s1 s2 t1 t2", "s3 t3"]),
        (1, ["s1 t1", "s2 t2", "s3 t3"]),
    ],
)
def test_a_group_holds_whole_batches(
    warehouse: duckdb.DuckDBPyConnection, home: Home, monkeypatch: pytest.MonkeyPatch, at_once: int, groups: list[str]
) -> None:
    monkeypatch.setattr(proved_forms, "FORMS_AT_ONCE", at_once)
    assert looked_at(choose(warehouse, home)) == groups


def test_what_is_proved_is_not_looked_at_again_but_for_the_last_batch(
    warehouse: duckdb.DuckDBPyConnection, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(warehouse, home).note(WELL)
    assert looked_at(choose(warehouse, home)) == ["s3 t3"]
    receive(home, 4)
    assert looked_at(choose(warehouse, home)) == ["s3 s4 t3 t4"]
    receive(home, 5)
    monkeypatch.setattr(proved_forms, "FORMS_AT_ONCE", 2)
    assert looked_at(choose(warehouse, home)) == ["s3 s4 t3 t4", "s5 t5"]
    monkeypatch.undo()
    assert looked_at(choose(warehouse, home, everything=True)) == ["s1 s2 s3 s4 s5 t1 t2 t3 t4 t5"]


def test_outcomes_that_damage_put_into_another_batch_are_looked_at_with_their_form(
    warehouse: duckdb.DuckDBPyConnection, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(home, "outcomes", "select 's1' as submission_id, 'b3' as batch_id", "b3")
    monkeypatch.setattr(proved_forms, "FORMS_AT_ONCE", 2)
    query = "select list(batch_id order by batch_id) from gate1_due where submission_id = 's1'"
    found = [warehouse.execute(query).fetchall() for _ in choose(warehouse, home).groups()]
    assert found == [[(["b1", "b3"],)], [(None,)], [(None,)]]


def test_a_proof_that_failed_proves_nothing(warehouse: duckdb.DuckDBPyConnection, home: Home) -> None:
    choose(warehouse, home).note(ProofResult(False, 6, [{"problem": "x"}]))
    assert looked_at(choose(warehouse, home)) == ["s1 s2 s3 t1 t2 t3"]
