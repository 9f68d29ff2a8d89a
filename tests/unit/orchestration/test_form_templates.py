"""Forms to send out: for whom, for when, and with what the unit last reported beside the cells."""

from pathlib import Path

import openpyxl
import pytest

from campaigns.load import load_campaign
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


def test_the_last_figures_stand_beside_the_cells_and_not_in_them(home: Home, tmp_path: Path) -> None:
    [path] = write_templates(home, CAMPAIGN, FORM, tmp_path, unit="海州街道", period="2023-08")
    shown = messages(path)
    assert "2023-07 报的是 12个。" in shown["第 1.1 项（个）"]
    assert "2023-07 报的是 金额12.5万元。" in shown["第 3.3 项（次、万元）"]
    assert "报的是" not in shown["第 4.6 项"]
    assert figures(path) == [None] * 32


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
        ({"file_format": "pdf"}, "只能是 xlsx、docx"),
    ],
)
def test_what_cannot_be_written_is_refused_in_words(tmp_path: Path, options: dict[str, str], sentence: str) -> None:
    with pytest.raises(PlainError, match=sentence):
        write_templates(Home(tmp_path / "none"), CAMPAIGN, FORM, tmp_path, **options)  # type: ignore[arg-type]
