"""Finding the files people sent and reading each exactly once.

Belongs here: which files of the inbox are taken, waited for or passed over; one read of the bytes, straight into the
archive. Does not belong here: what the bytes mean (guard.py, parse.py), what is registered (intake.py).

Only regular files are opened, never through a link. The clock of the machine is used for one thing: whether a file has
been left alone for `quiet_seconds`; the time of receipt is the caller's.
"""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from campaigns.vocabulary import Outcome
from ingest.problems import Reading, reading_problem
from ingest.receiving.archive import Archive, NoArchive
from ingest.receiving.envelope import Envelope
from ingest.receiving.names import is_litter, readable_name

SIZE_CAP_BYTES = 50 * 1024 * 1024
QUIET_SECONDS = 2.0

_CHINESE_REASON = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EIO: "磁盘读取出错",
    errno.ENOSPC: "磁盘已满",
    errno.ENOENT: "没有这个文件",
    errno.ENAMETOOLONG: "文件名或路径太长",
}

Identity = tuple[int, int, int, int]  # inode, size, mtime in ns, ctime in ns: the same file with the same bytes


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file that may be taken. The three names are fit to print and store whatever bytes the real one has."""

    path: Path
    file_name: str
    file_path: str  # below the inbox, or below the folder given
    folders: tuple[str, ...]  # from the inbox, or the folder given, down to the file
    in_inbox: bool
    envelope: Envelope | None = None  # of the mail that it is, or came in

    def received_at(self, otherwise: datetime) -> datetime:
        """When it came: a mail when its server took it in."""
        return self.envelope.received_at if self.envelope else otherwise

    @property
    def channel(self) -> str:
        if self.envelope:
            return "mail"
        return "folder" if self.in_inbox else "command"


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A file that is left where it is this time, and why."""

    found: FoundFile
    problem: Outcome


@dataclass(frozen=True, slots=True)
class Receipt:
    """A file whose bytes are in the archive. One that came inside another file has the identity of that file."""

    found: FoundFile
    sha256: str
    size_bytes: int
    identity: Identity
    is_inside: bool = False


def identity_of(status: os.stat_result) -> Identity:
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def scan_inbox(inbox: Path, below: str = "") -> list[FoundFile]:
    """Every file of the inbox, or of one folder of it, in an order that does not depend on the disk."""
    top = inbox / below
    folders = (readable_name(below),) if below else ()
    return sorted(_walk(top, folders, in_inbox=True), key=_order) if top.is_dir() else []


def find_files(paths: list[Path], inbox: Path | None) -> list[FoundFile]:
    """The files given by path; a folder stands for everything in it. What lies in the inbox counts as found there."""
    found: dict[Path, FoundFile] = {}
    home = Path(os.path.realpath(inbox)) if inbox else None
    for given in paths:
        path = Path(os.path.realpath(given.parent), given.name) if given.name not in ("", "..") else given.resolve()
        inside, is_folder = home is not None and path.is_relative_to(home), _is_folder(path)
        above = path if is_folder else path.parent
        folders = tuple(map(readable_name, above.relative_to(home).parts)) if home and inside else ()
        files = _walk(path, folders, in_inbox=inside) if is_folder else [_found(path, folders, inside)]
        found.update((file.path, file) for file in files)
    return sorted(found.values(), key=_order)


def leave_unsettled(files: list[FoundFile], quiet_seconds: float) -> tuple[list[FoundFile], list[PassedOver]]:
    """Set aside files that changed within `quiet_seconds`; waits for that long once if some are that young."""
    young: dict[Path, Identity] = {}
    for found in files:
        status = _lstat(found.path)
        if status and time.time() - status.st_ctime < quiet_seconds:
            young[found.path] = identity_of(status)
    if not young:
        return files, []
    time.sleep(quiet_seconds)
    changed = {path for path, before in young.items() if (now := _lstat(path)) is None or identity_of(now) != before}
    waiting = [_passed(Reading.STILL_ARRIVING, found) for found in files if found.path in changed]
    return [found for found in files if found.path not in changed], waiting


def read_once(
    found: FoundFile, archive: Archive | NoArchive, size_cap: int
) -> tuple[Receipt, bytes | None] | PassedOver | None:
    """Read a file once and archive it.

    Returns:
        the receipt and the bytes (no bytes when it is larger than `size_cap`: it is archived unread); or why it was
        passed over; or None when it has left the inbox meanwhile.
    """
    try:
        if not stat.S_ISREG(found.path.lstat().st_mode):
            return _passed(Reading.NOT_A_FILE, found)
        descriptor = os.open(found.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
        try:
            return _read_open(descriptor, found, archive, size_cap)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno == errno.ENOENT and found.in_inbox:
            return None
        if error.errno in (errno.ELOOP, errno.ENXIO, errno.ENODEV):
            return _passed(Reading.NOT_A_FILE, found)
        english = os.strerror(error.errno or 0)
        return _passed(Reading.CANNOT_OPEN, found, _CHINESE_REASON.get(error.errno or 0, english), english)


def is_still(path: Path, identity: Identity) -> bool:
    """Whether the path still holds the very file that was read."""
    status = _lstat(path)
    return status is not None and identity_of(status) == identity


def _read_open(
    descriptor: int, found: FoundFile, archive: Archive | NoArchive, size_cap: int
) -> tuple[Receipt, bytes | None] | PassedOver:
    before = os.fstat(descriptor)
    if not stat.S_ISREG(before.st_mode):
        return _passed(Reading.NOT_A_FILE, found)
    if _is_being_written(descriptor):
        return _passed(Reading.STILL_ARRIVING, found)
    content: bytes | None = None
    if before.st_size > size_cap:
        sha256, size = archive.keep_stream(descriptor)
    else:
        content = _read_to_end(descriptor, before.st_size + 1)
        sha256, size = "", len(content)
    if size != before.st_size or identity_of(os.fstat(descriptor)) != identity_of(before):
        return _passed(Reading.STILL_ARRIVING, found)
    if content is not None:
        sha256 = archive.keep(content)
    return Receipt(found, sha256, size, identity_of(before)), content


def _read_to_end(descriptor: int, most: int) -> bytes:
    blocks = []
    while most > 0 and (block := os.read(descriptor, most)):
        blocks.append(block)
        most -= len(block)
    return b"".join(blocks)


def _is_being_written(descriptor: int) -> bool:
    """Whether another program has the file open for writing, asked of the kernel by way of a read lease.

    Catches a slow copy that pauses for longer than the quiet time. Where leases do not exist (network disks, files of
    another user) the quiet time alone decides.
    """
    try:
        fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)  # the default signal of a broken lease would kill us
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except OSError as error:
        return error.errno == errno.EAGAIN
    return False


def _walk(folder: Path, folders: tuple[str, ...], *, in_inbox: bool) -> Iterator[FoundFile]:
    try:
        entries = list(os.scandir(folder))
    except OSError:  # removed meanwhile, no permission, or a path longer than the system takes
        return
    for entry in entries:
        if is_litter(entry.name):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path), (*folders, readable_name(entry.name)), in_inbox=in_inbox)
        else:
            yield _found(Path(entry.path), folders, in_inbox)


def _found(path: Path, folders: tuple[str, ...], in_inbox: bool) -> FoundFile:
    name = readable_name(path.name)
    return FoundFile(path, name, "/".join((*folders, name)), folders, in_inbox)


def _order(found: FoundFile) -> tuple[str, str]:
    return found.file_name, found.file_path


def _is_folder(path: Path) -> bool:
    status = _lstat(path)
    return status is not None and stat.S_ISDIR(status.st_mode)


def _lstat(path: Path) -> os.stat_result | None:
    try:
        return path.lstat()
    except OSError:
        return None


def _passed(code: Reading, found: FoundFile, reason: str = "", english: str = "") -> PassedOver:
    return PassedOver(found, reading_problem(code, file=found.file_name, found=reason, found_en=english))
