"""立即整改 in the column of 整改期限: due on the day of finding, else a sentence that asks for the day (R57)."""

from collections.abc import Callable
from typing import Any

import pytest

from ingest.parsed import ParsedSubmission
from ingest.words.list_dates import says_at_once
from tests.forms import Table, as_csv, as_docx, as_xlsx
from tests.list_forms import listed
from tests.unit.ingest.reading_lists import blamed, codes, column, form, parse_one, sentence

HAICHENG = "haicheng_2023"
ORDER = ["hazard_number", "enterprise", "hazard", "level", "source", "found_on", "due_on", "extended_to"]
LINE = {"hazard_number": "GS-1", "enterprise": "甲化工厂", "hazard": "风管积尘", "level": "重大", "source": "企业自查"}
WRITERS: dict[str, Callable[[Table], bytes]] = {"xlsx": as_xlsx, "docx": as_docx, "csv": as_csv}


def read(kind: str = "xlsx", **cells: Any) -> ParsedSubmission:
    sheet = listed(
        form(HAICHENG, "hazard_list"), [LINE | cells], columns=ORDER, unit="孤山镇", filled_on="2023年6月24日"
    )
    return parse_one(HAICHENG, WRITERS[kind](sheet), f"隐患清单.{kind}", "2023-06-25")


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("words", ["立即", "立即整改", "立行立改", "当场整改"])
def test_at_once_is_due_on_the_day_the_hazard_was_found(words: str, kind: str) -> None:
    submission = read(kind, found_on="2023-06-05", due_on=words)
    assert column(submission, "due_on") == ["2023-06-05"]
    assert [cell.raw_text for cell in submission.list_cells if cell.column_id == "due_on"] == [words]
    assert codes(submission) == []


def test_a_day_found_without_its_year_is_due_in_the_year_it_has_happened() -> None:
    """6.26 lies after the list of 25 June 2023 came: it is the year before, for both."""
    submission = read(found_on="6.26", due_on="立即整改")
    assert (column(submission, "found_on"), column(submission, "due_on")) == (["2022-06-26"], ["2022-06-26"])


@pytest.mark.parametrize("found_on", [None, "/", "不详"])
def test_without_a_day_of_finding_the_day_is_asked_for(found_on: str | None) -> None:
    submission = read(found_on=found_on, due_on="立即整改")
    assert column(submission, "due_on") == ["unreadable"]
    assert "Sheet1!G4" in blamed(submission, "RD-8-08")
    told = [one.message for one in submission.problems if one.source_cell == "Sheet1!G4"]
    assert told == [
        "Sheet1!G4“整改期限”写的是“立即整改”，没有写是哪一天，请写明日期；这一行其余各列已照常读取，请改正。"
    ]


def test_a_column_that_means_no_other_day_asks_for_it() -> None:
    submission = read(found_on="2023-06-05", extended_to="立即整改")
    assert column(submission, "extended_to") == ["unreadable"]
    assert "没有写是哪一天，请写明日期" in sentence(submission, "RD-8-08")


def test_a_period_of_days_is_no_day_at_once() -> None:
    submission = read(found_on="2023-06-05", due_on="15日内整改")
    assert column(submission, "due_on") == ["unreadable"]
    assert "不是日期，请写成 2024-06-25 的样子" in sentence(submission, "RD-8-08")


@pytest.mark.parametrize("text", ["立即整改。", "责令立即整改", "现场整改", "当日整改完成", "即知即改", "边查边改"])
def test_other_words_for_it(text: str) -> None:
    assert says_at_once(text)


@pytest.mark.parametrize("text", ["限期整改", "立即停产，限期整改", "现场", "立即整改，6月30日前", ""])
def test_words_for_something_else(text: str) -> None:
    assert not says_at_once(text)
