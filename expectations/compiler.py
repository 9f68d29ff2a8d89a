"""From a rule as written to rules that run: figures resolved, `for_each` expanded, expressions and messages compiled.

Belongs here: one rule and its form in, compiled rules out, and what a compiled rule does with one submission. Does
not belong here: which rules a campaign has and caching (rules.py), rules on frames (frames.py).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from campaigns.model import Form, Item, Part, Rule
from campaigns.vocabulary import Gate, IndicatorKind, Outcome, OutcomeKind, ReportingScope, RuleClass, ValueState
from expectations.expression import PREVIOUS, Expression, ExpressionError, Figures, Reference, compile_expression
from expectations.messages import Language, Template, compile_message

GROUPS = ("all", "cumulative", "stock", "yes_no", "applicable", "not_applicable")

_GUARDS = {"applicable": "applies([*])", "not_applicable": "not applies([*])"}
_REFERENCE = re.compile(rf"(\*|\d+\.\d+)(?:\.([a-z_]+))?({PREVIOUS})?")
_STAR = re.compile(r"\[\s*\*")
_MOST_REMEMBERED = 500  # cells of one rule; layouts of a campaign repeat, those of a hostile file need not
_TRIAL: dict[Language, str] = {"zh": "（试运行）", "en": "(trial) "}


class RuleError(ValueError):
    """A rule that cannot run; names the rule, the field, the position and the reason."""


@dataclass(frozen=True, slots=True)
class SubmissionFigures:
    """One submission as rules see it, by figure key; `numbers` holds only figures that have a number."""

    numbers: Mapping[str, Decimal]
    states: Mapping[str, ValueState]
    addresses: Mapping[str, str]
    applicable: frozenset[str]

    def filled(self, key: str) -> bool:
        return key in self.numbers

    def approximate(self, key: str) -> bool:
        return self.states.get(key) is ValueState.APPROXIMATE

    def applies(self, key: str) -> bool:
        return key.removesuffix(PREVIOUS) in self.applicable


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """One rule, or one rule for one figure of its `for_each`.

    `item_code` and `part` name the figure to blame: the one of `for_each`, else the first of this period that `expect`
    names. `blamed` are the keys of the cells that may be pointed at, best first.
    """

    code: str
    rule_class: RuleClass  # advisory while on trial
    gate: Gate
    is_trial: bool
    item_code: str
    part: str
    expect: Expression
    when: tuple[Expression, ...]
    needed: tuple[str, ...]
    blamed: tuple[str, ...]
    message: Template
    message_en: Template
    silent: dict[tuple[bool, str], Outcome]  # outcomes without a sentence, by passing and cell: they repeat all night

    @property
    def key(self) -> tuple[str, str, str]:
        """Unique among the compiled rules of a form and gate, and among a submission's outcomes."""
        return self.code, self.item_code, self.part

    @property
    def references(self) -> tuple[Reference, ...]:
        """Every figure that decides the outcome, in the order of the texts."""
        named = (reference for expression in (self.expect, *self.when) for reference in expression.references)
        return tuple(dict.fromkeys(named))

    def judge(self, figures: Figures) -> OutcomeKind:
        """Evaluate on one submission; the caller holds the decimal context `EXACT`."""
        numbers = figures.numbers
        for key in self.needed:
            if key not in numbers:
                return OutcomeKind.NOT_APPLICABLE
        for condition in self.when:
            if not condition.evaluate(figures):
                return OutcomeKind.NOT_APPLICABLE
        return OutcomeKind.PASS if self.expect.evaluate(figures) else OutcomeKind.FAIL

    def outcome(self, kind: OutcomeKind, figures: SubmissionFigures) -> Outcome:
        """The outcome to store; only a failure carries sentences."""
        source_cell = ""
        for key in self.blamed:
            if source_cell := figures.addresses.get(key, ""):
                break
        if kind is OutcomeKind.FAIL:
            return self._row(kind, source_cell, self.message.render(figures), self.message_en.render(figures))
        remembered = (kind is OutcomeKind.PASS, source_cell)
        known = self.silent.get(remembered)
        if known is None:
            if len(self.silent) >= _MOST_REMEMBERED:
                self.silent.clear()
            known = self.silent[remembered] = self._row(kind, source_cell, "", "")
        return known

    def _row(self, kind: OutcomeKind, source_cell: str, chinese: str, english: str) -> Outcome:
        return Outcome(self.code, self.rule_class, kind, chinese, english, self.item_code, self.part, source_cell)


def figure_keys(form: Form, scope: ReportingScope) -> frozenset[str]:
    """The keys of the figures that units of one scope fill in."""
    return frozenset(Reference(item.code, part.part).key for item, part in _figures(form) if scope in item.applies_to)


def compile_rule(rule: Rule, form: Form) -> tuple[CompiledRule, ...]:
    """Compile one rule: one result, or one for each figure of its `for_each`.

    Raises:
        RuleError: for an unknown item, a missing part, a wrong expression or placeholder, an empty `for_each`.
    """
    if not rule.for_each:
        return (_Compiler(rule, form, None).compile(()),)
    if not _STAR.search(rule.expect):
        raise RuleError(f"rule {rule.code}: `for_each` is given but `expect` has no [*]")
    chosen: dict[Reference, tuple[str, ...]] = {}
    for name in rule.for_each:
        guards = (_GUARDS[name],) if name in _GUARDS else ()
        found = _group(name, form) if name in GROUPS else [_Compiler(rule, form, None).explicit(name)]
        if not found:
            raise RuleError(f"rule {rule.code}: `for_each` {name!r} names no figure of form {form.form_id}")
        for figure in found:
            chosen.setdefault(figure, guards)
    return tuple(_Compiler(rule, form, figure).compile(guards) for figure, guards in chosen.items())


class _Compiler:
    """Compiles one rule for one figure (`bound`, what [*] stands for) or for none."""

    def __init__(self, rule: Rule, form: Form, bound: Reference | None) -> None:
        self.rule = rule
        self.form = form
        self.bound = bound

    def compile(self, guards: tuple[str, ...]) -> CompiledRule:
        rule = self.rule
        expect = self._expression("expect", rule.expect)
        conditions = (*guards, rule.when) if rule.when else guards
        when = tuple(self._expression("when", text) for text in conditions)
        current = [reference for reference in expect.references if not reference.is_previous]
        if not current:
            raise RuleError(f"rule {rule.code}: `expect` names no figure of the period itself")
        to_blame = self.bound or current[0]
        return CompiledRule(
            code=rule.code,
            rule_class=RuleClass.ADVISORY if rule.trial else rule.rule_class,
            gate=rule.gate,
            is_trial=rule.trial,
            item_code=to_blame.item_code,
            part=to_blame.part,
            expect=expect,
            when=when,
            needed=tuple(dict.fromkeys(key for condition in (expect, *when) for key in condition.needed)),
            blamed=tuple(dict.fromkeys(reference.key for reference in (to_blame, *current))),
            message=self._message("message", rule.message, "zh"),
            message_en=self._message("message_en", rule.message_en, "en"),
            silent={},
        )

    def explicit(self, name: str) -> Reference:
        """A figure named in `for_each`, with or without brackets."""
        try:
            reference = self._resolve(name.strip("[] "))
        except ValueError as error:
            raise RuleError(f"rule {self.rule.code}: `for_each` {name!r}: {error}") from None
        if reference.is_previous:
            raise RuleError(f"rule {self.rule.code}: `for_each` {name!r}: a figure of this period is expected")
        return reference

    def _expression(self, field: str, text: str) -> Expression:
        try:
            return compile_expression(text, self._resolve)
        except ExpressionError as error:
            raise RuleError(f"rule {self.rule.code}: `{field}` {text!r}, {error}") from None

    def _message(self, field: str, text: str, language: Language) -> Template:
        text = _TRIAL[language] + text if self.rule.trial else text
        try:
            return compile_message(text, language, self.form, self._resolve)
        except ValueError as error:
            raise RuleError(f"rule {self.rule.code}: `{field}`: {error}") from None

    def _resolve(self, written: str) -> Reference:
        """What stands between brackets or braces, as a figure of the form."""
        match = _REFERENCE.fullmatch(written.replace(" ", ""))
        if match is None:
            raise ValueError(f"{written!r} is no figure; write an item such as 1.2, 3.3.amount or 1.2{PREVIOUS}")
        code, part, previous = match.groups()
        if previous and self.rule.gate is Gate.SUBMISSION:
            raise ValueError(f"{written!r}: a rule of gate `submission` sees one form only, no previous period")
        if code == "*":
            if self.bound is None or part:
                raise ValueError(f"{written!r}: * stands for one figure of `for_each` and takes no part")
            return Reference(self.bound.item_code, self.bound.part, bool(previous))
        return Reference(code, self._part(code, part), bool(previous))

    def _part(self, code: str, part: str | None) -> str:
        item = next((item for item in self.form.items if item.code == code), None)
        if item is None:
            raise ValueError(f"form {self.form.form_id} has no item {code}")
        parts = [known.part for known in item.parts]
        if part is None and len(parts) > 1:
            raise ValueError(f"item {code} has two parts: write {' or '.join(f'{code}.{name}' for name in parts)}")
        if part is not None and part not in parts:
            raise ValueError(f"item {code} has no part {part!r}, only {', '.join(parts)}")
        return part or parts[0]


def _figures(form: Form) -> list[tuple[Item, Part]]:
    return [(item, part) for item in form.items for part in item.parts]


def _group(name: str, form: Form) -> list[Reference]:
    """The figures of a named group; `not_applicable` are those that some scope does not fill in."""
    tests = {
        "all": lambda item, part: True,
        "applicable": lambda item, part: True,
        "not_applicable": lambda item, part: set(item.applies_to) != set(ReportingScope),
        "cumulative": lambda item, part: part.kind.is_cumulative,
        "stock": lambda item, part: part.kind is IndicatorKind.STOCK,
        "yes_no": lambda item, part: part.kind is IndicatorKind.YES_NO,
    }
    return [Reference(item.code, part.part) for item, part in _figures(form) if tests[name](item, part)]
