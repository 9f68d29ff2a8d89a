"""criteria.csv: what a row must say, which edition a name means on a day, and how a written criterion is compared."""

from datetime import date, datetime
from pathlib import Path

import pytest

from campaigns.criteria import criterion_key
from campaigns.list_rules import list_rule_rows
from campaigns.load import load_all
from campaigns.tables import campaign_rows
from tests.unit.campaigns.copied_campaigns import copy_of, loaded, refusal

HEAD = "criterion_id,sector,name,number,aliases,in_force_from,in_force_until,is_interim,superseded_by,clause"
ITEMS = "items,储能,储能重点事项,,储能标准|储能事项,2023-05-20,2023-09-01,true,standard,示例 三（一）"
STANDARD = "standard,储能,储能标准,示例令第1号,,2023-09-01,,false,,示例 三（一）"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_of("haicheng_2023", tmp_path)


def write(folder: Path, *rows: str) -> None:
    (folder / "criteria.csv").write_text("\n".join((HEAD, *rows)) + "\n", encoding="utf-8")


def test_no_document_of_ours_names_a_criterion_so_that_nobody_is_asked() -> None:
    """S0 and S2 want criteria named by the departments' own plans, which are not public."""
    campaigns = load_all().values()
    assert [campaign.criteria for campaign in campaigns] == [()] * 5
    assert [row for campaign in campaigns for row in list_rule_rows(campaign) if row["rule_code"] == "HL-2-13"] == []


def test_a_list_of_criteria_becomes_rows_and_a_question(folder: Path) -> None:
    write(folder, ITEMS, STANDARD)
    campaign = loaded(folder)
    rows = campaign_rows(campaign, [], datetime(2023, 9, 2))["criteria"]
    told = ("criterion_id", "position", "sector", "name", "number", "aliases", "is_interim", "superseded_by")
    assert [tuple(row[name] for name in told) for row in rows] == [
        ("items", 1, "储能", "储能重点事项", None, "储能标准、储能事项", True, "standard"),
        ("standard", 2, "储能", "储能标准", "示例令第1号", None, False, None),
    ]
    assert [row["form_id"] for row in list_rule_rows(campaign) if row["rule_code"] == "HL-2-13"] == ["hazard_list"]


def test_a_name_means_one_criterion_on_every_day(folder: Path) -> None:
    write(folder, ITEMS, STANDARD)
    rows = campaign_rows(loaded(folder), [], datetime(2023, 9, 2))["criterion_spans"]
    told = ("name_key", "criterion_id", "state", "from_on", "until_on")
    ever, begun, ended = date(1900, 1, 1), date(2023, 5, 20), date(2023, 9, 1)
    interim = [
        ("items", "not_yet", ever, begun),
        ("items", "in_force", begun, ended),
        ("items", "no_longer", ended, None),
    ]
    standard = [("standard", "not_yet", ever, ended), ("standard", "in_force", ended, None)]
    assert [tuple(row[name] for name in told) for row in rows] == [
        *(("储能事项", *span) for span in interim),
        *(("储能标准", *span) for span in (*interim[:2], standard[1])),
        *(("储能标准示例令第1号", *span) for span in standard),
        *(("储能重点事项", *span) for span in interim),
        *(("示例令第1号", *span) for span in standard),
    ]


def test_a_name_between_two_editions_means_the_one_that_ended(folder: Path) -> None:
    write(
        folder,
        "first,矿山,矿山标准,,,2020-01-01,2023-01-01,false,,示例",
        "next,矿山,矿山标准,,,2023-06-01,,false,,示例",
    )
    rows = campaign_rows(loaded(folder), [], datetime(2023, 9, 2))["criterion_spans"]
    assert [(row["criterion_id"], row["state"], row["from_on"], row["until_on"]) for row in rows] == [
        ("first", "not_yet", date(1900, 1, 1), date(2020, 1, 1)),
        ("first", "in_force", date(2020, 1, 1), date(2023, 1, 1)),
        ("first", "no_longer", date(2023, 1, 1), date(2023, 6, 1)),
        ("next", "in_force", date(2023, 6, 1), None),
    ]


@pytest.mark.parametrize(
    ("row", "line", "sentence"),
    [
        (STANDARD.replace("储能标准,", ","), 3, "缺少 '1.name'"),
        (STANDARD.replace(",示例 三（一）", ","), 3, "缺少 '1.clause'"),
        (STANDARD.replace("2023-09-01", ""), 3, "缺少 '1.in_force_from'"),
        (STANDARD.replace("2023-09-01", "2023-13-01"), 3, "1.in_force_from 的值 '2023-13-01' 不对"),
        (STANDARD.replace("false", "maybe"), 3, "1.is_interim 的值 'maybe' 不对"),
        (STANDARD.replace("2023-09-01,", "2023-09-01,2023-09-01"), 3, "in_force_until: 2023-09-01 is not after"),
        (STANDARD.replace("standard", "items"), 3, "criterion_id 'items' repeats"),
        (STANDARD.replace("standard", "other"), 2, "superseded_by: 'standard' is no criterion_id of this file"),
        (STANDARD.replace("2023-09-01", "2023-09-02"), 2, "superseded_by: 'standard' begins on 2023-09-02"),
        (STANDARD.replace(",储能,", ",矿山,"), 2, "superseded_by: 'standard' is of another sector (矿山)"),
        (
            STANDARD.replace("2023-09-01", "2023-08-31"),
            3,
            "name, number or aliases: '储能标准' means 'items' on 2023-08-31",
        ),
    ],
)
def test_a_row_that_says_too_little_or_what_cannot_be_is_refused_with_its_line(
    folder: Path, row: str, line: int, sentence: str
) -> None:
    write(folder, ITEMS, row)
    message = refusal(folder)
    assert sentence in message and f"criteria.csv:{line}: " in message


def test_a_criterion_that_is_superseded_has_an_end(folder: Path) -> None:
    write(folder, ITEMS.replace("2023-09-01", ""), STANDARD)
    assert "criteria.csv:2: in_force_until: a criterion that is superseded" in refusal(folder)


def test_other_columns_are_refused(folder: Path) -> None:
    (folder / "criteria.csv").write_text(HEAD.replace("sector", "industry") + "\n", encoding="utf-8")
    assert f"criteria.csv:1: 表头应为 {HEAD}" in refusal(folder)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("《储能标准》", "储能标准"),
        ("储能 标准（示例令第１号）", "储能标准示例令第1号"),
        ("《储能标准》第三条第（二）项", "储能标准"),
        ("储能标准第十一条", "储能标准"),
        ("GB 35181-2017 第6.2条", "gb351812017"),
        ("《甲标准》第三条、《乙标准》", "甲标准第三条乙标准"),  # two criteria are no one's name
        ("储能标准（2017版）", "储能标准2017版"),
    ],
)
def test_a_written_criterion_is_compared_without_marks_and_articles(written: str, key: str) -> None:
    assert criterion_key(written) == key
