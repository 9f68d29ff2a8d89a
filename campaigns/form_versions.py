"""Earlier versions of a form beside the one in force.

Belongs here: what must hold between the versions of one form. Does not belong here: what holds inside one form
(form_model.py), recognising a version in a file (the ingest package).

Facts, rules and reports speak of the items of the version in force. An earlier version may name and order them
otherwise and may lack some, which were not asked for then; it cannot hold others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from campaigns.consistency import refuse

if TYPE_CHECKING:
    from campaigns.form_model import Form, Item
    from campaigns.model import Campaign


def check_earlier_forms(campaign: Campaign) -> None:
    """An earlier version has one in force that knows its items, a version of its own and a time before its end."""
    in_force = {form.form_id: form for form in campaign.forms}
    seen = {(form.form_id, form.version) for form in campaign.forms}
    for index, form in enumerate(campaign.earlier_forms):
        at, name = ("earlier_forms", index), f"form {form.form_id} version {form.version}"
        current = in_force.get(form.form_id)
        if current is None:
            refuse(f"{name} has `valid_to`, but no file in forms/ holds the version in force", at)
        if form.kind != "indicator_table" or current.kind != form.kind:
            refuse(f"{name}: only an indicator_table may have earlier versions", at)
        if (form.form_id, form.version) in seen:
            refuse(f"{name} stands twice", at)
        seen.add((form.form_id, form.version))
        if form.valid_from and form.valid_to and form.valid_from >= form.valid_to:
            refuse(f"{name} ends before it begins", at)
        for item in form.items:
            if why := _differs(item, current):
                refuse(f"{name}: item {item.code} {why}", at)


def versions_of(campaign: Campaign, form_id: str) -> tuple[Form, ...]:
    """Every version of a form, the one in force first."""
    return (campaign.form(form_id), *(form for form in campaign.earlier_forms if form.form_id == form_id))


def _differs(item: Item, current: Form) -> str:
    """Why an item is not the one of the same code in the version in force; empty when it is."""
    codes = {known.code for known in current.items}
    if item.code not in codes:
        return f"is not in version {current.version}, which is in force"
    known = current.item(item.code)
    shape = [(part.part, part.measure_unit, part.kind) for part in item.parts]
    if shape != [(part.part, part.measure_unit, part.kind) for part in known.parts]:
        return f"has other parts, units or kinds than in version {current.version}"
    return "" if item.aggregation is known.aggregation else f"adds up otherwise than in version {current.version}"
