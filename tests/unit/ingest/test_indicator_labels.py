"""Labels of an indicator table: ways of writing them, small errors, and words that change the meaning."""

from typing import Any

import pytest

from tests.forms import Table, as_xlsx, pairs
from tests.unit.ingest.parsing import FILLED, FORM, READ, STAMPED, figures, mandatory, message, notes, parse_one


def rows_with(change: dict[str, str], entries: dict[str, Any] = FILLED) -> Table:
    """The official layout with some labels written differently."""
    table = pairs(FORM, entries, **STAMPED)
    table.rows = [
        [change.get(value, value) if isinstance(value, str) else value for value in row] for row in table.rows
    ]
    return table


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
