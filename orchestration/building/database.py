"""How much of the machine DuckDB may use, and connections that keep to it: memory, threads, room on disk.

Belongs here: the two settings of a deployment and what they mean to DuckDB and to dbt. Does not belong here: what is
asked of a connection; the published snapshot (reports.published), which anybody may open with limits of their own.

The limit is DuckDB's share. Python with its libraries comes beside it: up to 1 GB, also when a province is proved and
judged whole (benchmarks/README.md). What does not fit is put aside in the home
and removed by the next build.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestration.errors import PlainError

if TYPE_CHECKING:
    import duckdb

    from orchestration.home import Home

MEMORY_VARIABLE = "TAIZHANG_MEMORY"  # dbt_project/profiles.yml reads all three, too
THREADS_VARIABLE = "TAIZHANG_THREADS"
SPILL_VARIABLE = "TAIZHANG_SPILL"
DEFAULT_MEMORY = "2GB"
_A_SIZE = re.compile(r"\d+(\.\d+)? ?[KMGT]i?B", re.IGNORECASE)


def variables(spill: Path) -> dict[str, str]:
    """The limits as dbt's profile reads them.

    Args:
        spill: where DuckDB may put aside what does not fit into memory.

    Raises:
        PlainError: a setting is no size or no number.
    """
    memory = os.environ.get(MEMORY_VARIABLE) or DEFAULT_MEMORY
    threads = os.environ.get(THREADS_VARIABLE) or str(os.cpu_count() or 1)
    if not _A_SIZE.fullmatch(memory):
        raise PlainError(
            f"环境变量 {MEMORY_VARIABLE} 写的是“{memory}”，应写成 2GB、800MB 这样的大小。 "
            f"{MEMORY_VARIABLE} must be a size such as 2GB or 800MB."
        )
    if not threads.isdecimal() or int(threads) < 1:
        raise PlainError(
            f"环境变量 {THREADS_VARIABLE} 写的是“{threads}”，应写几个线程，如 2。 "
            f"{THREADS_VARIABLE} must be a number of threads such as 2."
        )
    return {MEMORY_VARIABLE: memory, THREADS_VARIABLE: threads, SPILL_VARIABLE: str(spill)}


def limits(home: Home) -> dict[str, Any]:
    """The limits as DuckDB's configuration."""
    said = variables(home.spill)
    names = {"memory_limit": MEMORY_VARIABLE, "threads": THREADS_VARIABLE, "temp_directory": SPILL_VARIABLE}
    return {name: said[variable] for name, variable in names.items()}


def connect(home: Home, file: Path | None = None, *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """Open a database file, or one in memory, within the limits."""
    import duckdb

    return duckdb.connect(str(file) if file else ":memory:", read_only=read_only, config=limits(home))
