"""The rules of a campaign, and how often each is hit over the stored history.

Belongs here: the answer to `taizhang rules`, from the campaign and the published counts. Does not belong here: counting
(expectations.rehearsal), putting a rule on trial (rules_in_force.py), how it is printed (commands/rules.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from campaigns.model import Campaign
from campaigns.tables import rule_rows
from orchestration.snapshot import MartSnapshot


@dataclass(frozen=True, slots=True)
class PeriodHits:
    """How many forms of a period a rule was asked of, applied to, and was broken by."""

    period: str
    forms_asked: int
    forms_applicable: int
    forms_hit: int
    hit_rate: float | None  # null where it applies to no form


@dataclass(frozen=True, slots=True)
class RuleHits:
    """One rule as it stands: `is_trial` as published, `may_block` (or ask, of lists) once its counts are there."""

    rule_code: str
    rule_version: str
    form_id: str
    rule_class: str
    gate: str
    is_trial: bool
    is_counted: bool
    may_block: bool
    forms_asked: int
    forms_applicable: int
    forms_hit: int
    hit_rate: float | None
    periods: tuple[PeriodHits, ...]
    sentence: str
    clause: str


_PUBLISHED = "select rule_version from dim_rules where campaign_id = ? and expect is null"
_HITS = """
    select rule_code, rule_version, period, forms_asked, forms_applicable, forms_hit
    from rpt_rule_hits where campaign_id = ? order by period
"""


def rule_hits(snapshot: MartSnapshot, campaign: Campaign) -> list[RuleHits]:
    """Every rule of the campaign in its order; counts of an earlier text of a rule are not its own."""
    counted_lists = {row["rule_version"] for row in snapshot.rows(_PUBLISHED, [campaign.campaign_id])}
    counted: dict[str, list[Mapping[str, Any]]] = {}
    for row in snapshot.rows(_HITS, [campaign.campaign_id]):
        counted.setdefault(row["rule_version"], []).append(row)
    return [
        _hits_of(rule, counted.get(rule["rule_version"], ()), rule["rule_version"] in counted_lists)
        for rule in rule_rows(campaign)
    ]


def _hits_of(rule: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], is_counted: bool) -> RuleHits:
    """`is_counted` although there is no row: of lists nobody has sent yet."""
    asked, applicable, hit = (
        sum(row[name] for row in rows) for name in ("forms_asked", "forms_applicable", "forms_hit")
    )
    periods = tuple(
        PeriodHits(
            row["period"],
            row["forms_asked"],
            row["forms_applicable"],
            row["forms_hit"],
            _rate(row["forms_hit"], row["forms_applicable"]),
        )
        for row in rows
    )
    return RuleHits(
        rule_code=rule["rule_code"],
        rule_version=rule["rule_version"],
        form_id=rule["form_id"],
        rule_class=rule["rule_class"],
        gate=rule["gate"],
        is_trial=rule["is_trial"],
        is_counted=is_counted or bool(rows),
        may_block=(is_counted or bool(rows)) and not rule["is_trial"],
        forms_asked=asked,
        forms_applicable=applicable,
        forms_hit=hit,
        hit_rate=_rate(hit, applicable),
        periods=periods,
        sentence=rule["sentence"],
        clause=rule["clause"],
    )


def _rate(hit: int, applicable: int) -> float | None:
    return round(hit / applicable, 4) if applicable else None
