"""Units, the groups the documents name them by, the trees they stand in, and leaders as role labels.

Belongs here: fields of units.csv, groups.yml, trees.csv and of `leaders` and `unit_changes` in campaign.yml. Does not
belong here: who a text names on which day (directory.py), what units owe (duty_model.py).
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from campaigns.strict import Identifier, Strict, Text
from campaigns.vocabulary import ReportingScope

RiskClass = Literal["general", "high"]
Tree = Literal["territory", "line", "state_assets"]


class Dated(Strict):
    """Something true from one day on; `valid_to` is the first day it no longer holds."""

    valid_from: date
    valid_to: date | None = None

    def valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


class Unit(Dated):
    """A unit that reports or is responsible; `risk_class` decides how often its leaders must inspect (高危行业)."""

    unit_id: Identifier
    unit_name: Text
    unit_kind: Text
    reporting_scope: ReportingScope
    position: int
    aliases: tuple[Text, ...] = ()
    source: Text
    risk_class: RiskClass | None = None


class Membership(Strict):
    """Some members of a group over some time: by name, by kind of unit, or all of another group."""

    units: tuple[Text, ...] = ()
    unit_kinds: tuple[Text, ...] = ()
    groups: tuple[Text, ...] = ()
    valid_from: date | None = None  # None: as long as the units themselves
    valid_to: date | None = None

    @model_validator(mode="after")
    def _names_somebody(self) -> Self:
        if not (self.units or self.unit_kinds or self.groups):
            raise ValueError("members need `units`, `unit_kinds` or `groups`")
        return self


class Group(Strict):
    """A name the documents use for many units, e.g. 区安委会成员单位.

    `is_complete` false: the document names the group but gives no full list; `is_open` true: it means some of the
    members without saying which (有关成员单位), so that expansion is an upper bound.
    """

    group_id: Identifier
    name: Text
    aliases: tuple[Text, ...] = ()
    members: tuple[Membership, ...] = ()
    is_complete: bool = True
    is_open: bool = False
    note: Text | None = None
    clause: Text

    @model_validator(mode="after")
    def _emptiness_is_admitted(self) -> Self:
        if not self.members and self.is_complete:
            raise ValueError(f"group {self.group_id} has no members; say `is_complete: false` where none are known")
        return self


class TreeEdge(Dated):
    """In one tree, the parent of a unit, or of every unit of a kind: a unit, a group, or the area by its code."""

    tree: Tree
    unit: Text
    parent: Text
    source: Text


class UnitChange(Strict):
    """Units that became others on a day, so that past figures can be shown as published and restated."""

    change_id: Identifier
    kind: Literal["rename", "merger", "split"]
    on: date
    before: tuple[Text, ...] = Field(min_length=1)
    after: tuple[Text, ...] = Field(min_length=1)
    clause: Text

    @model_validator(mode="after")
    def _kind_fits_the_numbers(self) -> Self:
        many_before, many_after = len(self.before) > 1, len(self.after) > 1
        if {"rename": (False, False), "merger": (True, False), "split": (False, True)}[self.kind] != (
            many_before,
            many_after,
        ):
            raise ValueError(f"change {self.change_id}: a {self.kind} does not go from {self.before} to {self.after}")
        return self


class Leader(Strict):
    """A leader of the area, by role label only; the label's pattern keeps names of people out."""

    leader_id: Identifier
    label: Annotated[str, StringConstraints(pattern=r"^(区|市|县|镇|乡|街道)?领导\d{2,3}$")]
