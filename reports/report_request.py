"""What a report is asked for: whose, which period, which form, out of which published version.

Belongs here: the record that every writer and every proof of a report is given. Does not belong here: reading the
marts, deciding what is due.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from campaigns.duty_model import Disclosure
from campaigns.model import Campaign, Form
from reports.restated_lists import RestatedLists


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """`form_id` is empty for a report of the whole campaign; `disclosure` is the class printed on the report.

    `restated` is what changed in lists since the report before, for the report that prints it.
    """

    published: Path
    campaign: Campaign
    period: str
    form_id: str = ""
    disclosure: Disclosure = "not_stated"
    restated: RestatedLists | None = None

    @property
    def form(self) -> Form:
        return self.campaign.form(self.form_id)
