"""Our forms, filled in and saved by LibreOffice: what was typed is read, and the form stays the form it was.

Skipped where LibreOffice is not installed (`make test-tools`).
"""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from campaigns.load import load_campaign
from campaigns.model import Campaign
from ingest.files.open_file import open_file
from ingest.parse import parse_file
from ingest.parsed import ParsedSubmission
from ingest.senders.identity import Marker, read_marker
from orchestration.form_templates import write_templates
from orchestration.home import Home
from tests.published_city import publish_small_city

SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed; see `make test-tools`")

HAICHENG, PUTUO, BAOSHAN = map(load_campaign, ("haicheng_2023", "putuo_2024_2026", "baoshan_soe_2024"))
PROGRESS_XLSX = "海州街道_2023-08_progress.xlsx"
PROGRESS_DOCX = "海州街道_2023-08_progress.docx"
TASKS_XLSX = "区应急局_2024-05_lead_tasks.xlsx"
REGISTER_XLSX = "区属企业甲（虚构）_2024_hazard_register.xlsx"
TASKS_DOCX = "区应急局_2024-05_lead_tasks.docx"
NARRATIVE_DOCX = "区应急局_2024-05_lead_narrative.docx"


def type_into_book(path: Path, cells: dict[str, Any]) -> None:
    book = openpyxl.load_workbook(path)
    assert book.active is not None
    for place, value in cells.items():
        book.active[place] = value
    book.save(path)


def fill_in(home: Home, folder: Path) -> None:
    """Write the forms and type into them: two figures, two notes, a task's status, a register's row, a paragraph."""
    progress = HAICHENG.form("progress")
    for file_format in ("xlsx", "docx"):
        write_templates(home, HAICHENG, progress, folder, unit="海州街道", period="2023-08", file_format=file_format)
    for form_id, file_format in (("lead_tasks", "xlsx"), ("lead_tasks", "docx"), ("lead_narrative", "docx")):
        form, whose = PUTUO.form(form_id), {"unit": "区应急局", "period": "2024-05"}
        write_templates(home, PUTUO, form, folder, file_format=file_format, **whose)
    write_templates(home, BAOSHAN, BAOSHAN.form("hazard_register"), folder, unit="区属企业甲（虚构）", period="2024")
    stamp = "海州街道 镇(街)、开发区、市安委会成员单位(加盖公章)。填表时间: 2023年8月24日"
    typed = {"A3": stamp, "D4": 15, "D12": "4次，13万元", "B21": "新查处一起", "A20": "填表人: 测试员甲"}
    type_into_book(folder / PROGRESS_XLSX, typed)
    type_into_book(folder / TASKS_XLSX, {"F6": "推进中", "G6": "已印发方案"})
    type_into_book(folder / REGISTER_XLSX, {"A6": "007", "D6": "重大", "E6": date(2024, 3, 15), "H6": 1.5})
    with edited(folder / PROGRESS_DOCX) as document:
        document.paragraphs[2].text = stamp
        document.tables[0].rows[0].cells[3].text = "15"
        document.tables[0].rows[8].cells[3].text = "4次，13万元"
    with edited(folder / TASKS_DOCX) as document:
        choose(document.tables[0].rows[1].cells[5], "推进中")
        document.tables[0].rows[1].cells[6].text = "已印发方案"
    with edited(folder / NARRATIVE_DOCX) as document:
        document.paragraphs[3].text = "测试：开展了一次检查。"


def choose(cell: Any, word: str) -> None:
    """Choose from the cell's drop-down list, as Word stores it: the text changes and the prompt's mark goes."""
    [control] = cell._tc.iter(qn("w:sdt"))
    assert word in [entry.get(qn("w:value")) for entry in control.iter(qn("w:listItem"))]
    prompt = control.find(f".//{qn('w:showingPlcHdr')}")
    prompt.getparent().remove(prompt)
    control.find(f".//{qn('w:t')}").text = word


@contextmanager
def edited(path: Path) -> Iterator[Any]:
    document = docx.Document(str(path))
    yield document
    document.save(str(path))


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the forms as LibreOffice saved them."""
    folder = tmp_path_factory.mktemp("libreoffice")
    home, typed, saved = Home(folder / "home"), folder / "typed", folder / "saved"
    publish_small_city(home)
    fill_in(home, typed)
    for ending in ("xlsx", "docx"):
        files = sorted(typed.glob(f"*.{ending}"))
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [
            str(SOFFICE),
            profile,
            "--headless",
            "--convert-to",
            ending,
            "--outdir",
            str(saved),
            *map(str, files),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
    return saved


def read(path: Path, campaign: Campaign = HAICHENG, received_on: date = date(2023, 8, 25)) -> ParsedSubmission:
    dates = Home(path.parent / "none").due_dates(campaign)
    [found] = parse_file(path.read_bytes(), path.name, (), campaign, dates, received_on)
    return found


@pytest.mark.parametrize("name", [PROGRESS_XLSX, PROGRESS_DOCX])
def test_figures_typed_into_a_saved_form_are_read_and_last_figures_are_not(saved: Path, name: str) -> None:
    found = read(saved / name)
    assert (found.unit_id, found.period, found.filled_on) == ("210381001", "2023-08", date(2023, 8, 24))
    assert {(cell.item_code, cell.part): cell.value for cell in found.cells if cell.state.has_number} == {
        ("1.1", "value"): Decimal(15),
        ("3.3", "count"): Decimal(4),
        ("3.3", "amount"): Decimal(13),
    }


def test_the_explanation_and_the_name_are_read(saved: Path) -> None:
    found = read(saved / PROGRESS_XLSX)
    assert (found.explanations, found.filler) == ((("新查处一起", "调度表!A21", ""),), "测试员甲")


@pytest.mark.parametrize(
    ("name", "marker"),
    [
        (PROGRESS_XLSX, Marker("progress", "2023-06", "210381001", "2023-08")),
        (PROGRESS_DOCX, Marker("progress", "2023-06", "210381001", "2023-08")),
        (TASKS_XLSX, Marker("lead_tasks", "2024-03", "310107D10", "2024-05")),
        (NARRATIVE_DOCX, Marker("lead_narrative", "2024-03", "310107D10", "2024-05")),
        (REGISTER_XLSX, Marker("hazard_register", "2024-12", "310113E01", "2024")),
    ],
)
def test_the_marker_is_kept(saved: Path, name: str, marker: Marker) -> None:
    assert read_marker(open_file((saved / name).read_bytes(), name).contents.marker) == marker


def test_labels_stay_closed_cells_open_and_entries_checked(saved: Path) -> None:
    sheet = openpyxl.load_workbook(saved / PROGRESS_XLSX).active
    assert sheet is not None and sheet.protection.sheet
    assert [sheet[place].protection.locked for place in ("C4", "D4", "A3", "B21")] == [True, False, False, False]
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    assert rules["D4"].type == "whole"
    assert rules["G18"].formula1 == '"是,否"'
    assert "2023-07 报的是 12个。" in str(rules["D4"].prompt)


def test_a_list_keeps_its_rows_its_choices_and_its_text_numbers(saved: Path) -> None:
    tasks, register = (openpyxl.load_workbook(saved / name).active for name in (TASKS_XLSX, REGISTER_XLSX))
    assert tasks is not None and register is not None
    assert [tasks.cell(6, column).value for column in (1, 6, 7)] == ["1", "推进中", "已印发方案"]
    assert (tasks["B6"].protection.locked, tasks["F6"].protection.locked) == (True, False)
    assert any(rule.formula1 == '"未启动,推进中,已完成"' for rule in tasks.data_validations.dataValidation)
    assert [register.cell(6, column).value for column in (1, 4, 8)] == ["007", "重大", 1.5]
    assert register["E6"].value.date() == date(2024, 3, 15)
    rules = {rule.formula1: str(rule.sqref) for rule in register.data_validations.dataValidation}
    assert rules['"一般,重大"'] == "D6:D1005"


@pytest.mark.parametrize("name", [TASKS_XLSX, TASKS_DOCX])
def test_what_was_typed_into_a_task_table_is_read(saved: Path, name: str) -> None:
    found = read(saved / name, PUTUO, date(2024, 5, 24))
    assert (found.form_id, found.unit_id, found.period) == ("lead_tasks", "310107D10", "2024-05")
    first = min(cell.row_number for cell in found.list_cells)
    row = {cell.column_id: cell.text for cell in found.list_cells if cell.row_number == first}
    assert (row["number"], row["status"], row["progress"]) == ("PT2024-01", "in_progress", "已印发方案")
    assert [cell.row_number for cell in found.list_cells if cell.column_id == "status"] == [first]  # no prompt is read


def test_a_row_of_a_register_and_a_narrative_are_read(saved: Path) -> None:
    register = read(saved / REGISTER_XLSX, BAOSHAN, date(2024, 12, 31))
    row = {cell.column_id: cell.text or cell.number or cell.day for cell in register.list_cells}
    assert row == {"hazard_number": "007", "level": "major", "found_on": date(2024, 3, 15), "funds": Decimal("1.5")}
    narrative = read(saved / NARRATIVE_DOCX, PUTUO, date(2024, 5, 24))
    assert {passage.part_id: passage.text for passage in narrative.passages} == {"highlights": "测试：开展了一次检查。"}
    document = docx.Document(str(saved / NARRATIVE_DOCX))
    assert document.sections[0].header.paragraphs[0].text.startswith("填写说明 1. 全文 800 字以内。")
