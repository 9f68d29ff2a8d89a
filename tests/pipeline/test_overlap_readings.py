"""A town and three departments tell the same hazards, and their forms count them: both readings of X7, form to proof.

孤山镇 reports 2 for 1.3 (甲厂, 乙厂) and 1 for 1.1 (丙厂, found by the enterprise itself); the first department reports
1 for 1.3 (甲厂); the second lists 乙厂 and reports 0; the third 1 for 1.3, which is 丙厂 again. 1.3 adds up to 4, to 3
where a hazard counts once. 丙厂 is in 1.1 once and in 1.3 once: only 1.1+1.3 holds it twice, 5 as reported, 3 without
it and the second 甲厂. Worked out by hand.
"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from campaigns.load import CampaignError, load_campaign
from expectations.suites import prove_totals
from orchestration.building.overlap_proof import with_both_readings
from orchestration.cli import app
from orchestration.home import Home
from orchestration.nightly import nightly
from tests.forms import as_xlsx
from tests.list_forms import listed
from tests.pipeline import cities
from tests.pipeline.cities import DEPARTMENT_FIGURES, FIGURES, GUSHAN, at, send
from tests.pipeline.cities import published_rows as ask

CITY, PERIOD = "overlap_city_2023", "2023-06"
BUREAU, OFFICE, STATION = cities.departments()[:3]
COLUMNS = ["enterprise", "hazard", "level", "source", "found_on"]
_INSPECTED = {"level": "重大", "source": "部门检查", "found_on": "2023-06-05"}
DUCT = {"enterprise": "甲厂", "hazard": "喷漆房未设置可燃气体报警装置", **_INSPECTED}
EXIT = {"enterprise": "乙厂", "hazard": "员工宿舍安全出口上锁", **_INSPECTED}
WELL = {"enterprise": "丙厂", "hazard": "污水井作业未检测有害气体", **_INSPECTED}
LISTS = {GUSHAN: [DUCT, EXIT, WELL | {"source": "企业自查"}], BUREAU: [DUCT], OFFICE: [EXIT], STATION: [WELL]}
REPORTED = {GUSHAN: 2, BUREAU: 1, OFFICE: 0, STATION: 1}
NOTHING = {(f"1.{number}", "value"): Decimal(0) for number in range(1, 7)}
TOTALS = """
    select summed_items, reading, total_value, counted_twice, is_in_force from marts.rpt_overlap_totals
    order by summed_items desc, reading
"""


def choose(home: Home, reading: str) -> None:
    file = home.campaign_folder / CITY / "campaign.yml"
    head, rest = file.read_text(encoding="utf-8").split("setting: territory_department_overlap")
    before = rest.split("reading: ")[1].split("\n")[0]
    rest = rest.replace(f"reading: {before}", f"reading: {reading}", 1)
    file.write_text(f"{head}setting: territory_department_overlap{rest}", encoding="utf-8")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp(CITY)).prepare()
    cities.add_campaign(home, CITY, "重复城市", "210393", LISTS)
    campaign = home.campaigns()[CITY]
    names = {unit.unit_id: unit.unit_name for unit in campaign.units}
    for unit_id, rows in LISTS.items():
        table = listed(
            campaign.form("hazard_list"), rows, unit=names[unit_id], filled_on="2023年6月24日", columns=COLUMNS
        )
        figures = (FIGURES if unit_id == GUSHAN else DEPARTMENT_FIGURES) | NOTHING
        figures |= {("1.1", "value"): Decimal(unit_id == GUSHAN), ("1.3", "value"): Decimal(REPORTED[unit_id])}
        send(home, CITY, unit_id, PERIOD, date(2023, 6, 24), figures)
        (home.inbox / CITY / PERIOD / f"{names[unit_id]}6月隐患清单.xlsx").write_bytes(as_xlsx(table))
    assert nightly(home, at(date(2023, 6, 25))).failures == ()
    return home


def test_both_readings_stand_in_the_mart_and_the_total_is_what_was_reported(home: Home) -> None:
    assert ask(home, TOTALS) == [
        ("1.3", "as_reported", 4, 1, True),
        ("1.3", "counted_once", 3, 1, False),
        ("1.1+1.3", "as_reported", 5, 2, True),
        ("1.1+1.3", "counted_once", 3, 2, False),
    ]
    assert ask(
        home, "select cumulative_value from marts.rpt_progress_totals where item_code = '1.3' and total_scope = 'all'"
    ) == [(4,)]
    reports = "select item_code, enterprise, unit_id, standing from marts.rpt_overlap_reports where summed_items = "
    of_one_item = [
        ("1.3", "乙厂", GUSHAN, "kept"),
        ("1.3", "乙厂", OFFICE, "below_list"),
        ("1.3", "甲厂", GUSHAN, "kept"),
        ("1.3", "甲厂", BUREAU, "counted_twice"),
    ]
    assert ask(home, f"{reports} '1.3' order by all") == of_one_item
    assert ask(home, f"{reports} '1.1+1.3' order by all") == [
        ("1.1", "丙厂", GUSHAN, "kept"),
        ("1.3", "丙厂", STATION, "counted_twice"),
        *of_one_item,
    ]


def test_the_workbook_shows_both_and_names_every_report(home: Home) -> None:
    workbook = load_workbook(home.reports / CITY / PERIOD / f"汇总表_progress_{PERIOD}.xlsx")
    cover = [[cell.value for cell in row if cell.value is not None] for row in workbook["总览"].iter_rows()]
    assert ["1.3 部门检查发现的重大事故隐患", "4", "3", 1, "照报合计"] in cover
    both = "1.1 企业自查发现的重大事故隐患＋1.3 部门检查发现的重大事故隐患"
    assert [both, "5", "3", 2, "照报合计"] in cover
    sheet = workbook["重复统计"]
    assert "本行动采用的口径：照报合计（X7）。各表的合计都是各单位上报数相加，不扣减" in sheet["A2"].value
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert {(row[1][:3], row[2], row[3]) for row in rows} == {("1.3", "4", "3"), ("1.1", "5", "3")}
    of_one_item = {
        ("甲厂", "计一处", "1.3", "2", "2"),
        ("甲厂", "重复，只计一处时不计", "1.3", "1", "1"),
        ("乙厂", "计一处", "1.3", "2", "2"),
        ("乙厂", "表上的数小于清单上的，证明不了在合计内，照报", "1.3", "0", "1"),
    }
    assert {(row[12], *row[6:9], row[10]) for row in rows if row[1] != both} == of_one_item
    assert {(row[12], *row[6:9], row[10]) for row in rows if row[1] == both} == {
        ("丙厂", "计一处", "1.1", "1", "1"),
        ("丙厂", "重复，只计一处时不计", "1.3", "1", "1"),
        *of_one_item,
    }


def test_a_trace_ends_in_the_cells_of_both_lists(home: Home) -> None:
    answer = CliRunner().invoke(app, ["trace", CITY, PERIOD, "1.3", "--json", "--home", str(home.root)])
    assert answer.exit_code == 0
    overlap = json.loads(answer.output)["overlap"]
    totals = [
        (one["summed_items"], one["reading"], one["value"], one["added_up"], one["agrees"]) for one in overlap["totals"]
    ]
    assert totals == [
        ("1.3", "as_reported", 4, 4, True),
        ("1.3", "counted_once", 3, 3, True),
        ("1.1+1.3", "as_reported", 5, 5, True),
        ("1.1+1.3", "counted_once", 3, 3, True),
    ]
    told = [(one["summed_items"], one["enterprise"], one["unit_id"]) for one in overlap["reports"]]
    assert told[:4] == [
        ("1.3", "甲厂", GUSHAN),
        ("1.3", "甲厂", BUREAU),
        ("1.3", "乙厂", GUSHAN),
        ("1.3", "乙厂", OFFICE),
    ] or told[:4] == [
        ("1.3", "乙厂", GUSHAN),
        ("1.3", "乙厂", OFFICE),
        ("1.3", "甲厂", GUSHAN),
        ("1.3", "甲厂", BUREAU),
    ]
    assert [one for one in told[4:] if one[1] == "丙厂"] == [("1.1+1.3", "丙厂", GUSHAN), ("1.1+1.3", "丙厂", STATION)]
    for one in overlap["reports"]:
        sheet, row = one["list_row"].split("!")
        told_there = load_workbook(BytesIO(Path(one["list_archive_path"]).read_bytes()))[sheet]
        assert one["enterprise"] in [cell.value for cell in told_there[int(row)]] and one["source_cell"]
    printed = CliRunner().invoke(app, ["trace", CITY, PERIOD, "1.3", "--home", str(home.root)]).output
    assert "照报合计（采用）" in printed and "重复，只计一处时不计" in printed


def proved(home: Home, alter: str = "") -> tuple[bool, set[tuple[Any, ...]]]:
    """What the proof says of the published marts, one of them altered."""
    keys = {"campaign_id": CITY, "form_id": "progress", "period": PERIOD, "part": "value"}
    totals = [
        keys | {"item_code": item, **dict.fromkeys(("mart_total", "raw_total", "parts_total"), Decimal(value))}
        for item, value in (("1.1", 1), ("1.3", 4))
    ]
    with duckdb.connect() as warehouse:
        warehouse.execute(f"attach '{home.current / 'taizhang.duckdb'}' as kept (read_only)")
        warehouse.execute("create schema marts")
        for table in ("fct_hazards", "fct_ledger_spans", "fct_ledger_counts", "fct_indicator_values"):
            warehouse.execute(f"create view marts.{table} as from kept.marts.{table}")
        for table in ("rpt_overlap_totals", "rpt_overlap_reports", "rpt_progress_totals"):
            warehouse.execute(f"create table marts.{table} as from kept.marts.{table}")
        if alter:
            warehouse.execute(alter)
        result = prove_totals(with_both_readings(warehouse, home, at(date(2023, 6, 25)), pd.DataFrame(totals)))
    failures = {(row["item_code"], row["reading"], row["compared_with"], row["mart_total"]) for row in result.failures}
    return result.success, failures


@pytest.mark.parametrize(
    ("items", "reading", "wrong"),
    [
        ("1.3", "as_reported", 3),
        ("1.3", "counted_once", 2),
        ("1.1+1.3", "as_reported", 4),
        ("1.1+1.3", "counted_once", 2),
    ],
)
def test_the_proof_of_totals_holds_under_both_readings_and_finds_a_wrong_one(
    home: Home, items: str, reading: str, wrong: int
) -> None:
    assert proved(home) == (True, set())
    one_less = f"""
        update marts.rpt_overlap_totals set total_value = total_value - 1
        where summed_items = '{items}' and reading = '{reading}'
    """
    found = {(items, reading, way, wrong) for way in ("raw_total", "parts_total")}
    assert proved(home, one_less) == (False, found)


def test_the_proof_of_totals_misses_a_sum_that_is_left_out(home: Home) -> None:
    success, failures = proved(home, "delete from marts.rpt_overlap_totals where summed_items = '1.1+1.3'")
    assert not success
    assert {failure[:2] for failure in failures} == {("1.1+1.3", "counted_once")}


def test_the_other_reading_is_a_choice_of_the_campaign_and_alters_no_reported_sum(home: Home) -> None:
    choose(home, "counted_once")
    assert nightly(home, at(date(2023, 6, 26))).failures == ()
    assert ask(home, TOTALS) == [
        ("1.3", "as_reported", 4, 1, False),
        ("1.3", "counted_once", 3, 1, True),
        ("1.1+1.3", "as_reported", 5, 2, False),
        ("1.1+1.3", "counted_once", 3, 2, True),
    ]
    assert CliRunner().invoke(app, ["report", CITY, "--period", PERIOD, "--home", str(home.root)]).exit_code == 0
    workbook = load_workbook(home.reports / CITY / PERIOD / f"汇总表_progress_{PERIOD}.xlsx", data_only=True)
    assert "本行动采用的口径：只计一处（X7）" in workbook["重复统计"]["A2"].value
    cover = [[cell.value for cell in row if cell.value is not None] for row in workbook["总览"].iter_rows()]
    assert ["1.3 部门检查发现的重大事故隐患", "4", "3", 1, "只计一处"] in cover


def test_a_third_reading_is_refused(home: Home) -> None:
    choose(home, "count_once")
    with pytest.raises(CampaignError, match="it is as_reported or counted_once"):
        load_campaign(CITY, [home.campaign_folder])
