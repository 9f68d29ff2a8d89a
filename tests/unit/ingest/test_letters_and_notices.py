"""Letters, notices and inspectors in hazard lists: plain and two-row heads, cards, all formats; names apart."""

from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from campaigns.load import load_all
from ingest.intake import IntakeSettings, take_in
from tests.forms import Table, as_csv, as_docx, as_xlsx
from tests.list_forms import listed
from tests.unit.ingest.plain_forms import paths_of
from tests.unit.ingest.reading_lists import CHANGNING, DATES, PUTUO, codes, form, parse_one, rows

FORMATS = [(as_xlsx, "xlsx"), (as_docx, "docx"), (as_csv, "csv")]
HAICHENG = "haicheng_2023"
LINE = {"hazard_number": "1", "enterprise": "甲化工厂", "hazard": "风管积尘", "level": "重大", "found_on": "2024-05-05"}
TOLD = {
    "supervised_by": "区安委办",
    "supervision_number": "虚构督函〔2024〕7号",
    "supervised_on": "2024-05-20",
    "notified_role": "principal",
    "notified_person": "测试员壬",
    "notified_on": "2024-05-06",
}


def told(row: dict[str, str]) -> dict[str, str]:
    return {name: row[name] for name in TOLD if name in row}


@pytest.mark.parametrize(("write", "ending"), FORMATS)
def test_a_letter_and_a_notice_stand_in_columns_of_their_own(write: Any, ending: str) -> None:
    line = {
        **LINE, **TOLD,
        "source": "督导检查发现", "supervised_on": "2024年5月20日", "notified_role": "主要负责人", "notified_on": "5.6",
    }  # fmt: skip
    table = listed(form(PUTUO, "hazard_list"), [line], unit="区应急局", filled_on="2024年5月24日")
    submission = parse_one(PUTUO, write(table), f"清单.{ending}", "2024-05-25")
    assert codes(submission) == []
    assert told(rows(submission)[0]) == TOLD
    assert [cell.column_id for cell in submission.list_cells if cell.personal] == ["notified_person"]


@pytest.mark.parametrize(
    ("write", "ending", "letter", "notice", "below"),
    [
        *[
            (*file, "督办函告", "通知情况", ["发函单位", "文号", "发函日期", "通知对象", "被通知人", "通知日期"])
            for file in FORMATS
        ],
        # only merged cells say what a bare 日期 is of, and a CSV file has none
        *[(*file, "督办交办", "通知到人", ["单位", "文号", "日期", "对象", "姓名", "日期"]) for file in FORMATS[:2]],
        *[(*file, "函告", "通知到人", ["单位", "文号", "时间", "身份", "签收人", "日期"]) for file in FORMATS[:2]],
    ],
)
def test_a_letter_and_a_notice_below_a_head_of_two_rows(
    write: Any, ending: str, letter: str, notice: str, below: list[str]
) -> None:
    head = ["序号", "企业名称", "隐患描述", "隐患来源", "发现日期", letter, None, None, notice, None, None]
    body = [1, "甲化工厂", "风管积尘", "督导检查发现", "2024-05-05"]
    body += ["区安委办", "虚构督函〔2024〕7号", "2024-05-20", "企业主要负责人", "测试员壬", "2024-05-06"]
    merges = [*[(2, c, 3, c) for c in range(5)], (2, 5, 2, 7), (2, 8, 2, 10)]
    stamp = ["填报单位：区应急局", "填报时间：2024年5月24日"]
    sheet = Table([["重大事故隐患清单"], stamp, head, [None] * 5 + below, body], merges)
    submission = parse_one(PUTUO, write(sheet), f"清单.{ending}", "2024-05-25")
    assert told(rows(submission)[0]) == TOLD


def test_listing_and_letters_are_not_taken_for_each_other() -> None:
    """督办单位 and 督办日期 are of 挂牌督办, as ever."""
    head = ["企业名称", "隐患描述", "隐患来源", "发现日期", "督办单位", "督办日期", "交办单位", "交办日期"]
    body = ["甲化工厂", "风管积尘", "部门检查", "2023-06-05", "市安委会", "2023-06-10", "区安委办", "2023-06-12"]
    sheet = Table([["重大事故隐患清单"], ["填报单位：区应急局", "填报时间：2023年6月23日"], head, body])
    submission = parse_one(CHANGNING, as_xlsx(sheet), "清单.xlsx", "2023-06-24")
    (row,) = rows(submission)
    assert (row["listed_by"], row["listed_on"]) == ("市安委会", "2023-06-10")
    assert (row["supervised_by"], row["supervised_on"]) == ("区安委办", "2023-06-12")


@pytest.mark.parametrize(
    ("written", "role"),
    [
        ("主要负责人", "principal"),
        ("实际控制人", "controller"),
        ("主要负责人、实际控制人", "both"),
        ("主要负责人和实际控制人", "both"),
    ],
)
def test_a_notice_reaches_the_principal_the_controller_or_both(written: str, role: str) -> None:
    line = {**LINE, "source": "督导检查发现", "notified_on": "2024-05-06", "notified_role": written}
    table = listed(form(PUTUO, "hazard_list"), [line], unit="区应急局", filled_on="2024年5月24日")
    submission = parse_one(PUTUO, as_xlsx(table), "清单.xlsx", "2024-05-25")
    assert (codes(submission), rows(submission)[0]["notified_role"]) == ([], role)


def test_only_lists_whose_document_demands_them_have_the_columns() -> None:
    """通知到人 is 普陀's alone, 谁检查、谁签名 is 海城's and 长宁's; 崇明 and 宝山 write of none of it."""
    asked = {"inspectors", "supervised_on", "notified_on"}
    has = {
        campaign_id: asked & {column.column_id for column in campaign.form("hazard_list").columns}
        for campaign_id, campaign in load_all().items()
    }
    assert has == {
        "haicheng_2023": {"inspectors"},
        "changning_2023": {"inspectors", "supervised_on"},
        "putuo_2024_2026": {"supervised_on", "notified_on"},
        "chongming_2023": set(),
        "baoshan_soe_2024": set(),
    }


@pytest.mark.parametrize("head", ["检查人员", "检查人员（签名）", "检查人签名", "执法人员"])
def test_inspectors_of_a_list_and_of_a_card_are_personal(head: str) -> None:
    stamp = ["填报单位：孤山镇", None, "填报时间：2023年6月24日", None]
    listing = [
        ["重大事故隐患清单"], stamp,
        ["企业名称", "隐患描述", "隐患来源", "检查单位", head, "发现日期"],
        ["甲化工厂", "风管积尘", "部门检查", "市应急局", "测试员甲、测试员乙", "2023-06-05"],
    ]  # fmt: skip
    card = [
        ["重大事故隐患整改登记卡"], stamp,
        ["企业名称", "甲化工厂", "隐患描述", "风管积尘"],
        ["隐患来源", "部门检查", "检查单位", "市应急局"],
        [head, "测试员甲、测试员乙", "发现日期", "2023-06-05"],
    ]  # fmt: skip
    for table in (listing, card):
        submission = parse_one(HAICHENG, as_xlsx(Table(table)), "隐患清单.xlsx", "2023-06-25")
        (row,) = rows(submission)
        assert (row["found_by"], row["inspectors"]) == ("市应急局", "测试员甲、测试员乙")
        (cell,) = (cell for cell in submission.list_cells if cell.personal)
        assert (cell.column_id, cell.raw_text) == ("inspectors", "")


def test_the_ledger_knows_only_whether_somebody_is_named(tmp_path: Path) -> None:
    lines = [
        {**LINE, "found_on": "2023-06-05", "source": "部门检查", "inspectors": "测试员甲", "responsible": "测试员丙"},
        {**LINE, "hazard_number": "2", "hazard": "出口上锁", "found_on": "2023-06-05", "source": "部门检查"},
        {
            **LINE,
            "hazard_number": "3",
            "hazard": "未接地",
            "found_on": "2023-06-05",
            "inspectors": "/",
            "responsible": "无",
        },
    ]
    table = listed(form(HAICHENG, "hazard_list"), lines, unit="孤山镇", filled_on="2023年6月24日")
    path = tmp_path / "inbox" / HAICHENG / "孤山镇6月隐患清单.xlsx"
    path.parent.mkdir(parents=True)
    path.write_bytes(as_xlsx(table))
    campaigns = {HAICHENG: load_all()[HAICHENG]}
    take_in(
        paths_of(tmp_path), campaigns, {HAICHENG: DATES[HAICHENG]}, lambda campaign, parsed: (),
        datetime(2023, 6, 25, 1, 30), settings=IntakeSettings(quiet_seconds=0),
    )  # fmt: skip
    stored = f"'{tmp_path}/raw/hazard_lines/*.parquet'"
    assert duckdb.sql(
        f"select row_number, has_responsible, has_inspectors, has_notified_person from {stored} order by 1"
    ).fetchall() == [(1, True, True, False), (2, False, False, False), (3, False, False, False)]
    assert "测试员" not in str(duckdb.sql(f"from {stored}").fetchall())
    named = f"select row_number, column_id, text_value from '{tmp_path}/raw/personal_cells/*.parquet' order by all"
    assert duckdb.sql(named).fetchall() == [
        (1, "inspectors", "测试员甲"), (1, "responsible", "测试员丙"), (3, "inspectors", "/"), (3, "responsible", "无"),
    ]  # fmt: skip
