"""Several forms in one file, and what is hidden in it."""

from tests.forms import Table, as_docx, as_xls, as_xlsx, headed, pairs, with_part
from tests.unit.ingest.one_form import ORDINARY
from tests.unit.ingest.parsing import (
    CHAGOU,
    FILLED,
    FORM,
    GUSHAN,
    READ,
    STAMPED,
    figures,
    mandatory,
    message,
    notes,
    parse,
    parse_one,
    places,
)


class TestSeveralForms:
    def test_sheets_of_two_units_are_two_submissions(self) -> None:
        content = as_xlsx(
            pairs(FORM, FILLED, **STAMPED),
            Table(pairs(FORM, {**FILLED, "1.1": 99}, **{**STAMPED, "unit": "岔沟镇"}).rows, name="表2"),
        )
        first, second = parse(content, "各镇6月.xlsx")
        assert (first.unit_id, first.sheet_name, figures(first)["1.1"]) == (GUSHAN, "调度表", "12")
        assert (second.unit_id, second.sheet_name, figures(second)["1.1"]) == (CHAGOU, "表2", "99")

    def test_sheets_named_by_months_are_the_submissions_of_those_months(self) -> None:
        sheets = [Table(pairs(FORM, FILLED, unit="孤山镇").rows, name=name) for name in ("6月", "7月")]
        found = parse(as_xlsx(*sheets), "孤山镇.xlsx", received_on="2023-07-25")
        assert [(s.unit_id, s.period, s.quarantined) for s in found] == [
            (GUSHAN, "2023-06", False),
            (GUSHAN, "2023-07", False),
        ]

    def test_forms_one_below_the_other_on_one_sheet_are_apart(self) -> None:
        above, below = pairs(FORM, FILLED, **STAMPED), pairs(FORM, FILLED, **{**STAMPED, "unit": "岔沟镇"})
        shift = len(above.rows) + 1
        merges = [(t + shift, left, b + shift, right) for t, left, b, right in below.merges]
        found = parse(as_xlsx(Table([*above.rows, [], *below.rows], above.merges + merges)))
        assert [(s.unit_id, s.filler, figures(s)) for s in found] == [(GUSHAN, "甲", READ), (CHAGOU, "甲", READ)]
        assert places(found[1])["1.1.value"] == f"调度表!D{4 + shift}"

    def test_two_tables_in_one_document_are_two_submissions(self) -> None:
        other = pairs(FORM, FILLED, **{**STAMPED, "unit": "岔沟镇"})
        found = parse(as_docx(ORDINARY, other), "6月.docx")
        assert [(s.unit_id, s.sheet_name, figures(s)) for s in found] == [
            (GUSHAN, "表格1", READ),
            (CHAGOU, "表格2", READ),
        ]

    def test_one_row_for_each_unit_below_a_heading_row(self) -> None:
        rows = [("孤山镇", FILLED), ("岔沟镇", {**FILLED, "1.1": 99}), ("合计", {**FILLED, "1.1": 111})]
        found = parse(as_xlsx(headed(FORM, rows, filled_on="2023年6月24日")), "汇总.xlsx")
        assert [(s.unit_id, figures(s)["1.1"]) for s in found] == [(GUSHAN, "12"), (CHAGOU, "99")]

    def test_the_same_unit_and_month_twice_in_one_file_is_nobodys_guess(self) -> None:
        other = Table(pairs(FORM, {**FILLED, "1.1": 13}, **STAMPED).rows, name="修改后")
        found = parse(as_xlsx(ORDINARY, other))
        assert [(s.quarantined, mandatory(s)[0]) for s in found] == [(True, "RD-2-07"), (True, "RD-2-07")]
        assert "“调度表”和“修改后”" in found[0].problems[0].message

    def test_an_equal_copy_and_a_blank_copy_do_no_harm(self) -> None:
        copy = Table(ORDINARY.rows, name="副本")
        blank = Table(pairs(FORM, {}, **STAMPED).rows, name="空表")
        assert figures(parse_one(as_xlsx(ORDINARY, copy, blank))) == READ

    def test_a_form_with_one_section_on_each_sheet_is_one_submission(self) -> None:
        rows = ORDINARY.rows
        content = as_xlsx(Table(rows[:6], name="一"), Table(rows[6:15], name="二"), Table(rows[15:], name="三"))
        submission = parse_one(content)
        assert figures(submission) == READ
        assert places(submission)["2.1.value"] == "二!D1"


class TestHiddenThings:
    def test_a_hidden_sheet_is_not_read_beside_a_visible_one(self) -> None:
        old = Table(pairs(FORM, {**FILLED, "1.1": 1}, **STAMPED).rows, name="上月", hidden=True)
        assert figures(parse_one(as_xlsx(old, ORDINARY)))["1.1"] == "12"

    def test_a_form_on_a_hidden_sheet_only_is_sent_back(self) -> None:
        shown = Table([["说明"]], name="说明")
        hidden = Table(ORDINARY.rows, hidden=True)
        assert mandatory(parse_one(as_xlsx(shown, hidden))) == ["RD-2-06"]
        assert mandatory(parse_one(as_xls(shown, hidden), "a.xls")) == ["RD-2-06"]

    def test_a_figure_in_a_hidden_row_is_read_and_pointed_out(self) -> None:
        submission = parse_one(as_xlsx(Table(ORDINARY.rows, ORDINARY.merges, hidden_rows=(3,))))
        assert figures(submission) == READ
        assert notes(submission) == ["RD-5-07", "RD-5-07"]
        assert "调度表!D4" in message(submission, "RD-5-07")

    def test_what_lies_behind_a_merged_cell_is_not_read(self) -> None:
        rows = [list(row) for row in ORDINARY.rows]
        rows[3][3] = None

        def hide(sheet: bytes) -> bytes:
            covered = b'<c r="D4"><v>77</v></c>'
            assert b'<c r="E4"' in sheet
            return sheet.replace(b'<c r="E4"', covered + b'<c r="E4"', 1)

        content = with_part(as_xlsx(Table(rows, [*ORDINARY.merges, (3, 2, 3, 3)])), "xl/worksheets/sheet1.xml", hide)
        assert figures(parse_one(content))["1.1"] == "blank"
