"""Hazards that changed between the nights of the ledger's city: every one is listed with the line and cell that say so.

What must be listed is read from the published snapshots here; single values were worked out by hand from conftest.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO
from itertools import combinations
from pathlib import Path
from typing import Any

import duckdb
import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from campaigns.vocabulary import OutputKind
from orchestration.cli import app
from orchestration.finished_reports import write_reports
from orchestration.report_orders import ReportOrder
from orchestration.restating.compared_nights import compared_nights
from orchestration.restating.restated_row import ChangedWord
from orchestration.restating.restatement import Restatement, restatement
from tests.pipeline import cities
from tests.pipeline.hazard_ledger.conftest import CITY, LedgerCity

NIGHTS = [datetime(2023, 6, 25, 17), datetime(2023, 7, 25, 17), datetime(2023, 8, 25, 17)]


def between(city: LedgerCity, since: datetime, until: datetime) -> Restatement:
    return restatement(compared_nights(city.home, since, until), city.home.campaigns()[CITY])


def hazards_in(city: LedgerCity, night: datetime) -> Mapping[str, tuple[Any, ...]]:
    database = city.home.published / f"{night:%Y%m%dT%H%M%S}" / "taizhang.duckdb"
    query = "select hazard_id, status, level, source, found_on, due_on, listed_level, listed_on, reopened_count"
    with duckdb.connect(str(database), read_only=True) as connection:
        return {row[0]: row[1:] for row in connection.execute(f"{query} from marts.fct_hazards").fetchall()}


@pytest.mark.parametrize(("since", "until"), list(combinations(NIGHTS, 2)), ids=str)
def test_every_changed_hazard_is_listed_once_and_has_a_cause(
    city: LedgerCity, since: datetime, until: datetime
) -> None:
    before, after = hazards_in(city, since), hazards_in(city, until)
    changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    answer = between(city, since, until)
    rows = [row for row in answer.rows if row.fact == "hazard"]
    assert sorted(row.row_id for row in rows) == sorted(changed) and changed
    assert all(row.causes and row.words for row in answer.rows)
    assert answer.agrees


def test_a_status_and_the_events_behind_it_name_list_and_cell(city: LedgerCity) -> None:
    """July's list: GS-1 rectified on 07-03 (Z4) and closed on 07-10 (AC4), GS-2 listed (P5), GS-4 new in line 7."""
    told = {(row.fact, row.row_name): row for row in between(city, *NIGHTS[:2]).rows}
    assert [(name, row.change) for (fact, name), row in told.items() if fact == "hazard"] == [
        ("乙服装厂", "added"),
        ("GS-1 甲化工有限公司", "changed"),
        ("GS-2 乙服装厂", "changed"),
        ("GS-4 丁冷库", "added"),
    ]
    closed = told["hazard", "GS-1 甲化工有限公司"]
    assert closed.words == (ChangedWord("status", "open", "closed"),)
    assert [(one.kind, one.file_name, one.source_cell) for one in closed.causes] == [
        ("later_list", "孤山镇7月隐患清单.xlsx", "Sheet1!4")
    ]
    listed = told["hazard", "GS-2 乙服装厂"]
    assert listed.words == (
        ChangedWord("listed_level", None, "county", "Sheet1!N5"),
        ChangedWord("listed_on", None, date(2023, 7, 15), "Sheet1!P5"),
    )
    archived = city.home.archived(listed.causes[0].file_sha256)
    assert archived
    sheet = load_workbook(BytesIO(archived.read_bytes()))["Sheet1"]
    assert (sheet["N5"].value, sheet["P5"].value) == ("县级", "2023-07-15")
    events = {name: row for (fact, name), row in told.items() if fact == "hazard_event"}
    assert {name: row.causes[0].source_cell for name, row in events.items()} == {
        "GS-1 甲化工有限公司 rectified": "Sheet1!Z4",
        "GS-1 甲化工有限公司 closed": "Sheet1!AC4",
        "GS-2 乙服装厂 listed": "Sheet1!P5",
    }
    assert events["GS-1 甲化工有限公司 closed"].words == (
        ChangedWord("event_on", None, date(2023, 7, 10)),
        ChangedWord("actor", None, "市应急局"),
    )


@pytest.mark.parametrize(("since", "until"), list(combinations(NIGHTS, 2)), ids=str)
def test_every_changed_stock_and_flow_is_listed_with_its_hazards(
    city: LedgerCity, since: datetime, until: datetime
) -> None:
    """The department tells in July what it found on 8 June: one more was found in June, and was open at its end.

    August tells nothing of the months before: GS-1 is open again from then on only.
    """
    answer = between(city, since, until)
    told = [(one.period, one.unit_id, one.figure, one.value_before, one.value_after) for one in answer.stocks]
    department = cities.departments()[0]
    assert told == (
        []
        if since == NIGHTS[1]
        else [
            ("2023-06", None, "found", 3, 4),
            ("2023-06", department, "found", 0, 1),
            ("2023-06", None, "open", 3, 4),
            ("2023-06", department, "open", 0, 1),
        ]
    )
    assert {(one.unit_id, one.enterprise, one.effect) for stock in answer.stocks for one in stock.hazards} <= {
        (department, "乙服装厂", 1)
    }
    causes = {cause for stock in answer.stocks for one in stock.hazards for cause in one.causes}
    assert {(one.kind, one.file_name, one.source_cell) for one in causes} <= {
        ("new_file", "市应急局7月隐患清单.xlsx", "Sheet1!4")
    }
    assert answer.agrees


def test_the_list_is_printed_in_words(city: LedgerCity) -> None:
    moments = ("--from", f"{NIGHTS[0]:%Y-%m-%dT%H:%M}", "--to", f"{NIGHTS[1]:%Y-%m-%dT%H:%M}")
    answer = CliRunner().invoke(app, ["restated", CITY, *moments, "--home", str(city.home.root)])
    assert answer.exit_code == 0
    assert "2023-06" in answer.output and "市应急局 乙服装厂 +1" in answer.output
    assert "乙服装厂 +1 新报：2023-07-25 17:00 市应急局7月隐患清单.xlsx Sheet1!4" in answer.output
    assert "各种清单的改动：更正 0 条、迟报 1 条、进展 6 条。" in answer.output
    assert "状态 未整改 → 已销号" in answer.output
    assert "GS-1 甲化工有限公司 销号" in answer.output and "孤山镇7月隐患清单.xlsx Sheet1!AC4" in answer.output


def test_the_report_of_the_night_lists_what_changed_since_the_report_before(city: LedgerCity) -> None:
    """July's workbook against June's: the department tells late what it found on 8 June, before June's cut-off.

    All else is July's work: GS-1 closed, GS-2 listed, what led there, and GS-4, found on 20 July.
    """
    workbook = load_workbook(city.home.reports / CITY / "2023-07" / "汇总表_progress_2023-07.xlsx")
    sheet = workbook["清单重述"]
    assert (
        "与上一期汇总表所依据的数据（截至2023-06-25 17:00）相比，共 7 条：更正 0 条、迟报 1 条、进展 6 条。"
        in sheet["A2"].value
    )
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert [(row[1], *row[4:7]) for row in rows] == [
        ("隐患", "乙服装厂", "迟报", "新增"),
        ("隐患", "GS-1 甲化工有限公司", "进展", "改动"),
        ("隐患", "GS-2 乙服装厂", "进展", "改动"),
        ("隐患经过", "GS-1 甲化工有限公司 销号", "进展", "新增"),
        ("隐患经过", "GS-1 甲化工有限公司 整改完成", "进展", "新增"),
        ("隐患经过", "GS-2 乙服装厂 挂牌督办", "进展", "新增"),
        ("隐患", "GS-4 丁冷库", "进展", "新增"),
    ]
    assert rows[1][7] == "状态 未整改 → 已销号"
    assert rows[2][7] == "挂牌级别 空白 → 县级（Sheet1!N5）；挂牌 空白 → 2023-07-15（Sheet1!P5）"
    assert rows[3][7:10] == ["日期 — → 2023-07-10；由谁 — → 市应急局", "新报", "孤山镇7月隐患清单.xlsx"]
    assert rows[3][10:] == ["2023-07-25 17:00", "Sheet1!AC4"]


def test_the_first_report_is_compared_with_none(city: LedgerCity) -> None:
    assert (
        "清单重述"
        not in load_workbook(
            city.home.reports / CITY / "2023-06" / "汇总表_progress_2023-06.xlsx", read_only=True
        ).sheetnames
    )


@pytest.mark.parametrize("period", ["2023-07", "2023-08"])
def test_a_report_written_once_more(city: LedgerCity, tmp_path: Path, period: str) -> None:
    """August's says the same again; July's can no longer: June's version is forgotten, and the sheet says so."""
    order = ReportOrder(CITY, OutputKind.CONSOLIDATED, "progress", period)
    (again,) = write_reports(city.home, [order], folder=tmp_path)
    assert again.path
    said, first = (
        [[cell.value for cell in row] for row in load_workbook(path)["清单重述"].iter_rows(min_row=2)]
        for path in (again.path, city.home.reports / CITY / period / again.path.name)
    )
    if period == "2023-08":
        assert said == first and said[2][4] == "GS-1 甲化工有限公司"
    else:
        assert said[2][0].startswith("上一期汇总表所依据的那一版数据没有保留，无从逐条比较")
        assert said[2][0].endswith("用 taizhang restated ledger_city_2023 --from … --to … 列出。")
