"""Whole files in, submissions out: the same form in every format and layout, empty forms, signatures."""

import pytest

from tests.forms import as_xlsx, headed, listed, pairs
from tests.unit.ingest.one_form import FORMATS, ORDINARY
from tests.unit.ingest.parsing import (
    EMERGENCY_BUREAU,
    FILLED,
    FORM,
    GUSHAN,
    READ,
    STAMPED,
    figures,
    mandatory,
    message,
    notes,
    parse_one,
    places,
)


@pytest.mark.parametrize(("name", "content", "file_format", "first", "other"), FORMATS)
def test_the_same_form_reads_the_same_from_every_format(
    name: str, content: bytes, file_format: str, first: str, other: str
) -> None:
    submission = parse_one(content, name)
    assert figures(submission) == READ
    assert (submission.form_id, submission.form_version) == ("progress", "2023-06")
    assert (submission.unit_id, submission.period, str(submission.filled_on)) == (GUSHAN, "2023-06", "2023-06-24")
    assert (submission.filler, submission.reviewer) == ("甲", "乙")
    assert (submission.file_format, submission.quarantined, submission.problems) == (file_format, False, ())
    assert places(submission)["1.1.value"] == first
    assert places(submission)["3.6.value"] == other


@pytest.mark.parametrize("name", ["调度表.xlsx", "调度表.doc", "调度表", "调度表.xls"])
def test_the_type_is_told_by_the_bytes_not_by_the_ending(name: str) -> None:
    assert figures(parse_one(as_xlsx(ORDINARY), name)) == READ


def test_a_raw_text_is_kept_as_it_was_written() -> None:
    submission = parse_one(as_xlsx(pairs(FORM, {**FILLED, "1.1": " １２ 个"}, **STAMPED)))
    cells = {(cell.item_code, cell.part): cell.raw_text for cell in submission.cells}
    assert cells["1.1", "value"] == "１２ 个"
    assert cells["1.2", "value"] == "10"
    assert cells["3.3", "amount"] == "3次/12.5万元"
    assert cells["4.4", "value"] == ""


def test_an_empty_form_is_returned_not_counted() -> None:
    submission = parse_one(as_xlsx(pairs(FORM, {}, **STAMPED)))
    assert (submission.unit_id, submission.period, submission.quarantined) == (GUSHAN, "2023-06", False)
    assert mandatory(submission) == ["RD-5-01"]
    assert "没有发生的请填 0" in message(submission, "RD-5-01")
    assert {cell.state.value for cell in submission.cells} == {"blank", "not_applicable"}


def test_a_form_of_dashes_only_is_empty_and_one_of_zeros_is_not() -> None:
    dashes = {item.code: "—" for item in FORM.items}
    zeros = {item.code: "无" if item.code == "4.6" else 0 for item in FORM.items}
    assert mandatory(parse_one(as_xlsx(pairs(FORM, dashes, **STAMPED)))) == ["RD-5-01"]
    submission = parse_one(as_xlsx(pairs(FORM, zeros, **STAMPED)))
    assert mandatory(submission) == []
    assert {cell.state.value for cell in submission.cells} == {"zero"}


def test_a_department_has_no_blank_in_items_for_towns() -> None:
    entries = {code: value for code, value in FILLED.items() if code not in ("4.1", "4.2", "4.3", "4.6")}
    submission = parse_one(as_xlsx(pairs(FORM, {**entries, "4.4": 6}, **{**STAMPED, "unit": "市应急局"})))
    assert submission.unit_id == EMERGENCY_BUREAU
    read = figures(submission)
    assert [read[code] for code in ("4.1", "4.2", "4.3", "4.4", "4.6")] == [
        "not_applicable",
        "not_applicable",
        "not_applicable",
        "6",
        "not_applicable",
    ]


def test_missing_signatures_are_pointed_out_and_names_stay_out_of_messages() -> None:
    submission = parse_one(as_xlsx(pairs(FORM, FILLED, unit="孤山镇")), "孤山镇6月.xlsx")
    assert (mandatory(submission), notes(submission)) == ([], ["RD-6-03", "RD-6-01", "RD-6-02"])
    named = parse_one(
        as_xlsx(pairs(FORM, {**FILLED, "1.1": "x"}, **{**STAMPED, "filler": "甲某某", "reviewer": "乙某某"}))
    )
    assert (named.filler, named.reviewer) == ("甲某某", "乙某某")
    assert not any("某" in problem.message + problem.message_en for problem in named.problems)


def test_a_telephone_behind_a_name_is_not_kept() -> None:
    table = pairs(FORM, FILLED, **STAMPED)
    table.rows[-2] = ["填表人：甲某某（联系电话：13900001111）  审核人：乙某某 13900002222"]
    submission = parse_one(as_xlsx(table))
    assert (submission.filler, submission.reviewer, submission.problems) == ("甲某某", "乙某某", ())


def test_a_list_with_items_in_rows_reads_like_the_official_layout() -> None:
    submission = parse_one(as_xlsx(listed(FORM, FILLED, unit="孤山镇", filled_on="2023年6月24日")))
    assert figures(submission) == READ
    assert places(submission)["1.1.value"] == "调度表!D4"
    assert submission.problems == ()


def test_labels_above_figures_read_like_the_official_layout() -> None:
    submission = parse_one(as_xlsx(headed(FORM, FILLED, unit="孤山镇", filled_on="2023年6月24日")))
    assert figures(submission) == READ
    assert places(submission)["1.2.value"] == "调度表!C5"
