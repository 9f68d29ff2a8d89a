"""The way back from the ledger: a figure to its hazards, a hazard to its events and lines, a list to its hazards.

Every expected value was worked out by hand from the lists in conftest.py.
"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from orchestration.cli import app
from orchestration.commands.hazard_table import print_hazard_trace
from orchestration.errors import PlainError
from orchestration.snapshot import published_snapshot
from orchestration.tracing.file_trace import trace_file
from orchestration.tracing.hazard_trace import trace_hazard
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
        (row.hazard_number, row.is_counted, row.reason, row.status_at_cutoff, row.source_row) for row in side.rows
    ] == [
        ("GS-1", True, "counted", "closed", "Sheet1!4"),
        ("GS-2", False, "other_source", "open", "Sheet1!5"),
        ("GS-3", False, "not_major", "open", "Sheet1!6"),
        ("GS-4", True, "counted", "open", "Sheet1!7"),
    ]
    assert {row.file_name for row in side.rows} == {"孤山镇8月隐患清单.xlsx"}
    (agreed,) = trace_item(city, "2023-06", "1.2").ledger
    assert (agreed.ledger_value, agreed.agrees) == (0, True)
    assert [(row.hazard_number, row.is_counted, row.reason) for row in agreed.rows] == [
        ("GS-1", False, "not_rectified"),
        ("GS-2", False, "other_source"),
        ("GS-3", False, "not_major"),
        ("GS-4", False, "found_after_cutoff"),
    ]
    assert [row.status_at_cutoff for row in agreed.rows] == ["open", "open", "open", None]


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
        ("found", "Sheet1!K5", "孤山镇8月隐患清单.xlsx"),
        ("listed", "Sheet1!P5", "孤山镇8月隐患清单.xlsx"),
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


def test_a_line_in_the_words_of_the_first_report_is_told_apart_from_it(
    city: LedgerCity, capsys: pytest.CaptureFixture[str]
) -> None:
    """GS-1 stands in the lists of June, July and August word for word; GS-2 has other words from July on."""
    snapshot = published_snapshot(city.home.published)
    for number, counted in (("GS-1", [1, 2, 0]), ("GS-2", [1, 0, 2])):
        print_hazard_trace(trace_hazard(city.home, snapshot, CITY, number))
        lines = capsys.readouterr().out.partition("说到它的各行")[2].partition("文字比对")[0]
        assert [lines.count(said) for said in ("首次报来的文字", "与首次报来的相同", "编号相同")] == counted


def test_the_life_of_a_hazard_is_told_at_once_and_in_words(city: LedgerCity) -> None:
    question = ["trace", CITY, "--hazard", "GS-1", "--on", "2023-07-11"]
    assert heavy_imports_of(question, city.home.root) == "[]"
    answer = CliRunner().invoke(app, [*question, "--home", str(city.home.root)])
    assert answer.exit_code == 0
    assert "2023-07-11 当日：已销号" in answer.output and "Sheet1!AC4" in answer.output


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2023, 6, 4), None),
        (date(2023, 6, 5), "open"),
        (date(2023, 7, 2), "open"),
        (date(2023, 7, 3), "rectified"),
        (date(2023, 7, 10), "closed"),
        (date(2023, 8, 23), "closed"),
        (date(2023, 8, 24), "reopened"),
    ],
)
def test_a_hazard_has_one_status_on_any_day(city: LedgerCity, day: date, status: str | None) -> None:
    """GS-1: found on 06-05, rectified on 07-03, closed on 07-10, open again in the list of 08-24."""
    trace = trace_hazard(city.home, published_snapshot(city.home.published), CITY, "GS-1", on=day)
    assert trace.status_on_day == status


def test_a_snapshot_of_an_earlier_release_does_not_know_the_status_of_a_day(
    city: LedgerCity, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    published = tmp_path / "published"
    shutil.copytree(city.home.current.resolve(), published)
    with duckdb.connect(str(published / "taizhang.duckdb")) as connection:
        connection.execute("drop table marts.fct_hazard_spans")
    trace = trace_hazard(city.home, published_snapshot(published), CITY, "GS-1", on=date(2023, 7, 11))
    assert (trace.status, trace.status_on_day) == ("reopened", "unknown")
    print_hazard_trace(trace)
    assert "2023-07-11 当日：不详" in capsys.readouterr().out
    (side,) = trace_item(city, "2023-07", "1.1", published).ledger
    assert [(row.is_counted, row.status_at_cutoff) for row in side.rows] == [
        (True, "unknown"),
        (False, "unknown"),
        (False, "unknown"),
        (True, "unknown"),
    ]


def test_a_list_leads_to_its_hazards_or_to_the_later_list(city: LedgerCity) -> None:
    """August's list is the last word on all four hazards; of July's only GS-1's rectified and closed days are left."""
    snapshot, campaign = published_snapshot(city.home.published), city.home.campaigns()[CITY]
    last = trace_file(city.home, snapshot, campaign, "孤山镇8月隐患清单.xlsx")
    assert (last.fates["reached"], last.fates.get("later_line"), last.agrees) == (29, None, True)
    july = trace_file(city.home, snapshot, campaign, "孤山镇7月隐患清单.xlsx")
    assert [(cell.cell_ref, cell.reached) for cell in july.cells if cell.fate == "reached"] == [
        ("Z4", ("fct_hazard_events",)),
        ("AC4", ("fct_hazard_events",)),
    ]
    assert (july.fates["later_line"], july.filled) == (30, sum(july.fates.values()))
