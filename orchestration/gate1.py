"""Gate 1 as intake and `check` run it: the rules of the campaign, handed to the reader of files.

Belongs here: joining the two packages that must not know each other. Does not belong here: rules (expectations),
verdicts (ingest).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from campaigns.calendar import cutoff_of, periods_of
from expectations.rules import judge_submission

if TYPE_CHECKING:
    from datetime import date

    from campaigns.model import Campaign, Unit
    from campaigns.vocabulary import Outcome, ReportingScope
    from ingest.parsed import ParsedSubmission


_Owed = tuple[frozenset["ReportingScope"], "date"]  # who owes a form for a period, and its cut-off


@dataclass(slots=True)
class _Scopes:
    """What decides the scope of a submission, looked up once: going through three thousand units costs more than
    judging a form.
    """

    campaign: Campaign
    rows: dict[str, list[Unit]]
    owed: dict[tuple[str, str], tuple[_Owed, ...]] = field(default_factory=dict)  # by form and period


_SCOPES: dict[int, _Scopes] = {}


def judge(campaign: Campaign, parsed: ParsedSubmission) -> Sequence[Outcome]:
    """Apply the rules of gate 1 to a submission whose form, unit and period are known."""
    if parsed.form_id is None or parsed.unit_id is None or parsed.period is None:
        return ()
    scope = _scope_of(campaign, parsed.form_id, parsed.unit_id, parsed.period)
    return judge_submission(campaign, parsed.form_id, scope, parsed.cells)


def _scope_of(campaign: Campaign, form_id: str, unit_id: str, period: str) -> ReportingScope:
    """By the unit's row valid on the period's cut-off, as in the marts; the newest where none is."""
    scopes = _scopes_of(campaign)
    rows, owed = scopes.rows[unit_id], scopes.owed.get((form_id, period))
    if owed is None:
        of_form = [duty for duty in campaign.duties if duty.form_id == form_id and period in periods_of(duty)]
        owed = tuple((frozenset(duty.reporters), cutoff_of(duty, period)) for duty in of_form)
        scopes.owed[form_id, period] = owed
    valid = [
        unit
        for reporters, cutoff_on in owed
        for unit in rows
        if unit.reporting_scope in reporters and unit.valid_on(cutoff_on)
    ]
    return max(valid or rows, key=lambda unit: unit.valid_from).reporting_scope


def _scopes_of(campaign: Campaign) -> _Scopes:
    known = _SCOPES.get(id(campaign))
    if known is None or known.campaign is not campaign:
        rows: dict[str, list[Unit]] = {}
        for unit in campaign.units:
            rows.setdefault(unit.unit_id, []).append(unit)
        _SCOPES[id(campaign)] = known = _Scopes(campaign, rows)
    return known
