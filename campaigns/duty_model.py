"""What units owe and what the office itself publishes: cadences, dates, who is meant, extensions, chains.

Belongs here: fields of `duties`, `outputs`, `obligations` and `chains` in campaign.yml and of extensions.csv. Does not
belong here: computing dates (calendar.py), expanding who is meant on a day (reporters.py).
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from campaigns.strict import Identifier, Strict, Text
from campaigns.unit_model import RiskClass, Tree
from campaigns.vocabulary import OutputKind, ReportingScope

Cadence = Literal["monthly", "quarterly", "half_yearly", "yearly", "once"]
PERIOD_PATTERN = r"^\d{4}(-(0[1-9]|1[0-2])|Q[1-4]|H[12])?$"
Period = Annotated[str, StringConstraints(pattern=PERIOD_PATTERN)]
Basis = Literal["stated", "inferred"]  # whether the document says so, or the office must confirm our reading
Disclosure = Literal["public", "on_request", "internal", "not_stated"]  # 信息公开形式

PERIOD_OF: dict[Cadence, str] = {
    "monthly": r"\d{4}-\d{2}",
    "quarterly": r"\d{4}Q\d",
    "half_yearly": r"\d{4}H\d",
    "yearly": r"\d{4}",
    "once": r"\d{4}-\d{2}",
}


class Recurring(Strict):
    """Something due once or once in every period; `due_before` reads "25日前" as the day before.

    `due_month_offset` moves the due day out of the period's last month: 1 is the month after it, -8 the April of a
    year. `shift` says where a due day goes that is not a working day.
    """

    kind_of_entry: ClassVar[str]  # also the name of its id field, without `_id`
    day_is_needed: ClassVar[bool] = False

    cadence: Cadence
    first_period: Period
    last_period: Period
    due_day: int | None = Field(default=None, ge=1, le=31)
    due_on: date | None = None
    due_before: bool = False
    due_month_offset: int = Field(default=0, ge=-11, le=12)
    shift: Literal["earlier", "later", "none"] = "none"
    shift_on: Literal["non_working_days", "statutory_holidays"] = "non_working_days"
    clause: Text
    basis: Basis = "stated"

    @property
    def entry_name(self) -> str:
        """What messages call it, e.g. `duty progress_monthly`."""
        return f"{self.kind_of_entry} {getattr(self, f'{self.kind_of_entry}_id')}"

    @model_validator(mode="after")
    def _dates_fit_the_cadence(self) -> Self:
        name = self.entry_name
        if (self.cadence == "once") != (self.due_on is not None):
            raise ValueError(f"{name}: `due_on` belongs to cadence `once`, `due_day` to the others")
        if self.day_is_needed and self.cadence != "once" and self.due_day is None:
            raise ValueError(f"{name}: cadence `{self.cadence}` needs `due_day`")
        for period in (self.first_period, self.last_period):
            if not re.fullmatch(PERIOD_OF[self.cadence], period):
                raise ValueError(f"{name}: {period!r} is not a period of cadence `{self.cadence}`")
        if self.last_period < self.first_period:
            raise ValueError(f"{name}: `last_period` comes before `first_period`")
        if self.due_on and {self.first_period, self.last_period} != {f"{self.due_on:%Y-%m}"}:
            raise ValueError(f"{name}: the period of cadence `once` is the due month {self.due_on:%Y-%m}")
        return self


class LimitedTo(Strict):
    """Only some of the units of the reporting scopes: those named in any way here, and of these risk classes.

    `task_lists` means every unit that leads or co-operates in a task of the list.
    """

    units: tuple[Text, ...] = ()
    groups: tuple[Text, ...] = ()
    unit_kinds: tuple[Text, ...] = ()
    task_lists: tuple[Identifier, ...] = ()
    risk_classes: tuple[RiskClass, ...] = ()

    @property
    def names_units(self) -> bool:
        """Whether units are named at all; else only the risk classes limit."""
        return bool(self.units or self.groups or self.unit_kinds or self.task_lists)

    @model_validator(mode="after")
    def _limits_something(self) -> Self:
        if not (self.names_units or self.risk_classes):
            raise ValueError("limited_to is empty; leave it out where all units are meant")
        return self


class Duty(Recurring):
    """Who reports which form, how often, and the four dates of a period: cut-off, due, grace, lock.

    `reporters` are the reporting scopes, `limited_to` some of their units. A `voluntary` duty may be reported and is
    never missing (如当月有亮点工作可单独报送).
    """

    kind_of_entry: ClassVar[str] = "duty"
    day_is_needed: ClassVar[bool] = True

    duty_id: Identifier
    form_id: Identifier
    name: Text
    reporters: tuple[ReportingScope, ...]
    limited_to: LimitedTo | None = None
    voluntary: bool = False
    cutoff_day: int | None = Field(default=None, ge=1, le=31)
    grace_days: int = Field(default=0, ge=0)
    lock_after_days: int = Field(default=45, ge=0)


class Extension(Strict):
    """A later due day granted to one unit for one period; `granted_by` is an office or role, never a person."""

    unit: Text
    duty_id: Identifier
    period: Period
    due_on: date
    granted_by: Text
    granted_on: date
    reason: Text


class Output(Recurring):
    """What the office itself publishes or holds on a cadence: tables, bulletins, evaluations, supervision (R44, R45).

    Where the document names no day, the last day of the period is meant. A kind that is printed once for each form is
    printed for all forms that fit it, or for `form_id` alone.
    """

    kind_of_entry: ClassVar[str] = "output"

    output_id: Identifier
    name: Text
    kind: OutputKind
    form_id: Identifier | None = None
    disclosure: Disclosure = "not_stated"


class Obligation(Strict):
    """What a unit must do a number of times in each period, by its risk class; counted from rows of an event form.

    S4 二7: 每季度带队检查至少1次（高危行业领域每月至少1次）. A risk class without a cadence owes nothing.
    """

    obligation_id: Identifier
    name: Text
    form_id: Identifier
    event: Identifier  # the choice of the form's event column that counts
    times: int = Field(ge=1)
    cadences: dict[RiskClass, Literal["monthly", "quarterly", "half_yearly", "yearly"]] = Field(min_length=1)
    limited_to: LimitedTo
    starts_on: date
    ends_on: date
    clause: Text
    basis: Basis = "stated"


class Chain(Strict):
    """Reports that feed another one: children in a tree send `upstream_duties`, their parent `downstream_duty`.

    When the first hop is late, an on-time second hop is still incomplete (R5, R6). Periods must be the same.
    """

    chain_id: Identifier
    name: Text
    tree: Tree
    upstream_duties: tuple[Identifier, ...] = Field(min_length=1)
    downstream_duty: Identifier
    clause: Text
    basis: Basis = "stated"
