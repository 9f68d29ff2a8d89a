"""Rules that run: one published rule over the figures of a submission, and what is stored of it.

Belongs here: judging figure by figure, and the grain of stored outcomes (`CompiledRule.keep`, the only definition of
it). Does not belong here: reading a rule as written (compiler.py), many submissions at once (frames.py, grid.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from campaigns.rule_references import figure_of
from campaigns.vocabulary import Gate, Outcome, OutcomeKind, ReportingScope, RuleClass, ValueState
from expectations.expression import Expression, Figures, Reference
from expectations.messages import Template

# Bound once: looking a member up costs more than the comparison it is for, a hundred times per form.
_PASS, _FAIL, _NOT_APPLICABLE = OutcomeKind.PASS, OutcomeKind.FAIL, OutcomeKind.NOT_APPLICABLE
_APPROXIMATE, _UNREADABLE = ValueState.APPROXIMATE, ValueState.UNREADABLE
_MOST_REMEMBERED = 500  # cells or shapes of one rule; those of a campaign repeat, those of a hostile file need not

Shape = tuple[frozenset[str], ...]  # which figures have a number, are approximate, are unreadable, apply


@dataclass(frozen=True)
class SubmissionFigures:
    """One submission as rules see it, by figure key; `numbers` holds only figures that have a number."""

    numbers: Mapping[str, Decimal]
    states: Mapping[str, ValueState]
    addresses: Mapping[str, str]
    applicable: frozenset[str]

    @cached_property
    def shape(self) -> Shape:
        """All that the functions of a condition (`filled`, `applies`, …) can see."""
        approximate = frozenset([key for key, state in self.states.items() if state is _APPROXIMATE])
        unreadable = frozenset([key for key, state in self.states.items() if state is _UNREADABLE])
        return frozenset(self.numbers), approximate, unreadable, self.applicable

    def filled(self, key: str) -> bool:
        return key in self.numbers

    def approximate(self, key: str) -> bool:
        return self.states.get(key) is _APPROXIMATE

    def unreadable(self, key: str) -> bool:
        return self.states.get(key) is _UNREADABLE

    def applies(self, key: str) -> bool:
        return figure_of(key) in self.applicable


@dataclass(frozen=True, slots=True)
class FigureRule:
    """What a rule asks of one figure.

    `item_code` and `part` name the figure to blame: the one of `for_each`, else the first of this period that `expect`
    names. `blamed` are the keys of the cells that may be pointed at, best first.
    """

    item_code: str
    part: str
    expect: Expression
    when: tuple[Expression, ...]
    needed: tuple[str, ...]
    blamed: tuple[str, ...]
    message: Template
    message_en: Template

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
                return _NOT_APPLICABLE
        for condition in self.when:
            if not condition.evaluate(figures):
                return _NOT_APPLICABLE
        return _PASS if self.expect.evaluate(figures) else _FAIL

    def source_cell(self, address_of: Callable[[str], str | None]) -> str:
        """The first cell to point at that the submission has."""
        for key in self.blamed:
            if address := address_of(key):
                return address
        return ""


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """One published rule; `figures` has one entry without `for_each`, else one for each of its figures.

    `subjects` are what a stored outcome of the rule may be about: its figures, and for a rule with `for_each` before
    them the rule as a whole (None). `version` names the question it asks (campaigns/rule_question.py): the code stays,
    the version changes with the condition or the figures it is asked of.
    """

    code: str
    version: str
    rule_class: RuleClass  # advisory while on trial
    gate: Gate
    is_trial: bool
    figures: tuple[FigureRule, ...]
    subjects: tuple[FigureRule | None, ...]
    applicable: Mapping[ReportingScope, frozenset[str]]  # which figures units of each scope fill in
    silent: dict[tuple[bool, str], Outcome]  # outcomes without a sentence, by passing and cell: they repeat all night
    by_shape: dict[Shape, dict[int, OutcomeKind]] | None  # what is kept, by shape; None where numbers decide

    def keep(self, kinds: Sequence[OutcomeKind]) -> dict[int, OutcomeKind]:
        """What is stored of one submission's outcomes.

        A rule with `for_each` keeps the failure of each figure that breaks it and nothing else; where none does, one
        outcome of the rule as a whole: it passes where some figure passes. Any other rule keeps its one outcome.

        Args:
            kinds: one for each of `figures`.

        Returns:
            Outcome by index into `subjects`; never empty.
        """
        if len(self.subjects) == len(kinds):
            return dict(enumerate(kinds))
        broken = {index: kind for index, kind in enumerate(kinds, start=1) if kind is _FAIL}
        return broken or {0: _PASS if _PASS in kinds else _NOT_APPLICABLE}

    def outcomes(self, figures: SubmissionFigures, judged: Sequence[OutcomeKind] | None = None) -> list[Outcome]:
        """The outcomes of one submission to store; only failures carry sentences.

        Args:
            figures: of the submission.
            judged: what `FigureRule.judge` said of each of the rule's figures, where that was asked before.
        """
        kept = self.by_shape.get(figures.shape) if self.by_shape is not None else None
        if kept is None:
            kept = self.keep(judged or [figure.judge(figures) for figure in self.figures])
            if self.by_shape is not None:
                if len(self.by_shape) >= _MOST_REMEMBERED:
                    self.by_shape.clear()
                self.by_shape[figures.shape] = kept
        return [self._outcome(self.subjects[index], kind, figures) for index, kind in kept.items()]

    def _outcome(self, subject: FigureRule | None, kind: OutcomeKind, figures: SubmissionFigures) -> Outcome:
        source_cell = subject.source_cell(figures.addresses.get) if subject else ""
        if kind is _FAIL and subject:
            sentences = subject.message.render(figures), subject.message_en.render(figures)
            figure = (subject.item_code, subject.part)
            return Outcome(self.code, self.rule_class, kind, *sentences, *figure, source_cell, *self._text)
        remembered = (kind is _PASS, source_cell)
        known = self.silent.get(remembered)
        if known is None:
            if len(self.silent) >= _MOST_REMEMBERED:
                self.silent.clear()
            figure = (subject.item_code, subject.part) if subject else ("", "")
            known = self.silent[remembered] = Outcome(
                self.code, self.rule_class, kind, "", "", *figure, source_cell, *self._text
            )
        return known

    @property
    def _text(self) -> tuple[str, bool]:
        """Which text of the rule judged, and whether it was on trial then."""
        return self.version, self.is_trial
