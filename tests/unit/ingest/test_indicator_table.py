"""Finding labels and their figures on forms that were changed in the ways people change them."""

from typing import Any

import pytest

from ingest.parsed import Explanation
from tests.forms import Table, as_docx, as_xlsx, headed, listed, pairs
from tests.unit.ingest.parsing import (
    FILLED,
    FORM,
    READ,
    STAMPED,
    figures,
    mandatory,
    message,
    notes,
    parse_one,
    places,
)

TITLED = {"unit": "孤山镇", "filled_on": "2023年6月24日"}


def rows_with(change: dict[str, str], entries: dict[str, Any] = FILLED) -> Table:
    """The official layout with some labels written differently."""
    table = pairs(FORM, entries, **STAMPED)
    table.rows = [
        [change.get(value, value) if isinstance(value, str) else value for value in row] for row in table.rows
    ]
    return table


def with_empty_column(table: Table, at: int) -> Table:
    rows = [[*row[:at], None, *row[at:]] if len(row) > at else row for row in table.rows]
    return Table(rows)


LAYOUTS = {
    "without number columns": pairs(FORM, FILLED, **STAMPED, numbers=False),
    "empty column before everything": with_empty_column(pairs(FORM, FILLED, **STAMPED), 0),
    "empty column between label and figure": with_empty_column(pairs(FORM, FILLED, **STAMPED), 3),
    "empty column behind the figure": with_empty_column(pairs(FORM, FILLED, **STAMPED), 4),
    "empty rows": Table([line for row in pairs(FORM, FILLED, **STAMPED).rows for line in (row, [])]),
    "rows above": Table([["海安委办"], ["机密"], [], *pairs(FORM, FILLED, **STAMPED).rows]),
    "list": listed(FORM, FILLED, **TITLED),
    "list without numbers": listed(
        FORM, FILLED, **TITLED, headings=("指标", "数值"), columns=lambda _, i: [i.label, FILLED.get(i.code)]
    ),
    "list without headings": listed(
        FORM, FILLED, **TITLED, headings=(), columns=lambda n, i: [n, i.label, FILLED.get(i.code)]
    ),
    "list with unit behind the figure": listed(
        FORM,
        FILLED,
        **TITLED,
        headings=("序号", "指标", "数值", "单位"),
        columns=lambda n, i: [n, i.name, FILLED.get(i.code), i.parts[0].measure_unit],
    ),
    "list with codes": listed(
        FORM, FILLED, **TITLED, columns=lambda _, i: [i.code, f"{i.code} {i.name}", "", FILLED.get(i.code)]
    ),
    "headings": headed(FORM, FILLED, **TITLED),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_figures_are_found_by_their_labels(name: str) -> None:
    submission = parse_one(as_xlsx(LAYOUTS[name]))
    assert figures(submission) == READ
    assert mandatory(submission) == []


@pytest.mark.parametrize("name", [name for name in LAYOUTS if name != "empty rows"])
def test_the_same_holds_for_word(name: str) -> None:
    assert figures(parse_one(as_docx(LAYOUTS[name]), "孤山镇6月.docx")) == READ


def test_figures_that_equal_the_numbers_of_the_next_label_are_not_mistaken_for_them() -> None:
    """Without number columns a 2 between two labels is a figure, though the second item is number 2."""
    entries = {**FILLED, "1.1": 2, "1.3": 4, "1.5": 6, "2.1": 2, "2.3": 4, "2.5": 6, "2.7": 8, "3.1": 2, "3.5": 6}
    read = figures(parse_one(as_xlsx(pairs(FORM, entries, **STAMPED, numbers=False))))
    assert [read[code] for code in ("1.1", "1.3", "1.5", "2.1", "2.3", "3.1")] == ["2", "4", "6", "2", "4", "2"]


def test_a_blank_beside_a_number_column_stays_blank() -> None:
    entries = {code: value for code, value in FILLED.items() if code not in ("1.1", "1.3", "1.5", "2.1")}
    submission = parse_one(as_xlsx(pairs(FORM, entries, **STAMPED)))
    read = figures(submission)
    assert [read[code] for code in ("1.1", "1.2", "1.3", "1.5", "2.1")] == ["blank", "10", "blank", "blank", "blank"]
    assert places(submission)["1.3.value"] == "调度表!D5"


def test_a_figure_one_cell_further_right_is_read_and_pointed_out() -> None:
    table = with_empty_column(pairs(FORM, FILLED, **STAMPED), 4)
    table.rows[4][3:5] = [None, 8]
    submission = parse_one(as_xlsx(table))
    assert (figures(submission), notes(submission)) == (READ, ["RD-5-10"])
    assert places(submission)["1.3.value"] == "调度表!E5"


class TestColumnsBesideTheFigures:
    def columns(self, headings: tuple[str, ...], values: Any) -> Table:
        return listed(FORM, {}, **TITLED, headings=("序号", "指标", *headings), columns=values)

    def test_the_cumulative_column_is_taken_and_the_others_are_not(self) -> None:
        table = self.columns(
            ("上月累计数", "本月新增", "累计数"), lambda n, i: [n, i.name, 700 + n, 900 + n, FILLED.get(i.code)]
        )
        assert figures(parse_one(as_xlsx(table))) == READ

    def test_remarks_beside_the_figures_become_explanations(self) -> None:
        table = self.columns(
            ("数值", "备注"), lambda n, i: [n, i.name, FILLED.get(i.code), "核减2个，重复统计" if n == 1 else None]
        )
        submission = parse_one(as_xlsx(table))
        assert figures(submission) == READ
        assert submission.explanations == (Explanation("核减2个，重复统计", "调度表!D4"),)

    def test_a_number_in_the_remarks_is_no_figure(self) -> None:
        table = self.columns(("数值", "备注"), lambda n, i: [n, i.name, FILLED.get(i.code), 5])
        assert figures(parse_one(as_xlsx(table))) == READ

    def test_two_figures_without_a_heading_are_sent_back(self) -> None:
        table = self.columns((), lambda n, i: [n, i.name, FILLED.get(i.code), 77 if n == 1 else None])
        submission = parse_one(as_xlsx(table))
        assert figures(submission)["1.1"] == "unreadable"
        assert figures(submission)["1.2"] == "10"
        assert mandatory(submission) == ["RD-5-05"]
        assert "（C4=12、D4=77）" in message(submission, "RD-5-05")

    def test_a_blank_in_the_cumulative_column_is_blank_though_the_month_is_filled(self) -> None:
        table = self.columns(("本月", "累计"), lambda n, i: [n, i.name, n, None if n == 1 else FILLED.get(i.code)])
        assert figures(parse_one(as_xlsx(table)))["1.1"] == "blank"

    def test_the_unit_line_above_the_figures_heads_no_column(self) -> None:
        table = listed(FORM, FILLED, headings=(), columns=lambda n, i: [n, i.label, FILLED.get(i.code)])
        table.rows[1] = ["填报时间：2023年6月24日", None, "填报单位：孤山镇"]
        assert figures(parse_one(as_xlsx(table))) == READ


class TestTwoPartItems:
    def split(self, first: Any, second: Any) -> dict[str, str]:
        """The list with 3.3 in two figure columns."""
        table = listed(
            FORM,
            {},
            **TITLED,
            headings=("序号", "指标", "数值", "金额"),
            columns=lambda n, i: [n, i.name, *([first, second] if i.code == "3.3" else [FILLED.get(i.code)])],
        )
        return dict(figures(parse_one(as_xlsx(table))))

    def test_two_cells_beside_the_label_are_the_two_parts(self) -> None:
        assert self.split(3, 12.5) == READ

    def test_units_in_the_cells_say_which_is_which(self) -> None:
        assert self.split("12.5万元", "3次") == READ
        assert self.split("3次", "12.5万元") == READ

    def test_names_of_parts_between_the_figures_say_which_is_which(self) -> None:
        table = pairs(FORM, FILLED, **STAMPED)
        for row in table.rows:
            if "行政处罚(次,万元)" in row:
                row[3:] = ["金额", 12.5, "次数", 3, *row[4:]]
        assert figures(parse_one(as_xlsx(table))) == READ

    @pytest.mark.parametrize(
        ("labels", "values"),
        [
            (["行政处罚(次)", "行政处罚(万元)"], [3, 12.5]),
            (["行政处罚次数", "行政处罚金额"], [3, 12.5]),
            (["行政处罚（万元）", "行政处罚（次）"], [12.5, 3]),
        ],
    )
    def test_a_row_for_each_part(self, labels: list[str], values: list[float]) -> None:
        table = listed(FORM, FILLED, **TITLED)
        at = next(number for number, row in enumerate(table.rows) if "行政处罚" in row)
        table.rows[at : at + 1] = [[at, label, None, value] for label, value in zip(labels, values, strict=True)]
        assert figures(parse_one(as_xlsx(table))) == READ

    def test_a_row_for_the_total_and_a_row_for_its_of_which(self) -> None:
        table = listed(FORM, FILLED, **TITLED)
        at = next(number for number, row in enumerate(table.rows) if "公布典型案例" in row)
        table.rows[at : at + 1] = [[22, "公布典型案例(个)", None, 5], [None, "其中：危险作业罪案例(个)", None, 2]]
        assert figures(parse_one(as_xlsx(table))) == READ

    def test_a_label_merged_over_two_rows(self) -> None:
        table = listed(FORM, FILLED, **TITLED)
        at = next(number for number, row in enumerate(table.rows) if "行政处罚" in row)
        table.rows[at : at + 1] = [[17, "行政处罚", "次", 3], [None, None, "万元", 12.5]]
        table.merges = [(at, 1, at + 1, 1)]
        assert figures(parse_one(as_xlsx(table))) == READ

    def test_headings_with_the_parts_in_a_second_row(self) -> None:
        table = headed(FORM, FILLED, **TITLED)
        heading, values = table.rows[3], table.rows[4]
        at = heading.index("行政处罚(次,万元)")
        heading.insert(at + 1, None)
        values[at : at + 1] = [3, 12.5]
        parts: list[Any] = [None] * len(heading)
        parts[at : at + 2] = ["次", "万元"]
        table.rows.insert(4, parts)
        table.merges = [(3, at, 3, at + 1)]
        assert figures(parse_one(as_xlsx(table))) == READ


def test_rows_of_numbers_and_of_units_below_the_headings_are_no_figures() -> None:
    table = headed(FORM, FILLED, **TITLED)
    table.rows.insert(4, [None, *range(1, 33)])
    table.rows.insert(5, [None, *(item.parts[0].measure_unit for item in FORM.items)])
    assert figures(parse_one(as_xlsx(table))) == READ


def test_several_rows_below_the_headings_without_names_are_nobodys_guess() -> None:
    table = headed(FORM, [("", FILLED), ("", FILLED)], **TITLED)
    assert mandatory(parse_one(as_xlsx(table))) == ["RD-2-08"]


class TestLabels:
    @pytest.mark.parametrize(
        "written",
        [
            "1.企业自查发现的重大事故隐患(个)",
            "（1）企业自查发现的重大事故隐患（个）",
            "企业自查发现的\n重大事故隐患",
            "企业自查发现的重大事故隐患 ( 个 )",
            "企业自查发现重大事故隐患",
            "企业自查发现的重大隐患（处）",
            "企业自查发现的重大事故隐患（单位：个）",
        ],
    )
    def test_ways_of_writing_a_label(self, written: str) -> None:
        submission = parse_one(as_xlsx(rows_with({"企业自查发现的重大事故隐患(个)": written})))
        assert figures(submission) == READ
        assert submission.problems == ()

    @pytest.mark.parametrize(
        ("label", "written"),
        [
            ("企业主要负责人未带队检查(家)", "企业主要负责人未带对检查(家)"),
            ("移送司法机关(人)", "移送司法机观(人)"),
            ("企业自查发现重大事故隐患中已完成整改的(个)", "其中：已完成整改的(个)"),
        ],
    )
    def test_a_small_error_is_understood_and_pointed_out(self, label: str, written: str) -> None:
        submission = parse_one(as_xlsx(rows_with({label: written})))
        assert figures(submission) == READ
        assert (mandatory(submission), notes(submission)) == ([], ["RD-2-05"])
        assert f"“{written}”" in message(submission, "RD-2-05")

    @pytest.mark.parametrize(
        ("label", "written"),
        [
            ("企业主要负责人未带队检查(家)", "企业主要负责人带队检查(家)"),
            ("部门检查发现的重大事故隐患(个)", "部门检查发现的一般事故隐患(个)"),
            ("部门检查发现的重大事故隐患(个)", "本月部门检查发现的重大事故隐患(个)"),
            ("帮扶指导(个次)", "联系人电话"),
        ],
    )
    def test_a_word_that_changes_the_meaning_is_another_label(self, label: str, written: str) -> None:
        submission = parse_one(as_xlsx(rows_with({label: written})))
        assert mandatory(submission) == ["RD-2-03"]
        item = next(item for item in FORM.items if item.label == label)
        assert f"{item.code} {item.name}" in message(submission, "RD-2-03")
        assert figures(submission)[item.code] == "blank"

    def test_too_few_labels_are_no_form_and_the_missing_ones_are_named(self) -> None:
        table = pairs(FORM, FILLED, **STAMPED)
        table.rows = table.rows[:10]
        submission = parse_one(as_xlsx(table))
        assert (submission.form_id, submission.quarantined, mandatory(submission)) == ("progress", True, ["RD-2-02"])
        assert "32 项指标中只认出 14 项" in submission.problems[0].message
        assert "3.1 帮扶指导" in submission.problems[0].message

    def test_a_label_that_stands_twice_is_sent_back(self) -> None:
        table = pairs(FORM, FILLED, **STAMPED)
        table.rows.insert(5, [None, 1, "企业自查发现的重大事故隐患(个)", 99])
        submission = parse_one(as_xlsx(table))
        assert mandatory(submission) == ["RD-2-04"]
        assert "调度表!C4、调度表!C6" in message(submission, "RD-2-04")

    def test_a_number_beside_no_label_is_pointed_out(self) -> None:
        table = pairs(FORM, FILLED, **STAMPED)
        table.rows.insert(6, [None, None, None, None, None, None, 55])
        submission = parse_one(as_xlsx(table))
        assert (figures(submission), notes(submission)) == (READ, ["RD-5-08"])
        assert "调度表!G7 的数字“55”" in message(submission, "RD-5-08")


def test_an_unreadable_figure_names_its_cell_what_was_found_and_what_to_do() -> None:
    submission = parse_one(as_xlsx(pairs(FORM, {**FILLED, "2.1": "12人", "1.2": "大概没有"}, **STAMPED)))
    assert not submission.quarantined
    assert [(p.rule_code, p.source_cell, p.item_code) for p in submission.problems] == [
        ("RD-5-02", "调度表!G4", "1.2"),
        ("RD-5-02", "调度表!D7", "2.1"),
    ]
    assert submission.problems[1].message == (
        "调度表!D7“部门抽查检查的企业总数”写的是“12人”，单位“人”与本项的“家”不符，请改正后重报。"
    )
    assert submission.problems[1].message_en == (
        "调度表!D7, 部门抽查检查的企业总数: 12人 cannot be taken (unit 人 contradicts the item's own unit 家); "
        "please correct it and send it again."
    )


def test_long_numbers_and_telephones_in_a_figure_cell_are_masked_in_the_message() -> None:
    submission = parse_one(as_xlsx(pairs(FORM, {**FILLED, "1.1": "13900001111"}, **STAMPED)))
    assert "139****" in submission.problems[0].message
    assert "13900001111" not in submission.problems[0].message


def test_explanations_are_kept_with_their_place() -> None:
    table = pairs(FORM, FILLED, **STAMPED)
    table.rows.append(["核减说明：1.1 核减2个，系重复统计。"])
    table.rows.append(["情况说明", "本月无新增，核减3个。"])
    assert parse_one(as_xlsx(table)).explanations == (
        Explanation("1.1 核减2个，系重复统计。", "调度表!A22"),
        Explanation("本月无新增，核减3个。", "调度表!A23"),
    )
