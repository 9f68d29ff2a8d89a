"""Gate 1 as intake and `check` run it: the rules of the campaign, handed to the reader of files.

Belongs here: joining the two packages that must not know each other. Does not belong here: rules (expectations),
verdicts (ingest).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from campaigns.vocabulary import ReportingScope
from expectations.rules import judge_submission

if TYPE_CHECKING:
    from campaigns.model import Campaign
    from campaigns.vocabulary import Outcome
    from ingest.parsed import ParsedSubmission


def judge(campaign: Campaign, parsed: ParsedSubmission) -> Sequence[Outcome]:
    """Apply the rules of gate 1 to a submission whose form and unit are known."""
    if parsed.form_id is None or parsed.unit_id is None:
        return ()
    return judge_submission(campaign, parsed.form_id, _scope_of(campaign, parsed.unit_id), parsed.cells)


def _scope_of(campaign: Campaign, unit_id: str) -> ReportingScope:
    rows = [unit for unit in campaign.units if unit.unit_id == unit_id]
    return max(rows, key=lambda unit: unit.valid_from).reporting_scope
