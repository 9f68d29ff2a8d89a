"""An alert as a file: intranets often have neither mail nor a messenger, but someone looks into the outbox.

Belongs here: the words and the file. Does not belong here: sending, noticing (defs/sensors.py).
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.building.notes import read_note
from orchestration.notices import write_notice

if TYPE_CHECKING:
    from orchestration.home import Home


def write_alert(home: Home, job: str, run_id: str, message: str, now: datetime) -> Path:
    """Write outbox/alert-<time>-<run>.txt with what failed, what still holds and what to do; returns it.

    Beside it lies the same as a mail, for whoever sends the outbox (notices.py).
    """
    home.outbox.mkdir(parents=True, exist_ok=True)
    target = home.outbox / f"alert-{now:%Y%m%dT%H%M%S}-{run_id[:8]}.txt"
    lines = [
        f"台账作业失败：{job}（{now:%Y-%m-%d %H:%M}，北京时间）",
        *(f"原因：{reason}" for reason in _reasons(home) or [message]),
        "已收到的文件没有丢失，上一版发布的数据继续有效。",
        f"请查看 {home.last_night} 和 {home.build / 'logs'}，处理后运行 taizhang nightly。",
        f"Run {run_id} of {job} failed; nothing received is lost and the last published version stays in force.",
    ]
    text = "\n".join(lines) + "\n"
    write_notice(home, target.stem, lines[0], text, now)
    partial = target.with_suffix(".partial")
    partial.write_text(text, encoding="utf-8")
    return partial.replace(target)


def _reasons(home: Home) -> list[str]:
    """What the night itself said about its end."""
    note = read_note(home.last_night)
    return note["failures"] if note else []
