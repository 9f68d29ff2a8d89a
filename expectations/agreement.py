"""Stored outcomes against proved ones: what intake wrote down must be what the rules say of the stored figures.

Belongs here: lining both up and naming every difference. Does not belong here: proving (suites.py), what is stored of
a rule (`CompiledRule.keep`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from campaigns.model import Campaign
from campaigns.vocabulary import OutcomeKind, ReportingScope
from expectations.compiled_rule import CompiledRule
from expectations.frames import KINDS, WideFigures
from expectations.grid import NOT_STORED, Subject, figure_of, subjects_of
from expectations.rules import judge_submission

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

_NO_SUCH_WORD = -2  # in place of an index into KINDS
_NAMED = ("rule_code", "item_code", "part")


def compare(
    rules: Sequence[CompiledRule],
    wide: WideFigures,
    proved: np.ndarray,
    stored: pd.DataFrame,
    blank: Callable[[pd.DataFrame], bool],
) -> tuple[int, list[dict[str, Any]]]:
    """Line up stored outcomes with proved ones.

    Args:
        rules: their subjects are the columns of `proved`.
        wide: its frame has the rows of `proved`.
        proved: a grid of outcomes (grid.py).
        stored: submission_id, rule_code, item_code, part, outcome, and batch_id or received_at; rows of other rules
            are left aside.
        blank: says whether outcomes are those of a form without a single figure; only such a form may have none.

    Returns:
        How many outcomes were compared, and one row per difference: submission_id, rule_code, item_code, part,
        stored, proved (null where there is none), problem.
    """
    import numpy as np
    import pandas as pd

    stored = stored.assign(**{name: stored[name].fillna("").astype("str") for name in _NAMED})
    ours = pd.Index([rule.code for rule in rules]).get_indexer(pd.Index(stored["rule_code"]))
    rows = pd.Index(wide.frame["submission_id"]).get_indexer(stored["submission_id"])
    orphans = stored[(ours >= 0) & (rows < 0)]
    use = (ours >= 0) & (rows >= 0)
    ours, rows, stored = ours[use], rows[use], stored[use]
    subjects = subjects_of(rules)
    columns = _columns(subjects, stored)
    found, twice = _grid(proved.shape, rows, columns, stored["outcome"])
    due = _due((len(proved), len(rules)), rows, ours, stored["batch_id" if "batch_id" in stored else "received_at"])
    due = due[:, np.repeat(np.arange(len(rules)), [len(rule.subjects) for rule in rules])]
    differences = [_without_figures(name) for name, outcomes in orphans.groupby("submission_id") if not blank(outcomes)]
    differences += _strange(stored[columns < 0])
    differences += _listed(subjects, wide, proved, found, due & ((found != proved) | twice))
    return int((due & ((found != NOT_STORED) | (proved != NOT_STORED))).sum()), differences


def _grid(
    shape: tuple[int, ...], rows: np.ndarray, columns: np.ndarray, outcomes: pd.Series
) -> tuple[np.ndarray, np.ndarray]:
    """Stored outcomes as a grid, and where two of them meet."""
    import numpy as np
    import pandas as pd

    kinds = pd.Index([kind.value for kind in KINDS]).get_indexer(pd.Index(outcomes))
    kinds[kinds < 0] = _NO_SUCH_WORD
    known = columns >= 0
    found = np.full(shape, NOT_STORED, dtype=np.int8)
    found[rows[known], columns[known]] = kinds[known]
    times = np.zeros(shape, dtype=np.int32)
    np.add.at(times, (rows[known], columns[known]), 1)
    return found, times > 1


def _columns(subjects: Sequence[Subject], stored: pd.DataFrame) -> np.ndarray:
    """The column of the grid each stored outcome belongs to; -1 for a figure its rule does not ask about."""
    import pandas as pd

    names = pd.Index([" ".join((subject[0].code, *figure_of(subject))) for subject in subjects])
    code, item_code, part = (stored[name] for name in _NAMED)
    return names.get_indexer(pd.Index(code + " " + item_code + " " + part))


def _due(shape: tuple[int, int], rows: np.ndarray, rules: np.ndarray, batches: pd.Series) -> np.ndarray:
    """Which rules must have outcomes of which submissions: from the first batch that stored one, or where one is.

    A rule that was added to the campaign later has no outcome of older submissions; that is no difference. `batches`
    sorts by time.
    """
    import numpy as np
    import pandas as pd

    order, known = pd.factorize(batches, sort=True)
    judged_in = np.full(shape[0], len(known))  # a submission without any outcome is due everything
    np.minimum.at(judged_in, rows, order)
    first_seen = np.full(shape[1], len(known))
    np.minimum.at(first_seen, rules, order)
    due: np.ndarray = judged_in[:, None] >= first_seen[None, :]
    due[rows, rules] = True
    return due


def _listed(
    subjects: Sequence[Subject], wide: WideFigures, proved: np.ndarray, found: np.ndarray, wrong: np.ndarray
) -> Iterator[dict[str, Any]]:
    words: dict[int, OutcomeKind] = dict(enumerate(KINDS))
    for row, column in zip(*wrong.nonzero(), strict=True):
        stored, now = words.get(found[row, column]), words.get(proved[row, column])
        item_code, part = figure_of(subjects[column])
        yield {
            "submission_id": wide.frame["submission_id"].iloc[row],
            "rule_code": subjects[column][0].code,
            "item_code": item_code,
            "part": part,
            "stored": stored.value if stored else None,
            "proved": now.value if now else None,
            "problem": "存储的判定与重算不一致 / the stored outcome is not what the rule says of the stored figures",
        }


def _strange(stored: pd.DataFrame) -> Iterator[dict[str, Any]]:
    problem = "该规则不核对这一项 / the rule does not ask about this figure"
    for *subject, outcome in stored[["submission_id", *_NAMED, "outcome"]].itertuples(index=False, name=None):
        named = dict(zip(("submission_id", *_NAMED), subject, strict=True))
        yield {**named, "stored": outcome, "proved": None, "problem": problem}


def blank_form(campaign: Campaign, form_id: str) -> Callable[[pd.DataFrame], bool]:
    """A test whether the outcomes of one submission are those of an empty form, of a unit of either scope."""
    judged = (judge_submission(campaign, form_id, scope, []) for scope in ReportingScope)
    empty = [_by_rule((o.rule_code, o.item_code, o.part, o.outcome.value) for o in outcomes) for outcomes in judged]

    def is_blank(outcomes: pd.DataFrame) -> bool:
        found = _by_rule(outcomes[[*_NAMED, "outcome"]].itertuples(index=False, name=None))
        return any(found.items() <= expected.items() for expected in empty)

    return is_blank


def _by_rule(outcomes: Iterable[tuple[str, ...]]) -> dict[str, list[tuple[str, ...]]]:
    """All outcomes of each rule, in order: a rule added later may be missing as a whole, none of its outcomes alone."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for code, *outcome in sorted(outcomes, key=str):
        found.setdefault(code, []).append(tuple(outcome))
    return found


def _without_figures(submission_id: str) -> dict[str, Any]:
    problem = "有判定结果而无数据 / outcomes are stored, but no figures"
    blank = dict.fromkeys(("rule_code", "item_code", "part", "stored", "proved"))
    return {"submission_id": submission_id, **blank, "problem": problem}
