"""Forms of the same unit and period in one file: copies, lists that go on on the next sheet, or a contradiction.

Belongs here: comparing what was read from one file. Does not belong here: versions received earlier (history.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from campaigns.vocabulary import Outcome
from ingest.parsed import ParsedSubmission
from ingest.problems import Reading, reading_problem

_EMPTY = frozenset({Reading.FORM_EMPTY, Reading.LIST_EMPTY, Reading.TEXT_EMPTY})


def without_twins(read: Sequence[ParsedSubmission], file_name: str) -> list[ParsedSubmission]:
    """Leave copies out and join lists that go on; quarantine what contradicts itself."""
    kept: list[ParsedSubmission] = []
    by_identity: dict[tuple[str | None, ...], int] = {}
    for submission in read:
        identity = (submission.form_id, submission.unit_id, submission.period, submission.card_key)
        if submission.quarantined or identity not in by_identity:
            if not submission.quarantined:
                by_identity[identity] = len(kept)
            kept.append(submission)
            continue
        place = by_identity[identity]
        first = kept[place]
        if _said(first) == _said(submission) or is_empty(submission):
            continue
        if is_empty(first):
            kept[place] = submission
        elif _goes_on(first, submission):
            kept[place] = _joined(first, submission)
        else:
            sheets = {"sheet": first.sheet_name, "other": submission.sheet_name}
            problem = reading_problem(Reading.FORM_TWICE, file=file_name, **sheets)
            kept[place] = _quarantined(first, problem)
            kept.append(_quarantined(submission, problem))
    return kept


def without_empty_copies(read: list[ParsedSubmission]) -> list[ParsedSubmission]:
    """Blank copies of the form beside filled ones (sheets for months to come) are no submissions."""
    filled = [submission for submission in read if not is_empty(submission)]
    return filled or read[:1]


def is_empty(submission: ParsedSubmission) -> bool:
    """Whether a form was found but nothing was filled in."""
    return any(problem.rule_code in _EMPTY for problem in submission.problems)


def _said(submission: ParsedSubmission) -> list[tuple[object, ...]]:
    """What a form says, wherever it stands: figures, cells of lists, texts."""
    said: list[tuple[object, ...]] = [(c.item_code, c.part, c.state, c.value) for c in submission.cells]
    said += [(c.row_key, c.column_id, c.position, c.state, c.text, c.number, c.day) for c in submission.list_cells]
    return said + [(passage.part_id, passage.text) for passage in submission.passages]


def _goes_on(first: ParsedSubmission, second: ParsedSubmission) -> bool:
    """Whether two lists are parts of one: registers are kept with a sheet for each place, no row on both."""
    keys, more = ({cell.row_key for cell in one.list_cells} for one in (first, second))
    return bool(keys and more) and not keys & more


def _joined(first: ParsedSubmission, second: ParsedSubmission) -> ParsedSubmission:
    rows = max(cell.row_number for cell in first.list_cells)
    more = (cell._replace(row_number=cell.row_number + rows) for cell in second.list_cells)
    return replace(
        first,
        list_cells=(*first.list_cells, *more),
        problems=tuple(dict.fromkeys((*first.problems, *second.problems))),
    )


def _quarantined(submission: ParsedSubmission, problem: Outcome) -> ParsedSubmission:
    return replace(submission, quarantined=True, problems=(problem, *submission.problems))
