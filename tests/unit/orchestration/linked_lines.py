"""Lines of hazard lists received into a real raw zone, what a person decided of them, and how they are linked."""

from __future__ import annotations

from datetime import date, datetime

import duckdb

from campaigns.load import load_campaign
from campaigns.strict import as_compared
from ingest.hazards.hazard_identity import enterprise_key, signature_of
from ingest.hazards.hazard_matching import match_new_lines
from ingest.raw.raw_zone import RawZone
from orchestration.building.hazard_links import write_hazard_links
from orchestration.home import Home

CAMPAIGN = "haicheng_2023"
GUSHAN, CHAGOU, BUREAU = "210381101", "210381102", "210381D01"
JUNE, JULY, AUGUST = datetime(2023, 6, 25, 17), datetime(2023, 7, 25, 17), datetime(2023, 8, 25, 17)
DUCT = "喷漆房未设置可燃气体报警装置，风管积尘严重"


def line(
    unit: str,
    hazard: str,
    at: datetime,
    number: str = "",
    enterprise: str = "甲化工有限公司",
    place: str | None = None,
) -> dict[str, object]:
    found_on = date(2023, 6, 5)
    keys = (number, enterprise_key(enterprise), as_compared(hazard))
    return {
        "submission_id": f"{unit}-{at:%m}",
        "campaign_id": CAMPAIGN,
        "unit_id": unit,
        "row_number": 1,
        "signature": signature_of(CAMPAIGN, unit, *keys, found_on),
        **dict(zip(("number_key", "enterprise_key", "hazard_key"), keys, strict=True)),
        "found_on": found_on,
        "place": place,
        "received_at": at,
    }


def receive(home: Home, at: datetime, *lines: dict[str, object]) -> int:
    zone = RawZone(home.raw)
    zone.append(f"{at:%Y%m%dT%H%M%S}-received", {"hazard_lines": lines})
    return match_new_lines(zone, {CAMPAIGN: load_campaign(CAMPAIGN)}, at)


def links(home: Home, as_of: datetime) -> dict[str, tuple[str, str]]:
    write_hazard_links(home, as_of, {CAMPAIGN: load_campaign(CAMPAIGN)})
    rows = duckdb.execute(
        "select signature, hazard_id, shared_hazard_id from read_parquet($1)", [str(home.hazard_links)]
    )
    return {signature: (own, shared) for signature, own, shared in rows.fetchall()}


def own_of(home: Home, as_of: datetime) -> dict[object, str]:
    return {signature: own for signature, (own, _) in links(home, as_of).items()}


def possible_of(home: Home, as_of: datetime) -> dict[object, str]:
    links(home, as_of)
    rows = duckdb.execute("select signature, possible_hazard_id from read_parquet($1)", [str(home.hazard_links)])
    return dict(rows.fetchall())


def decide(home: Home, at: datetime, pair_id: str, decision: str) -> None:
    """Append a campaign snapshot that holds this one decision."""
    stamp = {"campaign_id": CAMPAIGN, "snapshot_id": f"{at:%m}", "loaded_at": at}
    row = {"pair_id": pair_id, "decision": decision, "decided_on": at.date(), **stamp}
    RawZone(home.raw).append(f"{at:%Y%m%dT%H%M%S}-campaigns", {"campaigns": [stamp], "hazard_decisions": [row]})
