"""The published snapshot for those who ask: whether there is one, and rows of a query as dicts.

Belongs here: what status, trace and sql share. Does not belong here: opening it safely (reports.published), writing
it (publish.py), what is asked of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestration.errors import PlainError
from reports import published
from reports.published import DATABASE as DATABASE

if TYPE_CHECKING:
    import duckdb


class NothingPublishedError(PlainError):
    """There is no published snapshot yet; the message says what to run."""


@dataclass(frozen=True, slots=True)
class MartSnapshot:
    """One published version, ready to be asked; a publish during the run does not change what it says."""

    source: published.Snapshot

    @property
    def as_of(self) -> datetime | None:
        """Only what had been received by this moment is in the snapshot."""
        return self.source.as_of

    @property
    def version(self) -> str:
        return self.source.version

    @contextmanager
    def connect(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Open it read-only, shut off from files and network; tables of the schema `marts` need no prefix."""
        with published.open_snapshot(self.source) as connection:
            connection.execute("use marts")
            yield connection

    def rows(self, query: str, parameters: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """Run one query with parameters; returns its rows as dicts."""
        with self.connect() as connection:
            return rows_of(connection, query, parameters)

    def holds(self, model: str) -> bool:
        """Whether the model is there; a snapshot published by an earlier release may know fewer."""
        query = "select 1 from information_schema.tables where table_schema = 'marts' and table_name = ?"
        return bool(self.rows(query, (model,)))


def rows_of(
    connection: duckdb.DuckDBPyConnection, query: str, parameters: Sequence[Any] | Mapping[str, Any] = ()
) -> list[dict[str, Any]]:
    cursor = connection.execute(query, parameters)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def current_snapshot(folder: Path) -> MartSnapshot | None:
    """Return the newest published version below `folder`, or None when nothing was published yet."""
    try:
        return MartSnapshot(published.find_snapshot(folder))
    except published.ReportError:
        return None


def published_snapshot(folder: Path) -> MartSnapshot:
    """Return the newest published version; raises NothingPublishedError with what to do."""
    snapshot = current_snapshot(folder)
    if snapshot is None:
        raise NothingPublishedError(
            f"{folder} 里还没有发布过数据，请先运行 taizhang nightly（或 ingest 和 build）。 "
            "Nothing is published yet; run `taizhang nightly` first."
        )
    return snapshot


def latest_units(marts: str = "marts") -> str:
    """SQL of the units of a snapshot, each once and as it is called last: a unit that was renamed or moved stands in
    dim_units with a row for each span.
    """
    return f"""(
        select campaign_id, unit_id, max_by(unit_name, valid_from) as unit_name,
            max_by(unit_position, valid_from) as unit_position, max_by(reporting_scope, valid_from) as reporting_scope
        from {marts}.dim_units group by campaign_id, unit_id
    )"""  # noqa: S608 - no text from outside
