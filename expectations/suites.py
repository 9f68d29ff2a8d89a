"""What Great Expectations proves every night: stored gate-1 outcomes, the rules of gate 2, our own totals.

Belongs here: the three proofs, from frames that SQL prepared to a result or to outcome rows. Does not belong here: how
a rule is compiled (compiler.py) or evaluated (frames.py), how Great Expectations is driven (validation.py).

Each published rule is one expectation of a suite per campaign, form and gate. Great Expectations says which
submissions break it; which figures of a `for_each` are to blame is read from the same compiled rule, and both
answers must agree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from campaigns.model import Campaign
from campaigns.vocabulary import Gate, RuleClass
from expectations.agreement import compare, earlier_rules
from expectations.compiled_rule import CompiledRule
from expectations.frames import FAIL, WideFigures, columns_of, exact_numbers, outcomes_of, spread
from expectations.grid import as_rows, kept
from expectations.rules import compile_rules
from expectations.validation import Check, ValidationError, broken_rows, engine, run_suite

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

__all__ = ["OUTCOME_COLUMNS", "ProofResult", "ValidationError", "joined", "prove_gate1", "prove_totals", "run_gate2"]

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
_SEVERITY: dict[RuleClass, Literal["critical", "warning", "info"]] = {
    RuleClass.MANDATORY: "critical",
    RuleClass.QUASI_MANDATORY: "warning",
    RuleClass.VERIFICATION: "warning",
    RuleClass.ADVISORY: "info",
}


@dataclass(frozen=True)
class ProofResult:
    """Whether a proof succeeded, how much it compared, every difference as a row, and what could not be proved."""

    success: bool
    checked: int
    failures: list[dict[str, Any]] = field(default_factory=list)
    name: str = ""
    unproved: tuple[str, ...] = ()


def prove_gate1(
    figures: pd.DataFrame,
    stored: pd.DataFrame,
    campaigns: Mapping[str, Campaign],
    questions: Mapping[str, str] | None = None,
) -> ProofResult:
    """Run the rules of gate 1 again on the stored figures and compare with the outcomes stored at intake.

    At the grain of `CompiledRule.keep`, in both directions: the figures that break a rule, and the outcome of a rule
    that none breaks. Every outcome is proved against the text of the rule that judged it, so a rule that was changed,
    or a form that gained items, is no difference.

    Args:
        figures: all accepted and returned submissions; one row per submission, item and part, with campaign_id,
            form_id, unit_id, reporting_scope, period, submission_id, item_code, part, value_state, value,
            previous_value, previous_state, ledger_value, ledger_state, source_cell.
        stored: the raw table of outcomes of the same submissions; outcomes of other rules (reading problems) and of
            other gates are left aside. Needed: submission_id, campaign_id, form_id, rule_code, item_code, part,
            rule_version, outcome, and batch_id (or received_at, which a backdated receipt blurs).
        campaigns: by id.
        questions: the texts of rules by version, as stored; needed for outcomes that no rule in force has decided. An
            outcome whose text is lost cannot be proved: `unproved` names its rule.

    Raises:
        ValidationError: Great Expectations could not run a rule.
        ValueError: figures of an unknown campaign, or two rows for one figure.
    """
    checked, failures, unproved = 0, [], []
    if "gate" in stored:
        stored = stored[stored["gate"] == Gate.SUBMISSION.value]
    for campaign_id, form_id in _pairs(figures, stored):
        campaign = _campaign(campaigns, campaign_id)
        known = _of(stored, campaign_id, form_id)
        in_force = compile_rules(campaign, form_id, Gate.SUBMISSION)
        earlier, lost = earlier_rules(in_force, known, questions or {})
        unproved += [f"{campaign_id} {form_id} {name}" for name in lost]
        rules = (*in_force, *earlier)
        if rules:
            wide = spread(_of(figures, campaign_id, form_id), campaign, form_id, rules)
            proved = _prove(rules, wide, f"{campaign_id} {form_id} gate 1")
            compared, different = compare(rules, len(in_force), wide, proved, known)
            checked += compared
            failures += [{"campaign_id": campaign_id, "form_id": form_id, **row} for row in different]
    return ProofResult(not failures, checked, failures, "gate1_outcomes_agree", tuple(unproved))


def joined(results: Sequence[ProofResult]) -> ProofResult:
    """One result of a proof that looked at its subjects group by group."""
    return ProofResult(
        all(result.success for result in results),
        sum(result.checked for result in results),
        [failure for result in results for failure in result.failures],
        results[0].name,
        tuple(dict.fromkeys(name for result in results for name in result.unproved)),
    )


def run_gate2(figures: pd.DataFrame, campaigns: Mapping[str, Campaign]) -> pd.DataFrame:
    """Apply the rules of gate `facts` to the current submissions.

    Args:
        figures: as for `prove_gate1`, with is_current; other rows are left aside.
        campaigns: by id.

    Returns:
        OUTCOME_COLUMNS at the grain of `CompiledRule.keep`; messages of failures only. No current submission, or no
        rule, gives no row.
    """
    import pandas as pd

    current = figures[figures["is_current"].eq(True)]
    found = []
    for campaign_id, form_id in _pairs(current):
        campaign = _campaign(campaigns, campaign_id)
        rules = compile_rules(campaign, form_id, Gate.FACTS)
        if rules:
            wide = spread(_of(current, campaign_id, form_id), campaign, form_id)
            judged = _prove(rules, wide, f"{campaign_id} {form_id} gate 2")
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


def _prove(rules: Sequence[CompiledRule], wide: WideFigures, suite_name: str) -> np.ndarray:
    """The grid of outcomes (grid.py), proved by Great Expectations rule by rule."""
    import numpy as np

    outcomes = np.empty((len(wide.frame), sum(len(rule.figures) for rule in rules)), dtype=np.int8)
    if not len(wide.frame):
        return kept(rules, outcomes)
    asked = [(rule, figure) for rule in rules for figure in rule.figures]
    for column, (owner, figure) in enumerate(asked):
        outcomes[:, column] = outcomes_of(figure, wide.frame, owner.applicable)
    checks = [_check(rule) for rule in rules]
    broken = broken_rows(wide.frame[columns_of([figure for _, figure in asked])], checks, suite_name)
    owners = np.repeat(np.arange(len(rules)), [len(rule.figures) for rule in rules])
    for number, rule in enumerate(rules):
        mine = (outcomes[:, owners == number] == FAIL).any(axis=1)
        if not np.array_equal(np.flatnonzero(mine), broken[_name(rule)]):
            raise ValidationError(f"suite {suite_name}: {rule.code} breaks other rows in Great Expectations than here")
    return kept(rules, outcomes)


def _check(rule: CompiledRule) -> Check:
    columns, description = tuple(columns_of(rule.figures)), rule.figures[0].expect.text
    return Check(_name(rule), columns, partial(_holds, rule), _SEVERITY[rule.rule_class], description)


def _name(rule: CompiledRule) -> str:
    """One code may have asked several questions in the course of time."""
    return f"{rule.code} {rule.version}"


def _holds(rule: CompiledRule, columns: pd.DataFrame) -> pd.Series:
    """True where no figure breaks the rule; this is what Great Expectations evaluates."""
    import pandas as pd

    held = pd.Series(True, index=columns.index)
    for figure in rule.figures:
        held &= outcomes_of(figure, columns, rule.applicable) != FAIL
    return held


def _pairs(*frames: pd.DataFrame) -> list[tuple[str, str]]:
    """The campaigns and forms that occur, in order."""
    found: dict[tuple[str, str], None] = {}
    for frame in frames:
        known = frame[["campaign_id", "form_id"]].dropna().drop_duplicates()
        found.update(dict.fromkeys(known.itertuples(index=False, name=None)))
    return list(found)


def _of(frame: pd.DataFrame, campaign_id: str, form_id: str) -> pd.DataFrame:
    return frame[(frame["campaign_id"] == campaign_id) & (frame["form_id"] == form_id)]


def _campaign(campaigns: Mapping[str, Campaign], campaign_id: str) -> Campaign:
    if campaign_id not in campaigns:
        raise ValueError(f"figures of campaign {campaign_id!r} are stored, but its folder is not loaded")
    return campaigns[campaign_id]
