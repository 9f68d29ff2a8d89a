"""Gate 1 for one submission: what its problems and the rules make of it.

Belongs here: the verdict and its reasons. Does not belong here: the rules (the expectations package hands in a judge),
storing (intake.py). The verdict is a property of the submission and never changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Context, Decimal, InvalidOperation
from functools import lru_cache

from campaigns.model import Campaign
from campaigns.vocabulary import Cell, Outcome, OutcomeKind, RuleClass, ValueState, Verdict
from ingest.forms.explanations import bind
from ingest.parsed import ParsedSubmission
from ingest.problems import Reading, reading_problem

Judge = Callable[[Campaign, ParsedSubmission], Sequence[Outcome]]

MOST_FORMS_IN_A_FILE = 400
_FINEST = Decimal("0.0001")  # the raw zone keeps four decimals: a yuan of an amount in 万元
_TOO_LARGE = Decimal(10) ** 14 - _FINEST
_LEDGER = Context(prec=18, traps=[InvalidOperation])
_LONGEST_REASON = 400


@dataclass(frozen=True, slots=True)
class Judged:
    """A submission with its verdict; `outcomes` are reading problems and rules, in that order."""

    parsed: ParsedSubmission
    outcomes: tuple[Outcome, ...]
    verdict: Verdict

    @property
    def reasons(self) -> tuple[Outcome, ...]:
        """What the clerk is told: everything that failed, what made the verdict first."""
        failed = [outcome for outcome in self.outcomes if outcome.outcome is OutcomeKind.FAIL]
        return tuple(sorted(failed, key=lambda outcome: outcome.rule_class is not RuleClass.MANDATORY))


class RulesFailedError(Exception):
    """The judge raised: a fault of a rule or of our code, not of the file."""


def judge_parsed(campaign: Campaign, parsed: ParsedSubmission, judge: Judge) -> Judged:
    """Decide about one submission.

    Raises:
        RulesFailedError: the judge raised; it carries the name of that error.
    """
    parsed = _keep_figures_in_range(parsed)
    if parsed.explanations and parsed.form_id:
        parsed = replace(parsed, explanations=bind(parsed.explanations, campaign.form(parsed.form_id), parsed.cells))
    outcomes = parsed.problems
    if parsed.quarantined or parsed.form_id is None or parsed.unit_id is None or parsed.period is None:
        return Judged(parsed, outcomes, Verdict.QUARANTINED)
    try:
        outcomes = (*outcomes, *judge(campaign, parsed))
    except Exception as error:
        raise RulesFailedError(type(error).__name__) from error
    return Judged(parsed, outcomes, Verdict.RETURNED if any(map(breaks_mandatory, outcomes)) else Verdict.ACCEPTED)


def refuse_repeated_forms(judged: Sequence[Judged], file_name: str) -> list[Judged]:
    """Refuse forms of the same unit and period in one file: nobody can say which one counts."""
    if len(judged) > MOST_FORMS_IN_A_FILE:
        problem = reading_problem(Reading.TOO_MANY_FORMS, file=file_name, count=len(judged), most=MOST_FORMS_IN_A_FILE)
        first = judged[0].parsed
        unread = replace(first, form_id=None, unit_id=None, period=None, cells=(), quarantined=True)
        return [Judged(unread, (problem,), Verdict.QUARANTINED)]
    sheets: dict[tuple[str | None, ...], list[str]] = {}
    for one in judged:
        sheets.setdefault(_what_for(one), []).append(one.parsed.sheet_name)
    return [_refused_if_repeated(one, sheets[_what_for(one)], file_name) for one in judged]


def breaks_mandatory(outcome: Outcome) -> bool:
    return outcome.outcome is OutcomeKind.FAIL and outcome.rule_class is RuleClass.MANDATORY


def status_reasons(judged: Judged) -> tuple[str | None, str | None, str | None]:
    """Code, Chinese and English sentence of what made the verdict; nothing when accepted."""
    broken = [outcome for outcome in judged.reasons if breaks_mandatory(outcome)]
    if judged.verdict is Verdict.ACCEPTED or not broken:
        return None, None, None
    return (
        broken[0].rule_code,
        _joined((outcome.message for outcome in broken), ""),
        _joined((outcome.message_en for outcome in broken), " "),
    )


def _joined(sentences: Iterable[str], between: str) -> str:
    text = between.join(dict.fromkeys(sentences))
    return text if len(text) <= _LONGEST_REASON else f"{text[: _LONGEST_REASON - 1]}…"


def _what_for(judged: Judged) -> tuple[str | None, ...]:
    parsed = judged.parsed
    return parsed.form_id, parsed.unit_id, parsed.period, parsed.card_key


def _refused_if_repeated(judged: Judged, sheets: list[str], file_name: str) -> Judged:
    if len(sheets) == 1 or judged.verdict is Verdict.QUARANTINED or None in _what_for(judged):
        return judged
    other = next((sheet for sheet in sheets if sheet != judged.parsed.sheet_name), sheets[0])
    problem = reading_problem(Reading.FORM_TWICE, file=file_name, sheet=judged.parsed.sheet_name, other=other)
    return Judged(judged.parsed, (problem, *judged.outcomes), Verdict.QUARANTINED)


def _keep_figures_in_range(parsed: ParsedSubmission) -> ParsedSubmission:
    """Make sure that every figure fits the ledger's column: one that does not must cost its form, not the batch."""
    if all([cell.value is None or _fits(cell.value) for cell in parsed.cells]):
        return parsed
    problems: list[Outcome] = []
    cells = tuple(_in_range(cell, problems) for cell in parsed.cells)
    return replace(parsed, cells=cells, problems=(*parsed.problems, *problems))


def _fits(value: Decimal) -> bool:
    """Whether the ledger's column holds exactly this number."""
    return value.is_finite() and _is_held(value)


@lru_cache(maxsize=4096)  # most figures are small counts
def _is_held(value: Decimal) -> bool:
    try:
        return value.quantize(_FINEST, context=_LEDGER) == value
    except InvalidOperation:  # more digits than the column has
        return False


def _in_range(cell: Cell, problems: list[Outcome]) -> Cell:
    if cell.value is None or _fits(cell.value):
        return cell
    where = {"at": cell.address, "item_code": cell.item_code, "part": cell.part}
    if not cell.value.is_finite() or abs(cell.value) >= _TOO_LARGE:
        problems.append(reading_problem(Reading.FIGURE_OUT_OF_RANGE, **where, found=cell.raw_text))
        return cell._replace(value=None, state=ValueState.UNREADABLE)
    kept = cell.value.quantize(_FINEST)
    if kept != cell.value:
        problems.append(reading_problem(Reading.FIGURE_ROUNDED, **where, found=cell.raw_text, kept=kept.normalize()))
    return cell._replace(value=kept)
