"""Our own arithmetic: printed total = sum of raw cells = sum of parts, to the last decimal."""

from decimal import Decimal

import pandas as pd
import pytest

from expectations.suites import prove_totals


def totals(*rows: tuple[str | None, str | None, str | None]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "campaign_id": "haicheng_2023",
            "form_id": "progress",
            "period": "2023-06",
            "item_code": [f"1.{n}" for n in range(1, len(rows) + 1)],
            "part": "value",
            **{
                name: pd.Series([None if row[n] is None else Decimal(row[n]) for row in rows], dtype=object)
                for n, name in enumerate(("mart_total", "raw_total", "parts_total"))
            },
        }
    )


def test_equal_totals_and_blanks_on_both_sides_are_proved() -> None:
    proof = prove_totals(totals(("10", "10.0000", "10"), (None, None, None), ("0", "0", "0")))
    assert (proof.success, proof.checked, proof.failures, proof.name) == (True, 3, [], "totals_agree")


@pytest.mark.parametrize(
    ("row", "compared_with"),
    [
        (("12.5", "12.5001", "12.5"), ["raw_total"]),
        (("12.5", "12.5", "12.4999"), ["parts_total"]),
        (("12.5", None, "12.5"), ["raw_total"]),
        ((None, "0", None), ["raw_total"]),
        (("99999999999999.9999", "99999999999999.9998", "99999999999999.9999"), ["raw_total"]),
        (("1", "2", "3"), ["raw_total", "parts_total"]),
    ],
)
def test_a_difference_of_one_ten_thousandth_fails(row: tuple[str, str, str], compared_with: list[str]) -> None:
    proof = prove_totals(totals(("10", "10", "10"), row))
    assert not proof.success
    assert [(failure["item_code"], failure["compared_with"]) for failure in proof.failures] == [
        ("1.2", other) for other in compared_with
    ]
    assert proof.failures[0]["mart_total"] == (None if row[0] is None else Decimal(row[0]))


def test_more_differences_than_great_expectations_lists_are_all_found() -> None:
    """It cuts lists of values at 200."""
    assert len(prove_totals(totals(*[("1", "2", "1")] * 250)).failures) == 250


def test_floats_of_the_database_are_compared_as_decimals() -> None:
    frame = totals(("0.3", "0.3", "0.3"))
    for column in ("mart_total", "raw_total", "parts_total"):
        frame[column] = frame[column].astype("float64")
    assert prove_totals(frame).success
    with pytest.raises(ValueError, match="is no exact figure"):
        prove_totals(frame.assign(raw_total=0.1 + 0.2))


@pytest.mark.parametrize("frame", [totals(), totals((None, None, None))], ids=["no rows", "no total"])
def test_nothing_to_prove_is_a_failure_unless_nothing_was_accepted(frame: pd.DataFrame) -> None:
    proof = prove_totals(frame)
    assert (proof.success, proof.checked) == (False, 0)
    assert proof.failures == [{"problem": "没有任何合计数可供核对 / there is no total to prove"}]
    assert prove_totals(frame, figures_expected=False).success


def test_a_total_is_checked_even_where_none_was_expected() -> None:
    assert not prove_totals(totals(("1", None, "1")), figures_expected=False).success
