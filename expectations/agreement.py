"""Stored outcomes against proved ones: what intake wrote down must be what the rules say of the stored figures.

Belongs here: lining both up and naming every difference. Does not belong here: proving (suites.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from campaigns.model import Campaign
from campaigns.vocabulary import OutcomeKind, ReportingScope
from expectations.compiler import CompiledRule
from expectations.frames import KINDS, WideFigures
from expectations.rules import judge_submission

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

_NONE = -1  # no outcome is stored
_UNKNOWN = -2  # a word that is no outcome


def compare(
    rules: Sequence[CompiledRule],
    wide: WideFigures,
    proved: np.ndarray,
    stored: pd.DataFrame,
    blank: Callable[[pd.DataFrame], bool],
) -> tuple[int, list[dict[str, Any]]]:
    """Line up stored outcomes with proved ones.

    Args:
        rules: the columns of `proved`.
        wide: its frame has the rows of `proved`.
        proved: index into KINDS, submissions × rules.
        stored: submission_id, rule_code, item_code, part, outcome, and batch_id or received_at; rows of other rules
            are left aside.
        blank: says whether outcomes are those of a form without a single figure; only such a form may have none.

    Returns:
        How many outcomes were compared, and one row per difference: submission_id, rule_code, item_code, part,
        stored, proved (null where there is none), problem.
    """
    import numpy as np
    import pandas as pd

    names = stored["rule_code"].astype("str") + " " + stored["item_code"].astype("str")
    names = names + " " + stored["part"].astype("str")
    columns = pd.Index([" ".join(rule.key) for rule in rules]).get_indexer(pd.Index(names))
    rows = pd.Index(wide.frame["submission_id"]).get_indexer(stored["submission_id"])
    ours = columns >= 0
    orphans = stored[ours & (rows < 0)]
    use = ours & (rows >= 0)
    rows, columns, used = rows[use], columns[use], stored[use]

    found = np.full(proved.shape, _NONE, dtype=np.int8)
    kinds = pd.Index([kind.value for kind in KINDS]).get_indexer(used["outcome"])
    found[rows, columns] = np.where(kinds < 0, _UNKNOWN, kinds)
    twice = np.bincount(rows * len(rules) + columns, minlength=proved.size).reshape(proved.shape) > 1
    due = _due(found, rows, columns, used["batch_id" if "batch_id" in used else "received_at"])
    differences = [_without_figures(name) for name, outcomes in orphans.groupby("submission_id") if not blank(outcomes)]
    differences += _listed(rules, wide, proved, found, due & ((found != proved) | twice))
    return int(due.sum()), differences


def _due(found: np.ndarray, rows: np.ndarray, columns: np.ndarray, batches: pd.Series) -> np.ndarray:
    """Where an outcome must be stored: from the first batch that stored one of the rule, or where nothing is stored.

    A rule that was added to the campaign later has no outcome of older submissions; that is no difference. `batches`
    sorts by time.
    """
    import numpy as np
    import pandas as pd

    order, known = pd.factorize(batches, sort=True)
    judged_in = np.full(found.shape[0], len(known))  # a submission without any outcome is due everything
    np.minimum.at(judged_in, rows, order)
    first_seen = np.full(found.shape[1], len(known))
    np.minimum.at(first_seen, columns, order)
    return (found != _NONE) | (judged_in[:, None] >= first_seen[None, :])


def _listed(
    rules: Sequence[CompiledRule], wide: WideFigures, proved: np.ndarray, found: np.ndarray, wrong: np.ndarray
) -> Iterator[dict[str, Any]]:
    words: dict[int, OutcomeKind | None] = dict(enumerate(KINDS))
    for row, column in zip(*wrong.nonzero(), strict=True):
        stored, now = words.get(found[row, column]), words[proved[row, column]]
        yield {
            "submission_id": wide.frame["submission_id"].iloc[row],
            "rule_code": rules[column].code,
            "item_code": rules[column].item_code,
            "part": rules[column].part,
            "stored": stored.value if stored else None,
            "proved": now.value if now else None,
            "problem": "存储的判定与重算不一致 / the stored outcome is not what the rule says of the stored figures",
        }


def blank_form(campaign: Campaign, form_id: str) -> Callable[[pd.DataFrame], bool]:
    """A test whether the outcomes of one submission are those of an empty form, of a unit of either scope."""
    empty = [
        {
            (outcome.rule_code, outcome.item_code, outcome.part): outcome.outcome.value
            for outcome in judge_submission(campaign, form_id, scope, [])
        }
        for scope in ReportingScope
    ]

    def is_blank(outcomes: pd.DataFrame) -> bool:
        named = outcomes[["rule_code", "item_code", "part", "outcome"]].itertuples(index=False, name=None)
        found = {(code, item, part): outcome for code, item, part, outcome in named}
        return any(found.items() <= expected.items() for expected in empty)

    return is_blank


def _without_figures(submission_id: str) -> dict[str, Any]:
    problem = "有判定结果而无数据 / outcomes are stored, but no figures"
    blank = dict.fromkeys(("rule_code", "item_code", "part", "stored", "proved"))
    return {"submission_id": submission_id, **blank, "problem": problem}
