"""Finding the pairs of hazard lines worth comparing, comparing them, and storing what was found.

Belongs here: which lines are new, blocking, appending signatures and pairs to the raw zone. Does not belong here: the
comparison of two lines (hazard_identity.py), joining pairs to hazards (SQL and the build). The caller holds the lock.

A signature is compared when it is first received, with everything received before and beside it. What was compared
once is never compared again: a month costs what is new in it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from campaigns.ledger_model import HazardMatching
from ingest.hazards.hazard_identity import LIKE_ENTERPRISE, Subject, compare
from ingest.hazards.hazard_soil import Soil

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

    from campaigns.model import Campaign
    from ingest.raw.raw_zone import RawZone

_SUBJECT = "signature, unit_id, number_key, enterprise_key, hazard_key, found_on, place"

# Pairs that could be one hazard: one number in one unit; one enterprise but for places and sites, and days or first
# words that agree; one day and one beginning of the description, where the enterprise is written in two ways or not at
# all: of the many units that found the same on one day only those with like names are worth comparing.
_CANDIDATES = f"""
    with new as (select * from known where signature in (select signature from fresh)),

    pairs as (
        select new.signature as a, known.signature as b
        from new inner join known
            on new.campaign_id = known.campaign_id and new.unit_id = known.unit_id
            and new.number_key = known.number_key and new.number_key <> ''
        union
        select new.signature, known.signature
        from new inner join known
            on new.campaign_id = known.campaign_id and new.core = known.core
            and new.core <> ''
            and (new.site = known.site or new.site = '' or known.site = '')
            and (
                new.found_on is null or known.found_on is null
                or abs(date_diff('day', new.found_on, known.found_on)) <= $days
                or left(new.hazard_key, 4) = left(known.hazard_key, 4)
            )
        union
        select new.signature, known.signature
        from new inner join known
            on new.campaign_id = known.campaign_id and new.found_on = known.found_on
            and left(new.hazard_key, 6) = left(known.hazard_key, 6)
            and (
                new.core = '' or known.core = ''
                or levenshtein(new.core || new.site, known.core || known.site)
                <= $bytes_apart * length(new.core || new.site || known.core || known.site)
            )
    ),

    ordered as (select distinct least(a, b) as a, greatest(a, b) as b from pairs where a <> b)

    select
        one.campaign_id,
        {", ".join(f"one.{name.strip()}" for name in _SUBJECT.split(","))},
        {", ".join(f"other.{name.strip()}" for name in _SUBJECT.split(","))},
        greatest(one.received_at, other.received_at)
    from ordered
    inner join known as one on ordered.a = one.signature
    inner join known as other on ordered.b = other.signature
    order by one.signature, other.signature
"""  # noqa: S608 - constants

_FRESH = """
    select
        campaign_id, signature, min(unit_id) as unit_id, min(number_key) as number_key,
        min(enterprise_key) as enterprise_key, min(hazard_key) as hazard_key,
        min(found_on) as found_on, min(place) as place, min(received_at) as received_at
    from read_parquet($lines)
    where unit_id is not null and signature not in (select signature from read_parquet($signatures))
    group by campaign_id, signature
"""  # lists of which nobody knows whose they are were put aside; sent once more they have another signature

_TOLD = """
    select * from fresh
    union all by name
    select * exclude (batch_id) from read_parquet($signatures, union_by_name = true) where unit_id is not null
"""

_ENTERPRISES = f"select distinct campaign_id, enterprise_key from ({_TOLD}) where campaign_id <> ''"  # noqa: S608
_KNOWN = f"create table known as from ({_TOLD}) inner join names using (campaign_id, enterprise_key)"

# Names that are 0.85 alike differ in at most 0.15 of the characters of both; DuckDB counts bytes, up to 3 a character.
_BYTES_APART = 3 * (1 - LIKE_ENTERPRISE)
_MOST_ROWS = 50_000  # of pairs compared before the next ones are fetched: memory stays bounded


def match_new_lines(
    zone: RawZone,
    campaigns: Mapping[str, Campaign],
    now: datetime,
    limits: Mapping[str, Any] | None = None,
) -> int:
    """Compare every signature that is new in the raw zone; returns how many were.

    Args:
        zone: with its batches of hazard lines committed.
        campaigns: whose settings say what is sure and what is doubtful.
        now: Beijing time; names the batch.
        limits: DuckDB's settings of memory and disk.
    """
    import duckdb

    with duckdb.connect(config={**(limits or {}), "threads": 1}) as connection:
        files = {"lines": zone.glob("hazard_lines"), "signatures": zone.glob("hazard_signatures")}
        connection.execute(f"create table fresh as {_FRESH}", files)
        fresh = connection.table("fresh").count("*").fetchall()[0][0]
        if not fresh:
            return 0
        signatures = connection.table("fresh").order("campaign_id, signature").to_arrow_table()
        soils = _Soils(campaigns)
        known = {"signatures": files["signatures"]}
        connection.register("names", _names(connection.execute(_ENTERPRISES, known).fetchall(), soils))
        connection.execute(_KNOWN, known)
        pairs = list(_found_pairs(connection, campaigns, soils))
    zone.append(f"{now:%Y%m%dT%H%M%S%f}-hazards", {"hazard_signatures": signatures, "hazard_pairs": pairs})
    return fresh


class _Soils(dict[str, Soil]):
    """The soil of each campaign, made when it is first asked for."""

    def __init__(self, campaigns: Mapping[str, Campaign]) -> None:
        super().__init__()
        self._campaigns = campaigns

    def __missing__(self, campaign_id: str) -> Soil:
        soil = self[campaign_id] = Soil(self._campaigns.get(campaign_id))
        return soil


def _names(enterprises: list[tuple[str, str]], soils: _Soils) -> pa.Table:
    """What lines are blocked by: each enterprise's name without its places, and its site."""
    import pyarrow as pa

    columns = pa.schema([(name, pa.string()) for name in ("campaign_id", "enterprise_key", "core", "site")])
    rows = ((campaign_id, key, soils[campaign_id].names.read(key)) for campaign_id, key in enterprises)
    named = [(campaign_id, key, name.core, name.site) for campaign_id, key, name in rows]
    return pa.Table.from_pylist([dict(zip(columns.names, row, strict=True)) for row in named], schema=columns)


def _found_pairs(
    connection: duckdb.DuckDBPyConnection, campaigns: Mapping[str, Campaign], soils: _Soils
) -> Iterator[dict[str, Any]]:
    widest = max((campaign.hazard_matching.days_apart for campaign in campaigns.values()), default=0)
    candidates = connection.execute(_CANDIDATES, {"days": widest, "bytes_apart": _BYTES_APART})
    while rows := candidates.fetchmany(_MOST_ROWS):
        for campaign_id, *values, received_at in rows:
            one, other = Subject(*values[:7]), Subject(*values[7:])
            campaign = campaigns.get(campaign_id)
            settings = campaign.hazard_matching if campaign else HazardMatching()
            if found := compare(one, other, settings, soils[campaign_id]):
                yield {
                    "campaign_id": campaign_id,
                    "pair_id": pair_id_of(one.signature, other.signature),
                    "signature_a": one.signature,
                    "signature_b": other.signature,
                    **found._asdict(),
                    "received_at": received_at,
                }


def pair_id_of(one: str, other: str) -> str:
    """The same for the same two signatures in either order."""
    return hashlib.sha256("|".join(sorted((one, other))).encode()).hexdigest()[:12]
