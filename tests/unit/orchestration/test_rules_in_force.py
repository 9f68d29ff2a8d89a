"""Which rules may return a form: all on the first day, later those whose hits have been counted."""

from datetime import datetime
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from campaigns.load import load_campaign
from campaigns.model import Campaign, Rule
from orchestration.building.rules_in_force import (
    campaigns_for_intake,
    hit_columns,
    note_counted,
    with_uncounted_on_trial,
)
from orchestration.home import Home

NOW = datetime(2023, 6, 25, 1, 30)
CAMPAIGN = load_campaign("haicheng_2023")
NO_FORM = hit_columns().empty_table()
ONE_FORM = pa.Table.from_pylist(
    [{"campaign_id": "haicheng_2023", "form_id": "progress", "period": "2023-06", "rule_code": "PF-1-01"}],
    hit_columns(),
)


def changed(code: str, **fields: object) -> Campaign:
    rules = tuple(
        Rule.model_validate(rule.model_dump() | fields) if rule.code == code else rule for rule in CAMPAIGN.rules
    )
    return CAMPAIGN.model_copy(update={"rules": rules})


def on_trial(campaign: Campaign) -> list[str]:
    return [rule.code for rule in campaign.rules if rule.trial]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path).prepare()


@pytest.fixture
def counted(home: Home) -> Home:
    note_counted(home, {"haicheng_2023": CAMPAIGN}, ONE_FORM, NOW)
    return home


def test_without_history_every_rule_is_in_force(home: Home) -> None:
    (campaign,) = with_uncounted_on_trial(home, {"haicheng_2023": CAMPAIGN}).values()
    assert campaign is CAMPAIGN
    note_counted(home, {"haicheng_2023": CAMPAIGN}, NO_FORM, NOW)  # a night without a single form
    (campaign,) = with_uncounted_on_trial(home, {"haicheng_2023": changed("PF-1-01", expect="[1.2] < [1.1]")}).values()
    assert on_trial(campaign) == []


def test_a_rule_that_asks_something_new_is_on_trial_until_it_is_counted(counted: Home) -> None:
    new = changed("PF-1-01", expect="[1.2] < [1.1]")
    (campaign,) = with_uncounted_on_trial(counted, {"haicheng_2023": new}).values()
    assert on_trial(campaign) == ["PF-1-01"]
    note_counted(counted, {"haicheng_2023": new}, ONE_FORM, NOW)
    (campaign,) = with_uncounted_on_trial(counted, {"haicheng_2023": new}).values()
    assert campaign is new


def test_another_wording_or_class_needs_no_count(counted: Home) -> None:
    new = changed("PF-1-01", message="换一句话", rule_class="verification")
    (campaign,) = with_uncounted_on_trial(counted, {"haicheng_2023": new}).values()
    assert campaign is new


def test_the_text_of_a_rule_is_stored_before_it_judges_and_only_once(home: Home) -> None:
    commits = home.raw / "_commits"
    before = set(commits.iterdir())
    campaigns_for_intake(home, {"haicheng_2023": CAMPAIGN}, NOW)
    first = set(commits.iterdir()) - before
    assert len(first) == 1
    campaigns_for_intake(home, {"haicheng_2023": CAMPAIGN}, NOW.replace(day=26))
    assert set(commits.iterdir()) - before == first
    campaigns_for_intake(home, {"haicheng_2023": changed("PF-1-01", expect="[1.2] < [1.1]")}, NOW.replace(day=27))
    rules = duckdb.read_parquet(f"{home.raw}/rules/*.parquet").filter("rule_code = 'PF-1-01'")
    assert rules.aggregate("count(distinct rule_version)").fetchall() == [(2,)]
