"""The shape of a form: sections, numbered items, their parts, the words around them.

Belongs here: fields of forms/*.yml and the checks that hold inside one form. Does not belong here: columns of lists
and parts of narratives (form_columns.py), units, duties and rules, reading files. Users import these names from
campaigns.model.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from campaigns.form_columns import Choice as Choice
from campaigns.form_columns import Column as Column
from campaigns.form_columns import FormKind as FormKind
from campaigns.form_columns import Narrative as Narrative
from campaigns.form_columns import TextPart as TextPart
from campaigns.form_columns import check_list_form, only_for
from campaigns.strict import Identifier as Identifier
from campaigns.strict import Strict as Strict
from campaigns.strict import Text as Text
from campaigns.strict import as_compared as as_compared
from campaigns.subjects import SubjectName, check_subject
from campaigns.vocabulary import Aggregation, IndicatorKind, ReportingScope


class Part(Strict):
    part: Literal["value", "count", "amount", "total", "of_which"]
    measure_unit: Text
    kind: IndicatorKind
    name: Text | None = None


class LedgerCount(Strict):
    """What the hazard ledger counts where an item can be proved by it (数账相符): major ones since the campaign began.

    No `sources` means any source; `listed` counts those under 挂牌督办 only.
    """

    counts: Literal["found", "rectified"]
    sources: tuple[Literal["self_check", "inspection", "informant"], ...] = ()
    listed: bool = False


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
    ledger: LedgerCount | None = None

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

    @model_validator(mode="after")
    def _a_text_means_one_thing(self) -> Self:
        for group in (("zero", "blank", "not_applicable"), ("yes", "no")):
            meaning: dict[str, str] = {}
            for name in group:
                for text in getattr(self, name):
                    if meaning.setdefault(text.casefold(), name) != name:
                        raise ValueError(f"{text!r} cannot mean both {meaning[text.casefold()]} and {name}")
        return self


class Form(Strict):
    """One version of one form. The same spec yields blank form, parser, checks, dictionary and report layout.

    A file with `valid_to` is an earlier version, taken for periods cut off before that day; one with `valid_from` is
    taken for those cut off from it on. `assumed` marks a form whose text the documents name but do not hold: it runs as
    a version of the same `family` until the office replaces it. `task_lists` are the lists whose numbers a task table
    answers; with `own_tasks` the unit's own table defines them. `subject` says what a list is about (subjects.py).
    """

    form_id: Identifier
    version: Text
    valid_from: date | None = None
    valid_to: date | None = None
    kind: FormKind
    family: Identifier | None = None
    declared: Literal["as_printed", "assumed"] = "as_printed"
    title: Text
    title_aliases: tuple[Text, ...] = ()
    clause: Text
    attachment_label: Text | None = None
    stamp_line: Text | None = None
    stamp: StampLabels
    cell_texts: CellTexts | None = None
    sections: tuple[Section, ...] = ()
    columns: tuple[Column, ...] = ()
    row_key: tuple[Identifier, ...] = ()
    event_column: Identifier | None = None
    subject: SubjectName | None = None
    task_lists: tuple[Identifier, ...] = ()
    own_tasks: bool = False
    narrative: Narrative | None = None
    headings: tuple[TextPart, ...] = ()
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
        label_of: dict[str, str] = {}
        for item in self.items:
            for label in (item.label, item.name, *item.aliases):
                if label_of.setdefault(as_compared(label), item.code) != item.code:
                    raise ValueError(f"{label!r} is a label of both {label_of[as_compared(label)]} and {item.code}")
        if self.kind == "indicator_table" and (not self.sections or self.cell_texts is None):
            raise ValueError(f"form {self.form_id}: an indicator table needs `sections` and `cell_texts`")
        return self

    @model_validator(mode="after")
    def _fields_fit_the_kind(self) -> Self:
        check_list_form(self.kind, self.columns, self.row_key, self.event_column)
        only_for(self.kind, "indicator_table", ("sections",), self)
        only_for(self.kind, "narrative", ("narrative",), self)
        only_for(self.kind, "document", ("headings",), self)
        only_for(self.kind, "task_progress", ("task_lists", "own_tasks"), self)
        if self.kind == "narrative" and self.narrative is None:
            raise ValueError(f"form {self.form_id}: kind narrative needs `narrative`")
        if self.kind == "task_progress" and bool(self.task_lists) == self.own_tasks:
            raise ValueError(f"form {self.form_id}: kind task_progress needs either `task_lists` or `own_tasks: true`")
        check_subject(self.kind, self.subject, self.own_tasks, self.columns)
        return self

    def valid_on(self, day: date) -> bool:
        """Whether a period cut off on that day may be reported on this version."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)

    @property
    def events(self) -> tuple[str, ...]:
        """The codes of the choices of the event column."""
        return tuple(c.code for column in self.columns if column.column_id == self.event_column for c in column.choices)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for section in self.sections for item in section.items)

    def item(self, code: str) -> Item:
        return self._by_code[code]

    @cached_property
    def _by_code(self) -> dict[str, Item]:
        return {item.code: item for item in self.items}
