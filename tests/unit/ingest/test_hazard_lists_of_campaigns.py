"""The hazard lists of the other campaigns: their own words for sources and levels, and the elements they ask for."""

import pytest

from tests.forms import Table, as_docx, as_xlsx
from tests.list_forms import listed
from tests.unit.ingest.reading_lists import (
    BAOSHAN,
    CHANGNING,
    CHONGMING,
    PUTUO,
    codes,
    form,
    parse_all,
    parse_one,
    rows,
)

HAICHENG = "haicheng_2023"
LINE = {"hazard_number": "1", "enterprise": "甲化工厂", "hazard": "风管积尘", "level": "重大", "found_on": "2024-05-05"}


@pytest.mark.parametrize(
    ("written", "source"),
    [
        ("企业自查上报", "self_check"),
        ("督导检查发现", "inspection"),
        ("群众举报查实", "informant"),
        ("部门检查", "inspection"),
    ],
)
def test_putuo_knows_three_sources(written: str, source: str) -> None:
    table = listed(
        form(PUTUO, "hazard_list"), [{**LINE, "source": written}], unit="区应急局", filled_on="2024年5月24日"
    )
    submission = parse_one(PUTUO, as_xlsx(table), "清单.xlsx", "2024-05-25")
    assert (submission.form_id, submission.period, codes(submission)) == ("hazard_list", "2024-05", [])
    assert rows(submission)[0]["source"] == source


def test_chongming_keeps_both_reports_and_only_two_elements_of_the_plan() -> None:
    known = form(CHONGMING, "hazard_list")
    elements = {"responsible", "measures", "funds", "due_on", "emergency_plan"}
    assert elements & {column.column_id for column in known.columns} == {"measures", "due_on"}
    line = {
        **LINE,
        "found_on": "2023-02-05",
        "source": "企业自查",
        "enterprise_reported_on": "2023.2.6",
        "regulator_reported_on": "2023.2.7",
        "listed_level": "区级",
    }
    table = listed(known, [line], unit="区应急局", filled_on="2023年3月30日", period="2023年一季度")
    submission = parse_one(CHONGMING, as_docx(table), "清单.docx", "2023-03-31")
    assert (submission.form_id, submission.period, codes(submission)) == ("hazard_list", "2023Q1", [])
    read = rows(submission)[0]
    assert (read["enterprise_reported_on"], read["regulator_reported_on"]) == ("2023-02-06", "2023-02-07")
    assert read["listed_level"] == "county"


def test_changning_proves_its_form_by_its_list() -> None:
    table = listed(
        form(CHANGNING, "hazard_list"),
        [{**LINE, "found_on": "2023-06-05", "source": "执法检查", "listed_level": "区级"}],
        unit="区应急局",
        filled_on="2023年6月23日",
    )
    submission = parse_one(CHANGNING, as_xlsx(table), "清单.xlsx", "2023-06-24")
    assert (submission.form_id, submission.period, codes(submission)) == ("hazard_list", "2023-06", [])
    assert rows(submission)[0]["listed_level"] == "county"
    proved = {item.code: item.ledger.counts for item in form(CHANGNING, "progress").items if item.ledger}
    assert proved == {
        "1.1": "found", "1.2": "rectified", "1.3": "found", "1.4": "rectified", "1.5": "found", "1.6": "rectified",
    }  # fmt: skip


def test_baoshan_finds_hazards_at_sites_and_keeps_its_register_of_all_levels_apart() -> None:
    company = {"unit": "区属企业甲", "filled_on": "2024年5月17日"}
    line = {**LINE, "enterprise": "东街一号店", "source": "企业自查", "funds": "1.5", "responsible": "测试员甲"}
    listed_columns = {column.column_id for column in form(BAOSHAN, "hazard_list").columns}
    assert {"responsible", "measures", "funds", "due_on", "emergency_plan"} <= listed_columns
    assert not {"listed_level", "listed_on", "place"} & listed_columns
    table = listed(form(BAOSHAN, "hazard_list"), [line], **company)
    submission = parse_one(BAOSHAN, as_xlsx(table), "清单.xlsx", "2024-05-18")
    assert (submission.form_id, submission.period, codes(submission)) == ("hazard_list", "2024-05", [])
    read = rows(submission)[0]
    assert (read["enterprise"], read["source"], read["funds"]) == ("东街一号店", "self_check", "1.5")
    registered = {name: LINE[name] for name in ("hazard_number", "hazard", "level", "found_on")}
    table = listed(form(BAOSHAN, "hazard_register"), [registered], **company)
    assert parse_one(BAOSHAN, as_xlsx(table), "清单.xlsx", "2024-12-20").form_id == "hazard_register"


HEADS_OF_DELISTING = ["摘牌日期", "摘牌时间", "销牌日期", "解除挂牌日期", "解除挂牌督办日期", "解除督办时间"]


@pytest.mark.parametrize("head", HEADS_OF_DELISTING)
def test_a_delisting_is_told_from_the_listing_and_from_the_closing(head: str) -> None:
    heads = ["企业名称", "隐患描述", "隐患来源", "发现日期", "挂牌日期", "督办期限", head, "销号日期"]
    body = ["甲化工厂", "风管积尘", "部门检查", "2023-06-05", "2023-06-10", "2023-07-10", "2023-06-20", "2023-06-22"]
    sheet = Table([["重大事故隐患清单"], ["填报单位：区应急局", "填报时间：2023年6月23日"], heads, body])
    (row,) = rows(parse_one(CHANGNING, as_xlsx(sheet), "清单.xlsx", "2023-06-24"))
    days = ("listed_on", "listed_due_on", "delisted_on", "closed_on")
    assert [row[name] for name in days] == ["2023-06-10", "2023-07-10", "2023-06-20", "2023-06-22"]


@pytest.mark.parametrize(
    ("group", "below"),
    [
        ("挂牌督办", ["级别", "单位", "日期", "期限", "摘牌日期"]),
        ("挂牌情况", ["级别", "单位", "日期", "期限", "解除日期"]),
    ],
)
def test_a_delisting_below_a_head_of_two_rows(group: str, below: list[str]) -> None:
    head = ["企业名称", "隐患描述", "隐患来源", "发现日期", group, None, None, None, None]
    body = ["甲化工厂", "风管积尘", "部门检查", "2023-06-05"]
    body += ["区级", "市安委会", "2023-06-10", "2023-07-10", "2023-06-20"]
    merges = [*[(2, column, 3, column) for column in range(4)], (2, 4, 2, 8)]
    stamp = ["填报单位：区应急局", "填报时间：2023年6月23日"]
    sheet = Table([["重大事故隐患清单"], stamp, head, [None] * 4 + below, body], merges)
    (row,) = rows(parse_one(CHANGNING, as_xlsx(sheet), "清单.xlsx", "2023-06-24"))
    days = ("listed_on", "listed_due_on", "delisted_on")
    assert [row[name] for name in days] == ["2023-06-10", "2023-07-10", "2023-06-20"]
    assert "due_on" not in row


@pytest.mark.parametrize("campaign_id", [HAICHENG, CHANGNING, PUTUO, CHONGMING, BAOSHAN])
def test_columns_are_found_under_the_words_that_offices_head_them_with(campaign_id: str) -> None:
    heads = {
        "隐患编码": ("hazard_number", "7"),
        "生产经营单位名称": ("enterprise", "甲化工厂"),
        "重大事故隐患具体内容": ("hazard", "风管积尘"),
        "发现途径": ("source", "企业自查"),
        "隐患发现时间": ("found_on", "2023-06-05"),
        "整改责任人及联系电话": ("responsible", "测试员甲"),
        "整改资金投入（万元）": ("funds", "1.5"),
        "计划完成时间": ("due_on", "2023-06-30"),
        "防控措施": ("interim_control", "停产"),
        "实际完成时间": ("rectified_on", "2023-06-20"),
        "核销时间": ("closed_on", "2023-06-22"),
        "审核销号单位": ("signed_off_by", "区应急局"),
    }
    known = {column.column_id for column in form(campaign_id, "hazard_list").columns}
    asked = {head: said for head, said in heads.items() if said[0] in known}
    table = Table([["重大事故隐患清单"], [*asked], [value for _, value in asked.values()]])
    (submission,) = parse_all(campaign_id, as_xlsx(table), "清单.xlsx", "2023-06-25")
    read = rows(submission)[0]
    expected = dict(asked.values()) | {"source": "self_check"}
    assert {name: read[name] for name in expected} == expected
