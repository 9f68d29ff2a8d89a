"""Which signatures are one hazard, as of a moment: the pairs found and the decisions taken, joined to groups.

Belongs here: joining pairs to groups and writing them where the models read them. Does not belong here: finding pairs
(ingest.hazard_matching), what a hazard went through (SQL). Groups are made anew in every build from what is stored, so
a decision taken back leaves no trace in the figures.

A hazard takes its id from the signature of the group that was received first: joining a later one changes no id.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from orchestration.home import Home

_SIGNATURES = """
    select campaign_id, signature
    from read_parquet($signatures)
    where received_at <= $as_of
    order by received_at, signature
"""

# A decision counts for the pair it names, whatever the comparison said; the last of several.
_PAIRS = """
    with decisions as (
        select campaign_id, pair_id, arg_max(decision, (decided_on, loaded_at)) as decision
        from read_parquet($decisions)
        where
            decided_on <= cast($as_of as date)
            and snapshot_id in (select arg_max(snapshot_id, (loaded_at, batch_id)) from read_parquet($campaigns)
                                where loaded_at <= $as_of group by campaign_id)
        group by campaign_id, pair_id
    )

    select pairs.signature_a, pairs.signature_b, pairs.kind
    from read_parquet($pairs) as pairs
    left join decisions using (campaign_id, pair_id)
    where
        pairs.received_at <= $as_of
        and pairs.kind in ('same', 'overlap')
        and coalesce(decisions.decision = 'same', pairs.is_sure)
"""

_READ = ("hazard_signatures", "hazard_pairs", "hazard_decisions", "campaigns")


def write_hazard_links(home: Home, as_of: datetime) -> int:
    """Write home/build/hazard_links.parquet: campaign, signature, hazard_id, shared_hazard_id.

    `hazard_id` joins what one unit reported; `shared_hazard_id` also what two units reported (X7: shown, not deducted).

    Returns:
        The number of signatures.
    """
    import duckdb
    import pyarrow as pa

    files = {name: str(home.raw / name / "*.parquet") for name in _READ}
    with duckdb.connect() as connection:
        signatures = connection.execute(
            _SIGNATURES, {"signatures": files["hazard_signatures"], "as_of": as_of}
        ).fetchall()
        of_pairs = {
            "pairs": files["hazard_pairs"],
            "decisions": files["hazard_decisions"],
            "campaigns": files["campaigns"],
        }
        pairs = connection.execute(_PAIRS, {**of_pairs, "as_of": as_of}).fetchall()
    order = [signature for _, signature in signatures]
    own = first_of_group(order, ((a, b) for a, b, kind in pairs if kind == "same"))
    shared = first_of_group(order, ((a, b) for a, b, _ in pairs))
    table = pa.table(
        {
            "campaign_id": pa.array([campaign_id for campaign_id, _ in signatures], pa.string()),
            "signature": pa.array(order, pa.string()),
            "hazard_id": pa.array([own[signature] for signature in order], pa.string()),
            "shared_hazard_id": pa.array([shared[signature] for signature in order], pa.string()),
        }
    )
    _write(table, home.hazard_links)
    return len(order)


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


def _write(table: object, target: Path) -> None:
    import pyarrow.parquet as pq

    partial = target.with_suffix(".partial")
    pq.write_table(table, partial)
    partial.replace(target)
