"""Gate 2: the rules on facts, as rows of the table of outcomes."""

import duckdb
import pandas as pd
import pytest

from campaigns.rule_question import question_of, version_of
from expectations.suites import OUTCOME_COLUMNS, run_gate2
from ingest.raw.raw_tables import OUTCOMES
from tests.unit.expectations.written_figures import (
    CAMPAIGN,
    FORM,
    OUTCOMES_OF_FOR_EACH,
    RULE_FOR_EACH,
    TERRITORY,
    figures_frame,
    with_rules,
)

CAMPAIGNS = {"haicheng_2023": CAMPAIGN}
FIGURES = figures_frame(
    [("s1", TERRITORY, {"1.1": "4", "1.2": "1", "3.3.amount": "12.5"}), ("s2", TERRITORY, {"1.1": "9"})],
    {"s1": {"1.1": "5", "1.2": "1", "3.3.amount": "12.50"}, "s2": {"1.1": "9"}},
)


def test_outcomes_have_the_columns_of_the_raw_table() -> None:
    assert (*OUTCOME_COLUMNS, "received_at", "batch_id") == tuple(OUTCOMES.names)
    assert tuple(run_gate2(FIGURES, CAMPAIGNS).columns) == OUTCOME_COLUMNS


def test_a_fall_of_a_cumulative_figure_is_a_row_with_its_sentence_and_cell() -> None:
    outcomes = run_gate2(FIGURES, CAMPAIGNS)
    (row,) = outcomes[(outcomes["outcome"] == "fail")].to_dict("records")
    (rule,) = [rule for rule in CAMPAIGN.rules if rule.code == "PF-0-05"]
    assert row.pop("rule_version") == version_of(question_of(rule, FORM))
    assert row == {
        "submission_id": "s1",
        "campaign_id": "haicheng_2023",
        "form_id": "progress",
        "unit_id": "unit of s1",
        "period": "2023-07",
        "rule_code": "PF-0-05",
        "rule_class": "quasi_mandatory",
        "gate": "facts",
        "is_trial": False,
        "outcome": "fail",
        "message": "“企业自查发现的重大事故隐患”是累计数，本期 4 小于上期 5。请核对；确需核减的，请附核减说明。",
        "message_en": "“企业自查发现的重大事故隐患” is cumulative, but 4 is below last period's 5. "
        "Please check; a reduction needs a written explanation (核减说明).",
        "item_code": "1.1",
        "part": "value",
        "source_cell": "调度表!C1",
    }


def test_every_outcome_of_the_night() -> None:
    """Of s1 the fall of 1.1 only, though other figures kept the rule; s2 kept it with the one figure it has."""
    outcomes = run_gate2(FIGURES, CAMPAIGNS)
    columns = ["submission_id", "rule_code", "outcome", "item_code", "part", "source_cell"]
    assert list(outcomes[columns].itertuples(index=False, name=None)) == [
        ("s1", "PF-0-05", "fail", "1.1", "value", "调度表!C1"),
        ("s1", "PF-0-06", "not_applicable", "1.1", "value", "调度表!C1"),
        ("s1", "PF-1-06", "not_applicable", "1.1", "value", "调度表!C1"),
        ("s1", "PF-1-07", "not_applicable", "", "", ""),
        ("s2", "PF-0-05", "pass", "", "", ""),
        ("s2", "PF-0-06", "not_applicable", "1.1", "value", "调度表!C1"),
        ("s2", "PF-1-06", "not_applicable", "1.1", "value", "调度表!C1"),
        ("s2", "PF-1-07", "not_applicable", "", "", ""),
    ]
    assert set(outcomes.loc[outcomes["outcome"] != "fail", ["message", "message_en"]].to_numpy().ravel()) == {""}


@pytest.mark.parametrize(("texts", "expected"), OUTCOMES_OF_FOR_EACH)
def test_a_rule_for_each_figure_is_stored_as_at_intake(texts: list[str], expected: list[tuple[str, str, str]]) -> None:
    figures = figures_frame([("s1", TERRITORY, dict(zip(["1.1", "1.2", "3.3.count"], texts, strict=True)))])
    outcomes = run_gate2(figures, {"haicheng_2023": with_rules({**RULE_FOR_EACH, "gate": "facts"})})
    found = outcomes[["item_code", "part", "outcome"]].itertuples(index=False, name=None)
    assert list(found) == expected


def test_a_superseded_submission_is_left_aside() -> None:
    figures = FIGURES.assign(is_current=FIGURES["submission_id"] == "s2")
    assert set(run_gate2(figures, CAMPAIGNS)["submission_id"]) == {"s2"}


@pytest.mark.parametrize("current", [False, None])
def test_nothing_current_gives_no_rows_but_all_columns(current: bool | None) -> None:
    outcomes = run_gate2(FIGURES.assign(is_current=current), CAMPAIGNS)
    assert (len(outcomes), tuple(outcomes.columns)) == (0, OUTCOME_COLUMNS)


def test_no_figures_at_all_give_no_rows() -> None:
    assert len(run_gate2(FIGURES[:0], CAMPAIGNS)) == 0


def test_blank_figures_only_are_all_not_applicable() -> None:
    outcomes = run_gate2(figures_frame([("s1", TERRITORY, {})]), CAMPAIGNS)
    assert set(outcomes["outcome"]) == {"not_applicable"}


def test_figures_that_come_as_floats_from_the_database_keep_their_decimals() -> None:
    """duckdb gives a DECIMAL(18,4) to pandas as a float; 0.1 + 0.2 must still be 0.3."""
    figures = figures_frame(
        [("s1", TERRITORY, {"1.1": "0.1", "1.2": "0.2", "1.3": "0.3", "3.3.amount": "900000000000.0001"})]
    )
    figures = figures.assign(previous_value=figures["value"].where(figures["value"].notna(), None))
    from_database = duckdb.sql(
        "select * replace (cast(value as decimal(18, 4)) as value, cast(previous_value as decimal(18, 4)) "
        "as previous_value) from figures"
    ).df()
    assert from_database["value"].dtype == "float64"
    campaign = with_rules(
        {"gate": "facts", "expect": "[1.1] + [1.2] == [1.3]"},
        {"gate": "facts", "expect": "[3.3.amount] == 900000000000.0001"},
    )
    assert list(run_gate2(from_database, {"haicheng_2023": campaign})["outcome"]) == ["pass", "pass"]


@pytest.mark.parametrize("value", [0.12345, 900719925474.1])
def test_a_float_that_is_no_exact_figure_is_refused(value: float) -> None:
    figures = figures_frame([("s1", TERRITORY, {"1.1": "1"})])
    with pytest.raises(ValueError, match="is no exact figure"):
        run_gate2(figures.assign(value=value), CAMPAIGNS)


def test_a_rule_on_trial_is_advisory_at_gate_2_too() -> None:
    rule = {"gate": "facts", "expect": "[1.1] >= [1.1@previous]", "message": "{1.1@previous}→{1.1}", "trial": True}
    outcomes = run_gate2(FIGURES, {"haicheng_2023": with_rules(rule)})
    assert list(zip(outcomes["outcome"], outcomes["rule_class"], outcomes["message"], strict=True)) == [
        ("fail", "advisory", "（试运行）5→4"),
        ("pass", "advisory", ""),
    ]


def test_the_period_before_that_nobody_sent_is_named_so() -> None:
    rule = {"gate": "facts", "expect": "filled([1.1@previous]) or [1.1] < 0", "message": "上期{1.1@previous}"}
    figures = figures_frame([("s1", TERRITORY, {"1.1": "4"})]).assign(previous_state="not_received")
    outcomes = run_gate2(figures, {"haicheng_2023": with_rules(rule)})
    assert list(outcomes["message"]) == ["上期未报送"]


def test_a_zero_without_a_number_is_zero() -> None:
    figures = figures_frame([("s1", TERRITORY, {"1.1": "0"})])
    figures = figures.assign(value=None)
    outcomes = run_gate2(figures, {"haicheng_2023": with_rules({"gate": "facts", "expect": "[1.1] == 0"})})
    assert list(outcomes["outcome"]) == ["pass"]


def test_whole_numbers_are_figures_too() -> None:
    figures = figures_frame([("s1", TERRITORY, {"1.1": "3"})])
    figures = figures.assign(value=pd.Series([3] * len(figures)))
    rule = {"gate": "facts", "expect": "[1.1] == 3", "message": "{1.1}"}
    assert list(run_gate2(figures, {"haicheng_2023": with_rules(rule)})["outcome"]) == ["pass"]


def test_a_campaign_without_rules_of_gate_2_gives_no_rows() -> None:
    assert len(run_gate2(FIGURES, {"haicheng_2023": with_rules({"expect": "[1.1] >= 0"})})) == 0


def test_a_difference_from_the_hazard_list_names_both_numbers() -> None:
    figures = figures_frame([("s1", TERRITORY, {"1.1": "4"})], ledger={"s1": {"1.1": "5"}})
    outcomes = run_gate2(figures, CAMPAIGNS)
    (message,) = outcomes[outcomes["rule_code"] == "PF-1-07"]["message"]
    assert message == "“企业自查发现的重大事故隐患”报 4，按本单位隐患清单为 5。请逐条核对清单，补报或改正。"
