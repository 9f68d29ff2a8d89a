"""A rule that changes over the nights: on trial until counted, then in force; no night stops for it."""

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

CITY = "changing_rules_2023"
STRICT = {("1.1", "value"): Decimal(10), ("1.2", "value"): Decimal(10)}  # equal: kept before, broken after


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("changing")).prepare()
    cities.add_campaign(home, CITY, "规则变动市", "210398", [GUSHAN, CHAGOU])
    return home


@pytest.fixture(scope="module")
def nights(home: Home) -> list[NightResult]:
    """June under the old text; then 1.2 must be below 1.1: July's first form meets it on trial, the second in force."""
    send(home, CITY, GUSHAN, "2023-06", date(2023, 6, 24), FIGURES | STRICT)
    first = nightly(home, at(date(2023, 6, 25)))
    rules = home.campaign_folder / CITY / "rules.yml"
    text = rules.read_text(encoding="utf-8")
    assert text.count('"[1.2] <= [1.1]"') == 1
    rules.write_text(text.replace('"[1.2] <= [1.1]"', '"[1.2] < [1.1]"'), encoding="utf-8")
    send(home, CITY, GUSHAN, "2023-07", date(2023, 7, 24), FIGURES | STRICT)
    second = nightly(home, at(date(2023, 7, 24), 20))
    send(home, CITY, CHAGOU, "2023-07", date(2023, 7, 25), FIGURES | STRICT)
    return [first, second, nightly(home, at(date(2023, 7, 25), 20))]


def rows(home: Home, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(home.current / "taizhang.duckdb"), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_no_night_stops_for_a_changed_rule(nights: list[NightResult]) -> None:
    assert [night.failures for night in nights] == [(), (), ()]


def test_a_changed_rule_returns_nothing_until_its_hits_are_counted(home: Home, nights: list[NightResult]) -> None:
    judged = rows(
        home,
        "select unit_id, period, outcome, rule_class, is_trial from marts.fct_rule_outcomes "
        "where rule_code = 'PF-1-01' order by period, unit_id desc",
    )
    gushan, chagou = GUSHAN, CHAGOU
    assert sorted(judged, key=lambda row: (row[1], row[4] is False)) == [
        (gushan, "2023-06", "pass", "mandatory", False),
        (gushan, "2023-07", "fail", "advisory", True),
        (chagou, "2023-07", "fail", "mandatory", False),
    ]
    (verdicts,) = [rows(home, "select unit_id, period, status from marts.fct_submissions order by received_at")]
    assert verdicts == [
        (gushan, "2023-06", "accepted"),
        (gushan, "2023-07", "accepted"),
        (chagou, "2023-07", "returned"),
    ]


def test_a_rule_on_trial_colours_no_figure_and_is_counted_in_no_list(home: Home, nights: list[NightResult]) -> None:
    gushan = GUSHAN
    marks = rows(home, f"select distinct marks from marts.rpt_progress_table where unit_id = '{gushan}'")
    assert not any("PF-1-01" in str(mark) for (mark,) in marks)
    (is_trial,) = rows(home, "select is_trial from marts.rpt_rule_outcomes where rule_class = 'advisory' and is_trial")
    assert is_trial == (True,)


def test_the_command_shows_the_hits_over_all_history(home: Home, nights: list[NightResult]) -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "orchestration.cli", "rules", CITY, "--json", "--home", str(home.root)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    (rule,) = [rule for rule in json.loads(answer.stdout)["rules"] if rule["rule_code"] == "PF-1-01"]
    assert (rule["forms_asked"], rule["forms_hit"], rule["hit_rate"], rule["may_block"]) == (3, 3, 1.0, True)
    assert [(one["period"], one["forms_hit"]) for one in rule["periods"]] == [("2023-06", 1), ("2023-07", 2)]
