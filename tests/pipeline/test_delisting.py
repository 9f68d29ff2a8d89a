"""挂牌 raised to another level, and 摘牌, its end: from two months' lists of a town to facts, figures proved,
questions, traces and reports.

Every expected value was worked out by hand from the lists below, whose columns stand in the order of COLUMNS (A to P;
the first line is row 4). June's list lies in the raw zone as before the form had a column for delisting. A line at the
bound stands beside the ones that break a rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from orchestration.building import kept_build
from orchestration.cli import app
from orchestration.home import Home
from orchestration.nightly import nightly
from tests.forms import as_xlsx
from tests.list_forms import listed
from tests.pipeline import cities
from tests.pipeline.cities import FIGURES, GUSHAN, Ask, at, published_rows, send
from tests.pipeline.test_nights_equal_a_full_build import differing_rows

CITY = "delisting_2023"
COLUMNS = [
    *("hazard_number", "enterprise", "hazard", "level", "source", "found_on", "listed_level", "listed_by", "listed_on"),
    *("delisted_on", "due_on", "rectified_on", "verified_on", "verified_by", "closed_on", "signed_off_by"),
]


def line(number: str, enterprise: str, hazard: str, **more: str) -> Mapping[str, str]:
    found = {"level": "重大", "source": "企业自查", "found_on": "2023-06-05"}
    return {"hazard_number": number, "enterprise": enterprise, "hazard": hazard, **found, **more}


def listing(day: str, level: str = "县级", by: str = "市安委会") -> Mapping[str, str]:
    return {"listed_level": level, "listed_by": by, "listed_on": day}


FIRST = line("GS-1", "甲厂", "风管积尘", **listing("2023-06-10"))
DONE = {"rectified_on": "2023-07-02", "verified_on": "2023-07-03", "verified_by": "市应急局"}
JULY = [
    {**FIRST, "delisted_on": "2023-07-05"},
    line("GS-2", "乙厂", "出口上锁", **listing("2023-07-03"), delisted_on="2023-07-03", **DONE),
    line("GS-3", "丙厂", "无证上岗", **listing("2023-07-03"), delisted_on="2023-07-02"),
    line("GS-4", "丁厂", "氨罐无报警", delisted_on="2023-07-02"),
    line("GS-5", "戊厂", "天窗未封闭", **listing("2023-07-03"), delisted_on="2023-07-26"),
    line("GS-6", "己厂", "护栏缺失"),
    line("GS-7", "庚厂", "粉尘未清扫", **listing("2023-07-10", "市级", "上级安委会")),
]
JUNE = [FIRST, line("GS-7", "庚厂", "粉尘未清扫", **listing("2023-06-12"))]


def send_list(home: Home, month: int, rows: list[Mapping[str, Any]]) -> None:
    form = home.campaigns()[CITY].form("hazard_list")
    table = listed(form, rows, columns=COLUMNS, unit="孤山镇", filled_on=f"2023年{month}月24日")
    target = home.inbox / CITY / f"孤山镇{month}月隐患清单.xlsx"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(as_xlsx(table))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("delisting")).prepare()
    cities.add_campaign(home, CITY, "摘牌城市", "210396", [GUSHAN])
    send_list(home, 6, JUNE)
    cities.take_in(home, at(date(2023, 6, 25)), at(date(2023, 6, 25)))
    for file in (home.raw / "hazard_lines").glob("*.parquet"):
        pq.write_table(pq.read_table(file).drop_columns(["delisted_on"]), file)
    assert nightly(home, at(date(2023, 6, 25))).failures == ()
    found = {("1.1", "value"): Decimal(7), ("1.2", "value"): Decimal(1)}
    figures = FIGURES | found | {("1.5", "value"): Decimal(5), ("1.6", "value"): Decimal(1)}
    send(home, CITY, GUSHAN, "2023-07", date(2023, 7, 24), figures)
    send_list(home, 7, JULY)
    assert nightly(home, at(date(2023, 7, 25))).failures == ()
    return home


@pytest.fixture(scope="module")
def ask(home: Home) -> Ask:
    return partial(published_rows, home)


def test_a_delisting_is_an_event_of_the_listing_body_with_its_cell_and_closes_nothing(ask: Ask) -> None:
    assert ask(
        "select e.event, e.event_on, e.actor, e.source_cell, h.status from marts.fct_hazard_events e "
        "inner join marts.fct_hazards h using (campaign_id, hazard_id) where h.hazard_number in ('GS-1', 'GS-2') "
        "order by h.hazard_number, e.event_number"
    ) == [
        ("found", date(2023, 6, 5), None, "Sheet1!F4", "open"),
        ("listed", date(2023, 6, 10), "市安委会", "Sheet1!I4", "open"),
        ("delisted", date(2023, 7, 5), "市安委会", "Sheet1!J4", "open"),
        ("found", date(2023, 6, 5), None, "Sheet1!F5", "rectified"),
        ("rectified", date(2023, 7, 2), "乙厂", "Sheet1!L5", "rectified"),
        ("listed", date(2023, 7, 3), "市安委会", "Sheet1!I5", "rectified"),
        ("verified", date(2023, 7, 3), "市应急局", "Sheet1!M5", "rectified"),
        ("delisted", date(2023, 7, 3), "市安委会", "Sheet1!J5", "rectified"),
    ]


def test_only_what_was_listed_before_is_delisted(ask: Ask) -> None:
    assert ask("select hazard_number, listed_on, delisted_on from marts.fct_hazards order by 1") == [
        ("GS-1", date(2023, 6, 10), date(2023, 7, 5)),
        ("GS-2", date(2023, 7, 3), date(2023, 7, 3)),
        ("GS-3", date(2023, 7, 3), None),
        ("GS-4", None, None),
        ("GS-5", date(2023, 7, 3), date(2023, 7, 26)),
        ("GS-6", None, None),
        ("GS-7", date(2023, 7, 10), None),
    ]


def test_a_listing_raised_to_another_level_leaves_the_one_before(ask: Ask) -> None:
    """GS-7 was listed by the city on 12 June; a higher body lists it on 10 July. GS-1 is delisted in July."""
    assert ask(
        "select event_on, particular, actor, file_name, source_cell from marts.fct_hazard_events "
        "inner join marts.fct_hazards h using (campaign_id, hazard_id) "
        "left join marts.fct_submissions s on s.submission_id = fct_hazard_events.submission_id "
        "where h.hazard_number = 'GS-7' and event = 'listed' order by 1"
    ) == [
        (date(2023, 6, 12), "county", "市安委会", "孤山镇6月隐患清单.xlsx", "Sheet1!I5"),
        (date(2023, 7, 10), "city", "上级安委会", "孤山镇7月隐患清单.xlsx", "Sheet1!I10"),
    ]
    assert ask(
        "select h.hazard_number, m.period, m.listed_level from marts.fct_hazard_months m "
        "inner join marts.fct_hazards h using (campaign_id, hazard_id) where h.hazard_number in ('GS-1', 'GS-7') "
        "order by 1, 2"
    ) == [
        ("GS-1", "2023-06", "county"),
        ("GS-1", "2023-07", None),
        ("GS-7", "2023-06", "county"),
        ("GS-7", "2023-07", "city"),
    ]
    assert ask(
        "select period, listed_level_name, listed_by, listed_on from marts.rpt_unclosed_hazards "
        "where hazard_number = 'GS-7' order by 1"
    ) == [
        ("2023-06", "县级", "市安委会", date(2023, 6, 12)),
        ("2023-07", "市级", "上级安委会", date(2023, 7, 10)),
    ]
    counted = "select period, ledger_value from marts.fct_ledger_counts where item_code = '1.5' order by 1"
    assert ask(counted) == [("2023-06", Decimal(2)), ("2023-07", Decimal(5))]


def test_what_cannot_be_is_asked_about_once_with_its_cell(ask: Ask) -> None:
    assert ask(
        "select rule_code, source_cell, message from marts.fct_rule_outcomes "
        "where rule_code in ('HL-2-08', 'HL-2-09', 'HL-2-10') order by all"
    ) == [
        ("HL-2-08", "Sheet1!J6", "丙厂：“摘牌日期”2023-07-02 早于“挂牌日期”2023-07-03。请核对后改正。"),
        ("HL-2-09", "Sheet1!J7", "丁厂：填了“摘牌日期”，没有填“挂牌日期”。请补填或改正。"),
        ("HL-2-10", "Sheet1!J8", "戊厂：“摘牌日期”2023-07-26 晚于收到清单的日子 2023-07-25。请核对后改正。"),
    ]


def test_a_delisted_hazard_still_counts_among_those_ever_listed(ask: Ask) -> None:
    """1.5 is cumulative: GS-1, GS-2, GS-3, GS-5, GS-7 were listed by the cut-off; of them GS-2 is rectified (1.6)."""
    assert ask(
        "select item_code, ledger_value from marts.fct_ledger_counts "
        "where period = '2023-07' and item_code in ('1.5', '1.6') order by 1"
    ) == [("1.5", Decimal(5)), ("1.6", Decimal(1))]
    assert ask("from marts.rpt_ledger_differences where period = '2023-07' and item_code in ('1.5', '1.6')") == []


def test_the_list_of_unclosed_hazards_keeps_it_and_says_so(home: Home, ask: Ask) -> None:
    """At the cut-off of 24 July GS-3, GS-5 and GS-7 are listed; GS-1 and GS-2 no longer are, and are not closed."""
    assert ask(
        "select hazard_number, is_listed, listed_on, delisted_on from marts.rpt_unclosed_hazards "
        "where period = '2023-07' and listed_on is not null order by 1"
    ) == [
        ("GS-1", False, date(2023, 6, 10), date(2023, 7, 5)),
        ("GS-2", False, date(2023, 7, 3), date(2023, 7, 3)),
        ("GS-3", True, date(2023, 7, 3), None),
        ("GS-5", True, date(2023, 7, 3), None),
        ("GS-7", True, date(2023, 7, 10), None),
    ]
    assert ask("select unclosed_count, listed_count from marts.rpt_unclosed_units where period = '2023-07'") == [(7, 3)]
    arguments = ["report", CITY, "--period", "2023-07", "--kind", "unclosed_hazards", "--home", str(home.root)]
    assert CliRunner().invoke(app, arguments).exit_code == 0
    (book,) = (home.reports / CITY / "2023-07").glob("*未完成整改*.xlsx")
    printed = [str(cell) for sheet in load_workbook(book) for row in sheet.iter_rows(values_only=True) for cell in row]
    assert printed.count("县级\n市安委会\n2023-06-10\n2023-07-05 摘牌") == 1
    assert printed.count("县级\n市安委会\n2023-07-03") == 2
    assert printed.count("市级\n上级安委会\n2023-07-10") == 1


def test_a_trace_names_the_delisting(home: Home) -> None:
    said = CliRunner().invoke(app, ["trace", CITY, "--hazard", "GS-1", "--home", str(home.root)]).output
    assert "摘牌" in said and "Sheet1!J4" in said


def test_a_corrected_delisting_moves_in_a_night_that_goes_on_from_the_last(home: Home, ask: Ask) -> None:
    """GS-1 was delisted on the 6th, GS-4 listed after all; a build from nothing makes the same rows. Runs last."""
    now = at(date(2023, 7, 27))
    changed = {0: {"delisted_on": "2023-07-06"}, 3: {"listed_on": "2023-07-01"}}
    send_list(home, 7, [{**row, **changed.get(number, {})} for number, row in enumerate(JULY)])
    assert nightly(home, now).failures == ()
    assert '"begun_on": "2023-07-25"' in (home.build / kept_build.NOTE).read_text("utf-8")
    assert ask(
        "select hazard_number, delisted_on from marts.fct_hazards where hazard_number in ('GS-1', 'GS-4') order by 1"
    ) == [("GS-1", date(2023, 7, 6)), ("GS-4", date(2023, 7, 2))]
    assert {name: rows for name, rows in differing_rows(home, now).items() if rows} == {}
