"""Fifty kills at random moments, then one undisturbed run: the same facts as if nothing had happened."""

import json
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from orchestration.home import Home
from tests.pipeline.cities import FIGURES, add_campaign, send

ROOT = Path(__file__).parents[2]
CITY = "killed_city_2023"
UNITS = [f"210381{number}" for number in ("001", "002", "003", "004", "006", *range(101, 106), "107", "108")]
SEED = 20230725


@dataclass(frozen=True)
class Ended:
    home: Home
    killed: dict[str, int]

    def rows(self, sql: str) -> list[tuple]:
        with duckdb.connect(str(self.home.current / "taizhang.duckdb"), read_only=True) as connection:
            return connection.execute(sql).fetchall()


def new_home(folder: Path) -> Home:
    home = Home(folder).prepare()
    add_campaign(home, CITY, "小城市", "210398", UNITS)
    (home.inbox / CITY).mkdir()
    return home


def write_mailings(home: Home, folder: Path) -> None:
    """Thirteen mailings: June of everybody, corrections, the same again, July; and what cannot be taken."""

    def mailing(number: int) -> Path:
        target = folder / f"{number:02}"
        target.mkdir(parents=True, exist_ok=True)
        for path in home.inbox.iterdir():
            shutil.move(path, target / path.name)
        (home.inbox / CITY).mkdir()
        return target / CITY

    def form(unit: str, month: int, found: int, name: str | None = None) -> Path:
        figures = FIGURES | {("1.1", "value"): Decimal(found)}
        return send(home, CITY, unit, f"2023-{month:02}", date(2023, month, 24), figures, name)

    for start in range(0, 12, 3):
        for unit in UNITS[start : start + 3]:
            form(unit, 6, 12)
        mailing(start // 3)
    again = form(UNITS[0], 6, 12, "再报一次.xlsx").read_bytes()
    form(UNITS[1], 6, 13, "更正.xlsx")
    form(UNITS[2], 6, 5, "整改多于发现.xlsx")
    archive = mailing(4) / "一包.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("里面/同一份.xlsx", again)
        packed.writestr("看不懂.txt", "没有表格")
    for number, unit in enumerate(UNITS):
        form(unit, 7, 14)
        if number % 2:
            mailing(5 + number // 2)
    form(UNITS[1], 6, 12, "改回原数.xlsx")
    (home.inbox / CITY / "坏.xlsx").write_bytes(b"PK\x03\x04 cut off on the way")
    (home.inbox / CITY / "空.xlsx").write_bytes(b"")
    mailing(11)
    for unit in UNITS[:10]:
        form(unit, 7, 15, f"更正{unit}.xlsx")
    mailing(12)


def end_of(home: Home, mailings: Path, intake_kills: int, night_kills: int) -> Ended:
    command = [sys.executable, "-m", "tests.pipeline.killed_runs", str(home.root), str(mailings)]
    numbers = [str(intake_kills), str(night_kills), str(SEED)]
    done = subprocess.run([*command, *numbers], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    return Ended(home, json.loads(done.stdout))


@pytest.fixture(scope="module")
def ends(tmp_path_factory: pytest.TempPathFactory) -> tuple[Ended, Ended]:
    """An undisturbed home, and one whose runs were killed."""
    folder = tmp_path_factory.mktemp("killed")
    write_mailings(new_home(folder / "writer"), folder / "mailings")
    calm, killed = new_home(folder / "calm"), new_home(folder / "killed")
    return end_of(calm, folder / "mailings", 0, 0), end_of(killed, folder / "mailings", 48, 4)


def test_the_runs_were_killed_as_often_as_it_takes(ends: tuple[Ended, Ended]) -> None:
    calm, killed = ends
    assert calm.killed == {"intakes": 0, "nights": 0}
    assert sum(killed.killed.values()) >= 50


def test_the_undisturbed_home_holds_every_file_once(ends: tuple[Ended, Ended]) -> None:
    calm, _ = ends
    assert calm.rows("select status, count(*) from marts.fct_submissions group by status order by status") == [
        ("accepted", 24), ("quarantined", 3), ("returned", 1), ("superseded", 12),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "table", ["fct_submissions", "fct_indicator_values", "fct_report_timeliness", "fct_rule_outcomes"]
)
def test_facts_are_the_same_after_the_kills(ends: tuple[Ended, Ended], table: str) -> None:
    calm, killed = ends
    columns = [name for (name,) in calm.rows(f"select column_name from (describe marts.{table})")]
    kept = ", ".join(f'"{name}"' for name in columns if name not in ("receipt_id", "batch_id"))  # numbered by each run
    wanted = f"select {kept} from marts.{table} order by all"
    assert calm.rows(wanted)
    assert killed.rows(wanted) == calm.rows(wanted)


@pytest.mark.parametrize("folder", ["archive", "quarantine", "returned"])
def test_folders_hold_the_same_after_the_kills(ends: tuple[Ended, Ended], folder: str) -> None:
    held = [
        {str(path.relative_to(end.home.root)): path.stat().st_size for path in (end.home.root / folder).rglob("*.*")}
        | {path.name: 0 for path in (end.home.root / folder).rglob("*") if path.is_file()}
        for end in ends
    ]
    assert held[0]
    assert held[1] == held[0]


def test_nothing_is_left_lying_about(ends: tuple[Ended, Ended]) -> None:
    for end in ends:
        assert [path for path in end.home.inbox.rglob("*") if path.is_file()] == []
        assert list(end.home.archive.glob(".incoming/*")) == []
        assert list((end.home.raw / "_intents").iterdir()) == []
        assert list((end.home.raw / "_unanswered").iterdir()) == []
        assert [path for path in end.home.root.rglob("*.partial") if path.is_file()] == []
