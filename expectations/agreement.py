"""Stored outcomes against proved ones: what intake wrote down must be what the rules say of the stored figures.

Belongs here: which rule texts are to be proved, lining both up and naming every difference. Does not belong here:
proving (suites.py), what is stored of a rule (`CompiledRule.keep`), what a rule's text is (campaigns/rule_question.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import localcontext
from typing import TYPE_CHECKING, Any

from campaigns.vocabulary import OutcomeKind, ReportingScope
from expectations.compiled_rule import CompiledRule, SubmissionFigures
from expectations.compiler import compile_question
from expectations.expression import EXACT
from expectations.frames import KINDS, WideFigures
from expectations.grid import NOT_STORED, Subject, figure_of, subjects_of

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

_NO_SUCH_WORD = -2  # in place of an index into KINDS
_NOT_YET, _LOST = -2, -1  # in place of an index into the rules: no batch so far has outcomes of the code; no text
_NAMED = ("rule_code", "item_code", "part")


def earlier_rules(
    in_force: Sequence[CompiledRule], stored: pd.DataFrame, before: Mapping[str, str], questions: Mapping[str, str]
) -> tuple[list[CompiledRule], list[str]]:
    """The rules that judged stored outcomes, or the batch before, and are in force no longer.

    Also the names of those whose text is lost.
    """
    known = {rule.version for rule in in_force}
    found, lost = [], []
    for code, version in sorted({*_judged_by(stored), *before.items()}):
        if version in known:
            continue
        try:
            found.append(compile_question(questions[version]))
        except (KeyError, TypeError, ValueError):
            lost.append(f"{code} {version}")
    return found, lost


def texts_of_last_batch(stored: pd.DataFrame) -> dict[str, str]:
    """By which text of each rule code the last batch was judged."""
    batches = _batches(stored)
    return dict(_judged_by(stored[batches == batches.max()]))


def compare(
    rules: Sequence[CompiledRule],
    in_force: int,
    wide: WideFigures,
    proved: np.ndarray,
    stored: pd.DataFrame,
    before: Mapping[str, str],
) -> tuple[int, list[dict[str, Any]]]:
    """Line up stored outcomes with proved ones.

    Args:
        rules: their subjects are the columns of `proved`.
        in_force: how many of them, from the first, are in force; the rest judged before.
        wide: its frame has the rows of `proved`.
        proved: a grid of outcomes (grid.py).
        stored: submission_id, rule_code, rule_version, item_code, part, outcome, and batch_id or received_at; rows of
            other rules are left aside.
        before: by which text of each rule code the batch before the first one was judged.

    Returns:
        How many outcomes were compared, and one row per difference: submission_id, rule_code, item_code, part,
        stored, proved (null where there is none), problem.
    """
    import numpy as np
    import pandas as pd

    stored = stored.assign(**{name: stored[name].astype("str").fillna("") for name in (*_NAMED, "rule_version")})
    ours = pd.Index([rule.version for rule in rules]).get_indexer(pd.Index(stored["rule_version"]))
    rows = pd.Index(wide.frame["submission_id"]).get_indexer(stored["submission_id"])
    orphans = stored[(ours >= 0) & (rows < 0)]
    due = _due(rules, in_force, len(proved), stored.assign(row=rows, text=ours)[rows >= 0], before)
    use = (ours >= 0) & (rows >= 0)
    ours, rows, stored = ours[use], rows[use], stored[use]
    subjects = subjects_of(rules)
    columns = _columns(subjects, stored)
    found, twice = _grid(proved.shape, rows, columns, stored["outcome"])
    due[rows, ours] = True
    due = due[:, np.repeat(np.arange(len(rules)), [len(rule.subjects) for rule in rules])]
    empty = _outcomes_of_a_blank_form(rules)
    differences = [
        _without_figures(name) for name, of_one in orphans.groupby("submission_id") if not _fits(of_one, empty)
    ]
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

    names = pd.Index([" ".join((subject[0].version, *figure_of(subject))) for subject in subjects])
    version, item_code, part = (stored[name] for name in ("rule_version", "item_code", "part"))
    return names.get_indexer(pd.Index(version + " " + item_code + " " + part))


def _judged_by(stored: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """Codes and versions; outcomes without a version (reading problems) were judged by no rule."""
    known = stored.dropna(subset=["rule_version"])[["rule_code", "rule_version"]].drop_duplicates()
    yield from known.itertuples(index=False, name=None)


def _batches(stored: pd.DataFrame) -> pd.Series:
    """What sorts outcomes by batch; as texts, for categories would sort as they happened to come."""
    return stored["batch_id"].astype("str") if "batch_id" in stored else stored["received_at"]


def _due(
    rules: Sequence[CompiledRule], in_force: int, submissions: int, stored: pd.DataFrame, before: Mapping[str, str]
) -> np.ndarray:
    """Which rule texts must have outcomes of which submissions: the ones that judged the batch it came in.

    A batch was judged by the text of each code that it, or else the last batch before it, has outcomes of; a rule
    added later has none of older submissions, which is no difference. `stored` names `row` and `text` (-1 for a text
    that is lost, or for what no rule judged); its batches sort by time.
    """
    import numpy as np
    import pandas as pd

    order, known = pd.factorize(_batches(stored), sort=True)
    text_of = {rule.version: text for text, rule in enumerate(rules)}
    judged_in = np.full(submissions, len(known))  # a submission without any outcome is due all that is in force
    np.minimum.at(judged_in, stored["row"], order)
    due = np.zeros((submissions, len(rules)), dtype=bool)
    for current, rule in enumerate(rules[:in_force]):
        mine = (stored["rule_code"] == rule.code).to_numpy()
        used = np.full(len(known) + 1, _NOT_YET)
        used[order[mine]] = stored["text"][mine]
        last = text_of.get(before[rule.code], _LOST) if rule.code in before else _NOT_YET
        for batch in range(len(known)):
            if used[batch] == _NOT_YET:
                used[batch] = last
            last = used[batch]
        used[len(known)] = current
        asked = used[judged_in]
        due[np.flatnonzero(asked >= 0), asked[asked >= 0]] = True
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


def _outcomes_of_a_blank_form(rules: Sequence[CompiledRule]) -> list[dict[str, list[tuple[str, ...]]]]:
    """What the rules say of an empty form, of a unit of either scope."""
    found = []
    with localcontext(EXACT):
        for scope in ReportingScope:
            nothing = [(rule, SubmissionFigures({}, {}, {}, rule.applicable[scope])) for rule in rules]
            judged = [outcome for rule, figures in nothing for outcome in rule.outcomes(figures)]
            found.append(_by_rule((str(o.rule_version), o.item_code, o.part, o.outcome.value) for o in judged))
    return found


def _fits(outcomes: pd.DataFrame, empty: Sequence[dict[str, list[tuple[str, ...]]]]) -> bool:
    """Whether the outcomes of a submission without figures are those of a form on which nothing was filled in."""
    columns = ["rule_version", "item_code", "part", "outcome"]
    found = _by_rule(outcomes[columns].itertuples(index=False, name=None))
    return any(found.items() <= expected.items() for expected in empty)


def _by_rule(outcomes: Iterable[tuple[str, ...]]) -> dict[str, list[tuple[str, ...]]]:
    """All outcomes of each rule, in order: a rule added later may be missing as a whole, none of its outcomes alone."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for version, *outcome in sorted(outcomes, key=str):
        found.setdefault(version, []).append(tuple(outcome))
    return found


def _without_figures(submission_id: str) -> dict[str, Any]:
    problem = "有判定结果而无数据 / outcomes are stored, but no figures"
    blank = dict.fromkeys(("rule_code", "item_code", "part", "stored", "proved"))
    return {"submission_id": submission_id, **blank, "problem": problem}
