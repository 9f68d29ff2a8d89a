"""The rules of one form on a wide frame: judged here and by Great Expectations, which must say the same.

Belongs here: one suite, from compiled rules and a frame to a grid of outcomes; which forms a long frame holds. Does not
belong here: what the outcomes are compared with or stored as (gate1_proof.py, suites.py), how Great Expectations is
driven (validation.py).

Great Expectations says which submissions break a rule; which figures of a `for_each` are to blame is read from the same
compiled rule, and both answers must agree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Literal

from campaigns.model import Campaign
from campaigns.vocabulary import RuleClass
from expectations.compiled_rule import CompiledRule
from expectations.frames import FAIL, WideFigures, columns_of, outcomes_of
from expectations.grid import kept
from expectations.validation import Check, ValidationError, broken_rows

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

_SEVERITY: dict[RuleClass, Literal["critical", "warning", "info"]] = {
    RuleClass.MANDATORY: "critical",
    RuleClass.QUASI_MANDATORY: "warning",
    RuleClass.VERIFICATION: "warning",
    RuleClass.ADVISORY: "info",
}


def prove_rules(rules: Sequence[CompiledRule], wide: WideFigures, suite_name: str) -> np.ndarray:
    """The grid of outcomes (grid.py), proved by Great Expectations rule by rule."""
    import numpy as np

    outcomes = np.empty((len(wide.frame), sum(len(rule.figures) for rule in rules)), dtype=np.int8)
    if not len(wide.frame):
        return kept(rules, outcomes)
    asked = [(rule, figure) for rule in rules for figure in rule.figures]
    for column, (owner, figure) in enumerate(asked):
        outcomes[:, column] = outcomes_of(figure, wide.frame, owner.applicable)
    checks = [_check(rule) for rule in rules]
    broken = broken_rows(wide.frame[columns_of([figure for _, figure in asked])], checks, suite_name)
    owners = np.repeat(np.arange(len(rules)), [len(rule.figures) for rule in rules])
    for number, rule in enumerate(rules):
        mine = (outcomes[:, owners == number] == FAIL).any(axis=1)
        if not np.array_equal(np.flatnonzero(mine), broken[_name(rule)]):
            raise ValidationError(f"suite {suite_name}: {rule.code} breaks other rows in Great Expectations than here")
    return kept(rules, outcomes)


def forms_in(*frames: pd.DataFrame) -> list[tuple[str, str]]:
    """The campaigns and forms that occur, in order."""
    found: dict[tuple[str, str], None] = {}
    for frame in frames:
        known = frame[["campaign_id", "form_id"]].dropna().drop_duplicates()
        found.update(dict.fromkeys(known.itertuples(index=False, name=None)))
    return list(found)


def of_form(frame: pd.DataFrame, campaign_id: str, form_id: str) -> pd.DataFrame:
    return frame[(frame["campaign_id"] == campaign_id) & (frame["form_id"] == form_id)]


def campaign_of(campaigns: Mapping[str, Campaign], campaign_id: str) -> Campaign:
    if campaign_id not in campaigns:
        raise ValueError(f"figures of campaign {campaign_id!r} are stored, but its folder is not loaded")
    return campaigns[campaign_id]


def _check(rule: CompiledRule) -> Check:
    columns, description = tuple(columns_of(rule.figures)), rule.figures[0].expect.text
    return Check(_name(rule), columns, partial(_holds, rule), _SEVERITY[rule.rule_class], description)


def _name(rule: CompiledRule) -> str:
    """One code may have asked several questions in the course of time."""
    return f"{rule.code} {rule.version}"


def _holds(rule: CompiledRule, columns: pd.DataFrame) -> pd.Series:
    """True where no figure breaks the rule; this is what Great Expectations evaluates."""
    import pandas as pd

    held = pd.Series(True, index=columns.index)
    for figure in rule.figures:
        held &= outcomes_of(figure, columns, rule.applicable) != FAIL
    return held
