"""The 任务清单 workbook of a month written by hand (tasks_of_may.py): every cell and count worked out on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reports.boards.task_board import verify_task_board, write_task_board
from reports.paper.workbook import DONE_FILL, LATE_FILL, MISSING_FILL
from reports.published import NothingToPrintError
from reports.report_request import ReportRequest
from tests.unit.reports.hand_made_marts import publish_marts
from tests.unit.reports.putuo_head import PUTUO
from tests.unit.reports.tasks_of_may import MARTS, PHONE


@pytest.fixture(scope="module")
def request_of_may(tmp_path_factory: pytest.TempPathFactory) -> ReportRequest:
    published = publish_marts(tmp_path_factory.mktemp("published"), "2024-05-28T01:30:00", MARTS)
    return ReportRequest(published, PUTUO, "2024-05", disclosure="internal")


@pytest.fixture(scope="module")
def board(request_of_may: ReportRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_task_board(tmp_path_factory.mktemp("board") / "任务清单.xlsx", request_of_may)


def rows_of(path: Path, sheet: str, first: int = 4) -> list[tuple[Any, ...]]:
    """What the rows below the head show; an empty cell is None."""
    worksheet = openpyxl.load_workbook(path)[sheet]
    return [tuple(cell.value for cell in row) for row in worksheet.iter_rows(min_row=first)]


def fills_of(path: Path, sheet: str) -> list[str]:
    worksheet = openpyxl.load_workbook(path)[sheet]
    return [f"#{row[0].fill.fgColor.rgb[2:]}" for row in worksheet.iter_rows(min_row=4)]


def test_the_sheets_stand_in_the_order_of_the_campaign_and_own_tasks_last(board: Path) -> None:
    assert openpyxl.load_workbook(board).sheetnames == [
        "总览",
        "2024年工作计划表",
        "单位自定的任务",
        "分区领导",
        "分单位",
        "分行业子方案",
        "分单位进展",
    ]


def test_a_list_says_of_each_task_what_is_printed_there_how_far_it_is_and_from_which_cell(board: Path) -> None:
    heads = openpyxl.load_workbook(board)["2024年工作计划表"]
    assert [cell.value for cell in heads[3]] == [
        "序号", "类别", "任务", "时间节点", "责任单位", "配合单位", "区领导", "完成状态", "进展", "佐证", "出处",
    ]  # fmt: skip
    first, second, third = rows_of(board, "2024年工作计划表")
    assert first == (
        "1",
        "部署发动",
        "组建专班\n组建工作专班。",
        "4月",
        "甲局、乙局",
        None,
        "区领导01\n区领导02",
        "推进中（逾期）\n应报2家，报来1家，完成1家\n未报：乙局\n逾期：乙局",
        "甲局：（已完成）已印发，电话138****0000",
        "甲局：1号文",
        "甲局.xlsx 填报表!F6",
    )
    assert second[2:] == (
        '=HYPERLINK("x")',
        None,
        "甲局",
        "丙镇",
        None,
        "已完成",
        "甲局：（已完成）\n丙镇：（推进中）",
        None,
        "见“分单位进展”第2、3行",
    )
    assert third[7] == "未报\n责任单位不在本表应报单位之列"


def test_colours_say_what_the_words_say(board: Path) -> None:
    assert fills_of(board, "2024年工作计划表") == [LATE_FILL, DONE_FILL, MISSING_FILL]
    assert fills_of(board, "分单位") == [LATE_FILL, MISSING_FILL, "#000000"]


def test_a_units_own_task_names_the_unit_once(board: Path) -> None:
    assert rows_of(board, "单位自定的任务") == [("1", "丙镇", "装栏杆", None, "未启动", None, "丙镇.xlsx 填报表!E6")]


def test_the_cuts_by_leader_unit_and_sector_plan(board: Path) -> None:
    assert [(row[0], row[1], row[3]) for row in rows_of(board, "分区领导")] == [
        ("区领导01", "1", "组建专班"),
        ("区领导02", "1", "组建专班"),
    ]
    assert rows_of(board, "分单位") == [
        (1, "甲局", "迟报2天", "2024-05-27 09:00", 2, 2, 0, 0, 0, 0, 0, 0),
        (2, "乙局", "未报", None, 1, 0, 0, 0, 1, 1, 0, 0),
        (3, "丙镇", "不在应报之列", None, 0, 0, 0, 0, 0, 0, 0, 0),
    ]
    assert rows_of(board, "分行业子方案") == [
        (5, "建设子方案", "甲局", "房管局（涉及自建房部分）", "甲局", "牵头", 2, 2, 0, 0, 0, 0)
    ]


def test_every_answer_that_stands_in_a_file_is_listed_with_its_cell(board: Path) -> None:
    answers = [(row[1], row[2], row[4], row[5], row[9], row[10]) for row in rows_of(board, "分单位进展")]
    assert answers == [
        ("甲局", "1", "责任", "已完成", "甲局.xlsx", "填报表!F6"),
        ("甲局", "2", "责任", "已完成", "甲局.xlsx", "填报表!F7"),
        ("丙镇", "2", "配合", "推进中", "丙镇.xlsx", "表格1!R3C5"),
        ("丙镇", "1", "责任", "未启动（逾期，2024-04为推进中）", "丙镇.xlsx", "填报表!E6"),
    ]


def test_the_cover_counts_lists_and_leaders_and_prints_the_readings_it_relies_on(board: Path) -> None:
    texts = [[value for value in row if value is not None] for row in rows_of(board, "总览", 1)]
    assert texts[0] == ["三年行动任务清单进展"]
    assert texts[1] == ["普陀区　2024年5月（截至2024年5月25日）"]
    assert ["2024年工作计划表", "2024年5月25日", 3, 1, 1, 0, 1, 1] in texts
    assert ["单位自定的任务", "2024年5月25日", 1, 0, 0, 1, 0, 0] in texts
    assert ["区领导02", 1, 0, 1, 0, 0, 1] in texts
    assert ["X12", "成员单位没有名单。"] in texts
    assert all("X14" not in row for row in texts)  # about texts, not tasks
    note = texts[-1][0]
    assert note.startswith("编制单位：安委会办公室　信息公开形式：不予公开（内部资料）\n数据截至：2024-05-28 01:30")


def test_no_telephone_number_is_printed_in_clear(board: Path) -> None:
    for sheet in openpyxl.load_workbook(board):
        assert all(PHONE not in str(cell.value) for row in sheet.iter_rows() for cell in row)


def test_the_finished_board_agrees_and_the_same_snapshot_gives_the_same_bytes(
    board: Path, request_of_may: ReportRequest, tmp_path: Path
) -> None:
    assert verify_task_board(board, request_of_may) == []
    assert write_task_board(tmp_path / "again.xlsx", request_of_may).read_bytes() == board.read_bytes()


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "found"),
    [
        ("2024年工作计划表", "H4", "已完成", "2024年工作计划表!H4 2024年工作计划表 第 1 行 完成状态"),
        ("分单位", "F5", 1, "分单位!F5 分单位 第 2 行 已完成"),
        ("总览", "A2", "普陀区　2024年6月", "总览 标题或说明"),
        ("分单位进展", "N9", 7, "分单位进展!N9 来历不明的数"),
    ],
)
def test_a_changed_board_is_found_out(
    board: Path, request_of_may: ReportRequest, tmp_path: Path, sheet: str, cell: str, value: object, found: str
) -> None:
    workbook = openpyxl.load_workbook(board)
    workbook[sheet][cell] = value
    workbook.save(tmp_path / "changed.xlsx")
    (difference,) = verify_task_board(tmp_path / "changed.xlsx", request_of_may)
    assert str(difference).startswith(found)


def test_a_period_without_task_progress_is_refused_with_a_sentence(
    request_of_may: ReportRequest, tmp_path: Path
) -> None:
    june = ReportRequest(request_of_may.published, PUTUO, "2024-06")
    with pytest.raises(NothingToPrintError, match="发布的数据里没有 putuo_2024_2026 2024年6月的任务进展。"):
        write_task_board(tmp_path / "june.xlsx", june)


def test_a_longer_period_shows_the_state_at_its_last_cutoff(request_of_may: ReportRequest, tmp_path: Path) -> None:
    quarter = ReportRequest(request_of_may.published, PUTUO, "2024Q2")
    path = write_task_board(tmp_path / "quarter.xlsx", quarter)
    assert rows_of(path, "总览", 2)[0][0] == "普陀区　2024年第2季度（截至2024年5月25日）"
