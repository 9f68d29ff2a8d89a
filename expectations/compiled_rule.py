"""Rules that run: one published rule over the figures of a submission, and what is stored of it.

Belongs here: what is asked of each figure, and the grain of stored outcomes (`CompiledRule.keep`, the only definition
of it). Does not belong here: reading a rule as written (compiler.py), the verdict on a figure (judging.py), many
submissions at once (frames.py, grid.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from campaigns.rule_references import figure_of
from campaigns.vocabulary import Gate, Outcome, OutcomeKind, ReportingScope, RuleClass, ValueState
from expectations.expression import Expression, Reference
from expectations.judging import Judge
from expectations.messages import Template

# Bound once: looking a member up costs more than the comparison it is for, a hundred times per form.
_PASS, _FAIL, _NOT_APPLICABLE = OutcomeKind.PASS, OutcomeKind.FAIL, OutcomeKind.NOT_APPLICABLE
_APPROXIMATE, _UNREADABLE = ValueState.APPROXIMATE, ValueState.UNREADABLE

Filling = tuple[tuple[str, ...], ...]  # which figures have a number; which are approximate or unreadable


@dataclass(frozen=True)
class SubmissionFigures:
    """One submission as rules see it, by figure key; `numbers` holds only figures that have a number."""

    numbers: Mapping[str, Decimal]
    states: Mapping[str, ValueState]
    addresses: Mapping[str, str]
    applicable: frozenset[str]

    @cached_property
    def filling(self) -> Filling:
        """All that the functions of a condition can see of one layout's figures, for units of one scope."""
        in_doubt = (f"{key} {s}" for key, s in self.states.items() if s is _APPROXIMATE or s is _UNREADABLE)
        return tuple(self.numbers), tuple(in_doubt)

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
    names. `judge` evaluates `expect` and `when` on one submission. `blamed` are the keys of the cells that may be
    pointed at, best first.
    """

    item_code: str
    part: str
    expect: Expression
    when: tuple[Expression, ...]
    needed: tuple[str, ...]
    judge: Judge
    blamed: tuple[str, ...]
    message: Template
    message_en: Template

    @property
    def references(self) -> tuple[Reference, ...]:
        """Every figure that decides the outcome, in the order of the texts."""
        named = (reference for expression in (self.expect, *self.when) for reference in expression.references)
        return tuple(dict.fromkeys(named))

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

    @property
    def asks_for_numbers(self) -> bool:
        """Whether more decides than which figures are filled in, and how."""
        return any(figure.needed for figure in self.figures)

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

    def judge(self, figures: SubmissionFigures) -> list[OutcomeKind]:
        """The verdict on each of the rule's figures; the caller holds the decimal context `EXACT`."""
        return [figure.judge(figures) for figure in self.figures]

    def outcomes(self, figures: SubmissionFigures, kinds: Sequence[OutcomeKind] | None = None) -> list[Outcome]:
        """The outcomes of one submission to store; only failures carry sentences.

        Args:
            figures: of the submission.
            kinds: what `judge` says of it, where that was asked before.
        """
        kept = self.keep(kinds or self.judge(figures))
        return [self._outcome(self.subjects[index], kind, figures) for index, kind in kept.items()]

    def unbroken(self, figures: SubmissionFigures) -> tuple[Outcome, Outcome]:
        """The one outcome of a submission that keeps the rule: it passes, or the rule does not apply to it.

        The same for all submissions whose figures stand at the same addresses.
        """
        return self._outcome(self.subjects[0], _PASS, figures), self._outcome(
            self.subjects[0], _NOT_APPLICABLE, figures
        )

    def _outcome(self, subject: FigureRule | None, kind: OutcomeKind, figures: SubmissionFigures) -> Outcome:
        sentences = figure = ("", "")
        if subject:
            figure = (subject.item_code, subject.part)
            if kind is _FAIL:
                sentences = subject.message.render(figures), subject.message_en.render(figures)
        source_cell = subject.source_cell(figures.addresses.get) if subject else ""
        return Outcome(self.code, self.rule_class, kind, *sentences, *figure, source_cell, self.version, self.is_trial)
