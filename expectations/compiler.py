"""From a rule as written to rules that run: figures resolved, `for_each` expanded, expressions and messages compiled.

Belongs here: one rule and its form in, a compiled rule out. Does not belong here: what a compiled rule does
(compiled_rule.py), which rules a campaign has and caching (rules.py).
"""

from __future__ import annotations

import re

from campaigns.model import Form, Rule
from campaigns.rule_question import AskedForm, AskedItem, AskedPart, StoredForm, question_of, read_question, version_of
from campaigns.rule_references import FOR_EACH_GROUPS, OTHER_SIGHTS
from campaigns.vocabulary import Gate, IndicatorKind, ReportingScope, RuleClass
from expectations.compiled_rule import CompiledRule, FigureRule
from expectations.expression import Expression, ExpressionError, Reference, compile_expression
from expectations.judging import judge_of
from expectations.messages import Language, Template, compile_message

_GUARDS = {"applicable": "applies([*])", "not_applicable": "not applies([*])"}
_REFERENCE = re.compile(rf"(\*|\d+\.\d+)(?:\.([a-z_]+))?({'|'.join(OTHER_SIGHTS)})?")
_STAR = re.compile(r"\[\s*\*")
_TRIAL: dict[Language, str] = {"zh": "（试运行）", "en": "(trial) "}


class RuleError(ValueError):
    """A rule that cannot run; names the rule, the field, the position and the reason."""


def figure_keys(form: AskedForm, scope: ReportingScope) -> frozenset[str]:
    """The keys of the figures that units of one scope fill in."""
    return frozenset(Reference(item.code, part.part).key for item, part in _figures(form) if scope in item.applies_to)


def compile_question(text: str) -> CompiledRule:
    """Compile a stored question (campaigns/rule_question.py): the same outcomes as then, without sentences.

    Raises:
        ValueError, KeyError, TypeError: the text cannot be read or no longer runs.
    """
    return compile_rule(*read_question(text))


def compile_rule(rule: Rule, form: Form | StoredForm) -> CompiledRule:
    """Compile one published rule.

    Raises:
        RuleError: for an unknown item, a missing part, a wrong expression or placeholder, an empty `for_each`.
    """
    figures: tuple[FigureRule, ...]
    if rule.for_each:
        chosen = _chosen(rule, form)
        figures = tuple(_Compiler(rule, form, figure).compile(guards) for figure, guards in chosen.items())
    else:
        figures = (_Compiler(rule, form, None).compile(()),)
    return CompiledRule(
        code=rule.code,
        version=version_of(question_of(rule, form)),
        rule_class=RuleClass.ADVISORY if rule.trial else rule.rule_class,
        gate=rule.gate,
        is_trial=rule.trial,
        figures=figures,
        subjects=(None, *figures) if rule.for_each else figures,
        applicable={scope: figure_keys(form, scope) for scope in ReportingScope},
    )


def _chosen(rule: Rule, form: Form | StoredForm) -> dict[Reference, tuple[str, ...]]:
    """The figures of `for_each`, in order and each once, with the conditions its group adds."""
    if not _STAR.search(rule.expect):
        raise RuleError(f"rule {rule.code}: `for_each` is given but `expect` has no [*]")
    chosen: dict[Reference, tuple[str, ...]] = {}
    for name in rule.for_each:
        guards = (_GUARDS[name],) if name in _GUARDS else ()
        found = _group(name, form) if name in FOR_EACH_GROUPS else [_Compiler(rule, form, None).explicit(name)]
        if not found:
            raise RuleError(f"rule {rule.code}: `for_each` {name!r} names no figure of form {form.form_id}")
        for figure in found:
            chosen.setdefault(figure, guards)
    return chosen


class _Compiler:
    """Compiles one rule for one figure (`bound`, what [*] stands for) or for none."""

    def __init__(self, rule: Rule, form: Form | StoredForm, bound: Reference | None) -> None:
        self.rule = rule
        self.form = form
        self.bound = bound

    def compile(self, guards: tuple[str, ...]) -> FigureRule:
        rule = self.rule
        expect = self._expression("expect", rule.expect)
        conditions = (*guards, rule.when) if rule.when else guards
        when = tuple(self._expression("when", text) for text in conditions)
        current = [reference for reference in expect.references if not reference.sight]
        if not current:
            raise RuleError(f"rule {rule.code}: `expect` names no figure of the period itself")
        to_blame = self.bound or current[0]
        needed = tuple(dict.fromkeys(key for condition in (expect, *when) for key in condition.needed))
        return FigureRule(
            item_code=to_blame.item_code,
            part=to_blame.part,
            expect=expect,
            when=when,
            needed=needed,
            judge=judge_of(expect, when, needed),
            blamed=tuple(dict.fromkeys(reference.key for reference in (to_blame, *current))),
            message=self._message("message", rule.message, "zh"),
            message_en=self._message("message_en", rule.message_en, "en"),
        )

    def explicit(self, name: str) -> Reference:
        """A figure named in `for_each`, with or without brackets."""
        try:
            reference = self._resolve(name.strip("[] "))
        except ValueError as error:
            raise RuleError(f"rule {self.rule.code}: `for_each` {name!r}: {error}") from None
        if reference.sight:
            raise RuleError(f"rule {self.rule.code}: `for_each` {name!r}: a figure of this period is expected")
        return reference

    def _expression(self, field: str, text: str) -> Expression:
        try:
            return compile_expression(text, self._resolve)
        except ExpressionError as error:
            raise RuleError(f"rule {self.rule.code}: `{field}` {text!r}, {error}") from None

    def _message(self, field: str, text: str, language: Language) -> Template:
        if isinstance(self.form, StoredForm):
            return Template((), language)
        text = _TRIAL[language] + text if self.rule.trial else text
        try:
            return compile_message(text, language, self.form, self._resolve)
        except ValueError as error:
            raise RuleError(f"rule {self.rule.code}: `{field}`: {error}") from None

    def _resolve(self, written: str) -> Reference:
        """What stands between brackets or braces, as a figure of the form."""
        match = _REFERENCE.fullmatch(written.replace(" ", ""))
        if match is None:
            raise ValueError(f"{written!r} is no figure; write an item such as 1.2, 3.3.amount or 1.2@previous")
        code, part, sight = match.groups()
        if sight and self.rule.gate is Gate.SUBMISSION:
            raise ValueError(f"{written!r}: a rule of gate `submission` sees one form only, no other period, no ledger")
        if code == "*":
            if self.bound is None or part:
                raise ValueError(f"{written!r}: * stands for one figure of `for_each` and takes no part")
            return Reference(self.bound.item_code, self.bound.part, sight or "")
        return Reference(code, self._part(code, part), sight or "")

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


def _figures(form: AskedForm) -> list[tuple[AskedItem, AskedPart]]:
    return [(item, part) for item in form.items for part in item.parts]


def _group(name: str, form: AskedForm) -> list[Reference]:
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
