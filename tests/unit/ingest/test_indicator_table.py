"""Indicator tables: figures found by their labels in every layout, and what is said of those that cannot be read."""

import pytest

from ingest.parsed import Explanation
from tests.forms import Table, as_docx, as_xlsx, headed, listed, pairs
from tests.unit.ingest.parsing import FILLED, FORM, READ, STAMPED, TITLED, figures, mandatory, notes, parse_one, places


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
