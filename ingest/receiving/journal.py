"""What must still be done once a batch is committed: quarantine copies, and emptying the inbox.

Belongs here: the list written before the commit and worked off after it, so that a run killed in between is finished by
the next one and a file that was taken is never taken twice. Does not belong here: the commit itself (raw_zone.py).
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.raw.durable import flush_path
from ingest.raw.raw_zone import RawZone
from ingest.receiving.archive import Archive
from ingest.receiving.quarantine import put_aside
from ingest.receiving.receipt import Identity, is_still


@dataclass(frozen=True, slots=True)
class Intent:
    """What is to be done about one file: put it aside (`quarantine`), take it out of the inbox (`remove`)."""

    path: Path
    identity: Identity
    remove: bool
    quarantine: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Journal:
    """One file of intents for each batch, in the raw zone beside its commits."""

    zone: RawZone
    archive: Archive
    quarantine: Path

    @property
    def _folder(self) -> Path:
        return self.zone.root / "_intents"

    def write(self, batch_id: str, intents: Sequence[Intent]) -> None:
        """Write down, durably, what follows the commit of this batch."""
        self._folder.mkdir(parents=True, exist_ok=True)
        partial = self._folder / f"{batch_id}.partial"
        with partial.open("w", encoding="ascii") as handle:
            handle.write(json.dumps([[str(i.path), i.identity, i.remove, i.quarantine] for i in intents]))
            handle.flush()
            os.fsync(handle.fileno())
        partial.replace(self._folder / f"{batch_id}.json")
        flush_path(self._folder)

    def settle(self, batch_id: str) -> dict[Path, OSError]:
        """Do what was written down; returns what could not be done, which the next run tries again."""
        file = self._folder / f"{batch_id}.json"
        failed: dict[Path, OSError] = {}
        for intent in _read(file):
            try:
                if intent.quarantine:
                    put_aside(self.quarantine, self.archive, intent.quarantine)
                if intent.remove and is_still(intent.path, intent.identity):
                    intent.path.unlink(missing_ok=True)
            except OSError as error:
                failed[intent.path] = error
        if not failed:
            file.unlink()
        return failed

    def recover(self) -> dict[Path, OSError]:
        """Finish what killed runs left; returns files that were taken but cannot be removed from the inbox."""
        failed: dict[Path, OSError] = {}
        for file in sorted(self._folder.iterdir()) if self._folder.is_dir() else []:
            if file.suffix == ".json" and self.zone.has(file.stem):
                failed |= self.settle(file.stem)
            else:
                file.unlink()  # its batch was never committed: the files are still in the inbox
        return failed


def _read(file: Path) -> list[Intent]:
    return [
        Intent(Path(path), tuple(identity), remove, quarantine)
        for path, identity, remove, quarantine in json.loads(file.read_text(encoding="ascii"))
    ]
