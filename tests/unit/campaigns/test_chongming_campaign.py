"""The campaign as data says what its governing document says (崇明区2023年安全生产工作意见，送审稿)."""

from collections import Counter
from datetime import date

import pytest

from campaigns.calendar import WorkCalendar, due_dates, output_dates
from campaigns.directory import UnitDirectory
from campaigns.load import load_campaign
from campaigns.model import Campaign
from campaigns.reporters import expected_reports

DAY = date(2023, 6, 30)


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    return load_campaign("chongming_2023")


@pytest.fixture(scope="module")
def directory(campaign: Campaign) -> UnitDirectory:
    return campaign.directory()


def names(directory: UnitDirectory, cell: str | None) -> list[str]:
    return [unit.unit_name for unit in directory.named_units(directory.read(cell), DAY)]


def test_there_are_46_items_in_four_parts_and_seventeen_headings(campaign: Campaign) -> None:
    tasks = campaign.tasks_of("opinions_2023")
    assert [task.number for task in tasks] == [str(number) for number in range(1, 47)]
    assert list(Counter(task.section for task in tasks).values()) == [13, 8, 17, 8]
    assert len({task.theme for task in tasks}) == 17


def test_the_list_by_leader_has_21_items_as_its_subtotals_say(campaign: Campaign) -> None:
    tasks = campaign.tasks_of("leaders_2023")
    assert list(Counter(task.section for task in tasks).values()) == [1, 4, 3, 9, 4]
    assert [task.number for task in tasks] == [str(number) for number in range(1, 22)]


def test_no_item_has_a_due_date(campaign: Campaign) -> None:
    assert {(task.due, task.due_text) for task in campaign.tasks} == {(None, None)}
    assert campaign.setting("items_without_due") == "no_due_date"


@pytest.mark.parametrize(
    ("number", "lead"),
    [
        ("17", "区应急局"),
        ("26", "区应急局，各乡镇，生态企业集团、长兴企业集团"),
        ("37", "区交通委、区公安分局、崇明海事局、区农业农村委，各乡镇"),
        ("40", "区应急局、区消防救援支队、区公安分局、区气象局，各乡镇"),
    ],
)
def test_responsible_units_stand_as_printed(campaign: Campaign, number: str, lead: str) -> None:
    (task,) = [task for task in campaign.tasks_of("opinions_2023") if task.number == number]
    assert task.lead_units == lead


def test_towns_and_departments_of_an_item_are_expanded(campaign: Campaign, directory: UnitDirectory) -> None:
    by_number = {task.number: task for task in campaign.tasks_of("opinions_2023")}
    found = names(directory, by_number["26"].lead_units)
    assert len(found) == 21 and found[18:] == ["区应急局", "生态企业集团", "长兴企业集团"]  # 16 towns, 2 townships
    assert "前卫农场" not in found and "横沙乡" in found
    assert names(directory, by_number["10"].lead_units) == [
        *("区应急局", "区公安分局", "区消防救援支队", "区建设管理委", "区市场监管局", "崇明海事局"),
    ]
    assert len(names(directory, "区安委会各成员单位")) == 32


@pytest.mark.parametrize(
    ("number", "leaders"),
    [
        ("1", [1, 2, 3, 4, 5, 6, 7, 8]),
        ("3", [1, 2, 3, 4, 5, 6, 7, 8]),
        ("5", [2, 3, 6, 8]),
        ("8", [2, 3, 4, 5, 6, 7, 8]),
        ("9", [2, 3, 4, 6, 8]),
        ("13", [4]),
        ("16", [3, 6]),
        ("21", [2]),
    ],
)
def test_several_leaders_answer_for_one_item(
    campaign: Campaign, directory: UnitDirectory, number: str, leaders: list[int]
) -> None:
    (task,) = [task for task in campaign.tasks_of("leaders_2023") if task.number == number]
    assert directory.read_leaders(task.leaders) == (tuple(f"leader_{n:02d}" for n in leaders), ())


def test_leaders_are_numbers_and_never_names(campaign: Campaign) -> None:
    assert [leader.label for leader in campaign.leaders] == [f"区领导{number:02d}" for number in range(1, 9)]


def test_each_leader_answers_for_so_many_items(campaign: Campaign, directory: UnitDirectory) -> None:
    counted = Counter(
        leader for task in campaign.tasks_of("leaders_2023") for leader in directory.read_leaders(task.leaders)[0]
    )
    assert counted == {
        "leader_01": 3,
        "leader_02": 17,
        "leader_03": 10,
        "leader_04": 7,
        "leader_05": 5,
        "leader_06": 9,
        "leader_07": 5,
        "leader_08": 8,
    }


def test_the_accident_bulletin_is_quarterly_on_the_tenth_after_it_which_is_our_reading(campaign: Campaign) -> None:
    dates = output_dates(campaign, WorkCalendar())
    assert [(out.period, str(out.due_on)) for out in dates if out.output_id == "accident_bulletin_quarterly"] == [
        ("2023Q1", "2023-04-10"),
        ("2023Q2", "2023-07-10"),
        ("2023Q3", "2023-10-10"),
        ("2023Q4", "2024-01-10"),
    ]


def test_accidents_are_closed_within_the_days_of_the_national_regulation_which_is_our_reading(
    campaign: Campaign,
) -> None:
    clocks = {clock.grade: (clock.within_days, clock.basis) for clock in campaign.accident_clocks}
    ordinary = (75, "inferred")  # 60 days to the report, 15 to the reply
    assert clocks == {"general": ordinary, "serious": ordinary, "major": ordinary, "extraordinary": (90, "inferred")}
    assert campaign.setting("accident_closing") == "regulation_493"


def test_progress_and_accidents_are_reported_each_quarter_which_is_our_reading(campaign: Campaign) -> None:
    assert {duty.basis for duty in campaign.duties} == {"inferred"}
    dates = due_dates(campaign, WorkCalendar())
    assert {str(due.due_on) for due in dates if due.period == "2023Q3"} == {"2023-09-30"}
    expected = Counter(r.form_id for r in expected_reports(campaign, dates) if r.period == "2023Q1")
    # every unit some task names: 18 towns and townships, 32 departments, two affiliated enterprises; hazards are
    # welcome from all 55 of the roster
    assert expected == {"opinion_tasks": 52, "leader_tasks": 52, "accidents": 22, "hazard_list": 55}


def test_the_document_is_a_draft(campaign: Campaign) -> None:
    assert campaign.documents[0].status == "draft_for_review"


def test_departments_stand_below_the_committees_they_lead(campaign: Campaign, directory: UnitDirectory) -> None:
    maritime = directory.unit_id("崇明海事局")
    assert maritime is not None
    assert directory.parent(maritime, "line", DAY) == "waterway_committee_members"
    assert len(directory.children("310151", "territory", DAY)) == 21


def test_six_kinds_of_key_enterprises_are_counted_again(campaign: Campaign) -> None:
    (category,) = [c for c in campaign.form("key_enterprises").columns if c.column_id == "category"]
    assert [choice.label for choice in category.choices] == [
        *("粉尘涉爆", "铝加工（深井铸造）", "高温熔融", "涉氨制冷", "危险化学品使用", "有限空间"),
    ]
