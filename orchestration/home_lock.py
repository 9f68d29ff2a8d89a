"""One writer at a time in a home.

Belongs here: taking the lock, and saying who has it. Does not belong here: paths (home.py), who takes it when.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from orchestration.errors import PlainError


class HomeBusyError(PlainError):
    """Another process holds the home; the message says who and since when."""


@contextmanager
def held(root: Path, lock_file: Path, since: str, purpose: str, wait_seconds: float) -> Iterator[None]:
    """Hold a home for writing. It is free again when the process ends, however it ends.

    Raises:
        HomeBusyError: another process, or another holder in this one, has it and keeps it for `wait_seconds`.
    """
    from filelock import FileLock, Timeout

    root.mkdir(parents=True, exist_ok=True)
    holder = root / "taizhang.lock.json"
    lock = FileLock(lock_file, timeout=wait_seconds)
    try:
        lock.acquire()
    except Timeout:
        raise HomeBusyError(_busy_sentence(root, holder)) from None
    try:
        note = {"pid": os.getpid(), "since": since, "purpose": purpose}
        holder.write_text(json.dumps(note, ensure_ascii=False), encoding="utf-8")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _busy_sentence(root: Path, holder: Path) -> str:
    try:
        note = json.loads(holder.read_text(encoding="utf-8"))
        who = f"进程 {note['pid']}，{note['since']} 开始，{note['purpose'] or '正在写入'}"
        who_en = f"process {note['pid']} since {note['since']} ({note['purpose'] or 'writing'})"
    except (OSError, ValueError, KeyError):
        who, who_en = "另一个进程", "another process"
    return (
        f"家目录 {root} 正被使用（{who}），请等它结束后再试。 "
        f"The home is in use by {who_en}; try again when it has finished."
    )
