"""Everything a task board prints, read from the marts in one go: the state at the last cut-off within the period.

Belongs here: which rows are read, in which order. Does not belong here: layout (task_board_tables.py), counting.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Final

from reports.campaign_head import CampaignHead, days_of, load_head, nothing_to_print
from reports.published import Row, find_snapshot, open_snapshot, read_rows

if TYPE_CHECKING:
    from reports.report_request import ReportRequest

# Each form's last cut-off within the period: a quarter or half-year shows what its last month's report says.
IN_FORCE: Final = """campaign_id = $campaign_id and (form_id, period) in (
    select (form_id, max_by(period, cutoff_on)) from marts.rpt_list_progress
    where campaign_id = $campaign_id and cutoff_on between $first_day and $last_day
    group by form_id
)"""


@dataclass(frozen=True, slots=True)
class ListCount:
    form_id: str
    list_id: str
    list_title: str
    cutoff_on: date
    tasks: int
    tasks_done: int
    tasks_in_progress: int
    tasks_not_started: int
    tasks_unknown: int
    tasks_overdue: int


@dataclass(frozen=True, slots=True)
class BoardTask:
    """One task as printed in its list, with its state over all units."""

    form_id: str
    list_id: str
    task_id: str
    owner_unit_name: str | None
    number: str | None
    section: str | None
    theme: str | None
    goal: str
    due_text: str | None
    lead_units: str | None
    co_units: str | None
    leaders: str | None
    task_state: str
    task_state_name: str
    units_owed: int
    units_reported: int
    units_done: int
    units_overdue: int
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class TaskAnswer:
    """What one unit said of one task, and where it stands."""

    form_id: str
    list_id: str
    task_id: str
    number: str | None
    goal: str
    due_text: str | None
    unit_name: str
    role_name: str
    is_owed: bool
    has_status: bool
    status_words: str
    is_done: bool
    is_overdue: bool
    is_backwards: bool
    previous_status_name: str | None
    previous_status_period: str | None
    progress: str | None
    evidence: str | None
    reason: str | None
    file_name: str | None
    source_cell: str | None


@dataclass(frozen=True, slots=True)
class LeaderCount:
    form_id: str
    leader_id: str
    leader_label: str
    tasks: int
    tasks_done: int
    tasks_in_progress: int
    tasks_not_started: int
    tasks_unknown: int
    tasks_overdue: int


@dataclass(frozen=True, slots=True)
class LeaderTask:
    leader_id: str
    task_id: str


@dataclass(frozen=True, slots=True)
class UnitCount:
    form_id: str
    unit_id: str
    unit_name: str
    tasks_owed: int
    tasks_done: int
    tasks_in_progress: int
    tasks_not_started: int
    tasks_unknown: int
    tasks_overdue: int
    tasks_backwards: int
    tasks_beyond_owed: int


@dataclass(frozen=True, slots=True)
class SectorCount:
    plan_number: int
    plan_name: str
    plan_lead: str
    plan_co_units: str | None
    plan_scope: str | None
    role: str
    unit_name: str
    tasks_owed: int
    tasks_done: int
    tasks_in_progress: int
    tasks_not_started: int
    tasks_unknown: int
    tasks_overdue: int


@dataclass(frozen=True, slots=True)
class FormTimeliness:
    form_id: str
    unit_id: str
    received_at: datetime | None
    timeliness: str
    days_late: int | None


@dataclass(frozen=True)
class TaskBoard:
    """The rows of one board, as published; nothing is computed here."""

    head: CampaignHead
    lists: tuple[ListCount, ...]
    tasks: tuple[BoardTask, ...]
    answers: tuple[TaskAnswer, ...]
    leaders: tuple[LeaderCount, ...]
    leader_tasks: tuple[LeaderTask, ...]
    units: tuple[UnitCount, ...]
    sectors: tuple[SectorCount, ...]
    timeliness: tuple[FormTimeliness, ...]

    def tasks_of(self, count: ListCount) -> list[BoardTask]:
        return [task for task in self.tasks if (task.form_id, task.list_id) == (count.form_id, count.list_id)]

    @property
    def forms(self) -> list[str]:
        """The forms that speak of tasks, in printed order."""
        return list(dict.fromkeys(one.form_id for one in self.lists))

    def answers_to(self, task: BoardTask) -> list[TaskAnswer]:
        """What became of a task unit by unit, in the order of the roster, silent units included."""
        return self._answers.get((task.form_id, task.task_id), [])

    @property
    def said(self) -> tuple[TaskAnswer, ...]:
        """The answers that stand in a file; a unit that said nothing has no cell."""
        return tuple(answer for answer in self.answers if answer.source_cell)

    def line_of(self, answer: TaskAnswer) -> int:
        """The number under which the list of answers has it."""
        return self._lines[answer]

    @cached_property
    def _lines(self) -> dict[TaskAnswer, int]:
        return {answer: number for number, answer in enumerate(self.said, start=1)}

    @cached_property
    def _answers(self) -> dict[tuple[str, str], list[TaskAnswer]]:
        found: dict[tuple[str, str], list[TaskAnswer]] = {}
        for answer in self.answers:
            found.setdefault((answer.form_id, answer.task_id), []).append(answer)
        return found


def load_task_board(request: ReportRequest) -> TaskBoard:
    """Read the board from the published snapshot.

    Raises:
        ReportError: there is no snapshot.
        NothingToPrintError: no table of task progress has a cut-off within the period.
    """
    campaign_id = request.campaign.campaign_id
    first_day, last_day = days_of(request.period)
    known = {"campaign_id": campaign_id, "first_day": first_day, "last_day": last_day}
    with open_snapshot(find_snapshot(request.published)) as connection:

        def rows(row_type: type[Row], model: str, order: str) -> tuple[Row, ...]:
            return read_rows(connection, row_type, f"marts.{model} where {IN_FORCE} order by {order}", known)

        lists = rows(ListCount, "rpt_list_progress", "form_id, list_id")
        if not lists:
            raise nothing_to_print(request, "任务进展")
        by_task = "form_id, owner_unit_position nulls first, list_id, position"
        leader_tasks = "marts.dim_task_leaders where campaign_id = ? order by leader_id, task_id"
        return TaskBoard(
            head=load_head(connection, request),
            lists=_as_issued(lists, [task_list.list_id for task_list in request.campaign.task_lists]),
            tasks=rows(BoardTask, "rpt_task_board", by_task),
            answers=rows(TaskAnswer, "rpt_task_answers", f"unit_position, unit_id, {by_task}"),
            leaders=rows(LeaderCount, "rpt_leader_progress", "form_id, leader_id"),
            leader_tasks=read_rows(connection, LeaderTask, leader_tasks, (campaign_id,)),
            units=rows(UnitCount, "rpt_unit_progress", "form_id, unit_position, unit_id"),
            sectors=rows(SectorCount, "rpt_sector_progress", "form_id, plan_number, role desc, unit_id"),
            timeliness=rows(FormTimeliness, "rpt_timeliness", "form_id, unit_position"),
        )


def _as_issued(lists: tuple[ListCount, ...], issued: list[str]) -> tuple[ListCount, ...]:
    """The lists in the campaign's order; those that units made themselves stand last."""
    places = {list_id: place for place, list_id in enumerate(issued)}
    return tuple(sorted(lists, key=lambda one: (places.get(one.list_id, len(issued)), one.form_id)))
