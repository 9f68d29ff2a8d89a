"""The shape of a campaign: pydantic models that reject unknown keys and say what is wrong.

Belongs here: fields, their meaning and the checks that hold inside one campaign. Does not belong here: reading files
(load.py), dates (calendar.py), evaluation of rules (the expectations package).
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from campaigns.vocabulary import Aggregation, Gate, IndicatorKind, ReportingScope, RuleClass

Identifier = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$")]
Period = Annotated[str, StringConstraints(pattern=r"^\d{4}(-(0[1-9]|1[0-2])|Q[1-4]|H[12])?$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


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
    cadence: Literal["monthly", "quarterly", "half_yearly", "yearly", "once"]
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
        return self


class Part(Strict):
    part: Literal["value", "count", "amount", "total", "of_which"]
    measure_unit: Text
    kind: IndicatorKind
    name: Text | None = None


class Item(Strict):
    """One numbered item of a form. Most have the single part `value`; 3.3, 3.8 and 4.5 of the 调度表 have two."""

    code: Annotated[str, StringConstraints(pattern=r"^\d+\.\d+$")]
    label: Text
    name: Text
    aliases: tuple[Text, ...] = ()
    aggregation: Aggregation
    applies_to: tuple[ReportingScope, ...] = tuple(ReportingScope)
    parts: tuple[Part, ...] = Field(min_length=1)
    definition: Text | None = None

    @model_validator(mode="after")
    def _parts_are_one_shape(self) -> Self:
        names = tuple(p.part for p in self.parts)
        if names not in {("value",), ("count", "amount"), ("total", "of_which")}:
            raise ValueError(f"item {self.code}: parts {names} are none of value | count, amount | total, of_which")
        return self


class Section(Strict):
    code: Annotated[str, StringConstraints(pattern=r"^\d+$")]
    title: Text
    items: tuple[Item, ...]


class StampLabels(Strict):
    """The words around the figures: whose form, when filled, by whom, and where explanations stand."""

    unit: tuple[Text, ...]
    filled_on: tuple[Text, ...]
    filler: tuple[Text, ...] = ()
    reviewer: tuple[Text, ...] = ()
    explanation: tuple[Text, ...] = ()
    period: tuple[Text, ...] = ()


class CellTexts(Strict):
    """Which text in a figure cell means what; anything else that is not a number is unreadable."""

    zero: tuple[Text, ...]
    blank: tuple[Text, ...]
    not_applicable: tuple[Text, ...]
    yes: tuple[Text, ...]
    no: tuple[Text, ...]


class Form(Strict):
    """One version of one form. The same spec yields blank form, parser, checks, dictionary and report layout."""

    form_id: Identifier
    version: Text
    kind: Literal["indicator_table", "document"]
    title: Text
    title_aliases: tuple[Text, ...] = ()
    clause: Text
    attachment_label: Text | None = None
    stamp_line: Text | None = None
    stamp: StampLabels
    cell_texts: CellTexts | None = None
    sections: tuple[Section, ...] = ()
    notes: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _codes_are_unique_and_in_their_section(self) -> Self:
        codes = [item.code for item in self.items]
        if len(set(codes)) != len(codes):
            raise ValueError(f"form {self.form_id}: item codes repeat")
        for section in self.sections:
            for item in section.items:
                if item.code.split(".")[0] != section.code:
                    raise ValueError(f"form {self.form_id}: item {item.code} stands in section {section.code}")
        if self.kind == "indicator_table" and (not self.sections or self.cell_texts is None):
            raise ValueError(f"form {self.form_id}: an indicator table needs `sections` and `cell_texts`")
        return self

    @cached_property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for section in self.sections for item in section.items)

    def item(self, code: str) -> Item:
        return self._by_code[code]

    @cached_property
    def _by_code(self) -> dict[str, Item]:
        return {item.code: item for item in self.items}


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
        forms = {form.form_id for form in self.forms}
        referring: tuple[Duty | Rule, ...] = (*self.duties, *self.rules)
        for what in referring:
            if what.form_id not in forms:
                raise ValueError(f"{what.form_id!r} is named by a duty or rule but forms/ has no such form")
        keys_by_name: dict[str, list[object]] = {
            "unit_id": [(u.unit_id, u.valid_from) for u in self.units],
            "rule code": [r.code for r in self.rules],
            "duty_id": [d.duty_id for d in self.duties],
            "setting": [c.setting for c in self.contradictions],
        }
        for name, keys in keys_by_name.items():
            if len(set(keys)) != len(keys):
                raise ValueError(f"{name} repeats in campaign {self.campaign_id}")
        return self

    def form(self, form_id: str) -> Form:
        return next(form for form in self.forms if form.form_id == form_id)

    def setting(self, name: str) -> str:
        return next(c.reading for c in self.contradictions if c.setting == name)
