"""Which signatures are one hazard, as of a moment: the pairs found and the decisions taken, joined to groups.

Belongs here: which pairs join, and writing their groups where the models read them. Does not belong here: finding pairs
(ingest.hazards.hazard_matching), making groups (pair_groups.py), what a hazard went through (SQL). Groups are made anew
in every build from what is stored, so a decision taken back leaves no trace in the figures.

A hazard takes its id from the signature of the group that was received first: joining a later one changes no id.

What two units told is brought together without a person's word only where all of it may lie in one town: the line of a
department that is like those of two towns joins neither. What a person told apart stays so in whatever words both tell
it later. Pairs stored before towns were looked at are held to it, too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.hazards.hazard_soil import Soil
from orchestration.building.database import connect
from orchestration.building.pair_groups import first_in_one_place, first_of_group, not_between
from orchestration.building.renumbered_pairs import RENUMBERED_PAIRS

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

    from campaigns.model import Campaign
    from orchestration.home import Home

_SIGNATURES = """
    create table signatures as
    select campaign_id, signature, unit_id, place, enterprise_key, received_at
    from read_parquet($signatures, union_by_name = true)
    where received_at <= $as_of
"""
# Few signatures are in a pair that joins: only they are looked at one by one.
_MEMBERS = """
    select campaign_id, signature, unit_id, place, enterprise_key
    from signatures
    where signature in (select unnest([signature_a, signature_b]) from joining)
    order by received_at, signature
"""
_LINKS = """
    select
        campaign_id, signature,
        coalesce(groups.hazard_id, signature) as hazard_id,
        coalesce(groups.shared_hazard_id, signature) as shared_hazard_id,
        coalesce(groups.possible_hazard_id, signature) as possible_hazard_id
    from signatures
    left join groups using (signature)
"""

# Every pair known by a moment, and whether it joins: a decision counts for the pair it names, whatever the comparison
# or the unit's new numbers said; the last of several.
JUDGED_PAIRS = f"""
    with answered as ({RENUMBERED_PAIRS}),

    decisions as (
        select
            campaign_id, pair_id, arg_max((decision, decided_by, decided_on, reason), (decided_on, loaded_at)) as last
        from read_parquet($decisions)
        where
            decided_on <= cast($as_of as date)
            and snapshot_id in (select arg_max(snapshot_id, (loaded_at, batch_id)) from read_parquet($campaigns)
                                where loaded_at <= $as_of group by campaign_id)
        group by campaign_id, pair_id
    )

    select
        pairs.campaign_id, pairs.pair_id, pairs.signature_a, pairs.signature_b, pairs.kind, pairs.score,
        case answer
            when 'renumbered' then '同一企业、同一日期、同样的描述，改了编号'
            when 'corrected' then '原来同一编号，已分别编号'
            else pairs.reason
        end as reason,
        last[1] as decision, last[2] as decided_by, last[3] as decided_on, last[4] as decision_reason,
        kind in ('same', 'overlap')
        and coalesce(last[1] = 'same', pairs.is_sure or coalesce(answer = 'renumbered', false)) as is_joined,
        kind = 'same' and not pairs.is_sure and answer is null and last is null as is_open
    from read_parquet($pairs) as pairs
    left join decisions using (campaign_id, pair_id)
    left join answered using (pair_id)
    where pairs.received_at <= $as_of
"""  # noqa: S608 - constants

_JOINING = f"""
    create table joining as
    select
        campaign_id, signature_a, signature_b,
        case
            when is_open then 'open'
            when kind = 'same' and decision = 'different' then 'own_apart'
            when kind = 'same' then 'own'
            when decision = 'different' then 'apart'
            when decision = 'same' then 'decided'
            else 'likely'
        end as how
    from ({JUDGED_PAIRS})
    where is_joined or is_open or (kind in ('same', 'overlap') and decision = 'different')
"""  # noqa: S608 - constants
# The same, and what two units told joins only where the last build, whose file is `links`, brought it together.
BUILT_PAIRS = f"""
    select
        judged.* replace (
            is_joined and (kind <> 'overlap' or one.shared_hazard_id = other.shared_hazard_id) as is_joined
        )
    from ({JUDGED_PAIRS}) as judged
    left join read_parquet($links) as one on judged.signature_a = one.signature
    left join read_parquet($links) as other on judged.signature_b = other.signature
"""  # noqa: S608 - constants
_WAYS = ("own", "own_apart", "decided", "likely", "apart", "open")
_GROUPS = ("signature", "hazard_id", "shared_hazard_id", "possible_hazard_id")


def pair_parameters(home: Home, as_of: datetime) -> dict[str, object]:
    """What JUDGED_PAIRS is asked with."""
    tables = {"pairs": "hazard_pairs", "decisions": "hazard_decisions", "campaigns": "campaigns"}
    tables |= {"signatures": "hazard_signatures", "lines": "hazard_lines"}
    return {"as_of": as_of, **{name: str(home.raw / table / "*.parquet") for name, table in tables.items()}}


def write_hazard_links(home: Home, as_of: datetime, campaigns: Mapping[str, Campaign]) -> int:
    """Write home/build/hazard_links.parquet: campaign, signature, hazard_id, shared_hazard_id, possible_hazard_id.

    `hazard_id` joins what one unit reported; `shared_hazard_id` also what two units reported (X7: shown, not deducted);
    `possible_hazard_id` also those pairs of one unit about which nobody has decided yet.

    Args:
        home: with the raw zone.
        as_of: what was received and decided by then.
        campaigns: whose rosters say which units are towns.

    Returns:
        The number of signatures.
    """
    asked = pair_parameters(home, as_of)
    with connect(home) as connection:
        connection.execute(_SIGNATURES, {name: asked[name] for name in ("signatures", "as_of")})
        connection.execute(_JOINING, asked)
        connection.register("groups", _groups(connection, campaigns))
        links = connection.sql(_LINKS).to_arrow_table()
    _write(links, home.hazard_links)
    return links.num_rows


def _groups(connection: duckdb.DuckDBPyConnection, campaigns: Mapping[str, Campaign]) -> pa.Table:
    """The three groups of every signature that a pair joins to another."""
    import pyarrow as pa

    members: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for campaign_id, *member in connection.execute(_MEMBERS).fetchall():
        members[campaign_id].append(tuple(member))
    pairs: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for campaign_id, one, other, how in connection.execute("from joining").fetchall():
        pairs[campaign_id, how].append((one, other))
    rows = []
    for campaign_id, told in members.items():
        own, own_apart, decided, likely, apart, is_open = (pairs[campaign_id, how] for how in _WAYS)
        soil, order = Soil(campaigns.get(campaign_id)), [signature for signature, *_ in told]
        towns = {signature: soil.towns(*where) for signature, *where in told}
        groups = (
            one_unit := first_of_group(order, own),
            first_in_one_place(order, own + decided, likely, apart, towns, soil.may_be_one),
            first_of_group(order, own + not_between(one_unit, own_apart, is_open)),
        )
        rows += [(signature, *(group[signature] for group in groups)) for signature in order]
    columns = zip(*rows, strict=True) if rows else ((),) * len(_GROUPS)
    return pa.table({name: pa.array(values, pa.string()) for name, values in zip(_GROUPS, columns, strict=True)})


def _write(table: pa.Table, target: Path) -> None:
    import pyarrow.parquet as pq

    partial = target.with_suffix(".partial")
    pq.write_table(table, partial)
    partial.replace(target)
