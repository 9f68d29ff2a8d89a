"""A published snapshot opened read-only, and its report rows as typed records.

Belongs here: opening the snapshot safely, and one small query per printed thing on rpt_* and dim_* models. Does not
belong here: arithmetic beyond counting rows (the models do it), layout.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import duckdb

DATABASE = "taizhang.duckdb"
FACTS = "snapshot.json"

# A read-only connection alone still reads and writes other files of this machine.
_SHUT_OFF = (
    "set enable_external_access = false",
    "set autoinstall_known_extensions = false",
    "set allow_community_extensions = false",
    "set lock_configuration = true",
)

Row = TypeVar("Row")


class ReportError(Exception):
    """A report cannot be written; the message says why, in Chinese and English."""


class NothingToPrintError(ReportError):
    """The published marts hold nothing that this report would print."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One published version: its database, and the moment up to which it knows what was received."""

    database: Path
    version: str
    as_of: datetime | None


@dataclass(frozen=True, slots=True)
class CampaignRow:
    campaign_id: str
    campaign_name: str
    area: str
    area_code: str
    office: str
    document_number: str | None


@dataclass(frozen=True, slots=True)
class FormRow:
    form_id: str
    form_version: str
    form_title: str
    clause: str | None


@dataclass(frozen=True, slots=True)
class PeriodRow:
    reporting_scope: str
    cutoff_on: date | None
    due_on: date
    due_source: str


@dataclass(frozen=True, slots=True)
class ProgressTotal:
    """One total; for n-of-m figures `cumulative_value` is n and `of_units` m."""

    total_scope: str
    item_code: str
    part: str
    position: int
    section_code: str
    section_name: str
    indicator_name: str
    part_name: str | None
    measure_unit: str
    kind: str
    aggregation: str
    cumulative_value: Decimal | None
    of_units: int | None
    month_value: Decimal | None


@dataclass(frozen=True, slots=True)
class TimelinessRow:
    unit_id: str
    unit_position: int
    unit_name: str
    unit_kind: str
    reporting_scope: str
    due_on: date
    due_source: str
    received_at: datetime | None
    timeliness: str
    days_late: int | None
    versions_received: int
    versions_returned: int
    last_status: str | None
    last_reason: str | None


@dataclass(frozen=True, slots=True)
class TimelinessCount:
    """How many units were expected and what became of it, per scope and over `all`."""

    total_scope: str
    expected: int
    received: int
    late: int
    missing: int
    not_due: int


@dataclass(frozen=True, slots=True)
class SourceRow:
    submission_id: str
    unit_position: int
    unit_name: str
    file_name: str
    file_sha256: str
    file_format: str
    sheet_name: str | None
    received_at: datetime
    filled_on: date | None
    version: int
    figures_read: int
    figures_blank: int
    figures_corrected: int
    rules_failed: int


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """One rule failed by one submission, with the sentence its unit was given."""

    unit_position: int
    unit_name: str
    submission_id: str
    status: str
    is_open: bool
    file_name: str | None
    rule_class_name: str
    rule_code: str
    item_code: str | None
    part: str | None
    indicator_name: str | None
    part_name: str | None
    source_cell: str | None
    message: str | None
    clause: str | None
    is_trial: bool
    explanation: str | None
    explanation_state: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A place where the governing documents disagree, and how it is read here."""

    code: str
    about: str
    sentence: str
    clauses: str | None
    decided_by: str | None


def find_snapshot(published: Path) -> Snapshot:
    """Find the snapshot in `published`: a database file, a version's folder, or the folder that holds `current`.

    Raises:
        ReportError: there is none.
    """
    folder = published.parent if published.is_file() else published
    if not (folder / DATABASE).is_file():
        folder = _newest(folder)
    if not (folder / DATABASE).is_file():
        raise ReportError(f"{published} 里没有发布过的数据。 No published snapshot in {published}.")
    folder = folder.resolve()
    as_of = _facts(folder).get("as_of")
    return Snapshot(folder / DATABASE, folder.name, datetime.fromisoformat(as_of) if as_of else None)


def _newest(published: Path) -> Path:
    """Follow `current`, or current.json where the system makes no links (Windows without the right to)."""
    pointer = published / "current.json"
    if (published / "current").exists() or not pointer.is_file():
        return (published / "current").resolve()
    return published / str(json.loads(pointer.read_text(encoding="utf-8")).get("version", ""))


def _facts(folder: Path) -> dict[str, Any]:
    """Read what the publisher wrote about this version; nothing while it is still being made."""
    note = folder / FACTS
    return json.loads(note.read_text(encoding="utf-8")) if note.is_file() else {}


@contextmanager
def open_snapshot(snapshot: Snapshot) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the database read-only, with every way to other files, the network and other settings shut."""
    import duckdb

    connection = duckdb.connect(str(snapshot.database), read_only=True)
    try:
        locked = connection.execute("select current_setting('lock_configuration')").fetchone()
        if locked != (True,):  # another reader of this process may have shut it already
            for statement in _SHUT_OFF:
                connection.execute(statement)
        yield connection
    finally:
        connection.close()


def read_rows(
    connection: duckdb.DuckDBPyConnection,
    row_type: type[Row],
    source: str,
    parameters: Sequence[Any] | Mapping[str, Any] = (),
) -> tuple[Row, ...]:
    """Return rows of `source` (a model with conditions and order, with ? or $name for parameters) as `row_type`.

    Of named parameters those are handed over that `source` names.

    Raises:
        ReportError: a mart is not there, as in a snapshot of an earlier release.
    """
    columns = ", ".join(field.name for field in fields(row_type))  # type: ignore[arg-type]
    query = f"select {columns} from {source}"  # noqa: S608 - columns and source are literals of this package
    if isinstance(parameters, Mapping):
        parameters = {name: value for name, value in parameters.items() if f"${name}" in source}
    import duckdb

    try:
        return tuple(row_type(*row) for row in connection.execute(query, parameters).fetchall())
    except duckdb.CatalogException as error:  # published by an earlier release, which knew fewer marts
        told = f"发布的数据里没有这份报表要的表，请再运行一次 taizhang nightly。 A mart is not published yet: {error}"
        raise ReportError(told) from error
