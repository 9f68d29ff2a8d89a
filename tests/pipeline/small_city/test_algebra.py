"""Properties that hold whatever the figures are: order of arrival, rebuilding a day, parts then wholes."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from pathlib import Path
from random import Random

import duckdb
import pytest

from orchestration.building import warehouse
from orchestration.home import Home
from orchestration.nightly import nightly
from tests.pipeline import cities
from tests.pipeline.cities import CHAGOU, DEPARTMENT_FIGURES, FIGURES, GUSHAN, HAIZHOU, at, send
from tests.pipeline.small_city.conftest import CITY, SmallCity

FACTS = """
    select campaign_id, unit_id, period, item_code, part, value_state, cumulative_value, month_value
    from marts.fct_indicator_values where campaign_id = '{campaign}' order by all
"""


def facts(database: Path, campaign: str = CITY) -> list[tuple]:
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(FACTS.format(campaign=campaign)).fetchall()


def test_a_rebuilt_day_equals_that_days_build(small_city: SmallCity) -> None:
    """On 25 July the ledger held 1.1 = 15 for 孤山镇; it was corrected to 16 on a later night."""
    home = small_city.home
    as_of = at(date(2023, 7, 25), 23)
    past = home.as_it_stood(as_of)
    result = warehouse.build(past, as_of, at(date(2023, 8, 25), 20))
    assert result.failures == ()
    with duckdb.connect(str(past.warehouse), read_only=True) as rebuilt:
        (row,) = rebuilt.execute(
            "select cumulative_value, month_value from marts.fct_indicator_values"
            f" where unit_id = '{GUSHAN}' and period = '2023-07' and item_code = '1.1' and campaign_id = '{CITY}'"
        ).fetchall()
    assert row == (15, 3)
    versions = sorted(path for path in home.published.iterdir() if path.is_dir() and not path.is_symlink())
    assert len(versions) == 3
    assert facts(past.warehouse) == facts(versions[1] / "taizhang.duckdb")


def test_files_in_any_order_give_the_same_facts(tmp_path: Path) -> None:
    """Three versions of one form and two other forms, taken in one at a time in two orders, received when they were."""
    sent = [
        (GUSHAN, date(2023, 6, 23), Decimal(11), "甲.xlsx"),
        (GUSHAN, date(2023, 6, 24), Decimal(13), "乙.xlsx"),
        (GUSHAN, date(2023, 6, 24), Decimal(14), "丙.xlsx"),
        (CHAGOU, date(2023, 6, 24), Decimal(21), "丁.xlsx"),
        (HAIZHOU, date(2023, 6, 24), Decimal(31), "戊.xlsx"),
    ]
    outcomes = []
    for order in (sent, Random(7).sample(sent, len(sent))):
        home = Home(tmp_path / f"home{len(outcomes)}").prepare()
        cities.add_campaign(home, CITY, "小城市", "210399", [HAIZHOU, GUSHAN, CHAGOU])
        for unit_id, filled_on, figure, name in order:
            send(home, CITY, unit_id, "2023-06", filled_on, FIGURES | {("1.1", "value"): figure}, name)
            hour = 8 + [entry[3] for entry in sent].index(name)
            cities.take_in(home, at(date(2023, 6, 25), 20), received_at=at(date(2023, 6, 25), hour))
        result = warehouse.build(home, at(date(2023, 6, 25), 21), at(date(2023, 6, 25), 21))
        assert result.failures == ()
        outcomes.append(facts(home.warehouse))
    assert outcomes[0] == outcomes[1]
    figures = {row[1]: row[6] for row in outcomes[0] if row[3] == "1.1"}
    assert figures == {GUSHAN: 14, CHAGOU: 21, HAIZHOU: 31}


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Two halves consolidate their units and report upward; a third campaign consolidates all the units at once."""
    from reports.consolidation.area_total import write_area_total

    home = Home(tmp_path_factory.mktemp("province")).prepare()
    department = cities.departments()[0]
    cities.add_campaign(home, "north", "北片", "210391", [GUSHAN, CHAGOU])
    cities.add_campaign(home, "south", "南片", "210392", [HAIZHOU, department])
    cities.add_campaign(home, "whole", "全市", "210390", [GUSHAN, CHAGOU, HAIZHOU, department])
    cities.add_campaign(home, "upper", "上级", "210300", [])
    row = {
        "unit_kind": "片区",
        "reporting_scope": "territory",
        "aliases": "",
        "valid_from": "2023-05-01",
        "valid_to": "",
        "source": "测试",
    }
    cities.keep_units(
        home.campaign_folder / "upper",
        [],
        [
            {"unit_id": "210391", "unit_name": "北片", "position": "1", **row},
            {"unit_id": "210392", "unit_name": "南片", "position": "2", **row},
        ],
    )
    random = Random(20230624)
    due = date(2023, 6, 25)
    for unit_id, half in ((GUSHAN, "north"), (CHAGOU, "north"), (HAIZHOU, "south"), (department, "south")):
        base = DEPARTMENT_FIGURES if unit_id == department else FIGURES
        # multiplying every figure alike keeps 其中 within its whole
        factor = random.randint(1, 9)
        figures = {key: value * factor if key[0] != "4.6" else value for key, value in base.items()}
        for campaign in (half, "whole"):
            send(home, campaign, unit_id, "2023-06", due - timedelta(days=1), figures)
    nightly(home, at(due))
    for half in ("north", "south"):
        campaign = home.campaigns()[half]
        target = home.inbox / "upper" / f"{campaign.area}6月本级汇总.xlsx"
        target.parent.mkdir(parents=True, exist_ok=True)
        write_area_total(target, home.current, campaign, campaign.form("progress"), "2023-06")
    nightly(home, at(due + timedelta(days=1)))
    return home


def totals(home: Home, campaign: str) -> dict[tuple[str, str], Decimal | None]:
    with duckdb.connect(str(home.current / "taizhang.duckdb"), read_only=True) as connection:
        rows = connection.execute(
            "select item_code, part, cumulative_value from marts.rpt_progress_totals"
            " where campaign_id = ? and period = '2023-06' and total_scope = 'all'",
            [campaign],
        ).fetchall()
    return {(item, part): value for item, part, value in rows}


def test_consolidating_parts_then_wholes_equals_consolidating_all(province: Home) -> None:
    at_once, in_two_steps = totals(province, "whole"), totals(province, "upper")
    assert len(at_once) == 35
    # 4.6 is answered 是 or 否 by each area (setting upward_yes_no), so its n counts areas above, units below
    del at_once["4.6", "value"], in_two_steps["4.6", "value"]
    assert in_two_steps == at_once


def test_an_area_total_comes_back_with_identical_figures(province: Home) -> None:
    with duckdb.connect(str(province.current / "taizhang.duckdb"), read_only=True) as connection:
        taken_in = {
            (unit, item, part): value
            for unit, item, part, value in connection.execute(
                "select unit_id, item_code, part, cumulative_value from marts.fct_indicator_values"
                " where campaign_id = 'upper' and period = '2023-06'"
            ).fetchall()
        }
    for half, (item, part) in product(("north", "south"), totals(province, "north")):
        printed = totals(province, half)[item, part]
        if item == "4.6":  # 2 of 2 units of 北片, 1 of 1 of 南片 said 是
            printed = Decimal(1)
        assert taken_in[{"north": "210391", "south": "210392"}[half], item, part] == printed
