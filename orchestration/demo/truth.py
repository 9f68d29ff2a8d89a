"""What the city's tables must say, worked out from what was planned to be sent and nothing else.

Belongs here: figures, states, increments, totals, timeliness and versions as the generator knows them. Does not
belong here: any reader, rule or model of the product: the tests compare the marts with this.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from campaigns.model import Campaign, Form, Unit
from campaigns.vocabulary import Aggregation, IndicatorKind, ValueState, Verdict
from orchestration.demo.habits import Reading
from orchestration.demo.mailings import FilledForm, Mailing
from orchestration.demo.plan import demo_form, demo_months, mailings_of_the_city

if TYPE_CHECKING:
    from campaigns.calendar import DueDate

Place = tuple[str, str, str, str]  # unit_id, period, item code, part


@dataclass(frozen=True, slots=True)
class ExpectedTotal:
    """One total over a scope; for yes/no `value` is n and `of_units` m."""

    value: Decimal | None
    of_units: int | None
    month_value: Decimal | None
    units_expected: int
    units_received: int
    units_counted: int


@dataclass(frozen=True)
class ExpectedCity:
    """The tables as they must stand once everything that had arrived by `as_of` is in them."""

    as_of: datetime
    mailings: tuple[Mailing, ...]
    cells: Mapping[Place, Reading]
    month_values: Mapping[Place, Decimal | None]
    totals: Mapping[tuple[str, str, str, str], ExpectedTotal]  # period, scope, item code, part
    timeliness: Mapping[tuple[str, str], tuple[str, int | None]]  # unit_id, period → word, days late
    results: Mapping[str, int]  # files by result: accepted, returned, quarantined, duplicate
    submission_statuses: Mapping[str, int]  # accepted, superseded, returned, quarantined


def expected_city(
    campaign: Campaign, dates: Sequence[DueDate], seed: int, as_of: datetime | None = None
) -> ExpectedCity:
    """Work out the tables for the demo of `seed`, from what arrives by `as_of` (default: everything)."""
    mailings = mailings_of_the_city(campaign, dates, seed)
    moment = as_of or max(mailing.arrives for mailing in mailings)
    arrived = tuple(mailing for mailing in mailings if mailing.arrives <= moment)
    form = demo_form(campaign)
    months = [due for due in demo_months(dates) if due.cutoff_on <= moment.date()]
    accepted = _accepted(arrived)
    cells = dict(_cells(form, campaign.units, months, _current(accepted)))
    gains = _month_values(form, campaign.units, months, cells)
    return ExpectedCity(
        as_of=moment,
        mailings=arrived,
        cells=cells,
        month_values=gains,
        totals=dict(_totals(form, campaign.units, months, cells, gains)),
        timeliness=dict(_timeliness(campaign.units, months, accepted, moment)),
        results=_count([mailing.result for mailing in arrived], ("accepted", "returned", "quarantined", "duplicate")),
        submission_statuses=_statuses(arrived, accepted),
    )


Versions = dict[tuple[str, str], list[tuple[Mailing, FilledForm]]]


def _accepted(mailings: Sequence[Mailing]) -> Versions:
    versions: Versions = {}
    for mailing in mailings:
        for filled in mailing.forms:
            if filled.verdict is Verdict.ACCEPTED and not mailing.duplicate:
                versions.setdefault((filled.unit.unit_id, filled.period), []).append((mailing, filled))
    return versions


def _current(versions: Versions) -> dict[tuple[str, str], tuple[Mailing, FilledForm]]:
    """The newest fill date wins, then the newest arrival."""
    return {key: max(sent, key=lambda pair: (pair[1].filled_on, pair[0].arrives)) for key, sent in versions.items()}


def _cells(
    form: Form,
    units: Sequence[Unit],
    months: Sequence[DueDate],
    current: Mapping[tuple[str, str], tuple[Mailing, FilledForm]],
) -> Iterator[tuple[Place, Reading]]:
    nothing: Reading = (ValueState.NOT_RECEIVED, None)
    for unit in units:
        for due in months:
            sent = current.get((unit.unit_id, due.period))
            readings = sent[1].readings(form, sent[0].habit) if sent else {}
            for item in form.items:
                for part in item.parts:
                    figure = (item.code, part.part)
                    yield (unit.unit_id, due.period, *figure), readings.get(figure, nothing)


def _month_values(
    form: Form, units: Sequence[Unit], months: Sequence[DueDate], cells: Mapping[Place, Reading]
) -> dict[Place, Decimal | None]:
    """This month's cumulative figure less last month's; in the first month the figure itself."""
    gains: dict[Place, Decimal | None] = {}
    for unit in units:
        for item in form.items:
            for part in item.parts:
                before: Decimal | None = None if part.kind is IndicatorKind.STOCK else Decimal(0)
                for due in months:
                    place = (unit.unit_id, due.period, item.code, part.part)
                    now = cells[place][1]
                    known = now is not None and before is not None and part.kind is not IndicatorKind.YES_NO
                    gains[place] = now - before if known and now is not None and before is not None else None
                    before = now
    return gains


def _totals(
    form: Form,
    units: Sequence[Unit],
    months: Sequence[DueDate],
    cells: Mapping[Place, Reading],
    gains: Mapping[Place, Decimal | None],
) -> Iterator[tuple[tuple[str, str, str, str], ExpectedTotal]]:
    for due in months:
        for scope in ("territory", "city_level", "all"):
            inside = [unit.unit_id for unit in units if scope in ("all", unit.reporting_scope.value)]
            for item in form.items:
                for part in item.parts:
                    figure = (item.code, part.part)
                    readings = [cells[unit_id, due.period, *figure] for unit_id in inside]
                    steps = [gains[unit_id, due.period, *figure] for unit_id in inside]
                    yield (due.period, scope, *figure), _total(item.aggregation, readings, steps)


def _total(aggregation: Aggregation, readings: Sequence[Reading], steps: Sequence[Decimal | None]) -> ExpectedTotal:
    numbers = [number for _, number in readings if number is not None]
    gained = [step for step in steps if step is not None]
    yes_no = aggregation is Aggregation.N_OF_M
    total = Decimal(numbers.count(Decimal(1))) if yes_no else sum(numbers, Decimal(0)) if numbers else None
    return ExpectedTotal(
        value=total,
        of_units=len(numbers) if yes_no else None,
        month_value=sum(gained, Decimal(0)) if gained and not yes_no else None,
        units_expected=len(readings),
        units_received=sum(state is not ValueState.NOT_RECEIVED for state, _ in readings),
        units_counted=len(numbers),
    )


def _timeliness(
    units: Sequence[Unit], months: Sequence[DueDate], accepted: Versions, moment: datetime
) -> Iterator[tuple[tuple[str, str], tuple[str, int | None]]]:
    for unit in units:
        for due in months:
            sent = accepted.get((unit.unit_id, due.period), [])
            first = min((mailing.arrives for mailing, _ in sent), default=None)
            if first is None:
                word = "missing" if due.due_on < moment.date() else "not_due"
                yield (unit.unit_id, due.period), (word, None)
            else:
                days = max(0, (first.date() - due.due_on).days)
                yield (unit.unit_id, due.period), ("late" if days else "on_time", days)


def _statuses(mailings: Sequence[Mailing], accepted: Versions) -> dict[str, int]:
    words = [filled.verdict.value for mailing in mailings if not mailing.duplicate for filled in mailing.forms]
    counts = _count(words, ("accepted", "returned", "quarantined"))
    superseded = sum(len(sent) - 1 for sent in accepted.values())
    return {**counts, "accepted": counts["accepted"] - superseded, "superseded": superseded}


def _count(words: Sequence[str], names: Sequence[str]) -> dict[str, int]:
    return {name: words.count(name) for name in names}
