"""Runs dbt inside this process: parse once, run many times, leave no connection behind.

Belongs here: calling dbt, keeping its parsed project between calls, turning its answers into plain records. Does not
belong here: which models run when (warehouse.py), SQL (dbt_project), Dagster.

Importing dbt costs seconds, so it happens inside functions, once, and every run of a process shares one parsed
project. `as_of` is a variable of the run, never of the parse: a new night does not parse anew.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import RLock
from typing import Any

from orchestration.database import variables
from orchestration.engines import Engine
from orchestration.errors import PlainError
from orchestration.home import ENVIRONMENT_VARIABLE, Home

PROJECT = Path(__file__).parent.parent / "dbt_project"
_WELL = frozenset({"success", "pass", "warn", "no-op", "skipped"})
_QUIET = ("--log-level", "none", "--log-level-file", "info", "--no-use-colors", "--no-use-colors-file")
_OFFLINE = ("--no-send-anonymous-usage-stats", "--no-version-check")


class DbtError(PlainError):
    """dbt could not even start its work (project, profile or SQL does not compile); the message says why."""


@dataclass(frozen=True, slots=True)
class NodeResult:
    """What became of one model or test; `failures` counts the rows a test found."""

    unique_id: str
    name: str
    resource_type: str
    status: str
    message: str
    failures: int | None
    seconds: float

    @property
    def is_well(self) -> bool:
        return self.status in _WELL


@dataclass(frozen=True, slots=True)
class DbtResult:
    nodes: tuple[NodeResult, ...]
    warnings: tuple[str, ...]

    @property
    def failed(self) -> tuple[NodeResult, ...]:
        return tuple(node for node in self.nodes if not node.is_well)


def run_dbt(home: Home, args: Sequence[str], as_of: datetime, engine: Engine = Engine.DUCKDB) -> DbtResult:
    """Run one dbt command on the home's warehouse; afterwards other connections may open it.

    Args:
        home: its raw zone is read, its warehouse.duckdb written.
        args: the command and its own options, e.g. ("build", "--select", "tag:after_gate2").
        as_of: only what had been received by then is seen.
        engine: what computes; Spark leaves its tables in home.spark_tables instead.

    Raises:
        DbtError: dbt stopped before running anything.
    """
    manifest = parsed_project(home, engine)
    warnings: list[str] = []
    variables = json.dumps({"as_of": f"{as_of:%Y-%m-%d %H:%M:%S.%f}"})
    answer = _invoke(
        [*args, "--target", engine, "--vars", variables],
        manifest,
        [_collector(warnings)],
        home_root=home.root,
        target=target_folder(home),
        logs=home.build / "logs",
    )
    nodes = tuple(_node_result(result) for result in getattr(answer.result, "results", ()))
    return DbtResult(nodes, tuple(dict.fromkeys(warnings)))


def parsed_project(home: Home, engine: Engine = Engine.DUCKDB) -> Any:
    """Return dbt's manifest of the project, its sources pointing at this home; parsed anew when a file changed.

    The parse is the same for every home, so it is kept on disk beside the project (next process) and in memory (next
    call), and only the location of the sources is exchanged.
    """
    with _lock:
        kept = _parse(home, engine)
        if kept.home_root != home.root:
            _point_sources(kept.manifest, kept.home_root, home.root)
            kept.home_root = home.root
        return kept.manifest


def manifest_file(home: Home) -> Path:
    """The parsed project as a file, for tools that only read it; parsed when it is missing or a file is newer."""
    path = _parse_folder(home, Engine.DUCKDB) / "manifest.json"
    newest = max(modified for _, modified, _ in _project_state())
    if not path.is_file() or path.stat().st_mtime_ns < newest:
        _parse(home, Engine.DUCKDB)
    return path


def project_fingerprint() -> str:
    """Changes when any model, macro, test or description does."""
    return hashlib.sha256(repr(_project_state()).encode()).hexdigest()[:16]


def target_folder(home: Home) -> Path:
    """Where dbt leaves its own files for this home."""
    return home.build / "dbt"


@dataclass(slots=True)
class _Parsed:
    state: tuple[Any, ...]
    home_root: Path
    manifest: Any


_kept: dict[Engine, _Parsed] = {}
_lock = RLock()
_ANY_HOME = Path("/any-home")  # what sources point at while nobody has said which home


def _parse(home: Home, engine: Engine) -> _Parsed:
    state = _project_state()
    if engine not in _kept or _kept[engine].state != state:
        folder = _parse_folder(home, engine)
        parsed = _invoke(["parse", "--target", engine], None, [], home_root=_ANY_HOME, target=folder, logs=folder)
        _kept[engine] = _Parsed(state, _ANY_HOME, parsed.result)
    return _kept[engine]


def _parse_folder(home: Home, engine: Engine) -> Path:
    folder = PROJECT / "target" if os.access(PROJECT, os.W_OK) else target_folder(home)
    return folder if engine is Engine.DUCKDB else folder / engine


def _invoke(
    args: Sequence[str],
    manifest: Any,
    callbacks: list[Callable[[Any], None]],
    home_root: Path,
    target: Path,
    logs: Path,
) -> Any:
    folders = (
        *("--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)),
        *("--target-path", str(target), "--log-path", str(logs)),
    )
    with _lock, _environment(home_root), _own_logging():
        from dbt.cli.main import dbtRunner

        try:
            answer = dbtRunner(manifest=manifest, callbacks=callbacks).invoke([*_QUIET, *_OFFLINE, *args, *folders])
        finally:
            _close_connections()
    if answer.exception is not None or answer.result is None:
        raise DbtError(
            f"数据仓库的模型不能运行：{answer.exception}。详情在 {logs / 'dbt.log'}。 "
            f"The models cannot run: {type(answer.exception).__name__}; see the log."
        )
    return answer


@contextmanager
def _environment(home_root: Path) -> Iterator[None]:
    """The home and its limits as the profile and the sources read them; restored: one process can serve many homes."""
    wanted = {ENVIRONMENT_VARIABLE: str(home_root), **variables(Home(home_root).spill)}
    before = {name: os.environ.pop(name, None) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value


@contextmanager
def _own_logging() -> Iterator[None]:
    """Importing and running dbt re-arranges the root logger; other libraries would start to talk to the console."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    try:
        yield
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)


def _close_connections() -> None:
    """dbt-duckdb keeps its read-write handle for the next run; while it is open no reader may open the file."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    if DuckDBConnectionManager._ENV is not None:
        DuckDBConnectionManager._ENV.close()
    DuckDBConnectionManager.close_all_connections()


def _point_sources(manifest: Any, old: Path, new: Path) -> None:
    """Let the parsed sources read another home: their location is text that holds the home's path."""
    before, after = (str(root).replace("'", "''") for root in (old, new))
    for source in manifest.sources.values():
        for holder in (source.meta, source.config.extra, source.config.meta):
            location = holder.get("external_location")
            if location:
                holder["external_location"] = location.replace(f"'{before}/", f"'{after}/")


def _project_state() -> tuple[tuple[str, int, int], ...]:
    files = (path for pattern in ("*.yml", "*.sql", "*.md") for path in PROJECT.rglob(pattern))
    return tuple(
        sorted((str(path), stat.st_mtime_ns, stat.st_size) for path, stat in ((path, path.stat()) for path in files))
    )


def _collector(warnings: list[str]) -> Callable[[Any], None]:
    def note(event: Any) -> None:
        if event.info.level == "warn":
            warnings.append(event.info.msg)

    return note


def _node_result(result: Any) -> NodeResult:
    return NodeResult(
        unique_id=result.node.unique_id,
        name=result.node.name,
        resource_type=str(result.node.resource_type),
        status=str(result.status),
        message=result.message or "",
        failures=result.failures,
        seconds=result.execution_time,
    )
