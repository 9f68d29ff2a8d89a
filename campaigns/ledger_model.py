"""Settings of the hazard ledger that an office may decide otherwise, its decisions about pairs, and its criteria.

Belongs here: fields of `hazard_matching` in campaign.yml, of hazard_decisions.csv and criteria.csv. Does not belong
here: columns of a hazard list (hazard_columns.py), which criterion a name means on a day (criteria.py), the comparison
itself (the ingest package).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field, model_validator

from campaigns.strict import Identifier, Strict, Text


class HazardMatching(Strict):
    """When two lines are the same hazard: likeness of their descriptions from 0 to 1, and days between the findings.

    From `sure` on two lines are joined by themselves; from `doubtful` on a person is asked. Findings up to `days_apart`
    days apart may be the same finding; the same words found again later are a repetition (屡查屡犯).
    """

    sure: Decimal = Field(default=Decimal("0.85"), gt=0, le=1)
    doubtful: Decimal = Field(default=Decimal("0.60"), gt=0, le=1)
    days_apart: int = Field(default=3, ge=0, le=60)

    @model_validator(mode="after")
    def _doubt_comes_before_certainty(self) -> HazardMatching:
        if self.doubtful > self.sure:
            raise ValueError("hazard_matching: `doubtful` is above `sure`")
        return self


class HazardDecision(Strict):
    """A person's word on a doubtful pair; of several on one pair the last one counts. `decided_by` names a role."""

    pair_id: Identifier
    decision: Literal["same", "different"]
    decided_by: Text
    decided_on: date
    reason: Text


class Criterion(Strict):
    """By what a hazard of a sector is judged a major one (判定标准), from one day on.

    `in_force_until` is the first day on which it no longer holds. An interim one is a list of priority items (重点事项)
    of a sector that has no standard yet; the standard, once there, supersedes it.
    """

    criterion_id: Identifier
    sector: Text
    name: Text
    number: Text | None = None  # of the document, where it is known
    aliases: tuple[Text, ...] = ()
    in_force_from: date
    in_force_until: date | None = None
    is_interim: bool
    superseded_by: Identifier | None = None
    clause: Text  # that demands it

    def in_force_on(self, day: date) -> bool:
        return self.in_force_from <= day and (self.in_force_until is None or day < self.in_force_until)
