"""Which figures a rule names, and whether its form has them.

Belongs here: finding `[1.2]`, `[3.3.amount]`, `[1.1@previous]`, `[*]` in expressions and `{1.2.name}` in messages.
Does not belong here: what an expression means (the expectations package compiles it).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol

from campaigns.form_model import Form
from campaigns.vocabulary import Gate

FOR_EACH_GROUPS = frozenset({"all", "applicable", "not_applicable", "cumulative", "stock", "yes_no"})
PREVIOUS = "@previous"  # the figure of the period before
LEDGER = "@ledger"  # what the hazard ledger counts for the figure (数账相符)
OTHER_SIGHTS = (PREVIOUS, LEDGER)  # what is seen from the facts only, never on one form

_IN_EXPRESSION = re.compile(r"\[([^\[\]]*)\]")
_IN_MESSAGE = re.compile(r"\{([^{}]*)\}")
_ITEM = re.compile(r"\d+\.\d+")


class RuleText(Protocol):
    """What this module reads of a rule."""

    @property
    def gate(self) -> Gate: ...
    @property
    def expect(self) -> str: ...
    @property
    def when(self) -> str | None: ...
    @property
    def for_each(self) -> tuple[str, ...]: ...
    @property
    def message(self) -> str: ...
    @property
    def message_en(self) -> str: ...


def figure_references(form: Form) -> frozenset[str]:
    """Every way to name one figure of the form: `1.2` for a single figure, `3.3.amount` for one of two."""
    return frozenset(reference_of(item.code, part.part) for item in form.items for part in item.parts)


def reference_of(item_code: str, part: str) -> str:
    """`1.2` for the part `value`, `3.3.amount` for a named part."""
    return item_code if part == "value" else f"{item_code}.{part}"


def referenced_items(rule: RuleText) -> frozenset[str]:
    """The codes of the items that `expect`, `when` and `for_each` name."""
    names = [*rule.for_each, *(name for place, name in _written(rule) if place in ("expect", "when"))]
    return frozenset(match.group() for name in names if (match := _ITEM.match(name)))


def figure_of(written: str) -> str:
    """A reference or key without what says where the figure is seen: `1.2@previous` → `1.2`."""
    return written.partition("@")[0]


def unknown_references(rule: RuleText, form: Form) -> list[str]:
    """Sentences about figures the rule names and the form has not; empty when all is well."""
    known = figure_references(form)
    problems = [
        f"for_each {name!r} is neither a figure of form {form.form_id} nor one of {', '.join(sorted(FOR_EACH_GROUPS))}"
        for name in rule.for_each
        if name not in known | FOR_EACH_GROUPS
    ]
    for place, written in _written(rule):
        reference = figure_of(written)
        if reference == "*" and not rule.for_each:
            problems.append(f"{place} has {written!r} but the rule has no for_each")
        elif reference != "*" and reference not in known:
            problems.append(f"{place} names {written!r}, which is no figure of form {form.form_id}")
        elif written != reference and rule.gate is not Gate.FACTS:
            problems.append(f"{place} has {written!r}, but a rule of gate `submission` sees one form only")
    return problems


def _written(rule: RuleText) -> Iterator[tuple[str, str]]:
    for place, expression in (("expect", rule.expect), ("when", rule.when or "")):
        for reference in _IN_EXPRESSION.findall(expression):
            yield place, reference
    for place, message in (("message", rule.message), ("message_en", rule.message_en)):
        for placeholder in _IN_MESSAGE.findall(message):
            yield place, placeholder.removesuffix(".name")
