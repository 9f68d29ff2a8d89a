"""Forms to send out: for whom, for when, and with what the unit last reported beside the cells."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
import pytest

from campaigns.load import load_campaign
from ingest.parse import parse_file
from orchestration.errors import PlainError
from orchestration.form_templates import write_templates
from orchestration.home import Home
from tests.published_city import publish_small_city

CAMPAIGN = load_campaign("haicheng_2023")
FORM = CAMPAIGN.form("progress")


def messages(path: Path) -> dict[str, str]:
    """What Excel shows while a cell is being filled in, by the title of the message."""
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    return {rule.promptTitle or "": rule.prompt or "" for rule in sheet.data_validations.dataValidation}


def figures(path: Path) -> list[object]:
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    return [sheet.cell(row, column).value for row in range(4, 20) for column in (4, 7)]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    publish_small_city(home)
    return home


def beside(path: Path) -> dict[str, object]:
    """What stands to the right of the table, outside the printed page, by cell."""
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None and sheet.print_area == "'调度表'!$A$1:$G$22"
    return {cell.coordinate: cell.value for row in sheet.iter_rows(min_col=8) for cell in row if cell.value is not None}


def test_the_last_figures_stand_beside_the_cells_and_not_in_them(home: Home, tmp_path: Path) -> None:
    [path] = write_templates(home, CAMPAIGN, FORM, tmp_path, unit="海州街道", period="2023-08")
    shown = messages(path)
    assert "2023-07 报的是 12个。" in shown["第 1.1 项（个）"]
    assert "2023-07 报的是 12.5万元。" in shown["第 3.3 项（次、万元）"]
    assert "2023-07 报的是 是。" in shown["第 4.6 项"]
    assert beside(path) == {
        "I2": "上期报数（左栏）",
        "J2": "上期报数（右栏）",
        "I4": "12个",
        "I12": "12.5万元",
        "J18": "是",
    }
    assert figures(path) == [None] * 32


@pytest.mark.parametrize("file_format", ["xlsx", "docx"])
def test_last_figures_are_never_read_as_figures(home: Home, tmp_path: Path, file_format: str) -> None:
    [path] = write_templates(home, CAMPAIGN, FORM, tmp_path, unit="海州街道", period="2023-08", file_format=file_format)
    if file_format == "xlsx":
        book = openpyxl.load_workbook(path)
        book.active["G4"], book.active["A3"] = 5, "海州街道 镇(街)(加盖公章)。填表时间: 2023年8月24日"
        book.save(path)
    else:
        document = docx.Document(str(path))
        document.tables[0].rows[0].cells[6].text = "5"
        assert document.paragraphs[-1].text == (
            "上期报数，仅供对照，不用填写：1.1 项 12个；3.3 项 12.5万元；4.6 项 是。"
        )
        document.save(str(path))
    [read] = parse_file(path.read_bytes(), path.name, (), CAMPAIGN, home.due_dates(CAMPAIGN), date(2023, 8, 25))
    assert (read.unit_id, read.period, read.quarantined) == ("210381001", "2023-08", False)
    assert {cell.item_code: cell.value for cell in read.cells if cell.state.has_number} == {"1.2": Decimal(5)}
    assert read.explanations == ()


def test_figures_of_the_same_or_a_later_month_are_no_hint(home: Home, tmp_path: Path) -> None:
    [path] = write_templates(home, CAMPAIGN, FORM, tmp_path, unit="海州街道", period="2023-07")
    assert "2023-06 报的是 7个。" in messages(path)["第 1.1 项（个）"]


def test_without_a_snapshot_the_form_is_written_all_the_same(tmp_path: Path) -> None:
    [path] = write_templates(Home(tmp_path / "none"), CAMPAIGN, FORM, tmp_path, unit="海州街道", period="2023-07")
    assert path.name == "海州街道_2023-07_progress.xlsx"
    assert all("报的是" not in message for message in messages(path).values())


def test_a_blank_form_names_nobody(tmp_path: Path) -> None:
    [path] = write_templates(Home(tmp_path / "none"), CAMPAIGN, FORM, tmp_path)
    assert path.name == "progress.xlsx"
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None and "____" in str(sheet["A3"].value)


def test_every_unit_gets_a_form_of_its_own(tmp_path: Path) -> None:
    written = write_templates(Home(tmp_path / "none"), CAMPAIGN, FORM, tmp_path, unit="all", file_format="docx")
    assert len(set(written)) == 43


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"unit": "无此镇"}, "名单里没有"),
        ({"period": "2024-01"}, "没有 2024-01 这一期"),
        ({"file_format": "pdf"}, "--format 只能是 xlsx、docx"),
    ],
)
def test_what_cannot_be_written_is_refused_in_words(tmp_path: Path, options: dict[str, str], sentence: str) -> None:
    with pytest.raises(PlainError, match=sentence):
        write_templates(Home(tmp_path / "none"), CAMPAIGN, FORM, tmp_path, **options)  # type: ignore[arg-type]


PUTUO = load_campaign("putuo_2024_2026")


def task_numbers(path: Path) -> list[object]:
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    return [sheet.cell(row, 1).value for row in range(6, sheet.max_row + 1)]


def test_a_task_table_holds_the_rows_that_the_unit_leads(tmp_path: Path) -> None:
    tasks, home = PUTUO.form("lead_tasks"), Home(tmp_path / "none")
    [path] = write_templates(home, PUTUO, tasks, tmp_path, unit="区文化旅游局", period="2024-05")
    # as a committee member 1, 2, 5, 6, 18 and as one that may be concerned 20, 26, 30-33; as a regulator 10; by name 34
    assert task_numbers(path) == ["1", "2", "5", "6", "10", "18", "20", "26", "30", "31", "32", "33", "34"]
    [blank] = write_templates(home, PUTUO, tasks, tmp_path, period="2024-05")
    assert task_numbers(blank) == [str(number) for number in range(1, 36)]


def test_only_the_units_of_the_duty_get_a_form(tmp_path: Path) -> None:
    tasks = PUTUO.form("lead_tasks")
    written = write_templates(Home(tmp_path / "none"), PUTUO, tasks, tmp_path, unit="all", period="2024-05")
    assert len(written) == 13
    assert all("街道" not in path.name for path in written)


def test_a_text_is_written_in_word_and_a_narrative_also_in_excel(tmp_path: Path) -> None:
    narrative, home = PUTUO.form("lead_narrative"), Home(tmp_path / "none")
    [path] = write_templates(home, PUTUO, narrative, tmp_path, period="2024-05")
    assert path.name == "2024-05_lead_narrative.docx"
    [path] = write_templates(home, PUTUO, narrative, tmp_path, unit="区应急局", period="2024-05", file_format="xlsx")
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None and sheet.protection.sheet
    assert [(sheet.cell(row, 1).value, sheet.cell(row, 1).protection.locked) for row in range(1, 13)] == [
        ("治本攻坚三年行动工作开展情况", True),
        ("填报单位：区应急局　　报送期：2024年5月　　填报时间： 年 月 日", False),
        ("亮点工作", True),
        (None, False),
        ("困难问题", True),
        (None, False),
        ("重大隐患情况", True),
        (None, False),
        ("整改计划", True),
        (None, False),
        ("填报人: _____", False),
        ("审核人: _____", False),
    ]
    with pytest.raises(PlainError, match="--format 只能是 docx"):
        plan = PUTUO.form("sub_plan")
        write_templates(home, PUTUO, plan, tmp_path, file_format="xlsx")


TASK_MARTS = """
create table marts.fct_task_progress as
select 'putuo_2024_2026' as campaign_id, 'lead_tasks' as form_id, '310107D10' as unit_id, * from (values
    ('PT2024-13', '2024-04', 1, '未启动'),
    ('PT2024-13', '2024-05', 2, '推进中'),
    ('PT2024-13', '2024-06', null, '漏报'),
    ('PT2024-25', '2024-07', 3, '已完成')
) t (task_id, period, step, status_name);
create table marts.dim_tasks as
select 'baoshan_soe_2024' as campaign_id, * from (values
    ('OWNER', '1', '更换老旧电线', '设备部', '年底前', cast(null as varchar), 1),
    ('OWNER', '2', '仓库加装喷淋', '仓储部', '11月', '2024-11', 2),
    (null, '3', '公文的任务', '各单位', null, null, 3)
) t (owner_unit_id, number, goal, lead_units, due_text, due_month, position);
"""


def test_a_task_says_what_its_unit_last_reported(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    publish_small_city(home, TASK_MARTS)
    tasks = PUTUO.form("lead_tasks")
    [path] = write_templates(home, PUTUO, tasks, tmp_path, unit="区应急局", period="2024-07")
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    row = task_numbers(path).index("13") + 6
    prompts = {str(rule.sqref): rule.prompt for rule in sheet.data_validations.dataValidation}
    assert str(prompts[f"F{row}"]).endswith("2024-05 报的是 推进中。")
    assert [str(text) for text in prompts.values() if "报的是" in str(text)] == [prompts[f"F{row}"]]


def test_a_unit_finds_its_own_tasks_again_and_may_change_them(tmp_path: Path) -> None:
    campaign, home = load_campaign("baoshan_soe_2024"), Home(tmp_path / "home")
    enterprise = next(unit for unit in campaign.units if unit.unit_name.startswith("区属企业甲"))
    publish_small_city(home, TASK_MARTS.replace("OWNER", enterprise.unit_id))
    form = campaign.form("task_progress")
    [path] = write_templates(home, campaign, form, tmp_path, unit=enterprise.unit_id, period="2024-06")
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    assert [[sheet.cell(row, column).value for column in range(1, 6)] for row in (6, 7, 8)] == [
        ["1", "更换老旧电线", "设备部", "年底前", None],
        ["2", "仓库加装喷淋", "仓储部", "2024年11月", None],
        [None] * 5,
    ]
    assert not sheet["B6"].protection.locked and not sheet.protection.insertRows


def test_the_definition_of_an_item_is_shown_while_it_is_filled_in(tmp_path: Path) -> None:
    [path] = write_templates(Home(tmp_path / "none"), CAMPAIGN, FORM, tmp_path)
    assert messages(path)["第 3.2 项（家次）"] == (
        "填行动开始以来的累计数：不小于 0 的整数，不写单位；没有发生填 0。口径：按家次计，同一企业帮扶多次计多次。"
    )


REGISTER_MARTS = """
create table marts.fct_register_entries as
select 'baoshan_soe_2024' as campaign_id, 'hazard_register' as form_id, 'OWNER' as unit_id, 1 as version, * from (values
    ('H10', '2024', true), ('H2', '2024', true), ('H1', '2024', false)
) t (row_key, entry_first_period, is_current);
create table marts.fct_register_values as
select
    'baoshan_soe_2024' as campaign_id, 'hazard_register' as form_id, 'OWNER' as unit_id, 1 as version,
    1 as cell_position, row_key, column_id, printed_value, cast(number_value as decimal(18, 4)) as number_value,
    cast(date_value as date) as date_value
from (values
    ('H10', 'hazard_number', 'H10', null, null),
    ('H10', 'level', '重大', null, null),
    ('H10', 'found_on', '2024年3月1日', null, '2024-03-01'),
    ('H10', 'funds', '2万元', 2.5, null),
    ('H2', 'hazard_number', 'H2', null, null),
    ('H2', 'due_on', '年底', null, null),
    ('H1', 'hazard_number', 'H1', null, null)
) t (row_key, column_id, printed_value, number_value, date_value);
"""


def test_a_unit_goes_on_from_the_register_it_last_sent(tmp_path: Path) -> None:
    campaign, home = load_campaign("baoshan_soe_2024"), Home(tmp_path / "home")
    enterprise = next(unit for unit in campaign.units if unit.unit_name.startswith("区属企业甲"))
    publish_small_city(home, REGISTER_MARTS.replace("OWNER", enterprise.unit_id))
    form = campaign.form("hazard_register")
    [path] = write_templates(home, campaign, form, tmp_path, unit=enterprise.unit_id, period="2025")
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    places = {column.column_id: number for number, column in enumerate(form.columns, start=1)}
    shown = ("hazard_number", "level", "found_on", "funds", "due_on")
    assert [[sheet.cell(row, places[name]).value for name in shown] for row in (6, 7, 8)] == [
        ["H2", None, None, None, "年底"],
        ["H10", "重大", datetime(2024, 3, 1), 2.5, None],
        [None] * 5,
    ]
    assert not any(cell.protection.locked for cell in sheet[6])
