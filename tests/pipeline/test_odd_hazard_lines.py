"""Lines of a hazard list that cannot be as they stand, from files to the question put to the unit, with its cell.

Every expected value was worked out by hand from the two lists below, whose columns stand in the order of COLUMNS (A to
N; the first line is row 4). A line at the bound of each rule stands beside the one that breaks it. June's list lies in
the raw zone as before the form had a column for inspectors; July's came with it.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest

from orchestration.commands.hazard_table import print_hazard_trace
from orchestration.home import Home
from orchestration.nightly import nightly
from orchestration.snapshot import published_snapshot
from orchestration.tracing.file_trace import trace_file
from orchestration.tracing.hazard_trace import trace_hazard
from orchestration.tracing.stock_trace import trace_stock
from tests.forms import Table, as_xlsx
from tests.list_forms import listed
from tests.pipeline import cities
from tests.pipeline.cities import GUSHAN, Ask, at, published_rows

CITY = "odd_lines_2023"
COLUMNS = [
    *("hazard_number", "enterprise", "hazard", "level", "source", "found_on", "due_on", "rectified_on", "verified_on"),
    *("closed_on", "signed_off_by", "reopened_on", "lookback_result", "inspectors"),
]
_MAJOR = {"level": "重大", "source": "企业自查", "found_on": "2023-06-05"}


def line(number: str, enterprise: str, hazard: str, **more: str) -> Mapping[str, str]:
    return {"hazard_number": number, "enterprise": enterprise, "hazard": hazard, **_MAJOR, **more}


JUNE = [
    line("GS-1", "甲厂", "风管积尘", due_on="2023-06-04"),
    line("GS-2", "乙厂", "出口上锁", due_on="2023-06-05", rectified_on="2023-06-05"),
    line("GS-3", "丙厂", "无证上岗", rectified_on="2023-06-04"),
    line("GS-4", "丁厂", "氨罐无报警", rectified_on="2023-06-10", closed_on="2023-06-12"),
    line(
        "GS-5", "戊厂", "天窗未封闭",
        rectified_on="2023-06-10", verified_on="2023-06-09", closed_on="2023-06-12", signed_off_by="市应急局",
    ),
    line("GS-6", "己厂", "护栏缺失", reopened_on="2023-06-15"),
    line("GS-7", "庚厂", "电缆裸露", found_on="2023-06-25"),
    line("GS-8", "辛厂", "井口无盖", found_on="2023-06-26"),
    line("GS-9", "壬厂", "喷漆房未设置可燃气体报警装置"),
    line("GS-10", "壬厂", "喷漆房未设置可燃气体报警装置"),
    line("", "癸厂", "配电箱未上锁"),
    line("", "癸厂", "配电箱门未上锁", closed_on="2023-06-20", signed_off_by="市住建局"),
    line("GS-11", "寅厂", "锅炉超期未检", source="部门检查"),
]  # fmt: skip
JULY = [
    line("GS-1", "子厂", "消防栓无水", found_on="2023-07-05"),
    line("GS-31", "卯厂", "叉车无牌", source="部门检查", found_on="2023-07-05"),
    line("GS-32", "辰厂", "通风机停用", source="部门检查", found_on="2023-07-05", inspectors="测试员甲"),
    line("GS-33", "巳厂", "压力表失效", found_on="2023-07-05", level=""),
    line("GS-34", "午厂", "", found_on="2023-07-05"),
    line("GS-35", "未厂", "皮带机没有急停装置", found_on="2023-07-05", rectified_on="2023-07-12"),
    line("GS-35", "未厂", "皮带机未设急停装置", found_on="2023-07-05"),
]
DRAFT = JULY[5:]  # what was sent on the 23rd, rows 4 and 5, and replaced by the list of the 24th
NOTED = {2: "安全条件", 3: "不具备"}  # beside July's head and first line: a column that the form does not have


def send_list(
    home: Home, period: str, filled_on: date, rows: list[Mapping[str, Any]], beside: Mapping[int, str] | None = None
) -> Path:
    campaign = home.campaigns()[CITY]
    unit = next(unit for unit in campaign.units if unit.unit_id == GUSHAN)
    stamp = {"unit": unit.unit_name, "filled_on": f"{filled_on:%Y年%m月%d日}"}
    target = home.inbox / CITY / period / f"{unit.unit_name}{int(period[5:])}月隐患清单.xlsx"
    target.parent.mkdir(parents=True, exist_ok=True)
    table = listed(campaign.form("hazard_list"), rows, columns=COLUMNS, **stamp)
    for row, text in (beside or {}).items():
        table.rows[row].append(text)
    target.write_bytes(as_xlsx(table))
    return target


def card(number: str, hazard: str, rectified_on: str, source: str = "企业自查") -> Table:
    """A card of July about one hazard; the day it was rectified stands in D5, where it came from in B6."""
    return Table(
        [
            ["重大事故隐患整改卡"],
            ["填报单位：孤山镇", None, "填报时间：2023年7月24日", None],
            ["隐患编号", number, "企业名称", "丑厂"],
            ["隐患描述", hazard, "隐患等级", "重大"],
            ["发现日期", "2023-07-10", "整改完成日期", rectified_on],
            ["隐患来源", source, "检查单位", None],
        ],
        name="Sheet1",
    )


def take_back_columns(home: Home, *names: str) -> None:
    """Leave the hazard lines of the raw zone as they were written when these columns did not exist."""
    for file in (home.raw / "hazard_lines").glob("*.parquet"):
        pq.write_table(pq.read_table(file).drop_columns(list(names)), file)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The town's lists of two months, a draft of July's, and in July three cards, the third instead of the first."""
    home = Home(tmp_path_factory.mktemp(CITY)).prepare()
    cities.add_campaign(home, CITY, "怪行城市", "210397", [GUSHAN])
    send_list(home, "2023-06", date(2023, 6, 24), JUNE)
    cities.take_in(home, at(date(2023, 6, 25)), at(date(2023, 6, 25)))
    take_back_columns(home, "has_inspectors", "has_notified_person", "supervised_on", "notified_on", "delisted_on")
    draft = send_list(home, "2023-07", date(2023, 7, 23), DRAFT)
    draft.rename(draft.with_name("孤山镇7月隐患清单初稿.xlsx"))
    cities.take_in(home, at(date(2023, 7, 23)), at(date(2023, 7, 23)))
    send_list(home, "2023-07", date(2023, 7, 24), JULY, NOTED)
    cards = [card("GS-20", "吊装孔无盖板", ""), card("GS-21", "除尘器未清灰", "2023-07-20", "部门检查")]
    for number, table in enumerate([*cards, card("GS-20", "吊装孔无盖板", "2023-07-22")], start=1):
        (home.inbox / CITY / f"隐患卡{number}.xlsx").write_bytes(as_xlsx(table))
    assert nightly(home, at(date(2023, 7, 25))).failures == ()
    return home


@pytest.fixture(scope="module")
def ask(home: Home) -> Ask:
    return partial(published_rows, home)


@pytest.fixture(scope="module")
def asked(ask: Ask) -> list[tuple[Any, ...]]:
    """Every question of the ledger: period, rule, cell, sentence."""
    return ask(
        "select period, rule_code, source_cell, message from marts.fct_rule_outcomes "
        "where rule_code like 'HL-%' order by all"
    )


def test_every_odd_line_is_asked_about_once_with_its_cell(asked: list[tuple[Any, ...]]) -> None:
    assert [(period, rule, cell) for period, rule, cell, _ in asked] == [
        ("2023-06", "HL-2-01", "Sheet1!G4"),
        ("2023-06", "HL-2-02", "Sheet1!H6"),
        ("2023-06", "HL-2-03", "Sheet1!J7"),
        ("2023-06", "HL-2-04", "Sheet1!L9"),
        ("2023-06", "HL-2-06", "Sheet1!C13"),
        ("2023-06", "HL-2-07", "Sheet1!C15"),
        ("2023-06", "HL-2-08", "Sheet1!I8"),
        ("2023-06", "HL-2-09", "Sheet1!J15"),
        ("2023-06", "HL-2-10", "Sheet1!F11"),
        ("2023-07", "HL-2-05", "Sheet1!A4"),
        ("2023-07", "HL-2-07", "Sheet1!C9"),
        ("2023-07", "HL-2-12", "Sheet1!B6"),
        ("2023-07", "HL-2-12", "Sheet1!E5"),
    ]


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("HL-2-01", "甲厂：“整改期限”2023-06-04 早于“发现日期”2023-06-05。请核对后改正。"),
        ("HL-2-02", "丙厂：“整改完成日期”2023-06-04 早于“发现日期”2023-06-05。请核对后改正。"),
        ("HL-2-03", "丁厂：填了“销号日期”，没有写明审核签字的“销号部门”。请补填或改正。"),
        (
            "HL-2-04",
            "己厂：“重新挂账日期”2023-06-15 之前没有整改完成或销号的记录。请补填整改完成日期；没有重新挂账的，请改正。",
        ),
        (
            "HL-2-05",
            "子厂：编号 GS-1 在 2023-06 的清单 Sheet1!4 用于另一处（风管积尘）。请各用一个编号；确是同一处的，请确认。",
        ),
        (
            "HL-2-06",
            "壬厂：与本清单 Sheet1!12 （喷漆房未设置可燃气体报警装置）像是同一处：描述相同，编号不同。"
            "是同一处的，请只写一行、用一个编号；不是的，请确认。",
        ),
        ("HL-2-07", "癸厂：与本清单 Sheet1!14 是同一处隐患写了两行，台账只按本行计。请只保留一行。"),
        ("HL-2-08", "戊厂：“验收日期”2023-06-09 早于“整改完成日期”2023-06-10。请核对后改正。"),
        ("HL-2-09", "癸厂：填了“销号日期”，没有填“整改完成日期”。请补填或改正。"),
        ("HL-2-12", "卯厂：检查发现的隐患，没有填“检查人员”。谁检查、谁签名，请补填。"),
        (
            "HL-2-12",
            "本清单检查发现的隐患都没有填“检查人员”。谁检查、谁签名，请补填；表上没有这一栏的，请用现行的表。",
        ),
        ("HL-2-10", "辛厂：“发现日期”2023-06-26 晚于收到清单的日子 2023-06-25。请核对后改正。"),
    ],
)
def test_the_sentence_says_what_was_found_and_what_to_do(
    asked: list[tuple[Any, ...]], rule: str, sentence: str
) -> None:
    assert sentence in [message for _, code, _, message in asked if code == rule]


def test_whether_inspectors_are_named_is_unknown_of_lists_from_before_the_column(ask: Ask) -> None:
    assert ask(
        "select hazard_number, has_inspectors, has_notified_person, supervised_on from marts.fct_hazards "
        "where source = 'inspection' order by 1"
    ) == [
        ("GS-11", None, None, None),
        ("GS-21", False, False, None),
        ("GS-31", False, False, None),
        ("GS-32", True, False, None),
    ]


def test_cards_stand_beside_the_list_and_replace_only_the_earlier_card_of_their_hazard(ask: Ask) -> None:
    assert ask(
        "select file_name, status, is_current from marts.fct_submissions where period = '2023-07' order by 1"
    ) == [
        ("孤山镇7月隐患清单.xlsx", "accepted", True),
        ("孤山镇7月隐患清单初稿.xlsx", "superseded", False),
        ("隐患卡1.xlsx", "superseded", False),
        ("隐患卡2.xlsx", "accepted", True),
        ("隐患卡3.xlsx", "accepted", True),
    ]
    assert ask(
        "select h.hazard_number, h.status, e.event_on, e.source_cell from marts.fct_hazards h "
        "inner join marts.fct_hazard_events e using (campaign_id, hazard_id) "
        "where h.enterprise = '丑厂' and e.event = 'rectified' order by 1"
    ) == [
        ("GS-20", "rectified", date(2023, 7, 22), "Sheet1!D5"),
        ("GS-21", "rectified", date(2023, 7, 20), "Sheet1!D5"),
    ]


def test_what_was_closed_without_a_day_of_rectification_left_the_stock_when_it_was_closed(home: Home, ask: Ask) -> None:
    """癸厂 has a signed closing and no rectification before it; what 己厂 says is open again nobody had rectified."""
    assert ask(
        "select h.enterprise, was_open, found_count, rectified_count, closed_count, m.reopened_count, is_open, "
        "h.rectified_on from marts.fct_hazard_months m inner join marts.fct_hazards h using (campaign_id, hazard_id) "
        "where m.period = '2023-06' and h.enterprise in ('己厂', '癸厂') order by 1"
    ) == [("己厂", False, 1, 0, 0, 0, True, None), ("癸厂", False, 1, 1, 1, 0, False, None)]
    trace = trace_stock(home, published_snapshot(home.published), home.campaigns()[CITY], "2023-06", "rectified")
    assert (trace.value, trace.agrees) == (5, True)
    assert {row.enterprise: [event.source_cell for event in row.events] for row in trace.hazards} == {
        "乙厂": ["Sheet1!H5"],
        "丙厂": ["Sheet1!H6"],
        "丁厂": ["Sheet1!H7"],
        "戊厂": ["Sheet1!H8"],
        "癸厂": ["Sheet1!J15"],
    }


def test_what_was_not_read_and_not_said_is_asked_in_the_letter(ask: Ask) -> None:
    """A column that the form does not have, a line without a description, and one that may be no major hazard."""
    assert ask(
        "select rule_code, source_cell, message from marts.rpt_unit_questions "
        "where form_id = 'hazard_list' and rule_code like 'RD-%' order by all"
    ) == [
        ("RD-8-04", "Sheet1!O3", "Sheet1!O3（“安全条件”）这一列不是《重大事故隐患清单》的列，没有取数，请核对。"),
        (
            "RD-8-19",
            "Sheet1!C8",
            "Sheet1!C8“隐患描述”没有写，这一行没有记入隐患台账，其余各列已留存，请补写后重报。",
        ),
        (
            "RD-8-26",
            "Sheet1!C7",
            "Sheet1!C7 这一处隐患没有写“隐患等级”，不计入重大事故隐患。请写明“重大”或“一般”后重报。",
        ),
    ]


def test_the_cells_of_a_row_without_a_description_were_kept_and_no_later_list_speaks_of_them(home: Home) -> None:
    """July's list, row 8 (GS-34): number, enterprise, level, source and day are there, the description is not."""
    trace = trace_file(home, published_snapshot(home.published), home.campaigns()[CITY], "孤山镇7月隐患清单.xlsx")
    fates = {cell.cell_ref: cell.fate for cell in trace.cells if cell.cell_ref[1:] == "8"}
    assert fates == {"A8": "kept", "B8": "kept", "D8": "kept", "E8": "kept", "F8": "kept"}
    assert trace.filled == sum(trace.fates.values())


@pytest.mark.parametrize("name", ["隐患卡2.xlsx", "隐患卡3.xlsx"])
def test_the_values_of_a_card_reached_the_ledger_when_nothing_came_after_it(home: Home, name: str) -> None:
    """Each value of a card stands in a row of its own, none of them in the row that the line is called after."""
    trace = trace_file(home, published_snapshot(home.published), home.campaigns()[CITY], name)
    values = ["B3", "B4", "B5", "B6", "D3", "D4", "D5"]
    assert sorted(cell.cell_ref for cell in trace.cells if cell.fate == "reached") == values
    assert {"later_line", "kept"}.isdisjoint(trace.fates)
    assert {cell.cell_ref: cell.reached for cell in trace.cells if cell.cell_ref in ("B6", "D5")} == {
        "B6": ("fct_hazards",),
        "D5": ("fct_hazard_events", "fct_hazards"),
    }


def test_a_row_beside_the_one_that_counts_was_passed_over_for_a_row_of_its_own_list(home: Home) -> None:
    """July's rows 9 and 10 tell GS-35: 9 was rectified and counts; no later list came."""
    trace = trace_file(home, published_snapshot(home.published), home.campaigns()[CITY], "孤山镇7月隐患清单.xlsx")
    of_row = {row: {cell.fate for cell in trace.cells if cell.cell_ref[1:] == row} for row in ("9", "10")}
    assert of_row == {"9": {"reached"}, "10": {"other_line"}}
    assert "later_line" not in trace.fates


def test_which_of_several_rows_on_one_hazard_counts_is_published(ask: Ask) -> None:
    """癸厂: the lower row was closed. 未厂: the upper was rectified; the draft that July's list replaced has none."""
    assert ask(
        "select h.enterprise, c.source_row, c.is_counted, c.row_passed_over, c.lines_of_hazard, c.is_worded_twice "
        "from marts.fct_hazard_line_choices c inner join marts.fct_hazards h using (campaign_id, hazard_id) "
        "order by c.row_number"
    ) == [
        ("未厂", "Sheet1!9", True, "Sheet1!10", 2, True),
        ("未厂", "Sheet1!10", False, None, 2, True),
        ("癸厂", "Sheet1!14", False, None, 2, True),
        ("癸厂", "Sheet1!15", True, "Sheet1!14", 2, True),
    ]


def test_the_trace_of_a_hazard_names_the_line_that_the_ledger_counts(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    """July's row 9 says that GS-35 was rectified; row 10 below it, which does not, was passed over. Of the draft that
    the list replaced no row counts.
    """
    trace = trace_hazard(home, published_snapshot(home.published), CITY, "GS-35")
    assert [(one.source_row, one.status, one.is_repeated) for one in trace.lines] == [
        ("Sheet1!4", "superseded", None),
        ("Sheet1!5", "superseded", None),
        ("Sheet1!9", "accepted", False),
        ("Sheet1!10", "accepted", True),
    ]
    assert {event.source_cell: event.event for event in trace.events} == {
        "Sheet1!F9": "found",
        "Sheet1!H9": "rectified",
    }
    print_hazard_trace(trace)
    printed = capsys.readouterr().out
    assert [printed.count(said) for said in ("已被替换", " 采用 ", "同一清单中另有一行")] == [2, 1, 1]


def test_a_snapshot_of_an_earlier_release_does_not_know_which_row_counts(
    home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    published = tmp_path / "published"
    shutil.copytree(home.current.resolve(), published)
    with duckdb.connect(str(published / "taizhang.duckdb")) as connection:
        connection.execute("drop table marts.fct_hazard_line_choices")
    trace = trace_hazard(home, published_snapshot(published), CITY, "GS-35")
    assert [one.is_repeated for one in trace.lines] == [None, None, None, None]
    print_hazard_trace(trace)
    assert capsys.readouterr().out.count("同一清单中有几行，采用哪一行不详") == 2
    (alone,) = trace_hazard(home, published_snapshot(published), CITY, "GS-31").lines
    assert alone.is_repeated is False
