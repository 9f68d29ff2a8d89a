"""The forms of a campaign as rows: items, columns, choices, and what the hazard ledger proves of them.

Belongs here: flattening of forms/*.yml. Does not belong here: the snapshot as a whole (tables.py), column types and
writing (the raw zone).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from campaigns.model import Campaign, Form
from campaigns.subjects import SUBJECTS
from campaigns.task_tables import Rows
from campaigns.vocabulary import ReportingScope


def form_rows(campaign: Campaign) -> dict[str, Rows]:
    """Rows by raw table name, without campaign and snapshot."""
    return {
        "forms": _form_rows(campaign),
        "indicators": _indicator_rows(campaign),
        "columns": _column_rows(campaign),
        "choices": _choice_rows(campaign),
        "indicator_ledger": list(_ledger_rows(campaign)),
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


def _ledger_rows(campaign: Campaign) -> Iterator[dict[str, Any]]:
    """Items that the hazard ledger proves, one row per source that counts; a null source stands for any."""
    for form in campaign.forms:
        for item in form.items:
            if item.ledger is not None:
                for source in item.ledger.sources or (None,):
                    yield {
                        "form_id": form.form_id,
                        "item_code": item.code,
                        "part": item.parts[0].part,
                        "counts": item.ledger.counts,
                        "source": source,
                        "is_listed": item.ledger.listed,
                    }
