"""Which criterion (判定标准) a name means on which day, and whether it was in force then.

Belongs here: the key by which a written criterion is compared, the checks of criteria.csv, its rows for the raw zone.
Does not belong here: the fields of a row (ledger_model.py), what hazards say (the ingest package), what is asked of
them (SQL: int_hazards__misjudged).

A written criterion is matched by name, alias or number alone, never by likeness. One name may stand for several
editions as long as no two of them were in force on the same day.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from campaigns.consistency import refuse
from campaigns.strict import as_compared

if TYPE_CHECKING:
    from campaigns.ledger_model import Criterion

_ARTICLE = re.compile(r"第[一二三四五六七八九十百〇零\d.]+条[^《》]*$")  # says where in a document, not which document
_EVER = date(1900, 1, 1)  # before any day a list can hold


def criterion_key(text: str) -> str:
    """A name of a criterion in the form in which it is compared: 《某标准》第三条第（二）项 is 某标准."""
    folded = unicodedata.normalize("NFKC", text)
    return as_compared(_ARTICLE.sub("", folded)) or as_compared(folded)


def check_criteria(criteria: Sequence[Criterion]) -> None:
    """Every criterion ends after it begins, its successor follows it, and a name means one of them on any day."""
    by_id = {criterion.criterion_id: criterion for criterion in criteria}
    owners: dict[str, list[Criterion]] = {}
    for index, criterion in enumerate(criteria):
        at = ("criteria", index)
        until = criterion.in_force_until
        if until is not None and until <= criterion.in_force_from:
            refuse(f"in_force_until: {until} is not after in_force_from {criterion.in_force_from}", at)
        if criterion.superseded_by is not None:
            _check_successor(criterion, by_id.get(criterion.superseded_by), at)
        for key in _keys_of(criterion):
            for other in owners.setdefault(key, []):
                later = max(criterion, other, key=lambda one: one.in_force_from)
                if criterion.in_force_on(later.in_force_from) and other.in_force_on(later.in_force_from):
                    refuse(
                        f"name, number or aliases: {key!r} means {other.criterion_id!r} on {later.in_force_from}, too",
                        at,
                    )
            owners[key].append(criterion)


def criterion_rows(criteria: Sequence[Criterion]) -> list[dict[str, Any]]:
    """Rows of the raw table `criteria`, in the order of the file."""
    return [
        {**entry.model_dump(), "aliases": "、".join(entry.aliases) or None, "position": position}
        for position, entry in enumerate(criteria, 1)
    ]


def criterion_span_rows(criteria: Sequence[Criterion]) -> list[dict[str, Any]]:
    """Rows of the raw table `criterion_spans`: for each name and every day, one criterion and whether it was in force.

    A day before the first edition belongs to the first; a day after one that ended, until the next begins, to that one.
    """
    named: dict[str, list[Criterion]] = {}
    for criterion in criteria:
        for key in _keys_of(criterion):
            named.setdefault(key, []).append(criterion)
    return [
        {"name_key": key, "criterion_id": criterion_id, "state": state, "from_on": from_on, "until_on": until_on}
        for key, editions in sorted(named.items())
        for criterion_id, state, from_on, until_on in _spans(sorted(editions, key=lambda one: one.in_force_from))
    ]


def _spans(editions: Sequence[Criterion]) -> Iterator[tuple[str, str, date, date | None]]:
    first = editions[0]
    yield first.criterion_id, "not_yet", _EVER, first.in_force_from
    for criterion, following in zip(editions, [*editions[1:], None], strict=True):
        yield criterion.criterion_id, "in_force", criterion.in_force_from, criterion.in_force_until
        begins = following.in_force_from if following else None
        if criterion.in_force_until is not None and criterion.in_force_until != begins:
            yield criterion.criterion_id, "no_longer", criterion.in_force_until, begins


def _keys_of(criterion: Criterion) -> list[str]:
    """Every way to write it: each name alone and with the number behind it, and the number alone."""
    names = (criterion.name, *criterion.aliases)
    with_number = [f"{name}{criterion.number}" for name in names] if criterion.number else []
    alone = [criterion.number] if criterion.number else []
    return list(dict.fromkeys(criterion_key(text) for text in (*names, *with_number, *alone)))


def _check_successor(criterion: Criterion, successor: Criterion | None, at: tuple[str | int, ...]) -> None:
    if successor is None:
        refuse(f"superseded_by: {criterion.superseded_by!r} is no criterion_id of this file", at)
    if criterion.in_force_until is None:
        refuse("in_force_until: a criterion that is superseded has a day on which it no longer holds", at)
    if not criterion.in_force_from < successor.in_force_from <= criterion.in_force_until:
        refuse(
            f"superseded_by: {successor.criterion_id!r} begins on {successor.in_force_from}, not after this one"
            f" and by the day it ends ({criterion.in_force_until})",
            at,
        )
    if successor.sector != criterion.sector:
        refuse(f"superseded_by: {successor.criterion_id!r} is of another sector ({successor.sector})", at)
