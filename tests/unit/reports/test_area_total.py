"""The area's totals in the form's own layout, read back."""

from __future__ import annotations

import shutil
from pathlib import Path

import docx
import openpyxl
import pytest

from campaigns.model import Campaign
from reports.consolidation.area_total import verify_area_total, write_area_total
from reports.published import ReportError
from tests.unit.reports.small_city import CAMPAIGN, FORM, PERIOD, change_cell


def with_reading(reading: str) -> Campaign:
    data = CAMPAIGN.model_dump()
    data["contradictions"][0]["reading"] = reading
    return Campaign.model_validate(data)


@pytest.fixture(scope="module")
def total_form(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("total") / "total.xlsx"
    return write_area_total(target, published, CAMPAIGN, FORM, PERIOD, "on_request")


def test_the_totals_stand_in_the_forms_own_cells(total_form: Path) -> None:
    workbook = openpyxl.load_workbook(total_form)
    sheet = workbook.active
    assert sheet["A3"].value == "小城市 镇(街)、成员单位(加盖公章)。填表时间:2023年6月26日"
    values = [sheet[place].value for place in ("D4", "G4", "D5", "G5", "D6", "G6")]
    assert values == [18, 12, "5次，12.8万元", "5个，其中2个", "是", 12]
    assert workbook.properties.keywords == "taizhang:form=small;version=2023-06;unit=999999;period=2023-06"
    assert (
        sheet["B8"].value
        == "2023年6月应报 5 家，已报 4 家；未报 1 家（丙镇），其数未计入；第 2.3 项 2 家作答，1 家为“是”；"
        "口径按 X1、X15（全文见汇总表或口径登记）。"
    )


def test_the_foot_says_to_whom_it_may_be_shown(total_form: Path, published: Path, tmp_path: Path) -> None:
    """R112: the other printed tables said it, the form that is handed up did not."""
    sheet = openpyxl.load_workbook(total_form).active
    assert sheet.cell(sheet.max_row, 1).value == "信息公开形式：依申请公开"
    path = write_area_total(tmp_path / "total.docx", published, CAMPAIGN, FORM, PERIOD)
    assert docx.Document(str(path)).paragraphs[-1].text == "信息公开形式：公文未写明，由编制单位确定"


def test_the_word_form_holds_the_same_totals(published: Path, tmp_path: Path) -> None:
    path = write_area_total(tmp_path / "total.docx", published, CAMPAIGN, FORM, PERIOD)
    cells = [cell.text for row in docx.Document(str(path)).tables[0].rows for cell in row.cells]
    assert cells[3::7] == ["18", "5次，12.8万元", "是"]
    assert cells[6::7] == ["12", "5个，其中2个", "12"]
    assert verify_area_total(path, published, CAMPAIGN, FORM, PERIOD) == []


@pytest.mark.parametrize(("reading", "printed"), [("any", "是"), ("all", "否")])
def test_yes_or_no_follows_the_named_reading(published: Path, tmp_path: Path, reading: str, printed: str) -> None:
    path = write_area_total(tmp_path / "total.xlsx", published, with_reading(reading), FORM, PERIOD)
    assert openpyxl.load_workbook(path).active["D6"].value == printed


def test_an_unknown_reading_is_refused(published: Path, tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="upward_yes_no 只能是 any 或 all，现为 most"):
        write_area_total(tmp_path / "total.xlsx", published, with_reading("most"), FORM, PERIOD)


def test_another_file_type_is_refused(published: Path, tmp_path: Path) -> None:
    with pytest.raises(ReportError, match=r"应为 \.xlsx 或 \.docx"):
        write_area_total(tmp_path / "total.pdf", published, CAMPAIGN, FORM, PERIOD)


def test_reading_back_finds_nothing_in_an_untouched_form(total_form: Path, published: Path) -> None:
    assert verify_area_total(total_form, published, CAMPAIGN, FORM, PERIOD) == []


def test_reading_back_finds_a_changed_total(total_form: Path, published: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(total_form, tmp_path / "copy.xlsx"))
    change_cell(copy, 1, "D4", "<v>18</v>", "<v>81</v>")
    found = verify_area_total(copy, published, CAMPAIGN, FORM, PERIOD)
    assert [(difference.what, difference.printed, difference.expected) for difference in found] == [
        ("企业自查发现(个)", "81", "18")
    ]
