"""The same raw zone built on DuckDB and on Spark: what each costs, and whether both made the same marts.

The raw zone is a generated province, made in a process of its own; then `taizhang build --full` runs as a command,
once an engine, into one home. Spark must be up (`make spark-up`); its cost is that of the processes started by it.
Belongs here: measuring both, counting the rows of the marts. Does not belong here: comparing row by row
(tests/spark), making the province (generated_province.py).

Usage: python -m benchmarks.engines [UNITS MONTHS HAZARDS_A_MONTH]      (default: 300 12 2)
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import duckdb

from benchmarks.generated_province import Province, Size
from benchmarks.whole_night import run
from orchestration.building.engines import Engine
from orchestration.home import Home

SPARK_STATE = Path(".spark")  # where deploy/spark/cluster.sh leaves the pids of what it started
_TICKS = os.sysconf("SC_CLK_TCK")
_COUNTS = """
    select table_name, estimated_size from duckdb_tables() where schema_name = 'marts' order by table_name
"""
_SIZES = """
    select
        (select count(*) from intermediate.int_hazards__lines) as lines,
        (select count(*) from marts.fct_hazards) as hazards,
        (select count(*) from marts.fct_hazard_events) as events,
        (select count(*) from marts.fct_indicator_values) as figures
"""


@dataclass(frozen=True)
class Server:
    """What the processes of Spark have used since they started, together."""

    cpu: float
    peak_mb: float

    @classmethod
    def as_it_stands(cls) -> Server:
        pids = _spark_processes()
        return cls(sum(map(_cpu, pids)), sum(map(_peak_mb, pids)))


def measure(size: Size, root: Path) -> None:
    """Make the province, build it on both engines, print what each cost."""
    make = [sys.executable, "-m", "benchmarks.engines", "--make", *_words(size), str(root)]
    subprocess.run(make, check=True)
    taizhang = str(Path(sys.executable).with_name("taizhang"))
    print(f"\n{size.units} units × {size.months} months × {size.a_month} hazards a month")
    print("               CPU s   of it Spark    wall s   peak MB   of it Spark")
    counts = []
    for engine in Engine:
        before = Server.as_it_stands()
        cost = run(taizhang, "build", "--home", str(root), "--target", engine, "--full")
        after = Server.as_it_stands()
        cpu, peak = (after.cpu - before.cpu, after.peak_mb) if engine is Engine.SPARK else (0.0, 0.0)
        print(f"{engine:<10}{cost.cpu + cpu:10.1f}{cpu:14.1f}{cost.wall:10.1f}{cost.peak_mb + peak:10.0f}{peak:14.0f}")
        with duckdb.connect(str(Home(root).warehouse), read_only=True) as warehouse:
            counts.append(warehouse.execute(_COUNTS).fetchall())
            sizes = warehouse.execute(_SIZES)
            names = [column[0] for column in sizes.description or ()]
            lines = dict(zip(names, sizes.fetchall()[0], strict=True))
    print(", ".join(f"{number:,} {name}" for name, number in lines.items()))
    print(f"rows of the {len(counts[0])} marts: {'equal' if counts[0] == counts[1] else 'not equal'}")


def make_province(size: Size, root: Path) -> None:
    """Receive and match all months, as nights did: a build then has only the warehouse to make."""
    from ingest.hazards.hazard_matching import match_new_lines
    from ingest.raw.raw_zone import RawZone

    home = Home(root)
    province = Province(home, size)
    for number in range(size.months):
        match_new_lines(RawZone(home.raw), home.campaigns(), province.receive_month(number))


def _spark_processes() -> list[int]:
    """The processes spark-up started and all their children."""
    parents = {int(path.name): _stat(int(path.name))[1] for path in Path("/proc").iterdir() if path.name.isdigit()}
    found = [int(path.read_text()) for path in SPARK_STATE.glob("*.pid")]
    for pid in found:
        found += [child for child, parent in parents.items() if int(parent) == pid]
    return found


def _stat(pid: int) -> list[str]:
    """State, parent, … of a process; the name before them may hold spaces."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    except FileNotFoundError:  # it has ended meanwhile
        return ["X", "0", *["0"] * 20]


def _cpu(pid: int) -> float:
    user, system = _stat(pid)[11:13]
    return (int(user) + int(system)) / _TICKS


def _peak_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM"))


def _words(size: Size) -> list[str]:
    return [str(size.units), str(size.months), str(size.a_month)]


def main(arguments: list[str]) -> None:
    making = arguments[:1] == ["--make"]
    units, months, a_month = arguments[making : making + 3] or ("300", "12", "2")
    size = Size(int(units), int(months), float(a_month))
    if making:
        make_province(size, Path(arguments[4]))
        return
    if not _spark_processes():
        raise SystemExit("Spark is not running: make spark-up")
    with tempfile.TemporaryDirectory() as folder:
        measure(size, Path(folder))


if __name__ == "__main__":
    main(sys.argv[1:])
