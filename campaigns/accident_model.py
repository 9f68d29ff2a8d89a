"""By when an accident has to be closed (按时结案), as data of the campaign.

Belongs here: fields of `accident_clocks` in campaign.yml. Does not belong here: counting days (SQL: rpt_accidents), the
form that accidents are reported on (forms/*.yml).
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from campaigns.duty_model import Basis
from campaigns.strict import Strict, Text


class AccidentClock(Strict):
    """An accident of this grade is to be closed within so many days of the day it happened (S3 第45项: 按时结案)."""

    grade: Literal["general", "serious", "major", "extraordinary"]
    within_days: int = Field(ge=1)
    clause: Text
    basis: Basis = "stated"
