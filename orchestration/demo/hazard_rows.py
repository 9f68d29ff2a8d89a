"""The hazards of a unit from finding to closing, as its list tells them on a day.

Belongs here: lines of hazard lists and hazard registers, and what they count. Does not belong here: what kinds of
hazards there are (invented.toml), the ledger (SQL).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any, Final

from campaigns.form_model import LedgerCount
from campaigns.model import Campaign, Form, Unit
from orchestration.demo import invented
from orchestration.demo.letters import Row
from orchestration.demo.scene import Scene

Hazard = Mapping[str, Any]  # by column of a list, with all that will ever happen to it

_DAYS_A_MONTH: Final = 30
_CLOSED, _EXTENDED, _LISTED, _FUNDED, _RELAPSED, _GENERAL, _SUPERVISED = 0.75, 0.15, 0.12, 0.6, 0.06, 0.5, 0.7
_HAPPENED = (
    *("rectified_on", "verified_on", "closed_on", "listed_on", "delisted_on", "supervised_on", "notified_on"),
    *("looked_back_on", "reopened_on"),
)


def hazard_rows(scene: Scene, form: Form, unit: Unit, period: str, day: date) -> Iterator[Row]:
    """Every hazard found by that day with what had happened to it, in a ledger of major ones only those; or 本期无."""
    return lines_on(form, _hazards(scene, unit), day)


def hazards_counted(scene: Scene, unit: Unit, asked: LedgerCount, day: date) -> int:
    """How many major hazards the unit's list has on a day that an item of a table asks for."""
    return counted_on(_hazards(scene, unit), asked, day)


def lines_on(form: Form, hazards: Iterable[Hazard], day: date) -> Iterator[Row]:
    """The hazards as a list or register tells them on a day."""
    lines = [known for hazard in hazards if (known := _known(hazard, day))]
    if form.kind == "hazard_list":
        lines = [line for line in lines if line["level"] == "major"]
    labels = {c.column_id: {choice.code: choice.label for choice in c.choices} for c in form.columns if c.choices}
    for line in lines:
        words = {name: labels.get(name, {}).get(str(value), value) for name, value in line.items()}
        if any(c.column_id == "emergency_plan" and c.type == "yes_no" for c in form.columns):
            words["emergency_plan"] = "是"
        yield {c.column_id: words[c.column_id] for c in form.columns if words.get(c.column_id)}
    if not lines:
        yield {"hazard": "本期无"}


def counted_on(hazards: Iterable[Hazard], asked: LedgerCount, day: date) -> int:
    """How many major hazards an item of a table asks for, as they are known on a day."""
    known = [line for hazard in hazards if (line := _known(hazard, day))]
    return sum(
        line["level"] == "major"
        and (not asked.sources or line["source"] in asked.sources)
        and (not asked.listed or "listed_on" in line)
        and (asked.counts == "found" or "rectified_on" in line)
        for line in known
    )


def told_of(unit: Unit, sectors: Sequence[str], place: str, level: str, chance: Random) -> dict[str, Any]:
    """What a list says of a hazard beside its days: where it is, what it is, who sees to it."""
    words = {
        **invented.hazard_of(level, sectors, chance),
        "site_name": invented.cell("site_name", chance),
        "place": place,
        "level": level,
        "responsible": invented.cell("responsible", chance),
        "emergency_plan": invented.cell("emergency_plan", chance),
        "interim_control": invented.cell("interim_control", chance),
    }
    return words | {"measure": words["measures"], "person_in_charge": words["responsible"]}


def listing(campaign: Campaign, listed_on: date, listed_due_on: date) -> dict[str, Any]:
    """挂牌督办 by the office."""
    return {
        "listed_level": "county",
        "listed_by": campaign.office,
        "listed_on": listed_on,
        "listed_due_on": listed_due_on,
    }


def funded(chance: Random) -> dict[str, Any]:
    """The money of the plan in 万元, where the list names any."""
    return {"funds": Decimal(chance.randint(3, 120)) / 10} if chance.random() < _FUNDED else {}


def closing(unit: Unit, rectified_on: date, chance: Random) -> dict[str, Any]:
    """Verification, closing and a second look, where it came to that."""
    if chance.random() >= _CLOSED:
        return {}
    verified_on = rectified_on + timedelta(chance.randint(1, 6))
    closed_on = verified_on + timedelta(chance.randint(0, 4))
    return {
        "verified_on": verified_on,
        "verified_by": unit.unit_name,
        "closed_on": closed_on,
        "signed_off_by": unit.unit_name,
        "looked_back_on": closed_on + timedelta(20),
        "lookback_result": "holds",
    }


def attended(campaign: Campaign, hazard: Hazard, chance: Random) -> dict[str, Any]:
    """Who inspected, who was told of it, the letter that came when its day had passed, and the end of its listing."""
    found_on, due_on = hazard["found_on"], hazard.get("extended_to", hazard["due_on"])
    told: dict[str, Any] = {
        "inspectors": invented.cell("inspectors", chance) if hazard["source"] == "inspection" else "",
        "notified_role": chance.choices(("principal", "controller", "both"), (8, 2, 1))[0],
        "notified_person": invented.cell("notified_person", chance),
        "notified_on": found_on + timedelta(chance.randint(0, 2)),
    }
    if {"listed_on", "verified_on"} <= hazard.keys():
        told["delisted_on"] = hazard["verified_on"]
    days_late = (hazard.get("rectified_on", date.max) - due_on).days
    if days_late > 0 and chance.random() < _SUPERVISED:
        told |= {
            "supervised_by": campaign.office,
            "supervision_number": f"虚构督函〔{due_on.year}〕{chance.randint(1, 99)}号",
            "supervised_on": due_on + timedelta(chance.randint(1, min(days_late, 5))),
        }
    return told


def _hazards(scene: Scene, unit: Unit) -> Iterator[Hazard]:
    """All hazards of the demo's days, in the order of finding."""
    chance, of_letters = scene.chance("hazards", unit.unit_id), scene.chance("letters", unit.unit_id)
    start, day = scene.campaign.starts_on, scene.campaign.starts_on
    number = 0
    while day <= scene.office.last_due:
        day += timedelta(1 + int(chance.expovariate(scene.office.hazards_a_month / _DAYS_A_MONTH)))
        number += 1
        life = _life(scene, unit, f"{start.year}-{unit.position:02}-{number:03}", day, chance)
        yield {**life, **attended(scene.campaign, life, of_letters)}


def _life(scene: Scene, unit: Unit, number: str, found_on: date, chance: Random) -> Hazard:
    """One hazard with all that will ever happen to it; days that never come are left out."""
    source = chance.choices(("self_check", "inspection", "informant"), (6, 5, 1))[0]
    due_on = found_on + timedelta(chance.choice((7, 15, 30, 45)))
    rectified_on = found_on + timedelta(int((due_on - found_on).days * chance.uniform(0.2, 1.35)) + 1)
    level = "general" if chance.random() < _GENERAL else "major"
    sectors = scene.office.sectors.get(unit.unit_name, ())
    life = told_of(unit, sectors, scene.place_of(unit, chance), level, chance)
    life |= {
        "hazard_number": number,
        "source": source,
        "found_by": unit.unit_name if source == "inspection" else "",
        "found_on": found_on,
        "due_on": due_on,
        "rectified_on": rectified_on,
    }
    life |= funded(chance)
    if rectified_on > due_on and chance.random() < _EXTENDED:
        life["extended_to"] = due_on + timedelta(15)
    if chance.random() < _LISTED:
        life |= listing(scene.campaign, found_on + timedelta(2), due_on + timedelta(15))
    life |= closing(unit, rectified_on, chance)
    if "closed_on" in life and chance.random() < _RELAPSED:
        life |= {"lookback_result": "relapsed", "reopened_on": life["closed_on"] + timedelta(21)}
    return life


_TOGETHER: Final = {  # what is known only once its day has come
    "verified_on": ("verified_by",),
    "closed_on": ("signed_off_by",),
    "looked_back_on": ("lookback_result",),
    "listed_on": ("listed_level", "listed_by", "listed_due_on"),
    "supervised_on": ("supervised_by", "supervision_number"),
    "notified_on": ("notified_role", "notified_person"),
}


def _known(hazard: Hazard, day: date) -> dict[str, Any]:
    """The hazard as a list tells it on a day; nothing before it was found."""
    if hazard["found_on"] > day:
        return {}
    known = dict(hazard)
    for name in _HAPPENED:
        if name in hazard and hazard[name] > day:
            for gone in (name, *_TOGETHER.get(name, ())):
                known.pop(gone)
    return known
