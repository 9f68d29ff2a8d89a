"""Submissions for the tests of rules, written as short texts: "12.5", "约10", "/", "?"; what is not named is blank."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import pandas as pd

from campaigns.load import load_campaign
from campaigns.model import Campaign, Rule
from campaigns.vocabulary import Cell, Outcome, ReportingScope, ValueState
from expectations.rules import judge_submission

CAMPAIGN = load_campaign("haicheng_2023")
FORM = CAMPAIGN.form("progress")
KEYS = [f"{item.code}.{part.part}" for item in FORM.items for part in item.parts]
TERRITORY, CITY_LEVEL = ReportingScope.TERRITORY, ReportingScope.CITY_LEVEL

Written = Mapping[str, str]

# What is stored of a rule for each of three figures, by what stands in them: item, part and outcome of each row.
RULE_FOR_EACH = {"for_each": ["1.1", "1.2", "3.3.count"], "expect": "[*] > 5"}
OUTCOMES_OF_FOR_EACH = [
    (["6", "7", "8"], [("", "", "pass")]),
    (["", "", "8"], [("", "", "pass")]),
    (["", "/", "?"], [("", "", "not_applicable")]),
    (["1", "7", ""], [("1.1", "value", "fail")]),
    (["", "7", "3"], [("3.3", "count", "fail")]),
    (["1", "7", "3"], [("1.1", "value", "fail"), ("3.3", "count", "fail")]),
]


def with_rules(*rules: Mapping[str, Any]) -> Campaign:
    """The real campaign with other rules; what a rule does not say is filled in."""
    usual = {
        "form_id": "progress",
        "rule_class": "mandatory",
        "gate": "submission",
        "message": "错",
        "message_en": "wrong",
        "clause": "测试",
    }
    numbered = [{"code": f"TT-0-{n:02}", **usual, **rule} for n, rule in enumerate(rules, start=1)]
    return CAMPAIGN.model_copy(update={"rules": tuple(Rule.model_validate(rule) for rule in numbered)})


def read(text: str) -> tuple[ValueState, Decimal | None]:
    if text in {"", "/", "?"}:
        states = {"": ValueState.BLANK, "/": ValueState.NOT_APPLICABLE, "?": ValueState.UNREADABLE}
        return states[text], None
    if text.startswith("约"):
        return ValueState.APPROXIMATE, Decimal(text[1:])
    return (ValueState.ZERO if text == "0" else ValueState.VALUE), Decimal(text)


def key_of(name: str) -> str:
    return name if name in KEYS else f"{name}.value"


def cells_of(written: Written) -> list[Cell]:
    """All cells of the form in order: the first figure stands in C1, the last in C35."""
    texts = {key_of(name): text for name, text in written.items()}
    assert texts.keys() <= set(KEYS), "a test names a figure that the form has not"
    cells = []
    for row, key in enumerate(KEYS, start=1):
        item_code, part = key.rsplit(".", 1)
        text = texts.get(key, "")
        cells.append(Cell(item_code, part, *read(text), text, "调度表", f"C{row}"))
    return cells


def judge(written: Written, scope: ReportingScope = TERRITORY, campaign: Campaign = CAMPAIGN) -> list[Outcome]:
    return judge_submission(campaign, "progress", scope, cells_of(written))


def figures_frame(
    submissions: Iterable[tuple[str, ReportingScope, Written]],
    previous: Mapping[str, Written] | None = None,
    campaign_id: str = "haicheng_2023",
    ledger: Mapping[str, Written] | None = None,
) -> pd.DataFrame:
    """The long frame as SQL prepares it; `previous` holds the period before, `ledger` its counts, by submission_id."""
    rows = []
    for submission_id, scope, written in submissions:
        before = {c.item_code + "." + c.part: c for c in cells_of((previous or {}).get(submission_id, {}))}
        counted = {key_of(name): Decimal(text) for name, text in (ledger or {}).get(submission_id, {}).items()}
        for cell in cells_of(written):
            count = counted.get(f"{cell.item_code}.{cell.part}")
            last = before[f"{cell.item_code}.{cell.part}"]
            rows.append(
                {
                    "campaign_id": campaign_id,
                    "form_id": "progress",
                    "unit_id": f"unit of {submission_id}",
                    "reporting_scope": scope.value,
                    "period": "2023-07",
                    "submission_id": submission_id,
                    "is_current": True,
                    "item_code": cell.item_code,
                    "part": cell.part,
                    "kind": "cumulative_count",
                    "value_state": cell.state.value,
                    "value": cell.value,
                    "previous_value": last.value,
                    "previous_state": last.state.value if previous and submission_id in previous else None,
                    "ledger_value": count,
                    "ledger_state": None if count is None else "value" if count else "zero",
                    "source_cell": cell.address,
                }
            )
    columns = [
        *("campaign_id", "form_id", "unit_id", "reporting_scope", "period", "submission_id", "is_current"),
        *("item_code", "part", "kind", "value_state", "value", "previous_value", "previous_state"),
        *("ledger_value", "ledger_state", "source_cell"),
    ]
    return pd.DataFrame(rows, columns=columns)


def stored_frame(
    outcomes: Mapping[str, Iterable[Outcome]], batch_id: str = "20230725T013000", campaign_id: str = "haicheng_2023"
) -> pd.DataFrame:
    """Outcomes by submission_id as intake stores them."""
    rows = [
        {
            "submission_id": submission_id,
            "campaign_id": campaign_id,
            "form_id": "progress",
            "rule_code": outcome.rule_code,
            "rule_version": outcome.rule_version,
            "rule_class": outcome.rule_class.value,
            "gate": "submission",
            "outcome": outcome.outcome.value,
            "item_code": outcome.item_code,
            "part": outcome.part,
            "batch_id": batch_id,
        }
        for submission_id, found in outcomes.items()
        for outcome in found
    ]
    columns = [
        *("submission_id", "campaign_id", "form_id", "rule_code", "rule_version", "rule_class", "gate", "outcome"),
        *("item_code", "part", "batch_id"),
    ]
    return pd.DataFrame(rows, columns=columns)
