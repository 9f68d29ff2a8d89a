"""Who gets an answer, where it lies, and what a failing answer costs."""

from datetime import datetime
from pathlib import Path

import pytest

from campaigns.vocabulary import Outcome, OutcomeKind, RuleClass, Verdict
from ingest.archive import Archive
from ingest.results import FileResult, IntakeReport, SubmissionResult
from orchestration.answers import answer_senders
from orchestration.home import Home
from reports.forms import FormContent, write_form_xlsx

CAMPAIGN = "haicheng_2023"
RECEIVED = datetime(2023, 6, 25, 16, 30)


def outcome(rule_class: RuleClass) -> Outcome:
    return Outcome(
        "PF-1-01", rule_class, OutcomeKind.FAIL, "请核对后改正。", "Please correct it.", "1.2", "value", "调度表!G4"
    )


def answered(tmp_path: Path, verdict: Verdict, *reasons: Outcome, keep: bool = True) -> tuple[list[str], list[str]]:
    """The sentences about failed answers, and the files written below returned/."""
    home = Home(tmp_path / "home").prepare()
    campaign = home.campaign(CAMPAIGN)
    content = FormContent(unit_id="210381101", unit_name="孤山镇", period="2023-06", filled_on=None, entries={})
    form = write_form_xlsx(tmp_path / "孤山镇.xlsx", campaign, campaign.form("progress"), content)
    archive = Archive(home.archive)
    archive.prepare()
    sha256 = archive.keep(form.read_bytes())
    archive.flush()
    if not keep:
        archive.path_of(sha256).unlink()
    found = SubmissionResult(
        "210381101", "孤山镇", "progress", "2023-06", verdict, reasons, "调度表", "0123456789abcdef", "xlsx"
    )
    file = FileResult(form.name, CAMPAIGN, verdict.value, (found,), file_sha256=sha256)
    failed = answer_senders(
        home, {CAMPAIGN: campaign}, {CAMPAIGN: home.due_dates(campaign)}, IntakeReport("b", (file,)), RECEIVED
    )
    files = sorted(path.relative_to(home.returned).as_posix() for path in home.returned.rglob("*") if path.is_file())
    return failed, files


def test_a_returned_form_gets_its_slip_and_its_own_file_marked(tmp_path: Path) -> None:
    folder = "haicheng_2023/2023-06/210381101_孤山镇/20230625T163000-01234567"
    assert answered(tmp_path, Verdict.RETURNED, outcome(RuleClass.MANDATORY)) == (
        [],
        [f"{folder}/孤山镇（标注）.xlsx", f"{folder}/退回单.docx"],
    )


def test_an_accepted_form_that_needs_an_explanation_gets_an_answer(tmp_path: Path) -> None:
    failed, files = answered(tmp_path, Verdict.ACCEPTED, outcome(RuleClass.QUASI_MANDATORY))
    assert (failed, len(files)) == ([], 2)


@pytest.mark.parametrize("rule_class", [RuleClass.VERIFICATION, RuleClass.ADVISORY])
def test_a_mere_question_about_an_accepted_form_is_no_letter(tmp_path: Path, rule_class: RuleClass) -> None:
    assert answered(tmp_path, Verdict.ACCEPTED, outcome(rule_class)) == ([], [])


def test_an_answer_that_cannot_be_written_is_told_and_stops_nothing(tmp_path: Path) -> None:
    (sentence,), files = answered(tmp_path, Verdict.RETURNED, outcome(RuleClass.MANDATORY), keep=False)
    assert files == []
    assert sentence.startswith("《孤山镇.xlsx》的退回材料没有写成：FileNotFoundError。")
