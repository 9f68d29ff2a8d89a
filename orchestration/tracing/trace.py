"""From a printed figure to the cells it came from: the proof chain backwards.

Belongs here: the answer for one item of one period, with its sum added up once more. Does not belong here: reading
cells (traced_cells.py), how it is printed (commands/questions.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from campaigns.model import Form, Item, Part
from campaigns.vocabulary import Aggregation
from orchestration.errors import PlainError
from orchestration.home import Home
from orchestration.snapshot import MartSnapshot
from orchestration.tracing.ledger_trace import LedgerSide, ledger_sides
from orchestration.tracing.overlap_trace import Overlap, overlap_of
from orchestration.tracing.ranking import RankedValue, ranked
from orchestration.tracing.traced_cells import CellReader, TracedCell


@dataclass(frozen=True, slots=True)
class TracedTotal:
    """A printed total, and the same cells added up once more here."""

    total_scope: str
    value: Decimal | None
    of_units: int | None
    month_value: Decimal | None
    units_expected: int
    units_received: int
    units_counted: int
    added_up: Decimal
    added_up_units: int
    added_up_month: Decimal | None
    agrees: bool


@dataclass(frozen=True, slots=True)
class Trace:
    campaign_id: str
    form_id: str
    period: str
    item_code: str
    part: str
    other_parts: tuple[str, ...]
    indicator_name: str
    measure_unit: str
    kind: str
    aggregation: str
    as_of: datetime | None
    totals: tuple[TracedTotal, ...]
    cells: tuple[TracedCell, ...]
    earlier_versions: tuple[TracedCell, ...]
    ledger: tuple[LedgerSide, ...]  # where the hazard ledger can prove the item
    overlap: Overlap  # of the total over all units: hazards that several units told, and both readings
    ranks: tuple[RankedValue, ...]  # over all units, whichever was asked for; empty unless asked for

    @property
    def agrees(self) -> bool:
        """Every total is the sum of its cells, every cell and step as received, every ledger count its hazards.

        Both readings of a total that holds a hazard twice are its cells and the reports between them.
        """
        return (
            all(total.agrees for total in self.totals)
            and all(cell.matches_raw is not False and cell.step_agrees for cell in self.cells)
            and all(side.agrees for side in self.ledger)
            and self.overlap.agrees
        )


def split_item(text: str) -> tuple[str, str | None]:
    """`3.3.amount` → ("3.3", "amount"); `1.1` → ("1.1", None)."""
    code, _, last = text.rpartition(".")
    return (code, last) if last.isidentifier() else (text, None)


def trace_figure(
    home: Home,
    snapshot: MartSnapshot,
    campaign_id: str,
    form: Form,
    period: str,
    item: str,
    *,
    unit_id: str | None = None,
    with_previous: bool = False,
    with_ranks: bool = False,
) -> Trace:
    """Follow one figure back; `with_previous` also the figure that the increment subtracts, `with_ranks` who is where.

    Raises PlainError when the form has no such item, or nothing is published for the period.
    """
    spec, part, others = _item_of(form, item)
    reader = CellReader(home, snapshot, campaign_id, form.form_id, spec.code, part.part)
    earlier = _previous_period(snapshot, campaign_id, form.form_id, period) if with_previous else None
    before = {cell.unit_id: cell for cell in reader.cells(earlier)} if earlier else {}
    everyone = reader.cells(period, before)
    if not everyone:
        raise PlainError(
            f"已发布的数据里没有 {period} 的 {spec.code}（{spec.name}）。 "
            f"Nothing is published for {period} {spec.code}."
        )
    key = (campaign_id, form.form_id, period, spec.code, part.part)
    added_up = sum((cell.value for cell in everyone if cell.value is not None), Decimal(0))
    return Trace(
        *key,
        other_parts=others,
        indicator_name=spec.name,
        measure_unit=part.measure_unit,
        kind=part.kind.value,
        aggregation=spec.aggregation.value,
        as_of=snapshot.as_of,
        totals=tuple(_total(row, everyone, spec.aggregation) for row in snapshot.rows(_TOTALS, key)),
        cells=tuple(cell for cell in everyone if unit_id in (None, cell.unit_id)),
        earlier_versions=tuple(cell for cell in reader.other_versions(period) if unit_id in (None, cell.unit_id)),
        ledger=ledger_sides(home, snapshot, key, unit_id),
        overlap=overlap_of(home, snapshot, key, added_up),
        ranks=ranked((cell.unit_id, cell.unit_name, cell.value) for cell in everyone) if with_ranks else (),
    )


_TOTALS = """
    select * from rpt_progress_totals
    where campaign_id = ? and form_id = ? and period = ? and item_code = ? and part = ?
    order by case total_scope when 'territory' then 1 when 'city_level' then 2 else 3 end
"""


def _item_of(form: Form, text: str) -> tuple[Item, Part, tuple[str, ...]]:
    """The item, the part that is meant (the first where none is named), and the names of its other parts."""
    code, name = split_item(text)
    spec = next((item for item in form.items if item.code == code), None)
    parts: dict[str, Part] = {part.part: part for part in spec.parts} if spec else {}
    if spec is None or (name is not None and name not in parts):
        known = "、".join(f"{item.code}.{p.part}" for item in form.items for p in item.parts if len(item.parts) > 1)
        raise PlainError(
            f"报表 {form.form_id} 没有 {text} 这一项；应写成 1.1 的样子，有两个数的写 {known}。 "
            f"There is no item {text}."
        )
    chosen = parts[name or spec.parts[0].part]
    return spec, chosen, tuple(p for p in parts if p != chosen.part)


def _previous_period(snapshot: MartSnapshot, campaign_id: str, form_id: str, period: str) -> str | None:
    query = "select previous_period from dim_reporting_periods where campaign_id = ? and form_id = ? and period = ?"
    rows = snapshot.rows(query, (campaign_id, form_id, period))
    return rows[0]["previous_period"] if rows else None


def _total(row: Mapping[str, Any], cells: Sequence[TracedCell], aggregation: Aggregation) -> TracedTotal:
    """Add the cells of one scope up once more and compare with the printed total."""
    inside = [cell for cell in cells if row["total_scope"] in ("all", cell.reporting_scope)]
    counted = [cell.value for cell in inside if cell.value is not None]
    is_yes_no = aggregation is Aggregation.N_OF_M
    added_up = Decimal(sum(value == 1 for value in counted)) if is_yes_no else sum(counted, Decimal(0))
    gains = [cell.month_value for cell in inside if cell.month_value is not None]
    added_up_month = None if is_yes_no else sum(gains, Decimal(0))
    return TracedTotal(
        total_scope=row["total_scope"],
        value=row["cumulative_value"],
        of_units=row["of_units"],
        month_value=row["month_value"],
        units_expected=row["units_expected"],
        units_received=row["units_received"],
        units_counted=row["units_counted"],
        added_up=added_up,
        added_up_units=len(counted),
        added_up_month=added_up_month,
        agrees=(row["cumulative_value"] or 0) == added_up
        and row["units_counted"] == len(counted)
        and (row["month_value"] or 0) == (added_up_month or 0),
    )
