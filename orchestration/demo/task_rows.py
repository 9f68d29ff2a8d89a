"""How a unit's tasks stand on a day: those the lists give it, or those it set itself.

Belongs here: lines of task tables. Does not belong here: which tasks there are (the campaign's lists, invented.toml).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from campaigns.model import Form, Unit
from campaigns.periods import last_day_of
from campaigns.task_model import Task
from orchestration.demo import invented
from orchestration.demo.letters import Row
from orchestration.demo.scene import Scene

_BEGUN = (-0.1, 0.45)  # where in a task's time it is begun and finished; 1 is its due day
_FINISHED = (0.15, 1.0)
_DAYS_LATE = (5, 80)  # of one task in five
_LATE = 0.2
_OMITTED, _UNREASONED, _EVIDENCED = 0.03, 0.15, 0.6


@dataclass(frozen=True)
class _Work:
    """One task of one unit, and when it must be done."""

    number: str
    goal: str
    due_on: date
    due_text: str
    lead_units: str = ""
    has_due: bool = True


def task_rows(scene: Scene, form: Form, unit: Unit, period: str, day: date) -> Iterator[Row]:
    """A line for each task; a list without a status only names them."""
    works = _own(scene, unit) if form.own_tasks else _listed(scene, form, unit, day)
    columns = {column.column_id for column in form.columns}
    for work in works:
        if "status" not in columns:
            yield {"number": work.number, "goal": work.goal, "lead_units": work.lead_units, "due": work.due_text}
        elif scene.chance("omits", unit.unit_id, work.number, period).random() >= _OMITTED:
            known = {"goal": work.goal, "due": work.due_text} if form.own_tasks else {}
            yield {"number": work.number, **known, **_standing(scene, form, unit, work, day)}


def _standing(scene: Scene, form: Form, unit: Unit, work: _Work, day: date) -> Row:
    statuses = next(column for column in form.columns if column.column_id == "status").choices
    last = len(statuses) - 1
    step = _step(scene, unit, work, day, last)
    chance = scene.chance("says", form.form_id, unit.unit_id, work.number, f"{day:%Y-%m}")
    row = {"status": statuses[step].label, "progress": invented.progress(step, last, unit.unit_name, chance)}
    if step == last and chance.random() < _EVIDENCED:
        row["evidence"] = invented.cell("evidence", chance)
    if step < last and work.has_due and work.due_on < day and chance.random() >= _UNREASONED:
        row["reason"] = invented.cell("reason", chance)
    return row


def _step(scene: Scene, unit: Unit, work: _Work, day: date, last: int) -> int:
    """Nobody falls back: the days of beginning and end are drawn once for a unit and a task."""
    start = scene.campaign.starts_on
    length = (work.due_on - start).days or 1
    chance = scene.chance("works", unit.unit_id, work.number)
    begun, finished = (start + timedelta(int(length * chance.uniform(*span))) for span in (_BEGUN, _FINISHED))
    if chance.random() < _LATE:
        finished = work.due_on + timedelta(chance.randint(*_DAYS_LATE))
    return last if day >= max(finished, start) else min(1, last) if day >= begun else 0


def _listed(scene: Scene, form: Form, unit: Unit, day: date) -> list[_Work]:
    """The tasks a unit leads; one that leads none answers for those it co-operates in."""
    tasks = [task for list_id in form.task_lists for task in scene.campaign.tasks_of(list_id)]
    led = [task for task in tasks if _names(scene, task.lead_units, unit, day)]
    return [_work(scene, task) for task in led or [task for task in tasks if _names(scene, task.co_units, unit, day)]]


def _work(scene: Scene, task: Task) -> _Work:
    year_ends = date(scene.campaign.starts_on.year, 12, 31)
    return _Work(
        number=task.number,
        goal=task.goal,
        due_on=task.due_on or year_ends,
        due_text=task.due_text or "",
        has_due=task.due_on is not None,
    )


def _names(scene: Scene, cell: str | None, unit: Unit, day: date) -> bool:
    return unit in scene.directory.named_units(scene.directory.read(cell), day)


def _own(scene: Scene, unit: Unit) -> list[_Work]:
    """Most of the tasks that there are to choose from, in an order of the unit's own."""
    chance, year = scene.chance("own tasks", unit.unit_id), scene.campaign.starts_on.year
    chosen = chance.sample(invented.own_tasks(), _how_many(chance))
    return [
        _Work(
            str(number),
            task["goal"],
            last_day_of(f"{year}-{task['due']:02}"),
            f"{year}年{task['due']}月",
            task["lead_units"],
        )
        for number, task in enumerate(chosen, start=1)
    ]


def _how_many(chance: Random) -> int:
    return chance.randint(len(invented.own_tasks()) - 3, len(invented.own_tasks()))
