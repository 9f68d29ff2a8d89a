"""What a report that looks back on a stretch of time prints of its units: reports, tasks, texts, figures, questions.

Belongs here: which rows are read, in which order. Does not belong here: chapters and tables (review_chapters.py,
review_figures.py, unit_review.py), what was due from whom (unit_summary_rows.py), judging (the models).

Reports count by their due day, tasks and figures as at the last cut-off or due day within the stretch, texts by their
own period; questions are those that are open now about a period within it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from campaigns.periods import first_day_of, last_day_of
from reports.boards.task_board_rows import IN_FORCE, ListCount
from reports.boards.unit_summary_rows import UnitSummary, load_unit_summary
from reports.bulletins.accident_rows import AccidentSpan
from reports.campaign_head import CampaignHead, days_of
from reports.consolidation.period_report import PeriodReport, load_period_report
from reports.published import Row, find_snapshot, open_snapshot, read_rows

if TYPE_CHECKING:
    from reports.report_request import ReportRequest

_LISTS: Final = f"marts.rpt_list_progress where {IN_FORCE} order by form_id, list_id"
_TASKS: Final = f"""marts.rpt_task_answers where {IN_FORCE} and is_owed
    order by unit_position, unit_id, form_id, list_id, owner_unit_position, position, task_id"""
_NARRATIVES: Final = "marts.fct_narratives where campaign_id = $campaign_id order by form_id, period"
_QUESTIONS: Final = """marts.rpt_unit_questions where campaign_id = $campaign_id
    order by unit_position, unit_id, class_order, period, form_id, rule_code, position, outcome_id"""
_ACCIDENTS: Final = "marts.rpt_accident_summary where campaign_id = $campaign_id and period = $period and cut = 'all'"
_TABLES: Final = """(
    select form_id, max_by(period, due_on) as period from marts.dim_reporting_periods
    where campaign_id = $campaign_id and due_on between $first_day and $last_day
    and (form_id, period) in (select (form_id, period) from marts.rpt_progress_totals where campaign_id = $campaign_id)
    group by form_id order by form_id
)"""


@dataclass(frozen=True, slots=True)
class OwedTask:
    """A task one unit has to report on, and what it last said within the stretch."""

    list_id: str
    task_id: str
    unit_id: str
    number: str | None
    goal: str
    due_text: str | None
    status_words: str
    is_overdue: bool
    progress: str | None


@dataclass(frozen=True, slots=True)
class NarrativeLength:
    """How long a text is by each way of counting; `is_over_limit` by the one in force."""

    form_id: str
    unit_id: str
    unit_name: str
    period: str
    characters: int
    words: int
    longest_text: int | None
    is_over_limit: bool | None
    is_over_by_characters: bool | None
    is_over_by_words: bool | None
    missing_parts: str | None


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    outcome_id: str
    unit_id: str
    unit_name: str
    form_title: str
    period: str
    rule_class_name: str
    file_name: str | None
    source_cell: str | None
    message: str | None


@dataclass(frozen=True, slots=True)
class _TablePeriod:
    form_id: str
    period: str


class _OfPeriod(Protocol):
    @property
    def period(self) -> str: ...


OfPeriod = TypeVar("OfPeriod", bound=_OfPeriod)


@dataclass(frozen=True)
class Review:
    """The rows of one look back, as published."""

    summary: UnitSummary
    lists: tuple[ListCount, ...]
    tasks: tuple[OwedTask, ...]
    narratives: tuple[NarrativeLength, ...]
    questions: tuple[OpenQuestion, ...]
    accidents: AccidentSpan | None
    tables: tuple[PeriodReport, ...]

    @property
    def head(self) -> CampaignHead:
        return self.summary.head


def load_review(request: ReportRequest) -> Review:
    """Read everything.

    Raises:
        ReportError: there is no snapshot.
        NothingToPrintError: nothing was due within the period.
    """
    summary = load_unit_summary(request)
    campaign_id, period = request.campaign.campaign_id, request.period
    first_day, last_day = days_of(period)
    known = {"campaign_id": campaign_id, "first_day": first_day, "last_day": last_day, "period": period}
    with open_snapshot(summary.head.snapshot) as connection:

        def rows(row_type: type[Row], source: str) -> tuple[Row, ...]:
            return read_rows(connection, row_type, source, known)

        places = {unit.unit_id: place for place, unit in enumerate(summary.units)}
        narratives = _within(period, rows(NarrativeLength, _NARRATIVES))
        tables = rows(_TablePeriod, _TABLES)
        spans = rows(AccidentSpan, _ACCIDENTS)
        lists, tasks = rows(ListCount, _LISTS), rows(OwedTask, _TASKS)
        questions = _within(period, rows(OpenQuestion, _QUESTIONS))
    return Review(
        summary=summary,
        lists=lists,
        tasks=tasks,
        narratives=tuple(sorted(narratives, key=lambda one: places.get(one.unit_id, len(places)))),
        questions=questions,
        accidents=spans[0] if spans else None,
        tables=tuple(
            load_period_report(find_snapshot(request.published).database, campaign_id, one.form_id, one.period)
            for one in tables
        ),
    )


def _within(period: str, rows: Iterable[OfPeriod]) -> tuple[OfPeriod, ...]:
    """Those whose own period lies within the period."""
    first_day, last_day = first_day_of(period), last_day_of(period)
    return tuple(row for row in rows if first_day <= first_day_of(row.period) and last_day_of(row.period) <= last_day)
