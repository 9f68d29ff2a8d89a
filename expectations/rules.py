"""Gate 1: the rules of a campaign applied to one submission, without pandas or Great Expectations.

Belongs here: the compiled rules of a campaign (cached) and the light runner that intake and `check` use. Does not
belong here: the rules themselves (campaigns), how one is compiled (compiler.py), the same rules on frames (suites.py).

A rule on trial (`trial: true`) is judged like any other, but its outcomes carry the class advisory and its sentences
open with 试运行: no caller can return a form for it by mistake. `CompiledRule.is_trial` and the table of rules keep
the fact that it is on trial.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import lru_cache
from itertools import islice
from typing import Any

from campaigns.model import Campaign
from campaigns.vocabulary import Cell, Gate, Outcome, OutcomeKind, ReportingScope, ValueState
from expectations.compiled_rule import CompiledRule, FigureRule, SubmissionFigures
from expectations.compiler import RuleError, compile_rule, figure_keys
from expectations.expression import EXACT

_ZERO = Decimal(0)
# NUMBER_STATES one by one: the hash of an enumeration costs more than all three comparisons
_VALUE, _ZERO_STATE, _APPROXIMATE = ValueState.VALUE, ValueState.ZERO, ValueState.APPROXIMATE
_MOST_ALIKE = 200

__all__ = ["CompiledRule", "RuleError", "applicable_figures", "check_rules", "compile_rules", "judge_submission"]


def compile_rules(campaign: Campaign, form_id: str, gate: Gate) -> tuple[CompiledRule, ...]:
    """The rules of one form at one gate, in the order of the campaign's rules; compiled once per campaign.

    Raises:
        RuleError: names the rule and the position of what is wrong.
    """
    return _compiled(_Same(campaign), form_id, gate)


def judge_submission(campaign: Campaign, form_id: str, scope: ReportingScope, cells: Sequence[Cell]) -> list[Outcome]:
    """Apply every rule of gate 1 to one submission.

    Args:
        campaign: whose rules apply.
        form_id: one of the campaign's forms.
        scope: of the unit that reports; decides which items apply.
        cells: as parsed; a figure without a cell counts as blank, of two cells for one figure the first counts.

    Returns:
        One outcome per rule, also those that pass or do not apply; of a rule with `for_each` that some figures break,
        one failure for each of them instead (`CompiledRule.keep`).
    """
    same = _Same(campaign)
    rules = _rule_set(same, form_id)
    if not rules.rules:
        return []
    figures = _read(cells, _applicable(same, form_id)[scope])
    with localcontext(EXACT):
        return rules.outcomes(figures)


def applicable_figures(campaign: Campaign, form_id: str) -> Mapping[ReportingScope, frozenset[str]]:
    """The keys of the figures that units of each scope fill in."""
    return _applicable(_Same(campaign), form_id)


def check_rules(campaign: Campaign) -> int:
    """Compile every rule of a campaign, for `doctor` and the tests of campaigns.

    Returns:
        How many questions that makes, each figure of a `for_each` counted.

    Raises:
        RuleError: for the first rule with an unknown item, a missing part, or anything else that cannot run.
    """
    rules = (rule for form in campaign.forms for gate in Gate for rule in compile_rules(campaign, form.form_id, gate))
    return sum(len(rule.figures) for rule in rules)


def _read(cells: Sequence[Cell], applicable: frozenset[str]) -> SubmissionFigures:
    numbers: dict[str, Decimal] = {}
    states: dict[str, ValueState] = {}
    addresses: dict[str, str] = {}
    for cell in cells:
        key = f"{cell.item_code}.{cell.part}"
        if key in states:
            continue
        states[key] = state = cell.state
        addresses[key] = cell.address
        if state is _VALUE or state is _ZERO_STATE or state is _APPROXIMATE:
            value = _ZERO if cell.value is None and state is _ZERO_STATE else cell.value
            if value is not None:
                numbers[key] = value
    return SubmissionFigures(numbers, states, addresses, applicable)


@dataclass(frozen=True, slots=True)
class _RuleSet:
    """The rules of one form at gate 1; `alike` holds the outcomes of forms that are filled in alike and keep all rules.

    Most forms of a night do: their outcomes carry no sentences and differ from each other in nothing.
    """

    rules: tuple[CompiledRule, ...]
    by_number: tuple[FigureRule, ...]  # what the rules ask of figures whose numbers decide
    alike: dict[tuple[Any, ...], tuple[Outcome, ...]]

    def outcomes(self, figures: SubmissionFigures) -> list[Outcome]:
        kinds = [asked.judge(figures) for asked in self.by_number]
        if OutcomeKind.FAIL in kinds:
            return self._outcomes_of(figures, iter(kinds))
        key = (*kinds, figures.shape, *figures.addresses, *figures.addresses.values())
        known = self.alike.get(key)
        if known is None:
            known = tuple(self._outcomes_of(figures, iter(kinds)))
            if not any(outcome.outcome is OutcomeKind.FAIL for outcome in known):
                if len(self.alike) >= _MOST_ALIKE:
                    self.alike.clear()
                self.alike[key] = known
        return list(known)

    def _outcomes_of(self, figures: SubmissionFigures, kinds: Iterator[OutcomeKind]) -> list[Outcome]:
        """By rule; `kinds` are those of `by_number`."""
        found: list[Outcome] = []
        for rule in self.rules:
            judged = None if rule.by_shape is not None else list(islice(kinds, len(rule.figures)))
            found += rule.outcomes(figures, judged)
        return found


class _Same:
    """A campaign as a cache key, by identity: hashing every unit and item would cost more than judging a form."""

    __slots__ = ("campaign",)

    def __init__(self, campaign: Campaign) -> None:
        self.campaign = campaign

    def __hash__(self) -> int:
        return id(self.campaign)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.campaign is other.campaign


@lru_cache(maxsize=128)
def _compiled(same: _Same, form_id: str, gate: Gate) -> tuple[CompiledRule, ...]:
    form = same.campaign.form(form_id)
    chosen = (rule for rule in same.campaign.rules if rule.form_id == form_id and rule.gate is gate)
    return tuple(compile_rule(rule, form) for rule in chosen)


@lru_cache(maxsize=128)
def _rule_set(same: _Same, form_id: str) -> _RuleSet:
    rules = _compiled(same, form_id, Gate.SUBMISSION)
    by_number = tuple(figure for rule in rules if rule.by_shape is None for figure in rule.figures)
    return _RuleSet(rules, by_number, {})


@lru_cache(maxsize=128)
def _applicable(same: _Same, form_id: str) -> dict[ReportingScope, frozenset[str]]:
    form = same.campaign.form(form_id)
    return {scope: figure_keys(form, scope) for scope in ReportingScope}
