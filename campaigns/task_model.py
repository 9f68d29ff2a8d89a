"""Task lists as printed, sector plans and numeric targets.

Belongs here: fields of tasks.csv and targets.csv and of `task_lists` and `sector_plans` in campaign.yml. Does not
belong here: which units a cell names on a day (directory.py), progress reported on a task (facts).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from campaigns.duty_model import Period
from campaigns.periods import last_day_of
from campaigns.strict import Identifier, Strict, Text

MonthOrDay = Annotated[str, StringConstraints(pattern=r"^\d{4}-(0[1-9]|1[0-2])(-\d{2})?$")]


class TaskSection(Strict):
    """A heading of a task list; `count` is the subtotal printed there (小计4项), or counted where none is."""

    title: Text
    count: int = Field(ge=1)


class TaskList(Strict):
    """One list of tasks as issued; `count` is the number of rows it declares, `columns` its printed head."""

    list_id: Identifier
    title: Text
    year: int = Field(ge=2000, le=2100)
    columns: tuple[Text, ...] = ()
    count: int = Field(ge=1)
    sections: tuple[TaskSection, ...]
    note: Text | None = None
    clause: Text


class Task(Strict):
    """One row of a task list, worded as printed.

    `lead_units`, `co_units` and `leaders` are the cells as printed (line breaks of the layout taken out); several
    names are separated by 、 or line breaks and must all be known. `due` is a month or a day.
    """

    list_id: Identifier
    task_id: Identifier
    number: Text
    section: Text
    theme: Text | None = None
    goal: Text
    due_text: Text | None = None
    due: MonthOrDay | None = None
    lead_units: Text
    co_units: Text | None = None
    leaders: Text | None = None
    clause: Text
    note: Text | None = None

    @model_validator(mode="after")
    def _due_is_a_day(self) -> Self:
        _ = self.due_on  # raises for a day that does not exist
        return self

    @property
    def due_month(self) -> str | None:
        """The due month as a period id; None where the document names no date."""
        return self.due[: len("2024-03")] if self.due else None

    @property
    def due_on(self) -> date | None:
        """The last day meant: a due month (3月) is kept to its end."""
        if self.due is None or self.due == self.due_month:
            return last_day_of(self.due) if self.due else None
        return date.fromisoformat(self.due)


class SectorPlan(Strict):
    """A sector's own plan with its lead and co-operating units (子方案); `scope` limits what a co-operator does."""

    plan_id: Identifier
    number: int
    name: Text
    lead: Text
    co_units: Text | None = None
    scope: Text | None = None
    clause: Text


class Target(Strict):
    """A number the documents want reached.

    With `relative_to` the value is a change in percent against that period (−10: ten percent lower), else a level in
    `measure_unit` of what `base` names; `base_value` is the full figure of `relative_to`, once the office knows it.
    Where documents disagree, `setting` names the contradiction and `reading` the side this row speaks for; no row is
    left out.
    """

    target_id: Identifier
    name: Text
    measure: Identifier
    comparison: Literal["at_least", "at_most", "between"]
    value: Decimal
    value_to: Decimal | None = None
    measure_unit: Text
    relative_to: Period | None = None
    base: Text | None = None
    base_value: Decimal | None = None
    first_period: Period
    last_period: Period
    task_id: Identifier | None = None
    setting: Identifier | None = None
    reading: Identifier | None = None
    text: Text
    clause: Text

    @model_validator(mode="after")
    def _bounds_fit_the_comparison(self) -> Self:
        if (self.comparison == "between") != (self.value_to is not None):
            raise ValueError(f"target {self.target_id}: `value_to` belongs to `between` and to nothing else")
        if self.value_to is not None and self.value_to < self.value:
            raise ValueError(f"target {self.target_id}: `value_to` is below `value`")
        if (self.setting is None) != (self.reading is None):
            raise ValueError(f"target {self.target_id}: `setting` and `reading` go together")
        return self
