"""Which hazard of the ledger a person means: by its id, or by a number that its unit gives it or once gave it.

Belongs here: finding its row. Does not belong here: following it (hazard_trace.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orchestration.building.database import connect
from orchestration.errors import PlainError
from orchestration.snapshot import latest_units, rows_of

if TYPE_CHECKING:
    from orchestration.home import Home
    from orchestration.snapshot import MartSnapshot

_FOUND = f"""
    select hazards.*, units.unit_name
    from fct_hazards as hazards
    left join {latest_units()} as units on hazards.campaign_id = units.campaign_id and hazards.unit_id = units.unit_id
    where hazards.campaign_id = ? and (list_contains(?, hazards.hazard_id) or hazards.hazard_number = ?)
      and hazards.unit_id = coalesce(?, hazards.unit_id)
    order by hazards.unit_id, hazards.hazard_id
"""  # noqa: S608 - constants

# A list numbered anew leaves older numbers in letters and in files.
_ONCE_NUMBERED = """
    select distinct links.hazard_id
    from read_parquet($lines, union_by_name = true) as lines
    inner join read_parquet($links) as links using (campaign_id, signature)
    where lines.campaign_id = $campaign_id and lines.hazard_number = $number
"""


def named_hazard(
    home: Home, snapshot: MartSnapshot, campaign_id: str, hazard: str, unit_id: str | None
) -> dict[str, Any]:
    """The row of fct_hazards with its unit's name; PlainError when none or several are called so.

    Args:
        home: with the raw zone, for numbers that are no longer in use.
        snapshot: the published marts.
        campaign_id: whose ledger.
        hazard: hazard_id or hazard_number.
        unit_id: whose number it is, where two units use the same.
    """
    found = snapshot.rows(_FOUND, (campaign_id, [hazard], hazard, unit_id))
    if not found and (once := _once_numbered(home, campaign_id, hazard)):
        found = snapshot.rows(_FOUND, (campaign_id, once, hazard, unit_id))
    if len(found) != 1:
        known = "、".join(f"{row['unit_name']} {row['hazard_id']}" for row in found)
        reason = f"“{hazard}”可能是 {known}，请用 --unit 或台账编号指明。" if found else f"台账里没有隐患 {hazard}。"
        raise PlainError(f"{reason} {len(found)} hazards are called {hazard}.")
    return found[0]


def _once_numbered(home: Home, campaign_id: str, number: str) -> list[str]:
    if not home.hazard_links.is_file() or not any((home.raw / "hazard_lines").glob("*.parquet")):
        return []
    files = {"lines": str(home.raw / "hazard_lines" / "*.parquet"), "links": str(home.hazard_links)}
    with connect(home) as connection:
        asked = {**files, "campaign_id": campaign_id, "number": number}
        return [row["hazard_id"] for row in rows_of(connection, _ONCE_NUMBERED, asked)]
