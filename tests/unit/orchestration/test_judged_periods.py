"""Rows made of a period's figures are kept until the figures, or what judged them, change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pytest

from orchestration.building import judged_periods as kept_rows
from orchestration.building.judged_periods import judged_periods

SCHEMA = pa.schema([(name, pa.string()) for name in ("campaign_id", "form_id", "period", "said")])
FIGURES = [("c", "f", "2023-06", "u1", 5), ("c", "f", "2023-06", "u2", 5), ("c", "f", "2023-07", "u1", 6)]


@pytest.fixture
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(
            "create table figures (campaign_id text, form_id text, period text, unit_id text, value int)"
        )
        connection.executemany("insert into figures values (?, ?, ?, ?, ?)", FIGURES)
        yield connection


def judge(warehouse: duckdb.DuckDBPyConnection, file: Path, said: str, rules: str = "rules 1") -> list[tuple[str, str]]:
    """Every changed period gets a row with the word `said`; returns all rows kept afterwards, by period."""

    def rows(figures: pd.DataFrame) -> list[dict[str, str]]:
        changed = sorted(set(figures["period"]))
        return [{"campaign_id": "c", "form_id": "f", "period": period, "said": said} for period in changed]

    kept = judged_periods(warehouse, "figures", file, SCHEMA, rules).keep(rows).to_pylist()
    return sorted((row["period"], row["said"]) for row in kept)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("select 1", [("2023-06", "first"), ("2023-07", "first")]),
        ("update figures set value = 7 where period = '2023-07'", [("2023-06", "first"), ("2023-07", "second")]),
        ("delete from figures where unit_id = 'u2'", [("2023-06", "second"), ("2023-07", "first")]),
        ("update figures set value = null where unit_id = 'u2'", [("2023-06", "second"), ("2023-07", "first")]),
        ("insert into figures values ('c', 'f', '2023-07', 'u1', 6)", [("2023-06", "first"), ("2023-07", "second")]),
        ("delete from figures where period = '2023-07'", [("2023-06", "first")]),
    ],
)
def test_only_what_changed_is_judged_again(
    warehouse: duckdb.DuckDBPyConnection, tmp_path: Path, change: str, expected: list[tuple[str, str]]
) -> None:
    assert judge(warehouse, tmp_path / "kept", "first") == [("2023-06", "first"), ("2023-07", "first")]
    warehouse.execute(change)
    assert judge(warehouse, tmp_path / "kept", "second") == expected


def test_other_rules_judge_everything_again(warehouse: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    judge(warehouse, tmp_path / "kept", "first")
    assert judge(warehouse, tmp_path / "kept", "second", "rules 2") == [("2023-06", "second"), ("2023-07", "second")]


def test_a_file_that_another_program_wrote_keeps_nothing(warehouse: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    warehouse.execute(f"copy (select 'c' as campaign_id, 'old' as said) to '{tmp_path / 'kept'}' (format parquet)")
    assert judge(warehouse, tmp_path / "kept", "new") == [("2023-06", "new"), ("2023-07", "new")]


def test_figures_are_handed_out_some_periods_at_a_time_and_no_period_is_divided(
    warehouse: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_rows, "FIGURES_AT_ONCE", 2)
    warehouse.execute("insert into figures values ('c', 'f', '2023-08', 'u1', 6)")
    sizes = []
    judged_periods(warehouse, "figures", tmp_path / "kept", SCHEMA, "rules 1").keep(
        lambda figures: sizes.append((sorted(set(figures["period"])), len(figures))) or []
    )
    assert sizes == [(["2023-06"], 2), (["2023-07", "2023-08"], 2)]
