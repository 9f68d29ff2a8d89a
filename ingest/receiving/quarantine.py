"""What could not be taken, laid out for the office: the file as sent and, beside it, why.

Belongs here: the quarantine folder. Does not belong here: deciding that a file is quarantined (verdicts.py), the bytes
kept for good (archive.py). Everything here can be made again from the archive and the raw zone.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from campaigns.vocabulary import Outcome
from ingest.parsed import FormDifferences
from ingest.receiving.archive import Archive
from ingest.receiving.receipt import Receipt

NO_CAMPAIGN = "_unknown"
_PRIVATE = 0o600  # as in the archive: what people sent carries names and numbers
_LONGEST_STEM_BYTES = 150  # 255 is the most a name may have; sha, ending and .reason.json come on top
_LONGEST_ENDING_BYTES = 12
_IN_NO_NAME = re.compile(r"[/\\:*?\"<>|\x00-\x1f]")


def quarantine_record(
    receipt: Receipt,
    campaign_id: str | None,
    received_at: datetime,
    reasons: Iterable[Outcome],
    differences: Iterable[FormDifferences] = (),
    *,
    copy: bool = True,
) -> dict[str, Any]:
    """What `.reason.json` says; plain values, so that it can wait in the journal.

    `differences` are those of its sheets from the nearest known version of a form, in full. Without `copy` the file
    itself stays in the archive only: it is too large to be kept twice.
    """
    return {
        "file_name": receipt.found.file_name,
        "file_path": receipt.found.file_path,
        "campaign_id": campaign_id,
        "file_sha256": receipt.sha256,
        "size_bytes": receipt.size_bytes,
        "received_at": received_at.isoformat(),
        "only_in_archive": not copy,
        "reasons": [
            {"code": o.rule_code, "message": o.message, "message_en": o.message_en, "cell": o.source_cell}
            for o in reasons
        ],
        "differences": [
            one._asdict() | {"missing": list(one.missing), "unknown": list(one.unknown)} for one in differences
        ],
    }


def put_aside(root: Path, archive: Archive, record: dict[str, Any]) -> Path:
    """Lay the file and its reasons into the quarantine folder, and return the `.reason.json`; twice is the same."""
    folder = root / (record["campaign_id"] or NO_CAMPAIGN)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    target = folder / quarantine_name(record["file_name"], record["file_sha256"])
    if not record["only_in_archive"]:
        partial = folder / f".{record['file_sha256'][:16]}.partial"
        shutil.copyfile(archive.path_of(record["file_sha256"]), partial)
        partial.chmod(_PRIVATE)
        partial.replace(target)
    reason = target.with_name(f"{target.name}.reason.json")
    partial = folder / f".{record['file_sha256'][:16]}.reason.partial"
    partial.write_text(json.dumps(record, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    partial.chmod(_PRIVATE)
    partial.replace(reason)
    return reason


def quarantine_name(file_name: str, sha256: str) -> str:
    """The file's own name, short enough for any disk, with the beginning of its sha256 before the ending."""
    safe = _IN_NO_NAME.sub("_", file_name).strip(" .") or "_"
    stem, dot, ending = safe.rpartition(".")
    stem, ending = (stem, dot + ending) if stem else (safe, "")
    if len(ending.encode()) > _LONGEST_ENDING_BYTES:
        stem, ending = safe, ""
    short = stem.encode()[:_LONGEST_STEM_BYTES].decode("utf-8", "ignore").rstrip(" .")
    return f"{short}.{sha256[:8]}{ending}"
