"""Who is expected to report what by when, unit by unit, with extensions; what units must do; which reports feed which.

Belongs here: duties and obligations expanded to units as of a day. Does not belong here: the dates of a period
(calendar.py), what was received (SQL).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from campaigns.calendar import DaySource, DueDate
from campaigns.directory import UnitDirectory
from campaigns.duty_model import Duty, Extension
from campaigns.model import Campaign
from campaigns.periods import first_day_of, last_day_of, periods_between
from campaigns.selectors import limited_units, reporting_units
from campaigns.unit_model import RiskClass, Unit


class ExpectedReport(NamedTuple):
    """One report one unit owes, or may send (`voluntary`: never missing); `extended` where its dates are its own."""

    duty_id: str
    form_id: str
    unit_id: str
    period: str
    cutoff_on: date
    due_on: date
    due_source: DaySource
    grace_until: date
    lock_on: date
    extended: bool
    voluntary: bool


class ExpectedEvent(NamedTuple):
    """What one unit must have done by the end of a period: `times` events of one kind from `starts_on` on."""

    obligation_id: str
    obligation_name: str
    form_id: str
    event: str
    unit_id: str
    risk_class: RiskClass
    period: str
    starts_on: date
    ends_on: date
    times: int
    clause: str


class UpstreamReport(NamedTuple):
    """One report that another one rests on: late or missing, it leaves the downstream report incomplete."""

    chain_id: str
    period: str
    upstream_duty_id: str
    upstream_unit_id: str
    downstream_duty_id: str
    downstream_unit_id: str


def expected_reports(campaign: Campaign, dates: Sequence[DueDate], as_of: date | None = None) -> list[ExpectedReport]:
    """Every report of every period, unit by unit, and those a unit may send of its own accord, marked so.

    Args:
        campaign: whose units, as on each period's cut-off.
        dates: its due dates (calendar.due_dates).
        as_of: extensions granted after this day are not known yet; None knows all.
    """
    directory = campaign.directory()
    duties = {duty.duty_id: duty for duty in campaign.duties}
    granted = _extensions(campaign, directory, as_of)
    expected = []
    for due in dates:
        duty = duties[due.duty_id]
        for unit in reporting_units(campaign, duty, due.cutoff_on, directory):
            if unit.reporting_scope in due.reporters:
                extension = granted.get((unit.unit_id, duty.duty_id, due.period))
                expected.append(_expected(_extended(due, duty, extension), duty, unit, extension is not None))
    owed = {(report.form_id, report.unit_id, report.period) for report in expected if not report.voluntary}
    return [r for r in expected if not (r.voluntary and (r.form_id, r.unit_id, r.period) in owed)]


def dates_of_unit(campaign: Campaign, due: DueDate, unit_id: str, as_of: date) -> DueDate:
    """The dates of a period for one unit: its extension, when one had been granted by `as_of`, else the duty's."""
    if not any((entry.duty_id, entry.period) == (due.duty_id, due.period) for entry in campaign.extensions):
        return due
    granted = _extensions(campaign, campaign.directory(), as_of)
    return _extended(due, campaign.duty(due.duty_id), granted.get((unit_id, due.duty_id, due.period)))


def expected_events(campaign: Campaign) -> list[ExpectedEvent]:
    """Every obligation of every unit, one row per period of the cadence of the unit's risk class."""
    directory = campaign.directory()
    rows = []
    for entry in campaign.obligations:
        for cadence in sorted(set(entry.cadences.values())):
            for period in periods_between(cadence, entry.starts_on, entry.ends_on):
                ends_on = last_day_of(period)
                units = limited_units(campaign, directory.units_on(ends_on), entry.limited_to, ends_on, directory)
                rows += [
                    ExpectedEvent(
                        obligation_id=entry.obligation_id,
                        obligation_name=entry.name,
                        form_id=entry.form_id,
                        event=entry.event,
                        unit_id=unit.unit_id,
                        risk_class=risk_class,
                        period=period,
                        starts_on=first_day_of(period),
                        ends_on=ends_on,
                        times=entry.times,
                        clause=entry.clause,
                    )
                    for unit in units
                    if entry.cadences.get(risk_class := unit.risk_class or "general") == cadence
                ]
    return rows


def upstream_reports(campaign: Campaign, expected: Sequence[ExpectedReport]) -> list[UpstreamReport]:
    """For every chain and period, the children's reports on which the parent's report rests."""
    directory = campaign.directory()
    owed: dict[tuple[str, str], list[ExpectedReport]] = {}
    for report in expected:
        owed.setdefault((report.duty_id, report.period), []).append(report)
    return [
        UpstreamReport(chain.chain_id, below.period, below.duty_id, below.unit_id, above.duty_id, above.unit_id)
        for chain in campaign.chains
        for above in (report for report in expected if report.duty_id == chain.downstream_duty)
        for duty_id in chain.upstream_duties
        for below in owed.get((duty_id, above.period), ())
        if directory.parent(below.unit_id, chain.tree, below.cutoff_on) == above.unit_id
    ]


def _extensions(
    campaign: Campaign, directory: UnitDirectory, as_of: date | None
) -> dict[tuple[str, str, str], Extension]:
    """The extension in force for a unit, duty and period: the one granted last."""
    known = [entry for entry in campaign.extensions if as_of is None or entry.granted_on <= as_of]
    ordered = sorted(known, key=lambda entry: entry.granted_on)
    return {(directory.unit_id(entry.unit) or "", entry.duty_id, entry.period): entry for entry in ordered}


def _extended(due: DueDate, duty: Duty, extension: Extension | None) -> DueDate:
    if extension is None:
        return due
    return replace(
        due,
        due_on=extension.due_on,
        due_source="decree",
        grace_until=extension.due_on + timedelta(days=duty.grace_days),
        lock_on=max(extension.due_on + timedelta(days=duty.lock_after_days), due.lock_on),
    )


def _expected(due: DueDate, duty: Duty, unit: Unit, extended: bool) -> ExpectedReport:
    return ExpectedReport(
        duty_id=due.duty_id,
        form_id=due.form_id,
        unit_id=unit.unit_id,
        period=due.period,
        cutoff_on=due.cutoff_on,
        due_on=due.due_on,
        due_source=due.due_source,
        grace_until=due.grace_until,
        lock_on=due.lock_on,
        extended=extended,
        voluntary=duty.voluntary,
    )
