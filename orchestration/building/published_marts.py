"""The marts of one version of the snapshot: a database that older DuckDB opens, and a Parquet file of each.

Belongs here: copying the marts with their comments, and taking over from the version in force those that have not
changed since. Does not belong here: versions, swaps, the documents beside the marts (publish.py).

Most marts are the same as the night before. A mart is taken over when its columns, their comments and every row are
what they were; every version still is a folder of its own that shares nothing with the others.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestration.building.database import connect
from reports.published import DATABASE

if TYPE_CHECKING:
    import duckdb

    from orchestration.home import Home

READABLE_BY = "v1.4.0"  # analysts' tools lag behind the DuckDB that builds
SCHEMA = "marts"  # nothing else leaves the house: staging and `restricted` hold what people sent

_TABLES = """
    select table_name, comment from duckdb_tables()
    where database_name = 'build' and schema_name = ? order by table_name
"""
_COLUMNS = """
    select column_name, data_type, comment from duckdb_columns()
    where database_name = 'build' and schema_name = ? and table_name = ? order by column_index
"""


def write_marts(home: Home, folder: Path, last: Path, facts: Mapping[str, Any]) -> dict[str, str]:
    """Write every mart of the build into `folder`.

    Args:
        home: its build file is read.
        folder: of the new version; taizhang.duckdb and parquet/<mart>.parquet are written there.
        last: the folder of the version in force, which may be none.
        facts: what its snapshot.json says; empty where there is none.

    Returns:
        What tells that a mart has not changed, by its name; `facts` of the next version has it as "marts".
    """
    (folder / "parquet").mkdir()
    with connect(home) as connection:
        connection.execute(f"attach {_quoted(home.warehouse)} as build (read_only)")
        marks = {table: _mark(connection, table, comment) for table, comment in _tables(connection)}
        taken = _take_over(folder, last, facts, marks)
        connection.execute(f"attach {_quoted(folder / DATABASE)} as taizhang (storage_version '{READABLE_BY}')")
        connection.execute(f"create schema if not exists taizhang.{SCHEMA}")
        for gone in facts.get("marts", {}).keys() - marks.keys() if taken else ():
            connection.execute(f'drop table taizhang.{SCHEMA}."{gone}"')
        for table, comment in _tables(connection):
            if table not in taken:
                _copy_table(connection, table, comment, folder)
    return marks


def _take_over(folder: Path, last: Path, facts: Mapping[str, Any], marks: Mapping[str, str]) -> frozenset[str]:
    """Copy the last version's database and the Parquet files of marts that are what they were; returns their names."""
    same = frozenset(name for name, mark in facts.get("marts", {}).items() if marks.get(name) == mark)
    files = [DATABASE, *(f"parquet/{name}.parquet" for name in sorted(same))]
    if not same or any(_sha256_or_none(last / file) != facts["files"].get(file) for file in files):
        return frozenset()  # somebody changed the last version's files by hand: nothing is taken from it
    for file in files:
        shutil.copyfile(last / file, folder / file)
    return same


def _tables(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str | None]]:
    return connection.execute(_TABLES, [SCHEMA]).fetchall()


def _mark(connection: duckdb.DuckDBPyConnection, table: str, comment: str | None) -> str:
    """Equal for two tables with the same columns, comments and rows, in whatever order the rows stand."""
    columns = connection.execute(_COLUMNS, [SCHEMA, table]).fetchall()
    names = ", ".join(f'"{name}"' for name, *_ in columns)
    rows = connection.execute(
        f"select count(*), sum(hash({names})), bit_xor(hash(hash({names}))), version()"  # noqa: S608 - names of our own tables
        f' from build.{SCHEMA}."{table}"'
    ).fetchall()
    return hashlib.sha256(repr((READABLE_BY, comment, columns, rows)).encode()).hexdigest()


def _copy_table(connection: duckdb.DuckDBPyConnection, table: str, comment: str | None, folder: Path) -> None:
    target = f'taizhang.{SCHEMA}."{table}"'
    connection.execute(f'create or replace table {target} as from build.{SCHEMA}."{table}"')
    if comment:
        connection.execute(f"comment on table {target} is {_quoted(comment)}")
    for column, _, text in connection.execute(_COLUMNS, [SCHEMA, table]).fetchall():
        if text is not None:
            connection.execute(f'comment on column {target}."{column}" is {_quoted(text)}')
    connection.execute(f"copy {target} to {_quoted(folder / 'parquet' / f'{table}.parquet')} (compression zstd)")


def sha256(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _sha256_or_none(path: Path) -> str | None:
    return sha256(path) if path.is_file() else None


def _quoted(text: object) -> str:
    return "'" + str(text).replace("'", "''") + "'"
