"""What the dbt models make of rows written by hand; every expected value was worked out on paper.

The build runs twice on one raw zone: as on the night of 28 June (before June was corrected and a town was renamed) and
as on 1 August.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.building.hazard_links import write_hazard_links
from orchestration.home import Home
from tests.pipeline.hand_made_rows import write_gate2_outcomes, write_raw_zone

PROJECT = Path(__file__).parents[2] / "dbt_project"
Ask = Callable[[str], list[tuple[Any, ...]]]


class Warehouse:
    """One home, built by dbt in this process, and asked afterwards."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.statuses: dict[str, str] = {}  # by name of model or test
        self.warnings: list[str] = []

    def build(self, as_of: str, *arguments: str) -> None:
        from dbt.adapters.duckdb.connections import DuckDBConnectionManager
        from dbt.cli.main import dbtRunner

        (self.home / "warehouse.duckdb").unlink(missing_ok=True)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("TAIZHANG_HOME", str(self.home))
            patch.setenv("TAIZHANG_AS_OF", as_of)
            folders = ("--project-dir", PROJECT, "--profiles-dir", PROJECT, "--target-path", self.home / "dbt")
            quiet = ("--log-level", "none", "--log-path", self.home / "dbt")
            answer = dbtRunner(callbacks=[self._note]).invoke(
                [*map(str, quiet), "build", *arguments, *map(str, folders)]
            )
            DuckDBConnectionManager.close_all_connections()
        assert answer.exception is None and answer.result is not None
        self.statuses = {result.node.name: str(result.status) for result in answer.result.results}

    def _note(self, event: Any) -> None:
        if event.info.level == "warn":
            self.warnings.append(event.info.msg)

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(self.home / "warehouse.duckdb"), read_only=True) as connection:
            connection.execute("use marts")
            return connection.execute(query).fetchall()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("hand_made")
    write_raw_zone(home)
    write_gate2_outcomes(home)
    write_hazard_links(Home(home), datetime(2023, 8, 1), {})
    return home


@pytest.fixture(scope="module")
def june(home: Path) -> Iterator[Ask]:
    """The night of 28 June; only what is asked below is built."""
    warehouse = Warehouse(home)
    chosen = ("--select", "+fct_indicator_values", "+fct_report_timeliness", "--indirect-selection", "buildable")
    warehouse.build("2023-06-28 01:30:00", *chosen)
    answers = {query: warehouse.ask(query) for query in (JUNE_FIGURES, JUNE_TIMELINESS, TOWN)}
    yield answers.__getitem__


@pytest.fixture(scope="module")
def august(home: Path, june: Ask) -> Warehouse:
    """The night of 1 August, with all tests of the project; after `june`, because both build into one home."""
    warehouse = Warehouse(home)
    warehouse.build("2023-08-01 01:30:00")
    return warehouse


JUNE_FIGURES = """
    select unit_id, value_state, cumulative_value, month_value from marts.fct_indicator_values
    where period = '2023-06' and item_code = '1.1' order by unit_id
"""
JUNE_TIMELINESS = """
    select unit_id, timeliness, days_late from marts.fct_report_timeliness
    where form_id = 'progress' and period = '2023-06' order by unit_id
"""
TOWN = "select unit_name from intermediate.int_reports__expected where unit_id = 't1' and period = '2023-06'"


def test_a_past_night_sees_only_what_had_been_received_by_then(june: Ask) -> None:
    assert june(JUNE_FIGURES) == [
        ("d1", "zero", 0, 0),
        ("t1", "value", 10, 10),  # corrected to 12 on 2 July
        ("t2", "not_received", None, None),  # returned
        ("t4", "not_received", None, None),
    ]
    assert june(TOWN) == [("甲镇",)]


def test_returned_and_silent_units_are_missing_and_the_last_minute_of_the_due_day_is_on_time(june: Ask) -> None:
    assert june(JUNE_TIMELINESS) == [
        ("d1", "on_time", 0),
        ("t1", "on_time", 0),
        ("t2", "missing", None),
        ("t4", "missing", None),
    ]


def test_a_correction_of_june_changes_the_step_of_july(august: Warehouse) -> None:
    query = """
        select period, item_code, part, cumulative_value, month_value, source_cell from fct_indicator_values
        where unit_id = 't1' order by period, item_code, part
    """
    assert august.ask(query) == [
        ("2023-06", "1.1", "value", 12, 12, "调度表!D5"),
        ("2023-06", "3.3", "amount", Decimal("1.5"), Decimal("1.5"), "调度表!D7"),
        ("2023-06", "3.3", "count", 2, 2, "调度表!D6"),
        ("2023-06", "4.6", "value", 1, None, "调度表!D8"),
        ("2023-06", "4.7", "value", 8, None, "调度表!D9"),
        ("2023-07", "1.1", "value", 20, 8, "调度表!D5"),
        ("2023-07", "3.3", "amount", Decimal("1.25"), Decimal("-0.25"), "调度表!D7"),
        ("2023-07", "3.3", "count", 3, 1, "调度表!D6"),
        ("2023-07", "4.6", "value", 0, None, "调度表!D8"),
        ("2023-07", "4.7", "value", 6, -2, "调度表!D9"),
    ]


def test_states_stay_apart_and_only_expected_units_stand_in_the_facts(august: Warehouse) -> None:
    query = """
        select unit_id, item_code || '.' || part, value_state, cumulative_value, month_value from fct_indicator_values
        where period = '2023-07' and unit_id <> 't1' and item_code <> '3.3' order by unit_id, item_code
    """
    assert august.ask(query) == [
        ("d1", "1.1.value", "not_received", None, None),
        ("d1", "4.6.value", "not_received", None, None),
        ("d1", "4.7.value", "not_received", None, None),
        ("t2", "1.1.value", "value", 5, None),  # June was returned: the step is not known
        ("t2", "4.6.value", "value", 1, None),
        ("t2", "4.7.value", "blank", None, None),
        ("t3", "1.1.value", "approximate", 30, 30),  # joined in July: all of it is new
        ("t3", "4.6.value", "zero", 0, None),
        ("t3", "4.7.value", "value", 4, None),
    ]


def test_a_blank_that_is_not_the_bureaus_to_fill_is_not_applicable(august: Warehouse) -> None:
    query = (
        "select value_state from fct_indicator_values where unit_id = 'd1' and period = '2023-06' and item_code = '4.6'"
    )
    assert august.ask(query) == [("not_applicable",)]


def test_versions_end_at_the_newest_fill_date_and_a_b_a_ends_at_a(august: Warehouse) -> None:
    query = """
        select submission_id, version, status, status_reason, duplicates_received from fct_submissions
        where unit_id in ('d1', 't4') or unit_id is null or submission_id = 't1-july'
        order by submission_id
    """
    replaced = "已被2023-06-24收到的第3版（d1-a2.xlsx）替代"
    assert august.ask(query) == [
        ("d1-a", 1, "superseded", replaced, 0),
        ("d1-a2", 3, "accepted", None, 0),
        ("d1-b", 2, "superseded", replaced, 0),
        ("d1-older", 4, "superseded", replaced, 0),
        ("nobody", None, "quarantined", None, 0),
        ("t1-july", 1, "accepted", None, 1),
        ("t4-july", 1, "accepted", "该单位不在本期应报名单内，所报数据未计入汇总", 0),
    ]


def test_timeliness_of_a_shifted_due_day(august: Warehouse) -> None:
    query = """
        select unit_id, unit_name, due_on, received_at, timeliness, days_late, versions_received, versions_returned,
               last_status, last_reason
        from rpt_timeliness where (form_id, period) in (('progress', '2023-07'), ('plan', '2023-05'))
        order by period, unit_position
    """
    due = date(2023, 7, 24)
    silent = (None, "missing", None, 0, 0, None, None)
    assert august.ask(query) == [
        ("d1", "住建局", date(2023, 5, 30), *silent),  # the plan, due once
        ("t1", "甲街道", due, datetime(2023, 7, 24, 9), "on_time", 0, 1, 0, "accepted", None),
        ("t2", "乙镇", due, datetime(2023, 7, 25), "late", 1, 1, 0, "accepted", None),
        ("t3", "丙镇", date(2023, 7, 28), datetime(2023, 7, 27, 9), "on_time", 0, 1, 0, "accepted", None),  # extended
        ("d1", "住建局", due, *silent),
    ]


def test_a_late_first_hop_leaves_the_second_hop_incomplete(august: Warehouse) -> None:
    query = """
        select unit_id, timeliness, upstream_complete, upstream_late_units from rpt_timeliness
        where period = '2023-06' and unit_id in ('d1', 't1') order by unit_id
    """
    assert august.ask(query) == [
        ("d1", "on_time", False, "丁镇（未报）、乙镇（未报）"),  # 甲镇 was in time
        ("t1", "on_time", None, None),
    ]
    hops = "select upstream_unit_name, upstream_timeliness from fct_upstream_reports order by upstream_unit_id"
    assert august.ask(hops) == [("甲街道", "on_time"), ("乙镇", "missing"), ("丁镇", "missing")]


def test_a_voluntary_report_is_received_and_nobody_owes_it(august: Warehouse) -> None:
    query = "select unit_id, is_expected, is_voluntary, status_reason from fct_submissions where form_id = 'highlight'"
    uninvited = "该单位不在本期应报名单内，所报数据未计入汇总"
    assert sorted(august.ask(query)) == [("t1", False, True, None), ("t2", False, False, uninvited)]
    assert august.ask("select count(*) from fct_report_timeliness where form_id = 'highlight'") == [(0,)]
    periods = (
        "select form_id, is_voluntary from dim_reporting_periods where is_voluntary or form_id = 'plan' order by 1"
    )
    assert august.ask(periods) == [("highlight", True), ("plan", False)]


def test_totals_count_what_was_received_and_say_how_many(august: Warehouse) -> None:
    query = """
        select total_scope, item_code || '.' || part, cumulative_value, of_units, month_value, units_expected,
               units_received, units_counted, units_blank, units_not_applicable, units_approximate
        from rpt_progress_totals where period = '2023-07' and (total_scope = 'territory' or item_code = '1.1')
        order by position, total_scope
    """
    assert august.ask(query) == [
        ("all", "1.1.value", 55, None, 38, 4, 3, 3, 0, 0, 1),
        ("city_level", "1.1.value", None, None, None, 1, 0, 0, 0, 0, 0),
        ("territory", "1.1.value", 55, None, 38, 3, 3, 3, 0, 0, 1),
        ("territory", "3.3.count", 3, None, 1, 3, 3, 2, 1, 0, 0),
        ("territory", "3.3.amount", Decimal("1.25"), None, Decimal("-0.25"), 3, 3, 2, 0, 1, 0),
        ("territory", "4.6.value", 1, 3, None, 3, 3, 3, 0, 0, 0),
        ("territory", "4.7.value", 10, None, -2, 3, 3, 2, 1, 0, 0),
    ]


def test_failing_rules_mark_their_cells_and_fill_the_problem_list(august: Warehouse) -> None:
    marks = "select item_code || '.' || part, marks from rpt_progress_table where marks is not null order by position"
    assert august.ask(marks) == [("1.1.value", "PF-2-01,PF-2-02"), ("3.3.count", "PF-2-03"), ("3.3.amount", "PF-2-03")]
    problems = """
        select unit_name, rule_code, rule_class_name, status, is_open, sentence, explanation, explanation_state
        from rpt_rule_outcomes order by class_order, rule_code
    """
    explained = "复核减少；罚款退回"
    assert august.ask(problems) == [
        ("乙镇", "PF-1-01", "强制性", "returned", True, "规则PF-1-01", None, "not_needed"),
        ("甲街道", "PF-2-01", "核实性", "accepted", True, "规则PF-2-01", explained, "given"),
        ("甲街道", "PF-2-02", "核实性", "accepted", True, "规则PF-2-02", explained, "given"),
        ("甲街道", "PF-2-03", "核实性", "accepted", True, "规则PF-2-03", explained, "given"),
    ]


def test_sources_name_the_file_behind_every_current_report(august: Warehouse) -> None:
    query = """
        select period, unit_id, file_name, version, figures_read, figures_blank, rules_failed from rpt_sources
        order by period, unit_position
    """
    assert august.ask(query) == [
        ("2023-06", "t1", "t1-june-again.xlsx", 2, 5, 0, 0),
        ("2023-06", "d1", "d1-a2.xlsx", 3, 4, 1, 0),
        ("2023-07", "t1", "t1-july.xlsx", 1, 5, 0, 3),
        ("2023-07", "t2", "t2-july.xlsx", 1, 4, 1, 0),
        ("2023-07", "t3", "t3-july.xlsx", 1, 3, 1, 0),
    ]


def test_figures_for_the_gates_hold_every_version_and_the_current_figure_before(august: Warehouse) -> None:
    query = """
        select submission_id, is_current, kind, value, previous_value, previous_state
        from intermediate.int_figures__checked where item_code = '1.1' and unit_id <> 'd1' order by submission_id
    """
    assert august.ask(query) == [
        ("t1-july", True, "cumulative_count", 20, 12, "value"),
        ("t1-june", False, "cumulative_count", 10, None, None),
        ("t1-june-again", True, "cumulative_count", 12, None, None),
        ("t2-july", True, "cumulative_count", 5, None, "not_received"),
        ("t2-june", False, "cumulative_count", 7, None, None),
        ("t3-july", True, "cumulative_count", 30, None, None),
        ("t4-july", True, "cumulative_count", 900, None, None),
    ]


def test_all_tests_of_the_project_pass_and_only_the_uninvited_report_is_warned_about(august: Warehouse) -> None:
    statuses = august.statuses
    assert {name: status for name, status in statuses.items() if status not in ("success", "pass", "no-op")} == {
        "accepted_reports_were_expected": "warn"
    }
    assert [message for message in august.warnings if "accepted_reports_were_expected" not in message] == [
        "Got 2 results, configured to warn if != 0"
    ]
    assert statuses["due_day_itself_is_on_time_and_the_day_after_is_one_day_late"] == "pass"  # unit tests ran too
