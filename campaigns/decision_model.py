"""What the office decides about figures that units sent: a row with its reason, never a changed number.

Belongs here: fields of corrections.csv and explanations.csv. Does not belong here: applying them (SQL), decisions about
hazards (ledger_model.py).

The office never edits what a unit reported. Where a figure must be counted otherwise before the unit has sent its form
again, the row says from which figure to which, why, on whose decision and on which paper; it counts only as long as the
unit's form holds the figure that it expects.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from campaigns.duty_model import Period
from campaigns.form_model import Identifier, Text
from campaigns.strict import Strict

Number = Annotated[Decimal, Field(max_digits=18, decimal_places=4, ge=0)]


class Correction(Strict):
    """One figure counted otherwise than reported; without `expected_value` the form is expected to hold no number.

    `decided_by` is an office or role, never a person; `document` is the paper that says so.
    """

    correction_id: Identifier
    unit: Text
    form_id: Identifier
    period: Period
    item_code: Text
    part: Identifier = "value"
    expected_value: Number | None = None
    new_value: Number
    reason: Text
    decided_by: Text
    decided_on: date
    document: Text


class ExplanationDecision(Strict):
    """The office's word on why a form breaks a rule; `explanation` where the unit said it other than in the form.

    Without `item_code` it is about every figure that breaks the rule. It holds for its period, and with `expires_on`
    for later ones too whose cut-off is not after that day. `decided_by` is an office or role, never a person.
    """

    decision_id: Identifier
    unit: Text
    form_id: Identifier
    period: Period
    rule_code: Text
    item_code: Text | None = None
    explanation: Text | None = None
    decision: Literal["accepted", "refused"]
    expires_on: date | None = None
    decided_by: Text
    decided_on: date
    reason: Text
