"""The 2023 campaign and short ways of parsing a file with it and saying what was read."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from campaigns.calendar import WorkCalendar, due_dates
from campaigns.load import load_campaign
from campaigns.vocabulary import RuleClass, ValueState
from ingest.parse import parse_file
from ingest.parsed import ParsedSubmission

CAMPAIGN = load_campaign("haicheng_2023")
FORM = CAMPAIGN.form("progress")
DATES = due_dates(CAMPAIGN, WorkCalendar())
GUSHAN, CHAGOU, EMERGENCY_BUREAU = "210381101", "210381102", "210381D01"

# every item once, as a careful clerk writes it
FILLED: dict[str, Any] = {
    "1.1": 12, "1.2": 10, "1.3": 8, "1.4": 5, "1.5": 3, "1.6": 1,
    "2.1": 40, "2.2": 2, "2.3": 1, "2.4": 3, "2.5": 4, "2.6": 5, "2.7": 6, "2.8": 7,
    "3.1": 30, "3.2": 9, "3.3": "3次/12.5万元", "3.4": 1, "3.5": 0, "3.6": 2,
    "3.7": 11, "3.8": "5（2）", "3.9": 0, "3.10": 13,
    "4.1": 14, "4.2": 15, "4.3": 16, "4.5": "1.5万元，其中0.5万元", "4.6": "是", "4.7": 17, "4.8": 18,
}  # fmt: skip
READ = {
    "1.1": "12", "1.2": "10", "1.3": "8", "1.4": "5", "1.5": "3", "1.6": "1",
    "2.1": "40", "2.2": "2", "2.3": "1", "2.4": "3", "2.5": "4", "2.6": "5", "2.7": "6", "2.8": "7",
    "3.1": "30", "3.2": "9", "3.3.count": "3", "3.3.amount": "12.5", "3.4": "1", "3.5": "0", "3.6": "2",
    "3.7": "11", "3.8.total": "5", "3.8.of_which": "2", "3.9": "0", "3.10": "13",
    "4.1": "14", "4.2": "15", "4.3": "16", "4.4": "not_applicable", "4.5.total": "1.5", "4.5.of_which": "0.5",
    "4.6": "1", "4.7": "17", "4.8": "18",
}  # fmt: skip
STAMPED = {"unit": "孤山镇", "filled_on": "2023年6月24日", "filler": "甲", "reviewer": "乙"}
TITLED = {"unit": "孤山镇", "filled_on": "2023年6月24日"}


def parse(
    content: bytes, file_name: str = "调度表.xlsx", folders: tuple[str, ...] = (), received_on: str = "2023-06-25"
) -> list[ParsedSubmission]:
    return parse_file(content, file_name, folders, CAMPAIGN, DATES, date.fromisoformat(received_on))


def parse_one(content: bytes, *arguments: Any, **keywords: Any) -> ParsedSubmission:
    submissions = parse(content, *arguments, **keywords)
    assert len(submissions) == 1
    return submissions[0]


def figures(submission: ParsedSubmission) -> Mapping[str, str]:
    """Item (and part) → number as text with ~ for about, or the state."""
    found = {}
    for cell in submission.cells:
        name = cell.item_code if cell.part == "value" else f"{cell.item_code}.{cell.part}"
        doubt = "~" if cell.state is ValueState.APPROXIMATE else ""
        found[name] = f"{doubt}{cell.value}" if cell.state.has_number else cell.state.value
    return found


def places(submission: ParsedSubmission) -> Mapping[str, str]:
    return {f"{cell.item_code}.{cell.part}": cell.address for cell in submission.cells}


def mandatory(submission: ParsedSubmission) -> list[str]:
    return [p.rule_code for p in submission.problems if p.rule_class is RuleClass.MANDATORY]


def notes(submission: ParsedSubmission) -> list[str]:
    return [p.rule_code for p in submission.problems if p.rule_class is RuleClass.ADVISORY]


def message(submission: ParsedSubmission, code: str) -> str:
    return next(problem.message for problem in submission.problems if problem.rule_code == code)
