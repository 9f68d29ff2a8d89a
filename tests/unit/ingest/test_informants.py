"""Material about informants is recognised by name, heads and titles, and official forms are not taken for it."""

import io

import openpyxl
import pytest

from campaigns.load import load_campaign
from ingest.files.grid import Contents, Grid
from ingest.files.open_file import open_file
from ingest.words.informants import holds_informants, is_named_after_informants, neutral_name
from reports.blank_forms.forms import FormContent, write_form_xlsx

CAMPAIGN = load_campaign("haicheng_2023")


def sheet(*rows: list[object], name: str = "Sheet1", hidden: bool = False) -> Contents:
    return Contents("xlsx", grids=[Grid(name, [list(row) for row in rows], hidden=hidden)])


@pytest.mark.parametrize(
    "contents",
    [
        sheet(["序号", "举报人", "内容"]),
        sheet([None], ["序号", "举报人 姓名"]),
        sheet(["举报人联系电话"]),
        sheet(["检举人身份证号码"]),
        sheet(["投诉人：某某"]),
        sheet(["群众举报线索登记表"], ["编号", "时间"]),
        sheet(["编号"], name="举报台账"),
        sheet(["举报人"], hidden=True),
        Contents("docx", grids=[], paragraphs=("情况说明", "举报人：某某", "以上")),
    ],
)
def test_heads_titles_and_lines_give_it_away(contents: Contents) -> None:
    assert holds_informants(contents, CAMPAIGN)


@pytest.mark.parametrize(
    "contents",
    [
        sheet(["举报奖励（万元）", "其中匿名举报查实"]),
        sheet(["责任人", "联系人", "填表人：某某"]),
        sheet(
            [
                "落实举报奖励制度，接到举报线索并登记办理的情况，在本月例会上作了专题研究，要求各单位按规定时限逐件核查反馈。"
            ]
        ),
        Contents("docx", grids=[], paragraphs=("畅通12345举报渠道，保护举报人。",)),
    ],
)
def test_what_forms_and_reports_say_about_reporting_is_no_such_material(contents: Contents) -> None:
    assert not holds_informants(contents, CAMPAIGN)


def test_no_form_of_any_campaign_is_taken_for_it(tmp_path) -> None:
    written = FormContent(unit_id="210381101", unit_name="孤山镇", period="2023-07", filler="测试员甲")
    path = write_form_xlsx(tmp_path / "表.xlsx", CAMPAIGN, CAMPAIGN.form("progress"), written)
    assert not holds_informants(open_file(path.read_bytes(), path.name).contents, CAMPAIGN)


@pytest.mark.parametrize("name", ["某某举报某厂.docx", "举报件202307.xlsx", "检举材料", "举报奖励发放表.xlsx"])
def test_a_name_that_speaks_of_a_report_from_the_public(name: str) -> None:
    assert is_named_after_informants([name], CAMPAIGN)


@pytest.mark.parametrize("name", ["孤山镇7月调度表.xlsx", "举报奖励办法.docx", "关于公布举报电话的通知.doc"])
def test_a_name_that_does_not(name: str) -> None:
    assert not is_named_after_informants([name], CAMPAIGN)


def test_a_form_with_the_word_in_its_title_is_a_form() -> None:
    form = CAMPAIGN.form("progress").model_copy(update={"title": "举报奖励统计表"})
    campaign = CAMPAIGN.model_copy(update={"forms": (form,)})
    assert not is_named_after_informants(["孤山镇 举报奖励统计表.xlsx"], campaign)


def test_the_neutral_name_keeps_the_ending_only() -> None:
    assert neutral_name("某某举报某厂.docx") == "举报材料.docx"
    assert neutral_name("某某举报某厂") == "举报材料"


def test_a_workbook_that_opens_is_looked_through() -> None:
    book = openpyxl.Workbook()
    book.active.append(["序号", "举报人姓名"])
    content = io.BytesIO()
    book.save(content)
    assert holds_informants(open_file(content.getvalue(), "附表.xlsx").contents, CAMPAIGN)
