"""A campaign as rows: what the raw tables campaigns, forms, units, … hold of it.

Belongs here: one snapshot of everything, its content hash that tells it from the next. Does not belong here: rows of
forms (form_tables.py) and of tasks and rosters (task_tables.py), column types and writing (the raw zone).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from campaigns.calendar import CalendarDay, DueDate, OutputDate
from campaigns.criteria import criterion_rows, criterion_span_rows
from campaigns.form_tables import form_rows
from campaigns.list_rules import list_rule_rows
from campaigns.model import Campaign, Correction, ExplanationDecision, Rule
from campaigns.rule_question import question_of, version_of
from campaigns.span_tables import span_rows
from campaigns.task_tables import Rows, task_rows

_HASH_LENGTH = 16


def campaign_rows(
    campaign: Campaign,
    dates: Sequence[DueDate],
    loaded_at: datetime,
    outputs: Sequence[OutputDate] = (),
    days: Sequence[CalendarDay] = (),
) -> dict[str, Rows]:
    """Rows by raw table name, each with campaign_id, snapshot_id and loaded_at.

    `snapshot_id` is the same for every table of one campaign and changes when any row of any of them does, so a
    campaign that did not change is not appended again.
    """
    tables: dict[str, Rows] = {
        "campaigns": [_campaign_row(campaign)],
        **form_rows(campaign),
        "units": _unit_rows(campaign),
        "due_dates": _due_date_rows(campaign, dates),
        "rules": rule_rows(campaign),
        "contradictions": _contradiction_rows(campaign),
        "corrections": _decision_rows(campaign, campaign.corrections),
        "explanation_decisions": _decision_rows(campaign, campaign.explanation_decisions),
        "hazard_decisions": [decision.model_dump() for decision in campaign.hazard_decisions],
        "criteria": criterion_rows(campaign.criteria),
        "criterion_spans": criterion_span_rows(campaign.criteria),
        "calendar_days": [asdict(day) for day in days],
        "visit_reasons": _visit_reason_rows(campaign),
        "accident_clocks": [clock.model_dump() for clock in campaign.accident_clocks],
        "spans": list(span_rows(campaign)),
        **task_rows(campaign, dates, loaded_at.date(), outputs),
    }
    stamp = {"snapshot_id": _content_hash(tables), "loaded_at": loaded_at}
    return {
        name: [{"campaign_id": campaign.campaign_id, **row, **stamp} for row in rows] for name, rows in tables.items()
    }


def _content_hash(tables: dict[str, Rows]) -> str:
    text = json.dumps(tables, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:_HASH_LENGTH]


def _campaign_row(campaign: Campaign) -> dict[str, Any]:
    return {
        "campaign_id": campaign.campaign_id,
        "campaign_name": campaign.name,
        "area": campaign.area,
        "area_code": campaign.area_code,
        "office": campaign.office,
        "document_number": campaign.documents[0].number,  # the first document governs, the others are cited by it
        "starts_on": campaign.starts_on,
        "ends_on": campaign.ends_on,
    }


def _unit_rows(campaign: Campaign) -> Rows:
    return [
        {
            "unit_id": unit.unit_id,
            "unit_name": unit.unit_name,
            "unit_kind": unit.unit_kind,
            "reporting_scope": unit.reporting_scope.value,
            "position": unit.position,
            "valid_from": unit.valid_from,
            "valid_to": unit.valid_to,
        }
        for unit in campaign.units
    ]


def _due_date_rows(campaign: Campaign, dates: Sequence[DueDate]) -> Rows:
    duties = {duty.duty_id: duty for duty in campaign.duties}
    return [
        {
            "duty_id": due.duty_id,
            "form_id": due.form_id,
            "duty_name": duties[due.duty_id].name,
            "cadence": duties[due.duty_id].cadence,
            "reporting_scope": scope.value,
            "period": due.period,
            "previous_period": due.previous_period,
            "cutoff_on": due.cutoff_on,
            "due_on": due.due_on,
            "due_source": due.due_source,
            "grace_until": due.grace_until,
            "lock_on": due.lock_on,
            "voluntary": duties[due.duty_id].voluntary,
            "clause": duties[due.duty_id].clause,
        }
        for due in dates
        for scope in due.reporters
    ]


def rule_rows(campaign: Campaign) -> Rows:
    """Every rule of the campaign in its order: those of rules.yml, then those asked of lists."""
    forms = {form.form_id: form for form in campaign.forms}
    rules = [_rule_row(rule, question_of(rule, forms[rule.form_id])) for rule in campaign.rules]
    return [*rules, *list_rule_rows(campaign)]


def _rule_row(rule: Rule, question: str) -> dict[str, Any]:
    return {
        "form_id": rule.form_id,
        "rule_code": rule.code,
        "rule_version": version_of(question),
        "rule_class": rule.rule_class.value,
        "gate": rule.gate.value,
        "expect": rule.expect,
        "question": question,
        "sentence": rule.message,
        "clause": rule.clause,
        "is_trial": rule.trial,
    }


def _visit_reason_rows(campaign: Campaign) -> Rows:
    return [
        {**entry.model_dump(), "position": position, **entry.words._asdict()}
        for position, entry in enumerate(campaign.visit_reasons, 1)
    ]


def _decision_rows(campaign: Campaign, decisions: Sequence[Correction | ExplanationDecision]) -> Rows:
    """With the unit by its code; it may be named in any way that units.csv knows."""
    if not decisions:
        return []
    directory = campaign.directory()
    return [{**entry.model_dump(exclude={"unit"}), "unit_id": directory.unit_id(entry.unit)} for entry in decisions]


def _contradiction_rows(campaign: Campaign) -> Rows:
    return [
        {
            "code": choice.code,
            "setting": choice.setting,
            "about": choice.about.value,
            "reading": choice.reading,
            "sentence": choice.sentence,
            "clauses": "；".join(choice.clauses),
            "decided_by": choice.decided_by,
        }
        for choice in campaign.contradictions
    ]
