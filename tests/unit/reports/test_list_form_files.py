"""Lists and texts to fill in: heads, known rows, what may be typed, and words of help that no reader takes for data."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from openpyxl.worksheet.worksheet import Worksheet

from campaigns.load import load_all, load_campaign
from reports.blank_forms.forms import FormContent, form_writers
from reports.blank_forms.list_layout import entry_hint, help_text
from reports.blank_forms.text_docx import help_for_text

BAOSHAN = load_campaign("baoshan_soe_2024")
PUTUO = load_campaign("putuo_2024_2026")
REGISTER = BAOSHAN.form("hazard_register")
TASKS = PUTUO.form("lead_tasks")
NARRATIVE = PUTUO.form("lead_narrative")
ROWS = ({"number": "4", "goal": "制定子方案", "due": "2024年3月", "lead_units": "区应急局"},)
DATE = re.compile(r"\d{4}\s*年|\d{1,2}\s*月\s*\d|\d{4}-\d")


def written(folder: Path, campaign: object, form: object, content: FormContent, file_format: str) -> Path:
    return form_writers(form)[file_format](folder / f"form.{file_format}", campaign, form, content)


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Worksheet:
    content = FormContent(unit_id="E1", unit_name="=企业甲", period="2024")
    return openpyxl.load_workbook(written(tmp_path_factory.mktemp("l"), BAOSHAN, REGISTER, content, "xlsx")).active


@pytest.fixture(scope="module")
def tasks(tmp_path_factory: pytest.TempPathFactory) -> Worksheet:
    content = FormContent(unit_id="U1", unit_name="区应急局", period="2024-05", rows=ROWS)
    return openpyxl.load_workbook(written(tmp_path_factory.mktemp("t"), PUTUO, TASKS, content, "xlsx")).active


def test_title_stamp_signatures_help_and_heads_stand_above_the_rows(register: Worksheet) -> None:
    assert register["A1"].value == "隐患清单"
    assert register["A2"].value == "填报单位：=企业甲　　报送期：2024年　　填报时间： 年 月 日"
    assert register["A2"].data_type == "s"
    assert register["A3"].value == "填报人: _____"
    assert register["A4"].value == (
        "注: 1. 必填的是隐患编号、隐患描述、隐患等级、发现日期。2. “隐患等级”从“一般、重大”中选一个。"
        "3. “整改资金”填不小于 0 的数，以万元计，不写单位。4. 责任人是个人信息，只用于工作联系，不对外公布。"
        "5. 一行写一条，行数不够可以往下接着写；没有可填的，在第一行写“本期无”，不要留空。"
    )
    assert [cell.value for cell in register[5]] == [
        "隐患编号",
        "网点名称",
        "隐患描述",
        "隐患等级",
        "发现日期",
        "整改措施",
        "责任人",
        "整改资金",
        "整改期限",
        "应急预案",
        "整改完成日期",
        "备注",
    ]
    assert all(cell.value is None for row in register.iter_rows(min_row=6) for cell in row)


def test_what_may_be_typed_follows_the_column_to_far_below_the_drawn_rows(register: Worksheet) -> None:
    rules = {str(rule.sqref): rule for rule in register.data_validations.dataValidation}
    assert {place: rule.type or "none" for place, rule in rules.items()} == {
        "A6:A1005": "none",
        "B6:B1005": "none",
        "C6:C1005": "none",
        "D6:D1005": "list",
        "E6:E1005": "date",
        "F6:F1005": "none",
        "G6:G1005": "none",
        "H6:H1005": "decimal",
        "I6:I1005": "date",
        "J6:J1005": "list",
        "K6:K1005": "date",
        "L6:L1005": "none",
    }
    assert rules["D6:D1005"].formula1 == '"一般,重大"'
    assert rules["J6:J1005"].formula1 == '"是,否"'
    assert rules["E6:E1005"].prompt == "必填。写年-月-日。"
    assert rules["H6:H1005"].prompt == "没有就空着。填不小于 0 的数，以万元计，不写单位。"


def test_heads_are_closed_and_the_rows_open_also_below_the_drawn_ones(register: Worksheet) -> None:
    assert register.protection.sheet and not register.protection.password
    assert not register.protection.insertRows  # False: allowed
    assert all(cell.protection.locked for cell in register[5])
    assert not any(cell.protection.locked for cell in register[6])
    assert not register.column_dimensions["A"].protection.locked
    assert not register["A2"].protection.locked


def test_a_number_of_a_list_stays_text_and_a_date_is_shown_as_one(register: Worksheet) -> None:
    assert [register.cell(6, column).number_format for column in (1, 5, 8)] == ["@", "yyyy-mm-dd", "General"]


def test_known_tasks_are_labels_and_their_progress_is_open(tasks: Worksheet) -> None:
    assert [cell.value for cell in tasks[6]] == ["4", "制定子方案", "2024年3月", "区应急局", *[None] * 6]
    assert [cell.protection.locked for cell in tasks[6]] == [True, True, True, True, False] + [False] * 5
    rules = {str(rule.sqref): rule for rule in tasks.data_validations.dataValidation}
    assert rules["F6"].formula1 == '"未启动,推进中,已完成"'
    assert rules["I6"].prompt == "没有就空着。逾期未完成，或状态比上期倒退时填写。"
    assert tasks.protection.insertRows  # True: refused, the list is complete


def test_the_word_list_holds_the_same(tmp_path: Path) -> None:
    content = FormContent(unit_id="U1", unit_name="区应急局", period="2024-05", rows=ROWS)
    document = docx.Document(str(written(tmp_path, PUTUO, TASKS, content, "docx")))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[:3] == [
        "治本攻坚三年行动任务清单完成情况",
        "填报单位：区应急局　　报送期：2024年5月　　填报时间： 年 月 日",
        "填报人: _____　　　　审核人: _____",
    ]
    head, row = ([cell.text for cell in line.cells] for line in document.tables[0].rows)
    assert head == [column.label for column in TASKS.columns]
    assert row == ["4", "制定子方案", "2024年3月", "区应急局", "", "", "", "", "", ""]
    assert document.core_properties.keywords == ("taizhang:form=lead_tasks;version=2024-03;unit=U1;period=2024-05")


def test_a_narrative_has_its_headings_and_its_limit(tmp_path: Path) -> None:
    content = FormContent(unit_id="U1", unit_name="区应急局", period="2024-05")
    document = docx.Document(str(written(tmp_path, PUTUO, NARRATIVE, content, "docx")))
    header = document.sections[0].header.paragraphs[0].text
    assert header == "填写说明 1. 全文 800 字以内。2. 各部分标题不要改动，内容写在标题下面。"
    texts = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
    assert texts == [
        "治本攻坚三年行动工作开展情况",
        "填报单位：区应急局　　报送期：2024年5月　　填报时间： 年 月 日",
        "亮点工作",
        "困难问题",
        "重大隐患情况",
        "整改计划",
        "填报人: _____",
        "审核人: _____",
    ]


def test_a_document_has_the_prescribed_headings(tmp_path: Path) -> None:
    document = docx.Document(str(written(tmp_path, BAOSHAN, BAOSHAN.form("work_plan"), FormContent(), "docx")))
    texts = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
    assert texts[2:5] == ["工作目标", "主要任务", "保障措施"]


EVERY_FORM = [(campaign, form) for campaign in load_all().values() for form in campaign.forms]


@pytest.mark.parametrize(
    ("campaign", "form"), EVERY_FORM, ids=[f"{campaign.campaign_id}-{form.form_id}" for campaign, form in EVERY_FORM]
)
def test_every_form_of_every_campaign_can_be_written_and_its_help_names_no_date(
    tmp_path: Path, campaign: object, form: object
) -> None:
    for file_format in form_writers(form):
        first = written(tmp_path / "a", campaign, form, FormContent(), file_format)
        second = written(tmp_path / "b", campaign, form, FormContent(), file_format)
        assert first.read_bytes() == second.read_bytes()
    help_given = help_text(form, FormContent()) if form.columns else help_for_text(form)
    assert not DATE.search(help_given.replace("".join(form.notes), ""))
    assert not any(len(entry_hint(column)) > 250 for column in form.columns)


def test_choices_of_a_word_list_are_drop_down_lists_with_a_prompt(tmp_path: Path) -> None:
    content = FormContent(unit_id="U1", unit_name="区应急局", period="2024-05", rows=ROWS)
    document = docx.Document(str(written(tmp_path, PUTUO, TASKS, content, "docx")))
    [control] = document.element.body.iter(qn("w:sdt"))  # one row, one column of choices
    offered = [entry.get(qn("w:displayText")) for entry in control.iter(qn("w:listItem"))]
    shown = "".join(str(text.text) for text in control.iter(qn("w:t")))
    assert (offered, shown) == (["未启动", "推进中", "已完成"], "请选择")
    assert [cell.text for cell in document.tables[0].rows[1].cells].index("区应急局") == 3  # known: a plain label
