"""Which enterprise a name means: the region or town before it and the site behind its legal form stand beside it.

Belongs here: cutting a name as compared (`enterprise_key`) into these parts, by the campaign's own area and towns. Does
not belong here: making that key (hazard_identity.py), whose soil a line lies on (hazard_soil.py). What is cut is only
compared: stored keys and signatures keep the whole name.

海城市鸿运木业 in 海城 is 鸿运木业. A region above (鞍山市) or a town (西柳镇) is cut, too, and kept beside the name,
because names that name two of them mean two enterprises. A name of which too little remains is left whole.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from campaigns.strict import as_compared
from campaigns.vocabulary import ReportingScope

if TYPE_CHECKING:
    from campaigns.model import Campaign

_LEGAL_FORM_BEFORE_SITE = re.compile(r"(?P<core>.+?)(?:股份有限|有限责任|有限)公司(?P<site>.+)")
_REGION_KIND = re.compile(r"(?<=..)[省市区县]$")  # 海城鸿运木业 names 海城市, too
_SHORTEST_CORE = 3  # 公安局; 医院 alone means none


class EnterpriseName(NamedTuple):
    """A name as compared; `region` is an area by its full name (a town's is the campaign's), `town` a unit's id."""

    core: str
    site: str = ""
    region: str | None = None
    town: str | None = None

    @property
    def whole(self) -> str:
        """The name without its places and its legal form."""
        return self.core + self.site


class EnterpriseNames:
    """The names of one campaign's enterprises; without a campaign nothing is known of places."""

    def __init__(self, campaign: Campaign | None) -> None:
        self.area = campaign.area if campaign else None
        self._regions = _regions(campaign) if campaign else {}
        self._towns = _towns(campaign) if campaign else {}
        known = sorted({*self._regions, *self._towns}, key=len, reverse=True)
        self._place = re.compile("|".join(map(re.escape, known))) if known else None
        self._read: dict[str, EnterpriseName] = {}

    def read(self, enterprise_key: str) -> EnterpriseName:
        """What a name says; remembered, because few enterprises have many lines."""
        if enterprise_key not in self._read:
            self._read[enterprise_key] = self._cut(enterprise_key)
        return self._read[enterprise_key]

    def _cut(self, core: str) -> EnterpriseName:
        site, regions, town = "", [], None
        if match := _LEGAL_FORM_BEFORE_SITE.fullmatch(core):
            core, site = match["core"], match["site"]
        while self._place and (match := self._place.match(core)) and len(core) - match.end() >= _SHORTEST_CORE:
            town = self._towns.get(match[0], town)
            regions += [self._regions[match[0]]] if match[0] in self._regions else []
            core = core[match.end() :]
        region = self.area if town or self.area in regions else regions[-1] if regions else None
        return EnterpriseName(core, site, region, town)


def _regions(campaign: Campaign) -> dict[str, str]:
    """Every way to write the area and what it lies in → its full name."""
    names = {as_compared(name): name for name in (*campaign.area_within, campaign.area)}
    return {_REGION_KIND.sub("", key): name for key, name in names.items()} | names


def _towns(campaign: Campaign) -> dict[str, str]:
    """The names of towns that say what they are → unit id; 兴海 of 兴海木业 may be anything, 兴海街道 is a town."""
    return {
        as_compared(name): unit.unit_id
        for unit in campaign.units
        if unit.reporting_scope is ReportingScope.TERRITORY
        for name in (unit.unit_name, *unit.aliases)
        if name.endswith(unit.unit_kind)
    }
