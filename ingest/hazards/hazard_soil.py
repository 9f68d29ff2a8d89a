"""Whose soil a hazard lies on, by the campaign's roster: two towns never have the same hazard.

Belongs here: which towns a line names, and whether several of them may be one place. Does not belong here: the words of
two lines (hazard_identity.py), joining pairs (the build).

A territory unit reports what lies on its own soil (海安委〔2023〕3号 五（六）), so its line names it; a line also names
the town in its 属地 column and the one before the enterprise's name. Bodies of city level, departments and enterprises,
find hazards anywhere: alone they name no town. So a town and a department may tell the same hazard (X7), and so may two
departments that inspected together, unless their lines name two towns. A unit that the roster does not know may be a
town and is taken for one.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import combinations
from typing import TYPE_CHECKING

from campaigns.vocabulary import ReportingScope
from ingest.hazards.enterprise_names import EnterpriseNames

if TYPE_CHECKING:
    from campaigns.model import Campaign


class Soil:
    """The towns of one campaign; without a campaign every unit may be one."""

    def __init__(self, campaign: Campaign | None) -> None:
        self.names = EnterpriseNames(campaign)
        units = campaign.units if campaign else ()
        self._scopes = {unit.unit_id: unit.reporting_scope for unit in units}
        directory = campaign.directory() if campaign else None
        self._became = {
            unit_id: frozenset(span.unit_id for span in directory.line_of(unit_id)) if directory else frozenset()
            for unit_id in self._scopes
        }

    def towns(self, unit_id: str, place: str | None, enterprise_key: str) -> frozenset[str]:
        """The towns that a line of this unit names, itself among them."""
        own = {unit_id} if self._scopes.get(unit_id) is not ReportingScope.CITY_LEVEL else set()
        return self.written(place, enterprise_key) | own

    def written(self, place: str | None, enterprise_key: str) -> frozenset[str]:
        """The towns that a line itself names, whoever sends it."""
        named = {place} if place and self._scopes.get(place) is ReportingScope.TERRITORY else set()
        town = self.names.read(enterprise_key).town
        return frozenset(named | {town} if town else named)

    def may_be_one(self, towns: Collection[str]) -> bool:
        """Whether one hazard can lie in all of them: in no more than one town, or in what that town became."""
        return all(self._is_one_line(one, other) for one, other in combinations(sorted(towns), 2))

    def _is_one_line(self, one: str, other: str) -> bool:
        return other in self._became.get(one, ()) or one in self._became.get(other, ())
