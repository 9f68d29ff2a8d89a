"""Units that merge, split and are renamed: as published under who reported, restated under who they are today."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from orchestration.home import Home
from orchestration.nightly import nightly
from tests.pipeline import cities
from tests.pipeline.cities import CHAGOU, FIGURES, GUSHAN, HAIZHOU, at, send, take_in
from tests.pipeline.cities import published_rows as ask

CITY = "changed_city_2023"
XINGHAI, RENAMED, MERGED, FIRST, SECOND = "210381002", "N1", "N2", "N3", "N4"
CHANGES = """
unit_changes:
  - {change_id: renamed, kind: rename, on: 2023-07-01, before: [海州街道], after: [新海州街道], clause: 测试}
  - {change_id: merged, kind: merger, on: 2023-07-01, before: [孤山镇, 岔沟镇], after: [孤岔镇], clause: 测试}
  - {change_id: divided, kind: split, on: 2023-07-01, before: [兴海街道], after: [东兴海街道, 西兴海街道], clause: 测试}
"""


def unit(unit_id: str, name: str, position: int) -> dict[str, str]:
    return {
        "unit_id": unit_id,
        "unit_name": name,
        "unit_kind": "镇",
        "reporting_scope": "territory",
        "position": str(position),
        "aliases": "",
        "valid_from": "2023-07-01",
        "valid_to": "",
        "source": "测试",
    }


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Four units report June; on 1 July one is renamed, two merge, one is divided; the new ones report July."""
    home = Home(tmp_path_factory.mktemp("changed_units")).prepare()
    before = (HAIZHOU, GUSHAN, CHAGOU, XINGHAI)
    cities.add_campaign(home, CITY, "变动市", "210398", before)
    folder = home.campaign_folder / CITY
    new = ((RENAMED, "新海州街道"), (MERGED, "孤岔镇"), (FIRST, "东兴海街道"), (SECOND, "西兴海街道"))
    cities.keep_units(folder, before, [unit(*entry, position) for position, entry in enumerate(new, start=90)])
    _end_the_old_ones(folder / "units.csv")
    with (folder / "campaign.yml").open("a", encoding="utf-8") as campaign:
        campaign.write(CHANGES)
    for unit_id, found in ((HAIZHOU, 12), (GUSHAN, 13), (CHAGOU, 20), (XINGHAI, 30)):
        send(home, CITY, unit_id, "2023-06", date(2023, 6, 24), _found(found))
    take_in(home, at(date(2023, 6, 25)), at(date(2023, 6, 25), 10))
    for unit_id, found in ((RENAMED, 15), (MERGED, 40), (FIRST, 18), (SECOND, 16)):
        send(home, CITY, unit_id, "2023-07", date(2023, 7, 24), _found(found))
    nightly(home, at(date(2023, 7, 25)))
    return home


def _found(number: int) -> dict[tuple[str, str], Decimal | str]:
    return FIGURES | {("1.1", "value"): Decimal(number)}


def _end_the_old_ones(units: Path) -> None:
    lines = units.read_text(encoding="utf-8").splitlines()
    ended = [line.replace(",2023-05-01,,", ",2023-05-01,2023-07-01,") for line in lines]
    units.write_text("\n".join(ended) + "\n", encoding="utf-8")


def test_published_figures_stay_with_the_units_that_reported_and_successors_have_no_first_month(home: Home) -> None:
    query = """
        select period, unit_name, cumulative_value, month_value from rpt_progress_table
        where item_code = '1.1' order by period, unit_position
    """
    assert ask(home, query) == [
        ("2023-06", "海州街道", 12, 12),
        ("2023-06", "兴海街道", 30, 30),
        ("2023-06", "孤山镇", 13, 13),
        ("2023-06", "岔沟镇", 20, 20),
        ("2023-07", "新海州街道", 15, None),
        ("2023-07", "孤岔镇", 40, None),
        ("2023-07", "东兴海街道", 18, None),
        ("2023-07", "西兴海街道", 16, None),
    ]


def test_restated_figures_stand_under_todays_units_and_a_divided_unit_keeps_its_own(home: Home) -> None:
    query = """
        select period, unit_name, former_units, is_divided, cumulative_value, month_value from rpt_progress_restated
        where item_code = '1.1' order by period, unit_position
    """
    assert ask(home, query) == [
        ("2023-06", "兴海街道", None, True, 30, 30),
        ("2023-06", "新海州街道", "海州街道", False, 12, 12),
        ("2023-06", "孤岔镇", "孤山镇、岔沟镇", False, 33, 33),
        ("2023-07", "新海州街道", None, False, 15, 3),
        ("2023-07", "孤岔镇", None, False, 40, 7),
        ("2023-07", "东兴海街道", None, False, 18, None),
        ("2023-07", "西兴海街道", None, False, 16, None),
    ]


def test_both_ways_add_up_to_the_same_total(home: Home) -> None:
    query = """
        select totals.period, totals.item_code, totals.part
        from rpt_progress_totals as totals
        left join (
            select period, item_code, part, sum(cumulative_value) as restated from rpt_progress_restated group by all
        ) as sums using (period, item_code, part)
        where totals.total_scope = 'all' and totals.cumulative_value is distinct from sums.restated
    """
    assert ask(home, query) == []
    assert ask(home, "select count(distinct period) from rpt_progress_restated") == [(2,)]


def test_who_became_whom_is_a_table(home: Home) -> None:
    query = "select unit_id, successor_unit_id, is_divided from dim_unit_successors where steps > 0 or is_divided"
    assert sorted(ask(home, query)) == [
        ("210381001", RENAMED, False),
        ("210381002", XINGHAI, True),
        ("210381101", MERGED, False),
        ("210381102", MERGED, False),
    ]
