"""The hazard ledger from files to facts: lists of three months from a town and a department, and a form beside them.

Every expected value was worked out by hand from the lists below. 孤山镇 sends June's list with three hazards, July's
whole list again (one rectified and closed, one reworded, one new), August's (the closed one open again). The department
reports one of the town's hazards too. Columns stand in the form's order: E 隐患描述, J 发现日期, X 整改完成, AA 销号.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import duckdb
import openpyxl
import pytest
from typer.testing import CliRunner

from orchestration.cli import app
from orchestration.errors import PlainError
from orchestration.file_trace import trace_file
from orchestration.hazard_trace import trace_hazard
from orchestration.home import Home
from orchestration.nightly import nightly
from orchestration.snapshot import published_snapshot
from orchestration.trace import Trace, trace_figure
from reports.consolidated import verify_consolidated, write_consolidated
from tests.forms import as_xlsx
from tests.heavy_imports import heavy_imports_of
from tests.list_forms import listed
from tests.pipeline import cities
from tests.pipeline.cities import FIGURES, GUSHAN, at, send

CITY = "ledger_city_2023"
DUCT = "喷漆房未设置可燃气体报警装置，风管积尘严重"
EXIT = "员工宿舍安全出口上锁"
DIFFERENCES = "2023-07 第 1.1 项报 3，清单为 2；2023-07 第 1.3 项报 2，清单为 1"
WELDER = "电焊工无证上岗"
TANK = "液氨储罐区未设置泄漏报警"

_MAJOR = {"level": "重大", "source": "企业自查"}
JUNE = [
    {
        "hazard_number": "GS-1",
        "enterprise": "甲化工有限公司",
        "hazard": DUCT,
        "found_on": "2023-06-05",
        "due_on": "2023-06-30",
        **_MAJOR,
    },
    {
        "hazard_number": "GS-2",
        "enterprise": "乙服装厂",
        "hazard": EXIT,
        "found_on": "2023.6.8",
        **_MAJOR,
        "source": "部门检查",
        "found_by": "市住建局",
    },
    {
        "hazard_number": "GS-3",
        "enterprise": "丙机械厂",
        "hazard": WELDER,
        "found_on": "2023年6月12日",
        "level": "一般",
        "source": "企业自查",
    },
]
JULY = [
    {**JUNE[0], "rectified_on": "2023-07-03", "closed_on": "2023-07-10", "signed_off_by": "市应急局"},
    {
        **JUNE[1],
        "hazard": "员工宿舍的安全出口上锁、堵塞",
        "listed_level": "县级",
        "listed_by": "市安委会",
        "listed_on": "2023-07-15",
    },
    JUNE[2],
    {"hazard_number": "GS-4", "enterprise": "丁冷库", "hazard": TANK, "found_on": "2023-07-20", **_MAJOR},
]
AUGUST = [{k: v for k, v in JULY[0].items() if k not in ("rectified_on", "closed_on", "signed_off_by")}, *JULY[1:]]
CORRECTION = f"""
correction_id,unit,form_id,period,item_code,part,expected_value,new_value,reason,decided_by,decided_on,document
k_01,{GUSHAN},progress,2023-07,1.3,value,1,2,漏报一处,市安委办综合科,2023-07-25,海安委办函〔2023〕1号
""".lstrip()
OF_DEPARTMENT = [{"enterprise": "乙服装厂", "hazard": EXIT, "found_on": "2023-06-08", **_MAJOR, "source": "部门检查"}]


class LedgerCity:
    def __init__(self, home: Home) -> None:
        self.home = home

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(self.home.current / "taizhang.duckdb"), read_only=True) as connection:
            return connection.execute(sql).fetchall()


def send_list(home: Home, unit_id: str, period: str, filled_on: date, rows: list[Mapping[str, Any]]) -> Path:
    campaign = home.campaigns()[CITY]
    unit = next(unit for unit in campaign.units if unit.unit_id == unit_id)
    table = listed(campaign.form("hazard_list"), rows, unit=unit.unit_name, filled_on=f"{filled_on:%Y年%m月%d日}")
    target = home.inbox / CITY / period / f"{unit.unit_name}{int(period[5:])}月隐患清单.xlsx"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(as_xlsx(table))
    return target


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> LedgerCity:
    home = Home(tmp_path_factory.mktemp("ledger_city")).prepare()
    department = cities.departments()[0]
    cities.add_campaign(home, CITY, "台账城市", "210398", [GUSHAN, department])
    (home.campaign_folder / CITY / "corrections.csv").write_text(CORRECTION, encoding="utf-8")
    june = FIGURES | {("1.1", "value"): Decimal(1), ("1.2", "value"): Decimal(0), ("1.3", "value"): Decimal(1)}
    june |= {("1.4", "value"): Decimal(0), ("1.5", "value"): Decimal(0), ("1.6", "value"): Decimal(0)}
    send(home, CITY, GUSHAN, "2023-06", date(2023, 6, 24), june)
    send_list(home, GUSHAN, "2023-06", date(2023, 6, 24), JUNE)
    nightly(home, at(date(2023, 6, 25)))
    july = june | {("1.1", "value"): Decimal(3), ("1.2", "value"): Decimal(1), ("1.5", "value"): Decimal(1)}
    send(home, CITY, GUSHAN, "2023-07", date(2023, 7, 24), july)
    send_list(home, GUSHAN, "2023-07", date(2023, 7, 24), JULY)
    send_list(home, department, "2023-07", date(2023, 7, 24), OF_DEPARTMENT)
    nightly(home, at(date(2023, 7, 25)))
    send_list(home, GUSHAN, "2023-08", date(2023, 8, 24), AUGUST)
    night = nightly(home, at(date(2023, 8, 25)))
    assert night.failures == ()
    return LedgerCity(home)


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
        ("found", date(2023, 6, 5), None, "Sheet1!J4", "2023-08"),
        ("rectified", date(2023, 7, 3), "甲化工有限公司", "Sheet1!X4", "2023-07"),
        ("closed", date(2023, 7, 10), "市应急局", "Sheet1!AA4", "2023-07"),
        ("reopened", date(2023, 8, 24), None, "Sheet1!E4", "2023-08"),
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
    rows = [[cell.value for cell in row[1:10]] for row in sheet.iter_rows(min_row=4, max_row=8)]
    self_checked, inspected = "1.1 企业自查发现的重大事故隐患", "1.3 部门检查发现的重大事故隐患"
    assert rows[0] == ["孤山镇", self_checked, "3", None, "2", "多 1", "调度表!D4", "计入", "截止日前的清单上有"]
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


def trace_item(city: LedgerCity, period: str, item: str, published: Path | None = None) -> Trace:
    form = city.home.campaigns()[CITY].form("progress")
    snapshot = published_snapshot(published or city.home.published)
    return trace_figure(city.home, snapshot, CITY, form, period, item, unit_id=GUSHAN)


def test_a_figure_opens_to_the_hazards_of_the_ledger_beside_its_cell(city: LedgerCity) -> None:
    """July, 1.1: the cell says 3; GS-1 (closed on 07-10) and GS-4 count. June, 1.2: cell and ledger say 0."""
    trace = trace_item(city, "2023-07", "1.1")
    assert [(cell.value, cell.source_cell) for cell in trace.cells] == [(3, "调度表!D4")]
    (side,) = trace.ledger
    assert (side.ledger_value, side.cutoff_on, side.agrees, trace.agrees) == (2, date(2023, 7, 24), True, True)
    assert [
        (row.hazard_number, row.is_counted, row.reason, row.status_at_cutoff, row.matches_mart, row.source_row)
        for row in side.rows
    ] == [
        ("GS-1", True, "counted", "closed", True, "Sheet1!4"),
        ("GS-2", False, "other_source", "open", True, "Sheet1!5"),
        ("GS-3", False, "not_major", "open", True, "Sheet1!6"),
        ("GS-4", True, "counted", "open", True, "Sheet1!7"),
    ]
    assert {row.file_name for row in side.rows} == {"孤山镇8月隐患清单.xlsx"}
    (agreed,) = trace_item(city, "2023-06", "1.2").ledger
    assert (agreed.ledger_value, agreed.agrees) == (0, True)
    assert [(row.hazard_number, row.reason, row.matches_mart) for row in agreed.rows] == [
        ("GS-1", "not_rectified", None),
        ("GS-2", "other_source", None),
        ("GS-3", "not_major", None),
        ("GS-4", "found_after_cutoff", None),
    ]


def test_a_ledger_count_that_its_hazards_do_not_make_is_told(city: LedgerCity, tmp_path: Path) -> None:
    published = tmp_path / "published"
    shutil.copytree(city.home.current.resolve(), published)
    with duckdb.connect(str(published / "taizhang.duckdb")) as connection:
        connection.execute("update marts.fct_ledger_counts set ledger_value = 1 where period = '2023-07'")
    trace = trace_item(city, "2023-07", "1.1", published)
    assert not trace.ledger[0].agrees and not trace.agrees


def test_a_hazard_opens_to_its_events_lines_and_comparisons(city: LedgerCity) -> None:
    snapshot = published_snapshot(city.home.published)
    trace = trace_hazard(city.home, snapshot, CITY, "GS-2", on=date(2023, 7, 14))
    assert (trace.status_on_day, trace.agrees) == ("open", True)
    assert [(event.event, event.source_cell, event.file_name) for event in trace.events] == [
        ("found", "Sheet1!J5", "孤山镇8月隐患清单.xlsx"),
        ("listed", "Sheet1!O5", "孤山镇8月隐患清单.xlsx"),
    ]
    by = {pair.pair_id: pair.reason for pair in trace.pairs}
    assert [
        (line.period, line.hazard, line.status, line.source_row, by.get(line.joined_by or "")) for line in trace.lines
    ] == [
        ("2023-06", EXIT, "accepted", "Sheet1!5", None),
        ("2023-07", "员工宿舍的安全出口上锁、堵塞", "accepted", "Sheet1!5", "编号相同"),
        ("2023-08", "员工宿舍的安全出口上锁、堵塞", "accepted", "Sheet1!5", "编号相同"),
    ]
    assert sorted((pair.kind, pair.is_joined) for pair in trace.pairs) == [
        ("overlap", True),
        ("overlap", True),
        ("same", True),
    ]
    assert trace_hazard(city.home, snapshot, CITY, trace.hazard_id).hazard_number == "GS-2"
    with pytest.raises(PlainError, match="台账里没有隐患 GS-9"):
        trace_hazard(city.home, snapshot, CITY, "GS-9")


def test_the_life_of_a_hazard_is_told_at_once_and_in_words(city: LedgerCity) -> None:
    question = ["trace", CITY, "--hazard", "GS-1", "--on", "2023-07-11"]
    assert heavy_imports_of(question, city.home.root) == "[]"
    answer = CliRunner().invoke(app, [*question, "--home", str(city.home.root)])
    assert answer.exit_code == 0
    assert "2023-07-11 当日：已销号" in answer.output and "Sheet1!AA4" in answer.output


def test_the_rows_behind_a_difference_go_back_to_the_unit(city: LedgerCity) -> None:
    """The town's letter of August's night: July's form is the last one it sent, and differs from its list twice."""
    [path] = (city.home.outbox / CITY).glob(f"{GUSHAN}_*核实单.docx")
    letter = docx.Document(str(path))
    asked = [[cell.text for cell in row.cells] for row in letter.tables[0].rows]
    about_1_1 = next(row for row in asked if row[6] == "PF-1-07" and "企业自查" in row[4])
    title = "全市重大隐患专项排查整治 2023 行动进展情况调度表 2023年7月"
    assert about_1_1[1:4] == [title, "孤山镇7月调度表.xlsx", "调度表!D4"]
    figure = "2023年7月 1.1 企业自查发现的重大事故隐患（调度表!D4）：表上 3，清单 2，多 1。"
    assert figure in [paragraph.text for paragraph in letter.paragraphs]
    rows = [[cell.text for cell in row.cells] for row in letter.tables[1].rows]
    assert [(row[0], row[2], row[8]) for row in rows[1:]] == [
        ("计入", "GS-1", "Sheet1!4"),
        ("计入", "GS-4", "Sheet1!7"),
        ("不计入", "GS-3", "Sheet1!6"),
        ("不计入", "GS-2", "Sheet1!5"),
    ]


def test_a_list_leads_to_its_hazards_or_to_the_later_list(city: LedgerCity) -> None:
    """August's list is the last word on all four hazards; of July's only GS-1's rectified and closed days are left."""
    snapshot, campaign = published_snapshot(city.home.published), city.home.campaigns()[CITY]
    last = trace_file(city.home, snapshot, campaign, "孤山镇8月隐患清单.xlsx")
    assert (last.fates["reached"], last.fates.get("later_line"), last.agrees) == (29, None, True)
    july = trace_file(city.home, snapshot, campaign, "孤山镇7月隐患清单.xlsx")
    assert [(cell.cell_ref, cell.reached) for cell in july.cells if cell.fate == "reached"] == [
        ("X4", ("fct_hazard_events",)),
        ("AA4", ("fct_hazard_events",)),
    ]
    assert (july.fates["later_line"], july.filled) == (30, sum(july.fates.values()))


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
