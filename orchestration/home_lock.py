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

BUILD = "build"
PAST_DAYS = "as_of"  # in the folder above: one home for every day that was rebuilt


class HomeBusyError(PlainError):
    """Another process holds the home; the message says who and since when."""


class PastDayError(PlainError):
    """Nothing is taken in, built or handed in in a rebuilt past day: it would be written to the home it was made of."""


def refuse_past_day(root: Path) -> None:
    """Raises PastDayError where this is a past day that was rebuilt in a home, also behind a link to it."""
    past_day = root.resolve()
    if past_day.parent.parts[-2:] == (BUILD, PAST_DAYS):
        home = past_day.parents[2]
        raise PastDayError(
            f"{past_day} 是另外重建的某一天，只供查询；收表、重算、出表请用家目录 {home}。 "
            f"This is a rebuilt past day, for reading only; work in the home {home}."
        )


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
