"""What a rule asks, told apart from how it is worded."""

import json

import pytest

from campaigns.load import load_campaign
from campaigns.model import Form, Rule
from campaigns.rule_question import question_of, read_question, version_of

CAMPAIGN = load_campaign("haicheng_2023")
FORM = CAMPAIGN.form("progress")
RULE = Rule.model_validate(
    {
        "code": "TT-0-01",
        "form_id": "progress",
        "rule_class": "mandatory",
        "gate": "submission",
        "expect": "[1.2] <= [1.1]",
        "message": "错",
        "message_en": "wrong",
        "clause": "测试",
    }
)


def changed(**fields: object) -> Rule:
    return Rule.model_validate(RULE.model_dump() | fields)


def version(rule: Rule, form: Form = FORM) -> str:
    return version_of(question_of(rule, form))


@pytest.mark.parametrize(
    "rule",
    [
        changed(message="另一句话"),
        changed(rule_class="advisory"),
        changed(trial=True),
        changed(clause="另一条"),
        changed(expect="[1.2]  <=\n [1.1]"),
    ],
    ids=["sentence", "class", "trial", "clause", "white space"],
)
def test_wording_and_class_are_not_part_of_the_question(rule: Rule) -> None:
    assert version(rule) == version(RULE)


@pytest.mark.parametrize(
    "rule",
    [
        changed(expect="[1.2] < [1.1]"),
        changed(when="[1.1] > 0"),
        changed(expect="[*] >= 0", for_each=("1.1",)),
        changed(gate="facts"),
        changed(code="TT-0-02"),
    ],
    ids=["expect", "when", "for_each", "gate", "code"],
)
def test_what_decides_an_outcome_is_part_of_it(rule: Rule) -> None:
    assert version(rule) != version(RULE)


def without_last_item(form: Form) -> Form:
    written = form.model_dump()
    written["sections"][-1]["items"] = written["sections"][-1]["items"][:-1]
    return Form.model_validate(written)


def test_an_item_more_is_another_question_only_to_rules_that_take_it_in() -> None:
    every = changed(expect="[*] >= 0", for_each=("all",))
    assert version(RULE, without_last_item(FORM)) == version(RULE)
    assert version(every, without_last_item(FORM)) != version(every)


def test_a_stored_question_can_be_asked_again() -> None:
    for rule in CAMPAIGN.rules:
        asked = question_of(rule, FORM)
        again, form = read_question(asked)
        assert question_of(again, form) == asked


@pytest.mark.parametrize("text", ["", "{}", "[]", json.dumps({"code": "TT-0-01"})])
def test_what_is_no_question_is_refused(text: str) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        read_question(text)
