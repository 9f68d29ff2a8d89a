"""Every byte ever received, under the name of its sha256.

Belongs here: keeping bytes so that they survive a power cut, and finding them again. Does not belong here: which files
are taken (receipt.py), what is registered about them (intake.py). The caller holds the home's lock.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from ingest.raw.durable import flush_paths

_INCOMING = ".incoming"
_CHUNK = 1 << 20


@dataclass(slots=True)
class Archive:
    """The archive of a home: `root/<first two of sha256>/<sha256>`.

    What is kept stands under its final name, and is on the disk, after `flush`: once for many files, because a disk
    makes many files durable together in the time of a few. `flush` comes before anything is registered or removed.
    """

    root: Path
    _waiting: set[str] = field(default_factory=set)  # sha256 of what is written and not yet in its place
    _folders: set[str] = field(default_factory=set)  # whose names are not known to be on the disk

    def prepare(self) -> None:
        """Make the folders, and remove half-written files of a killed run: the inbox still has those files."""
        incoming = self.root / _INCOMING
        incoming.mkdir(parents=True, exist_ok=True, mode=0o700)
        for leftover in incoming.iterdir():
            leftover.unlink()

    def path_of(self, sha256: str) -> Path:
        return Path(self._place_of(sha256))

    def _place_of(self, sha256: str) -> str:
        return f"{self.root}/{sha256[:2]}/{sha256}"

    def keep(self, content: bytes) -> str:
        """Keep bytes; returns their sha256."""
        sha256 = hashlib.sha256(content).hexdigest()
        if sha256 not in self._waiting and not self._has(sha256, len(content)):
            self._write(sha256, lambda target: _write_all(target, content))
            self._waiting.add(sha256)
        return sha256

    def keep_stream(self, source: int) -> tuple[str, int]:
        """Keep what an open descriptor yields, without holding it in memory; returns sha256 and size in bytes."""
        digest, size = hashlib.sha256(), 0

        def copy(target: int) -> None:
            nonlocal size
            while block := os.read(source, _CHUNK):
                digest.update(block)
                size += len(block)
                _write_all(target, block)

        partial = self._write("stream", copy)
        sha256 = digest.hexdigest()
        Path(partial).replace(self.root / _INCOMING / sha256)
        self._waiting.add(sha256)
        return sha256, size

    def flush(self) -> None:
        """Bring everything kept so far under its final name, so that it survives a power cut."""
        incoming = self.root / _INCOMING
        self._folders |= {sha256[:2] for sha256 in self._waiting}
        for folder in self._folders:
            (self.root / folder).mkdir(mode=0o700, exist_ok=True)
        flush_paths([f"{incoming}/{sha256}" for sha256 in self._waiting])
        for sha256 in self._waiting:
            os.replace(f"{incoming}/{sha256}", self._place_of(sha256))  # noqa: PTH105 - thousands a night
        flush_paths([self.root, *(self.root / folder for folder in self._folders)])
        self._waiting.clear()
        self._folders.clear()

    def _has(self, sha256: str, size: int) -> bool:
        """Whether the bytes stand there already."""
        try:
            found = os.stat(self._place_of(sha256)).st_size == size  # noqa: PTH116 - thousands a night
        except FileNotFoundError:
            return False
        self._folders.add(sha256[:2])  # the run that placed it may have been killed before it flushed the folder
        return found

    def _write(self, name: str, write: Callable[[int], None]) -> str:
        partial = f"{self.root}/{_INCOMING}/{name}"
        target = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            write(target)
        except OSError:  # a full disk: give the space back
            Path(partial).unlink()
            raise
        finally:
            os.close(target)
        return partial


class NoArchive:
    """Stands in for the archive where nothing is stored (`check`): it only says the sha256."""

    def keep(self, content: bytes) -> str:
        return hashlib.sha256(content).hexdigest()

    def keep_stream(self, source: int) -> tuple[str, int]:
        digest, size = hashlib.sha256(), 0
        while block := os.read(source, _CHUNK):
            digest.update(block)
            size += len(block)
        return digest.hexdigest(), size


def _write_all(target: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(target, rest) :]
