"""One build of a home in a process of its own: CPU and wall of each leg, peak memory, the models that took longest.

Belongs here: a build and its publishing as a night runs them, with what they cost. Does not belong here: what lies in
the home (generated_province.py), comparing nights (hazards.py).

Usage: python -m benchmarks.one_night HOME AS_OF [--full]       AS_OF like 2025-05-27T10:00:00
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestration.home import Home

if TYPE_CHECKING:
    from orchestration.building.dbt_runner import DbtResult

_DEAREST = 15
_STATUS = Path("/proc/self/status")


def night(root: Path, as_of: datetime, *, everything: bool = False) -> dict[str, Any]:
    """Build and publish in a process of its own, because the peak of a process is that of all it ever did."""
    command = [sys.executable, "-m", "benchmarks.one_night", str(root), as_of.isoformat(), *["--full"] * everything]
    answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    found: dict[str, Any] = json.loads(answer.splitlines()[-1])
    return found


def measure(home: Home, as_of: datetime, everything: bool) -> dict[str, Any]:
    from orchestration.building.publish import publish
    from orchestration.building.warehouse import WarehouseBuild

    work = WarehouseBuild(home, as_of=as_of, now=as_of, everything=everything)
    passes: list[DbtResult] = []
    peaks: dict[str, float] = {}
    for step in (
        lambda: passes.append(work.first_pass()),
        work.prove_gate1,
        work.judge_gate2,
        lambda: passes.append(work.second_pass()),
        work.prove_totals,
    ):
        step()
        if work.failures:
            raise SystemExit("\n".join(work.failures))
        peaks[work.legs[-1].name] = _peak_mb()
    with work.leg("publish"):
        publish(home, work.result(), as_of)
    peaks["publish"] = _peak_mb()
    nodes = sorted((node for result in passes for node in result.nodes), key=lambda node: -node.seconds)
    return {
        "cpu": {leg.name: leg.cpu_seconds for leg in work.legs},
        "wall": {leg.name: leg.wall_seconds for leg in work.legs},
        "peak_mb": peaks,
        "dearest": {f"{node.resource_type} {node.name}": node.seconds for node in nodes[:_DEAREST]},
    }


def _peak_mb() -> float:
    """The most this process ever held. VmHWM, because ru_maxrss would begin with the peak of whoever started it."""
    lines = _STATUS.read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def main(arguments: list[str]) -> None:
    root, as_of, *more = arguments
    print(json.dumps(measure(Home(Path(root)), datetime.fromisoformat(as_of), "--full" in more)))


if __name__ == "__main__":
    main(sys.argv[1:])
