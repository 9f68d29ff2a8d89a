"""Which cell of which list a hazard's day is believed from: the last list that names it, not always the last list.

Belongs here: the days that are events of the ledger, with the file of their cell. Does not belong here: words that only
the last line says (word_cells.py), what the ledger believes (the model int_hazards__events).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from orchestration.snapshot import rows_of

if TYPE_CHECKING:
    import duckdb

    from orchestration.restating.row_facts import RowFact


@dataclass(frozen=True, slots=True)
class BelievedDay:
    submission_id: str
    source_cell: str | None
    file_name: str | None


# `words` are pairs of a fact's word and the event it is the day of.
_DAYS = """
    select asked.row_id, words.word, events.submission_id, events.source_cell, sent.file_name
    from later.marts.fct_hazard_events as events
    inner join (select unnest($hazards) as row_id) as asked on events.hazard_id = asked.row_id
    inner join (select unnest($words) as word, unnest($events) as event) as words on events.event = words.event
    left join later.marts.fct_submissions as sent using (campaign_id, submission_id)
    where events.campaign_id = $campaign
    order by events.event_on -- of several, such as listings at two levels, the last one
"""


def believed_days(
    connection: duckdb.DuckDBPyConnection, campaign_id: str, changed: Sequence[tuple[RowFact, Mapping[str, Any]]]
) -> dict[tuple[str, str], BelievedDay]:
    """By hazard and word: where the catalog `later` takes the day from."""
    hazards = [row["row_id"] for fact, row in changed if fact.events]
    words = dict(pair for fact, _ in changed for pair in fact.events.items())
    if not hazards:
        return {}
    asked = {"campaign": campaign_id, "hazards": hazards, "words": list(words), "events": list(words.values())}
    return {(row.pop("row_id"), row.pop("word")): BelievedDay(**row) for row in rows_of(connection, _DAYS, asked)}
