"""The months, quarters, half-years and years of a campaign, each with the same stretch of the year before.

Belongs here: what a report over a stretch of time means by it. Does not belong here: what is due when (calendar.py),
which of them a report is written for (`outputs` in campaign.yml).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from campaigns.duty_model import Cadence
from campaigns.model import Campaign
from campaigns.periods import first_day_of, last_day_of, periods_between

_CADENCES: Final[tuple[Cadence, ...]] = ("monthly", "quarterly", "half_yearly", "yearly")


def span_rows(campaign: Campaign) -> Iterator[dict[str, Any]]:
    """Every stretch that has a day of the campaign; whole ones, as bulletins and year-on-year figures mean them."""
    for cadence in _CADENCES:
        for period in periods_between(cadence, campaign.starts_on, campaign.ends_on):
            year = int(period[:4])
            base = f"{year - 1}{period[4:]}"
            yield {
                "period": period,
                "cadence": cadence,
                "starts_on": first_day_of(period),
                "ends_on": last_day_of(period),
                "year_starts_on": date(year, 1, 1),
                "base_period": base,
                "base_starts_on": first_day_of(base),
                "base_ends_on": last_day_of(base),
                "base_year_starts_on": date(year - 1, 1, 1),
            }
