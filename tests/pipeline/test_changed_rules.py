"""A rule that changes over the nights: on trial until counted, then in force; no night stops for it.

The same for a question of lists: the hazard list gets the column 销号部门 only after June's list has come, so that from
then on a closing without one is asked about (HL-2-03).
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from campaigns.rule_question import version_of
from orchestration.home import Home
from orchestration.nightly import NightResult, nightly
from tests.forms import as_xlsx
from tests.list_forms import listed
from tests.pipeline import cities
from tests.pipeline.cities import CHAGOU, FIGURES, GUSHAN, at, send

CITY = "changing_rules_2023"
STRICT = {("1.1", "value"): Decimal(10), ("1.2", "value"): Decimal(10)}  # equal: kept before, broken after


SIGNED = (
    "  - {column_id: signed_off_by, label: 销号部门, "
    "aliases: [销号单位, 审核销号部门, 签字销号部门, 审核销号单位, 核销部门, 核销单位]}\n"
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("changing")).prepare()
    cities.add_campaign(home, CITY, "规则变动市", "210398", [GUSHAN, CHAGOU])
    return home


@pytest.fixture(scope="module")
def nights(home: Home) -> list[NightResult]:
    """June under the old text; then 1.2 must be below 1.1: July's first form meets it on trial, the second in force."""
    ledger = home.campaign_folder / CITY / "forms" / "hazard_list.yml"
    full = ledger.read_text(encoding="utf-8")
    assert full.count(SIGNED) == 1
    ledger.write_text(full.replace(SIGNED, ""), encoding="utf-8")
    send_closed_hazard(home)
    send(home, CITY, GUSHAN, "2023-06", date(2023, 6, 24), FIGURES | STRICT)
    first = nightly(home, at(date(2023, 6, 25)))
    rules = home.campaign_folder / CITY / "rules.yml"
    text = rules.read_text(encoding="utf-8")
    assert text.count('"[1.2] <= [1.1]"') == 1
    rules.write_text(text.replace('"[1.2] <= [1.1]"', '"[1.2] < [1.1]"'), encoding="utf-8")
    ledger.write_text(full, encoding="utf-8")
    send(home, CITY, GUSHAN, "2023-07", date(2023, 7, 24), FIGURES | STRICT)
    second = nightly(home, at(date(2023, 7, 24), 20))
    send(home, CITY, CHAGOU, "2023-07", date(2023, 7, 25), FIGURES | STRICT)
    return [first, second, nightly(home, at(date(2023, 7, 25), 20))]


def send_closed_hazard(home: Home) -> None:
    hazard = {
        "hazard_number": "GS-1",
        "enterprise": "甲厂",
        "hazard": "风管积尘",
        "level": "重大",
        "source": "企业自查",
    }
    days = {"found_on": "2023-06-05", "rectified_on": "2023-06-10", "closed_on": "2023-06-12"}
    form = home.campaigns()[CITY].form("hazard_list")
    columns = [*hazard, *days]
    table = listed(form, [hazard | days], unit="孤山镇", filled_on="2023年6月24日", columns=columns)
    target = home.inbox / CITY / "2023-06" / "孤山镇6月隐患清单.xlsx"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(as_xlsx(table))


def rows(home: Home, query: str, night: NightResult | None = None) -> list[tuple[object, ...]]:
    """What the newest snapshot says, or that of one night."""
    folder = night.published if night and night.published else home.current
    with duckdb.connect(str(folder / "taizhang.duckdb"), read_only=True) as connection:
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
    (verdicts,) = [
        rows(
            home,
            "select unit_id, period, status from marts.fct_submissions where form_id = 'progress' order by received_at",
        )
    ]
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


def test_a_new_question_of_lists_is_asked_only_after_its_hits_over_history_are_counted(
    home: Home, nights: list[NightResult]
) -> None:
    outcome = "select rule_class, is_trial, rule_version from marts.fct_rule_outcomes where rule_code = 'HL-2-03'"
    asked = "select rule_code from marts.rpt_unit_questions where rule_code = 'HL-2-03'"
    hits = (
        "select period, rule_class, is_trial, forms_asked, forms_applicable, forms_hit from marts.rpt_rule_hits "
        "where rule_code = 'HL-2-03'"
    )
    version = version_of("hazard_list HL-2-03 1")
    told = [[rows(home, query, night) for query in (outcome, hits, asked)] for night in nights]
    assert told == [
        [[], [], []],
        [[("advisory", True, version)], [("2023-06", "verification", True, 1, 1, 1)], []],
        [[("verification", False, version)], [("2023-06", "verification", False, 1, 1, 1)], [("HL-2-03",)]],
    ]
    known = (
        "select distinct is_trial from marts.rpt_rule_hits where rule_code = 'HL-2-01'"  # asked from the first night
    )
    assert [rows(home, known, night) for night in nights] == [[(False,)]] * 3


def test_the_command_shows_the_hits_over_all_history(home: Home, nights: list[NightResult]) -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "orchestration.cli", "rules", CITY, "--json", "--home", str(home.root)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    told = {rule["rule_code"]: rule for rule in json.loads(answer.stdout)["rules"]}
    of_lists = told["HL-2-03"]
    assert (of_lists["forms_asked"], of_lists["forms_hit"], of_lists["is_counted"]) == (1, 1, True)
    rule = told["PF-1-01"]
    assert (rule["forms_asked"], rule["forms_hit"], rule["hit_rate"], rule["may_block"]) == (3, 3, 1.0, True)
    assert [(one["period"], one["forms_hit"]) for one in rule["periods"]] == [("2023-06", 1), ("2023-07", 2)]
