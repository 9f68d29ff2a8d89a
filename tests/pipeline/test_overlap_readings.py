"""A town and two departments tell the same hazard, and their forms count it: both readings of X7, from form to proof.

孤山镇 reports 2 for 1.3 (甲厂, 乙厂), the first department 1 (甲厂), the second sends a list that has 乙厂 and a form
that says 0. The sum is 3, and 2 where a hazard counts once. Worked out by hand.
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
BUREAU, OFFICE = cities.departments()[:2]
COLUMNS = ["enterprise", "hazard", "level", "source", "found_on"]
_INSPECTED = {"level": "重大", "source": "部门检查", "found_on": "2023-06-05"}
DUCT = {"enterprise": "甲厂", "hazard": "喷漆房未设置可燃气体报警装置", **_INSPECTED}
EXIT = {"enterprise": "乙厂", "hazard": "员工宿舍安全出口上锁", **_INSPECTED}
LISTS = {GUSHAN: [DUCT, EXIT], BUREAU: [DUCT], OFFICE: [EXIT]}
REPORTED = {GUSHAN: 2, BUREAU: 1, OFFICE: 0}
NOTHING = {(f"1.{number}", "value"): Decimal(0) for number in range(1, 7)}
TOTALS = "select reading, total_value, counted_twice, is_in_force from marts.rpt_overlap_totals order by reading"


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
        figures |= {("1.3", "value"): Decimal(REPORTED[unit_id])}
        send(home, CITY, unit_id, PERIOD, date(2023, 6, 24), figures)
        (home.inbox / CITY / PERIOD / f"{names[unit_id]}6月隐患清单.xlsx").write_bytes(as_xlsx(table))
    assert nightly(home, at(date(2023, 6, 25))).failures == ()
    return home


def test_both_readings_stand_in_the_mart_and_the_total_is_what_was_reported(home: Home) -> None:
    assert ask(home, TOTALS) == [("as_reported", 3, 1, True), ("counted_once", 2, 1, False)]
    assert ask(
        home, "select cumulative_value from marts.rpt_progress_totals where item_code = '1.3' and total_scope = 'all'"
    ) == [(3,)]
    assert ask(home, "select enterprise, unit_id, standing from marts.rpt_overlap_reports order by all") == [
        ("乙厂", GUSHAN, "kept"),
        ("乙厂", OFFICE, "below_list"),
        ("甲厂", GUSHAN, "kept"),
        ("甲厂", BUREAU, "counted_twice"),
    ]


def test_the_workbook_shows_both_and_names_every_report(home: Home) -> None:
    workbook = load_workbook(home.reports / CITY / PERIOD / f"汇总表_progress_{PERIOD}.xlsx")
    cover = [[cell.value for cell in row if cell.value is not None] for row in workbook["总览"].iter_rows()]
    assert ["1.3 部门检查发现的重大事故隐患", "3", "2", 1, "照报合计"] in cover
    sheet = workbook["重复统计"]
    assert "本行动采用的口径：照报合计（X7）。各表的合计都是各单位上报数相加，不扣减" in sheet["A2"].value
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert {(row[2], row[3]) for row in rows} == {("3", "2")}
    assert {(row[11], row[6], row[7], row[9]) for row in rows} == {
        ("甲厂", "计一处", "2", "2"),
        ("甲厂", "重复，只计一处时不计", "1", "1"),
        ("乙厂", "计一处", "2", "2"),
        ("乙厂", "表上的数小于清单上的，证明不了在合计内，照报", "0", "1"),
    }


def test_a_trace_ends_in_the_cells_of_both_lists(home: Home) -> None:
    answer = CliRunner().invoke(app, ["trace", CITY, PERIOD, "1.3", "--json", "--home", str(home.root)])
    assert answer.exit_code == 0
    overlap = json.loads(answer.output)["overlap"]
    assert [(one["reading"], one["value"], one["added_up"], one["agrees"]) for one in overlap["totals"]] == [
        ("as_reported", 3, 3, True),
        ("counted_once", 2, 2, True),
    ]
    duct = [one for one in overlap["reports"] if one["enterprise"] == "甲厂"]
    assert [one["unit_id"] for one in duct] == [GUSHAN, BUREAU]
    for one in duct:
        sheet, row = one["list_row"].split("!")
        told = load_workbook(BytesIO(Path(one["list_archive_path"]).read_bytes()))[sheet]
        assert "甲厂" in [cell.value for cell in told[int(row)]] and one["source_cell"]
    printed = CliRunner().invoke(app, ["trace", CITY, PERIOD, "1.3", "--home", str(home.root)]).output
    assert "照报合计（采用）" in printed and "重复，只计一处时不计" in printed


def proved(home: Home, reading: str) -> tuple[bool, list[tuple[Any, ...]]]:
    """What the proof says where the mart's total under a reading is one less than it is."""
    keys = {"campaign_id": [CITY], "form_id": ["progress"], "period": [PERIOD], "item_code": ["1.3"], "part": ["value"]}
    three = {name: [Decimal(3)] for name in ("mart_total", "raw_total", "parts_total")}
    with duckdb.connect() as warehouse:
        warehouse.execute(f"attach '{home.current / 'taizhang.duckdb'}' as kept (read_only)")
        warehouse.execute("create schema marts")
        for table in ("fct_hazards", "fct_ledger_spans", "fct_ledger_counts", "fct_indicator_values"):
            warehouse.execute(f"create view marts.{table} as from kept.marts.{table}")
        for table in ("rpt_overlap_totals", "rpt_overlap_reports", "rpt_progress_totals"):
            warehouse.execute(f"create table marts.{table} as from kept.marts.{table}")
        warehouse.execute(
            f"update marts.rpt_overlap_totals set total_value = total_value - 1 where reading = '{reading}'"
        )
        result = prove_totals(with_both_readings(warehouse, pd.DataFrame(keys | three)))
    return result.success, [(row["reading"], row["compared_with"], row["mart_total"]) for row in result.failures]


def test_the_proof_of_totals_holds_under_both_readings_and_finds_a_wrong_one(home: Home) -> None:
    assert proved(home, "none") == (True, [])
    for reading, wrong in (("as_reported", 2), ("counted_once", 1)):
        assert proved(home, reading) == (False, [(reading, "raw_total", wrong), (reading, "parts_total", wrong)])


def test_the_other_reading_is_a_choice_of_the_campaign_and_alters_no_reported_sum(home: Home) -> None:
    choose(home, "counted_once")
    assert nightly(home, at(date(2023, 6, 26))).failures == ()
    assert ask(home, TOTALS) == [("as_reported", 3, 1, False), ("counted_once", 2, 1, True)]
    assert CliRunner().invoke(app, ["report", CITY, "--period", PERIOD, "--home", str(home.root)]).exit_code == 0
    workbook = load_workbook(home.reports / CITY / PERIOD / f"汇总表_progress_{PERIOD}.xlsx", data_only=True)
    assert "本行动采用的口径：只计一处（X7）" in workbook["重复统计"]["A2"].value
    cover = [[cell.value for cell in row if cell.value is not None] for row in workbook["总览"].iter_rows()]
    assert ["1.3 部门检查发现的重大事故隐患", "3", "2", 1, "只计一处"] in cover


def test_a_third_reading_is_refused(home: Home) -> None:
    choose(home, "count_once")
    with pytest.raises(CampaignError, match="it is as_reported or counted_once"):
        load_campaign(CITY, [home.campaign_folder])
