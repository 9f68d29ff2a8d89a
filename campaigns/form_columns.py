"""What forms other than indicator tables hold: columns of lists and registers, parts of a narrative.

Belongs here: column types, choices, the limits of a narrative and the checks of each kind of form. Does not belong
here: indicator tables and the form itself (form_model.py), reading what was sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, Field, StringConstraints, model_validator

from campaigns.hazard_columns import check_hazard_columns
from campaigns.strict import Identifier, Strict, Text, as_compared

FormKind = Literal[
    "indicator_table",
    "document",
    "task_progress",
    "narrative",
    "register",
    "event_list",
    "liaison_list",
    "hazard_list",
]
LIST_KINDS = frozenset({"task_progress", "register", "event_list", "liaison_list", "hazard_list"})
ColumnType = Literal[
    "text", "integer", "decimal", "date", "month", "choice", "yes_no", "unit", "units", "phone", "task_number"
]
_NUMBERS: frozenset[str] = frozenset({"integer", "decimal"})
ColumnId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]


class Choice(Strict):
    """One word a choice column may hold; `code` is what tables store."""

    code: ColumnId
    label: Text
    aliases: tuple[Text, ...] = ()


class Column(Strict):
    """One column of a list: its head as printed, what stands in it, whether a row may leave it empty.

    `at_most` names the column of numbers that this one is part of (已整改 of 发现): no row may have more of it.
    `at_once` names the column whose day is meant where this one of days says 立即整改, 立行立改 (R57).
    `personal` marks data of people (姓名、联系电话): kept apart and published to nobody. Choices of a status stand in
    the order in which things advance.
    """

    column_id: ColumnId
    label: Text
    aliases: tuple[Text, ...] = ()
    type: ColumnType = "text"
    required: bool = False
    choices: tuple[Choice, ...] = ()
    measure_unit: Text | None = None
    at_most: ColumnId | None = None
    at_once: ColumnId | None = None
    personal: bool = False
    definition: Text | None = None

    @model_validator(mode="after")
    def _choices_fit_the_type(self) -> Self:
        if (self.type == "choice") != bool(self.choices):
            raise ValueError(f"column {self.column_id}: `choices` belong to type `choice` and to nothing else")
        words = [(word, choice.code) for choice in self.choices for word in (choice.label, *choice.aliases)]
        check_labels(words, f"column {self.column_id}")
        return self


class TextPart(Strict):
    """A heading of a document or a part of a narrative, as the document prescribes it."""

    part_id: ColumnId
    label: Text
    aliases: tuple[Text, ...] = ()
    required: bool = True
    definition: Text | None = None


class Narrative(Strict):
    """A text in parts. Over `longest` it is accepted and flagged; how characters count is a contradiction's reading.

    `counting_setting` names that contradiction (X14); its reading is one of text_length.COUNTING_RULES.
    """

    parts: tuple[TextPart, ...] = Field(min_length=1)
    longest: int | None = Field(default=None, ge=1)
    counting_setting: Identifier | None = None

    @model_validator(mode="after")
    def _a_limit_says_how_to_count(self) -> Self:
        if (self.longest is None) != (self.counting_setting is None):
            raise ValueError("`longest` and `counting_setting` go together")
        check_labels([(word, p.part_id) for p in self.parts for word in (p.label, *p.aliases)], "narrative")
        return self


def check_labels(words: Iterable[tuple[str, str]], whose: str) -> None:
    """Refuse a word that stands for two things, compared without white space and punctuation."""
    owner: dict[str, str] = {}
    for word, meaning in words:
        first = owner.setdefault(as_compared(word) or word, meaning)
        if first != meaning:
            raise ValueError(f"{whose}: {word!r} cannot mean both {first} and {meaning}")


def check_list_form(kind: str, columns: Sequence[Column], row_key: Sequence[str], event_column: str | None) -> None:
    """What holds for columns: list kinds have them, heads differ, key and event columns exist."""
    if (kind in LIST_KINDS) != bool(columns):
        raise ValueError(f"`columns` belong to the kinds {', '.join(sorted(LIST_KINDS))}, which need them")
    check_labels([(word, c.column_id) for c in columns for word in (c.label, *c.aliases)], "columns")
    by_id = {column.column_id: column for column in columns}
    if len(by_id) != len(columns):
        raise ValueError("column_id repeats")
    for name in row_key:
        if name not in by_id:
            raise ValueError(f"row_key names {name!r}, which is no column")
    if bool(columns) != bool(row_key):
        raise ValueError("a list needs `row_key`, the columns that tell its rows apart")
    for column in columns:
        _check_part(column, by_id)
        _check_at_once(column, by_id)
    if kind == "hazard_list":
        check_hazard_columns(columns)
    if (kind == "event_list") != (event_column is not None):
        raise ValueError("`event_column` belongs to kind event_list, which needs it")
    if event_column is not None and (event_column not in by_id or by_id[event_column].type != "choice"):
        raise ValueError(f"event_column {event_column!r} is no column of type choice")


def _check_part(part: Column, by_id: Mapping[str, Column]) -> None:
    """Refuse a part that has no whole to be compared with."""
    if part.at_most is None:
        return
    whole = by_id.get(part.at_most)
    if (
        whole is None
        or whole is part
        or not _NUMBERS.issuperset((part.type, whole.type))
        or whole.measure_unit != part.measure_unit
    ):
        raise ValueError(
            f"column {part.column_id}: `at_most` names {part.at_most!r}, which is no other column of numbers in "
            f"{part.measure_unit or 'the same unit'}"
        )


def _check_at_once(column: Column, by_id: Mapping[str, Column]) -> None:
    """Refuse 立即 in a column of no days, or one that takes its day from no other column of days."""
    if column.at_once is None:
        return
    other = by_id.get(column.at_once)
    if other is None or other is column or {column.type, other.type} != {"date"}:
        raise ValueError(
            f"column {column.column_id}: `at_once` names {column.at_once!r}; both must be columns of type date"
        )


def only_for(kind: str, wanted: str, fields: Iterable[str], form: BaseModel) -> None:
    """Refuse fields that belong to another kind of form."""
    for field in fields:
        value: Any = getattr(form, field)
        if kind != wanted and value:
            raise ValueError(f"`{field}` belongs to kind {wanted}")
