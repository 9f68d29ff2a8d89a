"""A figure that the hazard ledger can prove: what the form says, what the ledger counts, and every hazard behind it.

Belongs here: the ledger's side of one item and period, counted once more hazard by hazard. Does not belong here: cells
of forms (traced_cells.py), the life of one hazard (hazard_trace.py), which hazard counts and why not (the model
fct_ledger_spans).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from orchestration.home import Home
from orchestration.snapshot import MartSnapshot
from orchestration.tracing.hazard_status import statuses_on

Key = tuple[str, str, str, str, str]  # campaign, form, period, item, part


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One hazard of a unit: whether it counts for the item at the cut-off, why, and the line that speaks of it."""

    hazard_id: str
    hazard_number: str | None
    enterprise: str | None
    hazard_text: str | None
    level: str | None
    source: str | None
    found_on: date | None
    status_at_cutoff: str | None  # as in statuses_on
    is_counted: bool
    reason: str
    file_name: str | None
    file_sha256: str | None
    archive_path: Path | None
    source_row: str


@dataclass(frozen=True, slots=True)
class LedgerSide:
    """What the ledger says where a form says a figure; `rows` only where one unit was asked for."""

    unit_id: str
    cutoff_on: date
    ledger_value: Decimal
    rows: tuple[LedgerRow, ...]
    agrees: bool  # the hazards that count are as many as the ledger's count says


_COUNTS = """
    select * from fct_ledger_counts
    where campaign_id = ? and form_id = ? and period = ? and item_code = ? and part = ?
"""

# Without a span, major hazards were not found yet; of a figure that differs, fct_ledger_difference_rows knows more.
_HAZARDS = """
    select hazards.*, sent.file_name, sent.file_sha256, coalesce(spans.reason = 'counted', false) as is_counted,
        case
            when explained.reason is not null then explained.reason
            when spans.reason = 'other_source' and hazards.source is null then 'no_source'
            when spans.reason is not null then spans.reason
            when hazards.level = 'major' then 'found_after_cutoff'
            when hazards.level is null then 'no_level'
            else 'not_major'
        end as reason
    from fct_ledger_counts as counts
    inner join fct_hazards as hazards using (campaign_id, unit_id)
    left join fct_ledger_spans as spans
        on hazards.campaign_id = spans.campaign_id and hazards.hazard_id = spans.hazard_id
        and counts.form_id = spans.form_id and counts.item_code = spans.item_code and counts.part = spans.part
        and spans.from_on <= counts.cutoff_on and coalesce(counts.cutoff_on < spans.until_on, true)
    left join fct_ledger_difference_rows as explained
        on counts.campaign_id = explained.campaign_id and counts.form_id = explained.form_id
        and counts.period = explained.period and counts.item_code = explained.item_code
        and counts.part = explained.part and counts.unit_id = explained.unit_id
        and hazards.hazard_id = explained.hazard_id
    left join fct_submissions as sent on hazards.submission_id = sent.submission_id
    where counts.campaign_id = ? and counts.form_id = ? and counts.period = ? and counts.item_code = ?
        and counts.part = ? and counts.unit_id = ?
    order by hazards.found_on nulls last, hazards.hazard_number nulls last, hazards.hazard_id
"""


def ledger_sides(home: Home, snapshot: MartSnapshot, key: Key, unit_id: str | None) -> tuple[LedgerSide, ...]:
    """The ledger's count for every unit that has sent a hazard list, with its hazards for the one that is asked for.

    Args:
        home: where the files are kept.
        snapshot: the published marts.
        key: campaign, form, period, item and part.
        unit_id: the unit whose hazards are listed; None lists none.
    """
    if not snapshot.holds("fct_ledger_spans"):
        return ()
    counts = [row for row in snapshot.rows(_COUNTS, key) if unit_id in (None, row["unit_id"])]
    return tuple(_side(home, snapshot, key, row, with_rows=unit_id is not None) for row in counts)


def _side(home: Home, snapshot: MartSnapshot, key: Key, count: Mapping[str, Any], *, with_rows: bool) -> LedgerSide:
    rows = _rows(home, snapshot, key, count) if with_rows else ()
    return LedgerSide(
        unit_id=count["unit_id"],
        cutoff_on=count["cutoff_on"],
        ledger_value=count["ledger_value"],
        rows=rows,
        agrees=not with_rows or count["ledger_value"] == sum(row.is_counted for row in rows),
    )


def _rows(home: Home, snapshot: MartSnapshot, key: Key, count: Mapping[str, Any]) -> tuple[LedgerRow, ...]:
    hazards = snapshot.rows(_HAZARDS, (*key, count["unit_id"]))
    statuses = statuses_on(snapshot, key[0], (hazard["hazard_id"] for hazard in hazards), count["cutoff_on"])
    return tuple(
        LedgerRow(
            **{name: hazard[name] for name in LedgerRow.__slots__ if name in hazard},
            status_at_cutoff=statuses[hazard["hazard_id"]],
            archive_path=home.archived(hazard["file_sha256"]),
        )
        for hazard in hazards
    )
