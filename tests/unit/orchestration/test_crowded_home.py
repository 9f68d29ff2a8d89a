"""Two intakes at once, and a disk that fills up in the middle of one: nothing lost, nothing doubled."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from campaigns.load import load_campaign
from orchestration.home import Home
from reports.blank_forms.forms import FormContent, write_form_xlsx

ROOT = Path(__file__).parents[3]
CAMPAIGN = "haicheng_2023"
UNITS = ("海州街道", "兴海街道", "响堂街道", "东四街道", "孤山镇", "岔沟镇")
AT = "2023-06-24T09:30"
BUSY = 2  # as the command line documents it


def fill_inbox(home: Home, weight: int = 0) -> None:
    """One form of each unit; `weight` bytes that cannot be compressed come on top of each."""
    campaign = load_campaign(CAMPAIGN)
    form = campaign.form("progress")
    figures: dict[tuple[str, str], Decimal | str] = {
        (item.code, "value"): Decimal(0) for item in form.items if item.code != "4.6" and len(item.parts) == 1
    }
    figures |= {("1.1", "value"): Decimal(3), ("4.6", "value"): "是"}
    figures |= {(code, "value"): "0" for code in ("3.3", "3.8", "4.5")}
    folder = home.inbox / CAMPAIGN
    folder.mkdir(exist_ok=True)
    for name in UNITS:
        content = FormContent(
            unit_name=name, filled_on=date(2023, 6, 24), filler="测试员甲", reviewer="测试员乙", entries=figures
        )
        write_form_xlsx(folder / f"{name}6月.xlsx", campaign, form, content)
        if weight:
            (folder / f"{name}附图.jpg").write_bytes(b"\xff\xd8\xff" + os.urandom(weight))


def start_intake(home: Home) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "orchestration.cli", "ingest", "--received-at", AT, "--home", str(home.root)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")


def registered(home: Home) -> list[tuple]:
    found = duckdb.read_parquet(f"{home.raw}/submissions/*.parquet")
    return found.project("file_name, verdict").order("all").fetchall()


def test_of_two_intakes_at_once_one_works_and_the_other_says_who(tmp_path: Path) -> None:
    home = Home(tmp_path / "home").prepare()
    fill_inbox(home)
    runs = [start_intake(home) for _ in range(2)]
    told = [run.communicate()[1] for run in runs]
    codes = [run.returncode for run in runs]
    assert 0 in codes
    for code, words, other in zip(codes, told, reversed(runs), strict=True):
        if code:
            assert code == BUSY
            assert f"进程 {other.pid}" in words and "等它结束后再试" in words
    assert registered(home) == sorted((f"{name}6月.xlsx", "accepted") for name in UNITS)
    assert [path for path in home.inbox.rglob("*") if path.is_file()] == []


def test_an_intake_beside_a_holder_of_the_home_touches_nothing(tmp_path: Path) -> None:
    home = Home(tmp_path / "home").prepare()
    fill_inbox(home)
    with home.lock("nightly"):
        run = start_intake(home)
        words = run.communicate()[1]
        assert (run.returncode, f"进程 {os.getpid()}" in words) == (BUSY, True)
        assert registered(home) == []
    assert len(list((home.inbox / CAMPAIGN).iterdir())) == len(UNITS)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 12 MiB in memory; only root may mount one."""
    target = tmp_path / "disk"
    target.mkdir()
    mount = shutil.which("mount")
    done = mount and subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=12m,mode=0755", "tmpfs", target], capture_output=True, check=False
    )
    if not done or done.returncode:
        pytest.skip("a small disk can be mounted by root only, outside restricted containers")
    yield target
    for _ in range(50):
        if subprocess.run(["umount", target], capture_output=True, check=False).returncode == 0:
            break
        time.sleep(0.1)


def test_a_full_disk_loses_nothing_and_the_next_run_goes_on(small_disk: Path) -> None:
    home = Home(small_disk / "home").prepare()
    fill_inbox(home, weight=900_000)
    sent = {path.name: path.read_bytes() for path in (home.inbox / CAMPAIGN).iterdir()}
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(shutil.disk_usage(small_disk).free - 2_500_000))
    run = start_intake(home)
    words = "".join(run.communicate())
    assert run.returncode in (1, 2), "some files wait for space, or the whole run does"
    assert "磁盘已满" in words and "Traceback" not in words
    lying = {path.name for path in (home.inbox / CAMPAIGN).iterdir()}
    kept = [path.read_bytes() for path in home.archive.rglob("*") if path.is_file()]
    assert all(name in lying or content in kept for name, content in sent.items())
    ballast.unlink()
    shutil.rmtree(home.root / "logs", ignore_errors=True)
    run = start_intake(home)
    run.communicate()
    assert run.returncode == 1, "the pictures are no forms, and are told so"
    assert [row for row in registered(home) if row[1] == "accepted"] == sorted(
        (f"{name}6月.xlsx", "accepted") for name in UNITS
    )
    assert {path.read_bytes() for path in home.archive.rglob("*") if path.is_file()} == set(sent.values())
    assert [path for path in home.inbox.rglob("*") if path.is_file()] == []
