"""The marts of one version of the snapshot: a database that older DuckDB opens, and a Parquet file of each.

Belongs here: copying the marts with their comments, and taking over from the version in force what has not changed
since. Does not belong here: versions, swaps, the documents beside the marts (publish.py).

Most marts are the same as the night before, and most periods of the others. A mart is taken over when its columns,
their comments and every row are what they were; in the database the periods of a mart are, too, a Parquet file is
written whole. Every version still is a folder of its own that shares nothing with the others.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestration.building.database import connect
from reports.published import DATABASE

if TYPE_CHECKING:
    import duckdb

    from orchestration.home import Home

READABLE_BY = "v1.4.0"  # analysts' tools lag behind the DuckDB that builds
SCHEMA = "marts"  # nothing else leaves the house: staging and `restricted` hold what people sent
_BUILD, _VERSION = "build", "taizhang"  # what both databases are called while one is written from the other
_PERIOD = "period"
_AS_PARQUET = "compression zstd, compression_level 1"  # a fifth less to write than level 3, and no larger

_TABLES = """
    select table_name, comment from duckdb_tables()
    where database_name = ? and schema_name = ? order by table_name
"""
_COLUMNS = """
    select column_name, data_type, comment from duckdb_columns()
    where database_name = ? and schema_name = ? and table_name = ? order by column_index
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
        connection.execute(f"attach {_quoted(home.warehouse)} as {_BUILD} (read_only)")
        wanted = _read_marts(connection, _BUILD)
        marks = {name: mart.mark(connection) for name, mart in wanted.items()}
        taken = _take_over(folder, last, facts, marks)
        connection.execute(f"attach {_quoted(folder / DATABASE)} as {_VERSION} (storage_version '{READABLE_BY}')")
        connection.execute(f"create schema if not exists {_VERSION}.{SCHEMA}")
        before = _read_marts(connection, _VERSION, but=taken)
        for gone in before.keys() - wanted.keys():
            connection.execute(f"drop table {_table(_VERSION, gone)}")
        for name in sorted(wanted.keys() - taken):
            _write_mart(connection, name, wanted[name], before.get(name))
            file = _quoted(folder / "parquet" / f"{name}.parquet")
            connection.execute(f"copy {_table(_VERSION, name)} to {file} ({_AS_PARQUET})")
    return marks


def _take_over(folder: Path, last: Path, facts: Mapping[str, Any], marks: Mapping[str, str]) -> frozenset[str]:
    """Copy the last version's database and the Parquet files of marts that are what they were; returns their names."""
    same = frozenset(name for name, mark in facts.get("marts", {}).items() if marks.get(name) == mark)
    files = [DATABASE, *(f"parquet/{name}.parquet" for name in sorted(same))]
    if not facts or any(_sha256_or_none(last / file) != facts["files"].get(file) for file in files):
        return frozenset()  # there is none, or somebody changed its files by hand: nothing is taken from it
    for file in files:
        shutil.copyfile(last / file, folder / file)
    return same


@dataclass(frozen=True, slots=True)
class _Mart:
    """What one mart says. `periods` has the number of its rows and two sums over their hashes, by period; all rows
    stand under "" where a mart has no periods. Equal for the same rows in whatever order.
    """

    comment: str | None
    columns: tuple[tuple[str, str, str | None], ...]
    periods: Mapping[str, tuple[int, int, int]]

    def mark(self, connection: duckdb.DuckDBPyConnection) -> str:
        """Short for all of it; another DuckDB may reckon other hashes."""
        said = (READABLE_BY, connection.sql("select version()").fetchall(), self.comment, self.columns, self.periods)
        return hashlib.sha256(repr(said).encode()).hexdigest()

    @property
    def has_periods(self) -> bool:
        return any(column == _PERIOD for column, *_ in self.columns)

    def periods_unlike(self, other: _Mart) -> list[str]:
        every = self.periods.keys() | other.periods.keys()
        return sorted(period for period in every if self.periods.get(period) != other.periods.get(period))


def _read_marts(connection: duckdb.DuckDBPyConnection, database: str, but: Iterable[str] = ()) -> dict[str, _Mart]:
    tables = connection.execute(_TABLES, [database, SCHEMA]).fetchall()
    return {name: _read_mart(connection, database, name, comment) for name, comment in tables if name not in but}


def _read_mart(connection: duckdb.DuckDBPyConnection, database: str, name: str, comment: str | None) -> _Mart:
    columns = connection.execute(_COLUMNS, [database, SCHEMA, name]).fetchall()
    names = ", ".join(f'"{column}"' for column, *_ in columns)
    mart = _Mart(comment, tuple(columns), {})
    period = f"coalesce({_PERIOD}, '')" if mart.has_periods else "''"
    rows = connection.execute(
        f"select {period}, count(*), sum(hash({names})), bit_xor(hash(hash({names})))"  # noqa: S608 - names of our own tables
        f" from {_table(database, name)} group by all order by all"
    ).fetchall()
    return replace(mart, periods={period: tuple(sums) for period, *sums in rows})


def _write_mart(connection: duckdb.DuckDBPyConnection, name: str, wanted: _Mart, before: _Mart | None) -> None:
    """Bring a mart of the new version up to date: the periods that differ, or all of it where that is most of it."""
    if before is None or (before.comment, before.columns) != (wanted.comment, wanted.columns):
        _copy_mart(connection, name, wanted)
        return
    unlike = wanted.periods_unlike(before)
    rows = sum(wanted.periods[period][0] for period in unlike if period in wanted.periods)
    if not wanted.has_periods or 2 * rows > sum(count for count, *_ in wanted.periods.values()):
        _copy_mart(connection, name, wanted)
        return
    of_them = f"coalesce({_PERIOD}, '') in (select unnest(?))"
    connection.execute(f"delete from {_table(_VERSION, name)} where {of_them}", [unlike])  # noqa: S608
    connection.execute(
        f"insert into {_table(_VERSION, name)} from {_table(_BUILD, name)} where {of_them}",
        [unlike],
    )


def _copy_mart(connection: duckdb.DuckDBPyConnection, name: str, wanted: _Mart) -> None:
    target = _table(_VERSION, name)
    connection.execute(f"create or replace table {target} as from {_table(_BUILD, name)}")
    if wanted.comment:
        connection.execute(f"comment on table {target} is {_quoted(wanted.comment)}")
    for column, _, text in wanted.columns:
        if text is not None:
            connection.execute(f'comment on column {target}."{column}" is {_quoted(text)}')


def _table(database: str, name: str) -> str:
    return f'{database}.{SCHEMA}."{name}"'


def sha256(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _sha256_or_none(path: Path) -> str | None:
    return sha256(path) if path.is_file() else None


def _quoted(text: object) -> str:
    return "'" + str(text).replace("'", "''") + "'"
