"""Decisions on doubtful pairs of hazards that were taken, taken back or reversed between two nights.

Belongs here: finding them, and which hazards a pair names. Does not belong here: what they change
(ledger_restatement.py, evidence.py), how they read (row_wording.py).

Pairs of two units are left out: a decision on one changes no unit's hazards and no figure of theirs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from orchestration.snapshot import rows_of

if TYPE_CHECKING:
    import duckdb

    from orchestration.restating.compared_nights import ComparedNights

Names = frozenset[object]  # what a hazard is known by: its number, and its enterprise with its words


@dataclass(frozen=True, slots=True)
class DecidedPair:
    """What was decided on a pair at both nights, by whom and when; null where nothing was.

    Who takes a decision back removes its row, and is not known.
    """

    pair_id: str
    names: Names
    decision: str | None
    decided_by: str | None
    decided_on: date | None
    decision_before: str | None
    decided_by_before: str | None
    decided_on_before: date | None

    @property
    def kind(self) -> str:
        if self.decision_before is None:
            return "decision"
        return "decision_withdrawn" if self.decision is None else "decision_changed"

    @property
    def separates(self) -> bool:
        """Two hazards stand again where one did: neither is new, though a list that came since names them."""
        return self.decision_before == "same"

    def told(self) -> dict[str, Any]:
        """For the record of a cause."""
        told = {name: getattr(self, name) for name in self.__slots__ if name != "names"}
        return {"kind": self.kind, **told}


_DECIDED = """
    select pair_id, coalesce(after.unit_id, before.unit_id) as unit_id,
        coalesce(after.hazard_number, before.hazard_number) as hazard_number,
        coalesce(after.enterprise, before.enterprise) as enterprise,
        coalesce(after.hazard_text, before.hazard_text) as hazard_text,
        coalesce(after.other_hazard_number, before.other_hazard_number) as other_hazard_number,
        coalesce(after.other_enterprise, before.other_enterprise) as other_enterprise,
        coalesce(after.other_hazard_text, before.other_hazard_text) as other_hazard_text,
        after.decision, after.decided_by, after.decided_on, before.decision as decision_before,
        before.decided_by as decided_by_before, before.decided_on as decided_on_before
    from (from earlier.marts.rpt_hazard_doubts where campaign_id = $campaign) as before
    full join (from later.marts.rpt_hazard_doubts where campaign_id = $campaign) as after using (pair_id)
    where before.decision is distinct from after.decision and coalesce(after.kind, before.kind) = 'same'
    order by pair_id
"""

_HAZARDS = """
    select hazard_id, hazard_number, enterprise, hazard_text
    from (from earlier.marts.fct_hazards union all by name from later.marts.fct_hazards)
    where campaign_id = $campaign and list_contains($units, unit_id)
"""


@dataclass(frozen=True, slots=True)
class Decided:
    """By unit the pairs, by hazard of these units its names at both nights."""

    pairs: Mapping[str, Sequence[DecidedPair]]
    hazards: Mapping[str, Names]

    def naming(self, unit_id: str, hazard_id: str) -> list[DecidedPair]:
        """The unit's pairs of which the hazard is one; of a hazard that was reworded since none may be."""
        names = self.hazards.get(hazard_id, frozenset())
        return [pair for pair in self.pairs.get(unit_id, ()) if pair.names & names]


def decided_between(nights: ComparedNights, connection: duckdb.DuckDBPyConnection, campaign_id: str) -> Decided:
    """What the catalogs `earlier` and `later` know otherwise of decisions; nothing where one knows no doubts."""
    if not all(night.holds("rpt_hazard_doubts") for night in (nights.before, nights.after)):
        return Decided({}, {})
    pairs: dict[str, list[DecidedPair]] = defaultdict(list)
    for row in rows_of(connection, _DECIDED, {"campaign": campaign_id}):
        names = _names(row) | _names(row, "other_")
        taken = {name: row[name] for name in DecidedPair.__slots__ if name in row}
        pairs[row["unit_id"]].append(DecidedPair(names=names, **taken))
    hazards: dict[str, Names] = defaultdict(frozenset)
    if pairs:
        for row in rows_of(connection, _HAZARDS, {"campaign": campaign_id, "units": list(pairs)}):
            hazards[row["hazard_id"]] |= _names(row)
    return Decided(pairs, hazards)


def _names(row: Mapping[str, Any], side: str = "") -> Names:
    number, enterprise, text = (row[f"{side}{name}"] for name in ("hazard_number", "enterprise", "hazard_text"))
    return frozenset(name for name in (number, (enterprise, text) if enterprise and text else None) if name)
