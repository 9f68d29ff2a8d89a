"""A decided correction over two nights: counted and shown beside the reported figure, then overtaken by a new form."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from orchestration.home import Home
from orchestration.nightly import NightResult, nightly
from tests.pipeline import cities
from tests.pipeline.cities import CHAGOU, FIGURES, GUSHAN, at, send

CITY = "correcting_2023"
HEAD = "correction_id,unit,form_id,period,item_code,part,expected_value,new_value,reason,decided_by,decided_on,document"
ROW = f"k_01,{GUSHAN},progress,2023-06,3.3,amount,12.5,1.25,多填一位,市安委办综合科,2023-06-25,海安委办函〔2023〕1号"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("correcting")).prepare()
    cities.add_campaign(home, CITY, "更正市", "210396", [GUSHAN, CHAGOU])
    (home.campaign_folder / CITY / "corrections.csv").write_text(f"{HEAD}\n{ROW}\n", encoding="utf-8")
    return home


def trace(home: Home) -> dict[str, object]:
    answer = subprocess.run(
        [
            sys.executable,
            "-m",
            "orchestration.cli",
            "trace",
            CITY,
            "2023-06",
            "3.3.amount",
            "--json",
            "--home",
            home.root,
        ],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return json.loads(answer.stdout)


@pytest.fixture(scope="module")
def first(home: Home) -> tuple[NightResult, dict[str, object], list[tuple[object, ...]]]:
    send(home, CITY, GUSHAN, "2023-06", date(2023, 6, 24))
    send(home, CITY, CHAGOU, "2023-06", date(2023, 6, 24))
    night = nightly(home, at(date(2023, 6, 25), 20))
    return night, trace(home), status(home)


@pytest.fixture(scope="module")
def second(home: Home, first: object) -> NightResult:
    resent = FIGURES | {("3.3", "amount"): Decimal("1.3")}
    send(home, CITY, GUSHAN, "2023-06", date(2023, 6, 26), resent, "孤山镇更正.xlsx")
    return nightly(home, at(date(2023, 6, 26), 20))


def rows(home: Home, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(home.current / "taizhang.duckdb"), read_only=True) as connection:
        return connection.execute(query).fetchall()


def status(home: Home) -> list[tuple[object, ...]]:
    return rows(home, "select correction_id, correction_status, reported_value from marts.fct_corrections")


def test_a_correction_counts_and_both_figures_stay_traceable(home: Home, first: tuple) -> None:
    night, traced, found = first
    assert night.failures == ()
    assert found == [("k_01", "applied", Decimal("12.5"))]
    (total,) = [total for total in traced["totals"] if total["total_scope"] == "all"]
    assert total["value"] == 13.75 and total["agrees"]
    cells = {cell["unit_id"]: cell for cell in traced["cells"]}
    told = ("value", "reported_value", "correction_id", "matches_raw")
    assert [cells[GUSHAN][name] for name in told] == [1.25, 12.5, "k_01", True]
    assert [cells[CHAGOU][name] for name in told] == [12.5, 12.5, None, True]


def test_a_form_sent_again_overtakes_the_correction_and_the_night_says_so(home: Home, second: NightResult) -> None:
    assert second.failures == () and second.build is not None
    assert status(home) == [("k_01", "source_changed", Decimal("1.3"))]
    (value,) = rows(
        home, f"select cumulative_value from marts.fct_indicator_values where unit_id = '{GUSHAN}' and part = 'amount'"
    )
    assert value == (Decimal("1.3"),)
    assert list(second.build.warnings) == [
        "检查 corrections_still_fit_what_was_sent：1 行需要看一看。 "
        "Check corrections_still_fit_what_was_sent: 1 rows to look at.",
        "更正 k_01（孤山镇 2023-06 3.3.amount：12.5 改为 1.25）没有执行：单位已报成 1.3，请重新决定。 "
        "Correction k_01 was not applied: the form now holds 1.3; decide anew.",
    ]
