"""A campaign as rows: what the raw tables campaigns, forms, units, … hold of it.

Belongs here: flattening, the content hash that tells one snapshot from the next. Does not belong here: column types and
writing (the raw zone), choosing the snapshot in force (SQL).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from campaigns.calendar import DueDate
from campaigns.model import Campaign, Form
from campaigns.vocabulary import ReportingScope

Rows = list[dict[str, Any]]

_HASH_LENGTH = 16


def campaign_rows(campaign: Campaign, dates: Sequence[DueDate], loaded_at: datetime) -> dict[str, Rows]:
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
    }
    return stamped(campaign.campaign_id, tables, loaded_at)


def stamped(campaign_id: str, tables: dict[str, Rows], loaded_at: datetime) -> dict[str, Rows]:
    """The same rows with campaign_id, loaded_at and one snapshot_id made from all of them."""
    stamp = {"snapshot_id": _content_hash(tables), "loaded_at": loaded_at}
    return {name: [{"campaign_id": campaign_id, **row, **stamp} for row in rows] for name, rows in tables.items()}


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
            "clause": form.clause,
        }
        for form in campaign.forms
    ]


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
