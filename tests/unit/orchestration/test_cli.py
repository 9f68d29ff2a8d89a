"""The command line in a process of its own, as people and scripts run it."""

import json
import os
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from campaigns.load import load_campaign
from orchestration.first_steps import make_home
from orchestration.home import Home
from reports.forms import FormContent, write_form_xlsx
from tests.heavy_imports import heavy_imports_of
from tests.published_city import publish_small_city

COMMANDS = [
    "demo",
    "init",
    "doctor",
    "template",
    "check",
    "ingest",
    "fetch-mail",
    "send-mail",
    "build",
    "report",
    "nightly",
    "status",
    "calendar",
    "trace",
    "restated",
    "rules",
    "sql",
]  # DESIGN §6
ROOT = Path(__file__).parents[3]


def taizhang(*arguments: str, home: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    known = {name: value for name, value in os.environ.items() if not name.startswith("TAIZHANG")}
    if home is not None:
        known["TAIZHANG_HOME"] = str(home)
    return subprocess.run(
        [sys.executable, "-m", "orchestration.cli", *arguments],
        cwd=ROOT,
        env={**known, "PYTHONIOENCODING": "utf-8", **environment},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=120,
        check=False,
    )


def document(*arguments: str, home: Path) -> Any:
    return json.loads(taizhang(*arguments, "--json", home=home).stdout)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = Home(tmp_path / "home")
    make_home(home)
    publish_small_city(home)
    return home.root


def test_help_names_every_command_in_chinese_and_english() -> None:
    answer = taizhang("--help")
    assert answer.returncode == 0
    for command in COMMANDS:
        line = next(line for line in answer.stdout.splitlines() if line.strip().startswith(f"{command} "))
        assert any("一" <= character <= "鿿" for character in line)
        assert any(character.isascii() and character.isalpha() for character in line.split(maxsplit=1)[1])


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    answer = taizhang(command, "--help")
    assert answer.returncode == 0
    assert "--home" in answer.stdout


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


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["fly"],
        ["status"],
        ["status", "haicheng_2023"],
        ["status", "haicheng_2023", "--period", "2023-66"],
        ["status", "haicheng_2023", "--period", "2023-07", "--today", "yesterday"],
        ["status", "nowhere_2023", "--period", "2023-07"],
        ["trace", "haicheng_2023", "2023-07", "9.9"],
        ["trace", "haicheng_2023", "2023-07", "1.1", "--unit", "无此镇"],
        ["trace", "haicheng_2023", "2023-07"],
        ["calendar", "haicheng_2023", "--year", "soon"],
        ["check", "no-such-file.xlsx"],
        ["ingest", "no-such-file.xlsx"],
        ["ingest", "--received-at", "2023-06-25T10:00+08:00"],
        ["ingest", "--received-at", "2999-01-01"],
        ["ingest", "--campaign", "nowhere_2023"],
        ["template", "haicheng_2023", "--form", "nothing"],
        ["template", "haicheng_2023", "--format", "pdf"],
        ["template", "haicheng_2023", "--period", "2024-01"],
        ["report", "haicheng_2023", "--period", "2023-07", "--kind", "poem"],
        ["report", "haicheng_2023", "--period", "2023-07", "--form", "nothing"],
        ["report", "haicheng_2023", "--period", "2024-07"],
        ["report", "haicheng_2023", "--period", "2023-66", "--kind", "consolidated"],
        ["build", "--target", "abacus"],
        ["sql", "delete from dim_units"],
        ["sql", "select 1", "--format", "pdf"],
        ["sql", "select 1", "--format", "xlsx"],
    ],
    ids=" ".join,
)
def test_a_mistake_in_the_call_ends_with_2_and_one_sentence(home: Path, arguments: list[str]) -> None:
    answer = taizhang(*arguments, home=home)
    assert answer.returncode == 2
    assert "Traceback" not in answer.stdout + answer.stderr
    assert arguments == [] or answer.stderr.strip()


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
    assert json.loads(answer.stdout) == [{"n": 3}]


def test_a_home_named_after_the_command_wins(home: Path, tmp_path: Path) -> None:
    answer = taizhang("--home", str(tmp_path / "other"), "sql", "select 1 as n", "--json", "--home", str(home))
    assert json.loads(answer.stdout) == [{"n": 1}]


def test_calendar_gives_the_dates_with_stable_keys(home: Path) -> None:
    answer = document("calendar", "haicheng_2023", "--year", "2023", home=home)
    assert list(answer) == ["campaign_id", "year", "dates"]
    assert list(answer["dates"][0]) == [
        "duty_id", "duty_name", "form_id", "period", "cutoff_on", "due_on", "due_source", "is_estimate",
        "is_due_before_cutoff", "is_voluntary", "grace_until", "lock_on", "reporters", "clause",
    ]  # fmt: skip
    due = {row["period"]: row["due_on"] for row in answer["dates"] if row["form_id"] == "progress"}
    assert (due["2023-06"], due["2023-11"]) == ("2023-06-25", "2023-11-24")


def test_calendar_of_a_year_without_due_days_says_so(home: Path) -> None:
    answer = taizhang("calendar", "haicheng_2023", "--year", "2027", home=home)
    assert "在 2027 年没有上报日；从 2023-05-30 到 2023-12-25" in answer.stdout


def test_status_answers_with_stable_keys(home: Path) -> None:
    answer = document("status", "haicheng_2023", "--period", "2023-07", "--today", "2023-07-28", home=home)
    assert list(answer) == ["campaign_id", "period", "today", "as_of", "forms", "sent_back"]
    form = answer["forms"][0]
    assert list(form) == [
        "form_id", "form_title", "due_on", "due_source", "expected", "on_time", "late", "missing", "not_due",
        "voluntary", "units",
    ]  # fmt: skip
    assert (form["expected"], form["on_time"], form["late"], form["missing"]) == (43, 1, 1, 41)
    assert form["units"][1] == {
        "unit_id": "210381002",
        "unit_name": "兴海街道",
        "unit_kind": "街道",
        "reporting_scope": "territory",
        "timeliness": "late",
        "due_on": "2023-07-25",
        "is_extended": False,
        "received_at": "2023-07-27T09:00:00",
        "days_late": 2,
        "upstream_complete": None,
        "upstream_late_units": None,
        "versions_received": 2,
        "versions_returned": 0,
        "last_status": "accepted",
        "last_reason": None,
    }
    assert list(answer["sent_back"][0]) == [
        "unit_id", "unit_name", "form_id", "period", "status", "status_reason", "file_name", "received_at",
    ]  # fmt: skip


def test_trace_answers_with_stable_keys(home: Path) -> None:
    answer = document("trace", "haicheng_2023", "2023-07", "1.1", "--month", home=home)
    assert list(answer) == [
        "campaign_id", "form_id", "period", "item_code", "part", "other_parts", "indicator_name", "measure_unit",
        "kind", "aggregation", "as_of", "totals", "cells", "earlier_versions", "ledger", "ranks",
    ]  # fmt: skip
    assert answer["totals"][2] == {
        "total_scope": "all",
        "value": 42,
        "of_units": None,
        "month_value": 5,
        "units_expected": 3,
        "units_received": 2,
        "units_counted": 2,
        "added_up": 42,
        "added_up_units": 2,
        "added_up_month": 5,
        "agrees": True,
    }
    assert list(answer["cells"][0]) == [
        "unit_id", "unit_name", "reporting_scope", "value_state", "value", "reported_value", "correction_id",
        "month_value", "is_counted", "version", "status", "submission_id", "received_at", "file_name", "file_sha256",
        "archive_path", "source_cell", "raw_text", "matches_raw", "previous",
    ]  # fmt: skip
    assert answer["cells"][0]["previous"]["value"] == 7


def test_a_rate_is_printed_with_places_and_both_figures(home: Path) -> None:
    answer = document("trace", "haicheng_2023", "2023-07", "3.3.amount/1.1", "--rank", home=home)
    assert list(answer) == ["numerator", "denominator", "totals", "units", "ranks"]
    printed = taizhang("trace", "haicheng_2023", "2023-07", "3.3.amount/1.1", "--rank", home=home).stdout
    assert "104.17%" in printed and "名次" in printed


def test_trace_takes_a_unit_by_any_of_its_names(home: Path) -> None:
    for name in ("210381001", "海州街道", "海州街道办事处"):
        answer = document("trace", "haicheng_2023", "2023-07", "1.1", "--unit", name, home=home)
        assert [cell["unit_id"] for cell in answer["cells"]] == ["210381001"]


def test_a_trace_that_does_not_add_up_ends_with_1(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    publish_small_city(home, "update marts.rpt_progress_totals set cumulative_value = 43 where total_scope = 'all'")
    answer = taizhang("trace", "haicheng_2023", "2023-07", "1.1", home=home.root)
    assert answer.returncode == 1
    assert "失败" in answer.stdout


def test_doctor_answers_with_stable_keys(home: Path) -> None:
    answer = document("doctor", home=home)
    assert list(answer) == ["ok", "checks"]
    assert list(answer["checks"][0]) == ["name", "verdict", "sentence"]


def test_doctor_ends_with_1_when_something_is_wrong(tmp_path: Path) -> None:
    assert taizhang("doctor", home=tmp_path / "none").returncode == 1


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


def test_sql_writes_what_it_is_asked_for(home: Path, tmp_path: Path) -> None:
    query = "select file_name from fct_submissions where submission_id = 's3'"
    assert taizhang("sql", query, "--format", "csv", home=home).stdout == "file_name\n'=1+1.xlsx\n"
    target = tmp_path / "answer.xlsx"
    assert taizhang("sql", query, "--format", "xlsx", "--out", str(target), home=home).returncode == 0
    assert target.read_bytes().startswith(b"PK")


def test_templates_are_written_for_one_unit_or_for_all(home: Path, tmp_path: Path) -> None:
    answer = document(
        "template", "haicheng_2023", "--unit", "海州", "--period", "2023-06", "--out", str(tmp_path), home=home
    )
    assert answer == {
        "campaign_id": "haicheng_2023",
        "form_id": "progress",
        "files": [str(tmp_path / "海州街道_2023-06_progress.xlsx")],
    }
    everyone = document(
        "template", "haicheng_2023", "--unit", "all", "--format", "docx", "--out", str(tmp_path), home=home
    )
    assert len(everyone["files"]) == 43
    assert all(Path(path).exists() for path in everyone["files"])


def fill_in(target: Path, name: str = "海州街道", rectified: int = 2) -> Path:
    """A June form filled in on our own template."""
    campaign = load_campaign("haicheng_2023")
    form = campaign.form("progress")
    figures: dict[tuple[str, str], Decimal | str] = {
        (item.code, "value"): Decimal(0) for item in form.items if item.code != "4.6" and len(item.parts) == 1
    }
    figures |= {("1.1", "value"): Decimal(3), ("1.2", "value"): Decimal(rectified), ("4.6", "value"): "是"}
    figures |= {(code, "value"): "0" for code in ("3.3", "3.8", "4.5")}
    content = FormContent(
        unit_name=name, filled_on=date(2023, 6, 25), filler="测试员甲", reviewer="测试员乙", entries=figures
    )
    return write_form_xlsx(target, campaign, form, content)


def test_check_tells_a_good_form_from_a_bad_one_and_stores_nothing(home: Path, tmp_path: Path) -> None:
    good = fill_in(tmp_path / "海州6月.xlsx")
    bad = fill_in(tmp_path / "兴海6月.xlsx", "兴海街道", rectified=5)
    before = sorted(path for path in home.rglob("*") if path.is_file())
    answer = taizhang("check", str(good), "--campaign", "haicheng_2023", "--today", "2023-06-25", home=home)
    assert (answer.returncode, "1 个文件：接收 1" in answer.stdout) == (0, True)
    answer = taizhang("check", str(good), str(bad), "--campaign", "haicheng_2023", "--today", "2023-06-25", home=home)
    assert answer.returncode == 1
    assert "兴海街道" in answer.stdout and "退回" in answer.stdout and "改正后重报" in answer.stdout
    assert sorted(path for path in home.rglob("*") if path.is_file()) == before


def test_check_answers_with_stable_keys(home: Path, tmp_path: Path) -> None:
    bad = fill_in(tmp_path / "兴海6月.xlsx", "兴海街道", rectified=5)
    answer = document("check", str(bad), "--campaign", "haicheng_2023", "--today", "2023-06-25", home=home)
    assert list(answer) == ["ok", "counts", "files"]
    assert answer["ok"] is False
    assert answer["counts"] == {
        "accepted": 0, "returned": 1, "quarantined": 0, "duplicate": 0, "unpacked": 0, "waiting": 0, "ignored": 0,
    }  # fmt: skip
    assert list(answer["files"][0]) == [
        "file_name", "file_path", "file_sha256", "campaign_id", "result", "duplicate_of", "notes", "submissions",
    ]  # fmt: skip
    form = answer["files"][0]["submissions"][0]
    table = taizhang("check", str(bad), "--campaign", "haicheng_2023", "--today", "2023-06-25", home=home).stdout
    shown = "".join(table.split())
    assert "兴海街道" in shown and "退回" in shown
    assert all("".join(reason["message"].split()) in shown for reason in form["reasons"][:1])
    assert list(form) == [
        "submission_id", "unit_id", "unit_name", "form_id", "period", "sheet_name", "verdict", "rows", "parts",
        "reasons",
    ]  # fmt: skip
    assert (form["unit_id"], form["period"], form["verdict"]) == ("210381002", "2023-06", "returned")
    assert list(form["reasons"][0]) == [
        "rule_code", "rule_class", "message", "message_en", "item_code", "part", "source_cell",
    ]  # fmt: skip
    assert (form["reasons"][0]["rule_code"], form["reasons"][0]["rule_class"]) == ("PF-1-01", "mandatory")


def test_ingest_takes_the_inbox_and_the_second_time_finds_nothing(home: Path) -> None:
    fill_in(home / "inbox" / "haicheng_2023" / "海州6月.xlsx")
    first = document("ingest", "--received-at", "2023-06-25T16:00", home=home)
    assert list(first) == ["ok", "batch_id", "counts", "files"]
    assert (first["ok"], first["counts"]["accepted"]) == (True, 1)
    assert not list((home / "inbox").rglob("*.xlsx"))
    again = taizhang("ingest", home=home)
    assert (again.returncode, "没有要收的文件" in again.stdout) == (0, True)


def test_ingest_leaves_a_file_given_by_path_where_it_is_and_knows_it_again(home: Path, tmp_path: Path) -> None:
    form = fill_in(tmp_path / "海州6月.xlsx")
    for result in ("accepted", "duplicate"):
        answer = document(
            "ingest", str(form), "--campaign", "haicheng_2023", "--received-at", "2023-06-25T16:00", home=home
        )
        assert [file["result"] for file in answer["files"]] == [result]
    assert form.exists()


def test_ingest_ends_with_1_when_a_form_goes_back(home: Path) -> None:
    fill_in(home / "inbox" / "haicheng_2023" / "兴海6月.xlsx", "兴海街道", rectified=5)
    (home / "inbox" / "haicheng_2023" / "垃圾.xlsx").write_bytes(b"nothing")
    answer = taizhang("ingest", "--received-at", "2023-06-25T16:00", home=home)
    assert answer.returncode == 1
    assert "退回" in answer.stdout and "无法受理" in answer.stdout
    assert "Traceback" not in answer.stdout + answer.stderr


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
