"""One worker process and the two pipes to it.

Belongs here: starting and ending the process, sending and receiving frames without ever blocking on one pipe while the
other is full, the wall clock. Does not belong here: what the frames mean (wire.py), whom to blame (supervisor.py).
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections import deque
from pathlib import Path

from ingest.workers.wire import FRAME, GarbledAnswerError, framed
from ingest.workers.worker import READY, Limits

_HERE = str(Path(__file__).absolute().parents[2])  # an editable install may be found by a hook instead of the path
_BOOT = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from ingest.workers.worker import serve; serve()"
_KEPT_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "TMPDIR")  # no password of ours reaches the worker
_PIPE_BYTES = 1 << 20


class WorkerStartError(Exception):
    """The worker cannot be started at all: a fault of the installation or the campaign, not of a file."""


class WorkerDeathError(Exception):
    """The worker ended without an answer; `too_slow` when it was the limit of time."""

    def __init__(self, exit_code: int, too_slow: bool = False) -> None:
        super().__init__(exit_code)
        self.exit_code = exit_code
        self.too_slow = too_slow or exit_code == -signal.SIGXCPU


class WorkerProcess:
    """A running worker; it starts at once and is told its assignment first."""

    def __init__(self, assignment: bytes, limits: Limits) -> None:
        path = [str(Path(entry).absolute()) if entry == "" else entry for entry in (_HERE, *sys.path)]
        self._process = subprocess.Popen(
            [sys.executable, "-IS", "-c", _BOOT, json.dumps(path)],  # the path is complete: no search for .pth files
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ},
        )
        assert self._process.stdin and self._process.stdout  # noqa: S101 - both are pipes, for the type checker
        self.pid = self._process.pid
        self._to, self._from = self._process.stdin.fileno(), self._process.stdout.fileno()
        for descriptor in (self._to, self._from):
            os.set_blocking(descriptor, False)
            _enlarge(descriptor)
        self._limits = limits
        self._outgoing: deque[memoryview] = deque()
        self._incoming = bytearray()
        self._is_ready = False
        self.answers = 0
        self.send(assignment)

    def send(self, payload: bytes) -> None:
        self._outgoing.append(memoryview(framed(payload)))

    def receive(self) -> bytes:
        """The next answer.

        Raises:
            WorkerDeathError: the worker died, or was stopped because it took too long.
            WorkerStartError: it never came up.
        """
        try:
            if not self._is_ready:
                self._is_ready = self._next_frame(self._limits.start_seconds) == READY
                self.answers = 0
            return self._next_frame(self._limits.wall_seconds)
        except WorkerDeathError as death:
            if self._is_ready:
                raise
            raise WorkerStartError(f"the parsing worker did not start (exit code {death.exit_code})") from death

    def stop(self) -> None:
        """End the worker, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                stream.close()  # type: ignore[union-attr]

    def _next_frame(self, seconds: float) -> bytes:
        deadline = time.monotonic() + seconds
        while (frame := self._take_frame()) is None:
            ready = dict(self._poll(max(0.0, deadline - time.monotonic())))
            if not ready:
                self._process.kill()
                raise WorkerDeathError(self._process.wait(), too_slow=True)
            if self._to in ready and self._push():
                deadline = time.monotonic() + seconds  # it could not begin before it had the file
            if self._from in ready:
                self._pull()
        return frame

    def _poll(self, seconds: float) -> list[tuple[int, int]]:
        waiting_for = select.poll()
        waiting_for.register(self._from, select.POLLIN)
        if self._outgoing:
            waiting_for.register(self._to, select.POLLOUT)
        return waiting_for.poll(seconds * 1000)

    def _push(self) -> bool:
        with contextlib.suppress(BlockingIOError, BrokenPipeError):  # a death is noticed when reading
            while self._outgoing:
                rest = self._outgoing[0][os.write(self._to, self._outgoing[0]) :]
                if rest:
                    self._outgoing[0] = rest
                else:
                    self._outgoing.popleft()
            return True
        return False

    def _pull(self) -> None:
        try:
            block = os.read(self._from, _PIPE_BYTES)
        except BlockingIOError:
            return
        if not block:
            raise WorkerDeathError(self._process.wait())
        self._incoming += block

    def _take_frame(self) -> bytes | None:
        if len(self._incoming) < FRAME.size:
            return None
        end = FRAME.size + FRAME.unpack_from(self._incoming)[0]
        if end > self._limits.answer_bytes:
            raise GarbledAnswerError
        if len(self._incoming) < end:
            return None
        frame = bytes(self._incoming[FRAME.size : end])
        del self._incoming[:end]
        self.answers += 1
        return frame


def _enlarge(descriptor: int) -> None:
    with contextlib.suppress(OSError, AttributeError):  # only Linux has larger pipes; they save switches, no more
        fcntl.fcntl(descriptor, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
