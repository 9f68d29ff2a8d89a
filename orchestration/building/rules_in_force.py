"""Which rules may return a form today: those whose hits over the stored history have been counted.

Belongs here: putting new and changed rules on trial until then, keeping the text of every rule before it judges, the
note of what was counted. Does not belong here: counting (expectations.rehearsal), judging (gate1.py), the answer to
`taizhang rules` (rule_hits.py).

The first night of a home has no history: every rule is in force. From then on a rule whose question is new, whatever
its code, runs as 试运行 (advisory, returns nothing) until a night has counted it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from campaigns.rule_question import question_of, version_of
from orchestration.building.campaign_tables import store_campaigns
from orchestration.building.database import connect

if TYPE_CHECKING:
    import pyarrow as pa

    from campaigns.model import Campaign
    from orchestration.home import Home


def campaigns_for_intake(home: Home, campaigns: Mapping[str, Campaign], now: datetime) -> dict[str, Campaign]:
    """The campaigns as they may judge what comes in; the caller holds the lock.

    The texts of their rules are stored first: what judged a form must be there when the form's outcomes are proved.
    """
    stored = _stored_versions(home)
    untold = {name: campaign for name, campaign in campaigns.items() if _versions(campaign).keys() - stored}
    if untold:
        store_campaigns(home, untold, now)
    return with_uncounted_on_trial(home, campaigns)


def with_uncounted_on_trial(home: Home, campaigns: Mapping[str, Campaign]) -> dict[str, Campaign]:
    """The campaigns with every rule on trial that no night has counted yet."""
    counted = _counted(home)
    return {
        campaign_id: _on_trial(campaign, counted[campaign_id]) if campaign_id in counted else campaign
        for campaign_id, campaign in campaigns.items()
    }


def note_counted(home: Home, campaigns: Mapping[str, Campaign], hits: pa.Table, now: datetime) -> None:
    """Keep the counts for the marts, and which rules have been counted for campaigns that have stored forms."""
    import pyarrow.parquet as pq

    partial = home.rule_hits.with_suffix(".partial")
    pq.write_table(hits, partial)
    partial.replace(home.rule_hits)
    with_history = set(hits.column("campaign_id").to_pylist())
    counted = {name: sorted(_versions(campaigns[name])) for name in campaigns if name in with_history}
    partial = home.counted_rules.with_suffix(".partial")
    note = {"counted_at": now.isoformat(), "campaigns": counted}
    partial.write_text(json.dumps(note, ensure_ascii=False, indent=2), encoding="utf-8")
    partial.replace(home.counted_rules)


def hit_columns() -> pa.Schema:
    """The columns of the counts."""
    import pyarrow as pa

    return pa.schema([(name, getattr(pa, kind)()) for name, kind in _RULE_HITS.items()])


_RULE_HITS = {
    **dict.fromkeys(("campaign_id", "form_id", "period", "rule_code", "rule_version", "rule_class", "gate"), "string"),
    "is_trial": "bool_",
    **dict.fromkeys(("forms_asked", "forms_applicable", "forms_hit"), "int32"),
}


def _stored_versions(home: Home) -> set[str]:
    """Every rule text that stands in a snapshot: a look at it is cheaper than making the snapshot of a province."""
    query = "select distinct rule_version from read_parquet($files, union_by_name = true)"
    with connect(home) as connection:
        return {
            version for (version,) in connection.execute(query, {"files": f"{home.raw}/rules/*.parquet"}).fetchall()
        }


def _counted(home: Home) -> dict[str, list[str]]:
    try:
        counted: dict[str, list[str]] = json.loads(home.counted_rules.read_text(encoding="utf-8"))["campaigns"]
    except FileNotFoundError:
        return {}
    return counted


def _on_trial(campaign: Campaign, counted: Sequence[str]) -> Campaign:
    new = _versions(campaign).keys() - set(counted)
    if not new:
        return campaign
    codes = {_versions(campaign)[version] for version in new}
    rules = tuple(rule.model_copy(update={"trial": True}) if rule.code in codes else rule for rule in campaign.rules)
    return campaign.model_copy(update={"rules": rules})


def _versions(campaign: Campaign) -> dict[str, str]:
    """The code of each rule by the version of its question."""
    forms = {form.form_id: form for form in campaign.forms}
    return {version_of(question_of(rule, forms[rule.form_id])): rule.code for rule in campaign.rules}
