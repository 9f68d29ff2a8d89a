"""Whatever can be wrong with a form has a sentence that reaches the sender: every code, every rule."""

import re
import string
from decimal import Decimal

import pytest

from campaigns.load import load_all
from campaigns.model import Campaign
from campaigns.vocabulary import Gate, Outcome, OutcomeKind, ReportingScope, RuleClass, Verdict
from expectations.compiled_rule import CompiledRule, SubmissionFigures
from expectations.rules import compile_rules
from ingest.problems import CATALOGUE, Effect, Reading, effect_of, reading_problem
from reports.returns.return_page import compose_slip
from tests.unit.reports.returned_forms import returned

CHINESE = re.compile(r"[一-鿿]")
RULES = [
    (campaign, rule)
    for campaign in load_all().values()
    for form_id in dict.fromkeys(rule.form_id for rule in campaign.rules)
    for gate in Gate
    for rule in compile_rules(campaign, form_id, gate)
]


def invented(sentence: str) -> dict[str, str]:
    """A fact for every place that a sentence has; numbers in brackets tell them apart."""
    names = [name for _, name, _, _ in string.Formatter().parse(sentence) if name]
    return {name: f"事实{number}" if not name.endswith("_en") else f"fact{number}" for number, name in enumerate(names)}


def problem(code: Reading) -> Outcome:
    entry = CATALOGUE[code]
    facts = invented(entry.english) | invented(entry.chinese)
    facts.pop("at", None)
    return reading_problem(code, at="表!B3", **facts)


def test_every_code_has_a_sentence_and_every_sentence_a_code() -> None:
    assert sorted(CATALOGUE) == sorted(code.value for code in Reading)


@pytest.mark.parametrize("code", list(Reading), ids=lambda code: code.name)
def test_a_reading_problem_is_told_in_two_languages_and_on_the_slip(code: Reading) -> None:
    outcome = problem(code)
    assert CHINESE.search(outcome.message) and outcome.message.endswith(("。", "？"))
    assert outcome.message_en.endswith((".", "?")) and outcome.message_en != outcome.message
    assert "{" not in outcome.message + outcome.message_en
    verdicts = {Effect.QUARANTINE: Verdict.QUARANTINED, Effect.RETURN: Verdict.RETURNED}
    one = returned(outcome, verdict=verdicts.get(effect_of(code), Verdict.ACCEPTED))
    one.require_reason()
    [line] = compose_slip(one, "", ()).sections[0].lines
    assert line.endswith(f"〔{code.value}〕")
    assert len(CHINESE.findall(line)) >= 8, "a reason says what was found or what to do"


@pytest.mark.parametrize(
    ("campaign", "rule"), RULES, ids=[f"{campaign.campaign_id}-{rule.code}" for campaign, rule in RULES]
)
def test_a_rule_that_fails_is_told_in_two_languages_and_on_the_slip(campaign: Campaign, rule: CompiledRule) -> None:
    figure = rule.figures[0]
    seven = {reference.key: Decimal(7) for reference in figure.references}
    figures = SubmissionFigures(seven, {}, {}, frozenset(seven))
    message, message_en = figure.message.render(figures), figure.message_en.render(figures)
    assert CHINESE.search(message) and message_en != message
    outcome = Outcome(
        rule.code, rule.rule_class, OutcomeKind.FAIL, message, message_en, figure.item_code, figure.part, "表!B3"
    )
    mandatory = rule.rule_class is RuleClass.MANDATORY
    one = returned(outcome, campaign=campaign, verdict=Verdict.RETURNED if mandatory else Verdict.ACCEPTED)
    one.require_reason()
    section = compose_slip(one, "", ()).sections[0]
    assert section.heading.endswith(f"（{rule.rule_class.chinese}，1 处）")
    assert section.lines[0].endswith(f"〔{rule.code}〕")
    assert message.rstrip("。")[-6:] in section.lines[0]


def test_there_are_rules_to_look_at() -> None:
    assert len(RULES) >= 30
    assert {scope for _, rule in RULES for scope in rule.applicable} == set(ReportingScope)
