"""Our own lists and texts, filled in as they were sent out, are read without a question: all of every campaign."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from campaigns.calendar import DueDate
from campaigns.form_columns import LIST_KINDS
from campaigns.load import load_all
from campaigns.model import Campaign, Column, Form, Unit
from campaigns.selectors import reporting_units
from campaigns.vocabulary import RuleClass
from ingest.parse import parse_file
from ingest.parsed import ParsedSubmission
from orchestration.form_templates import write_templates
from orchestration.home import Home

HOME = Home(Path("nowhere"))
CAMPAIGNS = load_all()
LISTS = [(c, form) for c in CAMPAIGNS.values() for form in c.forms if form.kind in LIST_KINDS]
TEXTS = [(c, form) for c in CAMPAIGNS.values() for form in c.forms if form.kind in ("narrative", "document")]


def names(forms: list[tuple[Campaign, Form]]) -> list[str]:
    return [f"{campaign.campaign_id}-{form.form_id}" for campaign, form in forms]


def first_report(campaign: Campaign, form: Form) -> tuple[DueDate, Unit]:
    """The form's first period and a unit that reports it."""
    due = next(due for due in HOME.due_dates(campaign) if due.form_id == form.form_id)
    duty = next(duty for duty in campaign.duties if duty.duty_id == due.duty_id)
    return due, reporting_units(campaign, duty, due.cutoff_on)[0]


def typed(column: Column, due: DueDate, unit: Unit) -> Any:
    """What a careful clerk types into a cell of the column."""
    if column.choices:
        return column.choices[0].label
    day = due.cutoff_on - timedelta(days=3)
    return {
        "integer": 3,
        "decimal": 1.5,
        "date": day,
        "month": f"{due.cutoff_on.year}年{due.cutoff_on.month}月",
        "yes_no": "是",
        "unit": unit.unit_name,
        "units": unit.unit_name,
        "phone": "13800000000",
        "task_number": "1",
    }.get(column.type, f"测试{column.label}")


def stamped(line: str, due: DueDate) -> str:
    day = due.cutoff_on
    assert " 年 月 日" in line
    return line.replace(" 年 月 日", f"{day.year}年{day.month}月{day.day}日")


def fill_in_book(path: Path, form: Form, due: DueDate, unit: Unit) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet is not None
    head = next(row for row in range(1, 10) if sheet.cell(row, 1).value == form.columns[0].label)
    for row in range(1, head):
        text = str(sheet.cell(row, 1).value)
        if " 年 月 日" in text:
            sheet.cell(row, 1).value = stamped(text, due)
    for position, column in enumerate(form.columns, start=1):
        cell = sheet.cell(head + 1, position)
        if not cell.protection.locked:
            cell.value = typed(column, due, unit)
    book.save(path)


def fill_in_document(path: Path, form: Form, due: DueDate, unit: Unit) -> None:
    document = docx.Document(str(path))
    for paragraph in document.paragraphs:
        if " 年 月 日" in paragraph.text:
            paragraph.text = stamped(paragraph.text, due)
    cells = document.tables[0].rows[1].cells
    for column, cell in zip(form.columns, cells, strict=True):
        if not cell.text:
            value = typed(column, due, unit)
            cell.text = value.isoformat() if isinstance(value, date) else str(value)
    document.save(str(path))


def read(path: Path, campaign: Campaign, due: DueDate) -> ParsedSubmission:
    dates = HOME.due_dates(campaign)
    [found] = parse_file(path.read_bytes(), path.name, (), campaign, dates, due.due_on)
    return found


def broken(found: ParsedSubmission) -> list[str]:
    return [problem.message for problem in found.problems if problem.rule_class is RuleClass.MANDATORY]


def kept(found: ParsedSubmission, row_number: int) -> Iterator[tuple[str, Any]]:
    for cell in found.list_cells:
        if cell.row_number == row_number:
            yield cell.column_id, next(value for value in (cell.number, cell.day, cell.text) if value is not None)


@pytest.mark.parametrize("file_format", ["xlsx", "docx"])
@pytest.mark.parametrize(("campaign", "form"), LISTS, ids=names(LISTS))
def test_a_list_filled_in_is_read(tmp_path: Path, campaign: Campaign, form: Form, file_format: str) -> None:
    due, unit = first_report(campaign, form)
    options = {"period": due.period, "unit": unit.unit_id, "file_format": file_format}
    [path] = write_templates(HOME, campaign, form, tmp_path, **options)
    fill = fill_in_book if file_format == "xlsx" else fill_in_document
    fill(path, form, due, unit)
    found = read(path, campaign, due)
    assert (broken(found), found.quarantined) == ([], False)
    assert (found.form_id, found.form_version) == (form.form_id, form.version)
    assert (found.unit_id, found.period, found.filled_on) == (unit.unit_id, due.period, due.cutoff_on)
    first_row = min(cell.row_number for cell in found.list_cells)
    row = dict(kept(found, first_row))
    assert row.keys() >= {column.column_id for column in form.columns if column.required}
    for column in form.columns:
        if column.type in ("integer", "decimal", "date") or column.column_id in ("progress", "evidence"):
            assert row[column.column_id] == typed(column, due, unit)


@pytest.mark.parametrize(("first_cell", "asked"), [("本期无", []), (None, ["一行也没有填"])])
def test_a_list_with_nothing_to_tell_says_so_and_a_blank_one_is_returned(
    tmp_path: Path, first_cell: str | None, asked: list[str]
) -> None:
    campaign = CAMPAIGNS["baoshan_soe_2024"]
    form = campaign.form("hazard_register")
    due, unit = first_report(campaign, form)
    [path] = write_templates(HOME, campaign, form, tmp_path, period=due.period, unit=unit.unit_id)
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["A6"] = first_cell
    book.save(path)
    sentences = broken(read(path, campaign, due))
    assert len(sentences) == len(asked)
    assert all(words in sentence for words, sentence in zip(asked, sentences, strict=True))


@pytest.mark.parametrize(("campaign", "form"), TEXTS, ids=names(TEXTS))
def test_a_text_written_under_its_headings_is_read(tmp_path: Path, campaign: Campaign, form: Form) -> None:
    due, unit = first_report(campaign, form)
    [path] = write_templates(HOME, campaign, form, tmp_path, period=due.period, unit=unit.unit_id)
    document = docx.Document(str(path))
    parts = form.narrative.parts if form.narrative else ()
    for number, paragraph in enumerate(document.paragraphs):
        if " 年 月 日" in paragraph.text:
            paragraph.text = stamped(paragraph.text, due)
        if number > 1 and any(paragraph.text == part.label for part in parts):  # below title and stamped line
            document.paragraphs[number + 1].text = f"测试内容：{paragraph.text}写了一段。"
    if form.kind == "document":  # free text under title and stamp
        document.paragraphs[3].text = "测试内容：写了一段。"
    document.save(str(path))
    found = read(path, campaign, due)
    assert (broken(found), found.quarantined) == ([], False)
    assert (found.form_id, found.unit_id, found.period) == (form.form_id, unit.unit_id, due.period)
    assert {passage.part_id: passage.text for passage in found.passages} == {
        part.part_id: f"测试内容：{part.label}写了一段。" for part in parts
    }


def test_a_narrative_written_into_the_excel_form_is_read(tmp_path: Path) -> None:
    putuo = CAMPAIGNS["putuo_2024_2026"]
    form = putuo.form("lead_narrative")
    due, unit = first_report(putuo, form)
    [path] = write_templates(HOME, putuo, form, tmp_path, unit=unit.unit_id, period=due.period, file_format="xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet is not None
    sheet["A2"] = stamped(str(sheet["A2"].value), due)
    sheet["A4"], sheet["A6"], sheet["A8"], sheet["A10"] = (
        "开展检查12次。\n新建专家库。",
        "人手不足。",
        "无",
        "月底前整改。",
    )
    sheet["A11"], sheet["A12"] = "填表人: 测试员甲", "审核人: 测试员乙"
    book.save(path)
    found = read(path, putuo, due)
    assert (found.unit_id, found.period, found.filler, found.reviewer) == (
        unit.unit_id,
        due.period,
        "测试员甲",
        "测试员乙",
    )
    assert {passage.part_id: passage.text for passage in found.passages} == {
        "highlights": "开展检查12次。\n新建专家库。",
        "difficulties": "人手不足。",
        "major_hazards": "无",
        "rectification_plan": "月底前整改。",
    }
    assert broken(found) == []
