"""What happened between two nights that can have changed a row: files, decisions, another roster, other campaign data.

Belongs here: finding it, and which of it speaks of a row. Does not belong here: which rows changed
(row_restatement.py), the records (restated_row.py), who decided what on a pair (decided_pairs.py).

A cause is evidence, never a guess.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from orchestration.restating.decided_pairs import Decided, DecidedPair, decided_between
from orchestration.restating.restated_row import RowCause
from orchestration.snapshot import rows_of

if TYPE_CHECKING:
    import duckdb

    from orchestration.restating.compared_nights import ComparedNights

# What came since, or counts otherwise than it did; the last of a unit's form speaks where none is named.
_SENT = """
    select later.submission_id, later.form_id, later.unit_id, later.period, later.file_name, later.file_sha256,
        later.received_at,
        coalesce((later.form_id, later.unit_id, later.period) in (
            select (form_id, unit_id, period) from earlier.marts.fct_submissions where campaign_id = $campaign
        ), false) as is_resent
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
class Evidence:
    """What happened between the nights; a row asked about has `form_id`, `unit_id` and its submissions at both."""

    sent: Mapping[str, Mapping[str, Any]]  # by submission
    last_sent: Mapping[tuple[str, str], Mapping[str, Any]]  # by form and unit
    units: Mapping[str, Mapping[str, Any]]
    decided: Decided
    is_redefined: bool

    def file_of(self, row: Mapping[str, Any], hazard_id: str | None) -> Mapping[str, Any]:
        """What came since and speaks of the row, or no longer does; nothing where none did, or a decision says more."""
        named = self.sent.get(row["submission_after"] or "")
        if named or self._naming(row, hazard_id):
            return named or {}
        return self.last_sent.get((row["form_id"], row["unit_id"]), {})

    def is_taken_apart(self, row: Mapping[str, Any], hazard_id: str | None) -> bool:
        """Whether the hazard is of a pair that had been one."""
        return any(pair.separates for pair in self._naming(row, hazard_id))

    def has_sent(self, unit_id: str) -> bool:
        return any(sent["unit_id"] == unit_id for sent in self.sent.values())

    def _naming(self, row: Mapping[str, Any], hazard_id: str | None) -> list[DecidedPair]:
        return self.decided.naming(row["unit_id"], hazard_id) if hazard_id else []

    def unit_name(self, unit_id: str) -> str | None:
        return self.units.get(unit_id, {}).get("unit_name")

    def causes(self, row: Mapping[str, Any], hazard_id: str | None = None) -> Iterator[RowCause]:
        """Why the row changed; hazards, which are decided about, by their id.

        A decision on another pair of the unit is one where no file and no decision names the hazard: a pair knows it by
        the words of then.
        """
        unit_id, file = row["unit_id"], self.file_of(row, hazard_id)
        pairs: Sequence[DecidedPair] = self._naming(row, hazard_id)
        if file:
            is_named = file["submission_id"] == row["submission_after"]
            is_first = row["submission_before"] is None and is_named and not self.is_taken_apart(row, hazard_id)
            where = {name: file[name] for name in ("file_name", "file_sha256", "received_at", "period")}
            kind = "new_file" if is_first else "newer_version" if file["is_resent"] else "later_list"
            yield RowCause(kind, **where, source_cell=row["source_cell"] if is_named else None)
        elif hazard_id:
            pairs = pairs or self.decided.pairs.get(unit_id, ())
        for pair in pairs:
            yield RowCause(**pair.told())
        if self.units.get(unit_id, {}).get("is_moved"):
            yield RowCause("roster")
        elif not file and not pairs and self.is_redefined:
            yield RowCause("definition")


def evidence_between(nights: ComparedNights, connection: duckdb.DuckDBPyConnection, campaign_id: str) -> Evidence:
    """What the catalogs `earlier` and `later` know apart."""
    asked = {"campaign": campaign_id}
    sent = rows_of(connection, _SENT, asked)
    last_sent: dict[tuple[str, str], Mapping[str, Any]] = defaultdict(dict)
    for one in sent:
        last_sent[one["form_id"], one["unit_id"]] = one
    (campaign,) = rows_of(connection, _REDEFINED, asked)
    return Evidence(
        sent={one["submission_id"]: one for one in sent},
        last_sent=last_sent,
        units={one["unit_id"]: one for one in rows_of(connection, _UNITS, asked)},
        decided=decided_between(nights, connection, campaign_id),
        is_redefined=campaign["is_redefined"],
    )
