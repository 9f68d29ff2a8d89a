"""Two nights side by side: the published versions that are meant, or past days rebuilt where none was kept.

Belongs here: finding or rebuilding the two, and one read-only connection to both. Does not belong here: what is
compared (restatement.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from orchestration.building.past_day import rebuilt_day
from orchestration.errors import PlainError
from orchestration.home import Home
from orchestration.snapshot import DATABASE, MartSnapshot
from reports import published

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class ComparedNights:
    home: Home
    before: MartSnapshot
    after: MartSnapshot

    @contextmanager
    def connect(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Both databases, read-only, as catalogs `earlier` and `later`."""
        import duckdb

        with duckdb.connect() as connection:
            for name, night in (("earlier", self.before), ("later", self.after)):
                path = str(night.source.database).replace("'", "''")
                connection.execute(f"attach '{path}' as {name} (read_only)")
            connection.execute("set lock_configuration = true")
            yield connection


def compared_nights(home: Home, since: datetime | None, until: datetime | None) -> ComparedNights:
    """The nights that know what had been received by `since` and by `until`; by default the last two published.

    Raises:
        PlainError: fewer than two nights are published, or they stand in the wrong order.
    """
    kept = _kept(home)
    if until is None and not kept:
        raise PlainError("还没有发布过数据。 Nothing is published yet.")
    after = _night(home, kept, until) if until else kept[-1]
    if since is None:
        earlier = [night for night in kept if night.as_of and after.as_of and night.as_of < after.as_of]
        if not earlier:
            raise PlainError(
                "更早的一版没有保留，请用 --from 写明时间。 No earlier version is kept; name one by --from."
            )
        before = earlier[-1]
    else:
        before = _night(home, kept, since)
    if before.as_of and after.as_of and before.as_of >= after.as_of:
        raise PlainError("--from 应早于 --to。 --from must be earlier than --to.")
    return ComparedNights(home, before, after)


def _kept(home: Home) -> list[MartSnapshot]:
    """The published versions that are still there, by what they know."""
    folders = [
        folder for folder in home.published.iterdir() if (folder / DATABASE).is_file() and not folder.is_symlink()
    ]
    nights = [MartSnapshot(published.find_snapshot(folder)) for folder in folders]
    return sorted((night for night in nights if night.as_of), key=lambda night: night.as_of or datetime.min)


def _night(home: Home, kept: list[MartSnapshot], moment: datetime) -> MartSnapshot:
    """The version published as of that very moment, else the day rebuilt."""
    known = next((night for night in kept if night.as_of == moment), None)
    if known is not None:
        return known
    with home.lock("restated"):
        return MartSnapshot(published.find_snapshot(rebuilt_day(home, moment).published))
