"""What was restated in the hazard ledger's counts between two nights: every hazard that began or ceased to count.

Belongs here: the counts of fct_ledger_counts that changed, hazard by hazard, as a trace lists them at both nights. Does
not belong here: figures of forms (restatement.py), which hazard counts (the model fct_ledger_spans).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from orchestration.restating.evidence import Evidence, evidence_between
from orchestration.snapshot import MartSnapshot, rows_of
from orchestration.tracing.ledger_trace import LedgerRow, ledger_sides

if TYPE_CHECKING:
    from campaigns.model import Campaign
    from orchestration.restating.compared_nights import ComparedNights


@dataclass(frozen=True, slots=True)
class HazardChange:
    """One hazard that began (+1) or ceased (-1) to count.

    kind: `new_line` (a list received since speaks of it for the first time), `newer_line` (a list received since says
    otherwise), `decision`, `decision_withdrawn`, `decision_changed` (as in RowCause), `joined` (it is now part of
    another hazard), `definition` (the campaign's data changed).
    """

    hazard_id: str
    hazard_number: str | None
    effect: int
    kind: str
    reason: str  # why it counts, or no longer
    file_name: str | None
    file_sha256: str | None
    source_row: str | None
    pair_id: str | None = None
    decision: str | None = None
    decided_by: str | None = None
    decided_on: date | None = None
    decision_before: str | None = None
    decided_by_before: str | None = None
    decided_on_before: date | None = None


@dataclass(frozen=True, slots=True)
class RestatedCount:
    form_id: str
    period: str
    unit_id: str
    unit_name: str
    item_code: str
    part: str
    value_before: Decimal
    value_after: Decimal
    hazards: tuple[HazardChange, ...]

    @property
    def agrees(self) -> bool:
        return sum(hazard.effect for hazard in self.hazards) == self.value_after - self.value_before


_COUNTS = """
    select after.form_id, after.period, after.unit_id, after.item_code, after.part,
        before.ledger_value as value_before, after.ledger_value as value_after
    from earlier.marts.fct_ledger_counts as before
    inner join later.marts.fct_ledger_counts as after
        using (campaign_id, form_id, unit_id, period, item_code, part)
    where campaign_id = $campaign and before.ledger_value <> after.ledger_value
    order by after.form_id, after.period, after.unit_id, after.item_code, after.part
"""


def restated_counts(nights: ComparedNights, campaign: Campaign) -> tuple[RestatedCount, ...]:
    """The ledger's counts that changed; empty where a night was published before there were any."""
    if not all(night.holds("fct_ledger_spans") for night in (nights.before, nights.after)):
        return ()
    asked = {"campaign": campaign.campaign_id}
    names = {unit.unit_id: unit.unit_name for unit in campaign.units}
    with nights.connect() as connection:
        counts = rows_of(connection, _COUNTS, asked)
        evidence = evidence_between(nights, connection, campaign.campaign_id)
    return tuple(
        RestatedCount(
            **count,
            unit_name=names.get(count["unit_id"], count["unit_id"]),
            hazards=tuple(_changes(nights, campaign.campaign_id, count, evidence)),
        )
        for count in counts
    )


def _changes(
    nights: ComparedNights, campaign_id: str, count: Mapping[str, Any], evidence: Evidence
) -> Iterator[HazardChange]:
    before, after = (_rows(nights, night, campaign_id, count) for night in (nights.before, nights.after))
    for hazard_id in sorted(before.keys() | after.keys()):
        old, new = before.get(hazard_id), after.get(hazard_id)
        effect = int(new.is_counted if new else False) - int(old.is_counted if old else False)
        if not effect:
            continue
        row = new or old
        assert row is not None  # noqa: S101 - the id stands in one of the two
        yield HazardChange(
            hazard_id=hazard_id,
            hazard_number=row.hazard_number,
            effect=effect,
            reason=new.reason if new else "joined",
            file_name=row.file_name,
            file_sha256=row.file_sha256,
            source_row=row.source_row,
            **_because(old, new, count["unit_id"], evidence),
        )


def _because(old: LedgerRow | None, new: LedgerRow | None, unit_id: str, evidence: Evidence) -> dict[str, Any]:
    """The line that came since, unless it only tells again what a decision took apart; else a decision, or neither."""
    row = new or old
    pairs = evidence.decided.naming(unit_id, row.hazard_id) if row else []
    is_since = new is not None and any(sent["file_sha256"] == new.file_sha256 for sent in evidence.sent.values())
    if is_since and not any(pair.separates for pair in pairs):
        return {"kind": "new_line" if old is None else "newer_line"}
    has_sent = evidence.has_sent(unit_id)
    of_unit = () if has_sent else evidence.decided.pairs.get(unit_id, ())
    for pair in (*pairs, *of_unit):
        return pair.told()
    if new is None:
        return {"kind": "joined"}
    return {"kind": "newer_line" if has_sent else "definition"}


def _rows(
    nights: ComparedNights, night: MartSnapshot, campaign_id: str, count: Mapping[str, Any]
) -> dict[str, LedgerRow]:
    key = (campaign_id, count["form_id"], count["period"], count["item_code"], count["part"])
    return {row.hazard_id: row for side in ledger_sides(nights.home, night, key, count["unit_id"]) for row in side.rows}
