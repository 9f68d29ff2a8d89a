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

_INCOMING = ".incoming"
_CHUNK = 1 << 20


def flush_folder(folder: Path) -> None:
    """Make names that were created or renamed in a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@dataclass(slots=True)
class Archive:
    """The archive of a home: `root/<first two of sha256>/<sha256>`.

    A file stands under its final name only when its bytes are on the disk. `flush` makes the names durable too, once
    for many files; it comes before anything is registered or removed from the inbox.
    """

    root: Path
    _unflushed: set[Path] = field(default_factory=set)

    def prepare(self) -> None:
        """Make the folders, and remove half-written files of a killed run: the inbox still has those files."""
        incoming = self.root / _INCOMING
        incoming.mkdir(parents=True, exist_ok=True, mode=0o700)
        for leftover in incoming.iterdir():
            leftover.unlink()

    def path_of(self, sha256: str) -> Path:
        return self.root / sha256[:2] / sha256

    def keep(self, content: bytes) -> str:
        """Keep bytes; returns their sha256."""
        sha256 = hashlib.sha256(content).hexdigest()
        self._place(sha256, len(content), lambda target: _write_all(target, content))
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
        self._rename(partial, digest.hexdigest())
        return digest.hexdigest(), size

    def flush(self) -> None:
        """Make the names of everything kept so far survive a power cut."""
        for folder in sorted(self._unflushed):
            flush_folder(folder)
        self._unflushed.clear()

    def _place(self, sha256: str, size: int, write: Callable[[int], None]) -> None:
        final = self.path_of(sha256)
        try:
            known = final.stat().st_size == size
        except FileNotFoundError:
            known = False
        if known:
            self._unflushed.add(final.parent)  # the run that placed it may have been killed before its flush
            return
        self._rename(self._write(sha256, write), sha256)

    def _write(self, name: str, write: Callable[[int], None]) -> Path:
        partial = self.root / _INCOMING / name
        target = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            write(target)
            os.fsync(target)
        except OSError:  # a full disk: give the space back
            partial.unlink()
            raise
        finally:
            os.close(target)
        return partial

    def _rename(self, partial: Path, sha256: str) -> None:
        final = self.path_of(sha256)
        try:
            partial.replace(final)
        except FileNotFoundError:
            final.parent.mkdir(mode=0o700, exist_ok=True)
            self._unflushed.add(self.root)
            partial.replace(final)
        self._unflushed.add(final.parent)


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
