"""Who stands where among the units, and the values that were compared.

Belongs here: places from values. Does not belong here: where the values come from (trace.py, rate_trace.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class RankedValue:
    place: int
    unit_id: str
    unit_name: str
    value: Decimal


def ranked(values: Iterable[tuple[str, str, Decimal | None]]) -> tuple[RankedValue, ...]:
    """The greatest value first; equal values share a place and the next one leaves places out. No value, no place.

    Args:
        values: unit_id, unit_name and value; units of one place keep their order.
    """
    known = [(unit_id, name, value) for unit_id, name, value in values if value is not None]
    known.sort(key=lambda entry: -entry[2])
    ordered = [value for _, _, value in known]
    return tuple(RankedValue(ordered.index(value) + 1, unit_id, name, value) for unit_id, name, value in known)
