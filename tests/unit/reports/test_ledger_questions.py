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


def test_a_pair_is_one_row_with_the_months_it_touches_and_both_lines() -> None:
    assert questions_table([PAIR]).rows == (
        (
            1, "甲镇", "1.1、1.2", "2023年6月", "2023年8月", "本单位两条", "本单位的台账数按一处计",
            "描述相同，编号不同", "GS-1", "甲厂", "=风管积尘",
            "2023年6月5日", "甲镇8月清单.xlsx", "Sheet1!4", "甲镇", "GS-7", "甲厂", "风管积尘", "", "", "Sheet1!9",
            "0a1b2c3d4e5f",
        ),
    )  # fmt: skip


def test_a_pair_of_two_units_says_so_and_changes_no_figure_of_either() -> None:
    pair = replace(PAIR, kind="overlap", other_unit_name="市应急局", other_enterprise="海城市甲厂")
    [row] = questions_table([pair]).rows
    assert row[5:8] == ("两个单位各一条", "列为两个单位报了同一处，各单位的数不变", "描述相同，编号不同")
    assert row[14:17] == ("市应急局", "GS-7", "海城市甲厂")
