"""Which engine computes the models, and how what it computed reaches the build file that everybody else reads.

Belongs here: the engines there are, the way from Spark's tables into the build file ("Spark computes, DuckDB serves").
Does not belong here: SQL that differs (dbt_project/macros), running dbt (dbt_runner.py), whether Spark is at hand
(spark_server.py), starting a cluster (deploy/spark).
"""

from __future__ import annotations

import os
import shutil
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestration.building.database import connect
from orchestration.building.spark_server import require_spark
from orchestration.errors import PlainError

if TYPE_CHECKING:
    import duckdb

    from orchestration.home import Home

ENGINE_VARIABLE = "TAIZHANG_DBT_TARGET"  # dbt_project/profiles.yml reads it too
_PUBLIC = "marts"


class Engine(StrEnum):
    """The targets of dbt_project/profiles.yml."""

    DUCKDB = "duckdb"
    SPARK = "spark"


def engine_called(name: str) -> Engine:
    try:
        return Engine(name)
    except ValueError:
        known = "、".join(Engine)
        raise PlainError(f"没有 {name} 这个计算引擎，只有 {known}。 No such engine; there are {known}.") from None


def engine_in_force() -> Engine:
    """What the deployment chose for its nights; DuckDB unless it says otherwise."""
    return engine_called(os.environ.get(ENGINE_VARIABLE) or Engine.DUCKDB)


def begin(home: Home, engine: Engine, *, goes_on: bool = False) -> None:
    """Empty what the last build left: the build file, and on Spark the folders of its tables.

    Args:
        home: of the build.
        engine: Spark makes every table anew.
        goes_on: leave the build file as the last build made it (kept_build.py).

    Raises:
        PlainError: Spark is not installed or does not answer; nothing was emptied then.
    """
    if engine is Engine.SPARK:
        require_spark()
        shutil.rmtree(home.spark_tables, ignore_errors=True)
    shutil.rmtree(home.spill, ignore_errors=True)  # a build that was killed may have left some
    if not goes_on:
        _empty_build_file(home)


def serve(home: Home, manifest: Any) -> None:
    """Let the build file show what Spark has written so far: marts copied with their comments, other tables as views.

    Views of Spark (staging) stay there: nobody but the models reads them.
    """
    with connect(home, home.warehouse) as connection:
        for node in manifest.nodes.values():
            files = home.spark_tables / node.schema / node.alias / "*.parquet"
            if node.resource_type == "model" and any(files.parent.glob(files.name)):
                connection.execute(f'create schema if not exists "{node.schema}"')
                _serve_table(connection, node, files)


def _serve_table(connection: duckdb.DuckDBPyConnection, node: Any, files: Path) -> None:
    kind = "table" if node.schema == _PUBLIC else "view"
    name = f'"{node.schema}"."{node.alias}"'
    connection.execute(f"create or replace {kind} {name} as from read_parquet({_quoted(files)})")
    if kind == "table":
        connection.execute(f"comment on table {name} is {_quoted(node.description)}")
        for column in node.columns.values():
            connection.execute(f'comment on column {name}."{column.name}" is {_quoted(column.description)}')


def _empty_build_file(home: Home) -> None:
    """Start from an empty database that only its owner reads: its schema `restricted` holds names of persons."""
    for old in (home.warehouse, home.warehouse.with_suffix(".duckdb.wal")):
        old.unlink(missing_ok=True)
    connect(home, home.warehouse).close()
    home.warehouse.chmod(0o600)


def _quoted(text: object) -> str:
    return "'" + str(text).replace("'", "''") + "'"
