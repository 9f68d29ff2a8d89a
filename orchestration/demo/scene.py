"""One office's demo with its campaign at hand: chance that repeats itself, and the reports that are due.

Belongs here: what every module that invents content needs. Does not belong here: content.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from random import Random

from campaigns.calendar import DueDate
from campaigns.directory import UnitDirectory
from campaigns.model import Campaign, Unit
from campaigns.reporters import ExpectedReport, expected_reports
from campaigns.vocabulary import ReportingScope
from orchestration.demo.office import Office


@dataclass(frozen=True, eq=False)
class Scene:
    """`chance` is the same for the same words, whatever else was drawn before."""

    office: Office
    campaign: Campaign
    dates: Sequence[DueDate]

    @cached_property
    def directory(self) -> UnitDirectory:
        return self.campaign.directory()

    @cached_property
    def units(self) -> dict[str, Unit]:
        return {unit.unit_id: unit for unit in self.campaign.units}

    @cached_property
    def reports(self) -> list[ExpectedReport]:
        """The reports due in the days of the demo, those asked for early among them, and those nobody asked for."""
        due = [report for report in expected_reports(self.campaign, self.dates) if self._is_covered(report)]
        may_send = {form_id: self._named(names) for form_id, names in self.office.only.items()}
        sent = [one for one in due if not one.voluntary or one.unit_id in may_send.get(one.form_id, self.units)]
        for form_id, names in self.office.unasked.items():
            first = {report.period: report for report in due if report.form_id == form_id}
            for unit_id in self._named(names):
                sent += [report._replace(unit_id=unit_id, voluntary=True) for report in first.values()]
        return sent

    def periods_of(self, form_id: str) -> list[str]:
        """The periods for which a form is due in the days of the demo."""
        return sorted({report.period for report in self.reports if report.form_id == form_id})

    def wanted_on(self, report: ExpectedReport) -> date:
        """The day a unit keeps to: the due day, or the earlier one the office asked for."""
        return min(report.due_on, self.office.asked_early.get(report.form_id, report.due_on))

    def place_of(self, unit: Unit, chance: Random) -> str:
        """A town for what lies somewhere: the unit itself where it is one, else any; empty where there is none."""
        towns = [one.unit_name for one in self.campaign.units if one.reporting_scope is ReportingScope.TERRITORY]
        return unit.unit_name if unit.unit_name in towns else chance.choice(towns) if towns else ""

    def chance(self, *words: str) -> Random:
        return Random("/".join((str(self.office.seed), *words)))

    def _named(self, names: Sequence[str]) -> list[str]:
        named = self.directory.read("、".join(names))
        return [unit.unit_id for unit in self.directory.named_units(named, self.office.last_due)]

    def _is_covered(self, report: ExpectedReport) -> bool:
        first_year = report.period[:4] == str(self.office.first_due.year)
        return first_year and self.office.first_due <= self.wanted_on(report) <= self.office.last_due
