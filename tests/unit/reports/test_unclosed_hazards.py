"""未完成整改隐患清单: cells from hand-made rows (hazards_of_may.py), a changed file, marts that disagree."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reports.boards.unclosed_hazards import verify_unclosed_hazards, write_unclosed_hazards
from reports.published import NothingToPrintError, ReportError
from reports.report_request import ReportRequest
from tests.unit.reports.hand_made_marts import publish_marts
from tests.unit.reports.hazards_of_may import HEAD, MARTS, NONE, A, C, month, unit
from tests.unit.reports.putuo_head import PUTUO, Row

LIST = "未完成整改隐患清单"


def asked_of(folder: Path, marts: dict[str, list[Row]], period: str = "2024Q2") -> ReportRequest:
    return ReportRequest(publish_marts(folder, "2024-06-01T01:30:00", marts), PUTUO, period, disclosure="internal")


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> ReportRequest:
    return asked_of(tmp_path_factory.mktemp("published"), MARTS)


@pytest.fixture(scope="module")
def book(asked: ReportRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_unclosed_hazards(tmp_path_factory.mktemp("book") / f"{LIST}.xlsx", asked)


def rows_of(path: Path, sheet: str, first: int) -> list[list[Any]]:
    rows = openpyxl.load_workbook(path)[sheet].iter_rows(min_row=first)
    return [[cell.value for cell in row] for row in rows]


def words_of(path: Path, sheet: str) -> list[list[Any]]:
    return [[value for value in row if value is not None] for row in rows_of(path, sheet, 1)]


def test_the_overdue_come_first_then_what_is_not_rectified_and_last_what_has_no_day(book: Path) -> None:
    same = ["某厂", "出口上锁", "消防", "企业自查", "重大"]
    source = "〔1〕表!E4"
    found = "2024-04-01"
    listing = "区级\n区安委会\n2024-05-01"
    masked = ["某厂", "=联系 138****0000", *same[2:]]
    unsigned = "已验收未销号\n（销号未签字）"
    assert rows_of(book, LIST, 4)[:5] == [
        [
            1,
            "甲镇",
            "4",
            *same,
            found,
            "2024-05-10\n（延期后）",
            "未整改",
            "15天\n11工作日",
            listing,
            "齐",
            None,
            source,
        ],
        [2, "甲镇", "3", *masked, found, None, "重新挂账", None, None, "资金、预案", 2, source],
        [3, "甲镇", "5", *same, found, "2024-04-01", "已整改未验收", None, None, "齐", None, source],
        [4, "甲镇", "1", *same, found, "2024-04-02", unsigned, None, None, "齐", None, source],
        [5, "甲镇", "2", *same, None, None, "未写发现日期", None, "区级\n（没有挂牌日期）", "齐", None, source],
    ]


@pytest.mark.parametrize(
    ("head", "half_widths"),
    [("行业领域", 10), ("来源", 8), ("发现日期", 10), ("状态", 12), ("超期", 8), ("挂牌督办", 15), ("五落实缺项", 12)],
)
def test_no_word_or_day_of_a_closed_list_breaks_in_its_column(book: Path, head: str, half_widths: int) -> None:
    """危险化学品, 企业自查, 2024-04-01, 已整改未验收, 57工作日, 2023-07-05 摘牌, 责任人、措施 in half widths of 宋体 9.

    A character of a column's width is 7 pixels of 0.75 points, a half width 4.5 points.
    """
    sheet = openpyxl.load_workbook(book)[LIST]
    [cell] = [cell for cell in sheet[3] if cell.value == head]
    assert sheet.column_dimensions[cell.column_letter].width * 7 * 0.75 / 4.5 >= half_widths


def test_a_subtotal_stands_below_each_unit_that_has_hazards_and_the_total_at_the_end(book: Path) -> None:
    summed = (
        "未完成整改 4 处：未整改 2（其中重新挂账 1，超期 1），已整改未验收 1，已验收未销号 1；挂牌督办 1"
        "；另有 1 处没有写发现日期"
    )
    assert words_of(book, LIST)[8:] == [["甲镇", "小计", summed], ["合计", summed]]


def test_a_unit_without_hazards_has_zeros_and_one_that_never_sent_a_list_has_none(book: Path) -> None:
    assert rows_of(book, "分单位", 4) == [
        [1, "甲镇", "2024年5月", 6, 2, 4, 2, 1, 1, 1, 1, 1, 1],
        [2, "乙镇", "2024年4月", 1, 1, 0, 0, 0, 0, 0, 0, 0, 0],
        [3, "丙局", "未报清单", *NONE],
        [None, "合计", "2 家报过", 7, 3, 4, 2, 1, 1, 1, 1, 1, 1],
    ]


def test_the_cover_adds_up_by_scope_and_says_who_sent_what(book: Path) -> None:
    cover = words_of(book, "总览")
    assert cover[1] == ["普陀区　2024年第2季度（截至2024年5月25日）"]
    assert ["镇街（属地全口径）", 7, 3, 4, 2, 1, 1, 1, 1, 1, 1] in cover
    assert ["区直部门（区本级）：未报清单"] in cover
    assert ["合计", 7, 3, 4, 2, 1, 1, 1, 1, 1, 1] in cover
    assert ["本期报了清单", 1, "甲镇"] in cover
    assert ["本期没有报，按以前的一份", 1, "乙镇"] in cover
    assert ["未报清单", 1, "丙局"] in cover
    assert ["X8", "三类来源。"] in cover and all("X14" not in row for row in cover)
    sentence = "截至2024年5月25日，报来清单的 2 个单位共发现隐患 7 处，已销号 3 处，未完成整改 4 处。"
    assert sentence in cover[-1][0].split("\n")


def test_the_files_are_the_last_list_of_each_unit_and_those_that_rows_come_from(book: Path) -> None:
    found = [(row[1], row[2], row[3]) for row in rows_of(book, "数据来源", 4)]
    assert found == [("甲镇", "2024年5月", "甲镇.xlsx"), ("乙镇", "2024年4月", "乙镇.xlsx")]


def test_the_finished_file_agrees_and_a_changed_one_is_found_out(
    book: Path, asked: ReportRequest, tmp_path: Path
) -> None:
    assert verify_unclosed_hazards(book, asked) == []
    workbook = openpyxl.load_workbook(book)
    workbook["分单位"]["F5"] = 1
    workbook.save(tmp_path / "changed.xlsx")
    (difference,) = verify_unclosed_hazards(tmp_path / "changed.xlsx", asked)
    assert str(difference).startswith("分单位!F5")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"rpt_unclosed_units": [unit(A, "2024-05", 7, 2, 4, 2, 1, 1, 1, 1, 1, 0)]}, "发现＝已销号＋未完成整改"),
        ({"fct_hazard_months": [month("u1", True, True)]}, "未整改＝台账期末存量"),
        ({"fct_hazard_months": [month("u1", True), month("u1", True)]}, "超期＝台账期末超期"),
    ],
)
def test_counts_that_contradict_the_ledger_hold_the_report_back(
    changed: dict[str, list[Row]], sentence: str, tmp_path: Path
) -> None:
    alone = {"rpt_unclosed_units": [unit(A, "2024-05", 6, 2, 4, 2, 1, 1, 1, 1, 1, 0)]}
    asked = asked_of(tmp_path / "published", MARTS | alone | changed)
    book = write_unclosed_hazards(tmp_path / "book.xlsx", asked)
    (difference,) = verify_unclosed_hazards(book, asked)
    assert difference.what == f"甲镇 {sentence}"


@pytest.mark.parametrize(
    ("units", "sentence"),
    [
        (
            [unit(A, "2024-05", 2, 2, 0, 0, 0, 0, 0, 0, 0, 0), unit(C, None, *NONE)],
            "截至2024年5月25日，报来清单的 1 个单位共发现隐患 2 处，均已销号，没有未完成整改的隐患。",
        ),
        (
            [unit(A, "2024-05", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)],
            "截至2024年5月25日，报来清单的 1 个单位共发现隐患 0 处，没有未完成整改的隐患。",
        ),
        ([unit(C, None, *NONE)], "没有单位报来隐患清单，说不出有没有未完成整改的隐患。"),
    ],
)
def test_an_empty_list_says_so_in_a_sentence(units: list[Row], sentence: str, tmp_path: Path) -> None:
    empty = {"rpt_unclosed_units": units, "rpt_unclosed_hazards": [], "fct_hazard_months": []}
    asked = asked_of(tmp_path / "published", MARTS | empty)
    book = write_unclosed_hazards(tmp_path / "book.xlsx", asked)
    assert verify_unclosed_hazards(book, asked) == []
    assert words_of(book, LIST)[3] == [sentence]


def test_a_period_that_has_not_ended_is_refused_with_a_sentence(asked: ReportRequest, tmp_path: Path) -> None:
    later = ReportRequest(asked.published, PUTUO, "2024-06")
    with pytest.raises(NothingToPrintError, match="2024年6月的隐患清单"):
        write_unclosed_hazards(tmp_path / "none.xlsx", later)


def test_data_published_before_there_was_such_a_report_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="没有这份报表要的表，请再运行一次 taizhang nightly"):
        write_unclosed_hazards(tmp_path / "none.xlsx", asked_of(tmp_path / "published", HEAD))
