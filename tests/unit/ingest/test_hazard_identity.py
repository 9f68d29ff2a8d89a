"""Which lines are one hazard: numbers first, then enterprise, day and words."""

from datetime import date
from decimal import Decimal

import pytest

from campaigns.ledger_model import HazardMatching
from campaigns.strict import as_compared
from ingest.hazards.hazard_identity import Subject, compare, enterprise_key, likeness

SETTINGS = HazardMatching()
MARCH_5, MARCH_8, MARCH_9, JUNE_1 = date(2024, 3, 5), date(2024, 3, 8), date(2024, 3, 9), date(2024, 6, 1)


def line(
    hazard: str,
    enterprise: str = "甲化工有限公司",
    found_on: date | None = MARCH_5,
    number: str = "",
    unit: str = "town1",
) -> Subject:
    return Subject(f"{unit}{number}{hazard}", unit, number, enterprise_key(enterprise), as_compared(hazard), found_on)


DUCT = "喷漆房未设置可燃气体报警装置，风管积尘严重"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (line(DUCT), line("喷漆房未设置可燃气体报警装置, 风管积尘严重。"), ("same", True)),
        (line(DUCT), line(DUCT, enterprise="甲化工有限责任公司"), ("same", True)),
        (line(DUCT), line("喷漆房未设置可燃气体报警装置"), ("same", True)),  # shortened next month
        (line(DUCT, number="A-1"), line("消防通道被占用", number="A-1", enterprise="乙厂"), ("same", False)),
        (line(DUCT, number="A-1"), line("风管积尘、未装可燃气体报警", number="A-1"), ("same", True)),
        (line(DUCT, number="A-1"), line(DUCT, number="A-2"), ("same", False)),  # one hazard with two numbers
        (line(DUCT), line(DUCT, enterprise="乙金属制品厂"), None),
        (line(DUCT), line(DUCT, found_on=MARCH_8), ("same", True)),  # three days apart: still one finding
        (line(DUCT), line(DUCT, found_on=MARCH_9), ("repeat", True)),
        (line(DUCT), line(DUCT, found_on=JUNE_1, unit="bureau"), ("repeat", True)),
        (line(DUCT), line(DUCT, found_on=None), ("same", False)),
        (line(DUCT), line("风管积尘严重，喷漆房未设报警装置", found_on=None), None),
        (line(DUCT), line(DUCT, unit="bureau"), ("overlap", True)),
        (line(DUCT), line(DUCT, enterprise="", unit="bureau"), ("overlap", False)),
        (line("1号车间电气线路老化裸露"), line("2号车间电气线路老化裸露"), ("same", False)),
        (line("安全出口上锁"), line("特种作业人员无证上岗"), None),
        (line(DUCT), line("风管积尘严重，喷漆房未设置可燃气体报警装置"), ("same", True)),  # clauses in another order
        (line(DUCT), line("打磨间未设置可燃气体报警装置，风管积尘严重"), ("same", False)),  # another place, same words
        (line(DUCT), line("喷漆房没有设置可燃气体报警装置，风管积尘严重"), ("same", True)),
    ],
)
def test_two_lines_are_one_hazard_or_not(one: Subject, other: Subject, expected: tuple[str, bool] | None) -> None:
    found = compare(one, other, SETTINGS)
    assert (found and (found.kind, found.is_sure)) == expected
    assert compare(other, one, SETTINGS) == found


def test_thresholds_are_the_offices() -> None:
    strict = HazardMatching(sure=Decimal("1"), doubtful=Decimal("0.99"))
    assert compare(line(DUCT), line("喷漆房未设置可燃气体报警装置"), strict) is None


def test_likeness_of_the_same_text_is_one_and_other_digits_keep_it_from_certainty() -> None:
    assert likeness("安全出口上锁", "安全出口上锁") == Decimal("1.0000")
    assert likeness("3层出口上锁", "5层出口上锁") == Decimal("0.6833")  # 2·5/12 alike, less 0.15


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("甲化工（集团）有限公司", "甲化工集团"),
        ("乙厂", "乙厂"),
        ("公司", "公司"),
        (None, ""),
        ("丙股份有限公司", "丙"),
    ],
)
def test_the_legal_form_is_no_part_of_a_name(name: str | None, key: str) -> None:
    assert enterprise_key(name) == key
