"""Whether the office's decisions are about something: a unit, a figure of a form, one decision a day.

Belongs here: checks of corrections.csv, explanations.csv and hazard_decisions.csv against the rest of a campaign. Does
not belong here: their fields (decision_model.py, ledger_model.py), whether what was sent still is what a decision
expects (SQL: every mail changes it).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from campaigns.consistency import check_unique, refuse
from campaigns.directory import UnitDirectory
from campaigns.rule_references import figure_references, reference_of

if TYPE_CHECKING:
    from campaigns.model import Campaign


def check_corrections(campaign: Campaign, directory: UnitDirectory) -> None:
    """A correction names a unit and a figure of a form, and no figure is corrected twice on one day."""
    forms = {form.form_id: form for form in campaign.forms}
    for index, entry in enumerate(campaign.corrections):
        at = ("corrections", index)
        if directory.unit_id(entry.unit) is None:
            refuse(f"{entry.unit!r} is no unit of units.csv", at)
        if entry.form_id not in forms:
            refuse(f"{entry.form_id!r} is no form of this campaign", at)
        figure = reference_of(entry.item_code, entry.part)
        if figure not in figure_references(forms[entry.form_id]):
            refuse(f"form {entry.form_id} has no figure {figure!r}", at)
        if entry.expected_value == entry.new_value:
            refuse("the new value is the expected one; there is nothing to correct", at)
    keys = (
        f"{directory.unit_id(e.unit)} {e.form_id} {e.period} {e.item_code}.{e.part} {e.decided_on}"
        for e in campaign.corrections
    )
    check_unique("corrections", "unit, period, figure and day decided", keys)


def check_explanations(campaign: Campaign, directory: UnitDirectory) -> None:
    """A decision names a unit, a rule of its form and an item of it, and does not expire before it is made."""
    rules = {(rule.form_id, rule.code) for rule in campaign.rules}
    items = {(form.form_id, item.code) for form in campaign.forms for item in form.items}
    for index, entry in enumerate(campaign.explanation_decisions):
        at = ("explanation_decisions", index)
        if directory.unit_id(entry.unit) is None:
            refuse(f"{entry.unit!r} is no unit of units.csv", at)
        if (entry.form_id, entry.rule_code) not in rules:
            refuse(f"form {entry.form_id!r} has no rule {entry.rule_code!r}", at)
        if entry.item_code and (entry.form_id, entry.item_code) not in items:
            refuse(f"form {entry.form_id} has no item {entry.item_code!r}", at)
        if entry.expires_on and entry.expires_on < entry.decided_on:
            refuse(f"it expires on {entry.expires_on}, before it was decided", at)


def check_hazard_decisions(campaign: Campaign) -> None:
    """No pair is decided twice on one day: the last decision counts, and nobody could say which that is."""
    keys = (f"{entry.pair_id} {entry.decided_on}" for entry in campaign.hazard_decisions)
    check_unique("hazard_decisions", "pair_id and day decided", keys)
