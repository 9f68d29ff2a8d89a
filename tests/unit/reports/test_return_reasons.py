"""Root causes first, follow-ons once, like with like."""

from __future__ import annotations

from pathlib import Path

import pytest

from campaigns.vocabulary import Outcome, RuleClass, Verdict
from reports.returns.return_reasons import reasons_of
from tests.unit.reports.returned_forms import failed, returned, slip_lines


def codes(outcomes: tuple[Outcome, ...]) -> list[str]:
    return [one.rule_code for one in outcomes]


def test_the_file_comes_first_then_form_unit_cells_and_arithmetic() -> None:
    outcomes = (
        failed("PF-1-02", at="表!G5", item="1.4"),
        failed("PF-1-01", at="表!G4", item="1.2"),
        failed("PF-0-01", at="表!D11", item="3.1"),
        failed("RD-5-03", at="表!D19", item="4.7"),
        failed("RD-5-02", at="表!D6", item="1.5"),
        failed("RD-4-03"),
        failed("RD-3-04"),
        failed("RD-2-03"),
        failed("RD-1-05"),
    )

    (mandatory,) = reasons_of(returned(*outcomes))

    assert [codes(entry)[0] for entry in mandatory.entries] == [
        "RD-1-05",
        "RD-2-03",
        "RD-3-04",
        "RD-4-03",
        "RD-5-02",
        "RD-5-03",
        "PF-0-01",
        "PF-1-01",
        "PF-1-02",
    ]


def test_classes_stand_in_the_order_of_their_gravity() -> None:
    outcomes = [
        failed("PF-0-06", rule_class=RuleClass.ADVISORY),
        failed("PF-0-02", item="1.1", at="表!D4", rule_class=RuleClass.VERIFICATION),
        failed("PF-1-04", item="1.5", at="表!D6", rule_class=RuleClass.QUASI_MANDATORY),
        failed("PF-1-01", item="1.2", at="表!G4"),
    ]

    assert [one.rule_class.chinese for one in reasons_of(returned(*outcomes))] == [
        "强制性",
        "准强制性",
        "核实性",
        "提示性",
    ]


def test_what_follows_from_an_unreadable_or_negative_figure_is_not_listed_twice() -> None:
    unreadable = failed("RD-5-02", at="表!D5", item="1.3")
    its_blank = failed("PF-0-02", at="表!D5", item="1.3", rule_class=RuleClass.VERIFICATION)
    negative = failed("PF-0-01", at="表!D4", item="1.1")
    too_small = failed("PF-1-01", at="表!G4", item="1.2")  # [1.2] <= [1.1]
    of_its_own = failed("PF-1-03", at="表!G6", item="1.6")  # [1.6] <= [1.5]

    mandatory, verification = reasons_of(returned(unreadable, its_blank, negative, too_small, of_its_own))

    assert mandatory.entries == ((unreadable,), (negative,), (of_its_own,))
    assert mandatory.follow_ons == (too_small,)
    assert (verification.entries, verification.follow_ons) == ((), (its_blank,))


def test_follow_ons_are_counted_in_one_line(tmp_path: Path) -> None:
    outcomes = (
        failed("PF-0-01", at="表!D4", item="1.1"),
        failed("PF-1-01", at="表!G4", item="1.2"),
        failed("PF-1-04", at="表!D6", item="1.5", rule_class=RuleClass.QUASI_MANDATORY),
    )

    lines = slip_lines(tmp_path, returned(*outcomes))

    assert lines[3] == "2.\t另有 1 处与上列问题有关，改正后再核对：G4〔PF-1-01〕。"
    assert lines[5] == "1.\t另有 1 处与“必须改正”中的问题有关，改正后再核对：D6〔PF-1-04〕。"


def test_in_a_form_without_any_figure_every_blank_is_a_follow_on() -> None:
    empty = failed("RD-5-01", "“表”一个数字也没有填。")
    blanks = tuple(
        failed("PF-0-02", at=f"表!D{n}", item=f"2.{n}", rule_class=RuleClass.VERIFICATION) for n in range(1, 9)
    )

    mandatory, verification = reasons_of(returned(empty, *blanks))

    assert mandatory.entries == ((empty,),)
    assert (verification.entries, len(verification.follow_ons)) == ((), 8)


def test_items_whose_labels_are_missing_are_not_asked_for_again() -> None:
    missing = failed("RD-2-03", "没有找到这些指标：1.1。")
    lost = failed("PF-0-02", at="表", item="1.1", rule_class=RuleClass.VERIFICATION)
    left_blank = failed("PF-0-02", at="表!D5", item="1.3", rule_class=RuleClass.VERIFICATION)

    _, verification = reasons_of(returned(missing, lost, left_blank))

    assert verification.entries == ((left_blank,),)
    assert verification.follow_ons == (lost,)


def test_one_rule_over_many_cells_is_one_line(tmp_path: Path) -> None:
    cells = [("2.2", "G7"), ("2.3", "D8"), ("2.4", "G8"), ("2.5", "D9"), ("2.6", "G9")]
    outcomes = [failed("PF-2-01", f"“{code}”不能大于总数。", at=f"表!{cell}", item=code) for code, cell in cells]

    lines = slip_lines(tmp_path, returned(*outcomes))

    assert lines[1:4] == [
        "一、必须改正（强制性，5 处）",
        "1.\tG7（第2.2项 企业主要负责人未按要求亲自研究排查整治工作(家)）“2.2”不能大于总数。同样的还有 4 处："
        "D8（第2.3项 企业主要负责人未带队检查）、G8（第2.4项 企业未制定分管负责人职责清单）、"
        "D9（第2.5项 企业未依法建立安全管理机构和配足安全管理人员）、"
        "G9（第2.6项 电焊等特种作业岗位人员无证上岗作业）。〔PF-2-01〕",
        "二、怎样重报",
    ]


def test_a_long_list_ends_with_a_count(tmp_path: Path) -> None:
    outcomes = [
        failed("PF-0-02", "没有填数。", at=f"表!D{n}", item="2.1", rule_class=RuleClass.VERIFICATION)
        for n in range(1, 31)
    ]

    line = slip_lines(tmp_path, returned(*outcomes))[2]

    assert line.startswith("1.\tD1（第2.1项 部门抽查检查的企业总数(家)）没有填数。同样的还有 29 处：D2（第2.1项）、")
    assert line.endswith("、D17（第2.1项）；另有 13 处同类问题，请一并核对。〔PF-0-02〕")


def test_more_than_twelve_codes_of_a_class_end_with_a_count(tmp_path: Path) -> None:
    outcomes = [failed(f"PF-9-{n:02d}", "不对。", at=f"表!D{n}") for n in range(1, 16)]

    lines = slip_lines(tmp_path, returned(*outcomes))

    assert lines[13] == "12.\tD12：不对。〔PF-9-12〕"
    assert lines[14] == "13.\t另有 3 处同类问题，请一并核对。"


@pytest.mark.parametrize(
    ("at", "item", "part", "message", "expected"),
    [
        (
            "表格1!R4C5",
            "1.2",
            "value",
            "太大。",
            "第4行第5列（第1.2项 企业自查发现重大事故隐患中已完成整改的(个)）太大。应填累计数，整数（个），没有填 0。",
        ),
        ("CSV!R4C5", "", "", "太大。", "第4行第5列：太大。"),
        ("正文!R3C1", "", "", "正文!R3C1 写了不止一个单位。", "正文第3段写了不止一个单位。"),
        ("a!b!D5", "", "", "看 a!b!D5 和别处。", "看 D5 和别处。"),
        ("", "", "", "", "没有通过这条校验，请核对。"),
        (
            "表!D12",
            "3.3",
            "amount",
            "表!D12“行政处罚（金额）”写的是“若干”，不是数字。",
            "D12（第3.3项金额）“行政处罚（金额）”写的是“若干”，不是数字。"
            "应填累计数，两个数都写明单位（次、万元），没有填 0。",
        ),
        (
            "表!G18",
            "4.6",
            "value",
            "看不懂。",
            "G18（第4.6项 是否在市级、县级主流媒体播放安全生产专题栏目）看不懂。应填“是”或“否”。"
            "口径：市级、县级有一级播放即为“是”（口径 X15）；合计列为“是”的单位数和填报单位数。",
        ),
    ],
)
def test_a_line_names_cell_item_and_what_belongs_there(
    tmp_path: Path, at: str, item: str, part: str, message: str, expected: str
) -> None:
    one = returned(failed("RD-5-02", message, at=at, item=item, part=part), verdict=Verdict.RETURNED)

    assert slip_lines(tmp_path, one)[2] == f"1.\t{expected}〔RD-5-02〕"


def test_sheets_are_named_where_there_are_several(tmp_path: Path) -> None:
    outcomes = (failed("PF-1-01", "太大。", at="一月!D5"), failed("PF-1-02", "太大。", at="二月!D5"))

    assert slip_lines(tmp_path, returned(*outcomes))[2:4] == [
        "1.\t“一月”D5：太大。〔PF-1-01〕",
        "2.\t“二月”D5：太大。〔PF-1-02〕",
    ]


def test_tables_are_named_where_there_are_several(tmp_path: Path) -> None:
    outcomes = (failed("PF-1-01", "太大。", at="表格1!R2C4"), failed("PF-1-02", "太大。", at="表格3!R2C4"))

    assert slip_lines(tmp_path, returned(*outcomes))[2:4] == [
        "1.\t表格1第2行第4列：太大。〔PF-1-01〕",
        "2.\t表格3第2行第4列：太大。〔PF-1-02〕",
    ]


def test_a_code_that_blames_cells_of_several_columns_of_a_list_is_told_column_by_column(tmp_path: Path) -> None:
    levels = [failed("RD-8-08", f"表!D{n}“隐患等级”只能填一般、重大。", at=f"表!D{n}") for n in range(6, 11)]
    dates = [failed("RD-8-08", f"表!E{n}“发现日期”不是日期。", at=f"表!E{n}") for n in range(6, 11)]

    (mandatory,) = reasons_of(returned(*levels, *dates))
    lines = slip_lines(tmp_path, returned(*levels, *dates))

    assert mandatory.entries == (tuple(levels), tuple(dates))
    assert lines[2] == "1.\tD6“隐患等级”只能填一般、重大。同样的还有 4 处：D7、D8、D9、D10。〔RD-8-08〕"
    assert lines[3] == "2.\tE6“发现日期”不是日期。同样的还有 4 处：E7、E8、E9、E10。〔RD-8-08〕"


def test_other_cells_of_a_sentence_are_said_as_its_own(tmp_path: Path) -> None:
    twice = failed("RD-8-14", "表!A9 与 表!A8 是同一项，请只保留一行。", at="表!A9")
    elsewhere = failed("RD-5-02", "另表!B3 不是数字。", at="另表!B3")

    assert slip_lines(tmp_path / "one", returned(twice))[2] == "1.\tA9与 A8 是同一项，请只保留一行。〔RD-8-14〕"
    line = slip_lines(tmp_path / "two", returned(twice, elsewhere))[3]
    assert line == "2.\t“表”A9与 “表”A8 是同一项，请只保留一行。〔RD-8-14〕"
