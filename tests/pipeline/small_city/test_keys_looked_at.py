"""Of a kept table a night that goes on makes anew, and looks at, the keys that something touched, and no others."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest

from orchestration.building.dbt_call import PROJECT
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


def test_a_model_that_makes_anew_what_nothing_touched_ends_the_build(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    project = tmp_path / "project"
    shutil.copytree(PROJECT, project, ignore=shutil.ignore_patterns("target", "logs"))
    model = project / "models" / "intermediate" / "int_figures__corrected.sql"
    only_stale = "{{ if_stale('where', 'corrected') }}"
    assert only_stale in model.read_text("utf-8")
    model.write_text(model.read_text("utf-8").replace(only_stale, ""), "utf-8")
    monkeypatch.setenv("TAIZHANG_HOME", str(home.root))
    monkeypatch.setenv("TAIZHANG_AS_OF", "2023-08-25 01:30:00")
    folders = ("--project-dir", project, "--profiles-dir", project, "--target-path", tmp_path, "--log-path", tmp_path)
    run = ("run", "--select", "int_figures__corrected", "--log-level", "none", *map(str, folders))
    with duckdb.connect(str(home.warehouse)) as warehouse:
        before = warehouse.table("intermediate.int_figures__corrected").count("*").fetchall()
    answer = dbtRunner().invoke([*run])
    DuckDBConnectionManager.close_all_connections()
    [result] = (node for node in answer.result.results if node.node.resource_type == "model")
    assert "a row that nothing touched was made anew" in result.message
    with duckdb.connect(str(home.warehouse)) as warehouse:
        assert warehouse.table("intermediate.int_figures__corrected").count("*").fetchall() == before
