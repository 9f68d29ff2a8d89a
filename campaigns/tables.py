"""A campaign as rows: what the raw tables campaigns, forms, units, … hold of it.

Belongs here: flattening, the content hash that tells one snapshot from the next. Does not belong here: column types and
writing (the raw zone), choosing the snapshot in force (SQL).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from campaigns.calendar import CalendarDay, DueDate, OutputDate
from campaigns.model import Campaign, Form
from campaigns.subjects import SUBJECTS
from campaigns.task_tables import Rows, task_rows
from campaigns.vocabulary import ReportingScope

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
        "forms": _form_rows(campaign),
        "units": _unit_rows(campaign),
        "indicators": _indicator_rows(campaign),
        "due_dates": _due_date_rows(campaign, dates),
        "rules": _rule_rows(campaign),
        "contradictions": _contradiction_rows(campaign),
        "columns": _column_rows(campaign),
        "choices": _choice_rows(campaign),
        "hazard_decisions": [decision.model_dump() for decision in campaign.hazard_decisions],
        "calendar_days": [asdict(day) for day in days],
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


def _form_rows(campaign: Campaign) -> Rows:
    return [
        {
            "form_id": form.form_id,
            "form_version": form.version,
            "form_kind": form.kind,
            "form_title": form.title,
            "longest_text": form.narrative.longest if form.narrative else None,
            "counting_rule": _counting_rule(campaign, form),
            "event_column": form.event_column,
            "subject": form.subject,
            "date_column": SUBJECTS[form.subject].date_column if form.subject else None,
            "actor_column": SUBJECTS[form.subject].actor_column if form.subject else None,
            "own_tasks": form.own_tasks,
            "clause": form.clause,
        }
        for form in campaign.forms
    ]


def _counting_rule(campaign: Campaign, form: Form) -> str | None:
    """How the length of a narrative counts: the reading in force of the contradiction that the form names."""
    setting = form.narrative.counting_setting if form.narrative else None
    return campaign.setting(setting) if setting else None


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


def _indicator_rows(campaign: Campaign) -> Rows:
    return [
        {"form_id": form.form_id, **row, "position": position}
        for form in campaign.forms
        for position, row in enumerate(_figures_of(form), start=1)
    ]


def _figures_of(form: Form) -> Iterator[dict[str, Any]]:
    for section in form.sections:
        for item in section.items:
            for part in item.parts:
                yield {
                    "item_code": item.code,
                    "part": part.part,
                    "section_code": section.code,
                    "section_name": section.title,
                    "indicator_name": item.name,
                    "part_name": part.name,
                    "measure_unit": part.measure_unit,
                    "kind": part.kind.value,
                    "aggregation": item.aggregation.value,
                    "applies_to_territory": ReportingScope.TERRITORY in item.applies_to,
                    "applies_to_city_level": ReportingScope.CITY_LEVEL in item.applies_to,
                    "definition": item.definition,
                }


def _column_rows(campaign: Campaign) -> Rows:
    """The columns of list forms and the parts of narratives, in printed order."""
    rows: Rows = []
    for form in campaign.forms:
        parts, key = form.narrative.parts if form.narrative else (), form.row_key
        named = [
            (c.column_id, c.label, c.type, c.measure_unit, c.required, c.personal, c.column_id in key, c.definition)
            for c in form.columns
        ]
        named += [(p.part_id, p.label, "text", None, p.required, False, False, p.definition) for p in parts]
        rows += [
            {"form_id": form.form_id, **dict(zip(_COLUMN_FIELDS, values, strict=True)), "position": position}
            for position, values in enumerate(named, start=1)
        ]
    return rows


_COLUMN_FIELDS = (
    "column_id",
    "column_name",
    "column_type",
    "measure_unit",
    "is_required",
    "is_personal",
    "is_key",
    "definition",
)


def _choice_rows(campaign: Campaign) -> Rows:
    return [
        {
            "form_id": form.form_id,
            "column_id": column.column_id,
            "choice_code": choice.code,
            "choice_name": choice.label,
            "position": position,
        }
        for form in campaign.forms
        for column in form.columns
        for position, choice in enumerate(column.choices, start=1)
    ]


def _due_date_rows(campaign: Campaign, dates: Sequence[DueDate]) -> Rows:
    """What is expected; a voluntary duty expects nothing and has no row."""
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
            "clause": duties[due.duty_id].clause,
        }
        for due in dates
        if not duties[due.duty_id].voluntary
        for scope in due.reporters
    ]


def _rule_rows(campaign: Campaign) -> Rows:
    return [
        {
            "form_id": rule.form_id,
            "rule_code": rule.code,
            "rule_class": rule.rule_class.value,
            "gate": rule.gate.value,
            "expect": rule.expect,
            "sentence": rule.message,
            "clause": rule.clause,
            "is_trial": rule.trial,
        }
        for rule in campaign.rules
    ]


def _contradiction_rows(campaign: Campaign) -> Rows:
    return [
        {
            "code": choice.code,
            "setting": choice.setting,
            "reading": choice.reading,
            "sentence": choice.sentence,
            "clauses": "；".join(choice.clauses),
            "decided_by": choice.decided_by,
        }
        for choice in campaign.contradictions
    ]
