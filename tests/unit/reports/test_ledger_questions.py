"""The printed list of hazards that may be one."""

from dataclasses import replace
from datetime import date

from reports.consolidation.ledger_questions import LedgerQuestionRow, questions_table

PAIR = LedgerQuestionRow(
    pair_id="0a1b2c3d4e5f",
    kind="same",
    unit_name="甲镇",
    first_period="2023-06",
    last_period="2023-08",
    figures_touched=5,
    item_codes="1.1、1.2",
    reason="描述相同，编号不同",
    hazard_number="GS-1",
    enterprise="甲厂",
    hazard_text="=风管积尘",
    found_on=date(2023, 6, 5),
    file_name="甲镇8月清单.xlsx",
    source_row="Sheet1!4",
    other_unit_name="甲镇",
    other_hazard_number="GS-7",
    other_enterprise="甲厂",
    other_hazard_text="风管积尘",
    other_found_on=None,
    other_file_name=None,
    other_source_row="Sheet1!9",
)


def test_a_pair_is_two_rows_one_above_the_other_with_its_number_beside_both() -> None:
    table = questions_table([PAIR])
    assert table.rows == (
        (
            1, "0a1b2c3d4e5f", "1.1、1.2\n2023年6月至\n2023年8月\n共 5 个数", "本单位两条\n描述相同，编号不同",
            "甲镇", "GS-1", "甲厂", "=风管积尘", "2023年6月5日", "甲镇8月清单.xlsx\nSheet1!4",
        ),
        ("", "0a1b2c3d4e5f", "", "", "甲镇", "GS-7", "甲厂", "风管积尘", "", "Sheet1!9"),
    )  # fmt: skip
    assert (table.block, [column.head for column in table.columns if column.of_block]) == (
        2,
        ["序号", "影响的项、期", "谁报的、为何问"],
    )


def test_a_pair_of_two_units_says_so_and_one_period_is_named_once() -> None:
    pair = replace(
        PAIR, kind="overlap", last_period="2023-06", other_unit_name="市应急局", other_enterprise="海城市甲厂"
    )
    older, other = questions_table([pair]).rows
    assert older[2:4] == ("1.1、1.2\n2023年6月\n共 5 个数", "两个单位各一条\n描述相同，编号不同")
    assert other[4:7] == ("市应急局", "GS-7", "海城市甲厂")


def test_what_a_decision_changes_is_said_in_words_that_hold_under_both_readings_of_x7() -> None:
    note = questions_table([PAIR]).note
    assert "本单位两条，本单位的台账数按一处计" in note
    assert "各单位的数和各表的合计都不变，只有总览和“重复统计”里“只计一处”的合计随之重算" in note


def test_no_line_ends_inside_the_code_of_an_item() -> None:
    older, _ = questions_table([replace(PAIR, item_codes="1.1、1.2、1.3、1.4", last_period="2023-06")]).rows
    assert older[2] == "1.1、1.2、1.3、\n1.4\n2023年6月\n共 5 个数"
