"""Hazards whose level nobody wrote: they count for no figure on major hazards, and the unit is told so."""

from collections.abc import Mapping
from typing import Any

import pytest

from campaigns.load import load_all
from ingest.parsed import ParsedSubmission
from tests.forms import as_xlsx
from tests.list_forms import listed
from tests.unit.ingest.reading_lists import blamed, codes, parse_one, sentence

HAICHENG = "haicheng_2023"
FORM = load_all()[HAICHENG].form("hazard_list")
ORDER = ["hazard_number", "enterprise", "hazard", "source", "found_on", "level"]
ONE = {
    "hazard_number": "GS-1",
    "enterprise": "甲化工厂",
    "hazard": "风管积尘",
    "source": "企业自查",
    "found_on": "2023-06-05",
}
OTHER = {**ONE, "hazard_number": "GS-2", "hazard": "氨罐无报警"}


def read(*lines: Mapping[str, Any], columns: list[str] = ORDER) -> ParsedSubmission:
    table = listed(FORM, lines, columns=columns, unit="孤山镇", filled_on="2023年6月24日")
    return parse_one(HAICHENG, as_xlsx(table), "重大事故隐患清单.xlsx", "2023-06-25")


@pytest.mark.parametrize("columns", [ORDER, ORDER[:-1]], ids=["blank column", "no column"])
def test_a_list_without_levels_is_asked_once_whatever_its_title_says(columns: list[str]) -> None:
    submission = read(ONE, OTHER, columns=columns)
    assert codes(submission) == ["RD-8-27"]
    assert blamed(submission, "RD-8-27") == ["Sheet1!C4"]
    assert sentence(submission, "RD-8-27") == (
        "“Sheet1”的隐患都没有写“隐患等级”，一处也不计入重大事故隐患。请加上“隐患等级”一列，逐处写明“重大”或“一般”后重报。"
    )


def test_a_hazard_without_a_level_beside_others_that_have_one_is_asked_about_by_itself() -> None:
    submission = read(ONE, {**OTHER, "level": "一般"})
    assert codes(submission) == ["RD-8-26"]
    assert sentence(submission, "RD-8-26") == (
        "Sheet1!C4 这一处隐患没有写“隐患等级”，不计入重大事故隐患。请写明“重大”或“一般”后重报。"
    )


def test_a_level_that_cannot_be_read_is_asked_about_only_as_such() -> None:
    assert codes(read({**ONE, "level": "较大"}, {**OTHER, "level": "重大"})) == ["RD-8-08"]


def test_every_hazard_has_its_level_and_nothing_is_asked() -> None:
    assert codes(read({**ONE, "level": "重大"}, {**OTHER, "level": "一般"})) == []


def test_many_hazards_without_a_level_are_told_one_by_one_up_to_thirty() -> None:
    submission = read({**OTHER, "level": "重大"}, *[{**ONE, "hazard_number": f"GS-{n}"} for n in range(3, 35)])
    assert codes(submission).count("RD-8-26") == 30
    assert "还有 2 处同样的问题" in sentence(submission, "RD-8-16")


def test_a_list_that_says_none_is_not_asked() -> None:
    assert codes(read({"hazard": "本期无"}, columns=ORDER[:-1])) == []
