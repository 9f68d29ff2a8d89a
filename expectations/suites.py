"""What Great Expectations decides every night beside the proof of gate 1: the rules of gate 2, our own totals.

Belongs here: from frames that SQL prepared to outcome rows or to a result. Does not belong here: the proof of gate 1
(gate1_proof.py), the rules on a frame (proved_rules.py), how Great Expectations is driven (validation.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from campaigns.model import Campaign
from campaigns.vocabulary import Gate
from expectations.frames import exact_numbers, spread
from expectations.grid import as_rows
from expectations.proved_rules import campaign_of, forms_in, of_form, prove_rules
from expectations.rules import compile_rules
from expectations.validation import ValidationError, engine, run_suite

if TYPE_CHECKING:
    import pandas as pd

OUTCOME_COLUMNS = (
    "submission_id",
    "campaign_id",
    "form_id",
    "unit_id",
    "period",
    "rule_code",
    "rule_version",
    "rule_class",
    "gate",
    "is_trial",
    "outcome",
    "message",
    "message_en",
    "item_code",
    "part",
    "source_cell",
)  # of the raw table of outcomes, without what the batch adds

_TOTALS = ("mart_total", "raw_total", "parts_total")


@dataclass(frozen=True)
class ProofResult:
    """Whether a proof succeeded, how much it compared, every difference as a row, and what could not be proved."""

    success: bool
    checked: int
    failures: list[dict[str, Any]] = field(default_factory=list)
    name: str = ""
    unproved: tuple[str, ...] = ()


def run_gate2(figures: pd.DataFrame, campaigns: Mapping[str, Campaign]) -> pd.DataFrame:
    """Apply the rules of gate `facts` to the current submissions.

    Args:
        figures: as in a group for `prove_gate1`, with is_current (other rows are left aside), previous_value,
            previous_state, ledger_value and ledger_state.
        campaigns: by id.

    Returns:
        OUTCOME_COLUMNS at the grain of `CompiledRule.keep`; messages of failures only. No current submission, or no
        rule, gives no row.
    """
    import pandas as pd

    current = figures[figures["is_current"].eq(True)]
    found = []
    for campaign_id, form_id in forms_in(current):
        campaign = campaign_of(campaigns, campaign_id)
        rules = compile_rules(campaign, form_id, Gate.FACTS)
        if rules:
            wide = spread(of_form(current, campaign_id, form_id), campaign, form_id, rules)
            judged = prove_rules(rules, wide, f"{campaign_id} {form_id} gate 2")
            found.append(as_rows(rules, wide, judged).assign(campaign_id=campaign_id, form_id=form_id))
    if not found:
        return pd.DataFrame({column: pd.Series(dtype="str") for column in OUTCOME_COLUMNS})
    return pd.concat(found, ignore_index=True)[list(OUTCOME_COLUMNS)]


def prove_totals(frame: pd.DataFrame, *, figures_expected: bool = True) -> ProofResult:
    """Prove that each printed total equals the sum of the raw cells and the sum of its parts, to the last decimal.

    Args:
        frame: campaign_id, form_id, period, item_code, part, mart_total, raw_total, parts_total; null equals null.
        figures_expected: False only where nothing has been accepted yet. Otherwise no rows, or no total anywhere,
            is a failure: an empty table proves nothing.
    """
    import pandas as pd

    name = "totals_agree"
    numbers = pd.DataFrame({column: exact_numbers(frame[column]) for column in _TOTALS}, dtype=object)
    if not numbers.notna().any(axis=None):
        empty = [{"problem": "没有任何合计数可供核对 / there is no total to prove"}]
        return ProofResult(not figures_expected, 0, empty if figures_expected else [], name)
    gx = engine()
    pairs = [
        gx.expectations.ExpectColumnPairValuesToBeEqual(
            column_A="mart_total", column_B=other, ignore_row_if="both_values_are_missing", severity="critical"
        )
        for other in _TOTALS[1:]
    ]
    failures = []
    for result in run_suite(numbers, pairs, "totals"):
        rows = result.result.get("unexpected_index_list") or []
        if result.result["unexpected_count"] != len(rows) or result.success != (not rows):
            raise ValidationError(f"totals: {len(rows)} rows listed, {result.result['unexpected_count']} counted")
        other = result.expectation_config.kwargs["column_B"]
        for row in rows:
            subject = frame.iloc[row].drop(list(_TOTALS)).to_dict()
            failures.append({**subject, "compared_with": other, **numbers.iloc[row].to_dict()})
    return ProofResult(not failures, len(numbers), failures, name)
