"""Gate 1: the rules of a campaign applied to one submission, without pandas or Great Expectations.

Belongs here: the compiled rules of a campaign (cached) and the light runner that intake and `check` use. Does not
belong here: the rules themselves (campaigns), how one is compiled (compiler.py), the same rules on frames (suites.py).

A rule on trial (`trial: true`) is judged like any other, but its outcomes carry the class advisory and its sentences
open with 试运行: no caller can return a form for it by mistake. `CompiledRule.is_trial` and the table of rules keep
the fact that it is on trial.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import NamedTuple

from campaigns.model import Campaign
from campaigns.once import once_for_each
from campaigns.vocabulary import Cell, Gate, Outcome, OutcomeKind, ReportingScope, ValueState
from expectations.compiled_rule import CompiledRule, Filling, SubmissionFigures
from expectations.compiler import RuleError, compile_rule, figure_keys
from expectations.expression import EXACT

_ZERO = Decimal(0)
# NUMBER_STATES one by one: the hash of an enumeration costs more than all three comparisons
_VALUE, _ZERO_STATE, _APPROXIMATE = ValueState.VALUE, ValueState.ZERO, ValueState.APPROXIMATE
_PASS, _FAIL = OutcomeKind.PASS, OutcomeKind.FAIL
_MOST_LAYOUTS, _MOST_FILLINGS = 50, 200

__all__ = ["CompiledRule", "RuleError", "applicable_figures", "check_rules", "compile_rules", "judge_submission"]


@once_for_each
def compile_rules(campaign: Campaign, form_id: str, gate: Gate) -> tuple[CompiledRule, ...]:
    """The rules of one form at one gate, in the order of the campaign's rules; compiled once per campaign.

    Raises:
        RuleError: names the rule and the position of what is wrong.
    """
    form = campaign.form(form_id)
    chosen = (rule for rule in campaign.rules if rule.form_id == form_id and rule.gate is gate)
    return tuple(compile_rule(rule, form) for rule in chosen)


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
    rules = _rule_set(campaign, form_id, scope)
    if not rules.rules:
        return []
    with localcontext(EXACT):
        return rules.outcomes(cells)


@once_for_each
def applicable_figures(campaign: Campaign, form_id: str) -> Mapping[ReportingScope, frozenset[str]]:
    """The keys of the figures that units of each scope fill in."""
    form = campaign.form(form_id)
    return {scope: figure_keys(form, scope) for scope in ReportingScope}


def check_rules(campaign: Campaign) -> int:
    """Compile every rule of a campaign, for `doctor` and the tests of campaigns.

    Returns:
        How many questions that makes, each figure of a `for_each` counted.

    Raises:
        RuleError: for the first rule with an unknown item, a missing part, or anything else that cannot run.
    """
    rules = (rule for form in campaign.forms for gate in Gate for rule in compile_rules(campaign, form.form_id, gate))
    return sum(len(rule.figures) for rule in rules)


class _Layout(NamedTuple):
    """What forms have in common whose figures stand at the same addresses: nearly all forms of a night do.

    `unbroken` are the outcomes of forms that keep a rule, for each rule; `by_filling` is what the rules say that do not
    ask for numbers, by how the figures are filled in.
    """

    keys: tuple[str, ...]
    addresses: Mapping[str, str]
    unbroken: tuple[tuple[Outcome, Outcome], ...]
    by_filling: dict[Filling, tuple[list[OutcomeKind], ...]]


@dataclass(frozen=True, slots=True)
class _RuleSet:
    """The rules of one form at gate 1, for units of one scope."""

    rules: tuple[CompiledRule, ...]
    asks_for_numbers: tuple[bool, ...]
    applicable: frozenset[str]
    layouts: dict[tuple[tuple[str, ...], ...], _Layout]

    def outcomes(self, cells: Sequence[Cell]) -> list[Outcome]:
        items, parts, states, values, _, sheets, references = zip(*cells, strict=True) if cells else ((),) * 7
        layout = self.layouts.get((items, parts, sheets, references)) or self._new_layout(cells)
        if len(layout.keys) < len(cells):
            return self.outcomes(_first_for_each_figure(cells))
        numbers = _numbers(layout.keys, states, values)
        by_key = dict(zip(layout.keys, states, strict=True))
        figures = SubmissionFigures(numbers, by_key, layout.addresses, self.applicable)
        by_filling = iter(self._by_filling(layout, figures))
        found: list[Outcome] = []
        for rule, asks, unbroken in zip(self.rules, self.asks_for_numbers, layout.unbroken, strict=True):
            kinds = rule.judge(figures) if asks else next(by_filling)
            if _FAIL in kinds:
                found += rule.outcomes(figures, kinds)
            else:
                found.append(unbroken[0 if _PASS in kinds else 1])
        return found

    def _by_filling(self, layout: _Layout, figures: SubmissionFigures) -> tuple[list[OutcomeKind], ...]:
        known = layout.by_filling.get(figures.filling)
        if known is None:
            if len(layout.by_filling) >= _MOST_FILLINGS:
                layout.by_filling.clear()
            others = (rule for rule, asks in zip(self.rules, self.asks_for_numbers, strict=True) if not asks)
            known = layout.by_filling[figures.filling] = tuple(rule.judge(figures) for rule in others)
        return known

    def _new_layout(self, cells: Sequence[Cell]) -> _Layout:
        addresses = {_key(cell): cell.address for cell in cells}
        figures = SubmissionFigures({}, {}, addresses, self.applicable)
        layout = _Layout(tuple(addresses), addresses, tuple(rule.unbroken(figures) for rule in self.rules), {})
        if len(self.layouts) >= _MOST_LAYOUTS:
            self.layouts.clear()
        where = ((cell.item_code, cell.part, cell.sheet_name, cell.cell_ref) for cell in cells)
        self.layouts[tuple(zip(*where, strict=True))] = layout
        return layout


def _key(cell: Cell) -> str:
    return f"{cell.item_code}.{cell.part}"


def _first_for_each_figure(cells: Sequence[Cell]) -> list[Cell]:
    return list({_key(cell): cell for cell in reversed(cells)}.values())[::-1]


def _numbers(keys: Sequence[str], states: Sequence[ValueState], values: Sequence[Decimal | None]) -> dict[str, Decimal]:
    """The numbers of the figures that have one."""
    numbers: dict[str, Decimal] = {}
    for key, state, value in zip(keys, states, values, strict=True):
        if state is _VALUE or state is _ZERO_STATE or state is _APPROXIMATE:
            if value is not None:
                numbers[key] = value
            elif state is _ZERO_STATE:
                numbers[key] = _ZERO
    return numbers


@once_for_each
def _rule_set(campaign: Campaign, form_id: str, scope: ReportingScope) -> _RuleSet:
    rules = compile_rules(campaign, form_id, Gate.SUBMISSION)
    asks = tuple(rule.asks_for_numbers for rule in rules)
    return _RuleSet(rules, asks, applicable_figures(campaign, form_id)[scope], {})
