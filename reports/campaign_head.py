"""What stands at the head and foot of every report of a whole campaign: whose, from which version, on what readings.

Belongs here: the campaign's own rows of the marts and the sentences made of them. Does not belong here: what a report
lists, the report of one indicator table (period_report.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from campaigns.duty_model import Disclosure
from campaigns.periods import first_day_of, last_day_of
from campaigns.vocabulary import Subject
from reports.paper.safe_text import safe_text
from reports.paper.wording import disclosure_text, moment_text, period_title
from reports.published import CampaignRow, NothingToPrintError, Reading, Snapshot, find_snapshot, read_rows

if TYPE_CHECKING:
    import duckdb

    from reports.report_request import ReportRequest

CODE_ORDER = "cast(substr(code, 2) as int), setting"


@dataclass(frozen=True, slots=True)
class FormTitle:
    form_id: str
    form_title: str


@dataclass(frozen=True)
class CampaignHead:
    """The campaign as published, the period asked for, all readings in force, and its forms' titles by id."""

    snapshot: Snapshot
    campaign: CampaignRow
    period: str
    disclosure: Disclosure
    readings: tuple[Reading, ...]
    form_titles: Mapping[str, str]

    @property
    def moment(self) -> datetime:
        """When the file says it was made: no clock, so that the same snapshot gives the same bytes."""
        return self.snapshot.as_of or datetime.combine(last_day_of(self.period), time())

    @property
    def disclosure_words(self) -> str:
        return disclosure_text(self.disclosure)

    def readings_about(self, *subjects: Subject) -> tuple[Reading, ...]:
        return tuple(reading for reading in self.readings if reading.about in subjects)

    def provenance(self, *sentences: str) -> str:
        """Who issued the report, up to when it knows what was received, its class, and what else is to be said."""
        based_on = f"　依据：{self.campaign.document_number}" if self.campaign.document_number else ""
        known_until = moment_text(self.snapshot.as_of) or "见数据版本"
        lines = (
            f"编制单位：{self.campaign.office}{based_on}　{self.disclosure_words}",
            f"数据截至：{known_until} 前收到的报表　数据版本：{self.snapshot.version}",
            *sentences,
        )
        return safe_text("\n".join(lines))


def load_head(connection: duckdb.DuckDBPyConnection, request: ReportRequest) -> CampaignHead:
    """Read the head of a report.

    Raises:
        NothingToPrintError: the campaign is not in the published marts.
    """
    key = (request.campaign.campaign_id,)
    campaigns = read_rows(connection, CampaignRow, "marts.dim_campaigns where campaign_id = ?", key)
    if not campaigns:
        raise nothing_to_print(request, "任何数据")
    readings = f"marts.dim_contradictions where campaign_id = ? order by {CODE_ORDER}"
    forms = read_rows(connection, FormTitle, "marts.dim_forms where campaign_id = ? order by form_id", key)
    return CampaignHead(
        snapshot=find_snapshot(request.published),
        campaign=campaigns[0],
        period=request.period,
        disclosure=request.disclosure,
        readings=read_rows(connection, Reading, readings, key),
        form_titles={form.form_id: safe_text(form.form_title) for form in forms},
    )


def nothing_to_print(request: ReportRequest, what: str) -> NothingToPrintError:
    """Say that the published marts hold no `what` for the request."""
    return NothingToPrintError(
        f"发布的数据里没有 {request.campaign.campaign_id} {period_title(request.period)}的{what}。"
        f" Nothing to print is published for {request.campaign.campaign_id}, period {request.period}."
    )


def days_of(period: str) -> tuple[date, date]:
    """First and last day of a period."""
    return first_day_of(period), last_day_of(period)
