"""What an earlier list says of a hazard and the last one leaves out or tells otherwise: which is believed, and when.

June's list has both hazards as found, due on 10 July. July's lists GS-1 on 15 July and leaves its deadline blank;
August's has no columns of listing, and extends GS-2. The columns stand in the order given here, and the first line is
row 4.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import duckdb
import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from orchestration.cli import app
from orchestration.home import Home
from orchestration.nightly import nightly
from orchestration.restating.compared_nights import compared_nights
from orchestration.restating.restated_row import ChangedWord, RestatedRow
from orchestration.restating.row_restatement import restated_rows
from orchestration.restating.row_wording import called_in, row_in_words
from orchestration.snapshot import published_snapshot
from orchestration.tracing.hazard_trace import trace_hazard
from orchestration.tracing.stock_trace import StockTrace, trace_stock
from tests.forms import as_xlsx
from tests.list_forms import listed
from tests.pipeline import cities
from tests.pipeline.cities import GUSHAN, at

CITY = "earlier_lists_2023"
COLUMNS = ["hazard_number", "enterprise", "hazard", "level", "source", "found_on", "due_on"]
_MAJOR = {"level": "重大", "source": "企业自查", "found_on": "2023-06-05", "due_on": "2023-07-10"}
FIRST = {"hazard_number": "GS-1", "enterprise": "甲厂", "hazard": "风管积尘", **_MAJOR}
SECOND = {"hazard_number": "GS-2", "enterprise": "乙厂", "hazard": "出口上锁", **_MAJOR}


def send_list(home: Home, month: int, columns: list[str], rows: list[Mapping[str, Any]]) -> None:
    form = home.campaigns()[CITY].form("hazard_list")
    stamp = {"unit": "孤山镇", "filled_on": f"2023年{month}月24日"}
    target = home.inbox / CITY / f"2023-{month:02}" / f"孤山镇{month}月隐患清单.xlsx"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(as_xlsx(listed(form, rows, columns=columns, **stamp)))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp(CITY)).prepare()
    cities.add_campaign(home, CITY, "前单城市", "210396", [GUSHAN])
    send_list(home, 6, COLUMNS, [FIRST, SECOND])
    assert nightly(home, at(date(2023, 6, 25))).failures == ()
    july = FIRST | {"listed_level": "县级", "listed_by": "市安委会", "listed_on": "2023-07-15", "due_on": ""}
    send_list(home, 7, [*COLUMNS, "listed_level", "listed_by", "listed_on"], [july, SECOND])
    cities.take_in(home, at(date(2023, 7, 24)), at(date(2023, 7, 24)))
    send_list(home, 8, [*COLUMNS, "extended_to"], [FIRST, SECOND | {"extended_to": "2023-09-30"}])
    assert nightly(home, at(date(2023, 8, 25))).failures == ()
    return home


@pytest.fixture(scope="module")
def told(home: Home) -> Mapping[str, RestatedRow]:
    rows = restated_rows(compared_nights(home, None, None), CITY)
    return {row.row_name: row for row in rows if row.fact == "hazard"}


def written(home: Home, file_name: str, address: str) -> object:
    """What stands in a cell of a file as it was received."""
    ((sha256,),) = (
        row.values()
        for row in published_snapshot(home.published).rows(
            "select file_sha256 from fct_submissions where file_name = ?", (file_name,)
        )
    )
    archived = home.archived(sha256)
    assert archived
    return load_workbook(BytesIO(archived.read_bytes()))["Sheet1"][address].value


def test_a_day_the_last_list_leaves_out_has_the_cell_of_the_list_before(
    home: Home, told: Mapping[str, RestatedRow]
) -> None:
    """The level of listing is the last list's to say: it says none, as in June, and is not restated."""
    row = told["GS-1 甲厂"]
    assert row.words == (ChangedWord("listed_on", None, date(2023, 7, 15), "Sheet1!J4", "孤山镇7月隐患清单.xlsx"),)
    assert written(home, "孤山镇7月隐患清单.xlsx", "J4") == "2023-07-15"
    assert [cause.file_name for cause in row.causes] == ["孤山镇8月隐患清单.xlsx"]
    words = row_in_words(row, called_in(home.campaigns()[CITY])).words
    assert words == "挂牌 空白 → 2023-07-15（孤山镇7月隐患清单.xlsx Sheet1!J4）"


def test_a_due_day_that_was_extended_has_the_cell_of_the_extension(home: Home, told: Mapping[str, RestatedRow]) -> None:
    assert written(home, "孤山镇8月隐患清单.xlsx", "H5") == "2023-09-30"
    assert told["GS-2 乙厂"].words == (ChangedWord("due_on", date(2023, 7, 10), date(2023, 9, 30), "Sheet1!H5"),)


def overdue(home: Home, period: str) -> StockTrace:
    return trace_stock(home, published_snapshot(home.published), home.campaigns()[CITY], period, "overdue")


def test_an_extension_takes_nothing_from_what_was_overdue_before(home: Home) -> None:
    """Both were overdue on 24 July, GS-1 by the deadline that July's list left blank; in August GS-2 is extended."""
    query = "select period, overdue_count from fct_hazard_cuts where cut = 'all' order by period"
    counts = [tuple(row.values()) for row in published_snapshot(home.published).rows(query)]
    assert counts == [("2023-06", 0), ("2023-07", 2), ("2023-08", 1)]
    printed = "select hazard_number, period, due_on, is_extended, is_overdue from rpt_unclosed_hazards order by 1, 2"
    july, august = date(2023, 7, 10), date(2023, 9, 30)
    assert [tuple(row.values()) for row in published_snapshot(home.published).rows(printed)] == [
        ("GS-1", "2023-06", july, False, False),
        ("GS-1", "2023-07", july, False, True),
        ("GS-1", "2023-08", july, False, True),
        ("GS-2", "2023-06", july, False, False),
        ("GS-2", "2023-07", july, False, True),
        ("GS-2", "2023-08", august, True, False),
    ]


def test_what_is_overdue_ends_in_the_cell_of_the_deadline_that_was_in_force(home: Home) -> None:
    trace = overdue(home, "2023-07")
    assert (trace.value, trace.added_up, trace.agrees) == (2, 2, True)
    assert [
        (row.hazard_number, row.due_on, row.deadline.column_id, row.deadline.file_name, row.deadline.source_cell)
        for row in trace.hazards
        if row.deadline
    ] == [
        ("GS-1", date(2023, 7, 10), "due_on", "孤山镇6月隐患清单.xlsx", "Sheet1!G4"),
        ("GS-2", date(2023, 7, 10), "due_on", "孤山镇6月隐患清单.xlsx", "Sheet1!G5"),
    ]
    assert written(home, "孤山镇6月隐患清单.xlsx", "G4") == "2023-07-10"
    printed = CliRunner().invoke(app, ["trace", CITY, "2023-07", "overdue", "--home", str(home.root)]).output
    assert "整改期限 2023-07-10" in printed.replace("\n", " ") and "Sheet1!G5" in printed


def test_a_deadline_in_no_cell_is_told(home: Home, tmp_path: Path) -> None:
    """A hazard counted as overdue whose deadline in force had not passed."""
    published = tmp_path / "published"
    shutil.copytree(home.current.resolve(), published)
    with duckdb.connect(str(published / "taizhang.duckdb")) as connection:
        connection.execute(
            "update marts.fct_hazard_deadlines set due_on = '2023-07-24' where source_cell = 'Sheet1!G4'"
        )
    trace = trace_stock(home, published_snapshot(published), home.campaigns()[CITY], "2023-07", "overdue")
    assert (trace.value, trace.added_up, trace.agrees) == (2, 2, False)


def test_a_snapshot_of_an_earlier_release_has_the_last_deadline_only(home: Home, tmp_path: Path) -> None:
    published = tmp_path / "published"
    shutil.copytree(home.current.resolve(), published)
    with duckdb.connect(str(published / "taizhang.duckdb")) as connection:
        connection.execute("drop table marts.fct_hazard_deadlines")
    trace = trace_stock(home, published_snapshot(published), home.campaigns()[CITY], "2023-07", "overdue")
    assert [(row.due_on, row.deadline) for row in trace.hazards] == [
        (date(2023, 7, 10), None),
        (date(2023, 9, 30), None),
    ]
    assert trace.agrees


def test_a_hazard_tells_its_deadlines_one_after_another(home: Home) -> None:
    trace = trace_hazard(home, published_snapshot(home.published), CITY, "GS-2")
    assert [(one.due_on, one.from_on, one.until_on, one.source_cell) for one in trace.deadlines] == [
        (date(2023, 7, 10), None, date(2023, 8, 24), "Sheet1!G5"),
        (date(2023, 9, 30), date(2023, 8, 24), None, "Sheet1!H5"),
    ]
    assert trace.agrees
    printed = CliRunner().invoke(app, ["trace", CITY, "--hazard", "GS-2", "--home", str(home.root)]).output
    assert "延期至" in printed and "2023-09-30" in printed and "Sheet1!H5" in printed
