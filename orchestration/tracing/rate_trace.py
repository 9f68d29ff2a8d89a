"""A rate between two figures of a form, such as 1.2/1.1 (整改率): numerator and denominator down to their cells.

Belongs here: the division, scope by scope and unit by unit. Does not belong here: either of the two figures (trace.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from campaigns.model import Form
from orchestration.home import Home
from orchestration.snapshot import MartSnapshot
from orchestration.tracing.ranking import RankedValue, ranked
from orchestration.tracing.trace import Trace, trace_figure

_DIGITS = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class TracedRate:
    """A rate of a scope's totals or of one unit; null where one of the two is unknown or the denominator is zero."""

    name: str
    unit_id: str | None
    numerator: Decimal | None
    denominator: Decimal | None
    rate: Decimal | None


@dataclass(frozen=True, slots=True)
class RateTrace:
    numerator: Trace
    denominator: Trace
    totals: tuple[TracedRate, ...]
    units: tuple[TracedRate, ...]
    ranks: tuple[RankedValue, ...]

    @property
    def agrees(self) -> bool:
        return self.numerator.agrees and self.denominator.agrees


def trace_rate(
    home: Home,
    snapshot: MartSnapshot,
    campaign_id: str,
    form: Form,
    period: str,
    items: str,
    *,
    unit_id: str | None = None,
    with_previous: bool = False,
    with_ranks: bool = False,
) -> RateTrace:
    """Follow a rate, written as numerator/denominator, back to both; raises PlainError as `trace_figure` does."""
    above, below = (
        trace_figure(
            *(home, snapshot, campaign_id, form, period, item.strip()),
            unit_id=unit_id,
            with_previous=with_previous,
            with_ranks=True,
        )
        for item in items.split("/", 1)
    )
    under = {one.unit_id: one.value for one in below.ranks}
    of_scopes = {total.total_scope: total.value for total in below.totals}
    everyone = (_rate(one.unit_name, one.unit_id, one.value, under.get(one.unit_id)) for one in above.ranks)
    return RateTrace(
        numerator=above,
        denominator=below,
        totals=tuple(_rate(of.total_scope, None, of.value, of_scopes.get(of.total_scope)) for of in above.totals),
        units=tuple(_rate(of.unit_name, of.unit_id, of.value, under.get(of.unit_id)) for of in above.cells),
        ranks=ranked((str(rate.unit_id), rate.name, rate.rate) for rate in everyone) if with_ranks else (),
    )


def _rate(name: str, unit_id: str | None, numerator: Decimal | None, denominator: Decimal | None) -> TracedRate:
    rate = (numerator / denominator).quantize(_DIGITS) if numerator is not None and denominator else None
    return TracedRate(name, unit_id, numerator, denominator, rate)
