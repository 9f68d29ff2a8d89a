"""The rows of a task table that are known before a unit fills it in: the office's lists, or the unit's own tasks.

Belongs here: which tasks a unit answers for, as rows by column, and what it last said of each. Does not belong here:
everything else known about a unit (known_content.py), drawing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from campaigns.model import Campaign, Form
    from campaigns.task_model import Task
    from orchestration.snapshot import MartSnapshot
    from reports.blank_forms.forms import ListRow

_AS_PRINTED = ("number", "theme", "goal", "lead_units", "co_units", "leaders")
_OWN_TASKS = """
    select owner_unit_id as unit_id, number, goal, lead_units, due_text, due_month
    from dim_tasks
    where campaign_id = ? and owner_unit_id is not null
    order by position
"""

_LAST_STATUS = """
    with known as (
        select unit_id, task_id, period, status_name
        from fct_task_progress
        where campaign_id = ? and form_id = ? and step is not null and period < coalesce(?, '9')
    )

    select * from known
    where (unit_id, task_id, period) in (select (unit_id, task_id, max(period)) from known group by unit_id, task_id)
"""


@dataclass(frozen=True, slots=True)
class _ListedTask:
    task: Task
    lead_units: frozenset[str]
    co_units: frozenset[str]


@dataclass(frozen=True, slots=True)
class TaskRows:
    """The tasks of one form: `are_own` where every unit's own table defines them."""

    are_own: bool
    listed: tuple[_ListedTask, ...] = ()
    own: Mapping[str, list[ListRow]] = field(default_factory=dict)  # by unit
    last_status: Mapping[tuple[str, str], str] = field(default_factory=dict)  # by unit and task, in words

    @classmethod
    def of(
        cls,
        snapshot: MartSnapshot | None,
        campaign: Campaign,
        form: Form,
        key: tuple[str, str, str | None],
        day: date,
    ) -> TaskRows:
        """Look them up once for all units; `key` is campaign, form and period, `day` decides who is in a group."""
        if snapshot and not snapshot.holds("fct_task_progress"):
            snapshot = None
        if form.own_tasks:
            return cls(are_own=True, own=_own_tasks(snapshot, campaign.campaign_id) if snapshot else {})
        known = _last_status(snapshot, key) if snapshot and form.task_lists else {}
        return cls(are_own=False, listed=_listed(campaign, form, day), last_status=known)

    def rows_of(self, unit_id: str) -> tuple[list[ListRow], list[str]]:
        """The unit's rows and what it last said of each; all rows of the list for nobody in particular."""
        if self.are_own:
            return self.own.get(unit_id, []), []
        tasks = self._tasks_of(unit_id)
        hints = [self.last_status.get((unit_id, task.task_id), "") for task in tasks]
        return [_row(task) for task in tasks], hints if any(hints) else []

    def _tasks_of(self, unit_id: str) -> list[Task]:
        """The tasks a unit leads; one that leads none answers for those it co-operates in."""
        led = [one.task for one in self.listed if not unit_id or unit_id in one.lead_units]
        return led or [one.task for one in self.listed if unit_id in one.co_units]


def _listed(campaign: Campaign, form: Form, day: date) -> tuple[_ListedTask, ...]:
    directory = campaign.directory()

    def named(cell: str | None) -> frozenset[str]:
        return frozenset(unit.unit_id for unit in directory.named_units(directory.read(cell), day))

    return tuple(
        _ListedTask(task, named(task.lead_units), named(task.co_units))
        for list_id in form.task_lists
        for task in campaign.tasks_of(list_id)
    )


def _own_tasks(snapshot: MartSnapshot, campaign_id: str) -> dict[str, list[ListRow]]:
    from reports.paper.wording import period_title

    own: dict[str, list[ListRow]] = {}
    for task in snapshot.rows(_OWN_TASKS, (campaign_id,)):
        due = period_title(task["due_month"]) if task["due_month"] else task["due_text"]
        row = {"number": task["number"], "goal": task["goal"], "lead_units": task["lead_units"], "due": due}
        own.setdefault(task["unit_id"], []).append({name: text for name, text in row.items() if text})
    return own


def _last_status(snapshot: MartSnapshot, key: tuple[str, str, str | None]) -> dict[tuple[str, str], str]:
    return {
        (row["unit_id"], row["task_id"]): f"{row['period']} 报的是 {row['status_name']}。"
        for row in snapshot.rows(_LAST_STATUS, key)
    }


def _row(task: Task) -> ListRow:
    """A task as it stands in the list, by column of a task table."""
    from reports.paper.wording import date_text, period_title

    due = task.due_text or ""
    if task.due:
        due = period_title(task.due) if task.due == task.due_month else date_text(task.due_on)
    told: dict[str, Any] = {name: getattr(task, name) for name in _AS_PRINTED}
    return {name: text for name, text in {**told, "due": due}.items() if text}
