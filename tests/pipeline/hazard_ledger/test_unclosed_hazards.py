"""未完成整改隐患清单 of the small city, from the lists that came in to the printed cells.

Every expected value was worked out by hand from the lists in conftest.py. At the cut-off of July GS-1 is closed and
three others are open; in August's list GS-1 stands open again, 55 days after its due day of 30 June.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from campaigns.vocabulary import OutputKind
from orchestration.finished_reports import write_reports
from orchestration.report_orders import ReportOrder
from tests.pipeline.cities import GUSHAN
from tests.pipeline.hazard_ledger.conftest import CITY, LedgerCity

LIST = "未完成整改隐患清单"


def printed(city: LedgerCity, period: str, folder: Path) -> openpyxl.Workbook:
    order = ReportOrder(CITY, OutputKind.UNCLOSED_HAZARDS, "", period)
    (report,) = write_reports(city.home, [order], folder=folder)
    assert report.differences == () and report.path == folder / f"{LIST}_{period}.xlsx"
    return openpyxl.load_workbook(report.path)


def rows(workbook: openpyxl.Workbook, sheet: str, *columns: str) -> list[tuple[Any, ...]]:
    """These columns of a sheet that is one table, by their heads."""
    heads, *lines = list(workbook[sheet].values)[2:]
    places = [heads.index(column) for column in columns]
    return [tuple(line[place] for place in places) for line in lines]


def test_what_is_open_at_a_cutoff_is_listed_overdue_first_with_its_cell(city: LedgerCity, tmp_path: Path) -> None:
    book = printed(city, "2023-08", tmp_path)
    columns = ("序号", "编号", "状态", "发现日期", "整改期限", "超期", "挂牌督办", "五落实缺项", "出处")
    everything = "责任人、措施、资金、期限、预案"
    listing = "县级\n市安委会\n2023-07-15"
    assert rows(book, LIST, *columns)[:5] == [
        (
            1,
            "GS-1",
            "重新挂账",
            "2023-06-05",
            "2023-06-30",
            "55天\n39工作日",
            None,
            "责任人、措施、资金、预案",
            "〔1〕Sheet1!E4",
        ),
        (2, "GS-2", "未整改", "2023-06-08", None, None, listing, everything, "〔1〕Sheet1!E5"),
        (3, "GS-3", "未整改", "2023-06-12", None, None, None, everything, "〔1〕Sheet1!E6"),
        (4, "GS-4", "未整改", "2023-07-20", None, None, None, everything, "〔1〕Sheet1!E7"),
        (None, None, None, None, None, None, None, None, None),
    ]
    subtotal = "未完成整改 4 处：未整改 4（其中重新挂账 1，超期 1），已整改未验收 0，已验收未销号 0；挂牌督办 1"
    assert rows(book, "数据来源", "序号", "单位", "文件名")[0] == (1, "孤山镇", "孤山镇8月隐患清单.xlsx")
    assert rows(book, LIST, "单位", "隐患描述")[4] == ("孤山镇", subtotal)


@pytest.mark.parametrize(
    ("period", "town", "department"),
    [
        ("2023-06", ("2023年6月", 3, 0, 3, 3, 0, 0, 0, 0, 0), ("本期以后才报", 1, 0, 1, 1, 0, 0, 0, 0, 0)),
        ("2023-07", ("2023年7月", 4, 1, 3, 3, 0, 0, 0, 0, 1), ("2023年7月", 1, 0, 1, 1, 0, 0, 0, 0, 0)),
        ("2023-08", ("2023年8月", 4, 0, 4, 4, 1, 1, 0, 0, 1), ("2023年7月", 1, 0, 1, 1, 0, 0, 0, 0, 0)),
    ],
)
def test_of_every_unit_what_was_found_is_closed_or_still_to_be_closed(
    city: LedgerCity, period: str, town: tuple[Any, ...], department: tuple[Any, ...], tmp_path: Path
) -> None:
    units = printed(city, period, tmp_path)["分单位"]
    lines = [tuple(cell.value for cell in row) for row in units.iter_rows(min_row=4)]
    assert [line[2:] for line in lines[:2]] == [town, department]


def test_no_one_responsible_stands_in_it(city: LedgerCity) -> None:
    columns = city.rows("select column_name from duckdb_columns() where table_name = 'rpt_unclosed_hazards'")
    assert ("plan_missing",) in columns and not any("responsible" in name for (name,) in columns)


def test_the_town_has_the_stock_of_the_ledger(city: LedgerCity) -> None:
    assert city.rows(
        "select period, open_count, overdue_count from marts.fct_hazard_cuts "
        f"where cut = 'unit' and cut_value = '{GUSHAN}' order by period"
    ) == [("2023-06", 3, 0), ("2023-07", 3, 0), ("2023-08", 4, 1)]
