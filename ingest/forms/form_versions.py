"""Which version of a form was used, and whether it counts for its period.

Belongs here: choosing among the versions that the labels fit, items that a version does not ask for. Does not belong
here: what versions there are (campaigns), finding labels (form_search.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from campaigns.calendar import DueDate
from campaigns.form_versions import versions_of
from campaigns.model import Campaign, Form
from campaigns.vocabulary import Cell, Outcome, ValueState
from ingest.layouts.form_search import FormBlock
from ingest.problems import Reading, reading_problem
from ingest.senders.identity import Marker


def version_used(block: FormBlock, marker: Marker, cutoff_on: date | None) -> Form:
    """Of the versions that fit: the one that the template's marker names, else one valid for the period."""
    named = [form for form in block.versions if (form.form_id, form.version) == (marker.form, marker.version)]
    valid = [form for form in block.versions if cutoff_on is not None and form.valid_on(cutoff_on)]
    return (*named, *valid, block.form)[0]


def version_problem(campaign: Campaign, used: Form, sheet_name: str, due: DueDate | None) -> Outcome | None:
    """Why a version does not count for its period: another one was in force when it was cut off."""
    if due is None or used.valid_on(due.cutoff_on):
        return None
    expected = next((form for form in versions_of(campaign, used.form_id) if form.valid_on(due.cutoff_on)), None)
    if expected is None:
        return None
    return reading_problem(
        Reading.VERSION_NOT_VALID,
        sheet=sheet_name,
        found=used.version,
        expected=expected.version,
        period=due.period,
    )


def due_of(dates: Sequence[DueDate], form: Form, period: str | None) -> DueDate | None:
    """The dates of a form's period."""
    return next((due for due in dates if due.form_id == form.form_id and due.period == period), None)


def not_asked(campaign: Campaign, used: Form, sheet_name: str) -> Iterator[Cell]:
    """Items of the version in force that the version used does not have: nobody was asked for them."""
    in_force = campaign.form(used.form_id)
    if used is in_force:
        return
    asked = {item.code for item in used.items}
    for item in in_force.items:
        if item.code not in asked:
            for part in item.parts:
                yield Cell(item.code, part.part, ValueState.NOT_APPLICABLE, None, "", sheet_name, "")
