"""Every published rule of the campaign: one submission that passes, one that fails, one it does not apply to.

A rule with `for_each` fails for each figure, and passes or does not apply as a whole.
"""

import pandas as pd
import pytest

from campaigns.vocabulary import Gate, ReportingScope
from expectations.gate1_proof import prove_gate1
from expectations.suites import run_gate2
from tests.unit.expectations.written_figures import (
    CAMPAIGN,
    CITY_LEVEL,
    KEYS,
    TERRITORY,
    Written,
    figures_frame,
    judge,
    stored_frame,
)

AS_A_WHOLE = "."  # no item, no part
FULL_TOWN = {key: "0" for key in KEYS if key != "4.4.value"}  # 4.4 is for city departments, 海城方案 五（六）
ALL_ZERO = {f"2.{n}": "0" for n in range(2, 9)}
CAMPAIGNS = {"haicheng_2023": CAMPAIGN}

# code, what the outcome is about, scope, what is written, outcome
AT_INTAKE: list[tuple[str, str, ReportingScope, Written, str]] = [
    ("PF-0-01", AS_A_WHOLE, TERRITORY, {"1.1": "0"}, "pass"),
    ("PF-0-01", "1.1.value", TERRITORY, {"1.1": "-1"}, "fail"),
    ("PF-0-01", AS_A_WHOLE, TERRITORY, {"1.1": "/"}, "not_applicable"),
    ("PF-0-01", "3.3.amount", CITY_LEVEL, {"3.3.amount": "-0.0001"}, "fail"),
    ("PF-0-01", "4.7.value", CITY_LEVEL, {"4.7": "约-2"}, "fail"),
    ("PF-0-02", AS_A_WHOLE, TERRITORY, FULL_TOWN, "pass"),
    ("PF-0-02", AS_A_WHOLE, TERRITORY, {**FULL_TOWN, "1.1.value": "约10"}, "pass"),
    ("PF-0-02", AS_A_WHOLE, TERRITORY, {**FULL_TOWN, "1.1.value": "?"}, "pass"),
    ("PF-0-02", AS_A_WHOLE, TERRITORY, dict.fromkeys(KEYS, "?"), "not_applicable"),
    ("PF-0-02", "1.1.value", TERRITORY, {}, "fail"),
    ("PF-0-02", "1.1.value", TERRITORY, {"1.1": "/"}, "fail"),
    ("PF-0-02", "3.8.of_which", TERRITORY, {"3.8.total": "3"}, "fail"),
    ("PF-0-02", "4.4.value", CITY_LEVEL, FULL_TOWN, "fail"),
    ("PF-0-03", AS_A_WHOLE, TERRITORY, {"4.4": "0"}, "pass"),
    ("PF-0-03", "4.4.value", TERRITORY, {"4.4": "1"}, "fail"),
    ("PF-0-03", AS_A_WHOLE, TERRITORY, {}, "not_applicable"),
    ("PF-0-03", AS_A_WHOLE, CITY_LEVEL, {"4.4": "1"}, "not_applicable"),
    ("PF-0-03", "4.1.value", CITY_LEVEL, {"4.1": "1"}, "fail"),
    ("PF-0-04", AS_A_WHOLE, TERRITORY, {"1.1": "10"}, "pass"),
    ("PF-0-04", "1.1.value", TERRITORY, {"1.1": "约10"}, "fail"),
    ("PF-1-01", "1.2.value", TERRITORY, {"1.1": "10", "1.2": "10"}, "pass"),
    ("PF-1-01", "1.2.value", TERRITORY, {"1.1": "10", "1.2": "11"}, "fail"),
    ("PF-1-01", "1.2.value", TERRITORY, {"1.1": "10", "1.2": ""}, "not_applicable"),
    ("PF-1-01", "1.2.value", TERRITORY, {"1.1": "?", "1.2": "1"}, "not_applicable"),
    ("PF-1-02", "1.4.value", TERRITORY, {"1.3": "约10", "1.4": "10"}, "pass"),
    ("PF-1-02", "1.4.value", CITY_LEVEL, {"1.3": "0", "1.4": "1"}, "fail"),
    ("PF-1-02", "1.4.value", TERRITORY, {"1.4": "1"}, "not_applicable"),
    ("PF-1-03", "1.6.value", TERRITORY, {"1.5": "2", "1.6": "2"}, "pass"),
    ("PF-1-03", "1.6.value", TERRITORY, {"1.5": "2", "1.6": "3"}, "fail"),
    ("PF-1-03", "1.6.value", TERRITORY, {"1.5": "2"}, "not_applicable"),
    ("PF-1-04", "1.5.value", TERRITORY, {"1.1": "2", "1.3": "3", "1.5": "5"}, "pass"),
    ("PF-1-04", "1.5.value", TERRITORY, {"1.1": "2", "1.3": "3", "1.5": "6"}, "fail"),
    ("PF-1-04", "1.5.value", TERRITORY, {"1.1": "2", "1.5": "6"}, "not_applicable"),
    ("PF-1-05", "1.6.value", TERRITORY, {"1.2": "2", "1.4": "3", "1.6": "5"}, "pass"),
    ("PF-1-05", "1.6.value", TERRITORY, {"1.2": "2", "1.4": "3", "1.6": "6"}, "fail"),
    ("PF-1-05", "1.6.value", TERRITORY, {"1.2": "2", "1.6": "5"}, "not_applicable"),
    ("PF-2-01", AS_A_WHOLE, TERRITORY, {"2.1": "5", "2.2": "5"}, "pass"),
    ("PF-2-01", "2.8.value", TERRITORY, {"2.1": "5", "2.8": "6"}, "fail"),
    ("PF-2-01", AS_A_WHOLE, TERRITORY, {"2.5": "5"}, "not_applicable"),
    ("PF-2-02", "2.2.value", TERRITORY, {**ALL_ZERO, "2.1": "20", "2.7": "1"}, "pass"),
    ("PF-2-02", "2.2.value", TERRITORY, {**ALL_ZERO, "2.1": "20"}, "fail"),
    ("PF-2-02", "2.2.value", TERRITORY, {**ALL_ZERO, "2.1": "19"}, "not_applicable"),
    ("PF-2-02", "2.2.value", TERRITORY, {**ALL_ZERO, "2.1": "20", "2.7": ""}, "not_applicable"),
    ("PF-3-01", "3.3.count", TERRITORY, {"3.3.count": "1", "3.3.amount": "0.01"}, "pass"),
    ("PF-3-01", "3.3.count", TERRITORY, {"3.3.count": "0", "3.3.amount": "0.01"}, "fail"),
    ("PF-3-01", "3.3.count", TERRITORY, {"3.3.count": "0", "3.3.amount": "0"}, "not_applicable"),
    ("PF-3-02", "3.4.value", TERRITORY, {"3.3.count": "4", "3.4": "4"}, "pass"),
    ("PF-3-02", "3.4.value", TERRITORY, {"3.3.count": "4", "3.4": "5"}, "fail"),
    ("PF-3-02", "3.4.value", TERRITORY, {"3.3.amount": "4", "3.4": "5"}, "not_applicable"),
    ("PF-3-03", "3.8.of_which", TERRITORY, {"3.8.total": "3", "3.8.of_which": "3"}, "pass"),
    ("PF-3-03", "3.8.of_which", TERRITORY, {"3.8.total": "3", "3.8.of_which": "4"}, "fail"),
    ("PF-3-03", "3.8.of_which", TERRITORY, {"3.8.total": "3"}, "not_applicable"),
    ("PF-3-04", "3.3.amount", TERRITORY, {"3.3.count": "3", "3.3.amount": "300"}, "pass"),
    ("PF-3-04", "3.3.amount", TERRITORY, {"3.3.count": "3", "3.3.amount": "300.0001"}, "fail"),
    ("PF-3-04", "3.3.amount", TERRITORY, {"3.3.count": "0", "3.3.amount": "300"}, "not_applicable"),
    ("PF-4-01", "4.5.of_which", TERRITORY, {"4.5.total": "0.3", "4.5.of_which": "0.30"}, "pass"),
    ("PF-4-01", "4.5.of_which", TERRITORY, {"4.5.total": "0.3", "4.5.of_which": "0.3001"}, "fail"),
    ("PF-4-01", "4.5.of_which", TERRITORY, {"4.5.of_which": "0.3001"}, "not_applicable"),
]

MAIN = {"1.1": "5", "1.2": "3", "1.3": "0", "1.4": "0", "2.1": "8", "3.1": "1", "3.2": "1", "3.3.count": "2"}

# code, what the outcome is about, this period, the period before, outcome
ON_FACTS: list[tuple[str, str, Written, Written | None, str]] = [
    ("PF-0-05", AS_A_WHOLE, {"1.1": "5"}, {"1.1": "5"}, "pass"),
    ("PF-0-05", "1.1.value", {"1.1": "4"}, {"1.1": "5"}, "fail"),
    ("PF-0-05", AS_A_WHOLE, {"1.1": "4"}, None, "not_applicable"),
    ("PF-0-05", AS_A_WHOLE, {"1.1": "4"}, {"1.1": ""}, "not_applicable"),
    ("PF-0-05", "3.3.amount", {"3.3.amount": "12.4999"}, {"3.3.amount": "12.5"}, "fail"),
    ("PF-0-06", "1.1.value", MAIN, {**MAIN, "1.2": "2"}, "pass"),
    ("PF-0-06", "1.1.value", MAIN, MAIN, "fail"),
    ("PF-0-06", "1.1.value", dict.fromkeys(MAIN, "0"), dict.fromkeys(MAIN, "0"), "not_applicable"),
    ("PF-0-06", "1.1.value", MAIN, None, "not_applicable"),
    ("PF-1-06", "1.1.value", {"1.3": "1", "1.1": "1"}, None, "pass"),
    ("PF-1-06", "1.1.value", {"1.3": "1", "1.1": "0"}, None, "fail"),
    ("PF-1-06", "1.1.value", {"1.3": "0", "1.1": "0"}, None, "not_applicable"),
]

# code, what the outcome is about, this period, what the unit's own hazard list has, outcome
ON_LEDGER: list[tuple[str, str, Written, Written, str]] = [
    ("PF-1-07", AS_A_WHOLE, {"1.1": "5", "1.2": "4"}, {"1.1": "5", "1.2": "4"}, "pass"),
    ("PF-1-07", "1.1.value", {"1.1": "4", "1.2": "4"}, {"1.1": "5", "1.2": "4"}, "fail"),
    ("PF-1-07", "1.3.value", {"1.3": "2"}, {"1.3": "0"}, "fail"),
    ("PF-1-07", AS_A_WHOLE, {"1.1": ""}, {"1.1": "5"}, "not_applicable"),
    ("PF-1-07", AS_A_WHOLE, {"1.1": "5"}, {}, "not_applicable"),
]


@pytest.mark.parametrize(("code", "about", "scope", "written", "expected"), AT_INTAKE)
def test_a_rule_at_intake(code: str, about: str, scope: ReportingScope, written: Written, expected: str) -> None:
    found = {(o.rule_code, f"{o.item_code}.{o.part}"): o.outcome.value for o in judge(written, scope)}
    assert found[code, about] == expected


def test_great_expectations_agrees_on_every_case() -> None:
    submissions = [(f"s{n}", scope, written) for n, (_, _, scope, written, _) in enumerate(AT_INTAKE)]
    stored = stored_frame({name: judge(written, scope) for name, scope, written in submissions})
    proof = prove_gate1([(figures_frame(submissions), stored)], CAMPAIGNS)
    assert (proof.failures, proof.checked, proof.success) == ([], len(stored), True)


@pytest.fixture(scope="module")
def facts_outcomes() -> pd.DataFrame:
    figures = figures_frame(
        [(f"s{n}", TERRITORY, written) for n, (_, _, written, _, _) in enumerate(ON_FACTS)],
        {f"s{n}": before for n, (_, _, _, before, _) in enumerate(ON_FACTS) if before is not None},
    )
    return run_gate2(figures, CAMPAIGNS).set_index(["submission_id", "rule_code", "item_code", "part"])


@pytest.mark.parametrize("number", range(len(ON_FACTS)))
def test_a_rule_on_facts(number: int, facts_outcomes: pd.DataFrame) -> None:
    code, about, _, _, expected = ON_FACTS[number]
    assert facts_outcomes.loc[(f"s{number}", code, *about.rsplit(".", 1)), "outcome"] == expected


@pytest.mark.parametrize(("code", "about", "written", "listed", "expected"), ON_LEDGER)
def test_a_form_is_held_against_its_units_hazard_list(
    code: str, about: str, written: Written, listed: Written, expected: str
) -> None:
    outcomes = run_gate2(figures_frame([("s", TERRITORY, written)], ledger={"s": listed}), CAMPAIGNS)
    found = outcomes.set_index(["rule_code", "item_code", "part"])
    assert found.loc[(code, *about.rsplit(".", 1)), "outcome"] == expected


@pytest.mark.parametrize("rule", CAMPAIGN.rules, ids=lambda rule: rule.code)
def test_every_rule_has_its_three_cases(rule) -> None:
    """PF-0-04 takes no figure it needs: it always applies where it is asked."""
    cases = AT_INTAKE if rule.gate is Gate.SUBMISSION else (*ON_FACTS, *ON_LEDGER)
    tried = {case[4] for case in cases if case[0] == rule.code}
    assert tried == {"pass", "fail", "not_applicable"} - ({"not_applicable"} if rule.code == "PF-0-04" else set())
