"""Stored outcomes of many submissions: a grid of submissions × what an outcome of the rules may be about.

Belongs here: applying the grain of stored outcomes (`CompiledRule.keep`) to frames, and writing a grid as rows of the
table of outcomes. Does not belong here: judging (frames.py), comparing with what intake stored (agreement.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from campaigns.vocabulary import OutcomeKind
from expectations.compiled_rule import CompiledRule, FigureRule
from expectations.frames import KINDS, WideFigures

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

NOT_STORED = -1
_SUBMISSION = ("submission_id", "unit_id", "period")
_RULE = ("rule_code", "rule_version", "rule_class", "gate", "is_trial")
_OUTCOME = (*_RULE, "outcome", "message", "message_en", "item_code", "part", "source_cell")
ROW_COLUMNS = (*_SUBMISSION, *_OUTCOME)

Subject = tuple[CompiledRule, FigureRule | None]


def subjects_of(rules: Sequence[CompiledRule]) -> list[Subject]:
    """The columns of a grid: every rule with every subject it may have a stored outcome about."""
    return [(rule, subject) for rule in rules for subject in rule.subjects]


def figure_of(subject: Subject) -> tuple[str, str]:
    """Item and part as stored; empty for a rule as a whole."""
    return (subject[1].item_code, subject[1].part) if subject[1] else ("", "")


def kept(rules: Sequence[CompiledRule], outcomes: np.ndarray) -> np.ndarray:
    """What is stored of outcomes judged figure by figure.

    Args:
        rules: in the order of the columns.
        outcomes: index into KINDS, submissions × figures of all rules.

    Returns:
        Index into KINDS or NOT_STORED, submissions × `subjects_of(rules)`.
    """
    import numpy as np

    grids, first = [], 0
    for rule in rules:
        mine = np.ascontiguousarray(outcomes[:, first : first + len(rule.figures)])
        first += len(rule.figures)
        # Few patterns occur, so the one definition of the grain is asked once for each of them.
        packed = mine.view(f"S{len(rule.figures)}").ravel()
        _, examples, numbers = np.unique(packed, return_index=True, return_inverse=True)
        patterns = np.full((len(examples), len(rule.subjects)), NOT_STORED, dtype=np.int8)
        for pattern, example in zip(patterns, mine[examples].tolist(), strict=True):
            for index, kind in rule.keep([KINDS[outcome] for outcome in example]).items():
                pattern[index] = KINDS.index(kind)
        grids.append(patterns[numbers])
    return np.hstack(grids)


def as_rows(rules: Sequence[CompiledRule], wide: WideFigures, grid: np.ndarray) -> pd.DataFrame:
    """A grid as rows, submission by submission: ROW_COLUMNS. Sentences stand beside failures only."""
    import numpy as np
    import pandas as pd

    subjects = subjects_of(rules)
    submissions = list(wide.frame[list(_SUBMISSION)].itertuples(index=False, name=None))
    readings = cache(wide.submission)
    rows = []
    for row, column in zip(*(found.tolist() for found in np.nonzero(grid != NOT_STORED)), strict=True):
        rule, figure = subjects[column]
        kind, sentences, source_cell = KINDS[grid[row, column]], ("", ""), ""
        if figure:
            source_cell = wide.source_cell(figure, row)
            if kind is OutcomeKind.FAIL:
                sentences = figure.message.render(readings(row)), figure.message_en.render(readings(row))
        named = (*sentences, *figure_of(subjects[column]), source_cell)
        judged_by = (rule.code, rule.version, rule.rule_class.value, rule.gate.value, rule.is_trial)
        rows.append((*submissions[row], *judged_by, kind.value, *named))
    return pd.DataFrame(rows, columns=list(ROW_COLUMNS), dtype=object)
