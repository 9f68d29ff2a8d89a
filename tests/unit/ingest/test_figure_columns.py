"""Which column or row of an indicator table holds the figures, and which of two figures is which part."""

from typing import Any

import pytest

from ingest.parsed import Explanation
from tests.forms import Table, as_xlsx, headed, listed, pairs
from tests.unit.ingest.parsing import FILLED, FORM, READ, STAMPED, TITLED, figures, mandatory, message, parse_one


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
