"""The light runner on cells as a parser may hand them over."""

import random
from decimal import Decimal

from campaigns.vocabulary import Cell, OutcomeKind, ValueState
from expectations.rules import judge_submission
from tests.unit.expectations.written_figures import CAMPAIGN, TERRITORY, cells_of, with_rules

RULE = with_rules({"expect": "[1.2] <= [1.1]", "message": "{1.2}>{1.1}"})


def cell(item_code: str, number: str, cell_ref: str, sheet_name: str = "调度表") -> Cell:
    return Cell(item_code, "value", ValueState.VALUE, Decimal(number), number, sheet_name, cell_ref)


def test_every_rule_and_figure_has_one_outcome_in_the_order_of_the_rules() -> None:
    outcomes = judge_submission(CAMPAIGN, "progress", TERRITORY, cells_of({}))
    keys = [(outcome.rule_code, outcome.item_code, outcome.part) for outcome in outcomes]
    assert len(set(keys)) == len(keys)
    order = [rule.code for rule in CAMPAIGN.rules]
    assert [key[0] for key in keys] == sorted((key[0] for key in keys), key=order.index)


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
