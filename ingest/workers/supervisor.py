"""Keeps one worker busy, and replaces it when a file has killed it.

Belongs here: feeding the worker ahead of its answers, who is to blame for a death, what the clerk is told. Does not
belong here: the process and its pipes (worker_process.py), what happens inside (worker.py), storing (intake.py).

A file is blamed for a death when it was being read; it is tried once more in a fresh worker, because the system kills
innocent processes too (memory, an operator). Files waiting behind it go to the new worker untouched.
"""

from __future__ import annotations

import pickle
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from campaigns.vocabulary import Outcome
from ingest.parsed import ParsedSubmission
from ingest.problems import Reading, reading_problem
from ingest.workers.wire import GarbledAnswerError, ParseRequest, decode_submissions, encode_request
from ingest.workers.worker import RETIRED, Assignment, Limits, unread
from ingest.workers.worker_process import WorkerDeathError, WorkerProcess, WorkerStartError

DEFAULT_PARSER = "ingest.parse:parse_file"
_AHEAD_FILES = 32
_AHEAD_BYTES = 8 * 1024 * 1024
_MOST_TRIES = 2
_MOST_STARTS = 3


@dataclass(slots=True)
class _Task:
    file_name: str
    payload: bytes
    tries: int = 0


class Supervisor:
    """Reads files in a worker process, in order. Use as a context manager; the worker starts at once.

    Raises:
        WorkerStartError: from `parse`, when a worker does not come up.
    """

    def __init__(
        self,
        campaigns: Mapping[str, Any],
        dates: Mapping[str, Sequence[Any]],
        limits: Limits | None = None,
        parser: str = DEFAULT_PARSER,
    ) -> None:
        self._limits = limits or Limits()
        assignment = Assignment(
            dict(campaigns), {key: list(value) for key, value in dates.items()}, parser, self._limits
        )
        self._assignment = pickle.dumps(assignment)
        self._worker = WorkerProcess(self._assignment, self._limits)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._worker.stop()

    @property
    def worker_pid(self) -> int:
        return self._worker.pid

    def parse(self, requests: Iterable[ParseRequest]) -> Iterator[list[ParsedSubmission]]:
        """What each file holds, in the order of the requests; they are drawn a little ahead of the answers."""
        source, waiting = iter(requests), deque[_Task]()
        while True:
            if len(waiting) <= _AHEAD_FILES // 2:
                self._draw(source, waiting)
            if not waiting:
                return
            answer = self._answer_of(waiting)
            waiting.popleft()
            yield answer

    def _draw(self, source: Iterator[ParseRequest], waiting: deque[_Task]) -> None:
        """Send the worker files until it has enough: many in a row cost less than one after each answer."""
        while _has_room(waiting) and (request := next(source, None)) is not None:
            waiting.append(_Task(request.file_name, encode_request(request)))
            self._worker.send(waiting[-1].payload)

    def _answer_of(self, waiting: deque[_Task]) -> list[ParsedSubmission]:
        first, failed_starts = waiting[0], 0
        while True:
            try:
                return decode_submissions(self._worker.receive())
            except WorkerStartError:
                failed_starts += 1
                if failed_starts >= _MOST_STARTS:
                    raise
                self._replace(waiting, skip_first=False)
            except GarbledAnswerError:
                self._replace(waiting, skip_first=True)
                return [unread(_broke_reader(first.file_name, "应答混乱", "garbled answer"))]
            except WorkerDeathError as death:
                if death.too_slow:
                    self._replace(waiting, skip_first=True)
                    return [unread(_too_slow(first.file_name, self._limits))]
                first.tries += death.exit_code != RETIRED or not self._worker.answers
                self._replace(waiting, skip_first=first.tries >= _MOST_TRIES)
                if first.tries >= _MOST_TRIES:
                    return [unread(_broke_reader(first.file_name, *_cause(death.exit_code)))]

    def _replace(self, waiting: deque[_Task], skip_first: bool) -> None:
        self._worker.stop()
        self._worker = WorkerProcess(self._assignment, self._limits)
        for position, task in enumerate(waiting):
            if position or not skip_first:
                self._worker.send(task.payload)


def _has_room(waiting: deque[_Task]) -> bool:
    return len(waiting) < _AHEAD_FILES and sum(len(task.payload) for task in waiting) < _AHEAD_BYTES


def _too_slow(file_name: str, limits: Limits) -> Outcome:
    seconds = f"{limits.wall_seconds:.0f}"
    return reading_problem(Reading.FILE_TOO_SLOW, file=file_name, found=f"{seconds} 秒", found_en=f"{seconds} s")


def _broke_reader(file_name: str, chinese: str, english: str) -> Outcome:
    return reading_problem(Reading.FILE_BROKE_READER, file=file_name, found=chinese, found_en=english)


def _cause(exit_code: int) -> tuple[str, str]:
    if exit_code in (-signal.SIGABRT, -signal.SIGKILL, -signal.SIGSEGV):
        return "解析时意外中止，多半是内存不够", "the reader was ended, most likely for lack of memory"
    return f"解析时意外中止，代码 {exit_code}", f"the reader ended with code {exit_code}"
