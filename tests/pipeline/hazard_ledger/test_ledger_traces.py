"""The way back from the ledger: a figure to its hazards, a hazard to its events and lines, a list to its hazards.

Every expected value was worked out by hand from the lists in conftest.py.
"""

from __future__ import annotations

import re
import shutil
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from typer.testing import CliRunner

from orchestration.cli import app
from orchestration.errors import PlainError
from orchestration.snapshot import published_snapshot
from orchestration.tracing.file_trace import trace_file
from orchestration.tracing.hazard_status import status_on
from orchestration.tracing.hazard_trace import trace_hazard
from orchestration.tracing.stock_trace import trace_stock
from orchestration.tracing.trace import Trace, trace_figure
from tests.heavy_imports import heavy_imports_of
from tests.pipeline.cities import GUSHAN
from tests.pipeline.hazard_ledger.conftest import CITY, EXIT, LedgerCity


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


STOCKS = {  # of the town, general hazards as well
    ("2023-06", "opening"): [],
    ("2023-06", "found"): [("GS-1", "Sheet1!J4"), ("GS-2", "Sheet1!J5"), ("GS-3", "Sheet1!J6")],
    ("2023-07", "opening"): [("GS-1", "Sheet1!J4"), ("GS-2", "Sheet1!J5"), ("GS-3", "Sheet1!J6")],
    ("2023-07", "rectified"): [("GS-1", "Sheet1!X4")],
    ("2023-07", "closed"): [("GS-1", "Sheet1!AA4")],
    ("2023-07", "open"): [("GS-2", "Sheet1!J5"), ("GS-3", "Sheet1!J6"), ("GS-4", "Sheet1!J7")],
    ("2023-08", "opening"): [("GS-2", "Sheet1!J5"), ("GS-3", "Sheet1!J6"), ("GS-4", "Sheet1!J7")],
    ("2023-08", "found"): [],
    ("2023-08", "reopened"): [("GS-1", "Sheet1!E4")],
    ("2023-08", "overdue"): [("GS-1", "Sheet1!E4")],
}


@pytest.mark.parametrize(("asked", "hazards"), STOCKS.items(), ids=str)
def test_a_stock_or_flow_opens_to_its_hazards_and_their_cells(
    city: LedgerCity, asked: tuple[str, str], hazards: list[tuple[str, str]]
) -> None:
    snapshot, campaign = published_snapshot(city.home.published), city.home.campaigns()[CITY]
    trace = trace_stock(city.home, snapshot, campaign, *asked, unit_id=GUSHAN)
    assert [(row.hazard_number, event.source_cell) for row in trace.hazards for event in row.events] == hazards
    assert (trace.value, trace.added_up, trace.agrees) == (len(hazards), len(hazards), True)
    assert {event.file_name for row in trace.hazards for event in row.events} <= {
        "孤山镇7月隐患清单.xlsx",
        "孤山镇8月隐患清单.xlsx",
    }


@pytest.mark.parametrize("period", ["2023-06", "2023-07", "2023-08"])
def test_the_stock_of_the_whole_city_is_what_the_events_say(city: LedgerCity, period: str) -> None:
    """Judged here once more: a hazard is in stock while its last turning point leaves it open."""
    events: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for hazard_id, *told in city.rows(
        "select hazard_id, event, event_on, actor from marts.fct_hazard_events order by hazard_id, event_number"
    ):
        events[hazard_id].append(dict(zip(("event", "event_on", "actor"), told, strict=True)))
    snapshot, campaign = published_snapshot(city.home.published), city.home.campaigns()[CITY]
    for figure, day in (("opening", "previous_cutoff_on"), ("open", "cutoff_on")):
        trace = trace_stock(city.home, snapshot, campaign, period, figure)
        in_stock = {
            hazard_id
            for hazard_id, told in events.items()
            if status_on(told, getattr(trace, day)) in ("open", "reopened")
        }
        assert {row.hazard_id for row in trace.hazards} == in_stock
        assert trace.agrees


CUTS = {  # of the whole city in August; the department's one hazard has no number and stands in July's list
    ("source=self_check", "open"): {"GS-1": ("E4", "企业自查"), "GS-3": ("J6", "企业自查"), "GS-4": ("J7", "企业自查")},
    ("来源=部门检查", "open"): {"GS-2": ("J5", "部门检查"), None: ("J4", "部门检查")},
    ("等级=一般", "open"): {"GS-3": ("J6", "一般")},
    ("level=major", "overdue"): {"GS-1": ("E4", "重大")},
    ("挂牌级别=县级", "open"): {"GS-2": ("J5", "县级")},
    ("vintage=this_year", "reopened"): {"GS-1": ("E4", "2023-06-05")},
}


@pytest.mark.parametrize(("asked", "hazards"), CUTS.items(), ids=str)
def test_one_value_of_a_cut_opens_to_its_hazards_and_the_cells_that_say_it(
    city: LedgerCity, asked: tuple[str, str], hazards: dict[str | None, tuple[str, str]]
) -> None:
    """The cell that makes a hazard count, and what openpyxl reads in the cell that says the value of the cut."""
    cut, figure = asked
    snapshot, campaign = published_snapshot(city.home.published), city.home.campaigns()[CITY]
    trace = trace_stock(city.home, snapshot, campaign, "2023-08", figure, cut=cut)
    found = {}
    for row in trace.hazards:
        assert row.archive_path is not None and row.cut_cell is not None
        with row.archive_path.open("rb") as file:
            sheet, _, cell = row.cut_cell.partition("!")
            said = openpyxl.load_workbook(file)[sheet][cell].value
        (event,) = row.events
        found[row.hazard_number] = (str(event.source_cell).removeprefix("Sheet1!"), said)
    assert found == hazards
    assert (trace.value, trace.added_up, trace.agrees) == (len(hazards), len(hazards), True)


def test_a_cut_that_nothing_says_has_no_cell(city: LedgerCity) -> None:
    """No list has a column 行业领域."""
    snapshot, campaign = published_snapshot(city.home.published), city.home.campaigns()[CITY]
    trace = trace_stock(city.home, snapshot, campaign, "2023-08", "open", cut="sector=未写明")
    assert (trace.cut, trace.cut_value, trace.value, trace.agrees) == ("sector", "unknown", 5, True)
    assert {row.cut_cell for row in trace.hazards} == {None}


def test_hazards_in_stock_whose_plan_is_complete_are_a_figure_of_their_own(city: LedgerCity, tmp_path: Path) -> None:
    published = tmp_path / "published"
    shutil.copytree(city.home.current.resolve(), published)
    with duckdb.connect(str(published / "taizhang.duckdb")) as connection:
        connection.execute("""
            update marts.fct_hazards set plan_elements = plan_elements_asked where hazard_number in ('GS-1', 'GS-4');
            update marts.fct_hazard_cuts set open_with_plan_count = 1 where period = '2023-07' and cut = 'all'
        """)
    trace = trace_stock(
        city.home, published_snapshot(published), city.home.campaigns()[CITY], "2023-07", "with_plan"
    )  # GS-1 was closed in July
    assert [row.hazard_number for row in trace.hazards] == ["GS-4"] and trace.agrees


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"cut": "source=无"}, "按来源分有：企业自查、部门检查。"),
        ({"cut": "sector"}, "请写成 sector=工贸"),
        ({"cut": "colour=red"}, "可写 unit（报送单位）、place（属地）"),
        ({"cut": "source=self_check", "unit_id": GUSHAN}, "--unit 和 --cut 只能写一个"),
    ],
)
def test_a_cut_that_is_not_understood_is_refused_in_words(city: LedgerCity, asked: dict[str, str], told: str) -> None:
    snapshot, campaign = published_snapshot(city.home.published), city.home.campaigns()[CITY]
    with pytest.raises(PlainError, match=re.escape(told)):
        trace_stock(city.home, snapshot, campaign, "2023-08", "open", **asked)


def test_a_stock_that_its_hazards_do_not_make_is_told(city: LedgerCity, tmp_path: Path) -> None:
    published = tmp_path / "published"
    shutil.copytree(city.home.current.resolve(), published)
    with duckdb.connect(str(published / "taizhang.duckdb")) as connection:
        connection.execute("update marts.fct_hazard_cuts set open_count = 4 where period = '2023-07' and cut = 'unit'")
    trace = trace_stock(
        city.home, published_snapshot(published), city.home.campaigns()[CITY], "2023-07", "open", unit_id=GUSHAN
    )
    assert (trace.value, trace.added_up, trace.agrees) == (4, 3, False)


def test_a_stock_is_told_at_once_and_in_words(city: LedgerCity) -> None:
    question = ["trace", CITY, "2023-08", "overdue", "--unit", "孤山镇"]
    assert heavy_imports_of(question, city.home.root) == "[]"
    answer = CliRunner().invoke(app, [*question, "--home", str(city.home.root)])
    assert answer.exit_code == 0
    assert "超期未整改" in answer.output and "重新打开 2023-08-24" in answer.output and "Sheet1!E4" in answer.output
    question = ["trace", CITY, "2023-08", "open", "--cut", "来源=部门检查", "--home", str(city.home.root)]
    printed = CliRunner().invoke(app, question).output
    assert "来源：部门检查" in printed and "写明来源的格" in printed and "Sheet1!H5" in printed
    refused = CliRunner().invoke(app, [*question[:3], "1.1", *question[4:]])
    assert refused.exit_code == 2 and "--cut 只用于台账" in refused.output


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
