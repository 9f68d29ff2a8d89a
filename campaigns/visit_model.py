"""What makes a unit worth a visit: the facts an office looks at, and from how many on.

Belongs here: fields of `visit_reasons` in campaign.yml, and the name of each reason. Does not belong here: counting the
facts (SQL: int_visits__facts), printing the suggestions (the reports package).
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from pydantic import Field

from campaigns.duty_model import Basis
from campaigns.strict import Strict, Text


class ReasonName(NamedTuple):
    """How a reason is printed, and what is counted."""

    name: str
    measure_unit: str


REASON_NAMES = {
    "reports_missing": ReasonName("到期未报", "份"),
    "tasks_overdue": ReasonName("任务逾期未完成", "项"),
    "hazards_overdue": ReasonName("隐患超期未整改", "处"),
    "hazards_reopened": ReasonName("隐患整改后又重新打开", "处"),
    "figures_differ": ReasonName("报表与隐患清单不符", "项"),
    "accidents_in_a_year": ReasonName("一年内发生事故", "起"),
}


class VisitReason(Strict):
    """A unit is suggested for a visit from `at_least` facts on (S1 六（一）: 经常性提供调研选题和督导检查建议)."""

    reason: Literal[
        "reports_missing",
        "tasks_overdue",
        "hazards_overdue",
        "hazards_reopened",
        "figures_differ",
        "accidents_in_a_year",
    ]
    at_least: int = Field(default=1, ge=1)
    clause: Text
    basis: Basis = "stated"

    @property
    def words(self) -> ReasonName:
        return REASON_NAMES[self.reason]
