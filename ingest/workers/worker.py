"""The process that opens submitted files: guard, then reading, file after file, under limits it cannot lift.

Belongs here: what runs inside the worker. Does not belong here: starting, feeding and replacing it (supervisor.py),
reading itself (parse.py). It writes nothing, calls nobody, and prints nothing: a trace might hold what a file says.
"""

from __future__ import annotations

import importlib
import os
import pickle
import resource
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from campaigns.vocabulary import Outcome
from ingest.files.guard import inspect_container
from ingest.parsed import ParsedSubmission
from ingest.problems import Reading, reading_problem
from ingest.workers.garbage import collect_rarely
from ingest.workers.wire import FRAME, ParseRequest, decode_request, encode_submissions, framed

READY = b"ready"
RETIRED = 0  # exit code of a worker that stops by itself
_MOST_WRITTEN_BYTES = 1 << 20  # compiled modules may be cached; nothing larger is ever written
_MOST_OPEN_FILES = 64

Parser = Callable[..., list[ParsedSubmission]]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost. `cpu_seconds` and `wall_seconds` are for one file, memory is for the worker."""

    memory_bytes: int = 1536 * 1024 * 1024
    retire_bytes: int = 600 * 1024 * 1024  # a worker that has grown this large makes way for a fresh one
    cpu_seconds: int = 20
    wall_seconds: float = 30.0
    start_seconds: float = 60.0
    answer_bytes: int = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Assignment:
    """What a worker is told once: the campaigns it reads for, and which function reads (`module:function`)."""

    campaigns: Mapping[str, Any]
    dates: Mapping[str, Sequence[Any]]
    parser: str
    limits: Limits


def unread(problem: Outcome, file_format: str = "") -> ParsedSubmission:
    """A file of which nothing could be read, and why."""
    return ParsedSubmission(
        form_id=None,
        form_version=None,
        unit_id=None,
        period=None,
        filled_on=None,
        filler="",
        reviewer="",
        file_format=file_format,
        sheet_name="",
        cells=(),
        problems=(problem,),
        quarantined=True,
        explanations=(),
    )


def read_guarded(request: ParseRequest, assignment: Assignment, parse: Parser) -> list[ParsedSubmission]:
    """Look at the container, then read; whatever goes wrong becomes a reason."""
    report = inspect_container(request.content, request.file_name)
    if report.refusals:
        return [unread(report.refusals[0], report.kind)]
    try:
        submissions = parse(
            request.content,
            request.file_name,
            request.folders,
            assignment.campaigns[request.campaign_id],
            assignment.dates[request.campaign_id],
            request.received_on,
        )
    except MemoryError:
        problem = reading_problem(
            Reading.FILE_BROKE_READER, file=request.file_name, found="内存不够", found_en="out of memory"
        )
        return [unread(problem, report.kind)]
    except Exception as error:  # a fault of the reader costs this file, never the run
        name = type(error).__name__
        problem = reading_problem(Reading.FILE_BROKE_READER, file=request.file_name, found=f"{name} {_where(error)}")
        return [unread(problem, report.kind)]
    if not report.notes:
        return submissions
    return [replace(submission, problems=(*submission.problems, *report.notes)) for submission in submissions]


def serve() -> None:
    """Answer requests on standard input until it is closed."""
    inbound, outbound = _take_over_pipes()
    assignment: Assignment = pickle.loads(_read_frame(inbound) or b"")  # noqa: S301 - written by the parent that started us
    module, _, function = assignment.parser.partition(":")
    parse: Parser = getattr(importlib.import_module(module), function)
    _limit_for_life(assignment.limits)
    collect_rarely()
    _write(outbound, framed(READY))
    while (frame := _read_frame(inbound)) is not None:
        _limit_for_file(assignment.limits)
        submissions = read_guarded(decode_request(frame), assignment, parse)
        _write(outbound, framed(encode_submissions(submissions)))
        if _resident_bytes() > assignment.limits.retire_bytes:
            return


def _take_over_pipes() -> tuple[int, int]:
    """Keep the pipes to ourselves: a library that prints must not garble an answer."""
    inbound, outbound = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    return inbound, outbound


def _limit_for_life(limits: Limits) -> None:
    for kind, most in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_FSIZE, _MOST_WRITTEN_BYTES),
        (resource.RLIMIT_NOFILE, _MOST_OPEN_FILES),
        (resource.RLIMIT_CORE, 0),  # a core dump would hold what the file says
    ):
        resource.setrlimit(kind, (most, most))


def _limit_for_file(limits: Limits) -> None:
    """Move the CPU limit ahead of what was used so far; passing it ends the process."""
    used = int(time.process_time()) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (used + limits.cpu_seconds, resource.RLIM_INFINITY))


def _resident_bytes() -> int:
    """What this process holds. On Linux its ru_maxrss would begin with the peak of the run that started it."""
    try:
        descriptor = os.open("/proc/self/statm", os.O_RDONLY)
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    try:
        pages = os.read(descriptor, 256).split()[1]
    finally:
        os.close(descriptor)
    return int(pages) * resource.getpagesize()


def _where(error: BaseException) -> str:
    """Where in our code it happened; the message of the error may hold text of the file and is not told."""
    place, trace = "", error.__traceback__
    while trace:
        name = trace.tb_frame.f_globals.get("__name__", "")
        if name.startswith("ingest."):
            place = f"{name.removeprefix('ingest.')}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


def _read_frame(inbound: int) -> bytes | None:
    """The next frame; None when the parent has closed the pipe or is gone."""
    length = _read_exactly(inbound, FRAME.size)
    return None if length is None else _read_exactly(inbound, FRAME.unpack(length)[0])


def _read_exactly(inbound: int, length: int) -> bytes | None:
    blocks = []
    while length > 0:
        block = os.read(inbound, min(length, 1 << 20))
        if not block:
            return None
        blocks.append(block)
        length -= len(block)
    return b"".join(blocks)


def _write(outbound: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(outbound, rest) :]
