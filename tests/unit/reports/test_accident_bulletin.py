"""事故通报 of a quarter written by hand (accidents_of_spring.py): every sentence and cell worked out on paper.

Does not belong here: a file that somebody changed (test_changed_accident_bulletin.py).
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from reports.bulletins.accident_bulletin import verify_accident_bulletin, write_accident_bulletin
from reports.paper.word_reading import SeenText, read_document
from reports.published import NothingToPrintError
from reports.report_request import ReportRequest
from tests.unit.reports.accidents_of_spring import publish_accidents, span
from tests.unit.reports.hand_made_marts import publish_marts
from tests.unit.reports.putuo_head import PUTUO, head_of_reports


@pytest.fixture
def published(tmp_path: Path) -> Path:
    return publish_accidents(tmp_path / "published")


@pytest.fixture
def request_(published: Path) -> ReportRequest:
    return ReportRequest(published, PUTUO, "2024Q2", disclosure="public")


def written(target: Path, request: ReportRequest) -> list[Any]:
    """Paragraphs as text, tables as rows of text."""
    write_accident_bulletin(target, request)
    return [
        block.text if isinstance(block, SeenText) else [[cell.text for cell in row] for row in block]
        for block in read_document(target).blocks
    ]


def test_the_bulletin_says_what_was_worked_out_by_hand(request_: ReportRequest, tmp_path: Path) -> None:
    target = tmp_path / "事故通报.docx"
    assert written(target, request_) == [
        "（草稿，待审核）",
        "〔　　　　〕　　号",
        "普陀区2024年第2季度生产安全事故通报",
        "各有关单位：",
        "现将普陀区2024年第2季度生产安全事故情况通报如下：",
        "一、总体情况",
        "2024年4月1日至2024年6月30日，普陀区报告生产安全事故3起，死亡3人，受伤2人。"
        "上年同期4起、死亡3人，起数同比下降25%，死亡人数同比持平。",
        "2024年初以来累计5起，死亡4人。上年同期6起、死亡7人，起数同比下降16.7%，死亡人数同比下降42.9%。",
        "年初以来有1起没有写死亡人数，未计入死亡人数。",
        "年初以来有2起疑似由几个单位各报一次，未扣减，请核实。",
        "表1　各时段起数和死亡人数",
        [
            ["时段", "起数", "死亡（人）", "上年同期起数", "上年同期死亡", "起数同比", "死亡同比"],
            ["2024年第1季度", "2", "1", "2", "4", "持平", "下降75%"],
            ["2024年第2季度", "3", "3", "4", "3", "下降25%", "持平"],
            ["年初以来", "5", "4", "6", "7", "下降16.7%", "下降42.9%"],
        ],
        "二、目标进度",
        "公文对目标的写法不一（口径X5），各种写法都列出，不作取舍。",
        "表2　目标和现数",
        [
            ["目标", "依据", "现数", "对比数", "变化", "结果"],
            ["死亡人数：比2023年下降5%", "附件1 第2行", "4", "7", "下降42.86%", "目前达到"],
            ["死亡人数：下降10%以上", "一（二）", "4", "7", "下降42.86%", "数字不全，不作判断"],
        ],
        "三、分布情况",
        "表3　按等级、发生地、行业领域",
        [
            ["分类", "类别", "本期起数", "本期死亡", "年初以来起数", "年初以来死亡", "上年同期起数", "上年同期死亡"],
            ["事故等级", "较大", "1", "3", "1", "3", "0", "0"],
        ],
        "四、事故清单和结案情况",
        "年初以来的事故，已结案2起（其中超期结案1起），超期未结案1起。",
        "有1起没有发生日期，未计入任何时段。",
        "有1起写的发生日期晚于收到报表的日子，未计入任何时段，请核实。",
        "表4　年初以来的事故",
        [
            ["编号", "发生日期", "发生地", "行业领域", "事故单位", "等级", "死亡", "受伤", "结案情况"],
            [
                "1",
                "2月1日",
                "甘泉路街道",
                "工贸",
                "某厂（联系人138****0000）",
                "一般",
                "1",
                "0",
                "超期结案（4月17日），超1天",
            ],
            ["3", "6月30日", "未写", "未写", "未写", "未写", "—", "—", "超期未结案（期限7月5日），超5天"],
            ["9", "未写", "未写", "未写", "未写", "未写", "—", "—", "未结案"],
        ],
        "五、事故报送情况",
        "本期应报事故报表3份，按时1份，迟报1份，未报1份。",
        "未报：真如镇街道。",
        "迟报：区公安分局。",
        "普陀区安全生产委员会办公室",
        "　　　　年　　月　　日",
        "注1　结案情况和目标现数按2024-07-10 01:30前收到的报表；“—”表示没有这个数，不等于0。",
        "注2　口径X5：都列出。（一（二）；待确认）",
        "注3　文中每个数都与发布的数据绑定（点中即见表、栏、行），不能直接改；数不对的，请填报单位更正后重出。",
        "注4　编制单位：普陀区安全生产委员会办公室　依据：普安委〔2024〕4号　信息公开形式：主动公开",
        "注5　数据截至：2024-07-10 01:30 前收到的报表　数据版本：20240526T013000",
    ]
    assert read_document(target).headers == ("草稿，待审核　　信息公开形式：主动公开",) * 2
    assert verify_accident_bulletin(target, request_) == []


def test_every_figure_names_its_place_in_the_marts(request_: ReportRequest, tmp_path: Path) -> None:
    write_accident_bulletin(tmp_path / "a.docx", request_)
    overview = read_document(tmp_path / "a.docx").blocks[6]
    assert isinstance(overview, SeenText)
    assert overview.facts == (
        ("rpt_accident_summary.accidents.2024Q2", "3"),
        ("rpt_accident_summary.deaths.2024Q2", "3"),
        ("rpt_accident_summary.injured.2024Q2", "2"),
        ("rpt_accident_summary.base_accidents.2024Q2", "4"),
        ("rpt_accident_summary.base_deaths.2024Q2", "3"),
        ("rpt_accident_summary.accidents_change.2024Q2", "下降25%"),
        ("rpt_accident_summary.deaths_change.2024Q2", "持平"),
    )


def test_where_nobody_reported_the_bulletin_does_not_say_none(published: Path, tmp_path: Path) -> None:
    silent = span("2025Q1", date(2025, 1, 1), date(2025, 3, 31), reports_received=0, is_final=False)
    tables = head_of_reports([], {}, office="某办")
    tables |= {"rpt_accident_summary": [silent], "rpt_accident_targets": [], "rpt_accidents": [], "rpt_timeliness": []}
    marts = publish_marts(tmp_path / "silent", "2025-02-10T01:30:00", tables)
    printed = written(tmp_path / "a.docx", ReportRequest(marts, PUTUO, "2025Q1"))
    assert printed[5:9] == [
        "一、总体情况",
        "2025年1月1日至2025年3月31日，没有收到事故报表，起数和人数不详，不以0代替。",
        "本期到2025年3月31日止，尚未过完；同比只与上一年同样长的一段比。",
        "表1　各时段起数和死亡人数",
    ]
    assert [row[1:] for row in printed[9][1:]] == [["—"] * 6, ["—"] * 6]
    assert printed[10] == "某办"  # no other chapter has anything to say


def test_a_period_without_a_row_is_refused(published: Path, tmp_path: Path) -> None:
    with pytest.raises(NothingToPrintError, match="没有 putuo_2024_2026 2024年第3季度的事故"):
        write_accident_bulletin(tmp_path / "a.docx", ReportRequest(published, PUTUO, "2024Q3"))


def test_the_page_is_set_as_the_standard_for_official_documents_says(request_: ReportRequest, tmp_path: Path) -> None:
    """GB/T 9704-2012: margins, 3号 in lines of 28 points, page numbers outside, heads repeated on every page."""
    write_accident_bulletin(tmp_path / "a.docx", request_)
    document = docx.Document(str(tmp_path / "a.docx"))
    section = document.sections[0]
    sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(side.mm) for side in sides if side is not None] == [37, 35, 28, 26]
    assert document.settings.odd_and_even_pages_header_footer
    footers = (section.footer, section.even_page_footer)
    assert [footer.paragraphs[0]._p.pPr.jc.val.name for footer in footers] == ["RIGHT", "LEFT"]
    text = next(one for one in document.paragraphs if one.text.startswith("2024年4月1日至"))
    assert text.paragraph_format.line_spacing is not None
    assert (text.paragraph_format.line_spacing.pt, text.runs[0].font.size.pt) == (28, 16)
    assert text._p.pPr.ind.get(qn("w:firstLineChars")) == "200"
    fonts = text.runs[0]._r.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "仿宋_GB2312"
    assert all(table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for table in document.tables)


def test_the_same_marts_give_the_same_bytes(request_: ReportRequest, tmp_path: Path) -> None:
    first = write_accident_bulletin(tmp_path / "a.docx", request_).read_bytes()
    assert write_accident_bulletin(tmp_path / "b.docx", request_).read_bytes() == first
    moment = docx.Document(str(tmp_path / "a.docx")).core_properties.created
    assert moment is not None and moment.replace(tzinfo=None) == datetime(2024, 7, 10, 1, 30)
