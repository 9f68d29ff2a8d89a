"""The command line called from tests: in a process of its own, as people and scripts run it, or in this one.

A process costs a second of imports: it is for what only a process shows (consoles, environments, streams, exit codes of
the system); what a command answers is asked in this one.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path
from typing import Any

from click.testing import Result
from typer.testing import CliRunner

from orchestration.cli import app

ROOT = Path(__file__).parents[1]


def taizhang(*arguments: str, home: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    known = {name: value for name, value in os.environ.items() if not name.startswith("TAIZHANG")}
    if home is not None:
        known["TAIZHANG_HOME"] = str(home)
    return subprocess.run(
        [sys.executable, "-m", "orchestration.cli", *arguments],
        cwd=ROOT,
        env={**known, "PYTHONIOENCODING": "utf-8", **environment},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=120,
        check=False,
    )


def on_screen(width: int, *arguments: str, home: Path) -> list[str]:
    """The lines a command writes on a terminal so many columns wide, without colours and what fills a line up."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, width, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    process = subprocess.Popen(
        [sys.executable, "-m", "orchestration.cli", *arguments],
        cwd=ROOT,
        env={**environment, "TERM": "xterm", "PYTHONIOENCODING": "utf-8", "TAIZHANG_HOME": str(home)},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    written = b""
    with contextlib.suppress(OSError):  # the other side is closed
        while part := os.read(ours, 65_536):
            written += part
    os.close(ours)
    assert process.wait(timeout=60) == 0, written.decode()
    plain = re.sub(r"\x1b\[[0-9;]*m", "", written.decode())
    return [line.rstrip() for line in plain.splitlines()]


def called(*arguments: str, home: Path | None = None) -> Result:
    """Run a command in this process; an error that nobody caught stays in `exception` and ends with 1."""
    known = {name: None for name in os.environ if name.startswith("TAIZHANG")}
    return CliRunner().invoke(
        app, arguments, prog_name="taizhang", env=known | ({"TAIZHANG_HOME": str(home)} if home else {})
    )


def document(*arguments: str, home: Path) -> Any:
    """What a command of this process answers to --json."""
    return json.loads(called(*arguments, "--json", home=home).stdout)
