"""The small language of rules: `[1.2] <= [1.1]` compiled once, evaluated on numbers or on whole columns.

Belongs here: reading an expression, refusing everything that is not on the white list, and the compiled tree. Does
not belong here: campaigns, messages, outcomes (rules.py), pandas, Great Expectations.

Nothing is ever handed to `eval`: Python's own parser reads the text, every node is looked up in a short list, and what
is left becomes nested functions. They use operators that mean the same for one number and for a pandas column
(`&` instead of `and`, `xor True` instead of `not`), so there is one compiled tree for the clerk's check, for gate 1
and for Great Expectations.

Exactness: figures and literals are `Decimal` on both sides, in object columns for pandas. Floats would let 0.1 + 0.2
fail a rule that holds; integers scaled by 10,000 would need rescaling inside every product. Evaluation runs under
`EXACT`, which raises instead of rounding.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Clamped, Context, Decimal, DivisionByZero, Inexact, InvalidOperation, Overflow
from typing import Any, NamedTuple, Protocol

EXACT = Context(prec=120, traps=[Clamped, DivisionByZero, Inexact, InvalidOperation, Overflow])
FUNCTIONS = ("filled", "approximate", "unreadable", "applies")

_REFERENCE = re.compile(r"\[([^\[\]]*)\]")
_LITERAL = re.compile(r"\d+(\.\d+)?")
_ARITHMETIC: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
}
_COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
_JUNCTIONS: dict[type[ast.boolop], Callable[[Any, Any], Any]] = {ast.And: operator.and_, ast.Or: operator.or_}


class ExpressionError(ValueError):
    """A text that is not an expression of this language; `position` counts characters from 1."""

    def __init__(self, reason: str, position: int) -> None:
        super().__init__(f"character {position}: {reason}")
        self.reason = reason
        self.position = position


@dataclass(frozen=True, slots=True)
class Reference:
    """One figure of the form: as reported for this period, or by another sight of it (rule_references.OTHER_SIGHTS)."""

    item_code: str
    part: str
    sight: str = ""

    @property
    def key(self) -> str:
        """`1.2.value`, `3.3.amount@previous`: the name of the figure in every mapping and frame of this package."""
        return f"{self.item_code}.{self.part}{self.sight}"


class Figures(Protocol):
    """What a compiled expression is evaluated on: one submission (scalars) or many (columns).

    `numbers` maps a figure's key to a Decimal or a column of Decimals, never null where an expression is evaluated.
    """

    @property
    def numbers(self) -> Mapping[str, Any]: ...

    def filled(self, key: str) -> Any: ...

    def approximate(self, key: str) -> Any: ...

    def unreadable(self, key: str) -> Any: ...

    def applies(self, key: str) -> Any: ...


Evaluator = Callable[[Figures], Any]


class Comparison(NamedTuple):
    """A condition that compares one figure with another (its key) or with a number, and says nothing else."""

    compare: Callable[[Any, Any], Any]
    left: str
    right: str | Decimal


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled condition.

    `references` stand in the order of the text; `needed` are the keys that must hold a number, that is all outside
    the functions. `comparison` is set where that is all the condition is.
    """

    text: str
    references: tuple[Reference, ...]
    needed: tuple[str, ...]
    evaluate: Evaluator
    comparison: Comparison | None


def compile_expression(text: str, resolve: Callable[[str], Reference]) -> Expression:
    """Compile a condition.

    Args:
        text: the `expect` or `when` of a rule.
        resolve: turns what stands between brackets into a figure; raises ValueError with the reason when it cannot.

    Raises:
        ExpressionError: with the position of the first thing that is wrong.
    """
    reader = _Reader(text, resolve)
    evaluate = reader.condition(reader.tree)
    if not reader.references:
        raise ExpressionError("the condition names no figure", 1)
    needed = tuple(dict.fromkeys(reader.needed))
    return Expression(text, tuple(reader.references), needed, evaluate, reader.comparison(reader.tree))


class _Reader:
    """Walks the parsed text once; each method turns a node into a function or refuses it."""

    def __init__(self, text: str, resolve: Callable[[str], Reference]) -> None:
        self.references: list[Reference] = []
        self.needed: list[str] = []
        self._by_position: dict[int, Reference] = {}
        for position, character in enumerate(text):
            if not character.isascii() or character == "#":
                raise ExpressionError(f"{character!r} is not allowed here; use half-width signs", position + 1)
        for match in _REFERENCE.finditer(text):
            try:
                self._by_position[match.start()] = resolve(match.group(1).strip())
            except ValueError as error:
                raise ExpressionError(str(error), match.start() + 1) from None
        # A reference becomes a name of the same length, so that positions stay those of the author's text.
        self._source = _REFERENCE.sub(lambda match: "_" * len(match.group()), text).replace("\n", " ")
        try:
            self.tree = ast.parse(self._source, mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            raise ExpressionError("this is not a complete expression", getattr(error, "offset", None) or 1) from None

    def condition(self, node: ast.expr) -> Evaluator:
        """What is true or false: comparison, and, or, not, a function of a figure."""
        if isinstance(node, ast.Compare):
            return self._comparison(node)
        if isinstance(node, ast.BoolOp):
            parts = [self.condition(value) for value in node.values]
            return _chained(_JUNCTIONS[type(node.op)], parts)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            inner = self.condition(node.operand)
            return lambda figures: inner(figures) ^ True
        if isinstance(node, ast.Call):
            return self._function(node)
        raise _refused(node, "a comparison or a condition is expected here")

    def number(self, node: ast.expr) -> Evaluator:
        """What is a number: a figure, a literal, + - * of numbers."""
        if isinstance(node, ast.Name):
            key = self._reference(node).key
            self.needed.append(key)
            return lambda figures: figures.numbers[key]
        if isinstance(node, ast.Constant):
            literal = self._literal(node)
            return lambda figures: literal
        if isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC:
            combine = _ARITHMETIC[type(node.op)]
            left, right = self.number(node.left), self.number(node.right)
            return lambda figures: combine(left(figures), right(figures))
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            inner = self.number(node.operand)
            return lambda figures: -inner(figures)
        raise _refused(node, "a figure, a number or + - * of them is expected here")

    def _comparison(self, node: ast.Compare) -> Evaluator:
        operands = [self.number(value) for value in (node.left, *node.comparators)]
        steps: list[Evaluator] = []
        for index, sign in enumerate(node.ops):
            if type(sign) not in _COMPARISONS:
                raise _refused(node.comparators[index], "only < <= > >= == != compare")
            steps.append(_compared(_COMPARISONS[type(sign)], *operands[index : index + 2]))
        return _chained(operator.and_, steps)

    def comparison(self, node: ast.expr) -> Comparison | None:
        """A condition that was read, as the one comparison that it is."""
        if not isinstance(node, ast.Compare) or len(node.ops) > 1 or not isinstance(node.left, ast.Name):
            return None
        compare, left, other = _COMPARISONS[type(node.ops[0])], self._reference(node.left).key, node.comparators[0]
        if isinstance(other, ast.Name):
            return Comparison(compare, left, self._reference(other).key)
        return Comparison(compare, left, self._literal(other)) if isinstance(other, ast.Constant) else None

    def _function(self, node: ast.Call) -> Evaluator:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name not in FUNCTIONS:
            raise _refused(node, f"the functions are {', '.join(FUNCTIONS)}")
        if len(node.args) != 1 or node.keywords or not isinstance(node.args[0], ast.Name):
            raise _refused(node, f"{name}() takes exactly one figure, as in {name}([1.1])")
        return operator.methodcaller(name, self._reference(node.args[0]).key)

    def _reference(self, node: ast.Name) -> Reference:
        reference = self._by_position.get(node.col_offset)
        if reference is None:
            raise _refused(node, f"{node.id!r} is no figure; figures stand in brackets, as in [1.1]")
        if reference not in self.references:
            self.references.append(reference)
        return reference

    def _literal(self, node: ast.Constant) -> Decimal:
        written = self._source[node.col_offset : node.end_col_offset]
        if not _LITERAL.fullmatch(written):
            raise _refused(node, f"{written} is not a plain number such as 100 or 0.5")
        return Decimal(written)


def _compared(compare: Callable[[Any, Any], Any], left: Evaluator, right: Evaluator) -> Evaluator:
    return lambda figures: compare(left(figures), right(figures))


def _chained(join: Callable[[Any, Any], Any], parts: list[Evaluator]) -> Evaluator:
    if len(parts) == 1:
        return parts[0]
    first, rest = parts[0], tuple(parts[1:])

    def evaluate(figures: Figures) -> Any:
        result = first(figures)
        for part in rest:
            result = join(result, part(figures))
        return result

    return evaluate


def _refused(node: ast.expr, reason: str) -> ExpressionError:
    return ExpressionError(reason, node.col_offset + 1)
