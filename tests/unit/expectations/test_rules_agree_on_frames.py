"""The light runner and Great Expectations give the same outcomes for whatever a unit may write."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.vocabulary import ReportingScope
from expectations.gate1_proof import prove_gate1
from tests.unit.expectations.written_figures import (
    CAMPAIGN,
    KEYS,
    Written,
    figures_frame,
    judge,
    stored_frame,
    with_rules,
)

WRITTEN = "/ ? 0 0 1 1 2 3 5 20 100 约1 约20 0.0001 0.1 0.2 0.3 -1 99999999999999.9999 99999999999999.9998"
TEXTS = st.sampled_from(["", "", *WRITTEN.split()])
SUBMISSIONS = st.tuples(st.sampled_from(ReportingScope), st.lists(TEXTS, min_size=len(KEYS), max_size=len(KEYS)))
ODD_RULES = with_rules(
    {"expect": "0 <= [1.1] - [1.2] <= [1.3] * 3 or not [2.1] > 0.5"},
    {"expect": "[1.1] * [1.2] >= [1.3] * [1.4] + 0.0001", "when": "filled([2.1]) and not approximate([1.1])"},
    {"expect": "not (approximate([1.1]) or filled([2.2])) and not applies([4.1])"},
    {"for_each": ["applicable"], "expect": "[*] <= [1.1] + [1.2]", "when": "[*] > 0 or [2.1] == 1"},
    {"for_each": ["not_applicable", "3.3.amount"], "expect": "not filled([*])"},
    {"for_each": ["yes_no", "4.7"], "expect": "not unreadable([*]) or [1.1] > 3", "when": "not unreadable([1.2])"},
    {"expect": "[3.3.amount] + [4.5.total] != 0.3", "trial": True},
    {"expect": "-[1.1] + [1.2] < [1.3]"},
)


def generated(number: int) -> list[tuple[str, ReportingScope, Written]]:
    found: list[tuple[str, ReportingScope, Written]] = []

    @settings(max_examples=number, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(SUBMISSIONS)
    def collect(submission: tuple[ReportingScope, list[str]]) -> None:
        found.append((f"s{len(found)}", submission[0], dict(zip(KEYS, submission[1], strict=True))))

    collect()
    return found


def test_both_runners_agree_on_generated_submissions() -> None:
    """One run of Great Expectations over several hundred forms, with the real rules and with odd ones."""
    submissions = generated(300)
    figures = figures_frame(submissions)
    for campaign in (CAMPAIGN, ODD_RULES):
        stored = stored_frame({name: judge(written, scope, campaign) for name, scope, written in submissions})
        proof = prove_gate1([(figures, stored)], {"haicheng_2023": campaign})
        assert proof.failures == []
        assert proof.checked == len(stored) > 2_000
        assert set(stored["outcome"]) == {"pass", "fail", "not_applicable"}
