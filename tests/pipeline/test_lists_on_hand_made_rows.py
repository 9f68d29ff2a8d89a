"""What the models make of lists written by hand; every expected value was worked out on paper."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from orchestration.building.hazard_links import write_hazard_links
from orchestration.home import Home
from tests.pipeline.hand_made_lists import write_lists
from tests.pipeline.hand_made_rows import write_no_gate2_outcomes
from tests.pipeline.test_models_on_hand_made_rows import Warehouse


@pytest.fixture(scope="module")
def june(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """The night of 1 June 2024, with all data tests of the project."""
    home = tmp_path_factory.mktemp("hand_made_lists")
    write_lists(home)
    write_no_gate2_outcomes(home)
    write_hazard_links(Home(home), datetime(2024, 6, 1), {})
    warehouse = Warehouse(home)
    warehouse.build("2024-06-01 01:30:00", "--exclude-resource-type", "unit_test")
    return warehouse


def test_every_owed_task_stands_in_every_begun_period_with_what_was_said_of_it(june: Warehouse) -> None:
    query = """
        select period, unit_id, task_id, role, is_owed, status, is_done, is_overdue, is_backwards, previous_status,
               rows_in_report, source_cell
        from fct_task_progress where form_id = 'tasks' order by period, unit_id, task_id
    """
    assert june.ask(query) == [
        ("2024-04", "d1", "T1", "lead", True, "done", True, False, False, None, 1, "表!B3"),
        ("2024-04", "d1", "T2", "lead", True, "in_progress", False, False, False, None, 1, "表!B4"),
        ("2024-04", "d2", "T2", "lead", True, "not_received", False, False, False, None, 0, None),
        # T1 was due on 30 April; it had been done and is not any more
        ("2024-05", "d1", "T1", "lead", True, "in_progress", False, True, True, "done", 1, "表!B3"),
        ("2024-05", "d1", "T2", "lead", True, "done", True, False, False, "in_progress", 2, "表!B5"),
        ("2024-05", "d1", "T3", "co", False, "in_progress", False, False, False, None, 1, "表!B6"),
        ("2024-05", "d2", "T1", None, False, "done", True, False, False, None, 1, "表!B3"),
        ("2024-05", "d2", "T2", "lead", True, "blank", False, False, False, None, 1, "表!A4"),
        ("2024-05", "d2", "T3", "lead", True, "omitted", False, False, False, None, 0, None),
    ]


def test_a_units_own_tasks_are_followed_by_their_text_and_their_first_due_date_is_kept(june: Warehouse) -> None:
    tasks = "select goal, due_on, first_due_on, owner_unit_id, position from dim_tasks where list_id = 'own' order by 5"
    assert june.ask(tasks) == [
        ("装栏杆", date(2024, 9, 30), date(2024, 4, 30), "t1", 1),
        ("查电线", None, None, "t1", 2),
    ]
    progress = """
        select progress.period, tasks.goal, progress.status, progress.is_overdue
        from fct_task_progress as progress inner join dim_tasks as tasks using (campaign_id, task_id)
        where progress.form_id = 'own' order by 1, tasks.position
    """
    assert june.ask(progress) == [
        ("2024-04", "装栏杆", "in_progress", False),
        ("2024-05", "装栏杆", "in_progress", False),
        ("2024-05", "查电线", "not_started", False),
    ]


def test_the_lists_are_counted_and_own_tasks_name_their_unit(june: Warehouse) -> None:
    counts = """
        select period, list_id, tasks, tasks_done, tasks_in_progress, tasks_not_started, tasks_unknown, tasks_overdue
        from rpt_list_progress order by period, list_id desc
    """
    (april, april_own, may, may_own) = june.ask(counts)
    assert april[2:] == (3, 1, 1, 0, 1, 0)
    assert may[2:] == (3, 0, 3, 0, 0, 1)
    assert (april_own, may_own) == (("2024-04", "own", 1, 0, 1, 0, 0, 0), ("2024-05", "own", 2, 0, 1, 1, 0, 0))
    owners = "select distinct owner_unit_name, owner_unit_position from rpt_task_board where list_id = 'own'"
    assert june.ask(owners) == [("丙镇", 3)]


def test_every_answer_keeps_its_words_its_file_and_its_cell(june: Warehouse) -> None:
    query = """
        select unit_name, number, role_name, has_status, status_words, file_name, source_cell
        from rpt_task_answers where form_id = 'tasks' and period = '2024-05' order by unit_position, position
    """
    assert june.ask(query) == [
        ("甲局", "1", "责任", True, "推进中", "d1-may.xlsx", "表!B3"),
        ("甲局", "2", "责任", True, "已完成", "d1-may.xlsx", "表!B5"),
        ("甲局", "3", "配合", True, "推进中", "d1-may.xlsx", "表!B6"),
        ("乙局", "1", "名单外", True, "已完成", "d2-may.xlsx", "表!B3"),
        ("乙局", "2", "责任", False, "状态未填", "d2-may.xlsx", "表!A4"),
        ("乙局", "3", "责任", False, "表上未列", "d2-may.xlsx", None),
    ]


def test_the_board_prints_every_task_of_the_list_in_its_order(june: Warehouse) -> None:
    query = """
        select period, number, task_state, units_owed, units_reported, units_done, is_overdue, silent_units, evidence
        from rpt_task_board where form_id = 'tasks' order by period, position
    """
    assert june.ask(query) == [
        ("2024-04", "1", "done", 1, 1, 1, False, None, None),
        ("2024-04", "2", "in_progress", 2, 1, 0, False, "乙局", "甲局：方案"),
        ("2024-04", "3", "unknown", 0, 0, 0, False, None, None),
        ("2024-05", "1", "in_progress", 1, 1, 0, True, None, None),
        ("2024-05", "2", "in_progress", 2, 1, 1, False, "乙局", None),
        ("2024-05", "3", "in_progress", 1, 1, 0, False, "乙局", None),
    ]


def test_progress_by_leader_by_unit_and_by_sector_plan(june: Warehouse) -> None:
    leaders = """
        select leader_label, tasks, tasks_done, tasks_in_progress, tasks_unknown, tasks_overdue
        from rpt_leader_progress where period = '2024-05' order by leader_id
    """
    assert june.ask(leaders) == [("区领导01", 2, 0, 2, 0, 1), ("区领导02", 1, 0, 1, 0, 1)]
    units = """
        select unit_name, tasks_owed, tasks_done, tasks_in_progress, tasks_not_started, tasks_unknown, tasks_overdue,
               tasks_backwards, tasks_beyond_owed
        from rpt_unit_progress where period = '2024-05' order by form_id desc, unit_position
    """
    assert june.ask(units) == [
        ("甲局", 2, 1, 1, 0, 0, 1, 1, 1),
        ("乙局", 2, 0, 0, 0, 2, 0, 0, 1),
        ("丙镇", 2, 0, 1, 1, 0, 0, 0, 0),
    ]
    sectors = "select period, role, unit_name, tasks_owed, tasks_done from rpt_sector_progress order by period, unit_id"
    assert june.ask(sectors) == [
        ("2024-04", "lead", "甲局", 2, 1),
        ("2024-05", "lead", "甲局", 2, 1),
        ("2024-05", "co", "乙局", 2, 0),  # a member from 1 May on
    ]


def test_inspections_are_counted_by_their_own_day_and_told_twice_counts_once(june: Warehouse) -> None:
    events = "select row_key, event_name, happened_on, led_by, first_period, last_period from fct_events"
    assert june.ask(f"{events} where subject = 'inspection' order by 1") == [
        ("a", "带队检查", date(2024, 4, 3), "镇长", "2024-04", "2024-04"),
        ("b", "带队检查", date(2024, 4, 9), None, "2024-04", "2024-05"),
    ]
    risks = "select distinct unit_id, risk_class_name from fct_obligations order by 1"
    assert june.ask(risks) == [("t1", "高危"), ("t2", "一般")]
    owed = "select unit_name, period, times, done_count, shortfall, obligation_state from fct_inspections order by 1, 2"
    assert june.ask(owed) == [
        ("丁镇", "2024Q2", 1, 0, 1, "open"),
        ("丙镇", "2024-04", 1, 2, 0, "met"),
        ("丙镇", "2024-05", 1, 0, 1, "short"),
    ]


def test_an_accident_is_one_row_in_its_newest_words_and_both_targets_are_measured(june: Warehouse) -> None:
    accidents = """
        select unit_id, accident_number, grade_name, deaths, is_closed, days_open, same_as, source_cell
        from fct_accidents where occurred_on >= '2024-01-01' order by unit_id
    """
    assert june.ask(accidents) == [
        ("d1", "2024-1", "一般", 2, True, 90, "乙局 7", "表!B3"),
        ("d2", "7", "一般", None, False, 121, "甲局 2024-1", "表!B3"),
    ]
    # by 1 June: 2 deaths and one accident without a number, against 2 deaths by 1 June 2023
    targets = """
        select target_id, reading, contradiction_code, current_value, base_value, change_percent, reached,
               unknown_sizes, suspected_twice, is_final
        from rpt_accident_targets order by target_id
    """
    assert june.ask(targets) == [
        ("five", "plan_table", "X5", 2, 2, 0, "no", 1, 2, False),
        ("ten", "body", "X5", 2, 2, 0, "no", 1, 2, False),
    ]


def test_accidents_are_counted_by_stretches_of_the_year_against_the_year_before(june: Warehouse) -> None:
    """Two accidents of February, 2 deaths and one unknown; of 2023, 2 deaths by 1 June and 9 after it."""
    summary = """
        select period, accidents, deaths, unknown_deaths, accidents_to_date, deaths_to_date, base_accidents,
               base_deaths, base_accidents_to_date, base_deaths_to_date, reports_received, accidents_change
        from rpt_accident_summary where cut = 'all' order by period
    """
    assert june.ask(summary) == [
        ("2024-04", 0, 0, 0, 2, 2, 0, 0, 1, 2, 1, None),
        ("2024-05", 0, 0, 0, 2, 2, 0, 0, 1, 2, 2, None),
        ("2024H1", 2, 2, 1, 2, 2, 1, 2, 1, 2, 3, Decimal("100.0")),
        ("2024Q1", 2, 2, 1, 2, 2, 1, 2, 1, 2, 0, Decimal("100.0")),  # told in April and May
        ("2024Q2", 0, 0, 0, 2, 2, 0, 0, 1, 2, 3, None),
    ]
    clocks = (
        "select unit_id, closing_due_on, closing_state, days_over from rpt_accidents where occurred_on >= '2024-01-01'"
    )
    assert june.ask(f"{clocks} order by 1") == [
        ("d1", date(2024, 4, 16), "closed_late", 15),  # closed on 1 May
        ("d2", date(2024, 4, 16), "overdue", 46),  # by 1 June
    ]


def test_a_register_keeps_its_history(june: Warehouse) -> None:
    entries = """
        select row_key, version, first_period, last_period, is_current, is_gone, change, changed_columns
        from fct_register_entries order by 1, 2
    """
    assert june.ask(entries) == [
        ("一号店", 1, "2024-04", "2024-04", False, False, "added", None),
        ("一号店", 2, "2024-05", "2024-05", True, False, "changed", "经营方式、面积"),
        ("二号店", 1, "2024-04", "2024-04", False, True, "added", None),
    ]
    printed = "select row_key, column_name, printed_value, source_cell from rpt_registers order by 1, column_position"
    assert june.ask(printed) == [("一号店", "网点名称", "一号店", "表!A3"), ("一号店", "经营方式", "自营", "表!B3")]
    was = "select number_value from fct_register_values where row_key = '一号店' and column_id = 'area'"
    assert june.ask(was) == [(Decimal("12.5"),)]


def test_a_narrative_is_measured_by_every_rule_and_missing_parts_are_named(june: Warehouse) -> None:
    whole = """
        select period, unit_name, parts_found, missing_parts, characters, words, without_punctuation, counted_length,
               is_over_limit
        from fct_narratives order by 1
    """
    assert june.ask(whole) == [
        ("2024-04", "甲局", 2, None, 20, 19, 17, 20, False),
        (
            "2024-05",
            "甲局",
            1,
            "整改计划",
            20,
            18,
            17,
            20,
            False,
        ),  # what stands before the first heading is not counted
    ]
    printed = """
        select unit_name, part_name, value_state, source_cell from rpt_narratives
        where period = '2024-05' order by unit_position, part_position
    """
    assert june.ask(printed) == [
        ("甲局", "亮点工作", "value", "正文!段落3"),
        ("甲局", "整改计划", "blank", None),
        ("乙局", "亮点工作", "not_received", None),
        ("乙局", "整改计划", "not_received", None),
    ]


def test_what_lists_contradict_over_time_and_between_units_is_asked_as_a_rule_outcome(june: Warehouse) -> None:
    query = """
        select unit_name, period, rule_class_name, rule_code, source_cell, message from rpt_rule_outcomes
        order by rule_code, unit_position
    """
    same = "可能是同一起。请确认由谁报送；确认之前两处都计。"
    assert june.ask(query) == [
        (
            *("甲局", "2024-05", "核实性", "AC-2-02", "表!B3"),
            f"事故编号 2024-1（2024-02-01，某厂）：别的单位也报了（乙局 7），{same}",
        ),
        (
            *("乙局", "2024-05", "核实性", "AC-2-02", "表!B3"),
            f"事故编号 7（2024-02-01，某厂）：别的单位也报了（甲局 2024-1），{same}",
        ),
        (
            *("丙镇", "2024-05", "核实性", "RG-2-01", None),
            "“二号店”在 2024-04 的台账中有，本期没有列。已停用、移出或消除的，请保留该行并填日期；漏列的，请补报。",
        ),
        (
            *("甲局", "2024-05", "核实性", "TL-2-01", "表!B3"),
            "任务1：2024-04 报“已完成”，本期报“推进中”，状态倒退而没有写原因。请在“原因说明”栏写明原因，或更正状态。",
        ),
    ]


def test_all_tests_of_the_project_pass_but_for_lists_nobody_owes_and_a_task_the_list_no_longer_has(
    june: Warehouse,
) -> None:
    fine = ("success", "pass", "no-op")
    assert {name: status for name, status in june.statuses.items() if status not in fine} == {
        "accepted_reports_were_expected": "warn",
        "every_task_reported_reaches_the_facts": "warn",
    }
