"""One call of dbt inside this process, which leaves no trace in it: no connection, no environment, no log handler.

Belongs here: calling dbt, and where its project and its own files are. Does not belong here: the parsed project
(dbt_parse.py), what an answer means (dbt_runner.py), SQL (dbt_project).

Importing dbt costs seconds, so it happens inside functions.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any

from orchestration.building.database import variables
from orchestration.errors import PlainError
from orchestration.home import ENVIRONMENT_VARIABLE, Home

PROJECT = Path(__file__).parents[2] / "dbt_project"
_QUIET = ("--log-level", "none", "--log-level-file", "info", "--no-use-colors", "--no-use-colors-file")
_OFFLINE = ("--no-send-anonymous-usage-stats", "--no-version-check")
LOCK = RLock()  # dbt is not made for two calls at once


class DbtError(PlainError):
    """dbt could not even start its work (project, profile or SQL does not compile); the message says why."""


def target_folder(home: Home) -> Path:
    """Where dbt leaves its own files for this home."""
    return home.build / "dbt"


def call_dbt(
    args: Sequence[str],
    manifest: Any,
    callbacks: list[Callable[[Any], None]],
    home_root: Path,
    target: Path,
    logs: Path,
) -> Any:
    """Give dbt one command and hand back its answer; afterwards other connections may open the warehouse.

    Raises:
        DbtError: dbt stopped before running anything.
    """
    folders = (
        *("--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)),
        *("--target-path", str(target), "--log-path", str(logs)),
    )
    with LOCK, _environment(home_root), _own_logging():
        from dbt.cli.main import dbtRunner

        try:
            answer = dbtRunner(manifest=manifest, callbacks=callbacks).invoke([*_QUIET, *_OFFLINE, *args, *folders])
        finally:
            _close_connections()
            _close_logs()
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


def _close_logs() -> None:
    """Dbt drops the file it writes its log to at its next call, without closing it."""
    from dbt_common.events.event_manager_client import get_event_manager

    for logger in get_event_manager().loggers:
        for handler in logger._python_logger.handlers if logger._python_logger else ():
            handler.close()
