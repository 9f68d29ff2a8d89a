"""Runs real intakes and nights of a home in child processes, and kills some of them at random moments.

Called as a program by test_killed_runs.py: `killed_runs.py HOME MAILINGS INTAKE_KILLS NIGHT_KILLS SEED`. MAILINGS holds
one folder of files for each time somebody sent something. Each is put into the inbox, and `taizhang ingest` runs and is
killed, a few times or until the files are gone, then runs undisturbed; after the last one the night runs, killed and at
last undisturbed. Prints how many runs were really killed, as JSON.

Every kill is SIGKILL to the whole process group: the run, and the worker that reads the files.
"""

import importlib
import json
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

FIRST_MAILING = datetime(2023, 7, 24, 9)
NIGHT = datetime(2023, 7, 25, 17)
_MOST_KILLS_OF_A_MAILING = 6


def in_child(work: Callable[[], object], kill_after: float | None = None) -> tuple[int, float]:
    """Run in a process group of its own; returns the exit code (-9 when killed) and how long it took."""
    start = time.monotonic()
    if (child := os.fork()) == 0:
        os.setpgid(0, 0)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        try:
            work()
        except SystemExit as ending:
            os._exit(int(ending.code or 0))
        except BaseException:
            sys.excepthook(*sys.exc_info())
            os._exit(70)
        os._exit(0)
    if kill_after is not None:
        while time.monotonic() - start < kill_after:
            if os.waitpid(child, os.WNOHANG)[0]:
                return 0, time.monotonic() - start
            time.sleep(0.005)
        os.killpg(child, signal.SIGKILL)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return code, time.monotonic() - start


class Mailings:
    """What is sent, one mailing after another."""

    def __init__(self, home: Path, folder: Path) -> None:
        self.inbox = home / "inbox"
        self.waiting = sorted(folder.iterdir())
        self.number = 0

    @property
    def received_at(self) -> datetime:
        return FIRST_MAILING + timedelta(hours=self.number)

    def inbox_is_empty(self) -> bool:
        return not any(path.is_file() for path in self.inbox.rglob("*"))

    def send_next(self) -> bool:
        if not self.waiting:
            return False
        shutil.copytree(self.waiting.pop(0), self.inbox, dirs_exist_ok=True)
        self.number += 1
        return True


def kill_intakes(home: Path, mailings: Mailings, kills: int, chance: random.Random) -> int:
    from orchestration.cli import main

    def ingest() -> None:
        main(["ingest", "--received-at", f"{mailings.received_at:%Y-%m-%dT%H:%M}", "--home", str(home)])

    killed, shortest = 0, 0.0
    while mailings.send_next():
        for _ in range(_MOST_KILLS_OF_A_MAILING):
            if killed < kills and shortest and not mailings.inbox_is_empty():
                killed += in_child(ingest, kill_after=chance.uniform(0, shortest))[0] == -signal.SIGKILL
        code, seconds = in_child(ingest)  # also finishes what a killed run had committed and not written out
        if code not in (0, 1):
            raise SystemExit(f"an undisturbed intake ended with {code}")
        shortest = min(shortest or seconds, seconds)
    return killed


def kill_nights(home: Path, kills: int, chance: random.Random) -> int:
    for slow in ("great_expectations", "dbt.cli.main"):  # once here, not once in every child
        importlib.import_module(slow)
    from orchestration.home import Home
    from orchestration.nightly import nightly

    killed = sum(
        in_child(lambda: nightly(Home(home), NIGHT), kill_after=chance.uniform(1, 8))[0] == -signal.SIGKILL
        for _ in range(kills)
    )
    code, _ = in_child(lambda: nightly(Home(home), NIGHT))
    if code:
        raise SystemExit(f"an undisturbed night ended with {code}")
    return killed


def run(home: Path, folder: Path, intake_kills: int, night_kills: int, seed: int) -> dict[str, int]:
    import reports.returns.return_slip  # noqa: F401 - imported before the children, so that their time goes into the work

    chance = random.Random(seed)
    mailings = Mailings(home, folder)
    taken = kill_intakes(home, mailings, intake_kills, chance)
    return {"intakes": taken, "nights": kill_nights(home, night_kills, chance)}


if __name__ == "__main__":
    print(json.dumps(run(Path(sys.argv[1]), Path(sys.argv[2]), *map(int, sys.argv[3:]))))
