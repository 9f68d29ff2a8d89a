"""The light runner on cells as a parser may hand them over."""

import random
from decimal import Decimal

import pytest

from campaigns.vocabulary import Cell, OutcomeKind, ValueState
from expectations.rules import judge_submission
from tests.unit.expectations.written_figures import (
    CAMPAIGN,
    KEYS,
    OUTCOMES_OF_FOR_EACH,
    RULE_FOR_EACH,
    TERRITORY,
    cells_of,
    judge,
    with_rules,
)

RULE = with_rules({"expect": "[1.2] <= [1.1]", "message": "{1.2}>{1.1}"})


def cell(item_code: str, number: str, cell_ref: str, sheet_name: str = "调度表") -> Cell:
    return Cell(item_code, "value", ValueState.VALUE, Decimal(number), number, sheet_name, cell_ref)


def test_an_ordinary_form_has_one_outcome_per_rule_in_the_order_of_the_rules() -> None:
    full = dict.fromkeys(KEYS, "3") | {"1.1.value": "6", "1.3.value": "6", "2.1.value": "5"}
    outcomes = judge({key: text for key, text in full.items() if key != "4.4.value"})
    assert [(o.rule_code, o.item_code, o.part, o.outcome.value, o.source_cell) for o in outcomes] == [
        ("PF-0-01", "", "", "pass", ""),
        ("PF-0-02", "", "", "pass", ""),
        ("PF-0-03", "", "", "not_applicable", ""),
        ("PF-0-04", "", "", "pass", ""),
        ("PF-1-01", "1.2", "value", "pass", "调度表!C2"),
        ("PF-1-02", "1.4", "value", "pass", "调度表!C4"),
        ("PF-1-03", "1.6", "value", "pass", "调度表!C6"),
        ("PF-1-04", "1.5", "value", "pass", "调度表!C5"),
        ("PF-1-05", "1.6", "value", "pass", "调度表!C6"),
        ("PF-2-01", "", "", "pass", ""),
        ("PF-2-02", "2.2", "value", "not_applicable", "调度表!C8"),
        ("PF-3-01", "3.3", "count", "pass", "调度表!C17"),
        ("PF-3-02", "3.4", "value", "pass", "调度表!C19"),
        ("PF-3-03", "3.8", "of_which", "pass", "调度表!C24"),
        ("PF-3-04", "3.3", "amount", "pass", "调度表!C18"),
        ("PF-4-01", "4.5", "of_which", "pass", "调度表!C32"),
    ]


@pytest.mark.parametrize(("texts", "expected"), OUTCOMES_OF_FOR_EACH)
def test_a_rule_for_each_figure_keeps_its_failures_or_one_outcome(
    texts: list[str], expected: list[tuple[str, str, str]]
) -> None:
    written = dict(zip(["1.1", "1.2", "3.3.count"], texts, strict=True))
    outcomes = judge(written, campaign=with_rules(RULE_FOR_EACH))
    assert [(o.item_code, o.part, o.outcome.value) for o in outcomes] == expected


def test_a_failing_figure_has_its_cell_and_its_sentence_and_a_whole_rule_has_none() -> None:
    rule = {"expect": "[*] > 5", "message": "{*}", "message_en": "{*}!"}
    campaign = with_rules({**rule, "for_each": ["1.1", "1.3"]}, {**rule, "for_each": ["1.2"]})
    outcomes = judge({"1.1": "6", "1.2": "7", "1.3": "4"}, campaign=campaign)
    assert [(o.rule_code, o.item_code, o.source_cell, o.message, o.message_en) for o in outcomes] == [
        ("TT-0-01", "1.3", "调度表!C3", "4", "4!"),
        ("TT-0-02", "", "", "", ""),
    ]


def test_the_order_of_cells_does_not_matter() -> None:
    cells = cells_of({"1.1": "3", "1.2": "4", "2.1": "20"})
    shuffled = random.Random(7).sample(cells, len(cells))
    assert judge_submission(CAMPAIGN, "progress", TERRITORY, shuffled) == judge_submission(
        CAMPAIGN, "progress", TERRITORY, cells
    )


def test_no_cells_at_all_are_a_blank_form() -> None:
    (outcome,) = judge_submission(RULE, "progress", TERRITORY, [])
    assert (outcome.outcome, outcome.item_code, outcome.source_cell) == (OutcomeKind.NOT_APPLICABLE, "1.2", "")


def test_of_two_cells_for_one_figure_the_first_counts() -> None:
    cells = [cell("1.1", "5", "C1"), cell("1.2", "5", "C2"), cell("1.2", "9", "C9")]
    (outcome,) = judge_submission(RULE, "progress", TERRITORY, cells)
    assert (outcome.outcome, outcome.source_cell) == (OutcomeKind.PASS, "调度表!C2")


def test_the_next_figure_is_blamed_where_the_first_has_no_cell() -> None:
    campaign = with_rules({"expect": "filled([1.2]) or [1.1] == 0"})
    (outcome,) = judge_submission(campaign, "progress", TERRITORY, [cell("1.1", "5", "C1")])
    assert (outcome.outcome, outcome.item_code, outcome.source_cell) == (OutcomeKind.FAIL, "1.2", "调度表!C1")


def test_each_form_is_told_its_own_cell_however_many_layouts_there_are() -> None:
    """Outcomes without a sentence are remembered by cell; a flood of layouts must not mix them up."""
    for row in [*range(1, 700), *range(1, 3)]:
        cells = [cell("1.1", "5", f"B{row}"), cell("1.2", "5", f"C{row}")]
        (outcome,) = judge_submission(RULE, "progress", TERRITORY, cells)
        assert (outcome.outcome, outcome.source_cell) == (OutcomeKind.PASS, f"调度表!C{row}")


def test_what_is_remembered_of_a_form_is_never_told_of_one_that_differs() -> None:
    """One after the other: kept, kept elsewhere on the sheet, broken, blank, kept again."""
    told = []
    for first, second, place in (
        ("5", "4", "C2"),
        ("9", "1", "G7"),
        ("5", "6", "C2"),
        ("", "4", "C2"),
        ("5", "4", "C2"),
    ):
        cells = [cell("1.1", first, "C1")] if first else []
        (outcome,) = judge_submission(RULE, "progress", TERRITORY, [*cells, cell("1.2", second, place)])
        told.append((outcome.outcome.value, outcome.source_cell, outcome.message))
    assert told == [
        ("pass", "调度表!C2", ""),
        ("pass", "调度表!G7", ""),
        ("fail", "调度表!C2", "6>5"),
        ("not_applicable", "调度表!C2", ""),
        ("pass", "调度表!C2", ""),
    ]
