"""How often rules are hit over the stored history: what one on trial is judged by."""

import pandas as pd

from expectations.rehearsal import count_hits
from tests.unit.expectations.written_figures import TERRITORY, figures_frame, with_rules

HISTORY = figures_frame(
    [
        ("s1", TERRITORY, {"1.1": "10", "1.2": "11"}),  # breaks it
        ("s2", TERRITORY, {"1.1": "10", "1.2": "10"}),
        ("s3", TERRITORY, {"1.1": "10"}),  # 1.2 is blank: does not apply
        ("s4", TERRITORY, {"1.1": "1", "1.2": "9"}),  # breaks it in August, and was returned
    ]
).assign(
    period=lambda frame: frame["period"].mask(frame["submission_id"] == "s4", "2023-08"),
    is_current=lambda frame: frame["submission_id"] != "s4",
)


def counts(*rules: dict[str, object]) -> list[tuple[object, ...]]:
    named = ("rule_code", "rule_class", "is_trial", "period", "forms_asked", "forms_applicable", "forms_hit")
    return [tuple(row[name] for name in named) for row in count_hits(HISTORY, {"haicheng_2023": with_rules(*rules)})]


def test_a_rule_of_gate_1_is_asked_of_returned_forms_too() -> None:
    assert counts({"expect": "[1.2] <= [1.1]", "trial": True}) == [
        ("TT-0-01", "mandatory", True, "2023-07", 3, 2, 1),
        ("TT-0-01", "mandatory", True, "2023-08", 1, 1, 1),
    ]


def test_a_rule_of_gate_2_is_asked_of_what_counts() -> None:
    assert counts({"expect": "[1.2] <= [1.1]", "gate": "facts", "rule_class": "advisory"}) == [
        ("TT-0-01", "advisory", False, "2023-07", 3, 2, 1)
    ]


def test_a_form_counts_once_however_many_figures_are_hit() -> None:
    assert counts({"for_each": ["1.1", "1.2"], "expect": "[*] < 10"}) == [
        ("TT-0-01", "mandatory", False, "2023-07", 3, 3, 3),
        ("TT-0-01", "mandatory", False, "2023-08", 1, 1, 0),
    ]


def test_without_history_there_is_nothing_to_count() -> None:
    nothing: pd.DataFrame = HISTORY[:0]
    assert count_hits(nothing, {"haicheng_2023": with_rules({"expect": "[1.1] > 0"})}) == []
