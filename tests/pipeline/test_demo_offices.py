"""The demo of the four offices whose forms are lists, texts and tables: files in, nights, and every answer agrees.

The answers are worked out from the letters (orchestration/demo/answers.py); here is what holds for each office.
"""

from __future__ import annotations

import zipfile

import duckdb
import pytest

from orchestration.demo.office import offices
from orchestration.demo.office_run import OfficeResult, run_office
from orchestration.home import Home

KINDS = {
    "putuo_2024_2026": {"task_board", "bulletin", "supervision", "evaluation", "unclosed_hazards"},
    "chongming_2023": {"task_board", "accident_bulletin"},
    "baoshan_soe_2024": {"task_board", "unit_summary"},
    "changning_2023": {"consolidated", "bulletin"},
}


@pytest.fixture(scope="module", params=sorted(offices()))
def result(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> OfficeResult:
    home = Home(tmp_path_factory.mktemp("office") / "home")
    return run_office(home, offices()[request.param])


def test_every_question_has_the_answer_that_follows_from_the_letters(result: OfficeResult) -> None:
    assert [(answer.words, answer.rows) for answer in result.answers if not answer.agrees] == []


def test_every_letter_has_one_outcome_and_none_waits(result: OfficeResult) -> None:
    assert sorted(file.file_name for file in result.files) == sorted(letter.name for letter in result.letters)
    assert {str(file.result) for file in result.files} <= {"accepted", "returned", "quarantined"}
    inbox = result.home.inbox / result.office.campaign_id
    assert [path for path in inbox.rglob("*") if path.is_file()] == []


def test_every_report_of_the_time_is_written_and_agrees(result: OfficeResult) -> None:
    assert [report.differences for report in result.reports if report.is_held_back] == []
    assert {report.kind for report in result.reports if report.path} >= KINDS[result.office.campaign_id]


def test_no_invented_person_is_published(result: OfficeResult) -> None:
    with duckdb.connect(str(result.home.current / "taizhang.duckdb"), read_only=True) as published:
        tables = [name for (name,) in published.execute("select table_name from duckdb_tables()").fetchall()]
        for table in tables:
            text = str(published.table(f"marts.{table}").fetchall())
            assert "测试员" not in text and "1380000000" not in text, table


def test_no_invented_person_is_printed(result: OfficeResult) -> None:
    for report in result.reports:
        if report.path:
            with zipfile.ZipFile(report.path) as package:
                text = "".join(package.read(name).decode(errors="replace") for name in package.namelist())
            assert "测试员" not in text and "1380000000" not in text, report.path.name
