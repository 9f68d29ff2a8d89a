"""Which reports are due on a day, and when the next ones are.

Belongs here: the outputs of all campaigns laid over the calendar. Does not belong here: computing dates
(campaigns.calendar), what an output amounts to (report_orders.py), writing (finished_reports.py), ticking
(defs/schedules.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from campaigns.calendar import WorkCalendar, output_dates
from orchestration.report_orders import ReportOrder, orders_for

if TYPE_CHECKING:
    from campaigns.model import Campaign

_DAY = timedelta(days=1)
_STILL_WAITED_FOR = timedelta(days=31)  # by then the report of the next month has taken the place of a missed one


@dataclass(frozen=True, slots=True, order=True)
class DueReport:
    """One report to be handed in on `due_on`."""

    due_on: date
    order: ReportOrder
    due_source: str


def reports_due_on(day: date, campaigns: Mapping[str, Campaign], calendar: WorkCalendar) -> list[DueReport]:
    """The reports whose due day is `day`, in the order of campaign, kind, form and period; each once."""
    return reports_due_between(day, day, campaigns, calendar)


def reports_due_between(
    first: date, last: date, campaigns: Mapping[str, Campaign], calendar: WorkCalendar
) -> list[DueReport]:
    """The reports due from one day to another, both included, by due day; each once."""
    return sorted({report for report in _all_reports(campaigns, calendar) if first <= report.due_on <= last})


def reports_to_write(
    today: date, written_to: date | None, campaigns: Mapping[str, Campaign], calendar: WorkCalendar
) -> list[DueReport]:
    """The reports due today, and those of a month back that fell due after `written_to`, the last day that has its own.

    A home whose nights begin today (`written_to` None) has missed none.
    """
    missed = today if written_to is None else max(written_to + _DAY, today - _STILL_WAITED_FOR)
    return reports_due_between(min(missed, today), today, campaigns, calendar)


def made_up_sentence(report: DueReport) -> str:
    """Say that a report comes after its day."""
    return f"{report.order.words} 应于 {report.due_on} 出，那天没有写成，今天补上。 Written after its day."


def next_reports(day: date, campaigns: Mapping[str, Campaign], calendar: WorkCalendar) -> list[DueReport]:
    """The reports of the first due day after `day`; empty when no campaign has one left."""
    coming = [report for report in _all_reports(campaigns, calendar) if report.due_on > day]
    first = min((report.due_on for report in coming), default=None)
    return sorted({report for report in coming if report.due_on == first})


def nothing_due_sentence(day: date, coming: Sequence[DueReport]) -> str:
    """Say that nothing is due, and when something will be."""
    if not coming:
        return f"今日（{day}）不是上报日；各专项行动均已没有待上报的报表。 Nothing is due today or later."
    what = "、".join(report.order.words for report in coming)
    doubt = "，为预估日期" if any(report.due_source == "estimate" for report in coming) else ""
    return (
        f"今日（{day}）不是上报日；下一上报日为 {coming[0].due_on}（{what}{doubt}）。 "
        f"Nothing is due today; next due day: {coming[0].due_on}."
    )


def _all_reports(campaigns: Mapping[str, Campaign], calendar: WorkCalendar) -> Iterator[DueReport]:
    for campaign in campaigns.values():
        outputs = {output.output_id: output for output in campaign.outputs}
        for due in output_dates(campaign, calendar):
            output = outputs[due.output_id]
            for order in orders_for(campaign, output.kind, due.period, output.form_id):
                yield DueReport(due.due_on, order, due.due_source)
