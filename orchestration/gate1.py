"""Gate 1 as intake and `check` run it: the rules of the campaign, handed to the reader of files.

Belongs here: joining the two packages that must not know each other. Does not belong here: rules (expectations),
verdicts (ingest).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from campaigns.calendar import cutoff_of, periods_of
from expectations.rules import judge_submission

if TYPE_CHECKING:
    from campaigns.model import Campaign, Unit
    from campaigns.vocabulary import Outcome, ReportingScope
    from ingest.parsed import ParsedSubmission


_ROSTERS: dict[int, tuple[Campaign, dict[str, list[Unit]]]] = {}


def judge(campaign: Campaign, parsed: ParsedSubmission) -> Sequence[Outcome]:
    """Apply the rules of gate 1 to a submission whose form, unit and period are known."""
    if parsed.form_id is None or parsed.unit_id is None or parsed.period is None:
        return ()
    scope = _scope_of(campaign, parsed.form_id, parsed.unit_id, parsed.period)
    return judge_submission(campaign, parsed.form_id, scope, parsed.cells)


def _scope_of(campaign: Campaign, form_id: str, unit_id: str, period: str) -> ReportingScope:
    """By the unit's row valid on the period's cut-off, as in the marts; the newest where none is."""
    rows = _rows_by_unit(campaign)[unit_id]
    owed = [duty for duty in campaign.duties if duty.form_id == form_id and period in periods_of(duty)]
    valid = [
        unit
        for duty in owed
        for unit in rows
        if unit.reporting_scope in duty.reporters and unit.valid_on(cutoff_of(duty, period))
    ]
    return max(valid or rows, key=lambda unit: unit.valid_from).reporting_scope


def _rows_by_unit(campaign: Campaign) -> dict[str, list[Unit]]:
    """Made once per campaign: looking through three thousand units costs more than judging a form."""
    known = _ROSTERS.get(id(campaign))
    if known is None or known[0] is not campaign:
        rows: dict[str, list[Unit]] = {}
        for unit in campaign.units:
            rows.setdefault(unit.unit_id, []).append(unit)
        _ROSTERS[id(campaign)] = known = (campaign, rows)
    return known[1]
