"""Words and numbers as reports print them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from campaigns.vocabulary import ReportingScope
from reports.paper.wording import increment_title, number_text, period_title, subtotal_text


@pytest.mark.parametrize(
    ("period", "title", "increment"),
    [
        ("2023-06", "2023年6月", "本月新增"),
        ("2024Q1", "2024年第1季度", "本季新增"),
        ("2024H2", "2024年下半年", "本期新增"),
        ("2024", "2024年", "本期新增"),
    ],
)
def test_a_period_is_named_in_words(period: str, title: str, increment: str) -> None:
    assert (period_title(period), increment_title(period)) == (title, increment)


@pytest.mark.parametrize("period", ["2023-6", "2023-13-01", "六月", ""])
def test_what_is_no_period_is_refused(period: str) -> None:
    with pytest.raises(ValueError, match="is no period"):
        period_title(period)


@pytest.mark.parametrize(
    ("number", "text"),
    [("12.50", "12.5"), ("1E+2", "100"), ("0.0000", "0"), ("-0.0", "0"), ("3", "3"), ("0.0001", "0.0001")],
)
def test_numbers_have_no_trailing_zeros_and_no_exponent(number: str, text: str) -> None:
    assert number_text(Decimal(number)) == text


@pytest.mark.parametrize(
    ("scope", "area", "text"),
    [
        (ReportingScope.TERRITORY, "海城市", "镇街（属地全口径）"),
        (ReportingScope.CITY_LEVEL, "海城市", "市直部门（市本级）"),
        (ReportingScope.CITY_LEVEL, "普陀区", "区直部门（区本级）"),
        (ReportingScope.CITY_LEVEL, "某集团", "直属部门（本级）"),
    ],
)
def test_subtotals_are_named_after_the_areas_rank(scope: ReportingScope, area: str, text: str) -> None:
    assert subtotal_text(scope, area) == text
