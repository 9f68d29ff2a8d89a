"""The shape of a campaign: pydantic models that reject unknown keys and say what is wrong.

Belongs here: fields, their meaning and the checks that hold inside one campaign. Does not belong here: reading files
(load.py), dates (calendar.py), evaluation of rules (the expectations package).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal, NoReturn, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from campaigns.form_model import CellTexts as CellTexts
from campaigns.form_model import Form as Form
from campaigns.form_model import Identifier as Identifier
from campaigns.form_model import Item as Item
from campaigns.form_model import Part as Part
from campaigns.form_model import Section as Section
from campaigns.form_model import StampLabels as StampLabels
from campaigns.form_model import Strict as Strict
from campaigns.form_model import Text as Text
from campaigns.form_model import as_compared as as_compared
from campaigns.rule_references import unknown_references
from campaigns.vocabulary import Gate, ReportingScope, RuleClass

Cadence = Literal["monthly", "quarterly", "half_yearly", "yearly", "once"]
Period = Annotated[str, StringConstraints(pattern=r"^\d{4}(-(0[1-9]|1[0-2])|Q[1-4]|H[12])?$")]

_PERIOD_OF: dict[Cadence, str] = {
    "monthly": r"\d{4}-\d{2}",
    "quarterly": r"\d{4}Q\d",
    "half_yearly": r"\d{4}H\d",
    "yearly": r"\d{4}",
    "once": r"\d{4}-\d{2}",
}


class Document(Strict):
    """A governing document; duties, rules and readings cite it by `document_id` and clause."""

    document_id: Identifier
    number: Text
    title: Text
    issuer: Text
    issued_on: date | None = None


class Stage(Strict):
    stage_id: Identifier
    name: Text
    starts_on: date | None = None
    ends_on: date
    clause: Text


class Contradiction(Strict):
    """A place where the documents disagree or leave a choice: a named setting with the reading in force."""

    code: Annotated[str, StringConstraints(pattern=r"^X\d+$")]
    setting: Identifier
    reading: Text
    sentence: Text
    clauses: tuple[Text, ...]
    decided_by: Text


class Unit(Strict):
    """A unit that reports, effective-dated; `valid_to` is the first day it no longer reports."""

    unit_id: Identifier
    unit_name: Text
    unit_kind: Text
    reporting_scope: ReportingScope
    position: int
    aliases: tuple[Text, ...] = ()
    valid_from: date
    valid_to: date | None = None
    source: Text

    def valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


class Duty(Strict):
    """Who reports which form, how often, and the four dates of a period: cut-off, due, grace, lock.

    `due_before` reads "25日前" as the day before; `shift` says where a due day that is not a working day goes.
    """

    duty_id: Identifier
    form_id: Identifier
    name: Text
    cadence: Cadence
    clause: Text
    reporters: tuple[ReportingScope, ...]
    first_period: Period
    last_period: Period
    cutoff_day: int | None = Field(default=None, ge=1, le=31)
    due_day: int | None = Field(default=None, ge=1, le=31)
    due_on: date | None = None
    due_before: bool = False
    shift: Literal["earlier", "later", "none"] = "none"
    shift_on: Literal["non_working_days", "statutory_holidays"] = "non_working_days"
    grace_days: int = Field(default=0, ge=0)
    lock_after_days: int = Field(default=45, ge=0)

    @model_validator(mode="after")
    def _dates_fit_the_cadence(self) -> Self:
        if (self.cadence == "once") != (self.due_on is not None):
            raise ValueError(f"duty {self.duty_id}: `due_on` belongs to cadence `once`, `due_day` to the others")
        if self.cadence != "once" and self.due_day is None:
            raise ValueError(f"duty {self.duty_id}: cadence `{self.cadence}` needs `due_day`")
        for period in (self.first_period, self.last_period):
            if not re.fullmatch(_PERIOD_OF[self.cadence], period):
                raise ValueError(f"duty {self.duty_id}: {period!r} is not a period of cadence `{self.cadence}`")
        if self.last_period < self.first_period:
            raise ValueError(f"duty {self.duty_id}: `last_period` comes before `first_period`")
        if self.due_on and {self.first_period, self.last_period} != {f"{self.due_on:%Y-%m}"}:
            raise ValueError(f"duty {self.duty_id}: the period of cadence `once` is the due month {self.due_on:%Y-%m}")
        return self


class Rule(Strict):
    """One published rule. `expect` and `when` use `[1.2]`, `[3.3.amount]`, `[1.1@previous]`; `[*]` with `for_each`.

    The rule is not applicable when `when` is false or a figure it needs is not a number.
    """

    code: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}-\d-\d{2}$")]
    form_id: Identifier
    rule_class: RuleClass
    gate: Gate
    expect: Text
    when: Text | None = None
    for_each: tuple[Text, ...] = ()
    message: Text
    message_en: Text
    clause: Text
    trial: bool = False


class Campaign(Strict):
    campaign_id: Identifier
    name: Text
    area: Text
    area_code: Text
    office: Text
    starts_on: date
    ends_on: date
    documents: tuple[Document, ...]
    stages: tuple[Stage, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    duties: tuple[Duty, ...]
    units: tuple[Unit, ...]
    forms: tuple[Form, ...]
    rules: tuple[Rule, ...] = ()

    @model_validator(mode="after")
    def _references_resolve(self) -> Self:
        forms = {form.form_id: form for form in self.forms}
        referring: tuple[tuple[str, tuple[Duty | Rule, ...]], ...] = (("duties", self.duties), ("rules", self.rules))
        for field, entries in referring:
            for index, entry in enumerate(entries):
                if entry.form_id not in forms:
                    _refuse(f"form_id {entry.form_id!r} is not the form_id of any file in forms/", (field, index))
        for index, rule in enumerate(self.rules):
            for unknown in unknown_references(rule, forms[rule.form_id]):
                _refuse(f"rule {rule.code}: {unknown}", ("rules", index))
        return self

    @model_validator(mode="after")
    def _keys_are_unique(self) -> Self:
        _unique("duties", "duty_id", (duty.duty_id for duty in self.duties))
        _unique("forms", "form_id", (form.form_id for form in self.forms))
        _unique("rules", "code", (rule.code for rule in self.rules))
        _unique("documents", "document_id", (document.document_id for document in self.documents))
        _unique("stages", "stage_id", (stage.stage_id for stage in self.stages))
        _unique("contradictions", "setting", (choice.setting for choice in self.contradictions))
        _unique("units", "unit_id with valid_from", (f"{u.unit_id} {u.valid_from}" for u in self.units))
        return self

    @model_validator(mode="after")
    def _a_unit_is_expected_once(self) -> Self:
        """Two rows of one unit are two times of its life: where they overlap it would be expected twice."""
        rows_of: dict[str, list[Unit]] = {}
        for index, unit in enumerate(self.units):
            for other in rows_of.setdefault(unit.unit_id, []):
                later, earlier = (unit, other) if unit.valid_from >= other.valid_from else (other, unit)
                if earlier.valid_on(later.valid_from):
                    _refuse(f"unit {unit.unit_id} stands twice for {later.valid_from}; end one row", ("units", index))
            rows_of[unit.unit_id].append(unit)
        return self

    @model_validator(mode="after")
    def _names_mean_one_unit(self) -> Self:
        """An alias names one unit for the whole campaign: intake never guesses between two (DESIGN §3)."""
        owner: dict[str, str] = {}
        for index, unit in enumerate(self.units):
            for name in (unit.unit_name, *unit.aliases):
                first = owner.setdefault(as_compared(name), unit.unit_id)
                if first != unit.unit_id:
                    _refuse(f"the name {name!r} of unit {unit.unit_id} already names unit {first}", ("units", index))
        return self

    def form(self, form_id: str) -> Form:
        return next(form for form in self.forms if form.form_id == form_id)

    def setting(self, name: str) -> str:
        return next(c.reading for c in self.contradictions if c.setting == name)


def _unique(field: str, name: str, keys: Iterable[str]) -> None:
    seen: set[str] = set()
    for index, key in enumerate(keys):
        if key in seen:
            _refuse(f"{name} {key!r} repeats", (field, index))
        seen.add(key)


def _refuse(sentence: str, path: tuple[str | int, ...]) -> NoReturn:
    """Reject a campaign at one entry; the loader turns `path` into file and line."""
    raise PydanticCustomError("campaign", "{sentence}", {"sentence": sentence, "path": path})
