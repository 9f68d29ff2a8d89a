"""What was restated in stock and flow of the hazard ledger between two nights: the hazards that came in and went out.

Belongs here: the figures of all units and of each, for periods that both nights publish, and their causes. Does not
belong here: other cuts, which follow from the rows of their hazards; what a figure counts (tracing/stock_trace.py), how
two nights are compared (stock_changes.py), which rows changed (row_restatement.py), what happened (evidence.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from orchestration.restating.evidence import Evidence, evidence_between
from orchestration.restating.restated_row import RestatedRow, RowCause
from orchestration.restating.stock_changes import (
    changed_figures,
    changed_hazards,
    held_figures,
    last_lines,
    list_period,
    published_by_both,
)
from orchestration.tracing.stock_trace import STOCK_FIGURES

if TYPE_CHECKING:
    from orchestration.restating.compared_nights import ComparedNights


@dataclass(frozen=True, slots=True)
class StockHazard:
    """One hazard that is counted more or less often than it was, by `effect`."""

    hazard_id: str
    hazard_number: str | None
    enterprise: str | None
    unit_id: str
    unit_name: str | None
    effect: int
    causes: tuple[RowCause, ...]


@dataclass(frozen=True, slots=True)
class RestatedStock:
    """A figure that changed, of one unit or (`unit_id` null) of all together."""

    form_id: str
    period: str
    unit_id: str | None
    unit_name: str | None
    figure: str  # a name of STOCK_FIGURES
    value_before: int
    value_after: int
    hazards: tuple[StockHazard, ...]

    @property
    def agrees(self) -> bool:
        """The hazards make the change, and each has a cause."""
        effect = sum(hazard.effect for hazard in self.hazards)
        return effect == self.value_after - self.value_before and all(hazard.causes for hazard in self.hazards)


_BEARING: Final = {  # events that move a figure; of the others, all of them
    "found": ("found",),
    "rectified": ("rectified", "closed"),
    "closed": ("closed",),
    "reopened": ("reopened",),
}
_ALL_BEARING: Final = ("found", "rectified", "closed", "reopened")


def restated_stocks(nights: ComparedNights, campaign_id: str, rows: Iterable[RestatedRow]) -> tuple[RestatedStock, ...]:
    """The stocks and flows that changed; those that an earlier release did not publish are left out.

    Args:
        nights: the two.
        campaign_id: whose ledger.
        rows: the rows of lists that changed between the nights: those of a hazard say why it counts otherwise.
    """
    with nights.connect() as connection:
        names = held_figures(connection)
        if not names:
            return ()
        periods = published_by_both(nights, connection, campaign_id)
        figures = [row for row in changed_figures(connection, campaign_id, names) if list_period(row) in periods]
        if not figures:
            return ()
        hazards = [row for row in changed_hazards(connection, campaign_id, names) if list_period(row) in periods]
        lines = last_lines(connection, campaign_id, {row["hazard_id"] for row in hazards})
        evidence = evidence_between(nights, connection, campaign_id)
    explained = _Explained(evidence, lines, periods, _rows_of_hazards(rows))
    changed: dict[tuple[str, ...], list[StockHazard]] = defaultdict(list)
    for row in hazards:
        told = explained.hazard(row)
        for unit_id in ("", row["unit_id"]):
            changed[row["form_id"], row["period"], unit_id, row["figure"]].append(told)
    order = list(STOCK_FIGURES)
    figures.sort(key=lambda row: (row["form_id"], row["period"], order.index(row["figure"]), row["unit_id"]))
    return tuple(
        RestatedStock(
            **row | {"unit_id": row["unit_id"] or None},
            unit_name=explained.evidence.unit_name(row["unit_id"]),
            hazards=tuple(changed[row["form_id"], row["period"], row["unit_id"], row["figure"]]),
        )
        for row in figures
    )


@dataclass(frozen=True, slots=True)
class _Explained:
    """Why hazards count otherwise."""

    evidence: Evidence
    lines: Mapping[str, Mapping[str, Any]]  # by hazard: its last line at both nights
    periods: Mapping[tuple[str, str], Mapping[str, Any]]
    rows: Mapping[str, Sequence[RestatedRow]]  # by hazard: what changed of it, itself last

    def hazard(self, row: Mapping[str, Any]) -> StockHazard:
        line = self.lines[row["hazard_id"]]
        return StockHazard(
            hazard_id=row["hazard_id"],
            hazard_number=line["hazard_number"],
            enterprise=line["enterprise"],
            unit_id=row["unit_id"],
            unit_name=self.evidence.unit_name(row["unit_id"]),
            effect=row["effect"],
            causes=tuple(dict.fromkeys(self._causes(row, line))),
        )

    def _causes(self, row: Mapping[str, Any], line: Mapping[str, Any]) -> Iterator[RowCause]:
        """Those of the events that changed and bear on the figure; else of its row; else what its last line tells."""
        told = self.rows.get(row["hazard_id"], ())
        period = self.periods[list_period(row)]
        until = period["previous_cutoff_on" if row["figure"] == "opening" else "cutoff_on"] or period["cutoff_on"]
        bearing = _BEARING.get(row["figure"], _ALL_BEARING)
        of_events = [one for one in told if one.fact == "hazard_event" and _bears(one, bearing, until)]
        of_hazard = [one for one in told if one.fact == "hazard"]
        causes = [cause for one in of_events or of_hazard for cause in one.causes]
        yield from causes or self.evidence.causes({**row, **line}, row["hazard_id"])


def _bears(row: RestatedRow, events: Sequence[str], until: date) -> bool:
    """Whether the event is of these, and was or is dated by then; one whose day stays may be signed otherwise."""
    days = [day for word in row.words if word.name == "event_on" for day in (word.before, word.after)]
    return row.row_id.split("/")[-2] in events and (not days or any(isinstance(d, date) and d <= until for d in days))


def _rows_of_hazards(rows: Iterable[RestatedRow]) -> Mapping[str, Sequence[RestatedRow]]:
    told: dict[str, list[RestatedRow]] = defaultdict(list)
    for row in rows:
        if row.fact == "hazard":
            told[row.row_id].append(row)
        elif row.fact == "hazard_event":
            told[row.row_id.rsplit("/", 2)[0]].append(row)
    return told
