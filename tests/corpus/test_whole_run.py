"""The whole corpus in one inbox: the run goes through, every file has one outcome with a reason, none is lost."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from hashlib import sha256

import pytest

from ingest.intake import IntakePaths, IntakeReport, IntakeSettings, take_in
from ingest.receiving.archive import Archive
from orchestration.gate1 import judge
from tests.corpus.files import CASES
from tests.unit.ingest.parsing import CAMPAIGN, DATES
from tests.unit.ingest.plain_forms import paths_of

NOW = datetime(2023, 6, 25, 9)


@pytest.fixture(scope="module")
def sent() -> dict[str, bytes]:
    """Every file of the corpus under a name of its own that keeps its ending."""
    return {f"{number:03} {case.file_name}": case.make() for number, (_, case) in enumerate(CASES)}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, sent: dict[str, bytes]) -> IntakePaths:
    paths = paths_of(tmp_path_factory.mktemp("home"))
    folder = paths.inbox / CAMPAIGN.campaign_id
    folder.mkdir(parents=True)
    for name, content in sent.items():
        (folder / name).write_bytes(content)
    return paths


@pytest.fixture(scope="module")
def report(home: IntakePaths) -> IntakeReport:
    campaigns, dates = {CAMPAIGN.campaign_id: CAMPAIGN}, {CAMPAIGN.campaign_id: DATES}
    return take_in(home, campaigns, dates, judge, NOW, settings=IntakeSettings(quiet_seconds=0))


def test_every_file_has_one_outcome(sent: dict[str, bytes], report: IntakeReport) -> None:
    outcomes = Counter(result.file_path.rpartition("/")[2] for result in report.files if "!" not in result.file_path)
    assert outcomes == dict.fromkeys(sent, 1)


def test_what_was_not_taken_says_why_in_two_languages(report: IntakeReport) -> None:
    for result in report.files:
        if result.result in ("returned", "quarantined"):
            reasons = [reason for form in result.submissions for reason in form.reasons]
            assert reasons
            assert all(reason.message and reason.message_en for reason in reasons)


def test_no_file_broke_its_reader(report: IntakeReport) -> None:
    codes = {reason.rule_code for result in report.files for form in result.submissions for reason in form.reasons}
    assert not codes & {"RD-1-07", "RD-1-08", "RD-7-08"}
    assert len(codes) > 40


def test_every_outcome_occurs_and_nothing_is_left_behind(home: IntakePaths, report: IntakeReport) -> None:
    results = Counter(result.result for result in report.files)
    assert {"accepted", "returned", "quarantined", "duplicate", "unpacked"} <= results.keys()
    assert [path for path in (home.inbox / CAMPAIGN.campaign_id).rglob("*") if path.is_file()] == []


def test_every_byte_is_in_the_archive(home: IntakePaths, sent: dict[str, bytes], report: IntakeReport) -> None:
    archive = Archive(home.archive)
    assert report.files
    for content in sent.values():
        assert archive.path_of(sha256(content).hexdigest()).read_bytes() == content
