"""The expression language: what it accepts, what it computes, what it refuses and where."""

from dataclasses import dataclass, field
from decimal import Decimal, Inexact, localcontext

import pandas as pd
import pytest

from expectations.expression import EXACT, ExpressionError, Reference, compile_expression


@dataclass
class OneForm:
    """Figures by key; A and B of a test are 1.1 and 1.2."""

    numbers: dict[str, Decimal]
    doubtful: frozenset[str] = frozenset()
    illegible: frozenset[str] = frozenset({"1.3.value"})
    applicable: frozenset[str] = field(default=frozenset({"1.1.value"}))

    def filled(self, key: str) -> bool:
        return key in self.numbers

    def approximate(self, key: str) -> bool:
        return key in self.doubtful

    def unreadable(self, key: str) -> bool:
        return key in self.illegible

    def applies(self, key: str) -> bool:
        return key in self.applicable


class ManyForms(OneForm):
    """The same with columns instead of numbers."""

    def filled(self, key: str) -> pd.Series:
        return pd.Series([key in self.numbers] * 3)

    def approximate(self, key: str) -> pd.Series:
        return pd.Series([key in self.doubtful] * 3)

    def unreadable(self, key: str) -> pd.Series:
        return pd.Series([key in self.illegible] * 3)

    def applies(self, key: str) -> pd.Series:
        return pd.Series([key in self.applicable] * 3)


def resolve(written: str) -> Reference:
    code, at, name = written.partition("@")
    if not code.startswith("1."):
        raise ValueError(f"no item {code}")
    return Reference(code, "value", at + name)


def numbers(a: str, b: str) -> dict[str, Decimal]:
    return {"1.1.value": Decimal(a), "1.2.value": Decimal(b), "1.1.value@previous": Decimal(b)}


CASES = [
    ("[1.2] <= [1.1]", "10", "10", True),
    ("[1.2] <= [1.1]", "10", "10.0001", False),
    ("[1.2] < [1.1]", "10", "10", False),
    ("[1.1] > [1.2]", "10", "9.9999", True),
    ("[1.1] >= 0.5", "0.5", "0", True),
    ("[1.1] == [1.2]", "1.50", "1.5", True),
    ("[1.1] != [1.2]", "1.50", "1.5", False),
    ("0 <= [1.1] <= [1.2]", "1", "2", True),
    ("0 <= [1.1] <= [1.2] < 2", "1", "2", False),
    ("0 <= [1.1] <= [1.2]", "-1", "2", False),
    ("[1.1] + 0.2 == [1.2]", "0.1", "0.3", True),
    ("[1.1] - [1.2] - 1 == 0", "3", "2", True),
    ("[1.1] * 100 <= [1.2] * 3 + 1", "1", "33", True),
    ("100 * [1.1] <= [1.2]", "1", "99", False),
    ("([1.1] + 1) * 2 == [1.2]", "1", "4", True),
    ("-[1.1] < [1.2]", "1", "0", True),
    ("[1.1] > 0 and [1.2] > 0", "1", "0", False),
    ("[1.1] > 0 or [1.2] > 0", "1", "0", True),
    ("[1.1] > 0 and [1.2] > 0 or [1.1] == 1", "1", "0", True),
    ("not [1.1] > 0", "1", "0", False),
    ("not ([1.1] > 0 and [1.2] > 0)", "1", "0", True),
    ("not not [1.1] > 0", "1", "0", True),
    ("filled([1.1]) and not filled([1.3])", "1", "0", True),
    ("approximate([1.2])", "1", "0", True),
    ("approximate([1.1])", "1", "0", False),
    ("unreadable([1.3])", "1", "0", True),
    ("not unreadable([1.1]) and not unreadable([1.1@previous])", "1", "0", True),
    ("applies([1.1]) and not applies([1.2])", "1", "0", True),
    ("[1.1] >= [1.1@previous]", "7", "7", True),
    ("[ 1.1 ]\n>= [1.1@previous]", "6", "7", False),
]


@pytest.mark.parametrize(("text", "a", "b", "expected"), CASES)
def test_an_expression_says_the_same_of_one_form_and_of_a_column(text: str, a: str, b: str, expected: bool) -> None:
    compiled = compile_expression(text, resolve)
    one = compiled.evaluate(OneForm(numbers(a, b), frozenset({"1.2.value"})))
    columns = {key: pd.Series([number] * 3, dtype=object) for key, number in numbers(a, b).items()}
    many = compiled.evaluate(ManyForms(columns, frozenset({"1.2.value"})))
    assert one is expected
    assert list(many) == [expected] * 3


def test_figures_inside_functions_need_no_number() -> None:
    compiled = compile_expression(
        "filled([1.3]) and approximate([1.4]) and applies([1.5]) and unreadable([1.6]) and [1.2] > [1.1]", resolve
    )
    assert compiled.needed == ("1.2.value", "1.1.value")
    assert [reference.item_code for reference in compiled.references] == ["1.3", "1.4", "1.5", "1.6", "1.2", "1.1"]


def test_a_literal_keeps_its_decimal_meaning() -> None:
    """0.1 as a float is a little more than a tenth."""
    assert compile_expression("[1.1] == 0.1", resolve).evaluate(OneForm(numbers("0.1", "0")))


def test_a_product_too_long_for_ordinary_decimals_is_not_rounded() -> None:
    """28 digits, Python's default, would call these two equal."""
    compiled = compile_expression("[1.1] * [1.2] == 100000000000000000000000000000", resolve)
    with localcontext(EXACT):
        assert not compiled.evaluate(OneForm(numbers("100000000000000.0001", "1000000000000000")))
        with pytest.raises(Inexact):
            compiled.evaluate(OneForm(numbers("1." + "1" * 80, "1." + "1" * 80)))


@pytest.mark.parametrize(
    ("text", "position", "reason"),
    [
        ("[1.2] <= [9.9]", 10, "no item 9.9"),
        ("[1.2] + [1.1]", 1, "a comparison or a condition is expected"),
        ("[1.2]", 1, "a comparison or a condition is expected"),
        ("1 < 2", 1, "names no figure"),
        ("[1.2] < ([1.1] > 0)", 10, "a figure, a number or + - * of them is expected"),
        ("[1.1] > 0 and [1.2]", 15, "a comparison or a condition is expected"),
        ("[1.2] / 2 < 1", 1, "a figure, a number or + - * of them is expected"),
        ("[1.2] ** 2 < 1", 1, "a figure, a number or + - * of them is expected"),
        ("[1.2] in [1.1]", 10, "only < <= > >= == != compare"),
        ("[1.2] is [1.1]", 10, "only < <= > >= == != compare"),
        ("[1.2] < 1e5", 9, "1e5 is not a plain number"),
        ("[1.2] < 0x10", 9, "0x10 is not a plain number"),
        ("[1.2] < 1_000", 9, "1_000 is not a plain number"),
        ("[1.2] < True", 9, "True is not a plain number"),
        ("[1.2] < '1'", 9, "'1' is not a plain number"),
        ("[1.2] < limit", 9, "'limit' is no figure"),
        ("[1.2] < ___", 9, "'___' is no figure"),
        ("[1.2] < [1.1].value", 9, "a figure, a number or + - * of them is expected"),
        ("max([1.2], 3) < 1", 1, "a figure, a number or + - * of them is expected"),
        ("blank([1.2])", 1, "the functions are filled, approximate, unreadable, applies"),
        ("__import__('os')", 1, "the functions are filled, approximate, unreadable, applies"),
        ("filled([1.2], [1.1])", 1, "takes exactly one figure"),
        ("filled(1)", 1, "takes exactly one figure"),
        ("filled([1.2] + 1)", 1, "takes exactly one figure"),
        ("filled(figure=[1.2])", 1, "takes exactly one figure"),
        ("[1.2] > 0 if [1.1] > 0 else [1.1] > 1", 1, "a comparison or a condition is expected"),
        ("(lambda: 1)() < [1.1]", 1, "a figure, a number or + - * of them is expected"),
        ("[1.2] ≤ [1.1]", 7, "'≤' is not allowed"),
        ("[1.2] < 1 # 注", 11, "'#' is not allowed"),
        ("[] < 1", 1, "no item "),
    ],
)
def test_anything_else_is_refused_with_its_position(text: str, position: int, reason: str) -> None:
    with pytest.raises(ExpressionError) as refusal:
        compile_expression(text, resolve)
    assert reason in str(refusal.value)
    assert (refusal.value.position, f"character {refusal.value.position}") == (
        position,
        str(refusal.value).split(":")[0],
    )


@pytest.mark.parametrize("text", ["", "[1.2] <=", "[1.2] [1.1]", "[1.2 < 1", "(" * 300 + "[1.2] < 1" + ")" * 300, "\0"])
def test_a_text_that_is_no_expression_is_refused(text: str) -> None:
    with pytest.raises(ExpressionError, match="not a complete expression"):
        compile_expression(text, resolve)
