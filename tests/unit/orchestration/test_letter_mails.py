"""核实单 by mail: what a unit is asked goes out once, and goes again only when something else is asked."""

from dataclasses import replace
from datetime import datetime
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from orchestration.home import Home
from orchestration.letter_mails import LetterMails
from reports.published import CampaignRow, Snapshot
from reports.returns.unit_questions import QuestionRow, UnitQuestions

NIGHT = datetime(2023, 7, 25, 1, 30)
QUESTION = QuestionRow(
    "u-1", "甲镇", "progress", "调度表", "2023-07", "甲镇7月.xlsx", "核实性", "PF-1-07", "1.1", "value", "自查发现",
    None, "调度表!D4", "报 3，清单为 2。请逐条核对。", "not_needed",
)  # fmt: skip
OTHER = replace(QUESTION, item_code="1.3", source_cell="调度表!D5")
ADDRESSES = {"甲镇": ["jia@example.org"]}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home").prepare()
    (home.outbox / "c").mkdir()
    (home.outbox / "c" / "u-1_甲镇核实单.docx").write_bytes(b"PK")
    return home


def night(home: Home, day: int, *questions: QuestionRow, addresses: dict[str, list[str]] = ADDRESSES) -> list[Path]:
    """One night's letter, if anything is asked; what waits in the outbox then."""
    now = NIGHT.replace(day=day)
    mails = LetterMails(home, "c", addresses, now)
    if questions:
        snapshot = Snapshot(Path("taizhang.duckdb"), "v", now)
        campaign = CampaignRow("c", "某市专项行动", "某市", "210399", "某市安委办", None)
        unit = UnitQuestions(snapshot, campaign, "u-1", "甲镇", questions, ())
        mails.leave(unit, home.outbox / "c" / "u-1_甲镇核实单.docx")
    return sorted(home.outbox.glob("*.eml"))


def sent(waiting: list[Path]) -> None:
    (mail,) = waiting
    mail.replace(mail.parent / "sent" / mail.name)


def test_the_mail_names_the_unit_and_carries_the_letter(home: Home) -> None:
    (mail,) = night(home, 25, QUESTION)
    message = message_from_bytes(mail.read_bytes(), policy=policy.default)
    assert (message["to"], message["subject"]) == ("jia@example.org", "核实单：甲镇，1 处")
    assert "“某市专项行动”材料中，有 1 处需要核实" in message.get_body().get_content()
    assert [part.get_filename() for part in message.iter_attachments()] == ["u-1_甲镇核实单.docx"]


def test_without_an_address_there_is_no_mail(home: Home) -> None:
    assert night(home, 25, QUESTION, addresses={"乙镇": ["yi@example.org"]}) == []


def test_the_same_questions_are_mailed_once_and_others_again(home: Home) -> None:
    (home.outbox / "sent").mkdir()
    sent(night(home, 25, QUESTION))
    assert night(home, 26, QUESTION) == []
    sent(night(home, 27, QUESTION, OTHER))
    sent(night(home, 28, QUESTION))  # the other one is answered: the letter says something else than the last one
    assert night(home, 29, QUESTION) == []


def test_one_whose_fate_is_unknown_is_not_mailed_again(home: Home) -> None:
    (home.outbox / "sending").mkdir()
    (mail,) = night(home, 25, QUESTION)
    mail.replace(mail.parent / "sending" / mail.name)
    assert night(home, 26, QUESTION) == []


def test_a_mail_that_waits_is_replaced_by_the_last_letter_and_withdrawn_when_all_is_answered(home: Home) -> None:
    alert = home.outbox / "alert-1.eml"
    alert.write_bytes(b"")
    for day in (25, 26):
        assert [path.name.split("+")[3] for path in night(home, day, QUESTION, OTHER) if path != alert] == [
            f"202307{day}T013000"
        ]
    assert night(home, 27) == [alert]
