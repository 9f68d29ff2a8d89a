"""The command line in a process of its own, as people and scripts run it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from orchestration.home import Home
from tests.command_line import ROOT, taizhang
from tests.heavy_imports import heavy_imports_of
from tests.published_city import publish_small_city, published_home


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return published_home(tmp_path / "home")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["calendar", "haicheng_2023"],
        ["status", "haicheng_2023", "--period", "2023-07"],
        ["trace", "haicheng_2023", "2023-07", "1.1"],
        ["check", "README.md"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_quick_commands_import_nothing_heavy(home: Path, arguments: list[str]) -> None:
    also = frozenset({"pydantic", "duckdb"}) if arguments == ["--help"] else frozenset()
    assert heavy_imports_of(arguments, home, also) == "[]"


def test_without_a_home_the_sentence_says_what_to_run(tmp_path: Path) -> None:
    answer = taizhang("build", "--home", str(tmp_path / "none"))
    assert (answer.returncode, "taizhang init" in answer.stderr) == (2, True)
    assert not (tmp_path / "none").exists()


def test_an_error_is_a_document_too_when_one_is_asked_for(home: Path) -> None:
    answer = taizhang("status", "nowhere_2023", "--period", "2023-07", "--json", home=home)
    assert answer.returncode == 2
    assert list(json.loads(answer.stdout)) == ["error"]


def test_an_error_nobody_foresaw_is_a_sentence_and_a_log(home: Path) -> None:
    (home / "published" / "current" / "snapshot.json").write_text("{broken", encoding="utf-8")
    answer = taizhang("trace", "haicheng_2023", "2023-07", "1.1", "--home", str(home))
    assert answer.returncode == 2
    assert "Traceback" not in answer.stderr
    log = next((home / "logs").iterdir())
    assert str(log) in answer.stderr
    assert "Traceback" in log.read_text(encoding="utf-8")


def test_a_developer_sees_the_trace_when_asked(home: Path) -> None:
    (home / "published" / "current" / "snapshot.json").write_text("{broken", encoding="utf-8")
    answer = taizhang("trace", "haicheng_2023", "2023-07", "1.1", home=home, TAIZHANG_DEBUG="1")
    assert "JSONDecodeError" in answer.stderr and "Traceback" in answer.stderr


@pytest.mark.parametrize("where", ["before", "after", "environment"])
def test_the_home_can_be_named_in_three_ways(home: Path, where: str) -> None:
    query = ["sql", "select count(*) as n from dim_units", "--json"]
    if where == "before":
        answer = taizhang("--home", str(home), *query)
    elif where == "after":
        answer = taizhang(*query, "--home", str(home))
    else:
        answer = taizhang(*query, home=home)
    assert json.loads(answer.stdout) == [{"n": 4}]


def test_a_home_named_after_the_command_wins(home: Path, tmp_path: Path) -> None:
    answer = taizhang("--home", str(tmp_path / "other"), "sql", "select 1 as n", "--json", "--home", str(home))
    assert json.loads(answer.stdout) == [{"n": 1}]


def test_tables_survive_a_console_that_knows_only_gbk(home: Path) -> None:
    for command in (["status", "haicheng_2023", "--period", "2023-07"], ["trace", "haicheng_2023", "2023-07", "1.1"]):
        known = {**os.environ, "TAIZHANG_HOME": str(home), "PYTHONIOENCODING": "gbk"}
        answer = subprocess.run(
            [sys.executable, "-m", "orchestration.cli", *command], cwd=ROOT, env=known, capture_output=True, check=False
        )
        assert answer.returncode == 0
        assert "海州街道" in answer.stdout.decode("gbk")


def test_a_document_on_a_gbk_console_loses_no_character(home: Path) -> None:
    query = "select '海州街道㐂😀' as n"
    known = {**os.environ, "TAIZHANG_HOME": str(home), "PYTHONIOENCODING": "gbk"}
    answer = subprocess.run(
        [sys.executable, "-m", "orchestration.cli", "sql", query, "--json"],
        cwd=ROOT,
        env=known,
        capture_output=True,
        check=False,
    )
    assert json.loads(answer.stdout.decode("ascii")) == [{"n": "海州街道㐂😀"}]


def test_a_file_name_cannot_drive_the_terminal(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    publish_small_city(
        home, "update marts.fct_submissions set file_name = chr(27) || '[2Jx' where submission_id = 's2'"
    )
    answer = taizhang("trace", "haicheng_2023", "2023-07", "1.1", home=home.root)
    assert "\x1b" not in answer.stdout
    assert "[2Jx" in answer.stdout


def test_a_second_writer_is_told_who_holds_the_home(home: Path) -> None:
    with Home(home).lock("夜间处理"):
        answer = taizhang("ingest", home=home)
    assert answer.returncode == 2
    assert "夜间处理" in answer.stderr


def test_the_demo_refuses_a_folder_that_holds_something_else(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep me", encoding="utf-8")
    answer = taizhang("demo", "--home", str(tmp_path))
    assert (answer.returncode, "--home" in answer.stderr) == (2, True)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
