"""From rules.yml to rules that run: figures, groups, trial, and errors that name rule and position."""

from typing import Any

import pytest

from campaigns.vocabulary import Gate, OutcomeKind, RuleClass
from expectations.rules import RuleError, check_rules, compile_rules
from tests.unit.expectations.written_figures import CAMPAIGN, CITY_LEVEL, KEYS, TERRITORY, judge, with_rules


def test_every_rule_of_the_campaign_compiles() -> None:
    assert check_rules(CAMPAIGN) > len(CAMPAIGN.rules)


def test_a_campaign_is_compiled_once() -> None:
    assert compile_rules(CAMPAIGN, "progress", Gate.SUBMISSION) is compile_rules(CAMPAIGN, "progress", Gate.SUBMISSION)


def test_a_form_without_rules_has_no_outcomes() -> None:
    assert compile_rules(CAMPAIGN, "work_plan", Gate.SUBMISSION) == ()
    assert judge({}, campaign=with_rules()) == []


def figures_of(for_each: list[str]) -> list[str]:
    rule = with_rules({"for_each": for_each, "expect": "[*] >= 0"})
    (compiled,) = compile_rules(rule, "progress", Gate.SUBMISSION)
    return [f"{figure.item_code}.{figure.part}" for figure in compiled.figures]


@pytest.mark.parametrize(
    ("group", "number", "first", "last"),
    [
        ("all", 35, "1.1.value", "4.8.value"),
        ("applicable", 35, "1.1.value", "4.8.value"),
        ("cumulative", 33, "1.1.value", "4.8.value"),
        ("not_applicable", 5, "4.1.value", "4.6.value"),
    ],
)
def test_a_group_stands_for_its_figures_in_the_order_of_the_form(
    group: str, number: int, first: str, last: str
) -> None:
    keys = figures_of([group])
    assert (len(keys), keys[0], keys[-1]) == (number, first, last)
    assert keys == sorted(keys, key=KEYS.index)


def test_cumulative_leaves_out_the_stock_and_the_yes_or_no() -> None:
    assert set(KEYS) - set(figures_of(["cumulative"])) == {"4.6.value", "4.7.value"}


def test_stock_and_yes_no_are_groups_too() -> None:
    assert figures_of(["stock", "yes_no"]) == ["4.7.value", "4.6.value"]


def test_named_figures_and_groups_may_be_mixed_and_count_once() -> None:
    rule = {"for_each": ["3.3.amount", "stock", "3.3.amount"], "expect": "[*] <= [2.1]"}
    (compiled,) = compile_rules(with_rules(rule), "progress", Gate.SUBMISSION)
    assert [(figure.item_code, figure.part) for figure in compiled.figures] == [("3.3", "amount"), ("4.7", "value")]
    assert compiled.figures[0].needed == ("3.3.amount", "2.1.value")


def test_a_group_by_scope_adds_its_condition() -> None:
    """4.4 is for city departments, 4.1 for towns (海城方案 五（六）)."""
    campaign = with_rules({"for_each": ["applicable"], "expect": "filled([*])"})
    town = {outcome.item_code for outcome in judge({}, TERRITORY, campaign)}
    department = {outcome.item_code for outcome in judge({}, CITY_LEVEL, campaign)}
    assert (town - department, department - town) == ({"4.1", "4.2", "4.3", "4.6"}, {"4.4"})


def test_the_figure_to_blame_is_the_first_that_expect_names() -> None:
    campaign = with_rules({"when": "[2.1] > 0", "expect": "[3.3.amount] <= [1.1] + [1.2]"})
    (outcome,) = judge({"2.1": "1", "3.3.amount": "9", "1.1": "1", "1.2": "1"}, campaign=campaign)
    assert (outcome.item_code, outcome.part, outcome.source_cell) == ("3.3", "amount", "调度表!C18")


def test_a_rule_on_trial_never_blocks() -> None:
    rule = {"expect": "[1.2] <= [1.1]", "message": "{1.2} 大于 {1.1}", "message_en": "{1.2} above {1.1}"}
    campaign = with_rules({**rule, "trial": True}, rule)
    on_trial, in_force = judge({"1.1": "1", "1.2": "2"}, campaign=campaign)
    assert (on_trial.outcome, on_trial.rule_class) == (OutcomeKind.FAIL, RuleClass.ADVISORY)
    assert (on_trial.message, on_trial.message_en) == ("（试运行）2 大于 1", "(trial) 2 above 1")
    assert (in_force.outcome, in_force.rule_class) == (OutcomeKind.FAIL, RuleClass.MANDATORY)
    assert [rule.is_trial for rule in compile_rules(campaign, "progress", Gate.SUBMISSION)] == [True, False]


def uncheckable(rule: dict[str, Any]) -> Any:
    """A campaign as a careless program might build it: past the model's own check of references."""
    proper = with_rules({"expect": "[1.1] >= 0"}).rules[0]
    return CAMPAIGN.model_copy(update={"rules": (proper.model_copy(update=rule),)})


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (
            {"expect": "[1.2] <= [9.1]"},
            "rule TT-0-01: `expect` '[1.2] <= [9.1]', character 10: form progress has no item 9.1",
        ),
        ({"expect": "[3.3] > 0"}, "character 1: item 3.3 has two parts: write 3.3.count or 3.3.amount"),
        ({"expect": "[1.1.amount] > 0"}, "character 1: item 1.1 has no part 'amount', only value"),
        ({"expect": "[1.1@last] > 0"}, "'1.1@last' is no figure"),
        ({"expect": "[1.1] > 0 and"}, "not a complete expression"),
        ({"when": "[1.1] +", "expect": "[1.1] > 0"}, "rule TT-0-01: `when` '[1.1] +'"),
        ({"expect": "[*] > 0"}, "* stands for one figure of `for_each`"),
        ({"expect": "[1.1] > 0", "for_each": ("all",)}, "`for_each` is given but `expect` has no [*]"),
        ({"expect": "[*] > 0", "for_each": ("everything",)}, "`for_each` 'everything': 'everything' is no figure"),
        ({"expect": "[*] > 0", "for_each": ("3.8",)}, "`for_each` '3.8': item 3.8 has two parts"),
        ({"expect": "[1.1@previous] > 0"}, "a rule of gate `submission` sees one form only"),
        ({"gate": Gate.FACTS, "expect": "[1.1@previous] > 0"}, "`expect` names no figure of the period itself"),
        (
            {"gate": Gate.FACTS, "expect": "[*] > 0", "for_each": ("1.1@previous",)},
            "a figure of this period is expected",
        ),
        ({"expect": "[1.1] > 0", "message": "{8.8}"}, "rule TT-0-01: `message`: form progress has no item 8.8"),
        ({"expect": "[1.1] > 0", "message_en": "{3.8.name}"}, "rule TT-0-01: `message_en`: item 3.8 has two parts"),
        ({"expect": "[1.1] > 0", "message": "{1.1"}, "a brace { or } has no partner"),
    ],
)
def test_what_cannot_run_is_refused_with_rule_and_position(rule: dict[str, Any], sentence: str) -> None:
    with pytest.raises(RuleError) as refusal:
        check_rules(uncheckable(rule))
    assert sentence in str(refusal.value)
