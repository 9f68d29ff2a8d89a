"""The intake of one month's forms against bare readers of the same files, as ratios of one run.

Each leg runs in a process of its own and says what the work itself cost: imports and, for the intake, loading the
campaign are done before the clock starts; a worker's start is shown apart, as the intake of a single form. The
intake's CPU is that of the parent and of its worker. Belongs here: measuring intake. Does not belong here: the whole
night (whole_night.py), making the forms (generated_area.py).

Usage: python -m benchmarks.intake [FORMS]      (default: 3000)
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from benchmarks.generated_area import CAMPAIGN_ID, write_campaign, write_forms

RECEIVED_AT = datetime(2023, 6, 25, 1, 30)  # the night of the due day
_MB_OF_KB = 1 / 1024


@dataclass(frozen=True)
class Cost:
    """CPU seconds and peak MB of a leg's own process and of its children."""

    own_cpu: float
    children_cpu: float
    own_peak_mb: float
    children_peak_mb: float

    @property
    def cpu(self) -> float:
        return self.own_cpu + self.children_cpu


def read_with_calamine(home: Path) -> Callable[[], None]:
    from python_calamine import CalamineWorkbook

    def work() -> None:
        for path in _forms(home):
            with CalamineWorkbook.from_path(path) as book:
                for name in book.sheet_names:
                    book.get_sheet_by_name(name).to_python()

    return work


def read_with_openpyxl(home: Path) -> Callable[[], None]:
    from openpyxl import load_workbook

    def work() -> None:
        for path in _forms(home):
            for sheet in load_workbook(path).worksheets:
                for row in sheet.iter_rows(values_only=True):
                    list(row)

    return work


def take_in_all(home_folder: Path) -> Callable[[], None]:
    import duckdb  # noqa: F401 - imported late by intake; its start is none of the measured work
    import pyarrow.parquet  # noqa: F401 - the same

    from ingest import register  # noqa: F401 - the same
    from ingest.intake import IntakeSettings, take_in
    from orchestration.gate1 import judge
    from orchestration.home import Home

    home = Home(home_folder).prepare()
    campaigns = {CAMPAIGN_ID: home.campaign(CAMPAIGN_ID)}
    dates = {CAMPAIGN_ID: home.due_dates(campaigns[CAMPAIGN_ID])}
    settings = IntakeSettings(quiet_seconds=0)

    def work() -> None:
        files = _forms(home_folder)
        report = take_in(home.intake_paths, campaigns, dates, judge, RECEIVED_AT, settings=settings)
        accepted = sum(file.result == "accepted" for file in report.files)
        if accepted != len(files):
            raise SystemExit(f"{accepted} of {len(files)} forms were accepted: this measures something else")

    return work


LEGS = {"calamine": read_with_calamine, "openpyxl": read_with_openpyxl, "intake": take_in_all}


def _forms(home: Path) -> list[Path]:
    return sorted((home / "inbox" / CAMPAIGN_ID).iterdir())


def _used(who: int) -> float:
    usage = resource.getrusage(who)
    return usage.ru_utime + usage.ru_stime


def run_leg(name: str, home: Path) -> Cost:
    """Do one leg's work in this process."""
    work = LEGS[name](home)
    own, children = _used(resource.RUSAGE_SELF), _used(resource.RUSAGE_CHILDREN)
    work()
    return Cost(
        _used(resource.RUSAGE_SELF) - own,
        _used(resource.RUSAGE_CHILDREN) - children,
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _MB_OF_KB,
        resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * _MB_OF_KB,
    )


def measure(name: str, home: Path) -> Cost:
    """Do one leg's work in a fresh process."""
    command = [sys.executable, "-m", "benchmarks.intake", "--leg", name, str(home)]
    answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return Cost(**json.loads(answer))


def make_home(folder: Path, forms: int) -> Path:
    write_campaign(folder / "campaigns", forms)
    write_forms(folder / "inbox", folder / "campaigns")
    return folder


def compare(forms: int, folder: Path) -> None:
    home = make_home(folder / "all", forms)
    costs = {name: measure(name, home) for name in ("calamine", "openpyxl", "intake")}
    start = measure("intake", make_home(folder / "one", 1))
    quarter = measure("intake", make_home(folder / "quarter", max(forms // 4, 1)))
    whole = costs["intake"]
    print(f"{forms} forms                CPU s  × calamine   parent   worker")
    for name, cost in costs.items():
        ratio = cost.cpu / costs["calamine"].cpu
        print(f"{name:<22}{cost.cpu:8.2f} {ratio:10.1f} {cost.own_cpu:8.2f} {cost.children_cpu:8.2f}")
    for name, cpu in (("of it one form alone", start.cpu), ("of it the rest", whole.cpu - start.cpu)):
        print(f"  {name:<20}{cpu:8.2f} {cpu / costs['calamine'].cpu:10.1f}")
    print(f"openpyxl ÷ intake      {costs['openpyxl'].cpu / whole.cpu:19.1f}")
    print("intake's peak MB                            parent   worker")
    for name, cost in (("1 form", start), (f"{forms // 4} forms", quarter), (f"{forms} forms", whole)):
        print(f"  {name:<39} {cost.own_peak_mb:8.0f} {cost.children_peak_mb:8.0f}")


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["--leg"]:
        print(json.dumps(asdict(run_leg(arguments[1], Path(arguments[2])))))
        return
    with tempfile.TemporaryDirectory() as folder:
        compare(int(arguments[0]) if arguments else 3000, Path(folder))


if __name__ == "__main__":
    main(sys.argv[1:])
