"""The campaign as data says what its governing document says (长安委〔2023〕4号)."""

from collections import Counter

import pytest

from campaigns.calendar import DueDate, WorkCalendar, due_dates, output_dates
from campaigns.load import load_campaign
from campaigns.model import Campaign
from campaigns.reporters import expected_reports


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    return load_campaign("changning_2023")


@pytest.fixture(scope="module")
def dates(campaign: Campaign) -> list[DueDate]:
    return due_dates(campaign, WorkCalendar())


def test_the_table_is_due_before_the_25th_and_holidays_move_nothing(dates: list[DueDate]) -> None:
    monthly = [due for due in dates if due.form_id == "progress"]
    assert [(due.period, str(due.cutoff_on), str(due.due_on)) for due in monthly] == [
        ("2023-06", "2023-06-24", "2023-06-24"),  # the last day of the Dragon Boat Festival
        ("2023-07", "2023-07-24", "2023-07-24"),
        ("2023-08", "2023-08-24", "2023-08-24"),
        ("2023-09", "2023-09-24", "2023-09-24"),
        ("2023-10", "2023-10-24", "2023-10-24"),
        ("2023-11", "2023-11-24", "2023-11-24"),
        ("2023-12", "2023-12-24", "2023-12-24"),  # a Sunday
    ]


def test_one_off_documents_are_due_as_the_notice_says(dates: list[DueDate]) -> None:
    monthly = ("progress", "hazard_list")
    assert {due.form_id: str(due.due_on) for due in dates if due.form_id not in monthly} == {
        "liaison_list": "2023-05-20",
        "work_plan": "2023-05-20",
        "interim_report": "2023-08-10",
        "final_report": "2023-12-31",
    }


def test_ten_streets_and_towns_and_eleven_departments_report(campaign: Campaign, dates: list[DueDate]) -> None:
    assert Counter(unit.unit_kind for unit in campaign.units) == {"街道": 9, "镇": 1, "区级部门": 11}
    expected = Counter(report.form_id for report in expected_reports(campaign, dates))
    documents = {"liaison_list": 11, "work_plan": 21, "interim_report": 21, "final_report": 21}
    assert expected == {"progress": 147, "hazard_list": 147, **documents}


def test_the_table_is_declared_as_a_version_of_the_same_family(campaign: Campaign) -> None:
    form, same_family = campaign.form("progress"), load_campaign("haicheng_2023").form("progress")
    assert (form.family, form.declared, same_family.declared) == ("progress_2023", "assumed", "as_printed")
    shape = [(item.code, part.part, part.measure_unit, part.kind) for item in form.items for part in item.parts]
    assert shape == [(i.code, p.part, p.measure_unit, p.kind) for i in same_family.items for p in i.parts]
    assert form.item("4.4").label == "区安委会成员单位负责同志分别到企业(次)"
    assert campaign.setting("form_text_missing") == "same_family"


def test_its_rules_have_codes_of_their_own(campaign: Campaign) -> None:
    theirs = [rule.code.replace("PF-", "CN-") for rule in load_campaign("haicheng_2023").rules]
    assert [rule.code for rule in campaign.rules] == theirs


def test_the_bulletin_comes_out_each_half_year(campaign: Campaign) -> None:
    dates = output_dates(campaign, WorkCalendar())
    assert [(out.period, str(out.due_on)) for out in dates if out.output_id == "bulletin_half_yearly"] == [
        ("2023H1", "2023-06-30"),
        ("2023H2", "2023-12-31"),
    ]


def test_stages_end_as_the_document_says(campaign: Campaign) -> None:
    assert [(stage.name, str(stage.ends_on)) for stage in campaign.stages] == [
        ("动员部署", "2023-05-20"),
        ("企业自查自改和部门帮扶", "2023-06-30"),
        ("精准执法和强化督查", "2023-11-30"),
        ("总结提高", "2023-12-31"),
    ]


def test_every_choice_the_document_leaves_open_has_a_reading(campaign: Campaign) -> None:
    assert [(choice.code, choice.setting) for choice in campaign.contradictions] == [
        ("X1", "cutoff_day_included"),
        ("X2", "date_marked_before"),
        ("X3", "holiday_shift"),
        ("X7", "territory_department_overlap"),
        ("X9", "enterprise_duties"),
        ("X10", "plan_elements"),
        ("X11", "form_text_missing"),
        ("X13", "combined_measures"),
        ("X15", "upward_yes_no"),
        ("X16", "first_monthly_period"),
        ("X16", "liaison_list_due"),
    ]


def test_a_slip_of_the_notice_names_the_same_bureau(campaign: Campaign) -> None:
    """二（二）prints 区市场管理局 where 二（三）prints 区市场监管局."""
    directory = campaign.directory()
    assert directory.unit_id("区市场管理局") == directory.unit_id("区市场监管局") == "310105D10"


def test_the_signatories_are_a_group_that_nobody_listed(campaign: Campaign) -> None:
    directory = campaign.directory()
    assert directory.group_id("各签约单位") == "signatories"
    assert (directory.spans("signatories"), directory.groups["signatories"].is_complete) == ((), False)
