"""The 调度汇总表 of the small city: every figure worked out by hand."""

from __future__ import annotations

from pathlib import Path

import duckdb
import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from reports.consolidation.consolidated import write_consolidated
from reports.published import ReportError
from tests.unit.reports.small_city import publish_small_city

# rows of every figure sheet: 6–8 towns, 9 their subtotal, 10–11 departments, 12 their subtotal, 13 total
SECTION_1, SECTION_2, OVERVIEW, INCREMENTS = "1 总体情况", "2 执法和组织", "各单位总表", "本月新增"


@pytest.fixture(scope="module")
def stored(finished_workbook: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(finished_workbook, data_only=True)


@pytest.fixture(scope="module")
def live(finished_workbook: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(finished_workbook)


def row_of(sheet: Worksheet, row: int) -> list[object]:
    return [cell.value for cell in sheet[row]]


def test_sheets_stand_in_the_order_people_read_them(stored: openpyxl.Workbook) -> None:
    assert stored.sheetnames == [
        "总览",
        "各单位总表",
        "1 总体情况",
        "2 执法和组织",
        "本月新增",
        "报送情况",
        "问题清单",
        "数据来源",
        "出处",
    ]


def test_the_head_has_section_item_and_unit_of_measure(stored: openpyxl.Workbook) -> None:
    sheet = stored[SECTION_2]
    assert row_of(sheet, 3)[:3] == ["序号", "单位", "执法和组织"]
    assert row_of(sheet, 4)[2:] == [
        "2.1 行政处罚",
        None,
        "2.2 公布典型案例",
        None,
        "2.3 是否播放专题栏目",
        "2.4 技术检查员",
    ]
    assert row_of(sheet, 5)[2:] == ["次数（次）", "金额（万元）", "总数（个）", "其中危险作业罪（个）", "是否", "人"]
    assert {"C4:D4", "E4:F4"} <= {str(area) for area in sheet.merged_cells.ranges}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (6, [1, "=1+1镇", 3, 12.5, 5, 2, "是", 8]),
        (7, [2, "乙镇", 0, 0.1, None, None, "否", 4]),
        (8, [3, "丙镇", "未报", None, None, None, None, None]),
        (9, ["镇街（属地全口径）", None, 3, 12.6, 5, 2, "1/2", 12]),
        (10, [4, "市甲局", 2, 0.2, None, None, "/", "/"]),
        (11, [5, "市乙局", None, None, None, None, None, None]),
        (12, ["市直部门（市本级）", None, 2, 0.2, None, None, None, None]),
        (13, ["合计", None, 5, 12.8, 5, 2, "1/2", 12]),
    ],
)
def test_each_state_and_each_total_prints_as_it_should(
    stored: openpyxl.Workbook, row: int, expected: list[object]
) -> None:
    assert row_of(stored[SECTION_2], row) == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (6, [1, "=1+1镇", 4, 2, 1, 2.5, 1, 0, -2]),
        (7, [2, "乙镇", 0, None, 0, 0.1, None, None, "—"]),
        (9, ["镇街（属地全口径）", None, 4, 2, 1, 2.6, 1, 0, -2]),
        (13, ["合计", None, 12, 9, 3, 2.8, 1, 0, -2]),
    ],
)
def test_increments_have_no_yes_or_no_and_show_where_nothing_came_before(
    stored: openpyxl.Workbook, row: int, expected: list[object]
) -> None:
    assert row_of(stored[INCREMENTS], row) == expected


def test_totals_are_live_formulas_over_the_units(live: openpyxl.Workbook) -> None:
    assert live[SECTION_1]["C9"].value == '=IF(COUNT(C6:C8)=0,"",SUM(C6:C8))'
    assert live[SECTION_1]["C13"].value == '=IF(COUNT(C6:C8,C10:C11)=0,"",SUM(C6:C8,C10:C11))'
    assert live[SECTION_2]["G9"].value == (
        '=IF(COUNTIF(G6:G8,"是")+COUNTIF(G6:G8,"否")=0,"",'
        '(COUNTIF(G6:G8,"是"))&"/"&(COUNTIF(G6:G8,"是")+COUNTIF(G6:G8,"否")))'
    )


def test_a_unit_name_that_looks_like_a_formula_stays_text(live: openpyxl.Workbook) -> None:
    cell = live[SECTION_1]["B6"]
    assert (cell.value, cell.data_type) == ("=1+1镇", "s")


def test_no_text_from_outside_became_a_formula(live: openpyxl.Workbook) -> None:
    formulas = [cell.value for sheet in live for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert formulas and all(text.startswith(("=IF(COUNT", "='")) for text in formulas)


def test_an_approximate_figure_stays_a_number_and_says_so(live: openpyxl.Workbook) -> None:
    cell = live[SECTION_1]["D6"]
    assert (cell.value, cell.number_format) == (5, '"约"General')
    assert "原表填的是约数" in cell.comment.text


def test_a_failed_rule_tints_its_cell_and_names_the_sentence(live: openpyxl.Workbook) -> None:
    cell = live[SECTION_1]["D6"]
    assert "SM-1-01（核实性）：=“其中已整改”是约数，请确认。" in cell.comment.text
    assert cell.fill.fgColor.rgb == "FFFFE9A8"


def test_a_blank_is_shaded_and_a_silent_unit_is_grey_across_the_row(live: openpyxl.Workbook) -> None:
    sheet = live[SECTION_1]
    assert sheet["D7"].value is None
    assert sheet["D7"].fill.fgColor.rgb == "FFF0F0F0"
    assert "C8:D8" in {str(area) for area in sheet.merged_cells.ranges}
    assert sheet["C8"].font.italic


def test_a_unit_whose_form_was_returned_is_not_said_to_have_sent_nothing(stored: openpyxl.Workbook) -> None:
    legend = str(stored["各单位总表"].cell(stored["各单位总表"].max_row, 1).value)
    assert "“未报”＝没有收到能计入的表（退回的见“报送情况”）" in legend


def test_the_cover_counts_who_reported_and_names_who_did_not(stored: openpyxl.Workbook) -> None:
    rows = [row_of(stored["总览"], row) for row in range(4, 8)]
    assert [[value for value in row if value is not None] for row in rows] == [
        ["范围", "应报", "已报", "其中迟报", "未报", "未到期", "迟报单位", "未报单位"],
        ["镇街（属地全口径）", 3, 2, 0, 1, 0, "无", "丙镇"],
        ["市直部门（市本级）", 2, 2, 1, 0, 0, "市乙局", "无"],
        ["合计", 5, 4, 1, 1, 0],
    ]


def test_the_cover_names_at_most_twenty_missing_units_and_says_how_many_there_are(tmp_path: Path) -> None:
    published = publish_small_city(tmp_path / "published")
    with duckdb.connect(str(published / "current" / "taizhang.duckdb")) as connection:
        connection.execute(
            "insert into marts.rpt_timeliness select r.* "
            "replace (unit_id || i as unit_id, '丙镇' || i as unit_name, 10 + i as unit_position) "
            "from marts.rpt_timeliness as r, range(1, 25) as t (i) where unit_id = 'T3'"
        )
    path = write_consolidated(tmp_path / "many.xlsx", published, "small_city", "small", "2023-06").path
    cover = openpyxl.load_workbook(path, data_only=True)["总览"]
    names = "、".join(["丙镇", *(f"丙镇{number}" for number in range(1, 20))])
    assert cover["J5"].value == f"{names}等 25 家，见“报送情况”"


def test_the_cover_refers_to_the_totals_and_states_the_readings(
    stored: openpyxl.Workbook, live: openpyxl.Workbook
) -> None:
    cells = {cell.value: cell.row for cell in stored["总览"]["A"] if cell.value}
    row = cells["1.1 企业自查发现"]
    assert [value for value in row_of(stored["总览"], row) if value is not None] == [
        "1.1 企业自查发现",
        "个",
        10,
        8,
        18,
        12,
    ]
    assert live["总览"].cell(row, 11).value == "='1 总体情况'!C13"
    assert stored["总览"].cell(cells["X1"], 2).value == "截止日当天统计在内。"
    assert "X15" not in cells  # about totals handed upward, which this table does not hold
    provenance = next(text for text in cells if "数据版本" in str(text))
    assert "2023-06-26 01:30 前收到的报表" in provenance and "数据版本：20230626T013000" in provenance


def test_the_cover_shows_the_first_and_the_two_part_items_of_the_other_sections(
    stored: openpyxl.Workbook, live: openpyxl.Workbook
) -> None:
    rows = [[value for value in row_of(stored["总览"], row) if value is not None] for row in range(10, 16)]
    assert rows == [
        ["1.1 企业自查发现", "个", 10, 8, 18, 12],
        ["1.2 其中已整改", "个", 5, 7, 12, 9],
        ["2.1 行政处罚", "次数（次）", 3, 2, 5, 3],
        ["2.1 行政处罚", "金额（万元）", 12.6, 0.2, 12.8, 2.8],
        ["2.2 公布典型案例", "总数（个）", 5, 5, 1],
        ["2.2 公布典型案例", "其中危险作业罪（个）", 2, 2, 0],
    ]
    assert live["总览"]["K13"].value == "='2 执法和组织'!D13"
    assert stored["总览"]["A16"].value == "三、本表采用的口径"


def test_sources_show_the_whole_fingerprint_and_mask_phone_numbers(stored: openpyxl.Workbook) -> None:
    row = row_of(stored["数据来源"], 4)
    assert row[2] == "=cmd|' /C calc'!A1 联系人139****7391.xlsx"
    assert row[12:] == ["0123456789ab", "0123456789abcdef" * 4]


def test_every_counted_figure_has_its_cell_below_its_item(stored: openpyxl.Workbook) -> None:
    """丙镇 sent nothing; 2.1 and 2.2 have two figures each."""
    sheet = stored["出处"]
    heads = ["1.1", "1.2", "2.1次数", "2.1金额", "2.2总数", "2.2其中危险作业罪", "2.3", "2.4"]
    assert row_of(sheet, 3) == ["序号", "单位", "文件", "工作表", *heads]
    overview = stored["各单位总表"]
    numbers = {str(row[1].value): row for row in overview.iter_rows(min_row=6) if row[1].value}
    rows = [row_of(sheet, row) for row in range(4, sheet.max_row + 1)]
    assert [row[1] for row in rows] == [name for name, row in numbers.items() if name != "丙镇"]
    for _, unit, _, sheet_name, *addresses in rows:
        printed = [cell.value for cell in numbers[str(unit)][2:]]
        assert sheet_name == "调度表"
        counts = [isinstance(value, (int, float)) or value in ("是", "否") for value in printed]
        assert [address == "D4" for address in addresses] == counts


def test_lateness_is_listed_per_unit(stored: openpyxl.Workbook) -> None:
    rows = [row_of(stored["报送情况"], row)[1:9] for row in (6, 8)]
    assert rows == [
        ["丙镇", "镇", "2023-06-25", None, "未报", None, 0, 0],
        ["市乙局", "市直部门", "2023-06-25", "2023-06-27 08:00", "迟报", 2, 2, 0],
    ]


def test_problems_name_item_message_place_and_explanation(stored: openpyxl.Workbook) -> None:
    assert row_of(stored["问题清单"], 4) == [
        1,
        "=1+1镇",
        "核实性",
        "SM-1-01",
        "1.2 其中已整改",
        "=“其中已整改”是约数，请确认。",
        "已核实",
        "甲.xlsx",
        "调度表!G4",
        "附件",
        "已计入，已说明",
    ]


@pytest.mark.parametrize("name", [SECTION_1, OVERVIEW, INCREMENTS, "报送情况", "数据来源", "出处"])
def test_every_sheet_is_ready_to_print(live: openpyxl.Workbook, name: str) -> None:
    sheet = live[name]
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert "第 &P 页 共 &N 页" in sheet.oddFooter.center.text
    assert sheet.print_title_rows and sheet.print_area and sheet.freeze_panes
    assert not sheet.sheet_view.showGridLines


def test_the_same_snapshot_gives_the_same_bytes(published: Path, finished_workbook: Path, tmp_path: Path) -> None:
    again = write_consolidated(tmp_path / "again.xlsx", published, "small_city", "small", "2023-06")
    assert again.path.read_bytes() == finished_workbook.read_bytes()


def test_an_unknown_period_is_refused_in_words(published: Path, tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="没有 small_city small 2023-07 这一期"):
        write_consolidated(tmp_path / "none.xlsx", published, "small_city", "small", "2023-07")
    assert list(tmp_path.iterdir()) == []
