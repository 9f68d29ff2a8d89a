"""Reports that are ordered, written, proved and given out, or held back, or refused."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from campaigns.load import load_campaign
from campaigns.vocabulary import OutputKind
from orchestration.errors import PlainError
from orchestration.finished_reports import finish_file, write_reports
from orchestration.first_steps import make_home
from orchestration.home import Home
from orchestration.lookup import orders_called
from orchestration.report_orders import ReportOrder, orders_of_period
from reports.report_kinds import files_of
from reports.report_request import ReportRequest
from tests.unit.reports.snapshot_builder import build_snapshot

HAICHENG = load_campaign("haicheng_2023")
CONSOLIDATED = ReportOrder("haicheng_2023", OutputKind.CONSOLIDATED, "progress", "2023-06")
AREA_TOTAL = replace(CONSOLIDATED, kind=OutputKind.AREA_TOTAL)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home whose published June has no form of any unit."""
    home = Home(tmp_path / "home")
    make_home(home)
    days = {"cutoff_on": date(2023, 6, 24), "due_on": date(2023, 6, 25)}
    build_snapshot(home.published, HAICHENG, HAICHENG.form("progress"), "2023-06", {}, **days)
    return home


def test_a_period_has_the_reports_that_the_outputs_name() -> None:
    assert orders_of_period(HAICHENG, "2023-06") == [CONSOLIDATED, AREA_TOTAL]
    assert orders_of_period(HAICHENG, "2024-01") == []  # after the last period


def test_a_report_may_be_asked_for_beyond_the_outputs() -> None:
    """长宁 names no report to the level above; whoever wants the totals in the form's layout gets them."""
    changning = load_campaign("changning_2023")
    order = ReportOrder("changning_2023", OutputKind.AREA_TOTAL, "progress", "2023-07")
    assert orders_called(changning, "2023-07", "area_total", None) == [order]
    with pytest.raises(PlainError, match="没有规定要写的报表；这一期可用 --kind 写的：无"):
        orders_called(changning, "2022-07", "area_total", None)


def test_a_form_narrows_what_is_written() -> None:
    assert orders_called(HAICHENG, "2023-06", None, "progress") == [CONSOLIDATED, AREA_TOTAL]
    with pytest.raises(PlainError, match="haicheng_2023 work_plan 2023-06 没有规定要写的报表"):
        orders_called(HAICHENG, "2023-06", None, "work_plan")


def test_ordered_reports_stand_under_their_names(home: Home) -> None:
    written = write_reports(home, [CONSOLIDATED, AREA_TOTAL])
    folder = home.reports / "haicheng_2023" / "2023-06"
    names = ["汇总表_progress_2023-06.xlsx", "合计上报表_progress_2023-06.xlsx"]
    assert [report.path for report in written] == [folder / name for name in names]
    assert sorted(path.name for path in folder.iterdir()) == sorted(names)


def test_reports_go_to_another_folder_when_asked(home: Home, tmp_path: Path) -> None:
    (report,) = write_reports(home, [AREA_TOTAL], folder=tmp_path / "desk")
    assert report.path == tmp_path / "desk" / "合计上报表_progress_2023-06.xlsx"
    assert list(home.reports.rglob("*.xlsx")) == []


def test_what_the_marts_do_not_hold_is_refused_with_a_sentence_and_leaves_no_file(home: Home) -> None:
    (report,) = write_reports(home, [replace(CONSOLIDATED, period="2023-07")])
    assert (report.is_handed_in, report.is_held_back) == (False, False)
    assert report.refusal.startswith("发布的数据里没有 haicheng_2023 progress 2023-07 这一期。")
    assert list(home.reports.rglob("*.xlsx")) == []


def test_a_file_that_does_not_say_what_the_marts_say_is_held_back_and_the_earlier_one_stays(home: Home) -> None:
    (file,) = files_of(OutputKind.CONSOLIDATED)
    request = ReportRequest(home.current, HAICHENG, "2023-06", "progress")
    folder = home.reports / "haicheng_2023" / "2023-06"
    (earlier,) = write_reports(home, [CONSOLIDATED])
    assert earlier.path is not None
    content = earlier.path.read_bytes()

    def write_and_change(path: Path, of: ReportRequest) -> None:
        file.write(path, of)
        workbook = openpyxl.load_workbook(path)
        workbook["报送情况"]["A4"] = 99  # the first unit's 序号
        workbook.save(path)

    report = finish_file(replace(file, write=write_and_change), CONSOLIDATED, request, folder)
    assert (report.is_handed_in, report.is_held_back) == (False, True)
    changed = "报送情况!A4 报送情况 第 1 行 序号：文件为“99”，数据为“1”。"
    assert any(sentence.startswith(changed) for sentence in report.differences)
    assert earlier.path.read_bytes() == content
    assert [path.name for path in folder.iterdir()] == ["汇总表_progress_2023-06.xlsx"]
