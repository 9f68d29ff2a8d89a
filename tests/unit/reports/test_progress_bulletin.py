"""进展情况通报: a half-year of two units written by hand, every sentence and cell worked out on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from reports.bulletins.progress_bulletin import verify_progress_bulletin, write_progress_bulletin
from reports.paper.word_reading import SeenText, read_document
from reports.published import NothingToPrintError
from reports.report_request import ReportRequest
from tests.unit.reports.looked_back import publish_half_year
from tests.unit.reports.putuo_head import PUTUO


def seen(path: Path) -> list[Any]:
    return [
        block.text if isinstance(block, SeenText) else [[cell.text for cell in row] for row in block]
        for block in read_document(path).blocks
    ]


def test_the_bulletin_says_what_was_worked_out_by_hand(tmp_path: Path) -> None:
    request = ReportRequest(publish_half_year(tmp_path / "published"), PUTUO, "2024H1")
    path = write_progress_bulletin(tmp_path / "通报.docx", request)
    assert seen(path) == [
        "（草稿，待审核）",
        "〔　　　　〕　　号",
        "攻坚行动2024年上半年进展情况通报",
        "各有关单位：",
        "现将攻坚行动2024年上半年进展情况通报如下。各单位按名册顺序排列，不作排名。",
        "一、报送情况",
        "本期到上报日的报表4份，按时2份，迟报1份，未报1份。",
        "表1　各报表报送情况（家）",
        [
            ["报表", "报送期", "上报日", "应报", "按时", "迟报", "未报"],
            ["进展情况调度表", "2024年6月", "2024年6月25日", "2", "1", "0", "1"],
            ["牵头单位情况", "2024年6月", "2024年6月25日", "1", "1", "0", "0"],
            ["街道工作情况", "2024年第2季度", "2024年6月25日", "1", "0", "1", "0"],
        ],
        "有未报的单位：甲局。",
        "有迟报的单位：乙街道。",
        "乙街道《街道工作情况》（2024年第2季度）所依据的报送不齐：丙（未报）。",
        "表2　各单位报送情况（份）",
        [
            ["单位", "应报", "按时", "迟报", "未报"],
            ["甲局", "2", "1", "0", "1"],
            ["乙街道", "2", "1", "1", "0"],
        ],
        "二、主要数据",
        "《进展情况调度表》2024年6月截至2024年6月24日的数：应报2家，已报1家；"
        "合计为各单位上报数相加，未报单位不估算、不顶替。",
        "表3　进展情况调度表合计",
        [
            ["项目", "单位", "累计", "本月新增"],
            ["1.1 发现的隐患", "个", "12", "5"],
            ["1.2 其中已整改", "个", "9", "4"],
        ],
        "表4　各单位总体情况（累计）",
        [
            ["单位", "1.1 发现的隐患", "1.2 其中已整改"],
            ["乙街道", "12", ""],  # left blank, which is no 0
            ["甲局", "未报", "未报"],
        ],
        "三、任务完成情况",
        "《工作计划表》3项，已完成1项，推进中1项，未启动0项，没有状态1项；其中逾期1项（截至2024年6月25日）。",
        "表5　各单位任务完成情况（项）",
        [
            ["单位", "应报任务", "已完成", "推进中", "未启动", "没有状态", "逾期"],
            ["甲局", "3", "1", "1", "0", "1", "1"],
        ],
        "四、规定动作完成情况",
        "表6　规定动作（家）",
        [
            ["规定动作", "时期", "应做单位", "已做够", "没有做够"],
            ["专题会议", "2024年第2季度", "2", "1", "1"],
        ],
        "没有做够的单位：乙街道。",
        "五、文字材料",
        "收到文字材料2份，按现行口径超过字数上限的1份。",
        "表7　超过字数上限的材料（两种算法）",
        [
            ["单位", "报表", "报送期", "上限", "字符数", "字数统计", "按字符数", "按字数统计"],
            ["甲局", "牵头单位情况", "2024年6月", "800", "901", "799", "超过", "未超过"],
        ],
        "六、生产安全事故",
        "本期报告生产安全事故2起，死亡1人；年初以来2起，死亡1人（上年同期3起，3人）。",
        "七、待核实的问题",
        "报来的材料中尚有1处待单位核实或说明，已随核实单发出：",
        "乙街道1处。",
        "区安委办",
        "　　　　年　　月　　日",
        "注1　报表按上报日在本期的列，任务和指标数按本期最后一个截止日，文字材料按所属期，"
        "待核实的问题按2024-06-30 01:30时尚未答复的；“—”表示没有这个数，空白为单位未填，都不等于0。",
        "注2　口径X3：X3的口径。（六（六）；待确认）",
        "注3　口径X14：X14的口径。（六（六）；待确认）",  # X8 is about hazards: nothing of them is printed
        "注4　文中每个数都与发布的数据绑定（点中即见表、栏、行），不能直接改；数不对的，请填报单位更正后重出。",
        "注5　编制单位：区安委办　依据：4号　信息公开形式：公文未写明，由编制单位确定",
        "注6　数据截至：2024-06-30 01:30 前收到的报表　数据版本：20240526T013000",
    ]
    assert verify_progress_bulletin(path, request) == []


def test_what_the_campaign_does_not_have_is_left_out_and_takes_no_number(tmp_path: Path) -> None:
    silent = ("rpt_list_progress", "rpt_unit_progress", "fct_obligations", "fct_narratives", "rpt_accident_summary")
    nothing: dict[str, Any] = {name: [] for name in silent}
    marts = publish_half_year(tmp_path / "published", **nothing)
    path = write_progress_bulletin(tmp_path / "通报.docx", ReportRequest(marts, PUTUO, "2024H1"))
    headings = [text for text in seen(path) if isinstance(text, str) and text[1:2] == "、"]
    assert headings == ["一、报送情况", "二、主要数据", "三、待核实的问题"]


def test_a_changed_figure_is_found_with_its_fact(tmp_path: Path) -> None:
    request = ReportRequest(publish_half_year(tmp_path / "published"), PUTUO, "2024H1")
    path = write_progress_bulletin(tmp_path / "通报.docx", request)
    document = docx.Document(str(path))
    name = "rpt_progress_totals.cumulative_value.2024-06.1.2/value"
    (tag,) = (tag for tag in document.element.body.iter(qn("w:tag")) if tag.get(qn("w:val")) == name)
    next(tag.getparent().getparent().iter(qn("w:t"))).text = "12"
    document.save(str(path))
    (difference,) = verify_progress_bulletin(path, request)
    assert (difference.what, difference.printed, difference.expected) == (name, "12", "9")


def test_a_period_in_which_nothing_was_due_is_refused(tmp_path: Path) -> None:
    request = ReportRequest(publish_half_year(tmp_path / "published"), PUTUO, "2025H1")
    with pytest.raises(NothingToPrintError, match="没有 putuo_2024_2026 2025年上半年的应报的报表"):
        write_progress_bulletin(tmp_path / "通报.docx", request)
