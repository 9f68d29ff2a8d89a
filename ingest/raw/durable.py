"""Making what was written survive a power cut.

Belongs here: flushing single files and folders, and a whole disk where very many files were written. Does not belong
here: what is written, and in which order it becomes final (archive.py, raw_zone.py, journal.py).

A disk makes a thousand files durable together in the time of a few, if it is asked once. That is only done where the
kernel is known to say that it failed: Linux since 5.8 (syncfs(2)), on file systems of a disk of this machine.
"""

from __future__ import annotations

import ctypes
import os
import re
import sys
from collections.abc import Sequence
from functools import cache

_MANY = 64  # fewer are flushed one by one: a whole disk may hold what others have written
_FIRST_THAT_TELLS = (5, 8)
_OF_A_DISK = frozenset({0xEF53, 0x58465342, 0x9123683E})  # ext4, xfs, btrfs, as statfs(2) names them
_ROOM_FOR_STATFS = 512

StrPath = str | os.PathLike[str]


def flush_path(path: StrPath) -> None:
    """Make a file's bytes, or the names in a folder, survive a power cut.

    Raises:
        OSError: they may be lost.
    """
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def flush_paths(paths: Sequence[StrPath]) -> None:
    """Do the same for many files or folders of one disk. Raises as `flush_path` does."""
    if len(paths) < _MANY or not _flush_disk_of(paths[0]):
        for path in paths:
            flush_path(path)


def _flush_disk_of(path: StrPath) -> bool:
    """Flush the whole disk that a path is on; False where it cannot be relied on, and nothing was done."""
    library = _library()
    if library is None:
        return False
    descriptor = os.open(path, os.O_RDONLY)
    try:
        if _kind_of_file_system(library, descriptor) not in _OF_A_DISK:
            return False
        if library.syncfs(descriptor) != 0:
            error = ctypes.get_errno()
            raise OSError(error, os.strerror(error), os.fspath(path))
        return True
    finally:
        os.close(descriptor)


def _kind_of_file_system(library: ctypes.CDLL, descriptor: int) -> int:
    """The first word of the kernel's answer; 0 where it gives none."""
    answer = ctypes.create_string_buffer(_ROOM_FOR_STATFS)
    failed = library.fstatfs(descriptor, answer)
    return 0 if failed else ctypes.c_ulong.from_buffer(answer).value & 0xFFFFFFFF


@cache
def _library() -> ctypes.CDLL | None:
    """The C library, where its syncfs tells of failures."""
    version = re.match(r"(\d+)\.(\d+)", os.uname().release) if sys.platform == "linux" else None
    if version is None or (int(version[1]), int(version[2])) < _FIRST_THAT_TELLS:
        return None
    library = ctypes.CDLL(None, use_errno=True)
    return library if hasattr(library, "syncfs") and hasattr(library, "fstatfs") else None
