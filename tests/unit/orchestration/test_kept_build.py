"""When a build goes on from the last one: while nothing but files came in and days went by."""

from __future__ import annotations

import shutil
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

from orchestration.building import kept_build
from orchestration.building.kept_build import KeptBuild
from orchestration.home import Home

FIRST = datetime(2023, 8, 1, 1, 30)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with a correction of 4 August and a change of units of 6 August, whose build of 1 August succeeded."""
    home = Home(tmp_path)
    home.build.mkdir()
    home.warehouse.touch()
    write(home, "campaigns", "select 'c' as campaign_id, 's' as snapshot_id, timestamp '2023-06-01' as loaded_at, 'b0'"
          " as batch_id")  # fmt: skip
    write(home, "corrections", "select 'c' as campaign_id, date '2023-08-04' as decided_on")
    write(home, "unit_changes", "select 'c' as campaign_id, date '2023-08-06' as changed_on")
    kept_build.note(home, begin(home, FIRST))
    return home


def write(home: Home, table: str, rows: str, name: str = "b0") -> None:
    folder = home.raw / table
    folder.mkdir(parents=True, exist_ok=True)
    duckdb.execute(f"copy ({rows}) to '{folder / name}.parquet' (format parquet)")


def begin(home: Home, now: datetime, *, from_nothing: bool = False) -> KeptBuild:
    return kept_build.begin(home, now, now.date(), from_nothing=from_nothing)


def on(day: int) -> datetime:
    return datetime(2023, 8, day, 1, 30)


def test_the_next_nights_go_on_from_what_the_first_began(home: Home) -> None:
    for day in (2, 3):
        build = begin(home, on(day))
        assert (build.goes_on, build.begun_on) == (True, date(2023, 8, 1))
        kept_build.note(home, build)


def test_a_build_that_did_not_end_well_leaves_nothing_to_go_on_from(home: Home) -> None:
    assert begin(home, on(2)).goes_on
    assert not begin(home, on(3)).goes_on


@pytest.mark.parametrize("day", [4, 6], ids=["correction", "change of units"])
def test_what_comes_into_force_today_is_built_from_nothing(home: Home, day: int) -> None:
    kept_build.note(home, begin(home, on(day - 1)))
    build = begin(home, on(day))
    assert (build.goes_on, build.begun_on) == (False, date(2023, 8, day))


def test_a_week_later_everything_is_due_again(home: Home) -> None:
    for day in (4, 6):
        kept_build.note(home, begin(home, on(day)))
    for day, goes_on in ((12, True), (13, False)):
        build = begin(home, on(day))
        assert build.goes_on is goes_on
        kept_build.note(home, build)


def test_a_changed_campaign_is_built_from_nothing(home: Home) -> None:
    write(home, "campaigns", "select 'c' as campaign_id, 't' as snapshot_id, timestamp '2023-08-02' as loaded_at, 'b1'"
          " as batch_id", "b1")  # fmt: skip
    assert not begin(home, on(2)).goes_on


def test_a_copy_of_the_home_is_built_from_nothing(home: Home) -> None:
    """Its views read the files of the first home."""
    copied = Home(home.root.with_name("copied"))
    shutil.copytree(home.root, copied.root)
    assert begin(home, on(2)).goes_on
    assert not begin(copied, on(2)).goes_on


def test_an_earlier_moment_is_built_from_nothing(home: Home) -> None:
    assert not begin(home, FIRST.replace(hour=0)).goes_on


def test_whoever_asks_for_everything_gets_it(home: Home) -> None:
    assert not begin(home, on(2), from_nothing=True).goes_on


@pytest.mark.parametrize("text", ["", "{}", '{"means": "x", "as_of": "yesterday", "begun_on": "2023-08-01"}'])
def test_a_note_that_cannot_be_read_keeps_nothing(home: Home, text: str) -> None:
    (home.build / kept_build.NOTE).write_text(text, encoding="utf-8")
    assert not begin(home, on(2)).goes_on


def test_without_a_build_file_there_is_nothing_to_go_on_from(home: Home) -> None:
    home.warehouse.unlink()
    assert not begin(home, on(2)).goes_on
