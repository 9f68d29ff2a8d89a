"""What is known before a unit fills in a form, so that nothing known is asked again.

Belongs here: unit and period, the last figures from the published snapshot, the unit's rows of the campaign's task
lists. Does not belong here: drawing (reports.forms), which forms are written (form_templates.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from orchestration.home import Home

if TYPE_CHECKING:
    from campaigns.model import Campaign, Form, Unit
    from campaigns.task_model import Task
    from reports.forms import FormContent

Figures = dict[tuple[str, str], Decimal]

_LAST_FIGURES = """
    with figures as (
        select unit_id, period, item_code, part, cumulative_value
        from rpt_progress_table
        where campaign_id = ? and form_id = ? and cumulative_value is not null
          and period < coalesce(?, '9')
    )

    select * from figures
    where (unit_id, period) in (select (unit_id, max(period)) from figures group by unit_id)
"""


@dataclass(frozen=True, slots=True)
class KnownContent:
    """Everything known about all units of one form and period; `day` decides who belongs to a group."""

    campaign: Campaign
    form: Form
    period: str | None
    last_figures: Mapping[str, tuple[str, Figures]]  # by unit: the period, and what was reported then
    tasks: tuple[tuple[Task, frozenset[str], frozenset[str]], ...]  # with lead and co-operating units

    @classmethod
    def of(cls, home: Home, campaign: Campaign, form: Form, period: str | None, day: date) -> KnownContent:
        """Look everything up once, for however many units."""
        figures = _last_figures(home, campaign, form, period) if form.kind == "indicator_table" else {}
        return cls(campaign, form, period, figures, _tasks(campaign, form, day))

    def content(self, unit: Unit | None) -> FormContent:
        """What is filled in for one unit; for nobody in particular, what is the same for all."""
        from reports.forms import FormContent

        unit_id = unit.unit_id if unit else ""
        last_period, last_entries = self.last_figures.get(unit_id, (None, {}))
        return FormContent(
            unit_id=unit_id,
            unit_name=unit.unit_name if unit else "",
            period=self.period,
            last_period=last_period,
            last_entries=last_entries,
            rows=[_task_row(task) for task in self._tasks_of(unit_id)],
        )

    def _tasks_of(self, unit_id: str) -> list[Task]:
        """The tasks a unit leads; one that leads none answers for those it co-operates in. All for nobody."""
        led = [task for task, leads, _ in self.tasks if not unit_id or unit_id in leads]
        return led or [task for task, _, co_units in self.tasks if unit_id in co_units]


def _last_figures(home: Home, campaign: Campaign, form: Form, period: str | None) -> dict[str, tuple[str, Figures]]:
    """What every unit last reported before `period`; empty when nothing is published."""
    from orchestration.snapshot import current_snapshot

    snapshot = current_snapshot(home.published)
    last: dict[str, tuple[str, Figures]] = {}
    if snapshot is not None:
        for row in snapshot.rows(_LAST_FIGURES, (campaign.campaign_id, form.form_id, period)):
            _, figures = last.setdefault(row["unit_id"], (row["period"], {}))
            figures[row["item_code"], row["part"]] = row["cumulative_value"]
    return last


def _tasks(campaign: Campaign, form: Form, day: date) -> tuple[tuple[Task, frozenset[str], frozenset[str]], ...]:
    directory = campaign.directory()

    def named(cell: str | None) -> frozenset[str]:
        return frozenset(unit.unit_id for unit in directory.named_units(directory.read(cell), day))

    return tuple(
        (task, named(task.lead_units), named(task.co_units))
        for list_id in form.task_lists
        for task in campaign.tasks_of(list_id)
    )


def _task_row(task: Task) -> dict[str, str]:
    """A task as it stands in the list, by column of a task table."""
    from reports.wording import date_text, period_title

    due = task.due_text or ""
    if task.due:
        due = period_title(task.due) if task.due == task.due_month else date_text(task.due_on)
    told: dict[str, Any] = {name: getattr(task, name) for name in _AS_PRINTED}
    return {name: text for name, text in {**told, "due": due}.items() if text}


_AS_PRINTED = ("number", "theme", "goal", "lead_units", "co_units", "leaders")
