"""The append-only raw zone: Parquet batches that become visible whole or not at all.

Belongs here: committing a batch, sweeping what a killed run left, listing what is committed. Does not belong here:
column lists (raw_tables.py), deciding what goes in (intake.py). The caller holds the home's lock: there is one writer.

A batch is one file per table, each written beside its final name, flushed and renamed; the marker file in `_commits`
comes last. A file whose batch has no marker was left by a killed run and is removed by the next `sweep`: the bytes it
came from are in the archive and the inbox still holds the file.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from campaigns.personal_data import mask
from campaigns.personal_look import WORTH_A_LOOK
from ingest.raw.durable import flush_path
from ingest.raw.raw_tables import PERSONAL_TABLES, RAW_TABLES

_EMPTY_BATCH = "00000000T000000-empty"  # so that every table has a file, hence columns, from the first day
_NAMES_OF_THINGS = ("_id", "_code", "_sha256", "_version", "question", "period")  # made by us, or codes of a roster


@dataclass(frozen=True, slots=True)
class RawZone:
    root: Path

    @property
    def _commits(self) -> Path:
        return self.root / "_commits"

    def prepare(self) -> None:
        """Create the tables with their columns and remove what a killed run left.

        Call it before anything reads the zone, with the home's lock held: readers look at every file of a table.
        """
        self._commits.mkdir(parents=True, exist_ok=True)
        for name in RAW_TABLES:
            self._write_empty(name)
        (self._commits / _EMPTY_BATCH).touch()
        flush_path(self._commits)
        flush_path(self.root)
        self.sweep()

    def _write_empty(self, name: str) -> None:
        """Give a table its first file, with every column known today: also what joined after the zone was made."""
        first = self.first_file(name)
        if not first.exists() or pq.read_schema(first).names != RAW_TABLES[name].names:
            first.parent.mkdir(exist_ok=True)
            _write_durably(_as_table(name, _EMPTY_BATCH, []), first)
            flush_path(first.parent)

    def append(self, batch_id: str, rows: Mapping[str, pa.Table | Iterable[Mapping[str, Any]]]) -> None:
        """Commit one batch.

        Args:
            batch_id: sorts by time and is new; used as the file name in every table.
            rows: table name → rows as dicts or as an Arrow table, both without the batch; what is missing is null.

        Raises:
            FileExistsError: the batch is there already; nothing was written over.
            KeyError: a row has a column, or `rows` a table, that the zone does not know; nothing was written.
        """
        if self.has(batch_id):
            raise FileExistsError(f"raw batch {batch_id} is already committed")
        tables = {name: _as_table(name, batch_id, table_rows) for name, table_rows in rows.items()}
        touched: list[Path] = []
        for name, table in tables.items():
            if table.num_rows:
                folder = self.root / name
                _write_durably(table, folder / f"{batch_id}.parquet")
                touched.append(folder)
        for folder in touched:
            flush_path(folder)
        marker = self._commits / batch_id
        with marker.open("x") as handle:
            os.fsync(handle.fileno())
        flush_path(self._commits)

    def has(self, batch_id: str) -> bool:
        """Whether the batch was committed."""
        return (self._commits / batch_id).exists()

    def sweep(self) -> list[Path]:
        """Remove files of batches that were never committed; returns them."""
        committed = {marker.name for marker in self._commits.iterdir()}
        orphans = [
            path
            for table in RAW_TABLES
            for path in (self.root / table).iterdir()
            if path.suffix != ".parquet" or path.stem not in committed
        ]
        for path in orphans:
            path.unlink()
        return orphans

    def first_file(self, table: str) -> Path:
        """The file without rows that gives a table its columns."""
        return self.root / table / f"{_EMPTY_BATCH}.parquet"

    def files(self, table: str, batches: Iterable[str]) -> list[str]:
        """The files that hold what these batches brought to a table; the first file is among them for its columns."""
        named = (self.root / table / f"{batch_id}.parquet" for batch_id in batches)
        return [str(self.first_file(table)), *(str(file) for file in named if file.exists())]

    def glob(self, table: str) -> str:
        """The pattern of a table's files, for readers."""
        return str(self.root / table / "*.parquet")


def _as_table(name: str, batch_id: str, rows: pa.Table | Iterable[Mapping[str, Any]]) -> pa.Table:
    schema = RAW_TABLES[name]
    if isinstance(rows, pa.Table):
        given, length = {column: rows[column] for column in rows.column_names}, rows.num_rows
    else:
        dicts = list(rows)
        names: set[str] = set().union(*dicts)
        given, length = {column: [row.get(column) for row in dicts] for column in names}, len(dicts)
    if unknown := given.keys() - set(schema.names):
        raise KeyError(f"raw table {name} has no column {sorted(unknown)}")
    columns = {field.name: given.get(field.name, pa.nulls(length, field.type)) for field in schema}
    table = pa.table({**columns, "batch_id": [batch_id] * length}, schema=schema)
    return table if name in PERSONAL_TABLES else _masked(table)


def _masked(table: pa.Table) -> pa.Table:
    """Without personal numbers in any text: what people wrote stays whole in the archive only."""
    for position, field in enumerate(table.schema):
        if field.type == pa.string() and not field.name.endswith(_NAMES_OF_THINGS):
            texts = table.column(position).combine_chunks().dictionary_encode()  # most texts repeat from form to form
            if pc.any(pc.match_substring_regex(texts.dictionary, WORTH_A_LOOK)).as_py():
                hidden = pa.array([mask(text) for text in texts.dictionary.to_pylist()], field.type)
                table = table.set_column(position, field, hidden.take(texts.indices))
    return table


def _write_durably(table: pa.Table, target: Path) -> None:
    partial = target.with_suffix(".partial")
    with partial.open("wb") as handle:
        pq.write_table(table, handle, compression="zstd")
        handle.flush()
        os.fsync(handle.fileno())
    partial.replace(target)
