"""Text from outside, made safe to print."""

from __future__ import annotations

import pytest

from reports.paper.safe_text import CUT_MARK, outside_text, safe_text, sheet_names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("孤山镇", "孤山镇"),
        ("甲\x00乙\x0b丙\x1f丁", "甲乙丙丁"),
        ("两\r\n行\t字", "两\n行\t字"),
        ("倒\u202eslx.exe", "倒slx.exe"),
        ("=1+1", "=1+1"),
        ("全角\u3000空格", "全角\u3000空格"),
        ("<r>甲</r>", "<r>甲</r> "),
    ],
)
def test_control_characters_go_and_everything_else_stays(text: str, expected: str) -> None:
    assert safe_text(text) == expected


def test_text_longer_than_a_cell_is_cut_with_a_mark() -> None:
    assert safe_text("长" * 32_767) == "长" * 32_767
    cut = safe_text("长" * 32_768)
    assert (len(cut), cut.endswith(CUT_MARK)) == (32_767, True)


def test_length_is_counted_in_utf16_units_and_no_character_is_halved() -> None:
    cut = safe_text("\U00020000" * 20_000)
    assert len(cut.encode("utf-16-le")) // 2 <= 32_767
    assert cut.removesuffix(CUT_MARK).strip("\U00020000") == ""


def test_text_of_submitters_is_masked() -> None:
    assert outside_text("联系人13912347391，证号210381199001011014") == "联系人139****7391，证号210381************"
    assert outside_text("罚款 1391234739100 元") == "罚款 1391234739100 元"


def test_no_text_is_empty_text() -> None:
    assert outside_text(None) == ""


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (["总览", "3 部门/执法[情况]?"], ["总览", "3 部门执法情况"]),
        (["长" * 40, "长" * 40], ["长" * 31, "长" * 28 + "(2)"]),
        (["Sheet", "SHEET", "sheet"], ["Sheet", "SHEET(2)", "sheet(3)"]),
        (["'引'", "", "***"], ["引", "表", "表(2)"]),
    ],
)
def test_sheet_names_are_valid_and_unique_ignoring_case(wanted: list[str], expected: list[str]) -> None:
    assert sheet_names(wanted) == expected
