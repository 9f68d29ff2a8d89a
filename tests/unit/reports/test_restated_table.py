"""The printed list of figures that were restated since the report before."""

from datetime import datetime
from decimal import Decimal

from reports.consolidation.restated_table import RestatedRow, restated_table

LATE = RestatedRow(
    figure_period="2023-06",
    unit_name="甲镇",
    item_code="3.3",
    indicator_name="行政处罚",
    part_name="金额",
    cause="new_file",
    value_before=None,
    value_after=Decimal("12.5000"),
    difference=Decimal("12.5000"),
    file_name="=甲.xlsx",
    received_at=datetime(2023, 7, 10, 9, 5),
    source_cell="调度表!D12",
    correction_id=None,
)


def test_a_late_figure_names_its_file_and_cell() -> None:
    assert restated_table([LATE]).rows == (
        (
            1,
            "2023年6月",
            "甲镇",
            "3.3 行政处罚（金额）",
            "—",
            "12.5",
            "+12.5",
            "补报",
            "=甲.xlsx",
            "2023-07-10 09:05",
            "调度表!D12",
        ),
    )


def test_a_correction_names_itself() -> None:
    row = RestatedRow(
        figure_period="2023-06",
        unit_name="乙镇",
        item_code="1.1",
        indicator_name="企业自查发现",
        part_name=None,
        cause="correction",
        value_before=Decimal(15),
        value_after=Decimal(12),
        difference=Decimal(-3),
        file_name="乙.xlsx",
        received_at=datetime(2023, 6, 24, 17),
        source_cell="调度表!D4",
        correction_id="k_01",
    )
    (printed,) = restated_table([row]).rows
    assert printed[3:8] == ("1.1 企业自查发现", "15", "12", "-3", "安委办更正 k_01")
