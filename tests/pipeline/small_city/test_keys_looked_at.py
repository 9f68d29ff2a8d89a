"""Of a kept table a night that goes on looks at the keys it made anew; any other build looks at all of them."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest

from orchestration.building.dbt_runner import run_dbt
from orchestration.home import Home
from tests.pipeline.cities import GUSHAN, at
from tests.pipeline.small_city.conftest import SmallCity

KEY = "is_key_fct_indicator_values_campaign_id__form_id__unit_id__period__item_code__part"
TWICE = "insert into marts.fct_indicator_values from marts.fct_indicator_values where unit_id = ? and period = ?"
MADE_ANEW = "delete from intermediate.int_reports__stale where period <> '2023-08'"  # of a night in August


@pytest.fixture
def home(small_city: SmallCity, tmp_path: Path) -> Home:
    home = Home(tmp_path / "copy").prepare()
    shutil.copyfile(small_city.home.warehouse, home.warehouse)
    with duckdb.connect(str(home.warehouse)) as warehouse:
        warehouse.execute(MADE_ANEW)
    return home


@pytest.mark.parametrize(
    ("period", "goes_on", "status"),
    [("2023-08", True, "fail"), ("2023-07", True, "pass"), ("2023-07", False, "fail"), ("2023-08", False, "fail")],
)
def test_a_figure_that_stands_twice(home: Home, period: str, goes_on: bool, status: str) -> None:
    with duckdb.connect(str(home.warehouse)) as warehouse:
        figures = warehouse.execute(TWICE, [GUSHAN, period]).fetchall()[0][0]
    nodes = run_dbt(home, ("test", "--select", KEY), at(date(2023, 8, 25)), goes_on=goes_on).nodes
    [result] = (node for node in nodes if node.resource_type == "test")
    assert figures > 0
    assert (result.status, result.failures) == (status, figures if status == "fail" else 0)
