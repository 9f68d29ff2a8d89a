"""Runs intakes in child processes that are killed at a given step on the disk, then once more undisturbed.

Called as a program by test_killed_intake.py: `killed_intake.py FOLDER STEP…`. A step is an opening, renaming, removing
or making of something in the home. Prints the number of steps of an undisturbed run, then for each step what the home
holds in the end, as JSON.
"""

import json
import os
import signal
import sys
from datetime import datetime
from pathlib import Path

import duckdb

from campaigns.load import load_campaign
from ingest.intake import take_in
from tests.unit.ingest.plain_forms import SETTINGS, form, judge, paths_of

CAMPAIGN = "haicheng_2023"
NOW = datetime(2023, 6, 25, 1, 30)
STORED = {
    "receipts": "campaign_id, file_name, file_sha256, result",
    "submissions": "submission_id, unit_id, period, verdict, reason_code, received_at",
    "cells": "submission_id, item_code, value, cell_ref",
    "outcomes": "submission_id, rule_code, outcome",
    "signatures": "submission_id, filler",
}


def fill_inbox(home: Path) -> None:
    inbox = home / "inbox" / CAMPAIGN
    inbox.mkdir(parents=True)
    (inbox / "1 a.csv").write_bytes(form(f1_1=1, filler="甲"))
    (inbox / "2 b.csv").write_bytes(form(f1_1=2))
    (inbox / "3 a again.csv").write_bytes(form(f1_1=1, filler="甲"))
    (inbox / "4 returned.csv").write_bytes(form("210381102", f1_1=1, f1_2=2))
    (inbox / "5 whose.csv").write_bytes(b"period=2023-06")
    (inbox / "6 broken.xlsx").write_bytes(b"PK\x03\x04")


def run(home: Path, kill_at: int | None) -> int:
    """Take in as a child process; returns its exit code, or the number of its steps when it was not disturbed."""
    counter, told = os.pipe()
    if (child := os.fork()) == 0:
        steps = 0

        def count(event: str, arguments: tuple) -> None:
            nonlocal steps
            if event in ("open", "os.rename", "os.remove", "os.mkdir") and str(arguments[0]).startswith(str(home)):
                steps += 1
                if steps == kill_at:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        take_in(paths_of(home), {CAMPAIGN: load_campaign(CAMPAIGN)}, {CAMPAIGN: []}, judge, NOW, settings=SETTINGS)
        os.write(told, str(steps).encode())
        os._exit(0)
    os.close(told)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    with os.fdopen(counter) as answer:
        return int(answer.read()) if code == 0 else code


def holding(home: Path) -> dict:
    """What the home holds; receipts and batches are numbered anew by every run and left aside."""
    stored = {
        table: duckdb.read_parquet(f"{home}/raw/{table}/*.parquet").project(columns).order("all").fetchall()
        for table, columns in STORED.items()
    }
    listed = {
        folder: sorted(str(path.relative_to(home)) for path in (home / folder).rglob("*") if path.is_file())
        for folder in ("inbox", "archive", "quarantine", "raw/_intents")
    }
    return json.loads(json.dumps(stored | listed, default=str))


def main(folder: Path, kill_at: list[int]) -> None:
    undisturbed = folder / "undisturbed"
    fill_inbox(undisturbed)
    print(run(undisturbed, None))
    print(json.dumps(holding(undisturbed)))
    for step in kill_at:
        home = folder / f"killed at {step}"
        fill_inbox(home)
        assert run(home, step) == -signal.SIGKILL
        assert run(home, None) > 0
        print(json.dumps(holding(home)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), [int(step) for step in sys.argv[2:]])
