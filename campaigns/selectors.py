"""Which units a duty or an obligation is for on a day: those of its scopes, within what it is limited to.

Belongs here: reading a selector as of a day. Does not belong here: periods and dates (reporters.py, calendar.py),
whether what a selector names exists (reference_checks.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from campaigns.directory import UnitDirectory
from campaigns.duty_model import Duty, LimitedTo
from campaigns.unit_model import Unit

if TYPE_CHECKING:
    from campaigns.model import Campaign


def reporting_units(campaign: Campaign, duty: Duty, day: date, directory: UnitDirectory | None = None) -> list[Unit]:
    """The units a duty is for on a day, in the roster's order; for a voluntary duty those that may report."""
    directory = directory or campaign.directory()
    units = [unit for unit in directory.units_on(day) if unit.reporting_scope in duty.reporters]
    return limited_units(campaign, units, duty.limited_to, day, directory)


def limited_units(
    campaign: Campaign, units: Sequence[Unit], limit: LimitedTo | None, day: date, directory: UnitDirectory
) -> list[Unit]:
    """Those of `units` that the selector means on a day, in their order; all where nothing limits."""
    if limit is None:
        return list(units)
    inside = set(_named_ids(campaign, limit, day, directory))
    return [
        unit
        for unit in units
        if (unit.unit_id in inside or unit.unit_kind in limit.unit_kinds or not limit.names_units)
        and (not limit.risk_classes or (unit.risk_class or "general") in limit.risk_classes)
    ]


def _named_ids(campaign: Campaign, limit: LimitedTo, day: date, directory: UnitDirectory) -> Iterator[str]:
    tasks = [task for list_id in limit.task_lists for task in campaign.tasks_of(list_id)]
    cells = [cell for task in tasks for cell in (task.lead_units, task.co_units)]
    for text in (*limit.units, *limit.groups, *cells):
        yield from (unit.unit_id for unit in directory.named_units(directory.read(text), day))
