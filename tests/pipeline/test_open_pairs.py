"""Two lines of a list that may be one hazard, over two nights: one open question, then a person's decision.

Every expected value was worked out by hand: the list names three major hazards, two of which may be one, and the form
counts two. No figure of a unit is a difference as long as a reading of its list bears it out.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from orchestration.home import Home
from orchestration.nightly import nightly
from reports.consolidation.consolidated import verify_consolidated, write_consolidated
from tests.forms import as_xlsx
from tests.list_forms import listed
from tests.pipeline import cities
from tests.pipeline.cities import FIGURES, GUSHAN, at, send

CITY = "open_pairs_2023"
COLUMNS = ["hazard_number", "enterprise", "hazard", "level", "source", "found_on"]
_MAJOR = {"level": "重大", "source": "企业自查", "found_on": "2023-06-05"}
LIST = [
    {"hazard_number": "GS-1", "enterprise": "甲厂", "hazard": "风管积尘", **_MAJOR},
    {"hazard_number": "GS-9", "enterprise": "壬厂", "hazard": "喷漆房未设置可燃气体报警装置", **_MAJOR},
    {"hazard_number": "GS-10", "enterprise": "壬厂", "hazard": "喷漆房未设置可燃气体报警装置", **_MAJOR},
]
FORM = FIGURES | {(f"1.{n}", "value"): Decimal(v) for n, v in enumerate([2, 0, 0, 0, 0, 0], start=1)}
DECISIONS = "pair_id,decision,decided_by,decided_on,reason\n{},same,市安委办综合科,2023-06-26,单位电话确认：编号重编\n"


def ask(home: Home, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(home.current / "taizhang.duckdb"), read_only=True) as connection:
        return connection.execute(query).fetchall()


def count_of_1_1(home: Home) -> list[tuple[Any, ...]]:
    return ask(home, "select ledger_value, joined_value from marts.fct_ledger_counts where item_code = '1.1'")


def printed(home: Home, target: Path) -> Any:
    """The consolidated workbook, opened once it has been found to say what the marts say."""
    write_consolidated(target, home.published, CITY, "progress", "2023-06")
    assert verify_consolidated(target, home.published, CITY, "progress", "2023-06") == []
    return openpyxl.load_workbook(target)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The night on which list and form arrive."""
    home = Home(tmp_path_factory.mktemp(CITY)).prepare()
    cities.add_campaign(home, CITY, "疑似城市", "210395", [GUSHAN])
    campaign = home.campaigns()[CITY]
    unit = next(unit for unit in campaign.units if unit.unit_id == GUSHAN)
    table = listed(campaign.form("hazard_list"), LIST, unit=unit.unit_name, filled_on="2023年6月24日", columns=COLUMNS)
    send(home, CITY, GUSHAN, "2023-06", date(2023, 6, 24), FORM)
    (home.inbox / CITY / "2023-06" / "孤山镇6月隐患清单.xlsx").write_bytes(as_xlsx(table))
    assert nightly(home, at(date(2023, 6, 25))).failures == ()
    return home


def test_a_pair_is_asked_about_until_a_person_has_decided(home: Home, tmp_path: Path) -> None:
    assert count_of_1_1(home) == [(3, 2)]
    assert ask(
        home, "select count(*) from marts.fct_rule_outcomes where rule_code = 'PF-1-07' and outcome = 'fail'"
    ) == [(0,)]
    workbook = printed(home, tmp_path / "open.xlsx")
    assert "数账核对" not in workbook.sheetnames
    ((pair_id,),) = ask(home, "select pair_id from marts.rpt_ledger_questions")
    [question] = workbook["待认定"].iter_rows(min_row=4, min_col=2, max_row=4, values_only=True)
    assert question == (
        "孤山镇", "1.1", "2023年6月", "2023年6月", "描述相同，编号不同",
        "GS-10", "壬厂", "喷漆房未设置可燃气体报警装置", "2023年6月5日", "孤山镇6月隐患清单.xlsx", "Sheet1!6",
        "GS-9", "喷漆房未设置可燃气体报警装置", "2023年6月5日", "孤山镇6月隐患清单.xlsx", "Sheet1!5", pair_id,
    )  # fmt: skip

    decisions = home.campaign_folder / CITY / "hazard_decisions.csv"
    decisions.write_text(DECISIONS.format(pair_id), encoding="utf-8")
    assert nightly(home, at(date(2023, 6, 26))).failures == ()
    assert count_of_1_1(home) == [(2, 2)]
    assert ask(home, "select count(*) from marts.rpt_ledger_questions") == [(0,)]
    assert not {"待认定", "数账核对"} & set(printed(home, tmp_path / "decided.xlsx").sheetnames)
