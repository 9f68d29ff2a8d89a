"""The shape of a campaign: pydantic models that reject unknown keys and say what is wrong.

Belongs here: documents, stages, contradictions, rules and the campaign as a whole; the other parts' models are
imported from here by everybody. Does not belong here: reading files (load.py), dates (calendar.py), evaluation of
rules (the expectations package).
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from campaigns import consistency, criteria, decision_checks, form_versions, reference_checks
from campaigns.accident_model import AccidentClock as AccidentClock
from campaigns.decision_model import Correction as Correction
from campaigns.decision_model import ExplanationDecision as ExplanationDecision
from campaigns.directory import UnitDirectory
from campaigns.duty_model import Cadence as Cadence
from campaigns.duty_model import Chain as Chain
from campaigns.duty_model import Disclosure
from campaigns.duty_model import Duty as Duty
from campaigns.duty_model import Extension as Extension
from campaigns.duty_model import LimitedTo as LimitedTo
from campaigns.duty_model import Obligation as Obligation
from campaigns.duty_model import Output as Output
from campaigns.duty_model import Period as Period
from campaigns.form_model import CellTexts as CellTexts
from campaigns.form_model import Column as Column
from campaigns.form_model import Form as Form
from campaigns.form_model import Identifier as Identifier
from campaigns.form_model import Item as Item
from campaigns.form_model import Narrative as Narrative
from campaigns.form_model import Part as Part
from campaigns.form_model import Section as Section
from campaigns.form_model import StampLabels as StampLabels
from campaigns.form_model import Strict as Strict
from campaigns.form_model import Text as Text
from campaigns.form_model import as_compared as as_compared
from campaigns.ledger_model import Criterion as Criterion
from campaigns.ledger_model import HazardDecision as HazardDecision
from campaigns.ledger_model import HazardMatching as HazardMatching
from campaigns.rule_references import unknown_references
from campaigns.task_model import SectorPlan as SectorPlan
from campaigns.task_model import Target as Target
from campaigns.task_model import Task as Task
from campaigns.task_model import TaskList as TaskList
from campaigns.unit_model import Group as Group
from campaigns.unit_model import Leader as Leader
from campaigns.unit_model import TreeEdge as TreeEdge
from campaigns.unit_model import Unit as Unit
from campaigns.unit_model import UnitChange as UnitChange
from campaigns.visit_model import VisitReason as VisitReason
from campaigns.vocabulary import Gate, RuleClass, Subject


class Document(Strict):
    """A governing document; duties, rules and readings cite it by `document_id` and clause."""

    document_id: Identifier
    number: Text
    title: Text
    issuer: Text
    issued_on: date | None = None
    status: Literal["issued", "draft_for_review"] = "issued"  # 送审稿
    disclosure: Disclosure = "not_stated"  # 信息公开形式


class Stage(Strict):
    """A part of the campaign; `goals` are what the document wants of it, as printed."""

    stage_id: Identifier
    name: Text
    starts_on: date | None = None
    ends_on: date
    goals: tuple[Text, ...] = ()
    clause: Text


class Contradiction(Strict):
    """A place where the documents disagree or leave a choice: a named setting with the reading in force.

    `about` says what rests on it; a report prints the readings about its own subjects.
    """

    code: Annotated[str, StringConstraints(pattern=r"^X\d+$")]
    setting: Identifier
    about: Subject
    reading: Text
    sentence: Text
    clauses: tuple[Text, ...]
    decided_by: Text


class Rule(Strict):
    """One published rule, in the notation of rule_references: `[1.2]`, `[3.3.amount]`, `[1.1@previous]`, `[*]`.

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
    area_within: tuple[Text, ...] = ()  # the city and province it lies in
    office: Text
    starts_on: date
    ends_on: date
    documents: tuple[Document, ...]
    stages: tuple[Stage, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    duties: tuple[Duty, ...]
    units: tuple[Unit, ...]
    forms: tuple[Form, ...]  # of each form the version in force
    earlier_forms: tuple[Form, ...] = ()
    rules: tuple[Rule, ...] = ()
    groups: tuple[Group, ...] = ()
    tree_edges: tuple[TreeEdge, ...] = ()
    unit_changes: tuple[UnitChange, ...] = ()
    leaders: tuple[Leader, ...] = ()
    task_lists: tuple[TaskList, ...] = ()
    tasks: tuple[Task, ...] = ()
    sector_plans: tuple[SectorPlan, ...] = ()
    targets: tuple[Target, ...] = ()
    extensions: tuple[Extension, ...] = ()
    corrections: tuple[Correction, ...] = ()
    explanation_decisions: tuple[ExplanationDecision, ...] = ()
    outputs: tuple[Output, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    chains: tuple[Chain, ...] = ()
    hazard_matching: HazardMatching = Field(default_factory=HazardMatching)
    hazard_decisions: tuple[HazardDecision, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    visit_reasons: tuple[VisitReason, ...] = ()
    accident_clocks: tuple[AccidentClock, ...] = ()

    @model_validator(mode="after")
    def _references_resolve(self) -> Self:
        forms = {form.form_id: form for form in self.forms}
        referring: tuple[tuple[str, tuple[Duty | Rule | Output, ...]], ...] = (
            ("duties", self.duties),
            ("rules", self.rules),
            ("outputs", self.outputs),
        )
        for field, entries in referring:
            for index, entry in enumerate(entries):
                if entry.form_id is not None and entry.form_id not in forms:
                    consistency.refuse(
                        f"form_id {entry.form_id!r} is not the form_id of any file in forms/", (field, index)
                    )
        for index, rule in enumerate(self.rules):
            for unknown in unknown_references(rule, forms[rule.form_id]):
                consistency.refuse(f"rule {rule.code}: {unknown}", ("rules", index))
        return self

    @model_validator(mode="after")
    def _keys_are_unique(self) -> Self:
        for field, key in _KEYS.items():
            consistency.check_unique(field, key, (getattr(entry, key) for entry in getattr(self, field)))
        dated = (f"{unit.unit_id} {unit.valid_from}" for unit in self.units)
        consistency.check_unique("units", "unit_id with valid_from", dated)
        return self

    @model_validator(mode="after")
    def _parts_hold_together(self) -> Self:
        consistency.check_overlap_reading(self.contradictions)
        consistency.check_units_do_not_overlap(self.units)
        consistency.check_names(self.units, self.groups)
        directory = self.directory()
        consistency.check_groups(self, directory)
        consistency.check_trees(self, directory)
        consistency.check_tree_circles(self, directory)
        consistency.check_changes(self, directory)
        reference_checks.check_tasks(self, directory)
        reference_checks.check_duties(self, directory)
        reference_checks.check_sector_plans(self, directory)
        reference_checks.check_targets(self)
        reference_checks.check_extensions(self, directory)
        decision_checks.check_corrections(self, directory)
        decision_checks.check_explanations(self, directory)
        decision_checks.check_hazard_decisions(self)
        criteria.check_criteria(self.criteria)
        reference_checks.check_obligations(self, directory)
        reference_checks.check_chains(self)
        reference_checks.check_forms(self)
        form_versions.check_earlier_forms(self)
        return self

    def directory(self) -> UnitDirectory:
        """Units, groups and leaders by every name; made anew at each call, so keep it while asking often."""
        return UnitDirectory(self.units, self.groups, self.leaders, self.tree_edges, self.unit_changes)

    def form(self, form_id: str) -> Form:
        return next(form for form in self.forms if form.form_id == form_id)

    def duty(self, duty_id: str) -> Duty:
        return next(duty for duty in self.duties if duty.duty_id == duty_id)

    def tasks_of(self, list_id: str) -> tuple[Task, ...]:
        """The tasks of one list in printed order."""
        return tuple(task for task in self.tasks if task.list_id == list_id)

    def setting(self, name: str) -> str:
        return next(c.reading for c in self.contradictions if c.setting == name)


_KEYS = {
    "duties": "duty_id",
    "forms": "form_id",
    "rules": "code",
    "documents": "document_id",
    "stages": "stage_id",
    "contradictions": "setting",
    "groups": "group_id",
    "unit_changes": "change_id",
    "leaders": "leader_id",
    "task_lists": "list_id",
    "tasks": "task_id",
    "sector_plans": "plan_id",
    "targets": "target_id",
    "outputs": "output_id",
    "obligations": "obligation_id",
    "chains": "chain_id",
    "corrections": "correction_id",
    "explanation_decisions": "decision_id",
    "criteria": "criterion_id",
    "visit_reasons": "reason",
    "accident_clocks": "grade",
}
