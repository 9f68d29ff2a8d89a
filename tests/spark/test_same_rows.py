"""Spark computes what DuckDB computes: every mart row for row and type for type, decimals and doubles exactly."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

from orchestration.building import dbt_parse, dbt_runner, engines, warehouse
from orchestration.building.engines import Engine
from orchestration.building.hazard_links import write_hazard_links
from orchestration.building.publish import publish
from orchestration.home import Home
from tests.pipeline.cities import at
from tests.pipeline.hand_made_lists import write_lists
from tests.pipeline.hand_made_rows import write_no_gate2_outcomes
from tests.pipeline.small_city.conftest import SmallCity

COLUMNS = """
    select table_name, column_name, data_type, comment from duckdb_columns()
    where database_name = '{database}' and schema_name = 'marts' order by table_name, column_index
"""
ONLY_HERE = 'select count(*) from (from {here}.marts."{table}" except all from {there}.marts."{table}")'


class TwoDatabases:
    """The marts of two files, side by side."""

    def __init__(self, by_duckdb: Path, by_spark: Path) -> None:
        self.connection = duckdb.connect()
        self.connection.execute(f"attach '{by_duckdb}' as by_duckdb (read_only)")
        self.connection.execute(f"attach '{by_spark}' as by_spark (read_only)")

    def columns(self, database: str) -> list[tuple[str, ...]]:
        return self.connection.execute(COLUMNS.format(database=database)).fetchall()

    def rows(self, table: str) -> int:
        return self._count(f"select count(*) from by_spark.marts.{table}")

    def unequal_tables(self) -> dict[str, tuple[int, int]]:
        """Table → rows that only DuckDB has, rows that only Spark has."""
        unequal = {}
        for table in sorted({row[0] for row in self.columns("by_duckdb")}):
            here = self._count(ONLY_HERE.format(here="by_duckdb", there="by_spark", table=table))
            there = self._count(ONLY_HERE.format(here="by_spark", there="by_duckdb", table=table))
            if here or there:
                unequal[table] = (here, there)
        return unequal

    def _count(self, query: str) -> int:
        return self.connection.execute(query).fetchall()[0][0]


@pytest.fixture(scope="module")
def city(small_city: SmallCity) -> TwoDatabases:
    """The last night of the small city as DuckDB published it, and the same night computed and published by Spark."""
    now = at(date(2023, 8, 25))
    by_spark = small_city.home.as_it_stood(now)
    result = warehouse.build(by_spark, now, now, Engine.SPARK)
    assert result.failures == ()
    folder = publish(by_spark, result, now)
    return TwoDatabases(small_city.home.current / "taizhang.duckdb", folder / "taizhang.duckdb")


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> TwoDatabases:
    """Lists written by hand: tasks, registers, events."""
    files = []
    for engine in Engine:
        home = Home(tmp_path_factory.mktemp(f"lists_{engine}"))
        write_lists(home.root)
        write_no_gate2_outcomes(home.root)
        write_hazard_links(home, datetime(2024, 6, 1), {})
        engines.begin(home, engine)
        assert dbt_runner.run_dbt(home, ("run",), datetime(2024, 6, 1, 1, 30), engine).failed == ()
        if engine is Engine.SPARK:
            engines.serve(home, dbt_parse.parsed_project(home, engine))
        files.append(home.warehouse)
    return TwoDatabases(*files)


@pytest.mark.parametrize("both", ["city", "lists"])
def test_both_engines_make_the_same_marts(both: str, request: pytest.FixtureRequest) -> None:
    databases: TwoDatabases = request.getfixturevalue(both)
    assert databases.columns("by_spark") == databases.columns("by_duckdb")
    assert databases.unequal_tables() == {}


def test_what_is_compared_has_rows(city: TwoDatabases, lists: TwoDatabases) -> None:
    assert city.rows("fct_indicator_values") == 420  # 4 units x 3 periods x 35 figures
    assert lists.rows("dim_tasks") == 5  # T1, T2, T3 of the plan and two of t1's own


def test_every_unit_test_of_the_models_passes_on_spark(city: TwoDatabases, small_city: SmallCity) -> None:
    now = at(date(2023, 8, 25))
    arguments = ("test", "--select", "test_type:unit")
    result = dbt_runner.run_dbt(small_city.home.as_it_stood(now), arguments, now, Engine.SPARK)
    assert len(result.nodes) > 0
    assert result.failed == ()
