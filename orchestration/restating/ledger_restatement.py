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

from orchestration.snapshot import MartSnapshot, rows_of
from orchestration.tracing.ledger_trace import LedgerRow, ledger_sides

if TYPE_CHECKING:
    import duckdb

    from campaigns.model import Campaign
    from orchestration.restating.compared_nights import ComparedNights


@dataclass(frozen=True, slots=True)
class HazardChange:
    """One hazard that began (+1) or ceased (-1) to count.

    kind: `new_line` (a list received since speaks of it for the first time), `newer_line` (a list received since says
    otherwise), `decision` (a person's word on a doubtful pair), `joined` (it is now part of another hazard),
    `definition` (the campaign's data changed).
    """

    hazard_id: str
    hazard_number: str | None
    effect: int
    kind: str
    reason: str  # why it counts, or no longer
    file_name: str | None
    file_sha256: str | None
    source_row: str | None
    decided_by: str | None = None
    decided_on: date | None = None


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

_DECIDED = """
    select after.unit_id, after.decided_by, after.decided_on
    from later.marts.rpt_hazard_doubts as after
    left join earlier.marts.rpt_hazard_doubts as before using (campaign_id, pair_id)
    where campaign_id = $campaign and after.decision is distinct from before.decision and after.decision is not null
"""


def restated_counts(nights: ComparedNights, campaign: Campaign) -> tuple[RestatedCount, ...]:
    """The ledger's counts that changed; empty where a night was published before there were any."""
    if not all(night.holds("fct_ledger_spans") for night in (nights.before, nights.after)):
        return ()
    asked = {"campaign": campaign.campaign_id}
    names = {unit.unit_id: unit.unit_name for unit in campaign.units}
    with nights.connect() as connection:
        counts = rows_of(connection, _COUNTS, asked)
        decided = decided_since(nights, connection, campaign.campaign_id)
    return tuple(
        RestatedCount(
            **count,
            unit_name=names.get(count["unit_id"], count["unit_id"]),
            hazards=tuple(_changes(nights, campaign.campaign_id, count, decided.get(count["unit_id"], {}))),
        )
        for count in counts
    )


def decided_since(
    nights: ComparedNights, connection: duckdb.DuckDBPyConnection, campaign_id: str
) -> dict[str, Mapping[str, Any]]:
    """By unit: who decided, and when, about a doubtful pair of it between the nights."""
    if not all(night.holds("rpt_hazard_doubts") for night in (nights.before, nights.after)):
        return {}
    return {row.pop("unit_id"): row for row in rows_of(connection, _DECIDED, {"campaign": campaign_id})}


def _changes(
    nights: ComparedNights, campaign_id: str, count: Mapping[str, Any], decided: Mapping[str, Any]
) -> Iterator[HazardChange]:
    before, after = (_rows(nights, night, campaign_id, count) for night in (nights.before, nights.after))
    for hazard_id in sorted(before.keys() | after.keys()):
        old, new = before.get(hazard_id), after.get(hazard_id)
        effect = int(new.is_counted if new else False) - int(old.is_counted if old else False)
        if not effect:
            continue
        kind = _kind(old, new, bool(decided))
        row = new or old
        assert row is not None  # noqa: S101 - the id stands in one of the two
        yield HazardChange(
            hazard_id=hazard_id,
            hazard_number=row.hazard_number,
            effect=effect,
            kind=kind,
            reason=new.reason if new else "joined",
            file_name=row.file_name,
            file_sha256=row.file_sha256,
            source_row=row.source_row,
            **(decided if kind == "decision" else {}),
        )


def _kind(old: LedgerRow | None, new: LedgerRow | None, is_decided: bool) -> str:
    if new is None:
        return "decision" if is_decided else "joined"
    if old is not None and old.file_sha256 == new.file_sha256:
        return "decision" if is_decided else "definition"
    return "new_line" if old is None else "newer_line"


def _rows(
    nights: ComparedNights, night: MartSnapshot, campaign_id: str, count: Mapping[str, Any]
) -> dict[str, LedgerRow]:
    key = (campaign_id, count["form_id"], count["period"], count["item_code"], count["part"])
    return {row.hazard_id: row for side in ledger_sides(nights.home, night, key, count["unit_id"]) for row in side.rows}
