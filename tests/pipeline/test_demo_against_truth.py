"""The whole demo city in one night: every mart must say what the generator knew before it wrote a single file."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from campaigns.vocabulary import ValueState
from orchestration.cli import app
from orchestration.demo.fresh_home import NOTICE, make_fresh
from orchestration.demo.plan import CAMPAIGN_ID, FORM_ID
from orchestration.demo.run import DEFAULT_SEED, arrivals_of_the_city, compare_with_truth, receive
from orchestration.demo.truth import ExpectedCity, expected_city
from orchestration.home import Home
from orchestration.nightly import nightly
from orchestration.snapshot import published_snapshot

LAST_NIGHT = datetime(2023, 11, 25, 1, 30)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Everything arrives in its order, and only then the first night runs: it must end where six nights would."""
    home = Home(tmp_path_factory.mktemp("demo") / "home")
    make_fresh(home, CAMPAIGN_ID)
    campaign = home.campaigns()[CAMPAIGN_ID]
    receive(home, campaign, arrivals_of_the_city(campaign, home.due_dates(campaign), DEFAULT_SEED))
    night = nightly(home, LAST_NIGHT)
    assert night.failures == ()
    return home


@pytest.fixture(scope="module")
def truth(home: Home) -> ExpectedCity:
    campaign = home.campaigns()[CAMPAIGN_ID]
    return expected_city(campaign, home.due_dates(campaign), DEFAULT_SEED, LAST_NIGHT)


FIGURES = "select * from fct_indicator_values where campaign_id = 'haicheng_2023' and form_id = 'progress'"


def rows(home: Home, query: str) -> list[dict[str, Any]]:
    return published_snapshot(home.published).rows(query)


def document(home: Home, *arguments: str) -> Any:
    answer = CliRunner().invoke(app, [*arguments, "--json", "--home", str(home.root)])
    return json.loads(answer.stdout)


def test_every_figure_of_every_unit_and_month_is_what_was_written(home: Home, truth: ExpectedCity) -> None:
    figures = {
        (row["unit_id"], row["period"], row["item_code"], row["part"]): (
            ValueState(row["value_state"]),
            row["cumulative_value"],
        )
        for row in rows(home, FIGURES)
    }
    assert figures == truth.cells


def test_every_month_s_gain_is_the_difference_of_what_was_written(home: Home, truth: ExpectedCity) -> None:
    gains = {
        (row["unit_id"], row["period"], row["item_code"], row["part"]): row["month_value"]
        for row in rows(home, FIGURES)
    }
    assert gains == truth.month_values


def test_totals_and_timeliness_agree_with_the_truth(home: Home) -> None:
    campaign = home.campaigns()[CAMPAIGN_ID]
    assert compare_with_truth(home, campaign, home.due_dates(campaign), DEFAULT_SEED, LAST_NIGHT) == []


def test_every_version_has_the_status_it_must_have(home: Home, truth: ExpectedCity) -> None:
    forms = rows(home, "select status from fct_submissions where form_id is distinct from 'hazard_list'")
    statuses = Counter(row["status"] for row in forms)
    assert statuses == Counter(truth.submission_statuses)


def test_every_file_that_was_refused_has_the_reason_that_was_planted(home: Home, truth: ExpectedCity) -> None:
    planted = Counter(
        (form.verdict.value, form.reason_code)
        for mailing in truth.mailings
        for form in mailing.forms
        if form.reason_code
    )
    refused = rows(home, "select status, reason_code from fct_submissions where status in ('returned', 'quarantined')")
    assert Counter((row["status"], row["reason_code"]) for row in refused) == planted


def test_the_planted_questions_are_asked(home: Home, truth: ExpectedCity) -> None:
    query = """
        select distinct units.unit_position, outcomes.period, outcomes.rule_code
        from fct_rule_outcomes as outcomes
        inner join fct_submissions as sent on outcomes.submission_id = sent.submission_id and sent.status = 'accepted'
        inner join dim_units as units on outcomes.unit_id = units.unit_id
        where outcomes.outcome = 'fail' and outcomes.rule_code in ('PF-0-03', 'PF-0-04', 'PF-0-05', 'PF-0-06')
    """
    asked = {(row["unit_position"], row["period"], row["rule_code"]) for row in rows(home, query)}
    assert asked == {
        (17, "2023-08", "PF-0-05"),  # falls without a word
        (28, "2023-08", "PF-0-05"),  # falls with a reason
        (4, "2023-10", "PF-0-04"),  # about thirty
        (24, "2023-10", "PF-0-03"),  # fills in what it is not asked
        (34, "2023-11", "PF-0-06"),  # copies last month
    }


def test_a_hazard_that_stands_on_no_list_is_the_only_difference_from_the_forms(home: Home) -> None:
    """Unit 7 forgot one of August: its form is one above its list from then on, and nobody else's differs."""
    query = """
        select distinct units.unit_position, differences.period, differences.item_code, differences.difference
        from rpt_ledger_differences as differences
        inner join dim_units as units on differences.unit_id = units.unit_id
    """
    found = {(row["unit_position"], row["period"], row["item_code"], row["difference"]) for row in rows(home, query)}
    assert {one for one in found if one[2] == "1.1"} == {
        (7, period, "1.1", Decimal(1)) for period in ("2023-08", "2023-09", "2023-10", "2023-11")
    }
    assert {one[0] for one in found} == {7}
    # no unit's own figures wait for an answer; seven pairs of two units read alike by chance
    query = "select kind, unit_id <> other_unit_id as is_of_two, count(*) as pairs from rpt_ledger_questions"
    asked = rows(home, f"{query} group by all")
    assert asked == [{"kind": "overlap", "is_of_two": True, "pairs": 7}]


def test_a_reason_given_for_a_fall_is_kept(home: Home) -> None:
    [row] = rows(home, "select explanation from rpt_rule_outcomes where rule_code = 'PF-0-05' and unit_position = 28")
    assert "核减1个次" in row["explanation"]


@pytest.mark.parametrize(("period", "item"), [("2023-06", "1.1"), ("2023-09", "3.3.amount"), ("2023-11", "4.6")])
def test_trace_reaches_a_file_in_the_archive_for_every_counted_cell(home: Home, period: str, item: str) -> None:
    answer = document(home, "trace", CAMPAIGN_ID, period, item)
    counted = [cell for cell in answer["cells"] if cell["is_counted"]]
    assert len(counted) == answer["totals"][2]["units_counted"]
    assert all(Path(cell["archive_path"]).is_file() and cell["source_cell"] and cell["raw_text"] for cell in counted)
    assert all(cell["matches_raw"] for cell in counted)
    assert all(total["agrees"] for total in answer["totals"])


def test_trace_lists_the_version_that_was_corrected(home: Home, truth: ExpectedCity) -> None:
    answer = document(home, "trace", CAMPAIGN_ID, "2023-08", "2.1", "--unit", "响堂街道")
    [cell], [earlier] = answer["cells"], answer["earlier_versions"]
    assert (cell["version"], earlier["version"], earlier["status"]) == (2, 1, "superseded")
    assert Decimal(earlier["value"]) == Decimal(cell["value"]) + 10


def test_status_says_who_is_missing(home: Home) -> None:
    answer = document(home, "status", CAMPAIGN_ID, "--period", "2023-11", "--form", FORM_ID, "--today", "2023-11-25")
    missing = [unit["unit_name"] for unit in answer["forms"][0]["units"] if unit["timeliness"] == "missing"]
    assert missing == ["毛祁镇", "市市场监管局", "市教育局"]


def test_nothing_that_was_sent_is_lost(home: Home, truth: ExpectedCity) -> None:
    campaign = home.campaigns()[CAMPAIGN_ID]
    for mailing in truth.mailings[::10]:
        content = mailing.content(campaign, campaign.form(FORM_ID))
        digest = hashlib.sha256(content).hexdigest()
        assert (home.archive / digest[:2] / digest).read_bytes() == content


def test_the_folder_says_that_nothing_in_it_is_real(home: Home) -> None:
    assert (home.root / NOTICE).read_text(encoding="utf-8").startswith("合成数据")
