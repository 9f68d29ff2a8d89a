"""The printed list of hazards that may be one."""

from datetime import date

from reports.consolidation.ledger_questions import LedgerQuestionRow, questions_table

PAIR = LedgerQuestionRow(
    pair_id="0a1b2c3d4e5f",
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
    other_hazard_number="GS-7",
    other_hazard_text="风管积尘",
    other_found_on=None,
    other_file_name=None,
    other_source_row="Sheet1!9",
)


def test_a_pair_is_one_row_with_the_months_it_touches_and_both_lines() -> None:
    assert questions_table([PAIR]).rows == (
        (
            1, "甲镇", "1.1、1.2", "2023年6月", "2023年8月", "描述相同，编号不同", "GS-1", "甲厂", "=风管积尘",
            "2023年6月5日", "甲镇8月清单.xlsx", "Sheet1!4", "GS-7", "风管积尘", "", "", "Sheet1!9", "0a1b2c3d4e5f",
        ),
    )  # fmt: skip
