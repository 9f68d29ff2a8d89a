"""The nightly proof where rules and forms changed between two nights."""

from datetime import datetime

import pandas as pd

from campaigns.model import Campaign, Form
from campaigns.tables import campaign_rows
from expectations.gate1_proof import prove_gate1
from expectations.rules import judge_submission
from tests.unit.expectations import written_figures as written_by
from tests.unit.expectations.proved_outcomes import CAMPAIGNS, FIGURES, STORED, SUBMISSIONS, difference
from tests.unit.expectations.written_figures import TERRITORY, figures_frame, judge, stored_frame, with_rules


def test_a_rule_added_later_counts_from_the_batch_that_first_stored_it() -> None:
    first, second = {"expect": "[1.2] <= [1.1]"}, {"expect": "[1.1] >= 0"}
    campaign = with_rules(first, second)
    older = stored_frame({"s1": judge(SUBMISSIONS[0][2], campaign=with_rules(first))}, "20230625T013000")
    newer = stored_frame({"s2": judge(SUBMISSIONS[1][2], campaign=campaign)}, "20230725T013000")
    figures = figures_frame(SUBMISSIONS[:2])
    proof = prove_gate1([(figures, pd.concat([older, newer]))], {"haicheng_2023": campaign})
    assert (proof.success, proof.checked) == (True, 3)
    late = newer[newer["rule_code"] == "TT-0-01"]
    assert prove_gate1([(figures, pd.concat([older, late]))], {"haicheng_2023": campaign}).success


def test_a_rule_for_each_figure_counts_from_the_batch_that_first_stored_any_outcome_of_it() -> None:
    first, second = {"expect": "[1.2] <= [1.1]"}, {"for_each": ["1.1", "1.2", "1.3"], "expect": "[*] < 11"}
    campaign = with_rules(first, second)
    older = stored_frame({"s1": judge(SUBMISSIONS[0][2], campaign=with_rules(first))}, "20230625T013000")
    newer = stored_frame({"s2": judge(SUBMISSIONS[1][2], campaign=campaign)}, "20230725T013000")
    proof = prove_gate1([(figures_frame(SUBMISSIONS[:2]), pd.concat([older, newer]))], {"haicheng_2023": campaign})
    assert list(newer["item_code"]) == ["1.2", "1.2"]
    assert (proof.success, proof.checked) == (True, 3)


def test_an_outcome_lost_after_the_rule_was_known_is_found() -> None:
    first, second = {"expect": "[1.2] <= [1.1]"}, {"expect": "[1.1] >= 0"}
    campaign = with_rules(first, second)
    older = stored_frame({"s1": judge(SUBMISSIONS[0][2], campaign=campaign)}, "20230625T013000")
    newer = stored_frame({"s2": judge(SUBMISSIONS[1][2], campaign=with_rules(first))}, "20230725T013000")
    proof = prove_gate1([(figures_frame(SUBMISSIONS[:2]), pd.concat([older, newer]))], {"haicheng_2023": campaign})
    assert [(row["submission_id"], row["rule_code"]) for row in proof.failures] == [("s2", "TT-0-02")]
    groups = [(figures_frame(SUBMISSIONS[:1]), older), (figures_frame(SUBMISSIONS[1:2]), newer)]
    assert prove_gate1(groups, {"haicheng_2023": campaign}) == proof


def test_groups_of_batches_are_proved_by_the_texts_of_the_batch_before() -> None:
    """The rule changed with the second batch and joined with the third, of which one outcome is lost."""
    first, changed, late = {"expect": "[1.2] <= [1.1]"}, {"expect": "[1.2] < [1.1]"}, {"expect": "[1.1] >= 0"}
    stages = [with_rules(first), with_rules(changed), with_rules(changed, late)]
    written = {"1.1": "10", "1.2": "10"}
    names = ["s1", "s2", "s3", "s4"]
    figures = [figures_frame([(name, TERRITORY, written)]) for name in names]
    stored = [
        stored_frame({name: judge(written, campaign=stages[min(number, 2)])}, f"2023{number:02}")
        for number, name in enumerate(names)
    ]
    stored[3] = stored[3][stored[3]["rule_code"] != "TT-0-01"]
    campaigns, texts = {"haicheng_2023": stages[2]}, texts_of(*stages)
    whole = prove_gate1([(pd.concat(figures), pd.concat(stored))], campaigns, texts)
    assert (whole.checked, whole.failures) == (6, [difference("s4", None, "fail", "TT-0-01", "1.2")])
    assert prove_gate1(zip(figures, stored, strict=True), campaigns, texts) == whole


def test_arrival_time_stands_in_for_the_batch() -> None:
    stored = STORED.drop(columns="batch_id").assign(received_at=pd.Timestamp("2023-07-24 09:00"))
    assert prove_gate1([(FIGURES, stored)], CAMPAIGNS).success


def texts_of(*campaigns: Campaign) -> dict[str, str]:
    """Rule texts by version, as the snapshots of these campaigns store them."""
    rows = (row for campaign in campaigns for row in campaign_rows(campaign, [], datetime(2023, 6, 25))["rules"])
    return {row["rule_version"]: row["question"] for row in rows if row["question"]}


def test_outcomes_are_proved_against_the_text_that_judged_them() -> None:
    """A rule that changed under its code made the night stop, though nothing was wrong."""
    before, after = with_rules({"expect": "[1.2] <= [1.1]"}), with_rules({"expect": "[1.2] < [1.1]"})
    written = {"1.1": "10", "1.2": "10"}
    older = stored_frame({"s1": judge(written, campaign=before)}, "20230625T013000")
    newer = stored_frame({"s2": judge(written, campaign=after)}, "20230725T013000")
    stored = pd.concat([older, newer], ignore_index=True)
    assert list(stored["outcome"]) == ["pass", "fail"]
    figures = figures_frame([("s1", TERRITORY, written), ("s2", TERRITORY, written)])
    texts = texts_of(before, after)
    proof = prove_gate1([(figures, stored)], {"haicheng_2023": after}, texts)
    assert (proof.success, proof.checked, proof.unproved) == (True, 2, ())
    tampered = stored.assign(outcome=["fail", "fail"])
    proof = prove_gate1([(figures, tampered)], {"haicheng_2023": after}, texts)
    assert proof.failures == [difference("s1", "fail", "pass", "TT-0-01", "1.2")]
    exchanged = stored.assign(rule_version=list(reversed(stored["rule_version"])))
    assert not prove_gate1([(figures, exchanged)], {"haicheng_2023": after}, texts).success


def test_an_item_added_to_the_form_changes_nothing_that_was_judged_before() -> None:
    """A `for_each` of all items takes the new one in: the old forms have no such cell, and never failed for it."""
    rule = {"for_each": ["all"], "expect": "filled([*])"}
    after = with_rules(rule)
    written = after.form("progress").model_dump()
    written["sections"][-1]["items"] = written["sections"][-1]["items"][:-1]
    shorter = Form.model_validate(written)
    before = after.model_copy(update={"forms": tuple(shorter if f.form_id == "progress" else f for f in after.forms)})
    full = {key: "1" for key in written_by.KEYS if key != "4.8.value"}
    cells = [cell for cell in written_by.cells_of(full) if cell.item_code != "4.8"]
    stored = stored_frame({"s1": judge_submission(before, "progress", TERRITORY, cells)}, "20230625T013000")
    assert list(stored["outcome"]) == ["pass"]
    figures = figures_frame([("s1", TERRITORY, full)])
    figures = figures[figures["item_code"] != "4.8"]
    proof = prove_gate1([(figures, stored)], {"haicheng_2023": after}, texts_of(before, after))
    assert (proof.success, proof.checked) == (True, 1)


def test_a_text_that_is_lost_is_named_and_stops_nothing() -> None:
    before, after = with_rules({"expect": "[1.2] <= [1.1]"}), with_rules({"expect": "[1.2] < [1.1]"})
    stored = stored_frame({"s1": judge(SUBMISSIONS[0][2], campaign=before)})
    (version,) = texts_of(before)
    for texts in ({}, {version: "not a question"}):
        proof = prove_gate1([(figures_frame(SUBMISSIONS[:1]), stored)], {"haicheng_2023": after}, texts)
        assert (proof.success, proof.unproved) == (True, (f"haicheng_2023 progress TT-0-01 {version}",))


def test_a_rule_that_was_withdrawn_is_still_proved_where_it_judged() -> None:
    before, after = with_rules({"expect": "[1.2] <= [1.1]"}), with_rules()
    stored = stored_frame({"s2": judge(SUBMISSIONS[1][2], campaign=before)}).assign(outcome="pass")
    figures = figures_frame(SUBMISSIONS[:2])
    proof = prove_gate1([(figures, stored)], {"haicheng_2023": after}, texts_of(before))
    assert proof.failures == [difference("s2", "pass", "fail", "TT-0-01", "1.2")]
