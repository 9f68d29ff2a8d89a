"""The marts of one version of the snapshot: a database that older DuckDB opens, and Parquet files of each.

Belongs here: copying the marts with their comments, and taking over from the version in force what has not changed
since. Does not belong here: versions, swaps, the documents beside the marts (publish.py).

Most marts are the same as the night before, and most periods of the others. A mart is one piece, a large one that has
periods a piece for each of them: a Parquet file, and as many rows of the database. A piece is taken over when the
columns of its mart, their comments and every row are what they were, so that a night writes what is new and not what is
stored. Every version still is a folder of its own that shares nothing with the others.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from orchestration.building.database import connect
from reports.published import DATABASE

if TYPE_CHECKING:
    import duckdb

    from orchestration.home import Home

READABLE_BY = "v1.4.0"  # analysts' tools lag behind the DuckDB that builds
SCHEMA = "marts"  # nothing else leaves the house: staging and `restricted` hold what people sent
DIVIDED_FROM = 100_000  # rows: below, a file for every period costs more than it saves
_BUILD, _VERSION = "build", "taizhang"  # what both databases are called while one is written from the other
_PERIOD = "period"
_WHOLE, _NO_PERIOD = "all", "no_period"  # names of files; periods are 2023-06, 2024Q1, 2024H1, 2024
_AS_PARQUET = "compression zstd, compression_level 1"  # a fifth less to write than level 3, and no larger

_TABLES = """
    select table_name, comment from duckdb_tables()
    where database_name = ? and schema_name = ? order by table_name
"""
_COLUMNS = """
    select column_name, data_type, comment from duckdb_columns()
    where database_name = ? and schema_name = ? and table_name = ? order by column_index
"""


def write_marts(
    home: Home, folder: Path, last: Path, facts: Mapping[str, Any], divided_from: int = DIVIDED_FROM
) -> dict[str, str]:
    """Write every mart of the build into `folder`.

    Args:
        home: its build file is read.
        folder: of the new version; taizhang.duckdb and parquet/<mart>/*.parquet are written there.
        last: the folder of the version in force, which may be none.
        facts: what its snapshot.json says; empty where there is none.
        divided_from: a mart with periods and at least as many rows has a file for each period.

    Returns:
        What tells that a piece has not changed, by its Parquet file; `facts` of the next version has it as "pieces".
    """
    with connect(home) as connection:
        connection.execute(f"attach {_quoted(home.warehouse)} as {_BUILD} (read_only)")
        marts = _read_marts(connection, divided_from)
        marks = {piece.file: piece.mark for mart in marts for piece in mart.pieces}
        known = facts.get("pieces", {})
        taken = _take_over(folder, last, facts, {file for file in known if known[file] == marks.get(file)})
        connection.execute(f"attach {_quoted(folder / DATABASE)} as {_VERSION} (storage_version '{READABLE_BY}')")
        connection.execute(f"create schema if not exists {_VERSION}.{SCHEMA}")
        for gone in _names(connection, _VERSION) - {mart.name for mart in marts}:
            connection.execute(f"drop table {_table(_VERSION, gone)}")
        for mart in marts:
            stood = {file for file in known if PurePosixPath(file).parent == mart.folder} if taken else set()
            _write_mart(connection, folder, mart, taken, stood)
    return marks


@dataclass(frozen=True, slots=True)
class _Piece:
    """Rows of a mart: of one period ("" for those without), or all of them. `mark` is equal for equal rows, in
    whatever order, of equal columns; another DuckDB may reckon another.
    """

    file: str
    period: str | None
    rows: int
    mark: str


@dataclass(frozen=True, slots=True)
class _Mart:
    name: str
    comment: str | None
    columns: tuple[tuple[str, str, str | None], ...]
    pieces: tuple[_Piece, ...]

    @property
    def folder(self) -> PurePosixPath:
        return _folder(self.name)


def _read_marts(connection: duckdb.DuckDBPyConnection, divided_from: int) -> list[_Mart]:
    tables = connection.execute(_TABLES, [_BUILD, SCHEMA]).fetchall()
    return [_read_mart(connection, name, comment, divided_from) for name, comment in tables]


def _read_mart(connection: duckdb.DuckDBPyConnection, name: str, comment: str | None, divided_from: int) -> _Mart:
    columns = tuple(connection.execute(_COLUMNS, [_BUILD, SCHEMA, name]).fetchall())
    said = (READABLE_BY, connection.sql("select version()").fetchall(), comment, columns)
    names = ", ".join(f'"{column}"' for column, *_ in columns)
    period = f"coalesce({_PERIOD}, '')" if any(column == _PERIOD for column, *_ in columns) else "null"
    sums = connection.execute(
        f"select {period}, count(*), sum(hash({names})), bit_xor(hash(hash({names})))"  # noqa: S608 - names of our own tables
        f" from {_table(_BUILD, name)} group by all order by all"
    ).fetchall()
    rows = sum(count for _, count, *_ in sums)
    if period == "null" or rows < divided_from:
        pieces = [_Piece(f"{_folder(name)}/{_WHOLE}.parquet", None, rows, _mark(said, sums))]
    else:
        pieces = [
            _Piece(f"{_folder(name)}/{quote(at, safe='') or _NO_PERIOD}.parquet", at, count, _mark(said, more))
            for at, count, *more in sums
        ]
    return _Mart(name, comment, columns, tuple(pieces))


def _mark(*said: object) -> str:
    return hashlib.sha256(repr(said).encode()).hexdigest()[:32]


def _take_over(folder: Path, last: Path, facts: Mapping[str, Any], same: set[str]) -> set[str]:
    """Copy the last version's database and the Parquet files that are what they were; returns which of these."""
    files = [DATABASE, *sorted(same)]
    if not facts or any(_sha256_or_none(last / file) != facts["files"].get(file) for file in files):
        return set()  # there is none, or somebody changed its files by hand: nothing is taken from it
    for file in files:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(last / file, folder / file)
    return same


def _write_mart(
    connection: duckdb.DuckDBPyConnection, folder: Path, mart: _Mart, taken: set[str], stood: set[str]
) -> None:
    """Bring a mart of the new version up to date: the pieces that differ, or all of it where that is most of it.

    `taken` are the Parquet files that are there already, of all marts; `stood` are all those that this mart had in the
    version whose database was taken over.
    """
    new = [piece for piece in mart.pieces if piece.file not in taken]
    gone = stood - {piece.file for piece in mart.pieces}
    if not new and not gone:
        return
    if not taken or 2 * sum(piece.rows for piece in new) >= sum(piece.rows for piece in mart.pieces):
        _copy_mart(connection, mart)
    else:
        of_them = f"coalesce({_PERIOD}, '') in (select unnest(?))"
        periods = [[*(piece.period for piece in new), *(_period_of(file) for file in gone)]]
        connection.execute(f"delete from {_table(_VERSION, mart.name)} where {of_them}", periods)  # noqa: S608
        connection.execute(
            f"insert into {_table(_VERSION, mart.name)} from {_table(_BUILD, mart.name)} where {of_them}", periods
        )
    (folder / mart.folder).mkdir(parents=True, exist_ok=True)
    for piece in new:
        rows = _table(_VERSION, mart.name)
        if piece.period is not None:
            rows = f"(from {rows} where coalesce({_PERIOD}, '') = {_quoted(piece.period)})"
        connection.execute(f"copy {rows} to {_quoted(folder / piece.file)} ({_AS_PARQUET})")


def _period_of(file: str) -> str:
    name = unquote(PurePosixPath(file).stem)
    return "" if name == _NO_PERIOD else name


def _copy_mart(connection: duckdb.DuckDBPyConnection, mart: _Mart) -> None:
    target = _table(_VERSION, mart.name)
    connection.execute(f"create or replace table {target} as from {_table(_BUILD, mart.name)}")
    if mart.comment:
        connection.execute(f"comment on table {target} is {_quoted(mart.comment)}")
    for column, _, text in mart.columns:
        if text is not None:
            connection.execute(f'comment on column {target}."{column}" is {_quoted(text)}')


def _names(connection: duckdb.DuckDBPyConnection, database: str) -> set[str]:
    return {name for name, _ in connection.execute(_TABLES, [database, SCHEMA]).fetchall()}


def _folder(name: str) -> PurePosixPath:
    return PurePosixPath("parquet", name)


def _table(database: str, name: str) -> str:
    return f'{database}.{SCHEMA}."{name}"'


def sha256(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _sha256_or_none(path: Path) -> str | None:
    return sha256(path) if path.is_file() else None


def _quoted(text: object) -> str:
    return "'" + str(text).replace("'", "''") + "'"
