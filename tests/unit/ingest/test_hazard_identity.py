"""Which lines are one hazard: numbers first, then enterprise, day and words."""

from datetime import date
from decimal import Decimal

import pytest

from campaigns.ledger_model import HazardMatching
from campaigns.load import load_campaign
from campaigns.strict import as_compared
from campaigns.unit_model import UnitChange
from ingest.hazards.hazard_identity import Subject, compare, enterprise_key, likeness, signature_of
from ingest.hazards.hazard_soil import Soil

SETTINGS = HazardMatching()
SOIL = Soil(load_campaign("haicheng_2023"))
GUSHAN, CHAGOU, BUREAU, FIRE_BRIGADE = "210381101", "210381102", "210381D01", "210381D12"
MARCH_5, MARCH_8, MARCH_9, JUNE_1 = date(2024, 3, 5), date(2024, 3, 8), date(2024, 3, 9), date(2024, 6, 1)


def line(
    hazard: str,
    enterprise: str = "甲化工有限公司",
    found_on: date | None = MARCH_5,
    number: str = "",
    unit: str = GUSHAN,
    place: str | None = None,
) -> Subject:
    keys = (number, enterprise_key(enterprise), as_compared(hazard))
    return Subject(f"{unit}{number}{hazard}", unit, *keys, found_on, place)


DUCT, GRINDING = "喷漆房未设置可燃气体报警装置，风管积尘严重", "打磨间未设置可燃气体报警装置，风管积尘严重"
TOWER = "塔吊超期未检测且力矩限制器失效"
MILL = "鸿运木业有限公司"


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
        (line(DUCT), line(DUCT, found_on=JUNE_1, unit=BUREAU), ("repeat", True)),
        (line(DUCT), line(DUCT, found_on=None), ("same", False)),
        (line(DUCT), line("风管积尘严重，喷漆房未设报警装置", found_on=None), None),
        (line(DUCT), line(DUCT, unit=BUREAU), ("overlap", True)),
        (line(DUCT), line(DUCT, enterprise="", unit=BUREAU), ("overlap", False)),
        (line("1号车间电气线路老化裸露"), line("2号车间电气线路老化裸露"), ("same", False)),
        (line("安全出口上锁"), line("特种作业人员无证上岗"), None),
        (line(DUCT), line("风管积尘严重，喷漆房未设置可燃气体报警装置"), ("same", True)),  # clauses in another order
        (line(DUCT), line(GRINDING), ("same", False)),  # another place, same words
        (line(DUCT), line("喷漆房没有设置可燃气体报警装置，风管积尘严重"), ("same", True)),
        (line("厨房与寝室之间未设防火隔墙"), line("寝室与厨房间防火隔墙未设置"), ("same", False)),  # in other words
        (line(TOWER), line("塔式起重机力矩限制器失效，超期未检测", unit=BUREAU), ("overlap", False)),
        (line("氨罐区未设置泄漏报警装置"), line("氨罐区未设置喷淋装置"), None),  # one place, another thing
    ],
)
def test_two_lines_are_one_hazard_or_not(one: Subject, other: Subject, expected: tuple[str, bool] | None) -> None:
    found = compare(one, other, SETTINGS, SOIL)
    assert (found and (found.kind, found.is_sure)) == expected
    assert compare(other, one, SETTINGS, SOIL) == found


@pytest.mark.parametrize(
    ("one", "other", "is_sure"),
    [
        (line(DUCT), line(DUCT, unit=CHAGOU), False),  # two towns
        (line(DUCT), line(DUCT, unit=BUREAU, place=GUSHAN), True),
        (line(DUCT), line(DUCT, unit=BUREAU, place=CHAGOU), False),  # the department found it in another town
        (line(DUCT, place=CHAGOU), line(DUCT, unit=BUREAU), False),  # a town's line that names another town
        (line(DUCT, unit=FIRE_BRIGADE), line(DUCT, unit=BUREAU), True),  # two departments inspected together
        (line(DUCT, unit=FIRE_BRIGADE, place=GUSHAN), line(DUCT, unit=BUREAU, place=CHAGOU), False),
        (line(DUCT), line(DUCT, unit="gone"), False),  # a unit of no roster may be a town
        (line(DUCT, unit=BUREAU), line(DUCT, unit="gone"), True),
    ],
)
def test_what_two_units_tell_is_sure_only_where_it_may_lie_in_one_town(
    one: Subject, other: Subject, is_sure: bool
) -> None:
    reason = "同一企业、同一日期、同样的描述" if is_sure else "描述相同，不在同一镇街"
    found = compare(one, other, SETTINGS, SOIL)
    assert found
    assert (found.kind, found.is_sure, found.reason) == ("overlap", is_sure, reason)


@pytest.mark.parametrize(
    ("one", "other", "is_sure"),
    [
        (line(DUCT, unit=BUREAU, place=GUSHAN), line(DUCT, unit=BUREAU, place=CHAGOU), False),
        (line(DUCT, unit=BUREAU, place=GUSHAN), line(DUCT, unit=BUREAU), True),  # one of them says nothing
        (line(DUCT, place=CHAGOU), line(DUCT, place=GUSHAN), False),
        (line(DUCT, place=CHAGOU), line(DUCT), True),
    ],
)
def test_lines_of_one_unit_that_name_two_places_are_never_sure(one: Subject, other: Subject, is_sure: bool) -> None:
    found = compare(one, other, SETTINGS, SOIL)
    assert found
    reason = "同一企业、同一日期、同样的描述" if is_sure else "描述相同，属地不同"
    assert (found.kind, found.is_sure, found.reason) == ("same", is_sure, reason)


def test_neither_does_a_number_make_two_places_one_nor_is_what_is_found_later_elsewhere_a_repeat() -> None:
    one, other = (line(DUCT, number="A-1", unit=BUREAU, place=place) for place in (GUSHAN, CHAGOU))
    found = compare(one, other, SETTINGS, SOIL)
    assert found
    assert (found.is_sure, found.reason) == (False, "编号相同，属地不同")
    later = line(DUCT, unit=BUREAU, place=CHAGOU, found_on=JUNE_1)
    assert compare(line(DUCT, unit=BUREAU, place=GUSHAN), later, SETTINGS, SOIL) is None


def test_a_place_of_its_own_is_part_of_what_a_line_says_and_the_units_own_is_not() -> None:
    keys = ("haicheng_2023", GUSHAN, "", "甲化工", "风管积尘", MARCH_5)
    assert signature_of(*keys) == signature_of(*keys, GUSHAN) == "ddc99121a14b56190026"
    assert signature_of(*keys, CHAGOU) != signature_of(*keys)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("海城市鸿运木业有限公司", "鸿运木业", True),
        ("海城鸿运木业", "辽宁省鞍山市海城市鸿运木业有限责任公司", True),
        ("鞍山市鸿运木业", "鸿运木业", False),  # may have its seat elsewhere
        ("鞍山市鸿运木业", "海城市鸿运木业", None),
        ("孤山镇鸿运木业", "鸿运木业", True),  # of 孤山's own list
        ("孤山镇鸿运木业", "岔沟镇鸿运木业", None),
        ("海城市鸿运木业有限公司（西柳厂区）", "鸿运木业有限公司", False),  # the whole or a part of it
        ("鸿运木业有限公司西柳厂区", "海城市鸿运木业有限公司（西柳厂区）", True),
        ("鸿运木业有限公司西柳厂区", "鸿运木业有限公司牌楼厂区", None),
        ("海城市公安局", "公安局", True),
        ("海城市公安局", "鞍山市公安局", None),
        ("海城市医院", "医院", None),  # too little would remain
    ],
)
def test_an_enterprise_is_one_under_several_spellings(one: str, other: str, expected: bool | None) -> None:
    found = compare(line(DUCT, enterprise=one), line(DUCT, enterprise=other), SETTINGS, SOIL)
    assert (found and found.is_sure) == expected


def test_a_town_before_a_name_is_known_to_be_meant_only_where_the_other_line_names_it() -> None:
    named, plain = line(DUCT, enterprise="孤山镇鸿运木业", unit=BUREAU), "鸿运木业"
    others = [line(DUCT, enterprise=plain, unit=GUSHAN), line(DUCT, enterprise=plain, unit=CHAGOU)]
    others += [line(DUCT, enterprise=plain, unit=BUREAU, place=place) for place in (GUSHAN, None)]
    found = [compare(named, other, SETTINGS, SOIL) for other in others]
    assert [one and (one.kind, one.is_sure, one.reason) for one in found] == [
        ("overlap", True, "同一企业、同一日期、同样的描述"),
        ("overlap", False, "描述相同，不在同一镇街"),
        ("same", True, "同一企业、同一日期、同样的描述"),
        ("same", False, "描述相同，企业名称不完全一致"),
    ]


def test_a_town_and_what_it_became_lie_on_one_soil_and_two_that_merged_do_not() -> None:
    """岔沟 and 接文 became 孤山 in July: each is told on by 孤山, and neither by the other."""
    merger = UnitChange.model_validate(
        {
            "change_id": "c_01", "kind": "merger", "on": date(2023, 7, 1),
            "before": ["岔沟镇", "接文镇"], "after": ["孤山镇"], "clause": "海政发〔2023〕1号",
        }
    )  # fmt: skip
    soil = Soil(load_campaign("haicheng_2023").model_copy(update={"unit_changes": (merger,)}))
    assert [soil.may_be_one(towns) for towns in ({CHAGOU, GUSHAN}, {CHAGOU, "210381103"})] == [True, False]


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (line(DUCT, MILL), "同一企业、同一日期、同样的描述"),
        (line(DUCT, MILL, MARCH_8), "同一企业、发现日期相差3天、同样的描述"),
        (line(GRINDING, MILL), "同一企业、同一日期，描述相近"),
        (line(GRINDING, MILL, date(2024, 3, 4)), "同一企业、发现日期相差1天，描述相近"),
        (line(GRINDING, f"{MILL}西柳厂区"), "企业名称不完全一致、同一日期，描述相近"),
    ],
)
def test_a_pair_is_explained_by_what_its_lines_say(other: Subject, reason: str) -> None:
    found = compare(line(DUCT, MILL), other, SETTINGS, SOIL)
    assert found
    assert found.reason == reason


def test_thresholds_are_the_offices() -> None:
    strict = HazardMatching(sure=Decimal("1"), doubtful=Decimal("0.99"))
    assert compare(line(DUCT), line("喷漆房未设置可燃气体报警装置"), strict, SOIL) is None


def test_likeness_of_the_same_text_is_one_and_other_digits_keep_it_from_certainty() -> None:
    assert likeness("安全出口上锁", "安全出口上锁") == Decimal("1.0000")
    assert likeness("3层出口上锁", "5层出口上锁") == Decimal("0.6833")  # 2·5/12 alike, less 0.15
    assert likeness("厨房与寝室之间未设防火隔墙", "寝室与厨房间防火隔墙未设置") == Decimal("0.6923")  # 0.75·2·12/26


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
