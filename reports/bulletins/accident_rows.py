"""What the accident bulletin of one period prints, read from the marts.

Belongs here: the rows, their order, and each figure's place in the marts. Does not belong here: sentences and tables
(accident_bulletin.py, accident_tables.py), counting and comparing (the models).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Final

from campaigns.periods import cadence_of
from reports.bulletins.official_text import Value, figure
from reports.campaign_head import CampaignHead, days_of, load_head, nothing_to_print
from reports.paper.word_text import Fact
from reports.published import find_snapshot, open_snapshot, read_rows

if TYPE_CHECKING:
    from reports.report_request import ReportRequest

ALL: Final = "all"
_SPANS: Final = """marts.rpt_accident_summary
    where campaign_id = ? and cadence = ? and ends_on between ? and ? order by starts_on, cut, accidents_to_date desc,
    accidents desc, cut_name nulls last"""
_TARGETS: Final = "marts.rpt_accident_targets where campaign_id = ? and period = ? order by target_id"
_ACCIDENTS: Final = """marts.rpt_accidents
    where campaign_id = ? and (occurred_on is null or occurred_on between ? and ?)
    order by occurred_on nulls last, unit_position, row_key"""
_REPORTERS: Final = """marts.rpt_timeliness
    where campaign_id = ? and due_on between ? and ? and list_contains(?, form_id)
    order by due_on, unit_position, unit_id"""


@dataclass(frozen=True, slots=True)
class AccidentSpan:
    """Accidents of one stretch of time: all of them, or those of one grade, place or industry."""

    period: str
    cut: str
    cut_value: str
    cut_name: str | None
    starts_on: date
    ends_on: date
    is_final: bool
    reports_received: int
    unknown_deaths: int
    unknown_deaths_to_date: int
    suspected_twice_to_date: int
    accidents: int | None
    deaths: int | None
    injured: int | None
    accidents_to_date: int | None
    deaths_to_date: int | None
    base_accidents: int | None
    base_deaths: int | None
    base_accidents_to_date: int | None
    base_deaths_to_date: int | None
    closed: int | None
    closed_late: int | None
    overdue: int | None
    accidents_change: Decimal | None
    deaths_change: Decimal | None
    accidents_to_date_change: Decimal | None
    deaths_to_date_change: Decimal | None

    def fact(self, column: str) -> Fact:
        return figure(getattr(self, column), "rpt_accident_summary", column, *self._key)

    def change(self, column: str) -> Fact:
        """A change against the year before, in words: 下降50%."""
        value: Decimal | None = getattr(self, column)
        return figure(change_words(value), "rpt_accident_summary", column, *self._key)

    @property
    def _key(self) -> tuple[str, ...]:
        return (self.period,) if self.cut == ALL else (self.period, self.cut, self.cut_value)


@dataclass(frozen=True, slots=True)
class AccidentTarget:
    target_id: str
    target_name: str
    period: str
    is_final: bool
    contradiction_code: str | None
    current_value: int | None
    base_value: int | None
    change_percent: Decimal | None
    reached: str
    target_text: str
    clause: str

    def fact(self, column: str) -> Fact:
        return figure(getattr(self, column), "rpt_accident_targets", column, self.target_id, self.period)

    @property
    def change(self) -> Fact:
        words = change_words(self.change_percent)
        return figure(words, "rpt_accident_targets", "change_percent", self.target_id, self.period)


@dataclass(frozen=True, slots=True)
class AccidentRow:
    unit_id: str
    unit_name: str | None
    row_key: str
    accident_number: str | None
    occurred_on: date | None
    place_name: str | None
    industry: str | None
    enterprise: str | None
    grade_name: str | None
    deaths: int | None
    injured: int | None
    closed_on: date | None
    closing_due_on: date | None
    closing_state: str
    days_over: int | None
    same_as: str | None
    is_dated_ahead: bool

    def fact(self, column: str, text: Value = None) -> Fact:
        value = getattr(self, column) if text is None else text
        return figure(value, "rpt_accidents", column, self.unit_id, self.row_key)


@dataclass(frozen=True, slots=True)
class AccidentReporter:
    unit_name: str
    timeliness: str
    days_late: int | None


@dataclass(frozen=True)
class AccidentReport:
    """Everything the bulletin prints; `spans` are those of the year up to the period, of the same length."""

    head: CampaignHead
    spans: tuple[AccidentSpan, ...]
    targets: tuple[AccidentTarget, ...]
    accidents: tuple[AccidentRow, ...]
    reporters: tuple[AccidentReporter, ...]

    @cached_property
    def whole(self) -> tuple[AccidentSpan, ...]:
        return tuple(span for span in self.spans if span.cut == ALL)

    @property
    def span(self) -> AccidentSpan:
        return self.whole[-1]

    @cached_property
    def cuts(self) -> tuple[AccidentSpan, ...]:
        """Grades, places and industries of the period and of the year so far."""
        return tuple(span for span in self.spans if span.cut != ALL and span.period == self.head.period)


def change_words(percent: Decimal | None) -> str | None:
    """-50 → 下降50%."""
    if percent is None:
        return None
    if percent == 0:
        return "持平"
    return f"{'下降' if percent < 0 else '上升'}{abs(percent).normalize():f}%"


def load_accidents(request: ReportRequest) -> AccidentReport:
    """Read everything.

    Raises:
        NothingToPrintError: the campaign takes in no accidents, or the period is none of its own or has not begun.
    """
    campaign_id, period, year = request.campaign.campaign_id, request.period, request.period[:4]
    so_far = (days_of(year)[0], days_of(period)[1])
    forms = [form.form_id for form in request.campaign.forms if form.subject == "accident"]
    with open_snapshot(find_snapshot(request.published)) as connection:
        report = AccidentReport(
            head=load_head(connection, request),
            spans=read_rows(connection, AccidentSpan, _SPANS, (campaign_id, cadence_of(period), *so_far)),
            targets=read_rows(connection, AccidentTarget, _TARGETS, (campaign_id, year)),
            accidents=read_rows(connection, AccidentRow, _ACCIDENTS, (campaign_id, *so_far)),
            reporters=read_rows(connection, AccidentReporter, _REPORTERS, (campaign_id, *days_of(period), forms)),
        )
    if not report.whole or report.span.period != period:
        raise nothing_to_print(request, "事故")
    return report
