"""Rows of lists that changed between two nights, each with what was received or decided since and speaks of it.

Belongs here: comparing the rows of two nights. Does not belong here: which rows are compared (row_facts.py), what
happened between the nights and is the cause (evidence.py), which changes are corrections (row_natures.py), the records
(restated_row.py), counts and figures (ledger_restatement.py, stock_restatement.py, figure_restatement.py).

A change without any cause is an error of ours, and the answer does not agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from orchestration.restating.believed_days import BelievedDay, believed_days
from orchestration.restating.evidence import Evidence, evidence_between
from orchestration.restating.restated_row import ChangedWord, RestatedRow
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


def restated_rows(nights: ComparedNights, campaign_id: str) -> tuple[RestatedRow, ...]:
    """The rows that changed between two nights, corrections first; a fact that one does not hold is left out."""
    asked = {"campaign": campaign_id}
    held = [fact for fact in ROW_FACTS if nights.before.holds(fact.table) and nights.after.holds(fact.table)]
    with nights.connect() as connection:
        changed = [(fact, row) for fact in held for row in _changed(connection, fact, asked)]
        if not changed:
            return ()
        evidence = evidence_between(nights, connection, campaign_id)
        days = believed_days(connection, campaign_id, changed) if nights.after.holds("fct_hazard_events") else {}
        told = told_until(connection, campaign_id, nights.before.as_of)
    cells = cells_of_words(nights.home, changed)
    natures = natures_of(changed, [_period(fact, row, evidence) for fact, row in changed], told)
    rows = (
        _row(fact, row, nature, evidence, tuple(_words(row, cells, days)))
        for (fact, row), nature in zip(changed, natures, strict=True)
    )
    return tuple(sorted(rows, key=lambda row: ORDER.index(row.nature)))


def _changed(connection: duckdb.DuckDBPyConnection, fact: RowFact, asked: Mapping[str, Any]) -> list[dict[str, Any]]:
    before, after = (fact.query.format(night=night) for night in ("earlier", "later"))
    return rows_of(connection, _COMPARED.format(before=before, after=after), asked)


def _hazard_id(fact: RowFact, row: Mapping[str, Any]) -> str | None:
    return {"hazard": row["row_id"], "hazard_event": row["parent"]}.get(fact.name)


def _period(fact: RowFact, row: Mapping[str, Any], evidence: Evidence) -> str | None:
    """That the row, or the file that says so, is of; a hazard taken apart from another is no list's news."""
    hazard_id = _hazard_id(fact, row)
    if row["change"] == "added" and evidence.is_taken_apart(row, hazard_id):
        return None
    return row["period"] or evidence.file_of(row, hazard_id).get("period")


def _row(
    fact: RowFact, row: Mapping[str, Any], nature: Nature, evidence: Evidence, words: tuple[ChangedWord, ...]
) -> RestatedRow:
    taken = {name: row[name] for name in RestatedRow.__slots__ if name in row}
    return RestatedRow(
        **taken,
        fact=fact.name,
        nature=nature,
        unit_name=evidence.unit_name(row["unit_id"]),
        words=words,
        causes=tuple(evidence.causes(row, _hazard_id(fact, row))),
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
