"""Whose form and for which period, judged together against the duties of the campaign.

Belongs here: joining unit and period, and whether that unit owes that form for that period now. Does not belong here:
reading the unit (identity.py), reading the period (period.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from campaigns.calendar import DueDate
from campaigns.model import Campaign, Form, Unit
from campaigns.reporters import dates_of_unit
from campaigns.vocabulary import Outcome, ReportingScope
from ingest.problems import Reading, reading_problem
from ingest.senders.fill_date import fill_date
from ingest.senders.identity import Origin, Sheet, identify_unit
from ingest.senders.owed_periods import owed_periods
from ingest.senders.period import identify_period, window_problems
from ingest.senders.stamp import Stamp
from ingest.words.roster import roster_of


@dataclass(frozen=True, slots=True)
class Attribution:
    """Unit, period and fill date as far as they are known, and every problem with them."""

    unit_id: str | None
    period: str | None
    filled_on: date | None
    scope: ReportingScope | None
    problems: tuple[Outcome, ...]


def attribute(
    campaign: Campaign, form: Form, stamp: Stamp, sheet: Sheet, dates: Sequence[DueDate], origin: Origin
) -> Attribution:
    """Say whose form it is and for when.

    Args:
        campaign: whose roster and duties count.
        form: the form found.
        stamp: what the form itself says.
        sheet: the sheet or table it stands on.
        dates: all due dates of the campaign.
        origin: the file it came in.
    """
    filled = fill_date(stamp, origin.received_on)
    unit_id, problems = identify_unit(campaign, form, stamp, sheet, origin)
    units = roster_of(campaign).units[unit_id] if unit_id else []
    owed = owed_periods(dates, form.form_id, frozenset(unit.reporting_scope for unit in units))
    periods = owed if owed.ordered else owed_periods(dates, form.form_id)
    due, found = identify_period(periods, form, stamp, filled.day, sheet, origin)
    problems += [*found, *filter(None, [filled.problem])]
    unit = next((unit for unit in units if due and unit.valid_on(due.cutoff_on)), None)
    if due is not None:
        own = dates_of_unit(campaign, due, unit_id, origin.received_on) if unit_id else due
        problems += window_problems(own, form, origin.received_on)
        if units and (unit is None or unit.reporting_scope not in due.reporters):
            problems.append(_not_reporting(units, form, due.period))
    elif units and not owed.ordered:
        problems.append(_not_reporting(units, form, "各"))
    scope = unit.reporting_scope if unit else units[-1].reporting_scope if units else None
    return Attribution(unit_id, due.period if due else None, filled.day, scope, tuple(problems))


def _not_reporting(units: Sequence[Unit], form: Form, period: str) -> Outcome:
    return reading_problem(Reading.UNIT_NOT_REPORTING, unit=units[-1].unit_name, form=form.title, period=period)
