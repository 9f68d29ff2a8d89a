"""数据字典: tables, columns and indicators, as text."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import openpyxl

from reports.dictionary import ColumnEntry, TableEntry, write_dictionary

TABLES = [
    TableEntry(
        "rpt_progress_totals",
        "每张报表、报送期、范围、指标、分项一行。",
        (
            ColumnEntry("campaign_id", "string", "行动"),
            ColumnEntry("cumulative_value", "decimal(18,4)", "=合计\x00数", "见指标"),
        ),
        "调度汇总表的合计",
    ),
    TableEntry("dim_units", "每个单位一行。", (ColumnEntry("unit_id", "string", "单位编号"),)),
]


def test_the_dictionary_lists_tables_columns_and_indicators(published: Path, tmp_path: Path) -> None:
    path = write_dictionary(tmp_path / "数据字典.xlsx", TABLES, published, datetime(2023, 6, 26, 1, 30))
    workbook = openpyxl.load_workbook(path)
    assert workbook.sheetnames == ["表", "字段", "指标"]
    rows = {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)] for sheet in workbook}
    assert rows["表"][1] == [
        1,
        "rpt_progress_totals",
        "每张报表、报送期、范围、指标、分项一行。",
        "调度汇总表的合计",
        2,
    ]
    assert rows["字段"][2] == ["rpt_progress_totals", "cumulative_value", "decimal(18,4)", "见指标", "=合计数"]
    assert rows["字段"][3][:2] == ["dim_units", "unit_id"]
    assert rows["指标"][4] == [
        "小城行动",
        "小城进展情况调度表",
        "2.1",
        "amount",
        "执法和组织",
        "行政处罚（金额）",
        "万元",
        "累计金额",
        "相加",
        "属地、本级部门",
        None,
    ]
    assert [sheet.freeze_panes for sheet in workbook] == ["C4", "C4", "C4"]
    assert [sheet.auto_filter.ref for sheet in workbook] == ["A3:E5", "A3:E6", "A3:K11"]
    assert not [cell for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
