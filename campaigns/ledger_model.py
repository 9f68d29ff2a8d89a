"""Settings of the hazard ledger that an office may decide otherwise, and its decisions about doubtful pairs.

Belongs here: fields of `hazard_matching` in campaign.yml and of hazard_decisions.csv. Does not belong here: columns of
a hazard list (hazard_columns.py), the comparison itself (the ingest package).
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
