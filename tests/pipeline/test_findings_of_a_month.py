"""A hazard of which only the month of finding is written counts in the report that first tells of it, and stays there.

July's list (cut-off 24 July) and August's say 2023.7 of 甲厂 and, rectified on 15 July, of 乙厂; 丙厂 has a day. Worked
out by hand: July counts three, August the same three.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from orchestration.home import Home
from orchestration.nightly import nightly
from tests.forms import as_xlsx
from tests.list_forms import listed
from tests.pipeline import cities
from tests.pipeline.cities import GUSHAN, at, published_rows

CITY = "month_city_2023"
COLUMNS = ["hazard_number", "enterprise", "hazard", "level", "source", "found_on", "due_on", "rectified_on"]
_MAJOR = {"level": "重大", "source": "企业自查", "found_on": "2023.7"}
LINES = [
    {**_MAJOR, "hazard_number": "1", "enterprise": "甲厂", "hazard": "风管积尘", "due_on": "2023-09-30"},
    {**_MAJOR, "hazard_number": "2", "enterprise": "乙厂", "hazard": "出口上锁", "rectified_on": "2023-07-15"},
    {**_MAJOR, "hazard_number": "3", "enterprise": "丙厂", "hazard": "无证上岗", "found_on": "2023-07-05"},
]


def send_list(home: Home, period: str, filled_on: date) -> Path:
    target = home.inbox / CITY / period / f"孤山镇{int(period[5:])}月隐患清单.xlsx"
    target.parent.mkdir(parents=True, exist_ok=True)
    form = home.campaigns()[CITY].form("hazard_list")
    table = listed(form, LINES, unit="孤山镇", filled_on=f"{filled_on:%Y年%m月%d日}", columns=COLUMNS)
    target.write_bytes(as_xlsx(table))
    return target


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp(CITY)).prepare()
    cities.add_campaign(home, CITY, "月份城市", "210389", [GUSHAN])
    for period, day in (("2023-07", date(2023, 7, 24)), ("2023-08", date(2023, 8, 24))):
        send_list(home, period, day)
        assert nightly(home, at(date(day.year, day.month, 25))).failures == ()
    return home


def test_it_is_found_by_the_cut_off_that_first_tells_of_it_and_by_what_was_done(home: Home) -> None:
    assert published_rows(home, "select enterprise, found_on from fct_hazards order by hazard_number") == [
        ("甲厂", date(2023, 7, 24)),
        ("乙厂", date(2023, 7, 15)),
        ("丙厂", date(2023, 7, 5)),
    ]


def test_it_counts_in_that_month_and_once(home: Home) -> None:
    counts = "select period, ledger_value from fct_ledger_counts where item_code = '1.1' order by period"
    assert published_rows(home, counts) == [("2023-07", Decimal(3)), ("2023-08", Decimal(3))]


def test_nobody_is_asked_about_a_day_that_was_not_written(home: Home) -> None:
    assert published_rows(home, "select rule_code from rpt_rule_outcomes where rule_code like 'HL-2-%'") == []
