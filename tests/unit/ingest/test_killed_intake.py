"""A run killed at any step leaves a home that the next run finishes: nothing lost, nothing doubled."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
KILL_AT = (3, 40, 60, 75, 80, 85, 90, 95)


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> list[dict]:
    """What the home holds after an undisturbed run, then after each killed and repeated one."""
    folder = tmp_path_factory.mktemp("homes")
    command = [sys.executable, "-m", "tests.unit.ingest.killed_intake", str(folder), *map(str, KILL_AT)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    steps, *held = done.stdout.splitlines()
    assert int(steps) > max(KILL_AT)
    return [json.loads(line) for line in held]


def test_an_undisturbed_run_takes_every_file_once(homes: list[dict]) -> None:
    assert [row[1:4:2] for row in homes[0]["receipts"]] == [
        ["1 a.csv", "accepted"],
        ["2 b.csv", "accepted"],
        ["3 a again.csv", "duplicate"],
        ["4 returned.csv", "returned"],
        ["5 whose.csv", "quarantined"],
        ["6 broken.xlsx", "quarantined"],
    ]
    assert homes[0]["inbox"] == homes[0]["raw/_intents"] == []
    assert len(homes[0]["archive"]) == 5
    assert len(homes[0]["quarantine"]) == 4


@pytest.mark.parametrize("number", range(len(KILL_AT)), ids=[f"step {step}" for step in KILL_AT])
def test_a_killed_run_and_the_next_one_end_where_one_undisturbed_run_ends(homes: list[dict], number: int) -> None:
    assert homes[number + 1] == homes[0]
