"""Questions asked of lists once all of them are in: against earlier periods, other units, the day a task was due.

Belongs here: code, class and sentence of each, and the forms it is asked of. Does not belong here: how it is found out
and the words about one row (SQL: int_outcomes__*), rules on figures (rules.yml), problems of reading (the ingest
package).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from campaigns.vocabulary import Gate, RuleClass

if TYPE_CHECKING:
    from campaigns.model import Campaign, Form


@dataclass(frozen=True, slots=True)
class ListRule:
    """One question; `asked_of` says of which forms. The code never changes."""

    code: str
    asked_of: Callable[[Form], bool]
    sentence: str
    sentence_en: str
    rule_class: RuleClass = RuleClass.VERIFICATION


def _explains_status(form: Form) -> bool:
    return {"status", "reason"} <= {column.column_id for column in form.columns}


def _is_about_accidents(form: Form) -> bool:
    return form.subject == "accident"


LIST_RULES = (
    ListRule(
        "TL-2-01",
        _explains_status,
        "任务的完成状态比最近一次报的倒退的，应写明原因。",
        "A status that falls behind the last one reported needs a reason.",
    ),
    ListRule(
        "TL-2-02",
        _explains_status,
        "任务逾期未完成的，应写明原因。",
        "A task that is overdue and not done needs a reason.",
    ),
    ListRule(
        "AC-2-01",
        _is_about_accidents,
        "同一事故编号在各期写的发生日期应当一致。",
        "One accident number should have one date in all periods.",
    ),
    ListRule(
        "AC-2-02",
        _is_about_accidents,
        "几个单位报了同日、同一事故单位的事故的，应确认是否同一起。",
        "Accidents of one day and enterprise told by several units may be one accident.",
    ),
    ListRule(
        "RG-2-01",
        lambda form: form.kind == "register",
        "台账中的条目不应删去；不再有的，保留该行并填日期。",
        "Entries of a register are ended by a date, not left out.",
    ),
)


def list_rule_rows(campaign: Campaign) -> list[dict[str, Any]]:
    """Rows of the raw table `rules`: one for each form and each question asked of it."""
    return [
        {
            "form_id": form.form_id,
            "rule_code": rule.code,
            "rule_version": None,  # decided anew every night by SQL, never proved against a stored text
            "rule_class": rule.rule_class.value,
            "gate": Gate.FACTS.value,
            "expect": None,
            "question": None,
            "sentence": rule.sentence,
            "clause": form.clause,
            "is_trial": False,
        }
        for form in campaign.forms
        for rule in LIST_RULES
        if rule.asked_of(form)
    ]
