"""The 退回单: what a sender reads about his form."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest

from campaigns.vocabulary import Outcome, OutcomeKind, RuleClass, Verdict
from reports.returns.return_page import _TEXT_HEIGHT_POINTS, _height, compose_slip
from reports.returns.return_slip import write_return_package
from tests.unit.reports.returned_forms import (
    BLANK,
    ROWS,
    TOO_MANY_RECTIFIED,
    UNREADABLE,
    as_xlsx,
    due_in_june,
    failed,
    haicheng,
    returned,
    slip,
    slip_lines,
)


def test_a_returned_form_is_told_whose_it_is_what_is_wrong_and_what_to_do(tmp_path: Path) -> None:
    one = returned(TOO_MANY_RECTIFIED, UNREADABLE, BLANK, content=as_xlsx(ROWS), due_date=due_in_june())

    document = slip(tmp_path, one)

    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [
        ["报送单位", "孤山镇", "报送期", "2023年6月"],
        ["报表", *["全市重大隐患专项排查整治 2023 行动进展情况调度表"] * 3],
        ["文件名", *["孤山镇6月.xlsx"] * 3],
        ["收到时间", "2023-06-21 09:30", "处理结果", "退回，没有计入汇总，请改正后重报"],
    ]
    assert [paragraph.text for paragraph in document.paragraphs] == [
        "报表退回单",
        "一、必须改正（强制性，2 处）",
        "1.\tB3（第1.3项）“部门检查发现的重大事故隐患”写的是“约十来个”，不是数字，请改正后重报。"
        "应填累计数，整数（个），没有填 0。〔RD-5-02〕",
        "2.\tD2（第1.2项）“企业自查发现重大事故隐患中已完成整改的”（8）不能大于“企业自查发现的重大事故隐患”（5）。"
        "请核对后改正。〔PF-1-01〕",
        "二、请核实（核实性，1 处）",
        "1.\tD3（第1.4项）“部门检查发现重大事故隐患中已完成整改的”没有填数。确实没有请填 0，漏填请补报。〔PF-0-02〕",
        "三、怎样重报",
        "1.\t所附标注表标出了有问题的格（红色必须改正、黄色请核实），原因见批注；可以直接在上面改，底色和批注不必删除。",
        "2.\t改正后重报整张表，文件名写作“孤山镇_2023-06_progress.xlsx”。",
        "3.\t本期应报日：2023年6月25日；锁定日：2023年8月9日，自该日起不再接收。",
        "附：孤山镇6月（标注）.xlsx",
        "海城市安全生产委员会办公室",
        "2023年6月21日",
    ]


def test_no_line_of_the_slip_ends_inside_the_code_of_a_rule(tmp_path: Path) -> None:
    document = slip(tmp_path, returned(UNREADABLE, content=as_xlsx(ROWS)))
    line = document.paragraphs[2]
    assert line.text.endswith("应填累计数，整数（个），没有填 0。〔RD-5-02〕")
    assert len(line._p.findall(".//{*}noBreakHyphen")) == 2


def test_an_accepted_form_with_questions_gets_a_list_of_questions(tmp_path: Path) -> None:
    question = failed(
        "PF-1-04", "挂牌数大于发现数之和。", at="Sheet!D2", item="1.5", rule_class=RuleClass.QUASI_MANDATORY
    )
    one = returned(question, BLANK, content=as_xlsx(ROWS), issued_on=date(2023, 6, 22))

    document = slip(tmp_path, one)
    lines = [paragraph.text for paragraph in document.paragraphs]

    assert document.tables[0].rows[3].cells[3].text == "已接收，已计入汇总，请核实下列事项"
    assert lines[0] == "报表核实单"
    assert lines[1] == "一、需要说明（准强制性，1 处）"
    assert lines[2] == "1.\tD2（第1.5项 政府挂牌督办的重大事故隐患(个)）挂牌数大于发现数之和。〔PF-1-04〕"
    assert lines[3] == "二、请核实（核实性，1 处）"
    assert lines[5:9] == [
        "三、怎样答复",
        "1.\t所附标注表标出了有问题的格（橙色需要说明、黄色请核实），原因见批注；可以直接在上面改，底色和批注不必删除。",
        "2.\t需要说明的，写在表内“情况说明”栏。",
        "3.\t数字有误或需要说明的，重报整张表，文件名写作“孤山镇_2023-06_progress.xlsx”，新表自动替换旧表；"
        "核实无误的不必重报。",
    ]
    assert lines[-1] == "2023年6月22日"


def test_a_file_nobody_can_place_says_what_was_not_recognised(tmp_path: Path) -> None:
    unknown = failed("RD-3-02", "填报单位“孤山乡”（Sheet!A1）不在填报名单里，请按名单写全称后重报。", at="Sheet!A1")
    one = returned(
        unknown,
        content=as_xlsx(ROWS),
        verdict=Verdict.QUARANTINED,
        unit_id=None,
        unit_name=None,
        period=None,
        form_id=None,
    )

    document = slip(tmp_path, one)
    lines = [paragraph.text for paragraph in document.paragraphs]

    assert document.tables[0].rows[0].cells[1].text == "没有认出"
    assert document.tables[0].rows[3].cells[3].text == "无法受理，没有计入汇总，请重报"
    assert lines[2] == "1.\t填报单位“孤山乡”（A1）不在填报名单里，请按名单写全称后重报。〔RD-3-02〕"
    assert "2.\t改正后重报整张表，文件名写作“〔单位全称〕_〔年-月〕_〔报表〕.xlsx”。" in lines
    assert "3.\t请在本期报送截止前重报；截止已过的，请尽快重报。" in lines


@pytest.mark.parametrize(
    ("issued_on", "expected"),
    [
        (date(2023, 6, 25), "本期应报日：2023年6月25日；锁定日：2023年8月9日，自该日起不再接收。"),
        (date(2023, 6, 26), "本期应报日：2023年6月25日（已过，请尽快）；锁定日：2023年8月9日，自该日起不再接收。"),
        (date(2023, 8, 9), "本期应报日为2023年6月25日，已于2023年8月9日锁定，不再接收。"),
    ],
)
def test_the_dates_depend_on_the_day_the_slip_is_written(tmp_path: Path, issued_on: date, expected: str) -> None:
    one = returned(TOO_MANY_RECTIFIED, due_date=due_in_june(), issued_on=issued_on)

    assert f"2.\t{expected}" in slip_lines(tmp_path, one)


@pytest.mark.parametrize("verdict", [Verdict.RETURNED, Verdict.QUARANTINED])
@pytest.mark.parametrize(
    "outcomes",
    [(), (BLANK,), (Outcome("PF-1-01", RuleClass.MANDATORY, OutcomeKind.PASS),)],
    ids=["nothing", "only a question", "only what passed"],
)
def test_a_rejection_without_a_reason_is_refused(
    tmp_path: Path, verdict: Verdict, outcomes: tuple[Outcome, ...]
) -> None:
    with pytest.raises(ValueError, match="《孤山镇6月"):
        write_return_package(tmp_path / "new", returned(*outcomes, verdict=verdict))
    assert not (tmp_path / "new").exists()


def test_an_accepted_form_without_questions_gets_nothing(tmp_path: Path) -> None:
    assert write_return_package(tmp_path / "new", returned()) == ()
    assert not (tmp_path / "new").exists()


def test_text_of_the_sender_is_masked_and_stays_text(tmp_path: Path) -> None:
    hostile = failed("RD-1-04", "文件《=cmd()|'/C calc'!A0\x00\u202e<w:br/>.xlsx》不是表格，联系 13812347391。")
    one = returned(hostile, file_name="../=1+1\n13812347391.bin", file_format="", verdict=Verdict.QUARANTINED)

    document = slip(tmp_path, one)
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)

    assert "文件《=cmd()|'/C calc'!A0<w:br/>.xlsx》不是表格，联系 138****7391。" in text
    assert document.tables[0].rows[2].cells[1].text == "../=1+1 138****7391.bin"
    assert "13812347391" not in text


def test_the_same_return_twice_is_the_same_bytes(tmp_path: Path) -> None:
    one = returned(TOO_MANY_RECTIFIED, UNREADABLE, content=as_xlsx(ROWS))

    first, second = (write_return_package(tmp_path / name, one) for name in ("first", "second"))

    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def crowd() -> list[Outcome]:
    """More wrong than any real form: unreadable cells with long texts, and every rule broken, in every class."""
    outcomes = []
    items = [(item, part.part) for item in haicheng().form("progress").items for part in item.parts]
    for number, (item, part) in enumerate(items):
        at = f"调度表!D{number + 4}"
        message = f"{at}“{item.name}”写的是“{'大约二十几个正在核实' * 4}”，不是数字，请改正后重报。"
        outcomes.append(failed("RD-5-02", message, at=at, item=item.code, part=part))
    for number, rule in enumerate(haicheng().rules):
        for item, part in items[number % 7 :: 7]:
            at = f"调度表!G{number + 4}"
            outcomes.append(
                failed(rule.code, rule.message * 3, at=at, item=item.code, part=part, rule_class=rule.rule_class)
            )
    outcomes.append(failed("RD-2-03", "没有找到这些指标：" + "、".join(item.name for item, _ in items) + "。请恢复。"))
    return outcomes


def told(lines: list[str]) -> int:
    """How many outcomes the sections of a slip tell of: one a line, those listed with it, those counted."""
    count = 0
    for line in lines:
        listed = re.search(r"同样的还有 (\d+) 处", line)
        if counted := re.match(r"另有 (\d+) 处", line):
            count += int(counted[1])
        else:
            count += 1 + (int(listed[1]) if listed else 0)
    return count


@pytest.mark.parametrize("most", [1, 3, 20, 60, 1000])
def test_everything_that_failed_is_told_or_counted_on_one_page(most: int) -> None:
    outcomes = crowd()[-most:]
    one = returned(*outcomes, unit_name="海城市" * 20, file_name="很长的文件名" * 50, due_date=due_in_june())

    page = compose_slip(one, "很长的文件名" * 12, tuple(RuleClass))

    assert _height(page) <= _TEXT_HEIGHT_POINTS
    assert told([line for section in page.sections[:-1] for line in section.lines]) == len(one.failures)
    totals = [int(found[1]) for s in page.sections[:-1] if (found := re.search(r"，(\d+) 处）", s.heading))]
    assert sum(totals) == len(one.failures)


def test_a_short_slip_is_set_larger_than_a_long_one() -> None:
    short = compose_slip(returned(TOO_MANY_RECTIFIED), "", ())
    long = compose_slip(returned(*crowd()), "", ())

    assert (short.size, long.size) == (14.0, 10.5)


def test_what_is_left_out_can_be_seen_in_the_marked_copy_if_there_is_one() -> None:
    page, bare = (compose_slip(returned(*crowd()), "", marked) for marked in (tuple(RuleClass), ()))

    assert any("处同类问题，见所附标注表。" in line for section in page.sections for line in section.lines)
    assert any("处同类问题，请一并核对。" in line for section in bare.sections for line in section.lines)
    assert not any("标注" in line for section in bare.sections for line in section.lines)


def test_the_fonts_of_official_documents_are_named(tmp_path: Path) -> None:
    document: Any = docx.Document(str(write_return_package(tmp_path, returned(TOO_MANY_RECTIFIED))[0]))
    names = {style.name: style.element.rPr.rFonts for style in document.styles if style.name.startswith("slip-")}
    key = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}eastAsia"

    assert [names[f"slip-{name}"].get(key) for name in ("title", "heading", "line")] == [
        "方正小标宋简体",
        "黑体",
        "仿宋_GB2312",
    ]
    page = document.sections[0]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
