"""Narratives: parts under every kind of heading, texts in sheets, lengths and limits."""

import pytest

from tests.forms import Table, as_csv, as_docx, as_xlsx
from tests.list_forms import as_written, listed
from tests.unit.ingest.reading_lists import (
    BAOSHAN,
    PUTUO,
    blamed,
    codes,
    form,
    parse_all,
    parse_one,
    parts,
    rows,
    sentence,
)

TITLE = "区应急局治本攻坚三年行动工作开展情况"
TEXTS = {
    "highlights": "开展检查12次。\n新建专家库。",
    "difficulties": "人手不足。",
    "major_hazards": "无",
    "rectification_plan": "6月底前全部整改。",
}
FOUR_WAYS = {
    "headings alone": [
        TITLE, "（2024年5月）", "现将有关情况报告如下。",
        "一、亮点工作", "开展检查12次。", "新建专家库。", "二、困难问题", "人手不足。",
        "三、重大隐患情况", "无", "四、下一步工作", "6月底前全部整改。", "区应急局", "2024年5月24日",
    ],
    "headings with colons": [
        TITLE, "填报单位：区应急局  填报时间：2024年5月24日",
        "亮点工作：开展检查12次。", "新建专家库。", "困难问题（不超过200字）：人手不足。",
        "重大隐患情况: 无", "整改计划：6月底前全部整改。",
    ],
    "headings that run in": [
        TITLE, "（一）亮点做法。开展检查12次。", "新建专家库。", "（二）存在问题  人手不足。",
        "（三）重大事故隐患情况。无", "（四）整改计划：6月底前全部整改。", "2024年5月24日",
    ],
    "all in one paragraph": [
        TITLE, "亮点工作：开展检查12次。\n新建专家库。困难问题：人手不足。重大隐患情况：无",
        "【整改计划】 6月底前全部整改。", "2024年5月24日",
    ],
}  # fmt: skip


@pytest.mark.parametrize("way", FOUR_WAYS)
def test_the_parts_are_found_by_every_kind_of_heading(way: str) -> None:
    submission = parse_one(PUTUO, as_written(*FOUR_WAYS[way]), "区应急局.docx")
    assert (submission.form_id, submission.unit_id, submission.period) == ("lead_narrative", "310107D10", "2024-05")
    found = parts(submission)
    found.pop("preamble", None)
    assert found == TEXTS
    assert codes(submission) == []


def test_a_bold_heading_needs_no_mark_behind_it() -> None:
    content = as_written(
        TITLE, ("亮点工作", "开展检查12次。"), ("困难问题", "人手不足。"), "重大隐患情况：无", "整改计划：略。"
    )
    submission = parse_one(PUTUO, content, "区应急局5月.docx")
    assert parts(submission)["highlights"] == "开展检查12次。"
    assert parts(submission)["difficulties"] == "人手不足。"


def test_text_outside_the_parts_is_kept_and_missing_parts_are_asked_for() -> None:
    content = as_written(
        TITLE, "本月召开会议3次。", "一、亮点工作", "甲。", "二、经验启示", "乙。", "三、困难问题", "丙。"
    )
    submission = parse_one(PUTUO, content, "区应急局5月.docx")
    assert parts(submission) == {
        "preamble": "本月召开会议3次。",
        "highlights": "甲。",
        "other": "二、经验启示\n乙。",
        "difficulties": "丙。",
    }
    assert codes(submission) == ["RD-9-02", "RD-9-04", "RD-9-04"]
    assert "没有找到这些部分：重大隐患情况、整改计划" in sentence(submission, "RD-9-02")
    assert blamed(submission, "RD-9-04") == ["正文!R2C1", "正文!R5C1"]


def test_addresses_are_those_of_the_first_line_of_each_part() -> None:
    submission = parse_one(PUTUO, as_written(*FOUR_WAYS["headings alone"]), "区应急局.docx")
    found = {p.part_id: f"{p.sheet_name}!{p.cell_ref}" for p in submission.passages}
    assert (found["highlights"], found["rectification_plan"]) == ("正文!R5C1", "正文!R12C1")


LAYOUTS = {
    "label beside text": [
        [TITLE], ["填报单位", "区应急局", "填报时间", "2024年5月24日"],
        ["亮点工作", "开展检查12次。\n新建专家库。"], ["困难问题", "人手不足。"],
        ["重大隐患情况", "无"], ["整改计划", "6月底前全部整改。"], ["填报人", "测试员甲", "审核人", "测试员乙"],
    ],
    "label above text": [
        [TITLE], ["填报单位：区应急局", "填报时间：2024年5月24日"], ["1.亮点工作"], ["开展检查12次。\n新建专家库。"],
        ["2.困难问题"], ["人手不足。"], ["3.重大隐患情况"], ["无"], ["4.整改计划"], ["6月底前全部整改。"],
    ],
    "labels side by side": [
        [TITLE], ["填报单位：区应急局", "填报时间：2024年5月24日"],
        ["亮点工作", "困难问题", "重大隐患情况", "整改计划"],
        ["开展检查12次。\n新建专家库。", "人手不足。", "无", "6月底前全部整改。"],
    ],
    "one cell": [
        [TITLE], ["填报单位：区应急局", "填报时间：2024年5月24日"],
        ["亮点工作：开展检查12次。\n新建专家库。\n困难问题：人手不足。\n重大隐患情况：无\n整改计划：6月底前全部整改。"],
    ],
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_texts_in_cells_are_read_in_every_layout(layout: str) -> None:
    table = Table(LAYOUTS[layout], name="5月")
    for content, name in (
        (as_xlsx(table), "情况.xlsx"),
        (as_csv(table), "情况.csv"),
        (as_docx(table), "情况.docx"),
    ):
        submission = parse_one(PUTUO, content, name)
        assert (submission.form_id, submission.unit_id, submission.period) == (
            "lead_narrative",
            "310107D10",
            "2024-05",
        ), name
        assert parts(submission) == TEXTS, name
        assert "RD-9-02" not in codes(submission)


def test_a_text_over_the_limit_is_accepted_and_told_both_lengths() -> None:
    """800字以内, by characters (X14): 检 ×700, 2024 ×30 and 无 ×3 are 823; a word processor counts 2024 as one."""
    text = "检" * 700 + " 2024" * 30
    content = as_written(TITLE, f"亮点工作：{text}", "困难问题：无", "重大隐患情况：无", "整改计划：无")
    submission = parse_one(PUTUO, content, "区应急局5月.docx")
    assert codes(submission) == ["RD-9-03"]
    assert submission.quarantined is False
    assert "正文 823 字（按字符数；按“字数统计” 733，不计标点 823），超过 800 字以内" in sentence(submission, "RD-9-03")
    allowed = as_written(TITLE, f"亮点工作：{'检' * 797}", "困难问题：无", "重大隐患情况：无", "整改计划：无")
    assert codes(parse_one(PUTUO, allowed, "区应急局5月.docx")) == []


def test_a_narrative_of_one_part_needs_no_heading() -> None:
    content = as_written(
        "治本攻坚三年行动工作开展情况", "本月检查网点8处。", "整改隐患2处。", "区属企业甲", "2024年5月18日"
    )
    submission = parse_one(BAOSHAN, content, "5月.docx", "2024-05-19")
    assert (submission.form_id, submission.unit_id, submission.period) == ("work_report", "310113E01", "2024-05")
    assert parts(submission) == {"work": "本月检查网点8处。\n整改隐患2处。"}
    assert codes(submission) == []


def test_a_narrative_without_text_is_returned() -> None:
    content = as_written(TITLE, "一、亮点工作", "二、困难问题", "三、重大隐患情况", "四、整改计划", "2024年5月24日")
    assert codes(parse_one(PUTUO, content, "区应急局.docx")) == ["RD-9-01"]


def test_an_empty_word_file_named_as_a_narrative_is_returned_as_one() -> None:
    """Its sentence used to ask for the table of a form."""
    submission = parse_one(PUTUO, as_written(), "区应急局2024年5月工作开展情况.docx")
    assert (submission.form_id, submission.unit_id, submission.period) == ("lead_narrative", "310107D10", "2024-05")
    assert codes(submission) == ["RD-9-01"]


def test_one_word_text_may_hold_the_narrative_and_the_task_table() -> None:
    """六（六）asks for both by the same day, and many send them in one letter."""
    lead_tasks = form(PUTUO, "lead_tasks")
    table = listed(lead_tasks, [{"number": 8, "status": "推进中", "progress": "甲"}], filled_on="2024年5月24日")

    def add_text(document: object) -> None:
        body = document.paragraphs[0]  # type: ignore[attr-defined]
        for line in [*FOUR_WAYS["headings alone"][:-2], "附：任务清单完成情况"]:
            body.insert_paragraph_before(line)

    found = parse_all(PUTUO, as_docx(table, change=add_text), "区应急局.docx")
    assert {submission.form_id for submission in found} == {"lead_tasks", "lead_narrative"}
    by_form = {submission.form_id: submission for submission in found}
    assert rows(by_form["lead_tasks"]) == [{"number": "PT2024-08", "status": "in_progress", "progress": "甲"}]
    assert parts(by_form["lead_narrative"])["highlights"] == TEXTS["highlights"]


def test_a_plan_is_no_narrative() -> None:
    content = as_written("区应急局治本攻坚三年行动子方案", "一、亮点工作", "二、困难问题", "2024年3月20日")
    submission = parse_one(PUTUO, content, "子方案.docx", "2024-03-22")
    assert (submission.form_id, submission.passages) == ("sub_plan", ())


def test_a_plan_without_its_prescribed_headings_is_asked_about_them() -> None:
    """三（三）: 工作目标、主要任务和保障措施."""
    lines = [
        "区属企业甲安全生产治本攻坚三年行动工作方案",
        "一、工作目标",
        "甲。",
        "二、主要任务",
        "乙。",
        "2024年4月20日",
    ]
    lacking = parse_one(BAOSHAN, as_written(*lines), "方案.docx", "2024-04-22")
    assert (lacking.form_id, lacking.unit_id, lacking.quarantined) == ("work_plan", "310113E01", False)
    assert codes(lacking) == ["RD-9-02"]
    assert "没有找到这些部分：保障措施" in sentence(lacking, "RD-9-02")
    whole = parse_one(BAOSHAN, as_written(*lines, "三、保障措施", "丙。"), "方案.docx", "2024-04-22")
    assert codes(whole) == []
