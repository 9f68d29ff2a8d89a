"""What a rule asks, apart from its wording: one text that can be stored, told apart by its version, and asked again.

Belongs here: which parts of a rule and of its form decide its outcomes. Does not belong here: evaluating them (the
expectations package), the sentence a clerk reads or the class: both may change without another outcome.

A rule whose condition changes, or whose form gains an item that its `for_each` takes in, asks another question under
the same code. What was judged before was judged by the earlier one, so the earlier one must be kept.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from campaigns.model import Rule
from campaigns.rule_references import FOR_EACH_GROUPS, referenced_items
from campaigns.vocabulary import Gate, IndicatorKind, ReportingScope, RuleClass

_VERSION_LENGTH = 12
_UNSAID = "（旧文本） / (earlier text)"  # sentences are not part of the question


class AskedPart(Protocol):
    """What a rule may ask about one figure of an item."""

    @property
    def part(self) -> str: ...
    @property
    def kind(self) -> IndicatorKind: ...


class AskedItem(Protocol):
    """What a rule may ask about an item."""

    @property
    def code(self) -> str: ...
    @property
    def parts(self) -> Sequence[AskedPart]: ...
    @property
    def applies_to(self) -> Sequence[ReportingScope]: ...


class AskedForm(Protocol):
    """What a rule may ask about its form; a form of the campaign is one."""

    @property
    def form_id(self) -> str: ...
    @property
    def items(self) -> Sequence[AskedItem]: ...


@dataclass(frozen=True, slots=True)
class StoredPart:
    part: str
    kind: IndicatorKind


@dataclass(frozen=True, slots=True)
class StoredItem:
    code: str
    parts: tuple[StoredPart, ...]
    applies_to: tuple[ReportingScope, ...]


@dataclass(frozen=True, slots=True)
class StoredForm:
    """The items of a form that one rule asked about, as they were when it judged."""

    form_id: str
    items: tuple[StoredItem, ...]


def question_of(rule: Rule, form: AskedForm) -> str:
    """The question as text; the same text means the same outcome on every submission."""
    asked = {
        "code": rule.code,
        "form_id": rule.form_id,
        "gate": rule.gate.value,
        "expect": " ".join(rule.expect.split()),
        "when": " ".join(rule.when.split()) if rule.when else None,
        "for_each": list(rule.for_each),
        "items": [
            {
                "code": item.code,
                "parts": [[part.part, part.kind.value] for part in item.parts],
                "applies_to": sorted(scope.value for scope in item.applies_to),
            }
            for item in _items_asked(rule, form)
        ],
    }
    return json.dumps(asked, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def version_of(question: str) -> str:
    """A short name for a question; stored beside every outcome it decided."""
    return hashlib.sha256(question.encode()).hexdigest()[:_VERSION_LENGTH]


def read_question(text: str) -> tuple[Rule, StoredForm]:
    """A stored question as a rule and the form it asked about.

    Raises:
        ValueError, KeyError, TypeError: the text is none that `question_of` made.
    """
    asked = json.loads(text)
    items = tuple(
        StoredItem(
            item["code"],
            tuple(StoredPart(part, IndicatorKind(kind)) for part, kind in item["parts"]),
            tuple(ReportingScope(scope) for scope in item["applies_to"]),
        )
        for item in asked["items"]
    )
    rule = Rule(
        code=asked["code"],
        form_id=asked["form_id"],
        rule_class=RuleClass.ADVISORY,
        gate=Gate(asked["gate"]),
        expect=asked["expect"],
        when=asked["when"],
        for_each=tuple(asked["for_each"]),
        message=_UNSAID,
        message_en=_UNSAID,
        clause=_UNSAID,
    )
    return rule, StoredForm(asked["form_id"], items)


def _items_asked(rule: Rule, form: AskedForm) -> Iterator[AskedItem]:
    """The items that can change an outcome: those named, or all where a group of the form is taken in."""
    if FOR_EACH_GROUPS.isdisjoint(rule.for_each):
        named = referenced_items(rule)
        yield from (item for item in form.items if item.code in named)
    else:
        yield from form.items
