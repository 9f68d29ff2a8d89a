"""The nightly proof that stored gate-1 outcomes are what the rules say of the stored figures."""

import pandas as pd
import pytest

from expectations.gate1_proof import prove_gate1
from tests.unit.expectations.proved_outcomes import CAMPAIGNS, FIGURES, STORED, SUBMISSIONS, difference, of
from tests.unit.expectations.written_figures import figures_frame, judge, stored_frame, with_rules


def test_untouched_outcomes_agree() -> None:
    proof = prove_gate1([(FIGURES, STORED)], CAMPAIGNS)
    assert (proof.success, proof.checked, proof.failures) == (True, len(STORED), [])
    assert proof.name == "gate1_outcomes_agree"


@pytest.mark.parametrize(
    ("submission_id", "tampered", "proved"),
    [
        ("s2", "pass", "fail"),
        ("s1", "fail", "pass"),
        ("s3", "pass", "not_applicable"),
        ("s1", "not_applicable", "pass"),
    ],
)
def test_a_tampered_outcome_is_found(submission_id: str, tampered: str, proved: str) -> None:
    stored = STORED.assign(outcome=STORED["outcome"].mask(of(submission_id, "PF-1-01"), tampered))
    proof = prove_gate1([(FIGURES, stored)], CAMPAIGNS)
    assert not proof.success
    assert proof.failures == [difference(submission_id, tampered, proved)]


def test_an_outcome_that_is_no_word_of_ours_is_found() -> None:
    stored = STORED.assign(outcome=STORED["outcome"].mask(of("s1", "PF-1-01"), "passed"))
    assert prove_gate1([(FIGURES, stored)], CAMPAIGNS).failures == [difference("s1", None, "pass")]


def test_a_lost_outcome_is_found() -> None:
    proof = prove_gate1([(FIGURES, STORED[~of("s2", "PF-1-01")])], CAMPAIGNS)
    assert proof.failures == [difference("s2", None, "fail")]


def test_an_outcome_stored_twice_is_found() -> None:
    stored = pd.concat([STORED, STORED[of("s2", "PF-1-01")]], ignore_index=True)
    assert prove_gate1([(FIGURES, stored)], CAMPAIGNS).failures == [difference("s2", "fail", "fail")]


def test_one_of_several_failures_that_is_lost_is_found() -> None:
    stored = STORED[~(of("s2", "PF-0-02") & (STORED["item_code"] == "1.3"))]
    assert prove_gate1([(FIGURES, stored)], CAMPAIGNS).failures == [difference("s2", None, "fail", "PF-0-02", "1.3")]


def test_a_failure_that_is_none_is_found() -> None:
    invented = STORED[of("s2", "PF-0-02")][:1].assign(item_code="1.1")
    proof = prove_gate1([(FIGURES, pd.concat([STORED, invented]))], CAMPAIGNS)
    assert proof.failures == [difference("s2", "fail", None, "PF-0-02", "1.1")]


def test_failures_swept_under_one_pass_are_found() -> None:
    failures = of("s2", "PF-0-02")
    swept = STORED[failures][:1].assign(item_code="", part="", outcome="pass")
    proof = prove_gate1([(FIGURES, pd.concat([STORED[~failures], swept]))], CAMPAIGNS)
    assert proof.failures[0] == difference("s2", "pass", None, "PF-0-02", "")
    assert {(row["stored"], row["proved"]) for row in proof.failures[1:]} == {(None, "fail")}
    assert len(proof.failures) == 1 + 34 - 2


def test_a_figure_the_rule_does_not_ask_about_is_found() -> None:
    strange = STORED[of("s2", "PF-1-01")].assign(item_code="9.9")
    proof = prove_gate1([(FIGURES, pd.concat([STORED, strange]))], CAMPAIGNS)
    problem = "该规则不核对这一项 / the rule does not ask about this figure"
    assert proof.failures == [{**difference("s2", "fail", None, item_code="9.9"), "problem": problem}]


@pytest.mark.parametrize("missing", ["", None])
def test_a_whole_rule_is_stored_without_a_figure(missing: str | None) -> None:
    rule = {"for_each": ["1.1", "1.2"], "expect": "[*] >= 0"}
    campaigns = {"haicheng_2023": with_rules(rule)}
    stored = stored_frame({"s1": judge(SUBMISSIONS[0][2], campaign=with_rules(rule))})
    stored = stored.assign(item_code=missing, part=missing)
    proof = prove_gate1([(figures_frame(SUBMISSIONS[:1]), stored)], campaigns)
    assert (len(stored), proof.checked, proof.failures) == (1, 1, [])
    proof = prove_gate1([(figures_frame(SUBMISSIONS[:1]), stored.assign(outcome="not_applicable"))], campaigns)
    assert proof.failures == [difference("s1", "not_applicable", "pass", "TT-0-01", "")]


def test_a_changed_figure_is_found() -> None:
    changed = (FIGURES["submission_id"] == "s2") & (FIGURES["item_code"] == "1.1")
    figures = FIGURES.assign(value=FIGURES["value"].mask(changed, 11))
    assert prove_gate1([(figures, STORED)], CAMPAIGNS).failures == [difference("s2", "fail", "pass")]


def test_a_submission_nobody_judged_is_found() -> None:
    proof = prove_gate1([(FIGURES, STORED[STORED["submission_id"] != "s3"])], CAMPAIGNS)
    assert {row["submission_id"] for row in proof.failures} == {"s3"}
    assert len(proof.failures) == (STORED["submission_id"] == "s3").sum()


def test_outcomes_without_figures_are_found() -> None:
    proof = prove_gate1([(FIGURES[FIGURES["submission_id"] != "s2"], STORED)], CAMPAIGNS)
    assert [(row["submission_id"], row["problem"]) for row in proof.failures] == [
        ("s2", "有判定结果而无数据 / outcomes are stored, but no figures")
    ]
    assert not prove_gate1([(FIGURES[:0], STORED)], CAMPAIGNS).success
    assert not prove_gate1([(FIGURES, STORED[:0])], CAMPAIGNS).success


def test_a_blank_form_need_not_have_figures() -> None:
    """A returned form in which no item was found has outcomes but no cells; it must not stop the city's night."""
    proof = prove_gate1([(FIGURES[FIGURES["submission_id"] != "s3"], STORED)], CAMPAIGNS)
    assert (proof.success, proof.checked) == (True, (STORED["submission_id"] != "s3").sum())


def test_a_blank_form_without_figures_still_owes_all_its_failures() -> None:
    lost = of("s3", "PF-0-02") & (STORED["item_code"] == "1.1")
    proof = prove_gate1([(FIGURES[FIGURES["submission_id"] != "s3"], STORED[~lost])], CAMPAIGNS)
    assert [row["submission_id"] for row in proof.failures] == ["s3"]


def test_nothing_received_is_nothing_to_prove() -> None:
    proof = prove_gate1([(FIGURES[:0], STORED[:0])], CAMPAIGNS)
    assert (proof.success, proof.checked) == (True, 0)


def test_reading_problems_and_other_gates_are_left_aside() -> None:
    other = STORED[:2].assign(
        rule_code=["RD-1-03", "PF-1-01"], rule_version=None, gate=["submission", "facts"], outcome="fail"
    )
    assert prove_gate1([(FIGURES, pd.concat([STORED, other], ignore_index=True))], CAMPAIGNS).success


def test_two_rows_for_one_figure_are_refused() -> None:
    with pytest.raises(ValueError, match="two rows for one item and part"):
        prove_gate1([(pd.concat([FIGURES, FIGURES[:1]]), STORED)], CAMPAIGNS)


def test_a_figure_without_a_submission_is_refused() -> None:
    with pytest.raises(ValueError, match="no submission_id"):
        prove_gate1([(FIGURES.assign(submission_id=None), STORED)], CAMPAIGNS)


def test_figures_of_an_unknown_campaign_are_refused() -> None:
    with pytest.raises(ValueError, match="its folder is not loaded"):
        prove_gate1([(FIGURES, STORED)], {})


def test_an_item_of_another_version_of_the_form_is_left_aside() -> None:
    strange = FIGURES[:1].assign(item_code="5.1")
    assert prove_gate1([(pd.concat([FIGURES, strange], ignore_index=True), STORED)], CAMPAIGNS).success


def test_a_form_without_rules_has_nothing_to_prove() -> None:
    proof = prove_gate1([(FIGURES.assign(form_id="work_plan"), STORED[:0])], CAMPAIGNS)
    assert (proof.success, proof.checked) == (True, 0)
