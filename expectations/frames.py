"""Rules on frames: many submissions at once, exactly as the light runner judges one.

Belongs here: turning the long frame of figures into one row per submission, exact numbers, the outcome of a rule on
one figure for every row. Does not belong here: Great Expectations (validation.py), what is stored (grid.py).

pandas is imported inside functions: the command line imports this package before it knows what it has to do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import cached_property
from typing import TYPE_CHECKING, Any

from campaigns.model import Campaign
from campaigns.rule_references import LEDGER, PREVIOUS, figure_of
from campaigns.vocabulary import NUMBER_STATES, Gate, OutcomeKind, ReportingScope, ValueState
from expectations.compiled_rule import CompiledRule, FigureRule, SubmissionFigures
from expectations.expression import EXACT
from expectations.rules import applicable_figures

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

SCOPE = "reporting_scope"
PASS, FAIL, NOT_APPLICABLE = range(3)
KINDS = (OutcomeKind.PASS, OutcomeKind.FAIL, OutcomeKind.NOT_APPLICABLE)

_STATE = ":state"
_NUMBER_STATES = sorted(state.value for state in NUMBER_STATES)
_FLOAT_LIMIT = 2**53 / 10**4  # above it a float no longer tells two figures of four decimals apart
_SIGHTS = (
    ("", "value_state", "value"),
    (PREVIOUS, "previous_state", "previous_value"),
    (LEDGER, "ledger_state", "ledger_value"),
)
_SUBJECT = ("submission_id", "unit_id", "period", SCOPE)


@dataclass(frozen=True)
class WideFigures:
    """One row per submission, index 0…n-1.

    `frame` has the columns of the subject, and for every figure of the form its number (`1.2.value`, Decimal or None),
    its state (`1.2.value:state`), and for rules of gate 2 both for the period before (`1.2.value@previous`) and in the
    ledger (`1.2.value@ledger`). `cells` holds addresses.
    """

    frame: pd.DataFrame
    cells: Mapping[str, np.ndarray]
    applicable: Mapping[ReportingScope, frozenset[str]]

    def submission(self, row: int) -> SubmissionFigures:
        """One row as the light runner's figures, for messages."""
        keys = [name for name in self._columns if name + _STATE in self._columns]
        numbers = {key: self._columns[key][row] for key in keys}
        states = {key: self._columns[key + _STATE][row] for key in keys}
        return SubmissionFigures(
            {key: number for key, number in numbers.items() if number is not None},
            {key: ValueState(state) for key, state in states.items() if state is not None},
            {key: column[row] for key, column in self.cells.items()},
            self.applicable[ReportingScope(self._columns[SCOPE][row])],
        )

    @cached_property
    def _columns(self) -> dict[str, np.ndarray]:
        """A row of the frame costs a hundred times what a place in an array costs."""
        return {str(name): column.to_numpy(dtype=object) for name, column in self.frame.items()}

    def source_cell(self, figure: FigureRule, row: int) -> str:
        """The address the light runner would point at."""
        return figure.source_cell(lambda key: self.cells[key][row])


def spread(figures: pd.DataFrame, campaign: Campaign, form_id: str, rules: Sequence[CompiledRule]) -> WideFigures:
    """Turn the long figures of one form (one row per submission, item and part) into one row per submission.

    `rules` may name figures that the form has no longer. Where all are of gate 1, which sees one form only, the other
    sights of its figures are left out and need not be there. Equal texts and numbers share one object: a month of forms
    holds few different ones.

    Raises:
        ValueError: a row without a submission, or two rows for one figure of a submission.
    """
    import numpy as np
    import pandas as pd

    keys = [f"{item.code}.{part.part}" for item in campaign.form(form_id).items for part in item.parts]
    asked = (reference for rule in rules for figure in rule.figures for reference in figure.references)
    keys = list(dict.fromkeys((*keys, *(figure_of(reference.key) for reference in asked))))
    rows, submissions = pd.factorize(figures["submission_id"])
    columns = _columns(figures, keys)
    if (rows < 0).any():
        raise ValueError(f"figures of form {form_id}: a row has no submission_id")
    known = columns >= 0  # an item of another version of the form is none of our rules' business
    if (np.bincount(rows[known] * len(keys) + columns[known]) > 1).any():
        raise ValueError(f"figures of form {form_id}: a submission has two rows for one item and part")

    def matrix(values: np.ndarray) -> np.ndarray:
        result = np.full((len(submissions), len(keys)), None, dtype=object)
        result[rows[known], columns[known]] = values[known]
        return result

    firsts = np.unique(rows, return_index=True)[1]
    parts = [pd.DataFrame({name: _shared(figures[name].iloc[firsts]) for name in _SUBJECT}, dtype=object)]
    for suffix, state, value in _SIGHTS if any(rule.gate is Gate.FACTS for rule in rules) else _SIGHTS[:1]:
        numbers = exact_numbers(figures[value])
        numbers[(figures[state].eq(ValueState.ZERO.value) & figures[value].isna()).to_numpy(dtype=bool)] = Decimal(0)
        numbers[~figures[state].isin(_NUMBER_STATES).to_numpy()] = None
        parts.append(pd.DataFrame(matrix(numbers), columns=[key + suffix for key in keys], dtype=object))
        states = matrix(_shared(figures[state]))
        parts.append(pd.DataFrame(states, columns=[key + suffix + _STATE for key in keys], dtype=object))
    addresses = matrix(_shared(figures["source_cell"], ""))
    cells = {key: np.where(addresses[:, j] == None, "", addresses[:, j]) for j, key in enumerate(keys)}  # noqa: E711
    return WideFigures(pd.concat(parts, axis="columns"), cells, applicable_figures(campaign, form_id))


def exact_numbers(values: pd.Series) -> np.ndarray:
    """A column of figures as Decimals, None where there is none.

    Decimals and integers are taken as they are. Floats (what DuckDB makes of a DECIMAL in a pandas frame) are read
    back with four decimals, which is exact up to 900 billion.

    Raises:
        ValueError: for a float that is not a figure of four decimals.
    """
    return _shared(values, None, _exact)


def outcomes_of(
    rule: FigureRule, frame: pd.DataFrame, applicable: Mapping[ReportingScope, frozenset[str]]
) -> np.ndarray:
    """PASS, FAIL or NOT_APPLICABLE for every row of a wide frame (or of the columns `columns_of` names)."""
    import numpy as np

    present = np.ones(len(frame), dtype=bool)
    for key in rule.needed:
        present &= frame[key].notna().to_numpy()
    result = np.full(len(frame), NOT_APPLICABLE, dtype=np.int8)
    if not present.any():
        return result
    figures = _FrameFigures(frame, present, rule.needed, applicable)
    with localcontext(EXACT):
        applies = np.ones(int(present.sum()), dtype=bool)
        for condition in rule.when:
            applies &= np.asarray(condition.evaluate(figures), dtype=bool)
        holds = np.asarray(rule.expect.evaluate(figures), dtype=bool)
    result[np.flatnonzero(present)[applies]] = np.where(holds[applies], PASS, FAIL)
    return result


def columns_of(rules: Sequence[FigureRule]) -> list[str]:
    """The columns of a wide frame that decide these rules."""
    keys = dict.fromkeys(reference.key for rule in rules for reference in rule.references)
    return [SCOPE, *keys, *(key + _STATE for key in keys)]


class _FrameFigures:
    """The rows of a frame where a rule's figures all have numbers, as an expression sees them."""

    def __init__(
        self,
        frame: pd.DataFrame,
        present: np.ndarray,
        needed: Sequence[str],
        applicable: Mapping[ReportingScope, frozenset[str]],
    ) -> None:
        self._frame = frame
        self._present = None if present.all() else present
        self._applicable = applicable
        self.numbers: Mapping[str, Any] = {key: self._column(key) for key in needed}

    def filled(self, key: str) -> pd.Series:
        return self._column(key).notna()

    def approximate(self, key: str) -> pd.Series:
        return self._column(key + _STATE) == ValueState.APPROXIMATE.value

    def unreadable(self, key: str) -> pd.Series:
        return self._column(key + _STATE) == ValueState.UNREADABLE.value

    def applies(self, key: str) -> pd.Series:
        current = figure_of(key)
        scopes = [scope.value for scope, figures in self._applicable.items() if current in figures]
        return self._column(SCOPE).isin(scopes)

    def _column(self, name: str) -> pd.Series:
        column = self._frame[name]
        return column if self._present is None else column[self._present]


def _exact(value: Any) -> Decimal:
    if isinstance(value, Decimal):
        return value
    if isinstance(value, float):
        number = Decimal(f"{value:.4f}")
        if abs(value) >= _FLOAT_LIMIT or float(number) != value:
            raise ValueError(f"{value!r} is no exact figure; pass decimals")
        return number
    return Decimal(int(value))


def _columns(figures: pd.DataFrame, keys: Sequence[str]) -> np.ndarray:
    """Which of `keys` each row is about; -1 for none of them."""
    import numpy as np
    import pandas as pd

    (item, items), (part, parts) = (pd.factorize(figures[name]) for name in ("item_code", "part"))
    known = pd.Index(keys).get_indexer(pd.Index([f"{code}.{name}" for code in items for name in parts], dtype="str"))
    named = (item >= 0) & (part >= 0)
    columns = np.full(len(figures), -1)
    columns[named] = known[item[named] * len(parts) + part[named]]
    return columns


def _shared(
    values: pd.Series, missing: str | None = None, made: Callable[[Any], Any] = lambda value: value
) -> np.ndarray:
    """What is made of each value; equal values get one object, and what is null gets `missing`."""
    import numpy as np
    import pandas as pd

    codes, different = pd.factorize(values)
    objects = np.empty(len(different) + 1, dtype=object)
    objects[:-1] = [made(value) for value in different]
    objects[-1] = missing  # what is null has the code -1
    return objects[codes]
