"""Files as they were received: finding the one that is meant, its receipts, what came out of it, its submissions.

Belongs here: names and fingerprints of files, asked of the raw zone. Does not belong here: what stands in a file and
what became of it (file_trace.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from orchestration.errors import PlainError
from orchestration.home import Home
from orchestration.snapshot import MartSnapshot, rows_of

_LEAST_HASH = 6  # characters of a sha256 that may stand for all of it


@dataclass(frozen=True, slots=True)
class FileReceipt:
    """One time that these bytes came; `result` as told then: accepted, returned, duplicate, unpacked, …"""

    campaign_id: str | None
    file_name: str
    file_path: str
    file_sha256: str
    result: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class FileSubmission:
    """One form found in the file; `status` is null where it came after the last publishing."""

    submission_id: str
    form_id: str | None
    unit_name: str | None
    period: str | None
    version: int | None
    status: str | None
    status_reason: str | None
    is_asked: bool | None  # whether the unit was to send it, or might

    @property
    def counts(self) -> bool:
        return self.status == "accepted" and bool(self.is_asked)


_COLUMNS = "campaign_id, file_name, file_path, file_sha256, result, received_at"

_CALLED = f"""
    select {_COLUMNS} from read_parquet($files)
    where coalesce(campaign_id, $campaign) = $campaign
      and (
          file_sha256 = $sha256
          or (length($name) >= {_LEAST_HASH} and starts_with(file_sha256, lower($name)))
          or file_name = $name
          or ends_with('/' || file_path, '/' || $name)
      )
    order by received_at, file_path
"""  # noqa: S608 - constants

_MEMBERS = f"""
    select {_COLUMNS} from read_parquet(?)
    where starts_with(file_path, ? || '!') and received_at = ?
    order by file_path
"""  # noqa: S608 - constants

_FOUND_IN_FILE = """
    select distinct submission_id, form_id, period from read_parquet(?)
    where file_sha256 = ? and coalesce(campaign_id, ?) = ?
    order by submission_id
"""

_PUBLISHED = """
    select submission_id, unit_name, version, status, status_reason, is_expected or is_voluntary as is_asked
    from fct_submissions where file_sha256 = ?
"""


def receipts_called(home: Home, campaign_id: str, name: str) -> tuple[FileReceipt, ...]:
    """The receipts of the one file that is called so: by its path, its name as received, or (the start of) its sha256.

    Raises:
        PlainError: nothing of that name was received for the campaign, or several files were.
    """
    path = Path(name)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
    files = str(home.raw / "receipts" / "*.parquet")
    asked = {"files": files, "campaign": campaign_id, "name": name, "sha256": sha256}
    found = [FileReceipt(**row) for row in _ask(_CALLED, asked)]
    if sha256:  # the file at hand is meant, not another one of the same name
        found = [receipt for receipt in found if receipt.file_sha256 == sha256]
    if not found:
        raise PlainError(f"没有收到过 {name}。 No file called {name} was received.")
    if len({receipt.file_sha256 for receipt in found}) > 1:
        known = "；".join(f"{of.file_path} {of.file_sha256[:12]}（{of.received_at:%Y-%m-%d %H:%M}）" for of in found)
        raise PlainError(f"{name} 可能是：{known}。请用文件指纹指明。 Several files fit; name one by its fingerprint.")
    return tuple(found)


def members_of(home: Home, receipt: FileReceipt) -> tuple[FileReceipt, ...]:
    """What came out of a zip or a mail; empty for any other file."""
    asked = [str(home.raw / "receipts" / "*.parquet"), receipt.file_path, receipt.received_at]
    return tuple(FileReceipt(**row) for row in _ask(_MEMBERS, asked))


def submissions_in(
    home: Home, snapshot: MartSnapshot, campaign_id: str, file_sha256: str
) -> tuple[FileSubmission, ...]:
    """The forms that were found in a file, with what the published marts say of them."""
    asked = [str(home.raw / "submissions" / "*.parquet"), file_sha256, campaign_id, campaign_id]
    published = {row["submission_id"]: row for row in snapshot.rows(_PUBLISHED, (file_sha256,))}
    nothing = dict.fromkeys(("unit_name", "version", "status", "status_reason", "is_asked"))
    return tuple(
        FileSubmission(**{**nothing, **row, **published.get(row["submission_id"], {})})
        for row in _ask(_FOUND_IN_FILE, asked)
    )


def _ask(query: str, parameters: Sequence[Any] | Mapping[str, Any]) -> list[dict[str, Any]]:
    import duckdb

    with duckdb.connect() as connection:
        return rows_of(connection, query, parameters)
