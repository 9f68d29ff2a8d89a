"""What becomes of an error: a sentence where we know the cause, a log file where we do not.

Belongs here: the words for known errors and the failure log. Does not belong here: deciding exit codes (cli.py).
"""

from __future__ import annotations

import sys
import tempfile
import traceback
from datetime import datetime
from pathlib import Path

from orchestration.errors import PlainError


def plain_sentence(error: Exception) -> str | None:
    """Say a known error in one sentence; None for one that nobody foresaw."""
    if isinstance(error, PlainError):
        return str(error)
    if isinstance(error, PermissionError):
        return f"没有权限：{error.filename}。 Permission denied: {error.filename}."
    if isinstance(error, OSError) and error.errno == 28:  # ENOSPC
        return "磁盘已满，已收的文件没有丢失，请清出空间后重新运行。 The disk is full; nothing received is lost."
    name = type(error).__name__
    if name in _SENTENCES:
        return _SENTENCES[name].format(error=error)
    return str(error) if name in _SPEAK_FOR_THEMSELVES else None


# Raised by other packages with a sentence made for people; named, so that nothing heavy is imported to compare types.
_SPEAK_FOR_THEMSELVES = frozenset(
    {"CampaignError", "HomeBusyError", "MailboxError", "NothingToPrintError", "ReportError", "RuleError"}
)
_SENTENCES = {
    "UnknownCampaignError": (
        "分不清文件属于哪个专项行动，请用 --campaign 指明。 Name the campaign with --campaign ({error})."
    ),
    "WorkerStartError": "读表程序启动不了，请运行 taizhang doctor。 The reader of forms cannot be started: {error}.",
}


def write_failure(error: Exception, home: Path) -> Path:
    """Write the stack trace where the data team can find it; returns the file."""
    folder = home / "logs" if home.is_dir() else Path(tempfile.gettempdir())
    log = folder / f"taizhang-{datetime.now():%Y%m%dT%H%M%S%f}.log"
    text = "".join(traceback.format_exception(error))
    try:
        folder.mkdir(exist_ok=True)
        log.write_text(f"{sys.argv[1:]}\n{text}", encoding="utf-8")
    except OSError:
        log = Path(tempfile.gettempdir()) / log.name
        log.write_text(text, encoding="utf-8")
    return log
