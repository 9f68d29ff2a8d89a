"""Rows of lists that changed between two nights, each with what was received or decided since and speaks of it.

Belongs here: comparing the rows of two nights, and the causes of every change. Does not belong here: which rows are
compared (row_facts.py), which changes are corrections (row_natures.py), the records (restated_row.py), counts and
figures (ledger_restatement.py, figure_restatement.py).

A cause is evidence, never a guess: a file of the unit that came since, a decision, a roster or campaign data that are
not what they were. A change without any is an error of ours, and the answer does not agree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from orchestration.restating.believed_days import BelievedDay, believed_days
from orchestration.restating.ledger_restatement import decided_since
from orchestration.restating.restated_row import ChangedWord, RestatedRow, RowCause
from orchestration.restating.row_facts import ROW_FACTS, RowFact
from orchestration.restating.row_natures import ORDER, Nature, natures_of, told_until
from orchestration.restating.word_cells import cells_of_words
from orchestration.snapshot import rows_of
from orchestration.tracing.named_rows import Line

if TYPE_CHECKING:
    import duckdb

    from orchestration.restating.compared_nights import ComparedNights


_COMPARED = """
    with before as ({before}),

    after as ({after}),

    parents as (select parent from before intersect select parent from after)

    select form_id, unit_id, nullif(period, '') as period, row_id,
        coalesce(after.row_name, before.row_name) as row_name,
        case when before.said is null then 'added' when after.said is null then 'gone' else 'changed' end as change,
        coalesce(after.parent, before.parent) as parent, before.said as said_before, after.said as said_after,
        before.submission_id as submission_before, after.submission_id as submission_after, after.source_cell
    from before
    full join after using (form_id, unit_id, period, row_id)
    where before.said is distinct from after.said
        and (period = '' or (form_id, period) in (select (form_id, period) from before))
        and (coalesce(after.parent, before.parent) in (select parent from parents)
            or coalesce(after.parent, before.parent) = '')
    order by form_id, period, unit_id, row_name, row_id
"""

# What came since, or counts otherwise than it did; the last of a unit's form speaks where none is named.
_SENT = """
    select later.submission_id, later.form_id, later.unit_id, later.period, later.file_name, later.file_sha256,
        later.received_at
    from later.marts.fct_submissions as later
    left join earlier.marts.fct_submissions as earlier using (campaign_id, submission_id)
    where campaign_id = $campaign and later.status is distinct from earlier.status
    order by later.received_at, later.submission_id
"""

# A unit that was renamed or moved has a row for each span: all of them are compared.
_UNITS = """
    with spans as (
        select unit_id, is_later, max_by(unit_name, valid_from) as unit_name,
            array_agg((unit_name, reporting_scope, valid_from, valid_to) order by valid_from) as spans
        from (
            select false as is_later, campaign_id, unit_id, unit_name, reporting_scope, valid_from, valid_to
            from earlier.marts.dim_units
            union all
            select true, campaign_id, unit_id, unit_name, reporting_scope, valid_from, valid_to
            from later.marts.dim_units
        )
        where campaign_id = $campaign
        group by unit_id, is_later
    )

    select unit_id, max_by(unit_name, is_later) as unit_name,
        count(*) = 1 or count(distinct spans) > 1 as is_moved
    from spans
    group by unit_id
"""

_REDEFINED = """
    select count(distinct loaded_at) > 1 as is_redefined
    from (select campaign_id, loaded_at from earlier.marts.dim_campaigns
          union all select campaign_id, loaded_at from later.marts.dim_campaigns)
    where campaign_id = $campaign
"""


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What happened between the nights."""

    sent: Mapping[str, Mapping[str, Any]]  # by submission
    last_sent: Mapping[tuple[str, str], Mapping[str, Any]]  # by form and unit
    units: Mapping[str, Mapping[str, Any]]
    decided: Mapping[str, Mapping[str, Any]]  # by unit
    is_redefined: bool


def restated_rows(nights: ComparedNights, campaign_id: str) -> tuple[RestatedRow, ...]:
    """The rows that changed between two nights, corrections first; a fact that one does not hold is left out."""
    asked = {"campaign": campaign_id}
    held = [fact for fact in ROW_FACTS if nights.before.holds(fact.table) and nights.after.holds(fact.table)]
    with nights.connect() as connection:
        changed = [(fact, row) for fact in held for row in _changed(connection, fact, asked)]
        if not changed:
            return ()
        evidence = _evidence(nights, connection, asked)
        days = believed_days(connection, campaign_id, changed) if nights.after.holds("fct_hazard_events") else {}
        told = told_until(connection, campaign_id, nights.before.as_of)
    cells = cells_of_words(nights.home, changed)
    natures = natures_of(changed, [row["period"] or _file(row, evidence).get("period") for _, row in changed], told)
    rows = (
        _row(fact, row, nature, evidence, tuple(_words(row, cells, days)))
        for (fact, row), nature in zip(changed, natures, strict=True)
    )
    return tuple(sorted(rows, key=lambda row: ORDER.index(row.nature)))


def _changed(connection: duckdb.DuckDBPyConnection, fact: RowFact, asked: Mapping[str, Any]) -> list[dict[str, Any]]:
    before, after = (fact.query.format(night=night) for night in ("earlier", "later"))
    return rows_of(connection, _COMPARED.format(before=before, after=after), asked)


def _evidence(nights: ComparedNights, connection: duckdb.DuckDBPyConnection, asked: Mapping[str, Any]) -> _Evidence:
    sent = rows_of(connection, _SENT, asked)
    last_sent: dict[tuple[str, str], Mapping[str, Any]] = defaultdict(dict)
    for one in sent:
        last_sent[one["form_id"], one["unit_id"]] = one
    (campaign,) = rows_of(connection, _REDEFINED, asked)
    return _Evidence(
        sent={one["submission_id"]: one for one in sent},
        last_sent=last_sent,
        units={one["unit_id"]: one for one in rows_of(connection, _UNITS, asked)},
        decided=decided_since(nights, connection, asked["campaign"]),
        is_redefined=campaign["is_redefined"],
    )


def _file(row: Mapping[str, Any], evidence: _Evidence) -> Mapping[str, Any]:
    """What came since and speaks of the row, or no longer does; nothing where none did."""
    named = evidence.sent.get(row["submission_after"] or "")
    return named or evidence.last_sent.get((row["form_id"], row["unit_id"]), {})


def _row(
    fact: RowFact, row: Mapping[str, Any], nature: Nature, evidence: _Evidence, words: tuple[ChangedWord, ...]
) -> RestatedRow:
    taken = {name: row[name] for name in RestatedRow.__slots__ if name in row}
    return RestatedRow(
        **taken,
        fact=fact.name,
        nature=nature,
        unit_name=evidence.units.get(row["unit_id"], {}).get("unit_name"),
        words=words,
        causes=tuple(_causes(fact, row, evidence)),
    )


def _words(
    row: Mapping[str, Any],
    cells: Mapping[Line, Mapping[str, str]],
    days: Mapping[tuple[str, str], BelievedDay],
) -> Iterator[ChangedWord]:
    before, after = row["said_before"] or {}, row["said_after"] or {}
    said_at = cells.get((row["submission_after"], row["source_cell"]), {})
    for name in dict.fromkeys((*before, *after)):
        said = before.get(name), after.get(name)
        if said[0] == said[1]:
            continue
        day = days.get((row["row_id"], name))
        if day is None:
            yield ChangedWord(name, *said, said_at.get(name))
        else:
            is_of_row = day.submission_id == row["submission_after"]
            yield ChangedWord(name, *said, day.source_cell, None if is_of_row else day.file_name)


def _causes(fact: RowFact, row: Mapping[str, Any], evidence: _Evidence) -> Iterator[RowCause]:
    unit_id, file = row["unit_id"], _file(row, evidence)
    if file:
        is_named = file["submission_id"] == row["submission_after"]
        is_first = row["submission_before"] is None and is_named
        where = {name: file[name] for name in ("file_name", "file_sha256", "received_at", "period")}
        kind = "new_file" if is_first else "newer_version"
        yield RowCause(kind, **where, source_cell=row["source_cell"] if is_named else None)
    if fact.name.startswith("hazard") and unit_id in evidence.decided:
        yield RowCause("decision", **evidence.decided[unit_id])
    if evidence.units.get(unit_id, {}).get("is_moved"):
        yield RowCause("roster")
    elif not file and evidence.is_redefined:
        yield RowCause("definition")
