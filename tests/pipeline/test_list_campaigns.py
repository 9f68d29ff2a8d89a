"""Two real campaigns whose forms are lists and texts, from files in the inbox to published facts in one night.

Belongs here: what holds only over the whole way (a file's cell is the cell in the mart). Hard cases of the models stand
in test_lists_on_hand_made_rows.py, those of reading in the unit tests of ingest.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import Any

import pytest
from docx import Document

from campaigns.load import load_campaign
from orchestration.cli import app
from orchestration.errors import PlainError
from orchestration.home import Home
from orchestration.nightly import nightly
from orchestration.snapshot import published_snapshot
from orchestration.tracing.task_trace import trace_task
from tests.forms import Table, as_docx, as_xlsx
from tests.list_forms import as_written, listed
from tests.pipeline.cities import Ask, published_rows

NIGHT = datetime(2024, 5, 24, 17)
PUTUO, BAOSHAN = load_campaign("putuo_2024_2026"), load_campaign("baoshan_soe_2024")
ENTERPRISE = "区属企业甲（虚构）"


def _bureau(form_id: str, period: str, filled_on: str, *rows: dict[str, Any], unit: str = "区应急局") -> Table:
    return listed(PUTUO.form(form_id), rows, unit=unit, period=period, filled_on=filled_on)


def _enterprise(form_id: str, period: str, filled_on: str, *rows: dict[str, Any]) -> Table:
    return listed(BAOSHAN.form(form_id), rows, unit=ENTERPRISE, period=period, filled_on=filled_on)


def _files() -> dict[str, bytes]:
    done = {"number": 9, "status": "已完成", "progress": "已办", "evidence": "会议纪要"}
    again = {"number": 9, "status": "推进中", "progress": "重新开展"}
    goal = "完善制度"
    return {
        "putuo_2024_2026/应急局4月.xlsx": as_xlsx(_bureau("lead_tasks", "2024年4月", "2024年4月24日", done)),
        "putuo_2024_2026/应急局5月.docx": as_docx(_bureau("lead_tasks", "2024年5月", "2024年5月23日", again)),
        "putuo_2024_2026/国资委5月.xlsx": as_xlsx(_bureau("lead_tasks", "2024年5月", "2024年5月23日", unit="区国资委")),
        "putuo_2024_2026/应急局事故.xlsx": as_xlsx(
            _bureau(
                "accidents",
                "2024年4月",
                "2024年4月24日",
                {
                    "accident_number": "2024-1",
                    "occurred_on": "2024年4月3日",
                    "place": "长征镇",
                    "grade": "一般",
                    "deaths": 1,
                },
            )
        ),
        "putuo_2024_2026/教育局.docx": as_written(
            "区教育局治本攻坚三年行动工作开展情况",
            "填报单位：区教育局",
            "报送期：2024年5月",
            "亮点工作：2024年共检查12次。",
            "2024年5月24日",
        ),
        "baoshan_soe_2024/任务清单.xlsx": as_xlsx(
            _enterprise(
                "task_list",
                "2024年4月",
                "2024年4月28日",
                {"number": 1, "goal": goal, "lead_units": "安全部", "due": "2024年6月"},
            )
        ),
        "baoshan_soe_2024/任务进展.xlsx": as_xlsx(
            _enterprise(
                "task_progress",
                "2024年5月",
                "2024年5月20日",
                {"number": 1, "goal": goal, "due": "2024年9月", "status": "推进中", "progress": "起草"},
            )
        ),
        "baoshan_soe_2024/检查.xlsx": as_xlsx(
            _enterprise(
                "inspections",
                "2024年5月",
                "2024年5月20日",
                {"held_on": "2024年5月8日", "event": "带队检查", "led_by": "董事长", "site_name": "一号店"},
                {"held_on": "2024年5月24日", "event": "安全培训", "led_by": "经理", "site_name": "一号店"},
                {"held_on": "2024年5月25日", "event": "带队检查", "led_by": "董事长", "site_name": "二号店"},
            )
        ),
        "baoshan_soe_2024/网点.xlsx": as_xlsx(
            _enterprise(
                "site_register", "2024年", "2024年5月20日", {"site_name": "一号店", "address": "东街1号", "use": "出租"}
            )
        ),
    }


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("list_campaigns")).prepare()
    for name, content in _files().items():
        target = home.inbox / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    nightly(home, NIGHT)
    return home


@pytest.fixture(scope="module")
def ask(home: Home) -> Ask:
    return partial(published_rows, home)


def test_a_status_can_be_followed_to_its_cell_in_excel_and_in_word(ask: Ask) -> None:
    query = """
        select progress.period, progress.status, progress.evidence, progress.is_backwards, sent.file_name,
               progress.source_cell
        from fct_task_progress as progress inner join fct_submissions as sent using (submission_id)
        where progress.task_id = 'PT2024-09' order by 1
    """
    assert ask(query) == [
        ("2024-04", "done", "会议纪要", False, "应急局4月.xlsx", "Sheet1!F4"),
        ("2024-05", "in_progress", None, True, "应急局5月.docx", "表格1!R3C6"),
    ]
    board = (
        "select task_state, units_owed, silent_units from rpt_task_board where task_id = 'PT2024-09' order by period"
    )
    assert ask(board) == [  # 区应急局、区建管委、区国资委 lead task 9
        ("in_progress", 3, "区国资委、区建设管理委"),
        ("in_progress", 3, "区国资委、区建设管理委"),
    ]
    assert ask("select count(*), count(distinct task_id) from rpt_task_board where list_id = 'plan_2024'") == [(70, 35)]


def test_an_enterprises_own_plan_and_its_progress_are_one_task(ask: Ask) -> None:
    tasks = "select goal, number, due_on, first_due_on, owner_unit_id, lead_units from dim_tasks where list_id = 'own'"
    assert ask(tasks) == [("完善制度", "1", date(2024, 9, 30), date(2024, 6, 30), "310113E01", "安全部")]
    progress = "select period, status, is_owed, source_cell from fct_task_progress where list_id = 'own'"
    assert ask(progress) == [("2024-05", "in_progress", True, "Sheet1!E4")]


def test_inspections_accidents_registers_and_texts_reach_their_marts(ask: Ask) -> None:
    met = "select unit_name, period, times, done_count from fct_inspections where obligation_state = 'met'"
    assert ask(met) == [(ENTERPRISE, "2024Q2", 1, 1)]
    accidents = "select accident_number, occurred_on, place_unit_id, grade, deaths, source_cell from fct_accidents"
    assert ask(accidents) == [("2024-1", date(2024, 4, 3), "310107102", "general", 1, "Sheet1!B4")]
    targets = "select target_id, current_value, base_value, reached from rpt_accident_targets order by 1"
    assert ask(targets) == [
        ("accidents_three_years", 1, None, "unknown"),  # nobody has said what 2023 was
        ("deaths_2024", 1, None, "unknown"),
        ("deaths_three_years", 1, None, "unknown"),
    ]
    sites = "select column_name, printed_value from rpt_registers order by column_position"
    assert ask(sites) == [("网点名称", "一号店"), ("地址", "东街1号"), ("经营方式", "出租出借")]
    texts = "select unit_name, parts_found, characters, counted_length, is_over_limit from fct_narratives"
    assert ask(texts) == [("区教育局", 1, 12, 12, False)]


def test_what_is_dated_after_the_list_came_is_asked_about_and_not_counted(home: Home, ask: Ask) -> None:
    """The list came on 24 May: the training of that day is done, the inspection of the 25th is a plan or a slip."""
    events = "select event_name, happened_on, received_on, is_dated_ahead, source_cell from fct_events"
    received = date(2024, 5, 24)
    assert ask(f"{events} where subject = 'inspection' order by happened_on") == [
        ("主要负责人带队检查", date(2024, 5, 8), received, False, "Sheet1!A4"),
        ("安全培训", received, received, False, "Sheet1!A5"),
        ("主要负责人带队检查", date(2024, 5, 25), received, True, "Sheet1!A6"),
    ]
    questions = "select unit_name, rule_class, source_cell from rpt_rule_outcomes where rule_code = 'EV-2-01'"
    assert ask(questions) == [(ENTERPRISE, "verification", "Sheet1!A6")]
    [letter] = (home.outbox / "baoshan_soe_2024").glob("*核实单.docx")
    assert (
        "“日期”2024-05-25（主要负责人带队检查）晚于收到本表的日子 2024-05-24，暂不计。"
        "日期写错的请改正；还没有办的，办了以后再报。"
    ) in "\n".join(cell.text for table in Document(str(letter)).tables for row in table.rows for cell in row.cells)


def test_a_status_that_fell_back_without_a_reason_is_asked_about(ask: Ask) -> None:
    query = "select unit_name, period, rule_class, source_cell from rpt_rule_outcomes where rule_code = 'TL-2-01'"
    assert ask(query) == [("区应急局", "2024-05", "verification", "表格1!R3C6")]


def test_trace_leads_from_a_task_to_the_cells_of_every_unit_that_owes_it(home: Home) -> None:
    snapshot = published_snapshot(home.published)
    trace = trace_task(home, snapshot, "putuo_2024_2026", "2024-05", "PT2024-09")
    told = [(unit.unit_name, unit.status, unit.source_cell, unit.raw_text, unit.matches_raw) for unit in trace.units]
    assert told == [
        ("区建设管理委", "not_received", None, None, None),
        ("区国资委", "not_received", None, None, None),
        ("区应急局", "in_progress", "表格1!R3C6", "推进中", True),
    ]
    assert (trace.number, trace.task_state, trace.agrees) == ("9", "in_progress", True)
    empty = trace.units[1].returned  # a list without a row
    assert empty is not None and (empty.status, empty.file_name) == ("returned", "国资委5月.xlsx")
    assert [unit.returned for unit in trace.units if unit is not trace.units[1]] == [None, None]
    assert trace_task(home, snapshot, "putuo_2024_2026", "2024-05", "9", unit_id="310107D10").units == trace.units[2:]
    with pytest.raises(PlainError, match="没有 2024-05 的任务 99"):
        trace_task(home, snapshot, "putuo_2024_2026", "2024-05", "99")


def test_the_command_line_takes_a_task_where_it_takes_an_item(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        app(["trace", "putuo_2024_2026", "2024-05", "PT2024-09", "--home", str(home.root)])
    assert ended.value.code == 0
    printed = capsys.readouterr().out
    assert "任务 9" in printed and "推进中" in printed and "表格1!R3C6" in printed
