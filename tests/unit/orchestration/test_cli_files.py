"""Forms on the command line: written as templates, checked, taken in."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from campaigns.load import load_campaign
from reports.blank_forms.forms import FormContent, write_form_xlsx
from tests.command_line import called, document, taizhang
from tests.published_city import published_home


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return published_home(tmp_path / "home")


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


def test_check_tells_a_good_form_from_a_bad_one_and_stores_nothing(home: Path, tmp_path: Path) -> None:
    good = fill_in(tmp_path / "海州6月.xlsx")
    bad = fill_in(tmp_path / "兴海6月.xlsx", "兴海街道", rectified=5)
    before = sorted(path for path in home.rglob("*") if path.is_file())
    answer = called("check", str(good), "--campaign", "haicheng_2023", "--today", "2023-06-25", home=home)
    assert (answer.exit_code, "1 个文件：接收 1" in answer.stdout) == (0, True)
    answer = called("check", str(good), str(bad), "--campaign", "haicheng_2023", "--today", "2023-06-25", home=home)
    assert answer.exit_code == 1
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
    table = called("check", str(bad), "--campaign", "haicheng_2023", "--today", "2023-06-25", home=home).stdout
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
    first = json.loads(taizhang("ingest", "--received-at", "2023-06-25T16:00", "--json", home=home).stdout)
    assert list(first) == ["ok", "batch_id", "counts", "files"]
    assert (first["ok"], first["counts"]["accepted"]) == (True, 1)
    assert not list((home / "inbox").rglob("*.xlsx"))
    again = called("ingest", home=home)
    assert (again.exit_code, "没有要收的文件" in again.stdout) == (0, True)


def test_ingest_leaves_a_file_given_by_path_where_it_is_and_knows_it_again(home: Path, tmp_path: Path) -> None:
    form = fill_in(tmp_path / "海州6月.xlsx")
    for result in ("accepted", "duplicate"):
        answer = document(
            "ingest", str(form), "--campaign", "haicheng_2023", "--received-at", "2023-06-25T16:00", home=home
        )
        assert [file["result"] for file in answer["files"]] == [result]
    assert form.exists()


def test_ingest_says_of_a_copy_only_which_file_it_equals(home: Path) -> None:
    inbox = home / "inbox" / "haicheng_2023"
    for name in ("海州6月.xlsx", "海州6月副本.xlsx"):
        fill_in(inbox / name)
        (inbox / name).write_bytes((inbox / "海州6月.xlsx").read_bytes())
    answer = called("ingest", "--received-at", "2023-06-25T16:00", home=home)
    said = "".join(answer.stdout.split())
    assert said.count("完全相同，不重复计") == 1
    assert "更新的版本" not in said


def test_ingest_ends_with_1_when_a_form_goes_back(home: Path) -> None:
    fill_in(home / "inbox" / "haicheng_2023" / "兴海6月.xlsx", "兴海街道", rectified=5)
    (home / "inbox" / "haicheng_2023" / "垃圾.xlsx").write_bytes(b"nothing")
    answer = called("ingest", "--received-at", "2023-06-25T16:00", home=home)
    assert answer.exit_code == 1
    assert "退回" in answer.stdout and "无法受理" in answer.stdout
    assert "Traceback" not in answer.stdout + answer.stderr
