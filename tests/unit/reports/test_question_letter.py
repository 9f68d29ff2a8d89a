"""核实单: what a unit reads about what it sent, and nothing that a text from outside could turn into markup."""

import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from reports.paper.word_reading import SeenDocument, SeenText, read_document
from reports.published import CampaignRow, Snapshot
from reports.returns.differing_figures import MOST_LISTED
from reports.returns.question_letter import asked_of, verify_question_letter, write_question_letter
from reports.returns.unit_questions import QuestionRow, UnitDifferenceRow, UnitQuestions

SNAPSHOT = Snapshot(Path("taizhang.duckdb"), "20230725T170000", datetime(2023, 7, 25, 17))
CAMPAIGN = CampaignRow("c", "某市专项行动", "某市", "210399", "某市安委办", None)
QUESTION = QuestionRow(
    "u", "甲镇", "progress", "调度表", "2023-07", "甲镇7月.xlsx", "核实性", "PF-1-07", "1.1", "value", "自查发现", None,
    "调度表!D4", "报 3，清单为 2。请逐条核对。", "not_needed",
)  # fmt: skip
ABOUT_LIST = replace(
    QUESTION, form_id="hazards", form_title="隐患清单", file_name="<清单>&.xlsx", rule_code="HL-2-02", item_code=None,
    part=None, indicator_name=None, source_cell="Sheet1!H6", message="<b>丙厂</b>：整改早于发现。",
    explanation_state="refused",
)  # fmt: skip
DIFFERENCE = UnitDifferenceRow(
    unit_name="甲镇", item_code="1.1", indicator_name="自查发现", part_name=None, form_value=Decimal("2.0000"),
    reported_value=Decimal("3.0000"), correction_id="K1", ledger_value=Decimal("1.0000"),
    joined_value=Decimal("1.0000"), difference=Decimal("1.0000"),
    source_cell="调度表!D4", is_counted=True, reason="counted", hazard_number="GS-1", enterprise="甲厂",
    hazard_text="风管积尘", found_on=date(2023, 6, 5), rectified_on=None, list_unit_name=None,
    list_file_name="清单.xlsx",
    list_row="Sheet1!4", unit_id="u", form_id="progress", period="2023-07", part="value",
)  # fmt: skip
LATE = replace(DIFFERENCE, reason="reported_later")

Ask = Callable[..., SeenDocument]


def asking(*questions: QuestionRow, differences: tuple[UnitDifferenceRow, ...] = ()) -> UnitQuestions:
    return UnitQuestions(SNAPSHOT, CAMPAIGN, "u", "甲镇", questions, differences)


@pytest.fixture
def letter(tmp_path: Path) -> Ask:
    """Writes a letter twice, proves it, and reads it as a reader does."""

    def written(*questions: QuestionRow, differences: tuple[UnitDifferenceRow, ...] = ()) -> SeenDocument:
        unit = asking(*questions, differences=differences)
        once, again = (write_question_letter(tmp_path / name, unit) for name in ("once.docx", "again.docx"))
        assert once.read_bytes() == again.read_bytes()
        assert verify_question_letter(once, unit) == []
        return read_document(once)

    return written


def cells(document: SeenDocument, number: int) -> list[list[str]]:
    tables = [block for block in document.blocks if isinstance(block, tuple)]
    return [[cell.text for cell in row] for row in tables[number]]


def texts(document: SeenDocument) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, SeenText)]


def test_no_line_ends_inside_the_code_of_a_rule(tmp_path: Path) -> None:
    """The column of the codes is narrow, and a code was torn apart at its hyphen; as text it keeps an ordinary one."""
    path = write_question_letter(
        tmp_path / "once.docx", asking(replace(QUESTION, message="与 RD-8-25、2023-06-25 不符"))
    )
    markup = zipfile.ZipFile(path).read("word/document.xml").decode()
    assert markup.count("<w:noBreakHyphen/>") == 4  # two in each code, none in the day
    assert all(one in markup for one in (">PF</w:t><w:noBreakHyphen/>", ">与 RD</w:t><w:noBreakHyphen/>", "2023-06-25"))
    assert cells(read_document(path), 0)[1][4:] == ["与 RD-8-25、2023-06-25 不符", "核实性", "PF-1-07"]


def test_every_question_names_form_file_and_cell(letter: Ask) -> None:
    document = letter(QUESTION, ABOUT_LIST)
    assert cells(document, 0) == [
        ["序号", "报表", "文件", "位置", "问题", "类别", "规则"],
        [
            "1", "调度表 2023年7月", "甲镇7月.xlsx", "调度表!D4", "报 3，清单为 2。请逐条核对。", "核实性", "PF-1-07",
        ],
        [
            "2", "隐患清单 2023年7月", "<清单>&.xlsx", "Sheet1!H6", "<b>丙厂</b>：整改早于发现。（说明未采纳）",
            "核实性", "HL-2-02",
        ],
    ]  # fmt: skip
    told = texts(document)
    assert told[:2] == ["核 实 单", "甲镇："]
    assert "下列 2 处需要核实" in told[2]
    assert told[-1] == "某市安委办    2023年7月25日"


def test_the_hazards_that_may_make_a_figures_difference_stand_below_it(letter: Ask) -> None:
    """Each with why it counts or not; where another unit's list has it, that unit is named."""
    shared = replace(DIFFERENCE, reason="shared_with_other_unit")
    undated = replace(
        DIFFERENCE, is_counted=False, reason="undated", hazard_number=None, found_on=None, list_row="Sheet1!5"
    )
    elsewhere = replace(
        DIFFERENCE, is_counted=False, reason="listed_by_other_unit", list_unit_name="市住建局", list_row="Sheet1!9"
    )
    document = letter(QUESTION, differences=(undated, elsewhere, shared))
    figure = "2023年7月 1.1 自查发现（调度表!D4）：表上 3，更正后 2，清单 1，多 1。"
    assert f"{figure}清单漏列、漏填的请补齐，表上多计的请改正。" in texts(document)
    assert cells(document, 1)[1:] == [
        ["不计入", "没有发现日期", "", "甲厂", "风管积尘", "", "", "清单.xlsx", "Sheet1!5"],
        [
            "不计入", "别的单位的清单上有，本单位的没有（市住建局）", "GS-1", "甲厂", "风管积尘", "2023年6月5日", "",
            "清单.xlsx", "Sheet1!9",
        ],
        ["计入", "另有单位也报了这一处", "GS-1", "甲厂", "风管积尘", "2023年6月5日", "", "清单.xlsx", "Sheet1!4"],
    ]  # fmt: skip


def test_a_cell_of_a_word_table_is_named_in_words(letter: Ask) -> None:
    in_word = replace(DIFFERENCE, source_cell="表格1!R4C5")
    document = letter(replace(QUESTION, source_cell="正文!R3C1"), differences=(in_word,))
    assert cells(document, 0)[1][3] == "正文第3段"
    assert [text.partition("：")[0] for text in texts(document) if text.startswith("2023年7月 1.1")] == [
        "2023年7月 1.1 自查发现（表格1第4行第5列）"
    ]


def test_a_sentence_names_cells_and_rows_without_letters_in_words_too(letter: Ask) -> None:
    """Of workbooks they stay as Excel says."""
    asked = [
        "表格1!R5C6“发现日期”看不准。",
        "与本清单 CSV!7 （风管积尘）像是同一处。",
        "CSV!R4C8“来源”：正文!R3C1 另有。",
        "台账!B16 与 台账!B6 是同一项，见表格1!B2。",
    ]
    in_word = replace(LATE, list_row="表格2!6")
    document = letter(*[replace(QUESTION, message=message) for message in asked], differences=(in_word,))
    assert [row[4] for row in cells(document, 0)[1:]] == [
        "表格1第5行第6列“发现日期”看不准。",
        "与本清单 第7行 （风管积尘）像是同一处。",
        "第4行第8列“来源”：正文第3段 另有。",
        "台账!B16 与 台账!B6 是同一项，见表格1!B2。",
    ]
    assert cells(document, 1)[1][8] == "表格2第6行"


def test_no_page_ends_with_what_announces_the_next(tmp_path: Path) -> None:
    """Headings and the sentence of a figure stay with what follows; a heading stood alone at the foot of a page."""
    path = write_question_letter(tmp_path / "once.docx", asking(QUESTION, differences=(LATE,)))
    markup = zipfile.ZipFile(path).read("word/document.xml").decode()
    announcing = [text for text in markup.split("<w:p>") if "<w:keepNext/>" in text]
    for words in ("一、需要核实的问题", "二、与隐患清单不符的数", "自查发现（调度表!D4）"):
        assert [words in text for text in announcing].count(True) == 1


def test_a_figure_below_the_list_is_asked_to_be_completed(letter: Ask) -> None:
    document = letter(QUESTION, differences=(replace(DIFFERENCE, difference=Decimal(-1)),))
    assert [text for text in texts(document) if text.endswith("少 1。表上漏计的请补计，清单多列的请改正。")]


def test_hazards_that_plainly_count_or_do_not_are_told_by_their_rows(letter: Ask) -> None:
    """Of a stock of many hazards every one had a row of its own, on many pages."""
    rows = [replace(DIFFERENCE, list_row=f"Sheet1!{row}") for row in (10, 4, 5, 6, 9)]
    rows += [replace(DIFFERENCE, list_file_name="隐患卡.docx", list_row="表格1!B2")]
    rows += [replace(DIFFERENCE, is_counted=False, reason="not_major", list_row="Sheet1!7")]
    rows += [replace(DIFFERENCE, is_counted=False, reason="other_source", list_row="Sheet1!8")]
    document = letter(QUESTION, differences=tuple(rows))
    assert len([block for block in document.blocks if isinstance(block, tuple)]) == 1
    assert [text for text in texts(document) if "计入" in text and "处（" in text] == [
        "计入 6 处（截止日前的清单上有）：清单.xlsx Sheet1 第 4—6、 9—10 行；隐患卡.docx 表格1 第 B2 行。",
        "不计入 1 处（来源不属本项）：清单.xlsx Sheet1 第 8 行。",
        "不计入 1 处（不是重大隐患）：清单.xlsx Sheet1 第 7 行。",
    ]


def test_a_list_without_any_hazard_is_said(letter: Ask) -> None:
    nothing = replace(
        DIFFERENCE, is_counted=None, reason=None, hazard_number=None, enterprise=None, hazard_text=None, found_on=None,
        list_file_name=None, list_row=None,
    )  # fmt: skip
    assert cells(letter(QUESTION, differences=(nothing,)), 1)[1][:2] == ["", "清单上没有隐患"]


def test_hazards_that_may_be_one_give_a_figure_two_readings(letter: Ask) -> None:
    open_pair = replace(DIFFERENCE, form_value=Decimal(9), ledger_value=Decimal(3), joined_value=Decimal(2))
    figure = "2023年7月 1.1 自查发现（调度表!D4）：表上 3，更正后 9，清单 3（疑似同一处的并作一处为 2），多 6。"
    document = letter(QUESTION, differences=(replace(open_pair, difference=Decimal(6)),))
    assert [text for text in texts(document) if text.startswith(figure)]


def test_a_long_letter_says_how_much_it_leaves_out(letter: Ask) -> None:
    whole, over = letter(*[QUESTION] * MOST_LISTED), letter(*[QUESTION] * (MOST_LISTED + 2))
    assert len(cells(whole, 0)) == len(cells(over, 0)) == MOST_LISTED + 1
    assert not [text for text in texts(whole) if "没有列出" in text]
    assert [text for text in texts(over) if "没有列出" in text] == ["另有 2 行没有列出，请与我们联系。"]


def test_a_letter_that_says_something_else_is_told_with_its_place(tmp_path: Path) -> None:
    """The hazard lost its number, and the count of the list is one less than what the file was written from."""
    written = write_question_letter(tmp_path / "letter.docx", asking(QUESTION, differences=(LATE,)))
    now = replace(LATE, hazard_number=None, ledger_value=Decimal(0), joined_value=Decimal(0))
    assert [
        str(one).partition("。")[0] for one in verify_question_letter(written, asking(QUESTION, differences=(now,)))
    ] == [
        "第7段 rpt_ledger_differences.ledger_value.u.progress.2023-07.1.1.value：文件为“1”，数据为“0”",
        "第8段（表）R2C3 文字：文件为“GS-1”，数据为“空”",
    ]


def test_another_date_asks_the_same_and_another_answer_does_not() -> None:
    unit = asking(QUESTION)
    tomorrow = replace(unit, snapshot=replace(SNAPSHOT, as_of=datetime(2023, 7, 26, 17)))
    assert asked_of(unit) == asked_of(tomorrow)
    assert asked_of(unit) != asked_of(asking(replace(QUESTION, explanation_state="refused")))
