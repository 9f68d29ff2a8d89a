"""What happened in a unit: accidents, and inspections, drills and meetings as it is obliged to hold them.

Belongs here: lines of event lists. Does not belong here: which accidents there are (offices/*.toml).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from campaigns.duty_model import Obligation
from campaigns.model import Form, Unit
from campaigns.periods import first_day_of, last_day_of, periods_between
from campaigns.selectors import limited_units
from orchestration.demo import invented
from orchestration.demo.letters import Row
from orchestration.demo.office import Accident
from orchestration.demo.scene import Scene

_HELD, _MORE = 0.88, 0.4  # how often what is due is held, and something beyond it
_MOST_FOUND = 6
_NONE = "本期无"


def event_rows(scene: Scene, form: Form, unit: Unit, period: str, day: date) -> Iterator[Row]:
    """The lines of one list; a unit without an accident says so."""
    if form.subject == "accident":
        lines = [_accident(one, day) for one in scene.office.accidents if one.unit == unit.unit_name]
        yield from [line for line in lines if line] or [{form.row_key[0]: _NONE}]
        return
    yield from sorted(_held(scene, form, unit, period, day), key=lambda row: str(row["held_on"]))


def _accident(accident: Accident, day: date) -> dict[str, Any]:
    """The accident as it is known on a day: nothing before it happened, no closing before it was closed."""
    if accident.occurred_on > day:
        return {}
    told = accident.model_dump(exclude={"unit", "closed_on"})
    line = {name: Decimal(value) if isinstance(value, int) else value for name, value in told.items()}
    is_closed = accident.closed_on and accident.closed_on <= day
    return line | ({"closed_on": accident.closed_on} if is_closed else {})


def _held(scene: Scene, form: Form, unit: Unit, period: str, day: date) -> Iterator[dict[str, Any]]:
    """What falls due and is told in this list, and sometimes more than that."""
    for obligation in scene.campaign.obligations:
        if obligation.form_id == form.form_id and _binds(scene, obligation, unit, day):
            for span in _told_here(scene, obligation, unit, period):
                chance = scene.chance(obligation.obligation_id, unit.unit_id, span)
                is_past = last_day_of(span) < first_day_of(period)
                first = first_day_of(span) if is_past else max(first_day_of(span), first_day_of(period))
                for _ in range(obligation.times + (chance.random() < _MORE)):
                    if chance.random() < _HELD:
                        yield _line(form, obligation.event, first, min(day, last_day_of(span)), chance)


def _binds(scene: Scene, obligation: Obligation, unit: Unit, day: date) -> bool:
    named = limited_units(scene.campaign, [unit], obligation.limited_to, day, scene.directory)
    return bool(named) and (unit.risk_class or "general") in obligation.cadences


def _told_here(scene: Scene, obligation: Obligation, unit: Unit, period: str) -> Iterator[str]:
    """The times of the obligation of which this list tells: each in one of its lists, the first lists catch up."""
    lists = scene.periods_of(obligation.form_id)
    cadence = obligation.cadences[unit.risk_class or "general"]
    for span in periods_between(cadence, obligation.starts_on, scene.office.last_due):
        inside = [one for one in lists if first_day_of(span) <= first_day_of(one) <= last_day_of(span)]
        drawn = scene.chance("told", obligation.obligation_id, unit.unit_id, span).choice(inside or lists[:1])
        if drawn == period:
            yield span


def _line(form: Form, event: str, first: date, last: date, chance: Random) -> dict[str, Any]:
    """One event on a day between two."""
    column = next(column for column in form.columns if column.column_id == form.event_column)
    line: dict[str, Any] = {
        "held_on": first + timedelta(chance.randint(0, (last - first).days)),
        column.column_id: next(choice.label for choice in column.choices if choice.code == event),
    }
    for one in form.columns:
        if one.type == "text" and (text := invented.cell(one.column_id, chance)):
            line[one.column_id] = text
    if any(one.column_id == "hazards_found" for one in form.columns):
        found = chance.randint(0, _MOST_FOUND)
        line |= {"hazards_found": Decimal(found), "hazards_rectified": Decimal(chance.randint(found // 2, found))}
    return line
