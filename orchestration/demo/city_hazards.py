"""The hazard lists of the demo city: some units keep one, and it counts what their form says, but for what is planted.

Belongs here: the hazards behind a unit's figures, the files with its lists, and where list and form must differ. Does
not belong here: lines of a list (hazard_rows.py), the figures (city.py), counting in the ledger (SQL).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING, Any, Final

from campaigns.model import Campaign, Unit
from campaigns.vocabulary import ReportingScope
from orchestration.demo.city import Figures
from orchestration.demo.hazard_rows import attended, closing, counted_on, funded, lines_on, listing, told_of
from orchestration.demo.letters import Content, Letter
from orchestration.demo.plan import ARRIVES_AT, demo_form, ordinary, senders

if TYPE_CHECKING:
    from campaigns.calendar import DueDate
    from orchestration.demo.plan import Sender

LIST_ID: Final = "hazard_list"
KEEPERS: Final = frozenset({1, 7, 10, 18, 22, 32})  # by position on the roster; each sends every month, and in time
FORGETFUL: Final = (7, 2)  # position and month: the form counts a hazard found then that stands on no list

_FOUND = {"self_check": ("1.1", "1.2"), "inspection": ("1.3", "1.4")}  # items that count what was found, rectified
_LISTED, _LISTED_RECTIFIED = "1.5", "1.6"

Place = tuple[str, str, str]  # unit_id, period, item code


def lists_of_the_city(campaign: Campaign, dates: Sequence[DueDate], seed: int) -> list[Letter]:
    """A list for every month of every unit that keeps one, each with all its hazards; they come with the form."""
    form = campaign.form(LIST_ID)
    letters = []
    for sender, hazards in _keepers(campaign, dates, seed):
        unit, period = sender.unit, sender.due.period
        [mailing] = ordinary(sender)
        day = mailing.arrives.date()
        letters.append(
            Letter(
                arrives=datetime.combine(day, ARRIVES_AT),
                name=f"{unit.unit_name}{int(period[5:])}月{form.title}.xlsx",
                form_id=LIST_ID,
                unit_id=unit.unit_id,
                unit=unit.unit_name,
                period=period,
                filled_on=day,
                content=Content(rows=tuple(lines_on(form, hazards, day))),
            )
        )
    return sorted(letters, key=lambda letter: (letter.arrives, letter.name))


def planned_differences(campaign: Campaign, dates: Sequence[DueDate], seed: int) -> dict[Place, Decimal]:
    """By how much a form exceeds its unit's list at the cut-off, wherever it does."""
    form = demo_form(campaign)
    differences = {}
    for sender, hazards in _keepers(campaign, dates, seed):
        for item in form.items:
            if item.ledger:
                counted = counted_on(hazards, item.ledger, sender.due.cutoff_on)
                differences[sender.unit.unit_id, sender.due.period, item.code] = (
                    sender.figures[item.code, "value"] - counted
                )
    return {place: difference for place, difference in differences.items() if difference}


def _keepers(campaign: Campaign, dates: Sequence[DueDate], seed: int) -> Iterator[tuple[Sender, list[dict[str, Any]]]]:
    """Every month of every unit that keeps a list, with all that ever stands on it."""
    for sender in senders(campaign, dates, seed):
        if sender.unit.position in KEEPERS:
            hazards = _hazards_behind(campaign, sender.unit, sender.year, Random(f"{seed}/list/{sender.unit.unit_id}"))
            of_letters = Random(f"{seed}/letters/{sender.unit.unit_id}")
            of_plans = Random(f"{seed}/plans/{sender.unit.unit_id}")
            hazards = [one | attended(campaign, one, of_letters) | funded(of_plans) for one in hazards]
            position, month = FORGETFUL
            if sender.unit.position == position:
                hazards.remove(_forgotten(hazards, sender.year[month][0].cutoff_on))
            yield sender, hazards


def _hazards_behind(
    campaign: Campaign, unit: Unit, year: Sequence[tuple[DueDate, Figures]], chance: Random
) -> list[dict[str, Any]]:
    """Hazards found, listed and rectified in each month as often as the unit's figures step."""
    towns = [one.unit_name for one in campaign.units if one.reporting_scope is ReportingScope.TERRITORY]
    hazards: list[dict[str, Any]] = []
    first = campaign.starts_on
    for due, figures in year:
        last = due.cutoff_on
        for source, (found, _) in _FOUND.items():
            for _ in range(int(figures[found, "value"]) - len(_of(hazards, source))):
                place = unit.unit_name if unit.unit_name in towns else chance.choice(towns)
                number = f"{unit.position:02}-{len(hazards) + 1:03}"
                hazards.append(_found(unit, number, source, place, _day(first, last, chance), chance))
        fresh = [one for one in hazards if "rectified_on" not in one and "listed_on" not in one]
        listed = int(figures[_LISTED, "value"]) - sum("listed_on" in one for one in hazards)
        for one in chance.sample(fresh, min(max(listed, 0), len(fresh))):
            listed_on = _day(max(first, one["found_on"]), last, chance)
            one |= listing(campaign, listed_on, max(one["due_on"], listed_on) + timedelta(15))
        _rectify(unit, hazards, figures, (first, last), chance)
        first = last + timedelta(1)
    return hazards


def _found(unit: Unit, number: str, source: str, place: str, found_on: date, chance: Random) -> dict[str, Any]:
    return told_of(unit, (), place, "major", chance) | {
        "hazard_number": number,
        "source": source,
        "found_by": unit.unit_name if source == "inspection" else "",
        "found_on": found_on,
        "due_on": found_on + timedelta(chance.choice((15, 30, 45))),
    }


def _rectify(
    unit: Unit, hazards: list[dict[str, Any]], figures: Figures, month: tuple[date, date], chance: Random
) -> None:
    """The oldest first, and of the listed ones as many as the form says."""
    first, last = month
    listed = int(figures[_LISTED_RECTIFIED, "value"]) - sum(
        {"listed_on", "rectified_on"} <= one.keys() for one in hazards
    )
    for source, (_, rectified) in _FOUND.items():
        known = _of(hazards, source)
        wanted = int(figures[rectified, "value"]) - sum("rectified_on" in one for one in known)
        waiting = [one for one in known if "rectified_on" not in one]
        of_listed = [one for one in waiting if "listed_on" in one][: max(0, min(wanted, listed))]
        listed -= len(of_listed)
        others = [one for one in waiting if "listed_on" not in one]
        for one in [*of_listed, *others][: max(wanted, 0)]:
            one["rectified_on"] = _day(max(first, one.get("listed_on", one["found_on"])), last, chance)
            one |= closing(unit, one["rectified_on"], chance)


def _forgotten(hazards: list[dict[str, Any]], cutoff_on: date) -> dict[str, Any]:
    """The newest of the enterprises' own finds by that day that was never listed."""
    finds = [one for one in _of(hazards, "self_check") if one["found_on"] <= cutoff_on and "listed_on" not in one]
    return max(finds, key=lambda one: (one["found_on"], one["hazard_number"]))


def _of(hazards: Sequence[dict[str, Any]], source: str) -> list[dict[str, Any]]:
    return [one for one in hazards if one["source"] == source]


def _day(first: date, last: date, chance: Random) -> date:
    return first + timedelta(chance.randint(0, max(0, (last - first).days)))
