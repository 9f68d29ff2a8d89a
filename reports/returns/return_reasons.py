"""From outcomes to what a sender has to do, in order: root causes first, follow-ons named once, like with like.

Belongs here: order, follow-ons, grouping. Does not belong here: wording (return_wording.py), how much fits on a page
(return_page.py).

Reading problems are known by their codes (RD-1 the file, RD-2 the form, RD-3 the unit, RD-4 the period, RD-5 the
figures, RD-6 and RD-7 what is around them, RD-8 lists, RD-9 narratives), all other codes are rules of the campaign.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from campaigns.model import Form, Rule
from campaigns.vocabulary import Outcome, RuleClass
from reports.paper.cell_address import cell_address
from reports.returns.returned_file import ReturnedFile

Figure = tuple[str, str]  # item code and part; an empty part stands for the whole item

SINGLY_UP_TO = 3  # more cells than this under one code share one line
_READING = "RD-"
_NO_FIGURE_AT_ALL = "RD-5-01"
_LABELS_MISSING = "RD-2-03"
_REFERENCE = re.compile(r"\[\s*(\*|\d+\.\d+)(?:\.([a-z_]+))?\s*(@[a-z]+)?\s*\]")
_FILE, _FORM, _IDENTITY, _CELLS, _ONE_FIGURE, _SEVERAL_FIGURES = range(6)
_DEPTH = {"RD-1": _FILE, "RD-7": _FILE, "RD-2": _FORM, "RD-3": _IDENTITY, "RD-4": _IDENTITY, "RD-5": _CELLS}


@dataclass(frozen=True, slots=True)
class ClassReasons:
    """What failed in one class: entries of one code each, then what only follows from a mandatory entry."""

    rule_class: RuleClass
    entries: tuple[tuple[Outcome, ...], ...]
    follow_ons: tuple[Outcome, ...]

    @property
    def count(self) -> int:
        return sum(map(len, self.entries)) + len(self.follow_ons)


def reasons_of(returned: ReturnedFile) -> tuple[ClassReasons, ...]:
    """Sort everything that failed into classes, the gravest first; a class without a failure is left out."""
    finder = _CauseFinder(returned)
    classes = []
    for rule_class in RuleClass:
        own = [one for one in returned.failures if one.rule_class is rule_class]
        causes = sorted((one for one in own if not finder.is_follow_on(one)), key=finder.order)
        follow_ons = sorted((one for one in own if finder.is_follow_on(one)), key=finder.order)
        if own:
            classes.append(ClassReasons(rule_class, tuple(_grouped(causes)), tuple(follow_ons)))
    return tuple(classes)


def _grouped(outcomes: Sequence[Outcome]) -> Iterable[tuple[Outcome, ...]]:
    """Outcomes one by one, but together at their first place where one code stands for many cells."""
    of_kind: dict[tuple[str, int], list[Outcome]] = {}
    for outcome in outcomes:
        of_kind.setdefault(_kind(outcome), []).append(outcome)
    for outcome in outcomes:
        alike = of_kind[_kind(outcome)]
        if len(alike) <= SINGLY_UP_TO:
            yield (outcome,)
        elif outcome is alike[0]:
            yield tuple(alike)


def _kind(outcome: Outcome) -> tuple[str, int]:
    """What makes outcomes alike: the code, and in a list, where each column asks for something else, the column."""
    return outcome.rule_code, 0 if outcome.item_code else cell_address(outcome.source_cell).column


class _CauseFinder:
    """Knows which figures are wrong in themselves, and so which other failures only follow from them."""

    def __init__(self, returned: ReturnedFile) -> None:
        self._rules = {rule.code: rule for rule in returned.campaign.rules}
        self._positions = _positions(returned.form)
        mandatory = [one for one in returned.failures if one.rule_class is RuleClass.MANDATORY]
        codes = {one.rule_code for one in mandatory}
        self._no_figures = _NO_FIGURE_AT_ALL in codes
        self._labels_missing = _LABELS_MISSING in codes
        self._roots = {one for one in mandatory if one.item_code and self._depth(one) in (_CELLS, _ONE_FIGURE)}
        self._wrong = {(one.item_code, one.part) for one in self._roots}

    def is_follow_on(self, outcome: Outcome) -> bool:
        """Whether putting a graver entry right settles this one, or makes it a new question."""
        if outcome in self._roots or outcome.rule_code.startswith(_READING):
            return False
        if self._no_figures or (self._labels_missing and outcome.item_code and not cell_address(outcome.source_cell)):
            return True
        return any(self._is_wrong(figure) for figure in self._figures_of(outcome))

    def order(self, outcome: Outcome) -> tuple[int, int, int, int, str]:
        """File, form, unit and period, cells, arithmetic; within these as the form is read."""
        at = cell_address(outcome.source_cell)
        position = self._positions.get(outcome.item_code, len(self._positions))
        return self._depth(outcome), position, at.row, at.column, outcome.rule_code

    def _depth(self, outcome: Outcome) -> int:
        if outcome.rule_code.startswith(_READING):
            return _CELLS if outcome.item_code else _DEPTH.get(outcome.rule_code[:4], _CELLS)
        return _ONE_FIGURE if len(self._figures_of(outcome)) <= 1 else _SEVERAL_FIGURES

    def _is_wrong(self, figure: Figure) -> bool:
        item, part = figure
        return any(item == other and (part == wrong or not part or not wrong) for other, wrong in self._wrong)

    def _figures_of(self, outcome: Outcome) -> set[Figure]:
        """The figures of this form that decide the outcome."""
        own = (outcome.item_code, outcome.part)
        rule = self._rules.get(outcome.rule_code)
        return _referenced(rule, own) if rule else {own}


def _referenced(rule: Rule, own: Figure) -> set[Figure]:
    found = _REFERENCE.findall(rule.expect)
    return {own if code == "*" else (code, part) for code, part, sight in found if not sight} or {own}


def _positions(form: Form | None) -> dict[str, int]:
    return {item.code: number for number, item in enumerate(form.items)} if form else {}
