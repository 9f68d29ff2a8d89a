"""The nightly proof of gate 1: the rules once more on the stored figures, against the outcomes stored at intake.

Belongs here: one group of forms after the other, each with what judged the forms before it. Does not belong here: which
forms are proved, and how many at once (orchestration), the rules on a frame (proved_rules.py), lining up what was
proved with what was stored (agreement.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import starmap
from typing import TYPE_CHECKING, Any

from campaigns.model import Campaign
from campaigns.vocabulary import Gate
from expectations.agreement import compare, earlier_rules, texts_of_last_batch
from expectations.frames import spread
from expectations.proved_rules import campaign_of, forms_in, of_form, prove_rules
from expectations.rules import compile_rules
from expectations.suites import ProofResult

if TYPE_CHECKING:
    import pandas as pd

_NAME = "gate1_outcomes_agree"


def prove_gate1(
    groups: Iterable[tuple[pd.DataFrame, pd.DataFrame]],
    campaigns: Mapping[str, Campaign],
    questions: Mapping[str, str] | None = None,
) -> ProofResult:
    """Run the rules of gate 1 again on the stored figures and compare with the outcomes stored at intake.

    At the grain of `CompiledRule.keep`, in both directions: the figures that break a rule, and the outcome of a rule
    that none breaks. Every outcome is proved against the text of the rule that judged it, so a rule that was changed,
    or a form that gained items, is no difference.

    Args:
        groups: figures and outcomes of whole batches, oldest first; the result is the same however batches are grouped,
            with the memory of one group. Figures: accepted and returned submissions; one row per submission, item and
            part, with campaign_id, form_id, unit_id, reporting_scope, period, submission_id, item_code, part,
            value_state, value, source_cell. Outcomes: the raw table of the same submissions; those of other rules
            (reading problems) and of other gates are left aside. Needed: submission_id, campaign_id, form_id,
            rule_code, item_code, part, rule_version, outcome, and batch_id (or received_at, which a backdated receipt
            blurs).
        campaigns: by id.
        questions: the texts of rules by version, as stored; needed for outcomes that no rule in force has decided. An
            outcome whose text is lost cannot be proved: `unproved` names its rule.

    Raises:
        ValidationError: Great Expectations could not run a rule.
        ValueError: figures of an unknown campaign, or two rows for one figure.
    """
    # starmap lets go of a group before it asks for the next one; a loop would hold both
    results = list(starmap(_Proof(campaigns, questions or {}).of_group, groups))
    return ProofResult(
        all(result.success for result in results),
        sum(result.checked for result in results),
        [failure for result in results for failure in result.failures],
        _NAME,
        tuple(dict.fromkeys(name for result in results for name in result.unproved)),
    )


@dataclass
class _Proof:
    """`last_texts` is by what text of each rule code the last batch of each form so far was judged."""

    campaigns: Mapping[str, Campaign]
    questions: Mapping[str, str]
    last_texts: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)

    def of_group(self, figures: pd.DataFrame, stored: pd.DataFrame) -> ProofResult:
        checked, failures, unproved = 0, [], []
        if "gate" in stored:
            stored = stored[stored["gate"] == Gate.SUBMISSION.value]
        for form in forms_in(figures, stored):
            of_form_checked, different, lost = self._of_form(*form, of_form(figures, *form), of_form(stored, *form))
            checked += of_form_checked
            failures += [{"campaign_id": form[0], "form_id": form[1], **row} for row in different]
            unproved += [f"{form[0]} {form[1]} {name}" for name in lost]
        return ProofResult(not failures, checked, failures, _NAME, tuple(unproved))

    def _of_form(
        self, campaign_id: str, form_id: str, figures: pd.DataFrame, stored: pd.DataFrame
    ) -> tuple[int, list[dict[str, Any]], list[str]]:
        """How much was compared, the differences, the rules whose text is lost."""
        campaign = campaign_of(self.campaigns, campaign_id)
        before = self.last_texts.get((campaign_id, form_id), {})
        in_force = compile_rules(campaign, form_id, Gate.SUBMISSION)
        earlier, lost = earlier_rules(in_force, stored, before, self.questions)
        if len(stored):
            self.last_texts[campaign_id, form_id] = texts_of_last_batch(stored)
        rules = (*in_force, *earlier)
        if not rules:
            return 0, [], lost
        wide = spread(figures, campaign, form_id, rules)
        proved = prove_rules(rules, wide, f"{campaign_id} {form_id} gate 1")
        return *compare(rules, len(in_force), wide, proved, stored, before), lost
