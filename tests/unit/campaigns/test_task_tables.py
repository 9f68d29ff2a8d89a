"""Tasks, groups, targets and expected reports as rows."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from campaigns.calendar import WorkCalendar, due_dates, output_dates
from campaigns.load import load_all, load_campaign
from campaigns.model import Campaign
from campaigns.tables import campaign_rows
from tests.unit.campaigns.copied_campaigns import add_lines, copy_of, loaded

NIGHT = datetime(2024, 6, 20, 1, 30)


def rows_of(campaign: Campaign, loaded_at: datetime = NIGHT) -> dict[str, list[dict[str, Any]]]:
    calendar = WorkCalendar()
    return campaign_rows(campaign, due_dates(campaign, calendar), loaded_at, output_dates(campaign, calendar))


@pytest.fixture(scope="module")
def putuo() -> dict[str, list[dict[str, Any]]]:
    return rows_of(load_campaign("putuo_2024_2026"))


def test_every_campaign_fills_the_same_tables_with_the_same_columns() -> None:
    tables = [rows_of(campaign) for campaign in load_all().values()]
    assert {tuple(rows) for rows in tables} == {tuple(tables[0])}
    for name in tables[0]:
        assert len({tuple(row) for rows in tables for row in rows[name]}) <= 1, name


def test_a_task_says_when_it_is_due_and_whether_its_cell_is_open(putuo: dict[str, list[dict[str, Any]]]) -> None:
    told = {row["number"]: (str(row["due_on"]), row["lead_is_open"], row["co_is_open"]) for row in putuo["tasks"]}
    assert told["3"] == ("2024-12-31", True, False)  # 等有关成员单位
    assert told["4"] == ("2024-03-31", False, False)
    assert told["20"] == ("2024-12-31", True, False)  # 区安委会有关成员单位
    assert told["28"] == ("2024-09-30", False, True)


def test_task_units_know_their_group_and_its_days(putuo: dict[str, list[dict[str, Any]]]) -> None:
    rows = [row for row in putuo["task_units"] if row["task_id"] == "PT2024-11"]
    assert [(row["unit_id"], row["group_id"]) for row in rows[:4]] == [
        ("310107D25", None),
        ("310107D26", None),
        ("310107D10", None),
        ("310107005", "streets_towns"),
    ]
    assert {row["valid_from"] for row in rows[3:]} == {date(2024, 3, 21)}
    keys = [
        (row["task_id"], row["role"], row["unit_id"], row["group_id"], row["valid_from"]) for row in putuo["task_units"]
    ]
    assert len(set(keys)) == len(keys)


def test_expected_reports_are_one_row_per_unit_and_period(putuo: dict[str, list[dict[str, Any]]]) -> None:
    rows = putuo["expected_reports"]
    owed = [row for row in rows if not row["voluntary"]]
    assert len(owed) == 683  # 33×13 narratives, 9×13 task lists, 11×8 streets, 13 sub-plans, 36 liaison lists
    # voluntary: 33×10 highlights, 33 accident lists, 11×10 lists of meetings; 33×38 hazard lists
    assert len(rows) == 683 + 473 + 1254
    assert len({(row["form_id"], row["unit_id"], row["period"]) for row in rows}) == 683 + 473 + 1254


def test_voluntary_duties_are_marked_in_every_table_of_what_is_expected() -> None:
    campaign = load_campaign("putuo_2024_2026")
    dates = due_dates(campaign, WorkCalendar())
    voluntary = {duty.duty_id for duty in campaign.duties if duty.voluntary}
    assert voluntary == {
        *("street_highlight_monthly", "accidents_monthly", "leader_meetings_quarterly", "hazard_list_monthly")
    }
    rows = campaign_rows(campaign, dates, NIGHT)
    for table in ("due_dates", "expected_reports"):
        assert {row["duty_id"] for row in rows[table] if row["voluntary"]} == voluntary


def test_an_extension_enters_the_rows_of_the_night_it_is_known(tmp_path: Path) -> None:
    folder = copy_of("baoshan_soe_2024", tmp_path)
    add_lines(
        folder / "extensions.csv",
        "unit,duty_id,period,due_on,granted_by,granted_on,reason",
        "区属企业乙,work_report_monthly,2024-06,2024-06-27,区国资委,2024-06-19,系统改造",
    )
    before, after = rows_of(loaded(folder), datetime(2024, 6, 18)), rows_of(loaded(folder))
    assert [row["unit_id"] for row in after["expected_reports"] if row["extended"]] == ["310113E02"]
    assert [row for row in before["expected_reports"] if row["extended"]] == []
    assert before["tasks"] == after["tasks"] == []
    assert after["extensions"][0]["unit_id"] == "310113E02"
    assert before["expected_reports"][0]["snapshot_id"] != after["expected_reports"][0]["snapshot_id"]


def test_a_campaign_that_did_not_change_keeps_its_snapshot(putuo: dict[str, list[dict[str, Any]]]) -> None:
    again = rows_of(load_campaign("putuo_2024_2026"), datetime(2025, 1, 1))
    assert again["tasks"][0]["snapshot_id"] == putuo["tasks"][0]["snapshot_id"]
    assert {row["loaded_at"] for row in again["tasks"]} == {datetime(2025, 1, 1)}


def test_every_unit_of_a_tree_is_a_row() -> None:
    rows = rows_of(load_campaign("baoshan_soe_2024"))["unit_parents"]
    below = [row["unit_id"] for row in rows if row["parent_id"] == "310113D01"]
    assert below == [f"310113E{number:02d}" for number in range(1, 7)]
    assert {row["tree"] for row in rows} == {"state_assets"}


def test_a_target_of_three_years_is_measured_in_each_of_them(putuo: dict[str, list[dict[str, Any]]]) -> None:
    rows = [row for row in putuo["target_periods"] if row["target_id"] == "deaths_three_years"]
    assert [(row["period"], row["starts_on"], row["ends_on"]) for row in rows] == [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
    ]
    assert {(row["base_starts_on"], row["base_ends_on"]) for row in rows} == {(date(2023, 1, 1), date(2023, 12, 31))}
    assert {row["base_starts_on"] for row in putuo["target_periods"] if row["target_id"] == "fire_water_2025"} == {None}


def test_forms_say_what_their_rows_are_about_and_which_list_they_answer(putuo: dict[str, list[dict[str, Any]]]) -> None:
    told = {row["form_id"]: (row["subject"], row["date_column"], row["actor_column"]) for row in putuo["forms"]}
    assert told["accidents"] == ("accident", "occurred_on", None)
    assert told["leader_meetings"] == ("meeting", "held_on", "chaired_by")
    assert told["lead_tasks"] == (None, None, None)
    assert [(row["form_id"], row["list_id"]) for row in putuo["form_task_lists"]] == [("lead_tasks", "plan_2024")]
    keys = [row["column_id"] for row in putuo["columns"] if row["is_key"] and row["form_id"] == "leader_meetings"]
    assert keys == ["held_on", "meeting", "chaired_by"]


def test_lists_are_asked_what_their_columns_can_answer(putuo: dict[str, list[dict[str, Any]]]) -> None:
    asked = [(row["form_id"], row["rule_code"]) for row in putuo["rules"]]
    assert asked == [
        ("accidents", "AC-2-01"),
        ("accidents", "AC-2-02"),
        ("accidents", "EV-2-01"),
        *(("hazard_list", f"HL-2-{number:02d}") for number in range(1, 12)),  # of inspectors 普陀 has no column
        *(("hazard_list", f"HL-2-{number}") for number in (14, 15, 16)),
        ("lead_tasks", "TL-2-01"),
        ("lead_tasks", "TL-2-02"),
        ("leader_meetings", "EV-2-01"),
    ]
    assert {(row["rule_class"], row["gate"], row["is_trial"]) for row in putuo["rules"]} == {
        ("verification", "facts", False)
    }
