"""What makes a unit worth a visit is data of the campaign: reasons, numbers, clauses."""

from pathlib import Path

import pytest

from campaigns.load import load_all
from campaigns.visit_model import REASON_NAMES
from tests.unit.campaigns.copied_campaigns import copy_of, loaded, refusal, replace

ONE = "{reason: tasks_overdue, at_least: 1, clause: 普安委〔2024〕4号 六（一）, basis: inferred}"


def test_every_campaign_says_when_a_unit_is_worth_a_visit_and_by_which_clause() -> None:
    asked = {
        campaign_id: [(entry.reason, entry.at_least) for entry in campaign.visit_reasons]
        for campaign_id, campaign in load_all().items()
    }
    assert asked["chongming_2023"][0] == ("accidents_in_a_year", 2)  # 第24项：事故多发频发
    assert {campaign_id: len(reasons) for campaign_id, reasons in asked.items()} == {
        "baoshan_soe_2024": 4,
        "changning_2023": 4,
        "chongming_2023": 4,
        "haicheng_2023": 4,
        "putuo_2024_2026": 5,
    }


def test_a_number_may_be_changed_without_code(tmp_path: Path) -> None:
    folder = copy_of("putuo_2024_2026", tmp_path)
    replace(folder / "campaign.yml", ONE, ONE.replace("at_least: 1", "at_least: 3"))
    assert [entry.at_least for entry in loaded(folder).visit_reasons if entry.reason == "tasks_overdue"] == [3]


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        (ONE.replace("at_least: 1", "at_least: 0"), "visit_reasons.1.at_least"),
        (ONE.replace("tasks_overdue", "reports_missing"), "reason 'reports_missing' repeats"),
        (ONE.replace("tasks_overdue", "laziness"), "visit_reasons.1.reason"),
    ],
)
def test_a_wrong_reason_is_named_with_its_line(tmp_path: Path, new: str, sentence: str) -> None:
    folder = copy_of("putuo_2024_2026", tmp_path)
    line = replace(folder / "campaign.yml", ONE, new)
    text = refusal(folder)
    assert f"campaign.yml:{line}: " in text and sentence in text


def test_every_reason_has_a_name_that_says_what_is_counted() -> None:
    reasons = {entry.reason for campaign in load_all().values() for entry in campaign.visit_reasons}
    assert reasons == set(REASON_NAMES)
