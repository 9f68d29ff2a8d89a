"""Which signatures are one hazard, as of a moment: the pairs found and the decisions taken, joined to groups.

Belongs here: joining pairs to groups and writing them where the models read them. Does not belong here: finding pairs
(ingest.hazards.hazard_matching), what a hazard went through (SQL). Groups are made anew in every build from what is
stored, so a decision taken back leaves no trace in the figures.

A hazard takes its id from the signature of the group that was received first: joining a later one changes no id.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.building.database import connect

if TYPE_CHECKING:
    import pyarrow as pa

    from orchestration.home import Home

_SIGNATURES = """
    create table signatures as
    select campaign_id, signature, received_at
    from read_parquet($signatures)
    where received_at <= $as_of
"""
# Few signatures are in a pair that joins: only they are looked at one by one.
_MEMBERS = """
    select signature
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
# said; the last of several.
JUDGED_PAIRS = """
    with decisions as (
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
        pairs.campaign_id, pairs.pair_id, pairs.signature_a, pairs.signature_b, pairs.kind, pairs.score, pairs.reason,
        last[1] as decision, last[2] as decided_by, last[3] as decided_on, last[4] as decision_reason,
        kind in ('same', 'overlap') and coalesce(last[1] = 'same', pairs.is_sure) as is_joined,
        kind = 'same' and not pairs.is_sure and last is null as is_open
    from read_parquet($pairs) as pairs
    left join decisions using (campaign_id, pair_id)
    where pairs.received_at <= $as_of
"""

_JOINING = f"""
    create table joining as
    select signature_a, signature_b, kind = 'same' and is_joined as is_own, is_joined, is_open
    from ({JUDGED_PAIRS})
    where is_joined or is_open
"""  # noqa: S608 - constants

_GROUPINGS = {"hazard_id": "is_own", "shared_hazard_id": "is_joined", "possible_hazard_id": "is_own or is_open"}


def pair_parameters(home: Home, as_of: datetime) -> dict[str, object]:
    """What JUDGED_PAIRS is asked with."""
    tables = {"pairs": "hazard_pairs", "decisions": "hazard_decisions", "campaigns": "campaigns"}
    return {"as_of": as_of, **{name: str(home.raw / table / "*.parquet") for name, table in tables.items()}}


def write_hazard_links(home: Home, as_of: datetime) -> int:
    """Write home/build/hazard_links.parquet: campaign, signature, hazard_id, shared_hazard_id, possible_hazard_id.

    `hazard_id` joins what one unit reported; `shared_hazard_id` also what two units reported (X7: shown, not deducted);
    `possible_hazard_id` also those pairs of one unit about which nobody has decided yet.

    Returns:
        The number of signatures.
    """
    import pyarrow as pa

    received = {"signatures": str(home.raw / "hazard_signatures" / "*.parquet"), "as_of": as_of}
    with connect(home) as connection:
        connection.execute(_SIGNATURES, received)
        connection.execute(_JOINING, pair_parameters(home, as_of))
        order = [signature for (signature,) in connection.execute(_MEMBERS).fetchall()]
        columns = {"signature": order}
        for name, joins in _GROUPINGS.items():
            pairs = connection.execute(f"select signature_a, signature_b from joining where {joins}").fetchall()  # noqa: S608 - constants
            columns[name] = list(first_of_group(order, pairs).values())
        groups = pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})
        connection.register("groups", groups)
        links = connection.sql(_LINKS).to_arrow_table()
    _write(links, home.hazard_links)
    return links.num_rows


def first_of_group(members: Iterable[str], pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The first member of each member's group; pairs join groups, in whatever order they come.

    Args:
        members: in the order that decides which one is first.
        pairs: of members; a pair with an unknown member joins nothing.
    """
    rank = {member: position for position, member in enumerate(members)}
    leader = {member: member for member in rank}

    def leader_of(member: str) -> str:
        while leader[member] != member:
            leader[member] = leader[leader[member]]
            member = leader[member]
        return member

    for one, other in pairs:
        if one in rank and other in rank:
            first, second = sorted((leader_of(one), leader_of(other)), key=rank.__getitem__)
            leader[second] = first
    return {member: leader_of(member) for member in rank}


def _write(table: pa.Table, target: Path) -> None:
    import pyarrow.parquet as pq

    partial = target.with_suffix(".partial")
    pq.write_table(table, partial)
    partial.replace(target)
