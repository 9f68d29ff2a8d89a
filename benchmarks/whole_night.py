"""The whole night of one month against a plain pandas + openpyxl script, as ratios of one run.

The script only reads and adds; the night also archives, checks, keeps every version, proves the totals, publishes and
writes the reports. Prints CPU and wall seconds of both, their ratios, and the share of each leg of the night.

Usage: python -m benchmarks.whole_night [UNITS …]      (default: 300 3000)
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.generated_area import CAMPAIGN_ID, write_campaign, write_forms

DUE_DAY = "2023-06-25"


@dataclass(frozen=True)
class Cost:
    cpu: float
    wall: float
    peak_mb: float


def run(*command: str) -> Cost:
    """Run a command to its end and return what it and all its children cost."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{command} ended with status {status}")
    return Cost(usage.ru_utime + usage.ru_stime, time.perf_counter() - started, usage.ru_maxrss / 1024)


def measure(units: int, folder: Path) -> None:
    home = folder / "home"
    write_campaign(home / "campaigns", units)
    write_forms(home / "inbox", home / "campaigns")
    shutil.copytree(home / "inbox" / CAMPAIGN_ID, folder / "forms")
    script = run(
        sys.executable, "-m", "benchmarks.plain_script", str(folder / "forms"), str(folder / "plain_script.xlsx")
    )
    taizhang = str(Path(sys.executable).with_name("taizhang"))
    night = run(taizhang, "nightly", "--home", str(home), "--today", DUE_DAY)
    print(f"\n{units} forms        CPU s    wall s   peak MB")
    print(f"plain script   {script.cpu:8.1f} {script.wall:9.1f} {script.peak_mb:9.0f}")
    print(f"whole night    {night.cpu:8.1f} {night.wall:9.1f} {night.peak_mb:9.0f}")
    print(f"night ÷ script {night.cpu / script.cpu:8.2f} {night.wall / script.wall:9.2f}")
    account = json.loads((home / "build" / "last_night.json").read_text(encoding="utf-8"))
    legs = {leg["name"]: leg["cpu_seconds"] for leg in account["legs"]}
    legs["start-up and the rest"] = night.cpu - sum(legs.values())
    for name, seconds in legs.items():
        print(f"  {name:<24}{seconds:8.1f} s {seconds / night.cpu:6.0%}")


def main(sizes: list[str]) -> None:
    for size in sizes or ["300", "3000"]:
        with tempfile.TemporaryDirectory() as folder:
            measure(int(size), Path(folder))


if __name__ == "__main__":
    main(sys.argv[1:])
