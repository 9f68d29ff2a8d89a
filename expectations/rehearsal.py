"""How often each rule is hit over everything stored: what a rule on trial (试运行) is judged by before it may block.

Belongs here: counting, rule by rule and period by period. Does not belong here: outcomes that are stored (suites.py),
what follows from the counts (orchestration).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from campaigns.model import Campaign
from campaigns.vocabulary import Gate
from expectations.compiled_rule import CompiledRule
from expectations.frames import FAIL, NOT_APPLICABLE, WideFigures, outcomes_of, spread
from expectations.rules import compile_rules

if TYPE_CHECKING:
    import pandas as pd


def count_hits(figures: pd.DataFrame, campaigns: Mapping[str, Campaign]) -> list[dict[str, Any]]:
    """Ask every rule in force, on trial or not, of all stored forms.

    A rule of gate 1 is asked of every form that could be read, returned ones too; a rule of gate 2 of the forms that
    count.

    Args:
        figures: as in a group for `gate1_proof.prove_gate1`, with is_current.
        campaigns: by id.

    Returns:
        One row per rule and period with forms: campaign_id, form_id, rule_code, rule_version, rule_class (as published,
        whether on trial or not), gate, is_trial, period, forms_asked, forms_applicable, forms_hit.
    """
    current = figures[figures["is_current"].eq(True)]
    rows: list[dict[str, Any]] = []
    for campaign_id, campaign in campaigns.items():
        published = {rule.code: rule.rule_class.value for rule in campaign.rules}
        for form_id in dict.fromkeys(rule.form_id for rule in campaign.rules):
            for gate, chosen in ((Gate.SUBMISSION, figures), (Gate.FACTS, current)):
                mine = chosen[(chosen["campaign_id"] == campaign_id) & (chosen["form_id"] == form_id)]
                rules = compile_rules(campaign, form_id, gate)
                if rules and len(mine):
                    wide = spread(mine, campaign, form_id, rules)
                    what = {"campaign_id": campaign_id, "form_id": form_id, "gate": gate.value}
                    for rule in rules:
                        named = {**what, "rule_code": rule.code, "rule_class": published[rule.code]}
                        rows += ({**named, **counts} for counts in _counts(rule, wide))
    return rows


def _counts(rule: CompiledRule, wide: WideFigures) -> Iterator[dict[str, Any]]:
    import pandas as pd

    judged = [outcomes_of(figure, wide.frame, rule.applicable) for figure in rule.figures]
    table = pd.DataFrame(
        {
            "period": wide.frame["period"],
            "forms_applicable": sum(outcomes != NOT_APPLICABLE for outcomes in judged) > 0,
            "forms_hit": sum(outcomes == FAIL for outcomes in judged) > 0,
        }
    )
    for period, of_period in table.groupby("period"):
        yield {
            "rule_version": rule.version,
            "is_trial": rule.is_trial,
            "period": period,
            "forms_asked": len(of_period),
            "forms_applicable": int(of_period["forms_applicable"].sum()),
            "forms_hit": int(of_period["forms_hit"].sum()),
        }
