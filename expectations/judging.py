"""What a rule makes of one figure of one submission, as one function.

Belongs here: joining the compiled conditions of a rule into a verdict. Does not belong here: what a condition means
(expression.py), what is stored of a rule's verdicts (compiled_rule.py), many submissions at once (frames.py).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from campaigns.vocabulary import OutcomeKind
from expectations.expression import Comparison, Expression, Figures

# Bound once: looking a member up costs more than the comparison it is for, a hundred times per form.
_PASS, _FAIL, _NOT_APPLICABLE = OutcomeKind.PASS, OutcomeKind.FAIL, OutcomeKind.NOT_APPLICABLE

Judge = Callable[[Figures], OutcomeKind]


def judge_of(expect: Expression, when: Sequence[Expression], needed: Sequence[str]) -> Judge:
    """The function that evaluates a rule on one submission; its caller holds the decimal context `EXACT`.

    Args:
        expect: what must hold.
        when: where the rule applies; all of it must hold.
        needed: the figures without whose numbers the rule does not apply.
    """
    if expect.comparison is not None and not when:  # most rules: one look at two numbers, without a call
        return _judge_of_comparison(expect.comparison)

    def judge(figures: Figures) -> OutcomeKind:
        numbers = figures.numbers
        for key in needed:
            if key not in numbers:
                return _NOT_APPLICABLE
        for condition in when:
            if not condition.evaluate(figures):
                return _NOT_APPLICABLE
        return _PASS if expect.evaluate(figures) else _FAIL

    return judge


def _judge_of_comparison(comparison: Comparison) -> Judge:
    compare, left_key, right = comparison
    if isinstance(right, Decimal):
        literal = right

        def judge_number(figures: Figures) -> OutcomeKind:
            number = figures.numbers.get(left_key)
            if number is None:
                return _NOT_APPLICABLE
            return _PASS if compare(number, literal) else _FAIL

        return judge_number

    right_key = right

    def judge_pair(figures: Figures) -> OutcomeKind:
        numbers = figures.numbers
        left, right = numbers.get(left_key), numbers.get(right_key)
        if left is None or right is None:
            return _NOT_APPLICABLE
        return _PASS if compare(left, right) else _FAIL

    return judge_pair
