"""The campaign as data says what its governing document says (普安委〔2024〕4号)."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from campaigns.calendar import DueDate, WorkCalendar, due_dates, output_dates
from campaigns.directory import UnitDirectory
from campaigns.load import load_campaign
from campaigns.model import Campaign
from campaigns.reporters import expected_events, expected_reports
from campaigns.selectors import reporting_units

LEADS = [
    *("区教育局", "区公安分局", "区民政局", "区生态环境局", "区建设管理委", "区商务委", "区文化旅游局"),
    *("区卫生健康委", "区国资委", "区应急局", "区市场监管局", "区体育局", "区消防救援支队"),
]
STREETS = [
    *("曹杨新村街道", "长风新村街道", "长寿路街道", "甘泉路街道"),
    *("石泉路街道", "宜川路街道", "万里街道", "真如镇街道"),
]


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    return load_campaign("putuo_2024_2026")


@pytest.fixture(scope="module")
def directory(campaign: Campaign) -> UnitDirectory:
    return campaign.directory()


@pytest.fixture(scope="module")
def dates(campaign: Campaign) -> list[DueDate]:
    return due_dates(campaign, WorkCalendar())


def names(directory: UnitDirectory, cell: str | None, day: date = date(2024, 6, 25)) -> list[str]:
    return [unit.unit_name for unit in directory.named_units(directory.read(cell), day)]


def test_the_plan_of_2024_has_35_rows_numbered_as_printed(campaign: Campaign) -> None:
    tasks = campaign.tasks_of("plan_2024")
    assert [task.number for task in tasks] == [str(number) for number in range(1, 36)]
    assert campaign.task_lists[0].columns == ("序号", "工作目标任务", "时间节点", "责任单位", "配合单位")


def test_the_rows_are_due_in_seven_months(campaign: Campaign) -> None:
    assert Counter(task.due_text for task in campaign.tasks) == {
        "3月": 1,
        "4月": 1,
        "6月": 1,
        "7月": 1,
        "9月": 2,
        "11月": 5,
        "12月": 24,
    }
    assert all(task.due_month == f"2024-{int(task.due_text[:-1]):02d}" for task in campaign.tasks if task.due_text)


def test_eight_rows_name_co_operating_units(campaign: Campaign) -> None:
    assert [task.number for task in campaign.tasks if task.co_units] == ["7", "8", "12", "13", "16", "23", "28", "29"]


@pytest.mark.parametrize(
    ("number", "theme", "goal", "due", "lead"),
    [
        (
            "2",
            "生产安全事故起数和死亡人数持续下降",
            "有效防范遏制较大生产安全事故，生产安全事故死亡人数比2023年下降5%。",
            "2024-12",
            "区安委会成员单位",
        ),
        (
            "13",
            "加强顶层设计",
            "研究制定本区关于加快推进韧性安全城市建设的意见。",
            "2024-07",
            "区应急局",
        ),
        (
            "27",
            "加强体系管理创新",
            "组织开展试点创建，加强企业安全文化、安全标准建设，特别是推动国有企业发挥表率带头作用，"
            "让先进的安全理念、安全文化向上下游企业辐射延伸。",
            "2024-12",
            "区国资委等有关成员单位、区属国有企业",
        ),
    ],
)
def test_rows_stand_as_printed(campaign: Campaign, number: str, theme: str, goal: str, due: str, lead: str) -> None:
    (task,) = [task for task in campaign.tasks if task.number == number]
    assert (task.theme, task.goal, task.due, task.lead_units) == (theme, goal, due, lead)


def test_units_of_a_cell_are_found_by_the_names_the_document_uses(campaign: Campaign, directory: UnitDirectory) -> None:
    by_number = {task.number: task for task in campaign.tasks}
    assert names(directory, by_number["9"].lead_units) == ["区建设管理委", "区国资委", "区应急局"]  # printed 区建管委
    assert names(directory, by_number["22"].lead_units) == ["区建设管理委", "区应急局", "区科委", "区国动办"]
    assert len(names(directory, by_number["13"].co_units)) == 12
    assert directory.read(by_number["3"].lead_units).and_others  # …等有关成员单位
    assert not directory.read(by_number["9"].lead_units).and_others


def test_member_units_of_the_committee_are_departments_and_towns_named_by_the_document(
    directory: UnitDirectory,
) -> None:
    members = names(directory, "区安委会成员单位")
    assert len(members) == 36  # 8 streets, 2 towns, 26 departments
    assert set(STREETS + LEADS + ["长征镇", "桃浦镇", "区委编办"]) <= set(members)
    assert "区安委会办公室" not in members
    assert names(directory, "区安委会成员单位", date(2024, 3, 20)) == []  # the day before the notice


def test_row_11_names_the_ten_streets_and_towns_beside_three_departments(
    campaign: Campaign, directory: UnitDirectory
) -> None:
    (task,) = [task for task in campaign.tasks if task.number == "11"]
    found = names(directory, task.lead_units)
    assert len(found) == 13 and found[:8] == STREETS
    assert found[10:] == ["区应急局", "区委组织部", "区委编办"]


@pytest.mark.parametrize("group", ["区安委会各专业委员会", "区属国企"])
def test_groups_without_a_list_expand_to_nobody_and_say_so(directory: UnitDirectory, group: str) -> None:
    group_id = directory.group_id(group)
    assert group_id is not None and not directory.groups[group_id].is_complete
    assert names(directory, group) == []


def test_thirteen_sector_plans_have_the_thirteen_lead_units(campaign: Campaign, directory: UnitDirectory) -> None:
    assert [plan.number for plan in campaign.sector_plans] == list(range(1, 14))
    assert [names(directory, plan.lead) for plan in campaign.sector_plans] == [[lead] for lead in LEADS]
    assert {plan.number: (plan.co_units, plan.scope) for plan in campaign.sector_plans if plan.co_units} == {
        2: ("区建管委", "涉及道路交通部分"),
        5: ("区房管局", None),
        9: ("区属国企", None),
    }


def test_lead_units_report_by_the_25th_whatever_day_that_is(campaign: Campaign, dates: list[DueDate]) -> None:
    monthly = [due for due in dates if due.duty_id == "lead_narrative_monthly"]
    assert (len(monthly), monthly[0].period, monthly[-1].period) == (33, "2024-04", "2026-12")
    assert [str(due.due_on) for due in monthly[:3]] == ["2024-04-25", "2024-05-25", "2024-06-25"]  # 25 May: a Saturday
    assert {(due.due_on.day, due.due_source) for due in monthly} == {(25, "decree")}
    assert [unit.unit_name for unit in reporting_units(campaign, campaign.duties[0], date(2024, 5, 25))] == LEADS


def test_streets_report_each_quarter_and_towns_are_not_expected(campaign: Campaign, dates: list[DueDate]) -> None:
    quarterly = [due for due in dates if due.duty_id == "street_return_quarterly"]
    assert [(due.period, str(due.due_on)) for due in quarterly[:3]] == [
        ("2024Q2", "2024-06-25"),
        ("2024Q3", "2024-09-25"),
        ("2024Q4", "2024-12-25"),
    ]
    units = reporting_units(campaign, campaign.duty("street_return_quarterly"), date(2024, 6, 25))
    assert [unit.unit_name for unit in units] == STREETS


def test_highlights_may_be_sent_each_month_and_are_never_missing(campaign: Campaign, dates: list[DueDate]) -> None:
    highlights = [due for due in dates if due.duty_id == "street_highlight_monthly"]
    assert [str(due.due_on) for due in highlights[:3]] == ["2024-04-30", "2024-05-31", "2024-06-30"]
    may_send = [report for report in expected_reports(campaign, dates) if report.form_id == "street_highlight"]
    assert (len(may_send), {report.voluntary for report in may_send}) == (330, {True})  # 33 months, 8 streets, 2 towns


def test_sub_plans_and_liaison_lists_are_due_on_25_march(campaign: Campaign, dates: list[DueDate]) -> None:
    once = {
        due.form_id: (due.period, str(due.due_on)) for due in dates if due.due_on.year == 2024 and due.due_on.month == 3
    }
    assert once == {"sub_plan": ("2024-03", "2024-03-25"), "liaison_list": ("2024-03", "2024-03-25")}
    reports = expected_reports(campaign, dates)
    assert Counter(report.form_id for report in reports if report.period == "2024-03") == {
        "sub_plan": 13,
        "liaison_list": 36,  # 各部门、各街镇: 26 departments, 8 streets, 2 towns
    }


def test_the_office_evaluates_each_half_year(campaign: Campaign) -> None:
    found = [
        (date.period, str(date.due_on)) for date in output_dates(campaign, WorkCalendar()) if "half" in date.output_id
    ]
    assert found[:3] == [("2024H1", "2024-06-30"), ("2024H2", "2024-12-31"), ("2025H1", "2025-06-30")]
    assert len(found) == 6


def test_three_yearly_stages_carry_their_goals(campaign: Campaign) -> None:
    assert [(stage.name, str(stage.ends_on), len(stage.goals)) for stage in campaign.stages] == [
        ("2024年", "2024-12-31", 6),
        ("2025年", "2025-12-31", 5),
        ("2026年", "2026-12-31", 5),
    ]


def test_both_accident_targets_stand_side_by_side(campaign: Campaign) -> None:
    told = [
        (target.measure, target.value, target.relative_to, target.first_period, target.last_period, target.reading)
        for target in campaign.targets
        if target.setting == "accident_target"
    ]
    assert told == [
        ("accident_count", Decimal(-10), "2023", "2024", "2026", "body"),
        ("accident_deaths", Decimal(-10), "2023", "2024", "2026", "body"),
        ("accident_deaths", Decimal(-5), "2023", "2024", "2024", "plan_table"),
    ]
    assert campaign.setting("accident_target") == "both_shown"


def test_numbers_in_the_tasks_are_targets(campaign: Campaign) -> None:
    told = {target.task_id: (target.value, target.value_to, target.measure_unit) for target in campaign.targets}
    assert told["PT2024-10"] == (Decimal(2), Decimal(3), "家")
    assert told["PT2024-11"] == (Decimal(85), None, "%")


def test_the_narrative_has_four_parts_and_at_most_800_characters(campaign: Campaign) -> None:
    narrative = campaign.form("lead_narrative").narrative
    assert narrative is not None
    assert [part.label for part in narrative.parts] == ["亮点工作", "困难问题", "重大隐患情况", "整改计划"]
    assert (narrative.longest, campaign.setting("narrative_length")) == (800, "characters")


def test_every_choice_the_document_leaves_open_has_a_reading(campaign: Campaign) -> None:
    assert [(choice.code, choice.setting, choice.reading) for choice in campaign.contradictions] == [
        ("X2", "date_marked_before", "day_included"),
        ("X3", "holiday_shift", "none"),
        ("X4", "sub_plan_due", "march_25"),
        ("X5", "accident_target", "both_shown"),
        ("X6", "slack_enforcement_subject", "both_shown"),
        ("X8", "hazard_source_public_report", "own_source"),
        ("X12", "group_members", "named_bodies"),
        ("X14", "narrative_length", "characters"),
        ("X16", "first_monthly_period", "2024-04"),
        ("X16", "quarterly_due_day", "last_month_25"),
        ("X16", "quarterly_reporters", "streets_only"),
    ]


def test_the_notice_is_public(campaign: Campaign) -> None:
    assert [(d.number, str(d.issued_on), d.disclosure) for d in campaign.documents] == [
        ("普安委〔2024〕4号", "2024-03-21", "public")
    ]


def test_leaders_of_streets_and_towns_meet_once_a_quarter(campaign: Campaign) -> None:
    events = [event for event in expected_events(campaign) if event.period == "2024Q2"]
    assert len(events) == 10
    assert {(event.event, event.times, str(event.starts_on), str(event.ends_on)) for event in events} == {
        ("special_meeting", 1, "2024-04-01", "2024-06-30")
    }


def test_people_are_named_in_restricted_columns_only(campaign: Campaign) -> None:
    columns = {column.label: column.personal for column in campaign.form("liaison_list").columns}
    assert columns == {"单位": False, "姓名": True, "职务": True, "联系电话": True}
