"""A stock or flow of the hazard ledger, such as what was open at a cut-off: every hazard in it, with its cells.

Belongs here: the answer for one figure of one period, added up once more from its hazards. Does not belong here: what
is in stock (the model fct_hazard_months), which hazards are meant (stock_cuts.py), figures of forms (trace.py), the
life of one hazard (hazard_trace.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from campaigns.model import Campaign
from orchestration.errors import PlainError
from orchestration.home import Home
from orchestration.snapshot import MartSnapshot, latest_units
from orchestration.tracing.hazard_deadlines import TracedDeadline, deadlines_of
from orchestration.tracing.hazard_trace import EVENTS, TracedEvent, traced_event
from orchestration.tracing.line_cells import cells_of_lines
from orchestration.tracing.named_rows import Line
from orchestration.tracing.stock_cuts import STOCK_CUTS, published_cut


@dataclass(frozen=True, slots=True)
class StockFigure:
    """`counted` is its column in fct_hazard_months; a flow counts the events of its own kind inside the period."""

    total: str
    counted: str
    flow: str = ""


STOCK_FIGURES: Final = {
    "opening": StockFigure("opening_count", "was_open"),
    "found": StockFigure("found_count", "found_count", "found"),
    "rectified": StockFigure("rectified_count", "rectified_count", "rectified"),
    "closed": StockFigure("closed_count", "closed_count", "closed"),
    "reopened": StockFigure("reopened_count", "reopened_count", "reopened"),
    "open": StockFigure("open_count", "is_open"),
    "overdue": StockFigure("overdue_count", "is_overdue"),
    "with_plan": StockFigure("open_with_plan_count", "is_open_with_plan"),
}


@dataclass(frozen=True, slots=True)
class StockRow:
    """One hazard in the figure; `events` are those counted, or of a stock the one that made it open."""

    hazard_id: str
    hazard_number: str | None
    unit_id: str
    unit_name: str | None
    enterprise: str | None
    hazard_text: str | None
    counted: int
    status: str  # at the cut-off
    found_on: date
    due_on: date | None  # in force at the cut-off
    events: tuple[TracedEvent, ...]
    file_name: str | None
    file_sha256: str | None
    archive_path: Path | None
    source_row: str
    cut_cell: str | None  # of a cut that a column of the list says: where it says so
    deadline: TracedDeadline | None  # that was in force at the cut-off, with its cell


@dataclass(frozen=True, slots=True)
class StockTrace:
    campaign_id: str
    form_id: str
    period: str
    figure: str
    cut: str  # all, unit, or as in fct_hazard_cuts
    cut_value: str
    cut_name: str
    previous_cutoff_on: date
    cutoff_on: date
    as_of: datetime | None
    value: int  # as published
    added_up: int
    hazards: tuple[StockRow, ...]

    @property
    def agrees(self) -> bool:
        """The hazards make the figure, and every one has the events that make it count; what is overdue was due."""
        has_events = all(len(row.events) == row.counted for row in self.hazards)
        was_due = all(row.deadline is None or row.deadline.due_on < self.cutoff_on for row in self.hazards)
        return self.value == self.added_up and has_events and (self.figure != "overdue" or was_due)


_MONTHS = f"""
    select months.*, months.is_open and hazards.plan_elements >= hazards.plan_elements_asked as is_open_with_plan,
        hazards.submission_id, hazards.hazard_number, hazards.enterprise, hazards.hazard_text, hazards.found_on,
        hazards.due_on, hazards.source_row, units.unit_name, sent.file_name, sent.file_sha256
    from fct_hazard_months as months
    inner join fct_hazards as hazards using (campaign_id, hazard_id)
    left join {latest_units()} as units on months.campaign_id = units.campaign_id and months.unit_id = units.unit_id
    left join fct_submissions as sent on hazards.submission_id = sent.submission_id
    where months.campaign_id = ? and months.form_id = ? and months.period = ?
        and coalesce({{value}}, 'unknown') = ?
    order by units.unit_position nulls last, months.unit_id, hazards.found_on, hazards.hazard_number nulls last,
        months.hazard_id
"""  # noqa: S608 - constants


def trace_stock(
    home: Home,
    snapshot: MartSnapshot,
    campaign: Campaign,
    period: str,
    item: str,
    *,
    form_id: str | None = None,
    unit_id: str | None = None,
    cut: str | None = None,
) -> StockTrace:
    """Follow a stock or flow back to its hazards and their cells; PlainError where nothing of the period is known.

    Args:
        home: where the files are kept.
        snapshot: the published marts.
        campaign: whose ledger.
        period: of the hazard list.
        item: a name of STOCK_FIGURES.
        form_id: which hazard list, where a campaign has several.
        unit_id: the hazards of one unit only.
        cut: the hazards of one value of a cut only, such as `sector=工贸`.
    """
    asked, figure = (campaign.campaign_id, _list_of(campaign, form_id), period), STOCK_FIGURES[item]
    total = published_cut(snapshot, asked, unit_id, cut)
    months = snapshot.rows(_MONTHS.format(value=STOCK_CUTS[total["cut"]].value), (*asked, total["cut_value"]))
    counted = [month for month in months if month[figure.counted]]
    return StockTrace(
        *asked,
        figure=item,
        cut=total["cut"],
        cut_value=total["cut_value"],
        cut_name=total["cut_name"],
        previous_cutoff_on=months[0]["previous_cutoff_on"],
        cutoff_on=months[0]["cutoff_on"],
        as_of=snapshot.as_of,
        value=total[figure.total],
        added_up=sum(int(month[figure.counted]) for month in counted),
        hazards=tuple(_rows(home, snapshot, figure, total["cut"], counted)),
    )


def _list_of(campaign: Campaign, form_id: str | None) -> str:
    lists = [form.form_id for form in campaign.forms if form.kind == "hazard_list"]
    if form_id in lists:
        return form_id
    if len(lists) == 1 and form_id is None:
        return lists[0]
    raise PlainError(f"请用 --form 指明隐患清单：{'、'.join(lists) or '本行动没有'}。 Name a hazard list with --form.")


def _events(
    snapshot: MartSnapshot, campaign_id: str, hazard_ids: Sequence[str]
) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """By hazard, in their order."""
    events: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for event in snapshot.rows(EVENTS, (campaign_id, hazard_ids)):
        events[event["hazard_id"]].append(event)
    return events


def _cut_cells(home: Home, cut: str, months: Sequence[Mapping[str, Any]]) -> Mapping[Line, str]:
    """Where the last line of each hazard says its value of the cut; nothing where no column says it."""
    column_id = STOCK_CUTS[cut].column_id
    if column_id is None:
        return {}
    cells = cells_of_lines(home, map(_line, months))
    return {line: columns[column_id] for line, columns in cells.items() if column_id in columns}


def _line(month: Mapping[str, Any]) -> Line:
    return month["submission_id"], month["source_row"]


def _rows(
    home: Home, snapshot: MartSnapshot, figure: StockFigure, cut: str, counted: Sequence[Mapping[str, Any]]
) -> Iterator[StockRow]:
    """The hazards counted, with what the marts and the raw zone say of them."""
    if not counted:
        return
    campaign_id, hazard_ids = counted[0]["campaign_id"], [month["hazard_id"] for month in counted]
    events, cells = _events(snapshot, campaign_id, hazard_ids), _cut_cells(home, cut, counted)
    deadlines = deadlines_of(home, snapshot, campaign_id, hazard_ids)
    for hazard_id, month in zip(hazard_ids, counted, strict=True):
        yield _row(home, figure, month, events[hazard_id], cells.get(_line(month)), deadlines.get(hazard_id, ()))


def _row(
    home: Home,
    figure: StockFigure,
    month: Mapping[str, Any],
    events: Sequence[Mapping[str, Any]],
    cut_cell: str | None,
    deadlines: Sequence[TracedDeadline],
) -> StockRow:
    deadline = next((one for one in deadlines if one.is_in_force_on(month["cutoff_on"])), None)
    taken = {name: month[name] for name in StockRow.__slots__ if name in month}
    taken["due_on"] = deadline.due_on if deadline else month["due_on"]
    return StockRow(
        **taken,
        counted=int(month[figure.counted]),
        events=tuple(traced_event(home, event) for event in _behind(figure, month, events)),
        archive_path=home.archived(month["file_sha256"]),
        cut_cell=cut_cell,
        deadline=deadline,
    )


def _behind(
    figure: StockFigure, month: Mapping[str, Any], events: Sequence[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """What is dated before the finding holds from the finding on: `from_on`, as in the model."""
    until = month["previous_cutoff_on"] if figure.counted == "was_open" else month["cutoff_on"]
    since = month["previous_cutoff_on"] if figure.flow else date.min
    inside = [event for event in events if event["from_on"] is not None and since < event["from_on"] <= until]
    if figure.flow:
        return [event for event in inside if _is_counted(figure.flow, event)]
    return [event for event in inside if event["event"] in ("found", "reopened") and event["stock_change"]][-1:]


def _is_counted(flow: str, event: Mapping[str, Any]) -> bool:
    """A hazard leaves the stock by its rectification, or by a closing without one; closed is what was signed for."""
    if flow == "rectified":
        return event["stock_change"] == -1
    return event["event"] == flow and (event["actor"] is not None if flow == "closed" else event["stock_change"] == 1)
