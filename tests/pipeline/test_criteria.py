"""Criteria of hazards from a campaign's criteria.csv and two months' lists to facts, questions and traces.

Every expected value was worked out by hand from the lines below, whose columns stand in the order of COLUMNS (A to G;
the first line is row 4). The criteria are invented. June's list lies in the raw zone as before lines had a key of their
criterion; the second campaign has the same lines and no criteria.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from orchestration.cli import app
from orchestration.home import Home
from orchestration.nightly import nightly
from tests.forms import as_xlsx
from tests.list_forms import listed
from tests.pipeline import cities
from tests.pipeline.cities import GUSHAN, Ask, at, published_rows
from tests.pipeline.test_nights_equal_a_full_build import differing_rows
from tests.pipeline.test_odd_hazard_lines import take_back_columns

CITY, WITHOUT = "criteria_2023", "no_criteria_2023"
CRITERIA = """\
criterion_id,sector,name,number,aliases,in_force_from,in_force_until,is_interim,superseded_by,clause
items,储能,储能重点事项,,储能标准,2023-05-20,2023-06-10,true,standard,示例方案 三（一）
standard,储能,储能判定标准,示例令第1号,储能标准,2023-06-10,,false,,示例方案 三（一）
mines,矿山,矿山判定标准,示例令第2号,,2018-01-01,2023-06-01,false,,示例方案 三（一）
"""
COLUMNS = ["hazard_number", "enterprise", "hazard", "criterion", "level", "source", "found_on"]


def line(number: str, enterprise: str, hazard: str, criterion: str, found_on: str) -> Mapping[str, str]:
    said = (number, enterprise, hazard, criterion, "重大", "企业自查", found_on)
    return {name: text for name, text in zip(COLUMNS, said, strict=True) if text}


JUNE = [line("GS-0", "甲厂", "风管积尘", "矿山标准", "2023-05-22")]
JULY = [
    line("GS-1", "乙厂", "电池间无排风", "储能标准", "2023-06-09"),
    line("GS-2", "丙厂", "电池间上锁", "《储能标准》（示例令第１号）第三条第（二）项", "2023-06-10"),
    line("GS-3", "丁厂", "电池间积水", "储能重点事项", "2023-06-10"),
    line("GS-4", "戊厂", "消防泵停用", "储能判定标准", "2023-06-09"),
    line("GS-5", "己厂", "支护缺失", "矿山判定标准", "2023-05-31"),
    line("GS-6", "庚厂", "通风机停用", "矿山判定标准", "2023-06-01"),
    line("GS-7", "辛厂", "氨罐无报警", "储能标准征求意见稿", "2023-06-12"),
    line("GS-8", "壬厂", "出口上锁", "储能标准征求意见稿", "2023-06-13"),
    line("GS-9", "癸厂", "护栏缺失", "", "2023-06-14"),
    line("GS-10", "子厂", "井口无盖", "/", "2023-06-14"),
]


def send_list(home: Home, campaign_id: str, month: int, rows: list[Mapping[str, str]]) -> Path:
    campaign = home.campaigns()[campaign_id]
    table = listed(campaign.form("hazard_list"), rows, columns=COLUMNS, unit="孤山镇", filled_on=f"2023年{month}月24日")
    target = home.inbox / campaign_id / f"孤山镇{month}月隐患清单.xlsx"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(as_xlsx(table))
    return target


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp(CITY)).prepare()
    for campaign_id, area_code in ((CITY, "210395"), (WITHOUT, "210396")):
        cities.add_campaign(home, campaign_id, f"标准{area_code}市", area_code, [GUSHAN])
        send_list(home, campaign_id, 6, JUNE)
    cities.take_in(home, at(date(2023, 6, 25)), at(date(2023, 6, 25)))
    take_back_columns(home, "criterion_key")
    (home.campaign_folder / CITY / "criteria.csv").write_text(CRITERIA, encoding="utf-8")
    for campaign_id in (CITY, WITHOUT):
        send_list(home, campaign_id, 7, JULY)
    assert nightly(home, at(date(2023, 7, 25))).failures == ()
    return home


@pytest.fixture(scope="module")
def ask(home: Home) -> Ask:
    return partial(published_rows, home)


def test_a_hazard_says_its_criterion_and_whether_it_was_in_force_when_found(ask: Ask) -> None:
    """GS-1 and GS-2 call the interim items and the standard that supersedes them by one name."""
    query = (
        "select hazard_number, criterion_id, is_criterion_in_force from marts.fct_hazards "
        "where campaign_id = '{}' order by cast(substr(hazard_number, 4) as int)"
    )
    assert ask(query.format(CITY)) == [
        ("GS-0", None, None),
        ("GS-1", "items", True),
        ("GS-2", "standard", True),
        ("GS-3", "items", False),
        ("GS-4", "standard", False),
        ("GS-5", "mines", True),
        ("GS-6", "mines", False),
        ("GS-7", None, None),
        ("GS-8", None, None),
        ("GS-9", None, None),
        ("GS-10", None, None),
    ]
    assert [row[1:] for row in ask(query.format(WITHOUT))] == [(None, None)] * 11


def test_a_criterion_that_was_not_in_force_or_is_not_listed_is_asked_about_with_its_cell(ask: Ask) -> None:
    """An unlisted name is asked once for each list; the campaign without a list and June's line are not asked."""
    assert ask(
        "select campaign_id, source_cell, message from marts.fct_rule_outcomes where rule_code = 'HL-2-13' order by all"
    ) == [
        (
            CITY,
            "Sheet1!D10",
            "辛厂：“判定依据”储能标准征求意见稿 不在判定标准清单上。请写标准全称；确有此标准的，请告知安委办。",
        ),
        (
            CITY,
            "Sheet1!D6",
            "丁厂：“判定依据”储能重点事项 自 2023-06-10 起不再施行，发现日期为 2023-06-10。"
            "请改写当时施行的，或核对日期。",
        ),
        (
            CITY,
            "Sheet1!D7",
            "戊厂：“判定依据”储能判定标准 自 2023-06-10 起施行，发现日期 2023-06-09 时尚未施行。请核对后改正。",
        ),
        (
            CITY,
            "Sheet1!D9",
            "庚厂：“判定依据”矿山判定标准 自 2023-06-01 起不再施行，发现日期为 2023-06-01。"
            "请改写当时施行的，或核对日期。",
        ),
    ]


def test_the_question_stands_among_the_rules_of_the_campaign_that_has_a_list(ask: Ask) -> None:
    assert ask("select campaign_id, form_id, rule_class from marts.dim_rules where rule_code = 'HL-2-13'") == [
        (CITY, "hazard_list", "verification")
    ]


def test_the_list_is_a_mart(ask: Ask) -> None:
    assert ask(
        "select campaign_id, criterion_id, aliases, in_force_until, is_interim, superseded_by from marts.dim_criteria "
        "order by position"
    ) == [
        (CITY, "items", "储能标准", date(2023, 6, 10), True, "standard"),
        (CITY, "standard", "储能标准", None, False, None),
        (CITY, "mines", None, date(2023, 6, 1), False, None),
    ]


@pytest.mark.parametrize(
    ("hazard", "sentence"),
    [
        (
            "GS-3",
            "判定依据：储能重点事项 → 重点事项“储能重点事项”，2023-05-20 施行，自 2023-06-10 起不再施行，"
            "由“储能判定标准”接替；发现之日并未施行",
        ),
        (
            "GS-2",
            "判定依据：《储能标准》（示例令第１号）第三条第（二）项 → 判定标准“储能判定标准”（示例令第1号），"
            "2023-06-10 施行",
        ),
        ("GS-7", "判定依据：储能标准征求意见稿"),
    ],
)
def test_a_trace_says_by_what_a_hazard_was_judged(home: Home, hazard: str, sentence: str) -> None:
    said = CliRunner().invoke(app, ["trace", CITY, "--hazard", hazard, "--home", str(home.root)])
    assert sentence in said.output.replace("\n", "").replace("  ", "")


def test_a_trace_as_json_holds_the_criterion(home: Home) -> None:
    arguments = ["trace", CITY, "--hazard", "GS-4", "--home", str(home.root), "--json"]
    told = json.loads(CliRunner().invoke(app, arguments).output)
    assert (told["criterion"], told["judged_by"]["criterion_id"], told["judged_by"]["was_in_force"]) == (
        *("储能判定标准", "standard"),
        False,
    )


def test_a_list_sent_again_is_asked_anew_in_a_night_that_goes_on_from_the_last(home: Home) -> None:
    """GS-3 names the standard now. The last test of this home, in which it runs one more night."""
    now = at(date(2023, 7, 27))
    corrected = {**JULY[2], "criterion": "储能判定标准"}
    send_list(home, CITY, 7, [corrected if row is JULY[2] else row for row in JULY])
    assert nightly(home, now).failures == ()
    with duckdb.connect(str(home.current / "taizhang.duckdb"), read_only=True) as connection:
        asked = "select source_cell from marts.fct_rule_outcomes where rule_code = 'HL-2-13' and period = '2023-07'"
        assert sorted(connection.execute(asked).fetchall()) == [("Sheet1!D10",), ("Sheet1!D7",), ("Sheet1!D9",)]
    assert {name: rows for name, rows in differing_rows(home, now).items() if rows} == {}
