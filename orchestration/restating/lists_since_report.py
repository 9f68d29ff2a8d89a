"""What changed in lists between the versions that two 调度汇总表 in a row are handed in from, for the second of them.

Belongs here: which two versions, and how many rows are printed. Does not belong here: comparing them
(row_restatement.py), which versions are noted and kept (reported_versions.py), the sheet (reports).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.reported_versions import version_of_report
from orchestration.restating.compared_nights import ComparedNights
from orchestration.restating.row_natures import ORDER
from orchestration.restating.row_restatement import restated_rows
from orchestration.restating.row_wording import called_in, counted_natures, row_in_words
from orchestration.snapshot import MartSnapshot
from reports import published
from reports.restated_lists import RestatedLists

if TYPE_CHECKING:
    from campaigns.model import Campaign
    from orchestration.home import Home
    from orchestration.restating.restated_row import RestatedRow

MOST_ROWS = 1_000  # what a person still looks through
_LISTS = ("task_progress", "register", "event_list", "hazard_list")
_PARTS = ("register_value", "hazard_event")


def lists_restated(home: Home, campaign: Campaign, form_id: str, period: str, version: Path) -> RestatedLists | None:
    """The changed rows of the campaign's lists since the report before; None where there is no list or none before.

    Args:
        home: whose versions are noted.
        campaign: whose lists.
        form_id: the form of the report, like the period.
        period: of the report.
        version: the published version it is written from; one that it was handed in from already takes its place.
    """
    dates = home.due_dates(campaign)
    before = next((one.previous_period for one in dates if (one.form_id, one.period) == (form_id, period)), None)
    if before is None or not any(form.kind in _LISTS for form in campaign.forms):
        return None
    earlier = version_of_report(home, campaign.campaign_id, form_id, before)
    if earlier is None:
        return RestatedLists(campaign.campaign_id, None, None)
    later = version_of_report(home, campaign.campaign_id, form_id, period) or version
    nights = ComparedNights(home, *(MartSnapshot(published.find_snapshot(folder)) for folder in (earlier, later)))
    rows = sorted(restated_rows(nights, campaign.campaign_id), key=_reading_order)
    called = called_in(campaign)
    printed = tuple(row_in_words(row, called) for row in rows[:MOST_ROWS])
    moments = nights.before.as_of, nights.after.as_of
    return RestatedLists(campaign.campaign_id, *moments, printed, counted_natures(rows))


def _reading_order(row: RestatedRow) -> tuple[int, bool]:
    """Corrections first; then what is only new last: a part that came changes the row it is a part of."""
    return ORDER.index(row.nature), row.change == "added" and row.fact not in _PARTS
