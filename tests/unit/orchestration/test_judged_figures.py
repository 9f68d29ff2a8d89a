"""Rows made of the figures of a period or a report are kept until the figures, or what judged them, change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pytest

from orchestration.building import judged_figures
from orchestration.building.judged_figures import PERIOD, REPORT, judge_what_changed

SCHEMA = pa.schema([(name, pa.string()) for name in (*REPORT, "said")])
FIGURES = [("c", "f", "2023-06", "u1", 5), ("c", "f", "2023-06", "u2", 5), ("c", "f", "2023-07", "u1", 6)]
ALL_FIRST = [("2023-06", "u1", "first"), ("2023-06", "u2", "first"), ("2023-07", "u1", "first")]


@pytest.fixture
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(
            "create table figures (campaign_id text, form_id text, period text, unit_id text, value int)"
        )
        connection.executemany("insert into figures values (?, ?, ?, ?, ?)", FIGURES)
        yield connection


def judge(
    warehouse: duckdb.DuckDBPyConnection,
    folder: Path,
    said: str,
    rules: str = "rules 1",
    key: tuple[str, ...] = REPORT,
) -> list[tuple[str, str, str]]:
    """Every changed report gets a row with the word `said`; returns all rows afterwards: period, unit, word."""

    def rows(figures: pd.DataFrame) -> list[dict[str, str]]:
        reports = figures[list(REPORT)].drop_duplicates().astype(str).to_dict("records")
        return [{**report, "said": said} for report in reports]

    unchanged, anew = judge_what_changed(warehouse, "figures", key, folder, SCHEMA, rules, rows)
    assert {row["said"] for row in anew.to_pylist()} <= {said}
    found = pa.concat_tables([unchanged, anew]).to_pylist()
    return sorted((row["period"], row["unit_id"], row["said"]) for row in found)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("select 1", ALL_FIRST),
        ("update figures set value = 7 where period = '2023-07'", [*ALL_FIRST[:2], ("2023-07", "u1", "second")]),
        ("delete from figures where unit_id = 'u2'", [ALL_FIRST[0], ALL_FIRST[2]]),
        (
            "update figures set value = null where unit_id = 'u2'",
            [ALL_FIRST[0], ("2023-06", "u2", "second"), ALL_FIRST[2]],
        ),
        ("insert into figures values ('c', 'f', '2023-07', 'u1', 6)", [*ALL_FIRST[:2], ("2023-07", "u1", "second")]),
        ("insert into figures values ('c', 'f', '2023-07', 'u2', 6)", [*ALL_FIRST, ("2023-07", "u2", "second")]),
        ("delete from figures where period = '2023-07'", ALL_FIRST[:2]),
    ],
)
def test_only_the_reports_that_changed_are_judged_again(
    warehouse: duckdb.DuckDBPyConnection, tmp_path: Path, change: str, expected: list[tuple[str, str, str]]
) -> None:
    assert judge(warehouse, tmp_path / "kept", "first") == ALL_FIRST
    warehouse.execute(change)
    assert judge(warehouse, tmp_path / "kept", "second") == expected
    assert judge(warehouse, tmp_path / "kept", "third") == expected  # what was made is kept in turn


def test_of_a_period_all_reports_are_judged_again(warehouse: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    judge(warehouse, tmp_path / "kept", "first", key=PERIOD)
    warehouse.execute("delete from figures where unit_id = 'u2'")
    assert judge(warehouse, tmp_path / "kept", "second", key=PERIOD) == [("2023-06", "u1", "second"), ALL_FIRST[2]]


def test_other_rules_judge_everything_again(warehouse: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    judge(warehouse, tmp_path / "kept", "first")
    assert {word for _, _, word in judge(warehouse, tmp_path / "kept", "second", "rules 2")} == {"second"}


def test_rows_that_another_program_kept_are_of_no_use(warehouse: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    judge(warehouse, tmp_path / "kept", "first")
    warehouse.execute(f"copy (select 'c' as campaign_id, 'old' as said) to '{tmp_path}/kept/rows.parquet'")
    assert {word for _, _, word in judge(warehouse, tmp_path / "kept", "new")} == {"new"}


def test_a_run_that_was_killed_while_it_kept_rows_leaves_nothing_half(
    warehouse: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    judge(warehouse, tmp_path / "kept", "first")
    (tmp_path / "kept").rename(tmp_path / "kept.partial")  # the old folder gone, the new one not in its place yet
    (tmp_path / "kept.partial" / "rows.parquet").write_bytes(b"half")
    assert {word for _, _, word in judge(warehouse, tmp_path / "kept", "second")} == {"second"}
    assert {word for _, _, word in judge(warehouse, tmp_path / "kept", "third")} == {"second"}


@pytest.mark.parametrize("gone", ["rows.parquet", "fingerprints.parquet"])
def test_a_run_that_was_killed_while_it_forgot_rows_keeps_none(
    warehouse: duckdb.DuckDBPyConnection, tmp_path: Path, gone: str
) -> None:
    judge(warehouse, tmp_path / "kept", "first")
    (tmp_path / "kept" / gone).unlink()
    assert {word for _, _, word in judge(warehouse, tmp_path / "kept", "second")} == {"second"}


def test_figures_are_handed_out_some_at_a_time_and_no_period_is_divided(
    warehouse: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judged_figures, "FIGURES_AT_ONCE", 2)
    warehouse.execute("insert into figures values ('c', 'f', '2023-08', 'u1', 6)")
    sizes = []

    def note(figures: pd.DataFrame) -> list[dict[str, str]]:
        sizes.append((sorted(set(figures["period"])), len(figures)))
        return []

    judge_what_changed(warehouse, "figures", PERIOD, tmp_path / "kept", SCHEMA, "rules 1", note)
    assert sizes == [(["2023-06"], 2), (["2023-07", "2023-08"], 2)]
