"""Mails that were fetched and wait to be taken in; and which mails the ledger holds already.

Belongs here: keeping a mail on the disk before anything else happens to it, and finding it again. Does not belong here:
the mailbox (mailbox.py), taking in (intake.py), which removes what it has registered. The caller holds the home's lock.

A mail is two files, the bytes and, written after them, the envelope: without its envelope a mail is not there yet, and
the mailbox still has it.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.mail.mail_message import mail_name
from ingest.raw.durable import flush_path
from ingest.receiving.envelope import Envelope
from ingest.receiving.receipt import FoundFile

if TYPE_CHECKING:
    from ingest.raw.raw_zone import RawZone

MailKey = tuple[str, int, int]  # folder, UIDVALIDITY, UID


@dataclass(frozen=True, slots=True)
class MailSpool:
    root: Path

    def prepare(self) -> None:
        """Make the folder, and remove halves: of a mail not wholly written, and of one that was taken in."""
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        for path in self.root.iterdir():
            twin = path.with_suffix(".json" if path.suffix == ".eml" else ".eml")
            if path.suffix not in (".eml", ".json") or not twin.exists():
                path.unlink(missing_ok=True)

    def keep(self, envelope: Envelope, content: bytes) -> None:
        """Keep a mail so that it survives a power cut; the same mail twice is one."""
        mail, about = self.root / f"{envelope.key}.eml", self.root / f"{envelope.key}.json"
        about.unlink(missing_ok=True)
        _write_durably(mail, content)
        known = asdict(envelope) | {"received_at": envelope.received_at.isoformat()}
        _write_durably(about, json.dumps(known).encode())
        flush_path(self.root)

    def has(self, key: str) -> bool:
        return (self.root / f"{key}.json").exists()

    def waiting(self) -> list[FoundFile]:
        """The mails as files to be taken in, in the order in which they came."""
        if not self.root.is_dir():
            return []
        kept = [_envelope_of(about) for about in self.root.glob("*.json") if about.with_suffix(".eml").exists()]
        return [self._found(envelope) for envelope in sorted(kept, key=lambda one: (one.received_at, one.uid, one.key))]

    def _found(self, envelope: Envelope) -> FoundFile:
        name = mail_name(envelope.subject)
        where = f"邮件/{envelope.folder}/{envelope.uid_validity}-{envelope.uid} {name}"
        return FoundFile(self.root / f"{envelope.key}.eml", name, where, (), in_inbox=True, envelope=envelope)


def mails_taken(zone: RawZone, account: str) -> tuple[set[MailKey], set[str]]:
    """The mails of an account that the ledger holds: where they were, and the sha256 of their bytes."""
    import duckdb

    with duckdb.connect(config={"threads": 1}) as connection:
        rows = connection.execute(
            "select folder, uid_validity, uid, file_sha256 from read_parquet($files) where account = $account",
            {"files": zone.glob("mails"), "account": account},
        ).fetchall()
    return {(folder, validity, uid) for folder, validity, uid, _ in rows}, {sha256 for *_, sha256 in rows}


def _envelope_of(about: Path) -> Envelope:
    known = json.loads(about.read_bytes())
    moment = datetime.fromisoformat(known["received_at"])
    return Envelope(**known | {"received_at": moment, "recipients": tuple(known["recipients"])})


def _write_durably(target: Path, content: bytes) -> None:
    partial = target.with_suffix(f"{target.suffix}.partial")
    with partial.open("wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    partial.replace(target)
