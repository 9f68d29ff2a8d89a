"""An explanation is bound to the items it stands beside or names; the rest is about the form."""

import pytest

from campaigns.load import load_campaign
from campaigns.vocabulary import Cell, ValueState
from ingest.forms.explanations import bind, characters_of
from ingest.parsed import Explanation

FORM = load_campaign("haicheng_2023").form("progress")
CELLS = (
    Cell("1.1", "value", ValueState.VALUE, None, "4", "调度表", "D4"),
    Cell("1.2", "value", ValueState.VALUE, None, "1", "调度表", "D5"),
    Cell("3.3", "count", ValueState.VALUE, None, "3", "调度表", "D9"),
    Cell("3.3", "amount", ValueState.VALUE, None, "2", "调度表", "E9"),
    Cell("3.4", "value", ValueState.BLANK, None, "", "表格1", "R7C3"),
    Cell("4.1", "value", ValueState.BLANK, None, "", "调度表", "B20"),
    Cell("4.2", "value", ValueState.BLANK, None, "", "调度表", "F20"),
)


def items(text: str, address: str = "调度表!A30") -> list[str]:
    return [said.item_code for said in bind([Explanation(text, address)], FORM, CELLS)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.1核减2个，系重复统计", ["1.1"]),
        ("第1.1项、3.10项核减", ["1.1", "3.10"]),
        ("帮扶指导核减1个次", ["3.1"]),
        ("帮扶指导重点企业核减1家次", ["3.2"]),
        ("帮扶指导、帮扶指导重点企业均有重复", ["3.1", "3.2"]),
        ("罚款1.1万元已退回", [""]),
        ("增长1.2%，系新增检查", [""]),
        ("2023.6.1核对后更正", [""]),
        ("9.9核减", [""]),
        ("系重复统计", [""]),
    ],
)
def test_codes_and_names_in_the_text_say_which_items_it_answers(text: str, expected: list[str]) -> None:
    assert items(text) == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("调度表!F4", ["1.1"]),
        ("调度表!F9", ["3.3"]),
        ("表格1!R7C5", ["3.4"]),
        ("表格2!R7C5", [""]),
        ("调度表!A30", [""]),
        ("调度表!H20", [""]),  # two items stand in this row
        ("CSV", [""]),
    ],
)
def test_what_stands_in_the_row_of_one_item_answers_it(address: str, expected: list[str]) -> None:
    assert items("重复统计已核减", address) == expected


def test_the_place_outweighs_what_the_text_names() -> None:
    assert items("与1.2同为重复统计", "调度表!F4") == ["1.1"]


def test_white_space_does_not_count_as_explanation() -> None:
    assert characters_of(" 核 减　\n二 ") == 3
