"""The hazard ledger from files to facts, and to what is printed and asked of it.

Every expected value was worked out by hand from the lists in conftest.py. Columns stand in the form's order:
E 隐患描述, K 发现日期, Y 整改完成, AB 销号.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import openpyxl

from orchestration.snapshot import published_snapshot
from reports.consolidation.consolidated import verify_consolidated, write_consolidated
from reports.paper.word_reading import SeenText, read_document
from tests.pipeline.cities import GUSHAN
from tests.pipeline.hazard_ledger.conftest import CITY, DUCT, LedgerCity

HOW_TO_TRACE = Path(__file__).parents[3] / "docs" / "how-to" / "trace.md"
DIFFERENCES = "2023-07 第 1.1 项报 3，清单为 2；2023-07 第 1.3 项报 2，清单为 1"


def test_resent_and_reworded_lines_are_one_hazard(city: LedgerCity) -> None:
    found = city.rows(
        "select hazard_number, level, source, found_on, status, reopened_count, first_period, last_period "
        f"from marts.fct_hazards where unit_id = '{GUSHAN}' order by hazard_number"
    )
    assert found == [
        ("GS-1", "major", "self_check", date(2023, 6, 5), "reopened", 1, "2023-06", "2023-08"),
        ("GS-2", "major", "inspection", date(2023, 6, 8), "open", 0, "2023-06", "2023-08"),
        ("GS-3", "general", "self_check", date(2023, 6, 12), "open", 0, "2023-06", "2023-08"),
        ("GS-4", "major", "self_check", date(2023, 7, 20), "open", 0, "2023-07", "2023-08"),
    ]


def test_every_event_leads_to_its_cell(city: LedgerCity) -> None:
    events = city.rows(
        "select e.event, e.event_on, e.actor, e.source_cell, s.period from marts.fct_hazard_events e "
        "join marts.fct_hazards h using (campaign_id, hazard_id) "
        "join marts.fct_submissions s on s.submission_id = e.submission_id "
        "where h.hazard_number = 'GS-1' order by e.event_number"
    )
    assert events == [
        ("found", date(2023, 6, 5), None, "Sheet1!K4", "2023-08"),
        ("rectified", date(2023, 7, 3), "甲化工有限公司", "Sheet1!Z4", "2023-07"),
        ("closed", date(2023, 7, 10), "市应急局", "Sheet1!AC4", "2023-07"),
        ("reopened", date(2023, 8, 24), None, "Sheet1!E4", "2023-08"),
    ]


def test_the_status_of_every_hazard_of_a_unit_on_a_day_is_asked_as_documented(city: LedgerCity) -> None:
    """On 07-11 GS-1 is closed since the day before, and GS-4 is not found yet."""
    (query,) = re.findall(r'taizhang sql "(.*fct_hazard_spans.*)"', HOW_TO_TRACE.read_text(encoding="utf-8"))
    rows = published_snapshot(city.home.published).rows(query.replace("haicheng_2023", CITY))
    assert [(row["hazard_number"], row["status"], row["from_on"]) for row in rows] == [
        ("GS-1", "closed", date(2023, 7, 10)),
        ("GS-2", "open", date(2023, 6, 8)),
        ("GS-3", "open", date(2023, 6, 12)),
    ]


def test_two_reporting_lines_are_shown_and_not_deducted(city: LedgerCity) -> None:
    assert city.rows(
        "select reporting_scope, reports, counted_twice from marts.fct_hazard_overlaps order by counted_twice"
    ) == [("territory", 2, 0), ("city_level", 2, 1)]
    assert city.rows("select count(*), count(distinct shared_hazard_id) from marts.fct_hazards") == [(5, 4)]


def test_stock_and_flow_of_each_month(city: LedgerCity) -> None:
    """Major hazards of the town: June finds two, July a third, closes one; August reopens it."""
    assert city.rows(
        "select period, sum(was_open::int), sum(found_count), sum(rectified_count), sum(closed_count), "
        "sum(reopened_count), sum(is_open::int) from marts.fct_hazard_months "
        f"where unit_id = '{GUSHAN}' and level = 'major' group by 1 order by 1"
    ) == [
        ("2023-06", 0, 2, 0, 0, 0, 2),
        ("2023-07", 2, 1, 1, 1, 0, 2),
        ("2023-08", 2, 0, 0, 0, 1, 3),
    ]


def test_the_form_is_held_against_the_list(city: LedgerCity) -> None:
    """June agrees. July's form says three self-checked where the list has two, and a correction made 1.3 two."""
    assert city.rows(
        "select period, item_code, message from marts.fct_rule_outcomes "
        "where rule_code = 'PF-1-07' and outcome = 'fail' order by period, item_code"
    ) == [
        ("2023-07", "1.1", "“企业自查发现的重大事故隐患”报 3，按本单位隐患清单为 2。请逐条核对清单，补报或改正。"),
        ("2023-07", "1.3", "“部门检查发现的重大事故隐患”报 2，按本单位隐患清单为 1。请逐条核对清单，补报或改正。"),
    ]


def test_a_difference_names_every_hazard_behind_it(city: LedgerCity) -> None:
    """July, item 1.1: the form says 3; GS-1 and GS-4 count, GS-2 an inspection found, GS-3 is not major.

    Item 1.3 says 1, as the list does; the correction to 2 is what differs. A department reported GS-2, too.
    """
    assert city.rows(
        "select item_code, reported_value, form_value, ledger_value, difference, source_cell, hazard_number, "
        "is_counted, reason, list_row from marts.rpt_ledger_differences order by period, item_code, hazard_number"
    ) == [
        ("1.1", 3, 3, 2, 1, "调度表!D4", "GS-1", True, "counted", "Sheet1!4"),
        ("1.1", 3, 3, 2, 1, "调度表!D4", "GS-2", False, "other_source", "Sheet1!5"),
        ("1.1", 3, 3, 2, 1, "调度表!D4", "GS-3", False, "not_major", "Sheet1!6"),
        ("1.1", 3, 3, 2, 1, "调度表!D4", "GS-4", True, "counted", "Sheet1!7"),
        ("1.3", 1, 2, 1, 1, "调度表!D5", "GS-1", False, "other_source", "Sheet1!4"),
        ("1.3", 1, 2, 1, 1, "调度表!D5", "GS-2", True, "shared_with_other_unit", "Sheet1!5"),
        ("1.3", 1, 2, 1, 1, "调度表!D5", "GS-3", False, "not_major", "Sheet1!6"),
        ("1.3", 1, 2, 1, 1, "调度表!D5", "GS-4", False, "other_source", "Sheet1!7"),
    ]


def test_the_consolidated_table_shows_the_difference_and_leaves_the_figure(city: LedgerCity, tmp_path: Path) -> None:
    workbook = tmp_path / "汇总表.xlsx"
    write_consolidated(workbook, city.home.published, CITY, "progress", "2023-07")
    assert verify_consolidated(workbook, city.home.published, CITY, "progress", "2023-07") == []
    sheet = openpyxl.load_workbook(workbook)["数账核对"]
    assert "疑似的并作一处" not in [cell.value for cell in sheet[3]]  # no pair is in doubt here
    rows = [[cell.value for cell in row[1:10]] for row in sheet.iter_rows(min_row=4, max_row=8)]
    self_checked, inspected = "1.1 企业自查发现的重大事故隐患", "1.3 部门检查发现的重大事故隐患"
    assert [row[-2:] for row in rows[:4]] == [  # more on the form than in the list: what does not count comes first
        ["不计入", "不是重大隐患"],
        ["不计入", "来源不属本项"],
        ["计入", "截止日前的清单上有"],
        ["计入", "截止日前的清单上有"],
    ]
    assert rows[0][:-2] == ["孤山镇", self_checked, "3", None, "2", "多 1", "调度表!D4"]
    assert rows[4] == ["孤山镇", inspected, "1", "2", "1", "多 1", "调度表!D5", "计入", "另有单位也报了这一处"]


def test_a_unit_is_suggested_for_a_visit_with_the_facts_that_speak_for_it(city: LedgerCity) -> None:
    """At August's night GS-1, due on 30 June, is open again: eight weeks of five working days over its day."""
    assert city.rows(
        "select reason, facts, evidence, reasons_of_unit, clause from marts.rpt_visit_suggestions "
        f"where unit_id = '{GUSHAN}' and reason <> 'reports_missing' order by reason_position"
    ) == [
        ("hazards_overdue", 1, f"GS-1 甲化工有限公司 {DUCT}（超期 40 个工作日）", 4, "海安委〔2023〕3号 二（三）5"),
        ("hazards_reopened", 1, f"GS-1 甲化工有限公司 {DUCT}", 4, "海安委〔2023〕3号 二（三）5"),
        ("figures_differ", 2, DIFFERENCES, 4, "海安委〔2023〕3号 二（三）5"),
    ]


def test_the_rows_behind_a_difference_go_back_to_the_unit(city: LedgerCity) -> None:
    """The town's letter of August's night: July's form is the last one it sent, and differs from its list twice."""
    [path] = (city.home.outbox / CITY).glob(f"{GUSHAN}_*核实单.docx")
    letter = read_document(path)
    asked, of_1_3 = (
        [[cell.text for cell in row] for row in block] for block in letter.blocks if isinstance(block, tuple)
    )
    about_1_1 = next(row for row in asked if row[6] == "PF-1-07" and "企业自查" in row[4])
    title = "全市重大隐患专项排查整治 2023 行动进展情况调度表 2023年7月"
    assert about_1_1[1:4] == [title, "孤山镇7月调度表.xlsx", "调度表!D4"]
    figure = "2023年7月 1.1 企业自查发现的重大事故隐患（调度表!D4）：表上 3，清单 2，多 1。"
    told = [block.text for block in letter.blocks if isinstance(block, SeenText)]
    after = told.index(f"{figure}清单漏列、漏填的请补齐，表上多计的请改正。") + 1
    assert told[after : after + 3] == [
        "计入 2 处（截止日前的清单上有）：孤山镇8月隐患清单.xlsx Sheet1 第 4、 7 行。",
        "不计入 1 处（来源不属本项）：孤山镇8月隐患清单.xlsx Sheet1 第 5 行。",
        "不计入 1 处（不是重大隐患）：孤山镇8月隐患清单.xlsx Sheet1 第 6 行。",
    ]
    assert [(row[0], row[1], row[2], row[8]) for row in of_1_3[1:]] == [
        ("计入", "另有单位也报了这一处", "GS-2", "Sheet1!5")
    ]


def test_stock_and_flow_are_cut_by_source_and_add_up(city: LedgerCity) -> None:
    """August: GS-1 is open again and late; self-checked GS-1, 3, 4, inspected GS-2 and the department's own."""
    assert city.rows(
        "select cut_name, opening_count, reopened_count, open_count, overdue_count, open_with_plan_count "
        "from marts.fct_hazard_cuts where period = '2023-08' and cut in ('all', 'source') order by cut, cut_value"
    ) == [
        ("全部", 4, 1, 5, 1, 0),
        ("部门检查", 2, 0, 2, 0, 0),
        ("企业自查", 2, 1, 3, 1, 0),
    ]
