"""Lists numbered anew, and hazards of one number that are given another, on a real raw zone."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.hazards.hazard_matching import pair_id_of
from orchestration.home import Home
from tests.unit.orchestration.linked_lines import (
    AUGUST,
    CHAGOU,
    DUCT,
    GUSHAN,
    JULY,
    JUNE,
    decide,
    line,
    own_of,
    possible_of,
    receive,
)

TANK = "液氨储罐区未设置围堰和喷淋"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path).prepare()


def test_a_list_numbered_anew_says_the_same_of_the_same_hazards(home: Home) -> None:
    june = [line(GUSHAN, DUCT, JUNE, "XL-01"), line(GUSHAN, TANK, JUNE, "XL-02")]
    july = [line(GUSHAN, DUCT, JULY, "2023-001"), line(GUSHAN, TANK, JULY, "2023-002")]
    receive(home, JUNE, *june)
    receive(home, JULY, *july)
    assert own_of(home, JULY) == {
        told["signature"]: first["signature"] for told, first in zip(june + july, june * 2, strict=True)
    }
    assert possible_of(home, JULY) == own_of(home, JULY)


def test_lines_of_one_list_that_differ_in_their_number_are_asked_about_whatever_comes_later(home: Home) -> None:
    """Which of XL-04 and XL-05 became 2023-004 nobody can tell; a decision says that they are one."""
    june = [line(GUSHAN, DUCT, JUNE, "XL-04"), line(GUSHAN, DUCT, JUNE, "XL-05")]
    july = line(GUSHAN, DUCT, JULY, "2023-004")
    receive(home, JUNE, *june)
    receive(home, JULY, july)
    assert own_of(home, JULY) == {one["signature"]: one["signature"] for one in (*june, july)}
    assert set(possible_of(home, JULY).values()) == {min(str(told["signature"]) for told in june)}  # received together


def test_two_lines_told_apart_stay_so_under_later_numbers(home: Home) -> None:
    """未清扫 and 没有清扫, told apart as XL-04 and XL-05, come again as 2023-004 and 2023-005."""
    words = ("络筒车间粉尘堆积未清扫", "络筒车间粉尘堆积没有清扫")
    june = [line(GUSHAN, hazard, JUNE, number) for hazard, number in zip(words, ("XL-04", "XL-05"), strict=True)]
    july = [line(GUSHAN, hazard, JULY, number) for hazard, number in zip(words, ("2023-004", "2023-005"), strict=True)]
    receive(home, JUNE, *june)
    receive(home, JULY, *july)
    assert len(set(own_of(home, JULY).values())) == 2
    assert len(set(possible_of(home, JULY).values())) == 1
    decide(home, JULY, pair_id_of(*(str(told["signature"]) for told in june)), "different")
    assert possible_of(home, JULY) == own_of(home, JULY)
    assert len(set(possible_of(home, JULY).values())) == 2


def test_numbers_given_anew_are_taken_apart_when_a_list_holds_both_and_by_a_person(home: Home) -> None:
    june, july = line(GUSHAN, DUCT, JUNE, "XL-01"), line(GUSHAN, DUCT, JULY, "2023-001")
    receive(home, JUNE, june)
    receive(home, JULY, july)
    assert len(set(own_of(home, JULY).values())) == 1
    receive(home, AUGUST, line(GUSHAN, DUCT, AUGUST, "XL-01"), line(GUSHAN, DUCT, AUGUST, "2023-001"))
    assert len(set(own_of(home, AUGUST).values())) == 2
    assert len(set(own_of(home, JULY).values())) == 1  # as it was known then
    decide(home, JULY, pair_id_of(str(june["signature"]), str(july["signature"])), "different")
    assert len(set(own_of(home, JULY).values())) == len(set(possible_of(home, JULY).values())) == 2


@pytest.mark.parametrize("change", [{"enterprise": "乙化工有限公司"}, {"hazard": TANK}, {"unit": CHAGOU}])
def test_another_number_for_something_else_joins_nothing(home: Home, change: dict[str, str]) -> None:
    receive(home, JUNE, line(GUSHAN, DUCT, JUNE, "XL-01"))
    receive(home, JULY, line(**{"unit": GUSHAN, "hazard": DUCT, "at": JULY, "number": "2023-001"} | change))
    assert len(set(own_of(home, JULY).values())) == 2


def test_two_hazards_of_one_number_are_asked_about_until_one_of_them_has_another(home: Home) -> None:
    june = [line(GUSHAN, DUCT, JUNE, "GS-11"), line(GUSHAN, TANK, JUNE, "GS-11", "乙厂")]
    receive(home, JUNE, *june)
    assert len(set(own_of(home, JUNE).values())) == 2
    assert len(set(possible_of(home, JUNE).values())) == 1
    corrected = line(GUSHAN, TANK, JULY, "GS-12", "乙厂")
    receive(home, JULY, line(GUSHAN, DUCT, JULY, "GS-11"), corrected)
    one, other = (signature["signature"] for signature in june)
    assert own_of(home, JULY) == {one: one, other: other, corrected["signature"]: other}
    assert possible_of(home, JULY) == own_of(home, JULY)
    receive(home, AUGUST, line(GUSHAN, DUCT, AUGUST, "GS-11"), line(GUSHAN, TANK, AUGUST, "GS-11", "乙厂"))
    assert len(set(possible_of(home, AUGUST).values())) == 1  # the number is back: asked again
