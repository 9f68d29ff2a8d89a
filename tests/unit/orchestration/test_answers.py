"""Who gets an answer, where it lies, what a failing answer costs, and that a killed run's answers are not lost."""

import os
import signal
import subprocess
import sys
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from campaigns.vocabulary import Outcome, OutcomeKind, RuleClass, Verdict
from ingest.raw.owed_answers import JudgedForm, OwedAnswers
from ingest.raw.raw_zone import RawZone
from ingest.receiving.archive import Archive
from orchestration.answers import answer_senders
from orchestration.home import Home
from reports.blank_forms.forms import FormContent, write_form_xlsx

CAMPAIGN = "haicheng_2023"
RECEIVED = datetime(2023, 6, 25, 16, 30)
BATCH = "20230625T163000-001-abcdef"
ROOT = Path(__file__).parents[3]


def outcome(rule_class: RuleClass, kind: OutcomeKind = OutcomeKind.FAIL) -> Outcome:
    return Outcome("PF-1-01", rule_class, kind, "请核对后改正。", "Please correct it.", "1.2", "value", "调度表!G4")


def stored(zone: RawZone, submission: dict[str, object], *reasons: Outcome) -> None:
    """Commit a batch of one form as intake does."""
    details = [
        {
            "submission_id": submission["submission_id"],
            "rule_code": one.rule_code,
            "rule_class": one.rule_class.value,
            "outcome": one.outcome.value,
            "message": one.message,
            "message_en": one.message_en,
            "item_code": one.item_code,
            "part": one.part,
            "source_cell": one.source_cell,
        }
        for one in reasons
    ]
    OwedAnswers(zone).promise(BATCH)
    zone.append(BATCH, {"submissions": [submission], "outcomes": details})


def received(tmp_path: Path, verdict: Verdict, *reasons: Outcome) -> Home:
    """A home that has taken in one form of 孤山镇 and has answered nobody yet."""
    home = Home(tmp_path / "home").prepare()
    campaign = home.campaign(CAMPAIGN)
    content = FormContent(unit_id="210381101", unit_name="孤山镇", period="2023-06", filled_on=None, entries={})
    form = write_form_xlsx(tmp_path / "孤山镇.xlsx", campaign, campaign.form("progress"), content)
    archive = Archive(home.archive)
    archive.prepare()
    sha256 = archive.keep(form.read_bytes())
    archive.flush()
    submission = {
        "submission_id": "0123456789abcdef",
        "campaign_id": CAMPAIGN,
        "form_id": "progress",
        "unit_id": "210381101",
        "period": "2023-06",
        "verdict": verdict.value,
        "file_name": form.name,
        "file_sha256": sha256,
        "file_format": "xlsx",
        "received_at": RECEIVED,
    }
    stored(RawZone(home.raw), submission, *reasons)
    return home


def answered(home: Home) -> tuple[list[str], list[str]]:
    """The sentences about failed answers, and the files below returned/ once the senders were answered."""
    campaign = home.campaign(CAMPAIGN)
    failed = answer_senders(home, {CAMPAIGN: campaign}, {CAMPAIGN: home.due_dates(campaign)})
    return failed, files_in(home.returned)


def files_in(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_returned_form_gets_its_slip_and_its_own_file_marked(tmp_path: Path) -> None:
    home = received(tmp_path, Verdict.RETURNED, outcome(RuleClass.MANDATORY))
    folder = "haicheng_2023/2023-06/210381101_孤山镇/20230625T163000-01234567"
    assert answered(home) == ([], [f"{folder}/孤山镇（标注）.xlsx", f"{folder}/退回单.docx"])


def test_an_accepted_form_that_needs_an_explanation_gets_an_answer(tmp_path: Path) -> None:
    failed, files = answered(received(tmp_path, Verdict.ACCEPTED, outcome(RuleClass.QUASI_MANDATORY)))
    assert (failed, len(files)) == ([], 2)


@pytest.mark.parametrize(
    "reason",
    [
        outcome(RuleClass.VERIFICATION),
        outcome(RuleClass.ADVISORY),
        outcome(RuleClass.QUASI_MANDATORY, OutcomeKind.PASS),
    ],
)
def test_a_mere_question_about_an_accepted_form_is_no_letter(tmp_path: Path, reason: Outcome) -> None:
    assert answered(received(tmp_path, Verdict.ACCEPTED, reason)) == ([], [])


def test_an_answer_is_written_once(tmp_path: Path) -> None:
    home = received(tmp_path, Verdict.RETURNED, outcome(RuleClass.MANDATORY))
    _, files = answered(home)
    for file in files:  # the office has sent them and put them away
        (home.returned / file).unlink()
    assert answered(home) == ([], [])


def test_an_answer_that_cannot_be_written_is_told_stops_nothing_and_is_tried_again(tmp_path: Path) -> None:
    home = received(tmp_path, Verdict.RETURNED, outcome(RuleClass.MANDATORY))
    (kept,) = (path for path in home.archive.rglob("*") if path.is_file())
    away = kept.rename(tmp_path / "away")
    (sentence,), files = answered(home)
    assert files == []
    assert sentence.startswith("《孤山镇.xlsx》的退回材料没有写成：FileNotFoundError。")
    away.rename(kept)
    assert len(answered(home)[1]) == 2


def test_a_batch_that_was_never_committed_owes_nothing(tmp_path: Path) -> None:
    home = Home(tmp_path / "home").prepare()
    OwedAnswers(RawZone(home.raw)).promise(BATCH)
    assert answered(home) == ([], [])
    assert files_in(home.raw / "_unanswered") == []


def test_what_is_read_back_is_what_was_judged(tmp_path: Path) -> None:
    advice, mandatory = outcome(RuleClass.ADVISORY), outcome(RuleClass.MANDATORY)
    home = received(tmp_path, Verdict.RETURNED, advice, outcome(RuleClass.MANDATORY, OutcomeKind.PASS), mandatory)
    [form] = OwedAnswers(RawZone(home.raw)).judged_forms(BATCH)
    sha256 = next(path.name for path in home.archive.rglob("*") if path.is_file())
    assert form == JudgedForm(
        (mandatory, advice),
        CAMPAIGN,
        "progress",
        "210381101",
        "2023-06",
        Verdict.RETURNED,
        "孤山镇.xlsx",
        sha256,
        "xlsx",
        "0123456789abcdef",
        RECEIVED,
    )


def fill_inbox(home: Home) -> None:
    """Two forms that go back, because more was rectified than found, and one that nobody can read."""
    campaign = home.campaign(CAMPAIGN)
    inbox = home.inbox / CAMPAIGN
    inbox.mkdir(parents=True)
    for unit_id, name in (("210381101", "孤山镇"), ("210381102", "岔沟镇")):
        entries = {("1.1", "value"): Decimal(3), ("1.2", "value"): Decimal(5)}
        content = FormContent(unit_id=unit_id, unit_name=name, period="2023-06", entries=entries)
        write_form_xlsx(inbox / f"{name}.xlsx", campaign, campaign.form("progress"), content)
    (inbox / "坏.xlsx").write_bytes(b"PK\x03\x04")


def run(root: Path, *kill_at: str) -> int:
    program = [sys.executable, "-m", "tests.unit.orchestration.killed_answers", str(root), *kill_at]
    return subprocess.run(program, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=False).returncode


def packages(home: Home) -> dict[str, bytes]:
    return {name: (home.returned / name).read_bytes() for name in files_in(home.returned)}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    home = Home(tmp_path_factory.mktemp("undisturbed") / "home")
    fill_inbox(home)
    assert run(home.root) == 0
    written = packages(home)
    assert sorted(name.rpartition("/")[2] for name in written) == [
        "坏.xlsx",
        "孤山镇（标注）.xlsx",
        "岔沟镇（标注）.xlsx",
        "退回单.docx",
        "退回单.docx",
        "退回单.docx",
    ]
    return written


@pytest.mark.parametrize("step", ["1", "4", "9"])
def test_answers_lost_to_a_kill_are_written_by_the_next_run(
    tmp_path: Path, undisturbed: dict[str, bytes], step: str
) -> None:
    home = Home(tmp_path / "home")
    fill_inbox(home)
    assert run(home.root, step) == -signal.SIGKILL
    assert files_in(home.inbox) == [], "the batch was committed before the kill"
    assert packages(home) != undisturbed
    assert run(home.root) == 0
    assert packages(home) == undisturbed
    assert files_in(home.raw / "_unanswered") == []
