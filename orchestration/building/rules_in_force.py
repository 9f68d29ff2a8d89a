"""Which rules may return a form today: those whose hits over the stored history have been counted.

Belongs here: putting new and changed rules on trial until then, keeping the text of every rule before it judges, the
note of what was counted. Does not belong here: counting (expectations.rehearsal), judging (gate1.py), the answer to
`taizhang rules` (rule_hits.py).

The first night of a home has no history: every rule is in force. From then on a rule whose question is new, whatever
its code, runs as 试运行 (advisory, returns and asks nothing) until a night has counted it. Questions of lists
(campaigns/list_rules.py) are decided by SQL, so that SQL reads which of them have been counted (int_rules__of_lists).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from campaigns.rule_question import question_of, version_of
from orchestration.building.campaign_tables import store_campaigns
from orchestration.building.database import connect
from orchestration.building.notes import read_note, write_note

if TYPE_CHECKING:
    import duckdb
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
    write_note(home.counted_rules, {"counted_at": now.isoformat(), "campaigns": counted})


def begin_counting_lists(home: Home) -> None:
    """Make sure that the models can read which questions of lists earlier nights have counted; none on the first."""
    if not home.counted_list_rules.exists():
        _keep_counted_lists(home, [])


def note_counted_lists(home: Home, warehouse: duckdb.DuckDBPyConnection) -> None:
    """Keep which questions of lists this build has counted, beside those of earlier ones."""
    known = "select campaign_id, rule_version from read_parquet($file)"
    counted = warehouse.execute(f"{_COUNTED_LISTS} union {known} order by all", {"file": str(home.counted_list_rules)})
    _keep_counted_lists(home, counted.fetchall())


def _keep_counted_lists(home: Home, rows: Sequence[tuple[str, str]]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = pa.schema([("campaign_id", pa.string()), ("rule_version", pa.string())])
    table = pa.Table.from_pylist([dict(zip(columns.names, row, strict=True)) for row in rows], schema=columns)
    partial = home.counted_list_rules.with_suffix(".partial")
    pq.write_table(table, partial)
    partial.replace(home.counted_list_rules)


# Of campaigns with lists in store; a question of a form that nobody has sent yet is counted as well: over nothing.
_COUNTED_LISTS = """
    select campaign_id, rule_version from marts.dim_rules
    where expect is null and campaign_id in (
        select hits.campaign_id from marts.rpt_rule_hits as hits
        semi join marts.dim_rules as rules on hits.rule_version = rules.rule_version and rules.expect is null
    )
"""


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
    note = read_note(home.counted_rules)
    return note["campaigns"] if note else {}


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
