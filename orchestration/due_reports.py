"""Which reports are due on a day, and when the next ones are.

Belongs here: asking the stored calendar. Does not belong here: computing dates (campaigns.calendar), writing reports
(finished_reports.py), ticking (defs/schedules.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from campaigns.calendar import DueDate
    from campaigns.model import Campaign

INDICATOR_TABLE = "indicator_table"  # the kind of form that has totals to report


@dataclass(frozen=True, slots=True, order=True)
class DueReport:
    """One consolidated report: whose figures, for which period, to be handed in on `due_on`."""

    due_on: date
    campaign_id: str
    form_id: str
    period: str
    due_source: str


def reports_due_on(
    day: date, campaigns: Mapping[str, Campaign], dates: Mapping[str, Sequence[DueDate]]
) -> list[DueReport]:
    """The reports whose due day is `day`, in the order of campaign, form and period; each once."""
    return sorted({report for report in _all_reports(campaigns, dates) if report.due_on == day})


def next_reports(
    day: date, campaigns: Mapping[str, Campaign], dates: Mapping[str, Sequence[DueDate]]
) -> list[DueReport]:
    """The reports of the first due day after `day`; empty when no campaign has one left."""
    coming = [report for report in _all_reports(campaigns, dates) if report.due_on > day]
    first = min((report.due_on for report in coming), default=None)
    return sorted({report for report in coming if report.due_on == first})


def nothing_due_sentence(day: date, coming: Sequence[DueReport]) -> str:
    """Say that nothing is due, and when something will be."""
    if not coming:
        return f"今日（{day}）不是上报日；各专项行动均已没有待上报的报表。 Nothing is due today or later."
    what = "、".join(f"{report.campaign_id} {report.form_id} {report.period}" for report in coming)
    doubt = "，为预估日期" if any(report.due_source == "estimate" for report in coming) else ""
    return (
        f"今日（{day}）不是上报日；下一上报日为 {coming[0].due_on}（{what}{doubt}）。 "
        f"Nothing is due today; next due day: {coming[0].due_on}."
    )


def _all_reports(campaigns: Mapping[str, Campaign], dates: Mapping[str, Sequence[DueDate]]) -> Iterator[DueReport]:
    for campaign_id, campaign in campaigns.items():
        tables = {form.form_id for form in campaign.forms if form.kind == INDICATOR_TABLE}
        owed = {duty.duty_id for duty in campaign.duties if not duty.voluntary}
        for due in dates.get(campaign_id, ()):
            if due.form_id in tables and due.duty_id in owed:
                yield DueReport(due.due_on, campaign_id, due.form_id, due.period, due.due_source)
