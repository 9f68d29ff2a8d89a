"""Taking in what lies in the inbox of a demo, at the hour it is said to have come.

Belongs here: one intake as `ingest` does it. Does not belong here: putting files there (run.py, office_run.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from orchestration.answers import answer_senders
from orchestration.building.campaign_tables import all_dates_in_force
from orchestration.building.rules_in_force import campaigns_for_intake
from orchestration.gate1 import judge

if TYPE_CHECKING:
    from campaigns.model import Campaign
    from ingest.intake import FileResult
    from orchestration.home import Home


def take_in_at(home: Home, campaign: Campaign, arrives: datetime) -> Sequence[FileResult]:
    """What became of each file; answers to the senders are written."""
    from ingest.intake import IntakeSettings, take_in

    settings = IntakeSettings(quiet_seconds=0)  # nobody is still copying these files
    campaigns = {campaign.campaign_id: campaign}
    dates = all_dates_in_force(home, campaigns, arrives.date())
    with home.lock("demo"):
        judging = campaigns_for_intake(home, campaigns, arrives)
        report = take_in(home.intake_paths, judging, dates, judge, arrives, settings=settings)
        answer_senders(home, campaigns, dates)
    return report.files
