"""进度评估: a section and a sheet for each of two units, every sentence and cell worked out on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from campaigns.vocabulary import OutputKind
from reports.bulletins.evaluation import verify_evaluation, write_evaluation
from reports.bulletins.evaluation_book import verify_evaluation_book, write_evaluation_book
from reports.paper.word_reading import SeenText, read_document
from reports.report_kinds import files_of
from reports.report_request import ReportRequest
from tests.unit.reports.looked_back import publish_half_year
from tests.unit.reports.putuo_head import PUTUO


@pytest.fixture(scope="module")
def half_year(tmp_path_factory: pytest.TempPathFactory) -> ReportRequest:
    return ReportRequest(publish_half_year(tmp_path_factory.mktemp("marts") / "published"), PUTUO, "2024H1")


def rows_of(path: Path, sheet: str) -> list[list[Any]]:
    worksheet = openpyxl.load_workbook(path)[sheet]
    return [[cell.value for cell in row if cell.value is not None] for row in worksheet.iter_rows()]


def test_the_evaluation_is_a_document_and_a_workbook() -> None:
    assert [file.suffix for file in files_of(OutputKind.EVALUATION)] == [".docx", ".xlsx"]


def test_every_unit_has_a_section_with_what_it_handed_in(half_year: ReportRequest, tmp_path: Path) -> None:
    path = write_evaluation(tmp_path / "评估.docx", half_year)
    blocks = [
        block.text if isinstance(block, SeenText) else [[cell.text for cell in row] for row in block]
        for block in read_document(path).blocks
    ]
    assert blocks[2:5] == [
        "攻坚行动2024年上半年进度评估",
        "各有关单位：",
        "攻坚行动2024年上半年进度评估材料如下。各单位按名册顺序排列，只列事实，不打分、不排名；"
        "评估意见由安委办研究后另附。",
    ]
    start = blocks.index("八、分单位情况")
    assert blocks[start + 1 : blocks.index("区安委办")] == [
        "（一）甲局",
        "本期到上报日的报表2份，按时1份，未报1份；应报任务3项，已完成1项，逾期1项。",
        "甲局　报送",
        [
            ["报表", "报送期", "上报日", "收到", "报送情况"],
            ["进展情况调度表", "2024年6月", "6月25日", "—", "未报"],
            ["牵头单位情况", "2024年6月", "6月25日", "6月24日", "按时"],
        ],
        "甲局　任务",
        [
            ["序号", "任务", "时间节点", "状态", "进展"],
            ["1", "组建专班。", "6月", "已完成", "已成立，联系人138****0000"],
            ["2", "开展检查。", "6月", "未报（逾期）", ""],
        ],
        "甲局　规定动作",
        [["动作", "时期", "应做（次）", "已做（次）", "情况"], ["会议", "2024年第2季度", "1", "1", "已做够"]],
        "甲局　文字材料的字数",
        [
            ["材料", "所属期", "上限", "字符数", "字数统计", "按字符数", "按字数统计"],
            ["牵头单位情况", "2024年5月", "800", "790", "700", "未超过", "未超过"],
            ["牵头单位情况", "2024年6月", "800", "901", "799", "超过", "未超过"],
        ],
        "甲局　进展情况调度表（2024年6月）",
        [
            ["项目", "单位", "累计", "新增"],
            ["1.1 发现的隐患", "个", "未报", "未报"],
            ["1.2 其中已整改", "个", "未报", "未报"],
        ],
        "（二）乙街道",
        "本期到上报日的报表2份，按时1份，迟报1份；待核实的问题1处。",
        "乙街道　报送",
        [
            ["报表", "报送期", "上报日", "收到", "报送情况", "上一环不齐"],
            ["进展情况调度表", "2024年6月", "6月25日", "6月25日", "按时", ""],
            ["街道工作情况", "2024年第2季度", "6月25日", "6月27日", "迟报2天", "丙（未报）"],
        ],
        "乙街道　规定动作",
        [["动作", "时期", "应做（次）", "已做（次）", "情况"], ["会议", "2024年第2季度", "1", "0", "没有做够"]],
        "乙街道　进展情况调度表（2024年6月）",
        [["项目", "单位", "累计", "新增"], ["1.1 发现的隐患", "个", "12", "—"]],  # 1.2 is blank
        "乙街道　待核实的问题",
        [["报表", "报送期", "类别", "位置", "问题"], ["街道工作情况", "2024年第2季度", "核实性", "表!B3", "请核实。"]],
    ]
    assert verify_evaluation(path, half_year) == []


def test_the_workbook_has_a_sheet_for_every_unit(half_year: ReportRequest, tmp_path: Path) -> None:
    path = write_evaluation_book(tmp_path / "评估.xlsx", half_year)
    assert openpyxl.load_workbook(path).sheetnames == ["总览", "甲局", "乙街道"]
    assert rows_of(path, "乙街道") == [
        ["乙街道"],
        ["普陀区　2024年上半年"],
        ["一、报送"],
        ["报表", "报送期", "上报日", "收到", "报送情况", "上一环不齐"],
        ["进展情况调度表", "2024年6月", "6月25日", "6月25日", "按时"],
        ["街道工作情况", "2024年第2季度", "6月25日", "6月27日", "迟报2天", "丙（未报）"],
        ["二、规定动作"],
        ["动作", "时期", "应做（次）", "已做（次）", "情况"],
        ["会议", "2024年第2季度", 1, 0, "没有做够"],
        ["三、进展情况调度表（2024年6月）"],
        ["项目", "单位", "累计", "新增"],
        ["1.1 发现的隐患", "个", 12, "—"],
        ["四、待核实的问题"],
        ["报表", "报送期", "类别", "位置", "问题"],
        ["街道工作情况", "2024年第2季度", "核实性", "表!B3", "请核实。"],
        ["本期到上报日的报表2份，按时1份，迟报1份；待核实的问题1处。"],
    ]
    cover = rows_of(path, "总览")
    start = cover.index(["二、各单位报送情况（份）"])
    assert cover[start : start + 4] == [
        ["二、各单位报送情况（份）"],
        ["单位", "应报", "按时", "迟报", "未报"],
        ["甲局", 2, 1, 0, 1],
        ["乙街道", 2, 1, 1, 0],
    ]
    assert verify_evaluation_book(path, half_year) == []


def test_changed_files_are_held_back(half_year: ReportRequest, tmp_path: Path) -> None:
    path = write_evaluation(tmp_path / "评估.docx", half_year)
    document = docx.Document(str(path))
    name = "fct_obligations.done_count.meeting.u2.2024Q2"
    (tag,) = (tag for tag in document.element.body.iter(qn("w:tag")) if tag.get(qn("w:val")) == name)
    next(tag.getparent().getparent().iter(qn("w:t"))).text = "1"
    document.save(str(path))
    (difference,) = verify_evaluation(path, half_year)
    assert (difference.what, difference.printed, difference.expected) == (name, "1", "0")

    book = write_evaluation_book(tmp_path / "评估.xlsx", half_year)
    workbook = openpyxl.load_workbook(book)
    sheet = workbook["乙街道"]
    place = next(cell for row in sheet.iter_rows() for cell in row if cell.value == 12)
    place.value = 13
    workbook.save(book)
    (found,) = verify_evaluation_book(book, half_year)
    assert (found.sheet, found.printed, found.expected) == ("乙街道", "13", "12")
