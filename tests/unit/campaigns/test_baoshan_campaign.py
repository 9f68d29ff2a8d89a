"""The campaign as data says what its governing document says (宝国资委〔2024〕11号)."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from campaigns.calendar import DueDate, WorkCalendar, due_dates
from campaigns.load import load_campaign
from campaigns.model import Campaign
from campaigns.reporters import expected_events, expected_reports, upstream_reports
from tests.unit.campaigns.copied_campaigns import copy_of, loaded


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    return load_campaign("baoshan_soe_2024")


@pytest.fixture(scope="module")
def dates(campaign: Campaign) -> list[DueDate]:
    return due_dates(campaign, WorkCalendar())


def test_six_enterprises_report_under_names_marked_as_invented(campaign: Campaign) -> None:
    enterprises = [unit for unit in campaign.units if unit.unit_kind == "区管企业"]
    assert [unit.unit_name for unit in enterprises] == [f"区属企业{letter}（虚构）" for letter in "甲乙丙丁戊己"]
    assert all(unit.source.startswith("虚构") for unit in enterprises)
    assert Counter(unit.risk_class for unit in enterprises) == {"general": 4, "high": 2}


def test_the_real_enterprises_take_one_file(tmp_path: Path) -> None:
    folder = copy_of("baoshan_soe_2024", tmp_path)
    rows = (folder / "units.csv").read_text(encoding="utf-8").splitlines()
    real = ["310113S01,某集团,区管企业,city_level,1,某集团公司,2024-03-29,,名单,high"]
    (folder / "units.csv").write_text("\n".join([rows[0], *real, rows[-1]]) + "\n", encoding="utf-8")
    campaign = loaded(folder)
    reports = expected_reports(campaign, due_dates(campaign, WorkCalendar()))
    assert [r.unit_id for r in reports if r.duty_id == "work_plan_once"] == ["310113S01"]
    assert campaign.directory().parent("310113S01", "state_assets", date(2024, 6, 20)) == "310113D01"


def test_plan_and_task_list_are_due_at_the_end_of_april_2024(dates: list[DueDate]) -> None:
    april = [(due.form_id, str(due.due_on)) for due in dates if due.period == "2024-04"]
    assert april == [("work_plan", "2024-04-30"), ("task_list", "2024-04-30")]


def test_the_prescribed_headings_and_columns(campaign: Campaign) -> None:
    assert [part.label for part in campaign.form("work_plan").headings] == ["工作目标", "主要任务", "保障措施"]
    required = [column.label for column in campaign.form("task_list").columns if column.required]
    assert required == ["项目内容", "责任单位", "完成时限"]


def test_progress_is_due_by_the_20th_whatever_day_that_is(dates: list[DueDate]) -> None:
    monthly = [due for due in dates if due.form_id == "work_report"]
    assert [(due.period, str(due.due_on)) for due in monthly[:4]] == [
        ("2024-05", "2024-05-20"),
        ("2024-06", "2024-06-20"),
        ("2024-07", "2024-07-20"),  # a Saturday
        ("2024-08", "2024-08-20"),
    ]
    assert (len(monthly), monthly[-1].period) == (32, "2026-12")
    assert [due.period for due in dates if due.form_id == "task_progress"][-1] == "2024-12"


def test_risk_assessment_reports_are_due_in_the_first_half_of_2024(campaign: Campaign, dates: list[DueDate]) -> None:
    reports = [r for r in expected_reports(campaign, dates) if r.form_id == "risk_assessment"]
    assert (len(reports), {str(report.due_on) for report in reports}) == (6, {"2024-06-30"})


def test_high_risk_enterprises_inspect_each_month_and_the_others_each_quarter(campaign: Campaign) -> None:
    events = [event for event in expected_events(campaign) if event.event == "leader_inspection"]
    high, general = "310113E03", "310113E01"
    assert [event.period for event in events if event.unit_id == high][:3] == ["2024-04", "2024-05", "2024-06"]
    assert [event.period for event in events if event.unit_id == general][:3] == ["2024Q2", "2024Q3", "2024Q4"]
    assert Counter(event.unit_id for event in events)[high] == 33
    assert Counter(event.unit_id for event in events)[general] == 11


def test_drills_are_yearly_and_half_yearly_where_the_risk_is_high(campaign: Campaign) -> None:
    events = [event for event in expected_events(campaign) if event.event == "evacuation_drill"]
    assert [event.period for event in events if event.unit_id == "310113E01"] == ["2024", "2025", "2026"]
    assert [event.period for event in events if event.unit_id == "310113E05"][:3] == ["2024H1", "2024H2", "2025H1"]


def test_the_offices_own_return_rests_on_six_enterprises(campaign: Campaign, dates: list[DueDate]) -> None:
    rows = upstream_reports(campaign, expected_reports(campaign, dates))
    june = [row for row in rows if row.period == "2024-06"]
    assert [row.upstream_unit_id for row in june] == [f"310113E{number:02d}" for number in range(1, 7)]
    assert {(row.downstream_duty_id, row.downstream_unit_id) for row in june} == {
        ("district_return_monthly", "310113D01")
    }
    assert len(rows) == 6 * 32


def test_registers_tell_leased_sites_from_own_ones(campaign: Campaign) -> None:
    (use,) = [column for column in campaign.form("site_register").columns if column.column_id == "use"]
    assert [choice.label for choice in use.choices] == ["出租出借", "自营"]
    assert campaign.form("hazard_register").row_key == ("hazard_number",)


def test_what_the_notice_does_not_say_is_marked_as_our_reading(campaign: Campaign) -> None:
    assert [duty.duty_id for duty in campaign.duties if duty.basis == "inferred"] == [
        *("site_register_yearly", "hazard_register_yearly", "hazard_list_monthly", "inspections_monthly"),
        "district_return_monthly",
    ]
    assert [(choice.code, choice.setting) for choice in campaign.contradictions] == [
        ("X2", "date_marked_before"),
        ("X3", "holiday_shift"),
        ("X12", "group_members"),
        ("X16", "first_monthly_period"),
        ("X16", "registers_and_inspections"),
        ("X16", "district_return_day"),
    ]
