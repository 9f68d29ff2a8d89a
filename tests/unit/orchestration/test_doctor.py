"""What doctor finds in homes in several states."""

import os
from datetime import datetime
from pathlib import Path

import pytest

import campaigns
from orchestration.doctor import Finding, examine
from orchestration.first_steps import GUIDE, make_home
from orchestration.home import Home
from tests.published_city import publish_small_city

NOW = datetime(2023, 7, 28, 9)
LETTERS = """
[letters.haicheng_2023]
"孤山镇" = ["gushan@example.org"]
"210381102" = ["chagou@example.org"]
"孤山乡" = ["xiang@example.org"]
[letters.nowhere]
"孤山镇" = ["gushan@example.org"]
"""


def findings(home: Home, name: str, now: datetime = NOW) -> list[Finding]:
    return [finding for finding in examine(home, now) if finding.name == name]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    make_home(home)
    return home


def test_a_fresh_home_has_nothing_wrong(home: Home) -> None:
    assert [finding for finding in examine(home, NOW) if finding.verdict == "wrong"] == []


def test_a_home_that_nobody_made_is_wrong(tmp_path: Path) -> None:
    assert [finding.verdict for finding in findings(Home(tmp_path / "none"), "home")] == ["wrong"]


def test_looking_does_not_make_a_home(tmp_path: Path) -> None:
    examine(Home(tmp_path / "none"), NOW)
    assert not (tmp_path / "none").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_home_that_cannot_be_written_is_wrong(home: Home) -> None:
    home.root.chmod(0o500)
    try:
        assert [finding.verdict for finding in findings(home, "home")] == ["wrong"]
    finally:
        home.root.chmod(0o700)


def test_a_decision_that_lies_where_nobody_reads_it_is_wrong_and_told_its_place(home: Home) -> None:
    """A folder beside the shipped campaign of that id is no part of it; one with its campaign.yml is read."""
    decisions = home.campaign_folder / "haicheng_2023" / "hazard_decisions.csv"
    decisions.parent.mkdir()
    assert {finding.verdict for finding in findings(home, "campaign")} == {"ok"}
    decisions.write_text("pair_id,decision,decided_by,decided_on,reason\n", encoding="utf-8")
    stray = home.campaign_folder / "nowhere_2023" / "corrections.csv"
    stray.parent.mkdir()
    stray.write_text("", encoding="utf-8")
    shipped = Path(campaigns.__file__).parent / "haicheng_2023"
    assert [finding.sentence for finding in findings(home, "campaign") if finding.verdict == "wrong"] == [
        f"{decisions.parent} 里没有 campaign.yml，其中的 hazard_decisions.csv 没有读："
        f"haicheng_2023 是随程序带的专项行动，它的文件都在 {shipped}，请写在那里",
        f"{stray.parent} 里没有 campaign.yml，其中的 corrections.csv 没有读："
        "请补上 campaign.yml，或移到所属专项行动的文件夹里",
    ]


def test_what_a_killed_run_left_is_told_and_not_removed(home: Home) -> None:
    orphan = home.raw / "receipts" / "20230725T100000.parquet"
    orphan.write_bytes(b"half")
    assert [(f.verdict, "1 个文件" in f.sentence) for f in findings(home, "raw_zone")] == [("note", True)]
    assert orphan.exists()


@pytest.mark.parametrize(
    ("now", "verdict"),
    [(datetime(2023, 7, 29, 3, 30), "ok"), (datetime(2023, 7, 29, 3, 31), "note")],
)
def test_a_snapshot_older_than_26_hours_is_stale(home: Home, now: datetime, verdict: str) -> None:
    publish_small_city(home)
    assert [finding.verdict for finding in findings(home, "published", now)] == [verdict]


def test_waiting_files_are_counted_and_strange_folders_named(home: Home) -> None:
    (home.inbox / "haicheng_2023" / "6月").mkdir()
    (home.inbox / "haicheng_2023" / "6月" / "海州.xlsx").write_bytes(b"x")
    (home.inbox / "haicheng_2023" / "~$海州.xlsx").write_bytes(b"x")
    (home.inbox / "海城").mkdir()
    sentences = [finding.sentence for finding in findings(home, "inbox")]
    assert "1 个文件" in sentences[0]
    assert "海城" in sentences[1]


def test_a_campaign_with_a_broken_rule_is_wrong(home: Home) -> None:
    source = Path("campaigns/haicheng_2023")
    folder = home.campaign_folder / "other_2023"
    folder.mkdir(parents=True)
    for file in source.rglob("*"):
        if file.is_file():
            target = folder / file.relative_to(source)
            target.parent.mkdir(exist_ok=True)
            text = file.read_text(encoding="utf-8").replace("haicheng_2023", "other_2023")
            target.write_text(text.replace("[1.2] <= [1.1]", "[1.2] <= [7.7]"), encoding="utf-8")
    wrong = [finding for finding in findings(home, "campaign") if finding.verdict == "wrong"]
    assert len(wrong) == 1
    assert "7.7" in wrong[0].sentence


def test_due_days_in_a_year_without_a_decree_are_told(home: Home) -> None:
    source = Path("campaigns/haicheng_2023")
    folder = home.campaign_folder / "later_2031"
    (folder / "forms").mkdir(parents=True)
    for file in source.rglob("*"):
        if file.is_file():
            text = file.read_text(encoding="utf-8").replace("haicheng_2023", "later_2031")
            if file.name == "campaign.yml":
                text = text.replace("last_period: 2023-12\n    cutoff_day", "last_period: 2031-01\n    cutoff_day")
            (folder / file.relative_to(source)).write_text(text, encoding="utf-8")
    notes = findings(home, "calendar")
    assert [note.verdict for note in notes] == ["note"]
    assert "2031" in notes[0].sentence


def test_init_makes_an_inbox_for_every_campaign_and_says_how_to_use_it(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    assert home.inbox / "haicheng_2023" in make_home(home)
    assert (home.inbox / "haicheng_2023").is_dir()
    assert "taizhang nightly" in (home.root / GUIDE).read_text(encoding="utf-8-sig")


def test_init_keeps_what_is_there(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    make_home(home)
    (home.root / GUIDE).write_text("本单位的说明", encoding="utf-8")
    make_home(home)
    assert (home.root / GUIDE).read_text(encoding="utf-8") == "本单位的说明"


MAILBOX = """
[imap]
host = "imap.example.org"
user = "anwei@example.org"
"""
ROUTE = """
[[routes]]
campaign = "haicheng_2023"
"""


@pytest.mark.parametrize(
    ("text", "password", "wrong"),
    [
        (MAILBOX + ROUTE, "x", []),
        (MAILBOX + ROUTE, "", ["TAIZHANG_IMAP_PASSWORD"]),
        (MAILBOX, "x", ["[[routes]]"]),
        (MAILBOX + ROUTE.replace("haicheng", "dalian"), "x", ["dalian_2023"]),
        (MAILBOX + 'passwort = "x"', "x", ["imap.passwort"]),
        (MAILBOX + 'security = "none"', "x", ["security = none 只能用于本机"]),
        (MAILBOX.replace("host", "hsot"), "x", ["imap.host"]),
        ("[imap", "x", ["mail.toml 读不了"]),
    ],
)
def test_mail_settings_are_looked_at(
    home: Home, monkeypatch: pytest.MonkeyPatch, text: str, password: str, wrong: list[str]
) -> None:
    monkeypatch.setenv("TAIZHANG_IMAP_PASSWORD", password)
    (home.root / "mail.toml").write_text(text, encoding="utf-8")
    found = [finding.sentence for finding in findings(home, "mail") if finding.verdict == "wrong"]
    assert len(found) == len(wrong)
    assert all(words in sentence for words, sentence in zip(wrong, found, strict=True))


def test_without_a_mailbox_nothing_is_said_to_be_missing(home: Home) -> None:
    assert [finding.verdict for finding in findings(home, "mail")] == ["ok"]


def test_addresses_of_letters_are_held_against_the_roster(home: Home) -> None:
    (home.root / "mail.toml").write_text(LETTERS, encoding="utf-8")
    assert [(finding.verdict, finding.sentence) for finding in findings(home, "letters")] == [
        ("note", "mail.toml 有 [letters]，没有 [smtp]：给单位的邮件留在 outbox，不发送"),
        ("wrong", "mail.toml 的 [letters.haicheng_2023] 里有名单上没有的单位：孤山乡"),
        ("wrong", "mail.toml 的 [letters.nowhere] 指向不存在的专项行动"),
    ]


def test_a_mail_file_that_cannot_be_read_is_told_once(home: Home) -> None:
    (home.root / "mail.toml").write_text('[letters.haicheng_2023]\n"孤山镇" = ["没有地址"]', encoding="utf-8")
    wrong = [finding for finding in examine(home, NOW) if finding.verdict == "wrong"]
    assert [finding.name for finding in wrong] == ["mail"]
    assert "letters.haicheng_2023.孤山镇" in wrong[0].sentence
