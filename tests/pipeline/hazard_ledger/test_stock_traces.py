"""The way back from a stock or flow of the ledger, of a unit, of all or of one value of a cut, to hazards and cells.

Every expected value was worked out by hand from the lists in conftest.py; figures drawn by lot are held against what
openpyxl alone reads in the archived files.
"""

from __future__ import annotations

import random
import re
import shutil
from datetime import date
from pathlib import Path
from typing import NamedTuple

import duckdb
import openpyxl
import pytest
from typer.testing import CliRunner

from orchestration.cli import app
from orchestration.errors import PlainError
from orchestration.snapshot import published_snapshot
from orchestration.tracing.stock_trace import STOCK_FIGURES, trace_stock
from tests.heavy_imports import heavy_imports_of
from tests.pipeline.cities import GUSHAN
from tests.pipeline.hazard_ledger.conftest import CITY, LedgerCity

LOTS, SEED = 10, 20261126
SAYS = {"未挂牌": {"None"}, "本年发现": {"2023-06-05", "2023.6.8", "2023年6月12日", "2023-07-20", "2023-06-08"}}


class Published(NamedTuple):
    period: str
    cut: str
    cut_value: str
    cut_name: str
    figure: str
    value: int


def said_in_archive(archived: Path | None, address: str | None) -> str:
    """What openpyxl reads in a cell of a file in the archive."""
    assert archived is not None and address is not None
    sheet, _, cell = address.partition("!")
    with archived.open("rb") as file:
        return str(openpyxl.load_workbook(file)[sheet][cell].value)


def day_in(text: str) -> date:
    year, month, day = map(int, re.findall(r"\d+", text)[:3])
    return date(year, month, day)


@pytest.fixture(scope="module")
def drawn(city: LedgerCity) -> list[Published]:
    """Ten of the figures that fct_hazard_cuts publishes above zero."""
    columns = ", ".join(figure.total for figure in STOCK_FIGURES.values())
    rows = city.rows(f"""
        select period, cut, cut_value, cut_name, {columns} from marts.fct_hazard_cuts order by period, cut, cut_value
    """)
    figures = [
        Published(*row[:4], name, value)
        for row in rows
        for name, value in zip(STOCK_FIGURES, row[4:], strict=True)
        if value
    ]
    assert len(figures) == 110
    return random.Random(SEED).sample(figures, LOTS)


@pytest.mark.parametrize("lot", range(LOTS))
def test_a_published_stock_or_flow_ends_in_the_right_cells(city: LedgerCity, drawn: list[Published], lot: int) -> None:
    """Each hazard counts by a cell with the day of its event; a reopening that no column dates, by its words."""
    asked = drawn[lot]
    cut = {"all": {}, "unit": {"unit_id": asked.cut_value}}.get(asked.cut, {"cut": f"{asked.cut}={asked.cut_name}"})
    snapshot, campaign = published_snapshot(city.home.published), city.home.campaigns()[CITY]
    trace = trace_stock(city.home, snapshot, campaign, asked.period, asked.figure, **cut)
    assert trace.agrees and asked.value == sum(len(row.events) for row in trace.hazards)
    for row in trace.hazards:
        for event in row.events:
            said = said_in_archive(event.archive_path, event.source_cell)
            assert said == row.hazard_text if event.event == "reopened" else day_in(said) == event.event_on
        if row.cut_cell is not None:
            said = said_in_archive(row.archive_path, row.cut_cell)
            assert said in SAYS.get(asked.cut_name, {asked.cut_name})


def test_stocks_flows_and_cuts_are_among_the_drawn(drawn: list[Published]) -> None:
    """The seed is one with which every kind is drawn."""
    assert {bool(STOCK_FIGURES[one.figure].flow) for one in drawn} == {True, False}
    assert {"unit", "source", "level"} <= {one.cut for one in drawn}


STOCKS = {  # of the town, general hazards as well
    ("2023-06", "opening"): [],
    ("2023-06", "found"): [("GS-1", "Sheet1!K4"), ("GS-2", "Sheet1!K5"), ("GS-3", "Sheet1!K6")],
    ("2023-07", "opening"): [("GS-1", "Sheet1!K4"), ("GS-2", "Sheet1!K5"), ("GS-3", "Sheet1!K6")],
    ("2023-07", "rectified"): [("GS-1", "Sheet1!Z4")],
    ("2023-07", "closed"): [("GS-1", "Sheet1!AC4")],
    ("2023-07", "open"): [("GS-2", "Sheet1!K5"), ("GS-3", "Sheet1!K6"), ("GS-4", "Sheet1!K7")],
    ("2023-08", "opening"): [("GS-2", "Sheet1!K5"), ("GS-3", "Sheet1!K6"), ("GS-4", "Sheet1!K7")],
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
def test_a_hazard_is_in_stock_while_its_status_is_open(city: LedgerCity, period: str) -> None:
    """Of the whole city, held against the status of every hazard on both cut-off days."""
    snapshot, campaign = published_snapshot(city.home.published), city.home.campaigns()[CITY]
    for figure, day in (("opening", "previous_cutoff_on"), ("open", "cutoff_on")):
        trace = trace_stock(city.home, snapshot, campaign, period, figure)
        in_stock = city.rows(f"""
            select hazard_id from marts.fct_hazard_spans where status in ('open', 'reopened')
            and from_on <= '{getattr(trace, day)}' and coalesce('{getattr(trace, day)}' < until_on, true)
        """)
        assert {row.hazard_id for row in trace.hazards} == {hazard_id for (hazard_id,) in in_stock}
        assert trace.agrees


CUTS = {  # of the whole city in August; the department's one hazard has no number and stands in July's list
    ("source=self_check", "open"): {"GS-1": ("E4", "企业自查"), "GS-3": ("K6", "企业自查"), "GS-4": ("K7", "企业自查")},
    ("来源=部门检查", "open"): {"GS-2": ("K5", "部门检查"), None: ("K4", "部门检查")},
    ("等级=一般", "open"): {"GS-3": ("K6", "一般")},
    ("level=major", "overdue"): {"GS-1": ("E4", "重大")},
    ("挂牌级别=县级", "open"): {"GS-2": ("K5", "县级")},
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
