"""Invented cumulative figures for every unit and month: plausible, never falling, the same for the same seed.

Belongs here: numbers only. Does not belong here: how offices write or send them (habits.py), what goes wrong
(mishaps.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from campaigns.model import Form, Unit
from campaigns.vocabulary import ReportingScope

Figure = tuple[str, str]  # (item code, part)
Figures = dict[Figure, Decimal]

_CENT = Decimal("0.01")

# New cases in a month of an ordinary town and of an ordinary city department.
_MONTHLY: dict[Figure, tuple[float, float]] = {
    ("1.1", "value"): (9, 6),
    ("1.3", "value"): (4, 5),
    ("2.1", "value"): (26, 34),
    ("3.1", "value"): (20, 16),
    ("3.3", "count"): (1.6, 4),
    ("3.5", "value"): (0.03, 0.12),
    ("3.6", "value"): (0.3, 0.7),
    ("3.7", "value"): (0.8, 1.5),
    ("3.8", "total"): (0.4, 1),
    ("3.9", "value"): (0.2, 0.25),
    ("3.10", "value"): (0.4, 0.5),
    ("4.1", "value"): (1.5, 0),
    ("4.2", "value"): (1.2, 0),
    ("4.3", "value"): (4, 0),
    ("4.4", "value"): (0, 5),
    ("4.8", "value"): (2.5, 2),
}
# Figures that are part of another one: the share they tend to.
_SHARES: dict[Figure, tuple[Figure, float]] = {
    ("2.2", "value"): (("2.1", "value"), 0.05),
    ("2.3", "value"): (("2.1", "value"), 0.06),
    ("2.4", "value"): (("2.1", "value"), 0.10),
    ("2.5", "value"): (("2.1", "value"), 0.07),
    ("2.6", "value"): (("2.1", "value"), 0.03),
    ("2.7", "value"): (("2.1", "value"), 0.04),
    ("2.8", "value"): (("2.1", "value"), 0.12),
    ("3.2", "value"): (("3.1", "value"), 0.4),
    ("3.4", "value"): (("3.3", "count"), 0.2),
    ("3.8", "of_which"): (("3.8", "total"), 0.15),
}
_RECTIFIED = {("1.2", "value"): ("1.1", "value"), ("1.4", "value"): ("1.3", "value")}
_REWARD, _ANONYMOUS = ("4.5", "total"), ("4.5", "of_which")
_FINES = ("3.3", "amount")
_LISTED, _LISTED_RECTIFIED = ("1.5", "value"), ("1.6", "value")
_BROADCAST, _INSPECTORS = ("4.6", "value"), ("4.7", "value")


@dataclass(frozen=True, slots=True)
class Character:
    """What sets a unit apart: its size and how fast it puts things right."""

    size: float
    diligence: float
    broadcasts_from: int
    inspectors: int


def city_figures(
    form: Form, units: Sequence[Unit], periods: Sequence[str], seed: int
) -> dict[tuple[str, str], Figures]:
    """Figures as they really are, by (unit_id, period): every item the unit's scope answers, and only those.

    Counts are whole Decimals, amounts are 万元 with two places; no cumulative figure ever falls and every of-which
    stays within its whole, so that each broken rule of the demo is one that was planted.
    """
    figures = {}
    for unit in units:
        random = Random(f"{seed}/{unit.unit_id}")
        asked: list[Figure] = [
            (item.code, part.part)
            for item in form.items
            if unit.reporting_scope in item.applies_to
            for part in item.parts
        ]
        for period, known in zip(periods, _months(unit, random), strict=False):
            figures[unit.unit_id, period] = {figure: known[figure] for figure in asked}
    return figures


def _months(unit: Unit, random: Random) -> Iterator[Figures]:
    """Yield the unit's cumulative figures month after month."""
    character = Character(
        size=random.choice((0.5, 0.7, 1.0, 1.0, 1.3, 1.8)),
        diligence=random.uniform(0.6, 1.0),
        broadcasts_from=random.choice((0, 0, 1, 2, 4, 99)),
        inspectors=random.randint(2, 12),
    )
    known: Figures = {}
    month = 0
    while True:
        known = _next_month(known, unit.reporting_scope, character, month, random)
        yield known
        month += 1


def _next_month(before: Figures, scope: ReportingScope, character: Character, month: int, random: Random) -> Figures:
    now: Figures = {}
    for figure, (in_town, in_department) in _MONTHLY.items():
        rate = in_town if scope is ReportingScope.TERRITORY else in_department
        now[figure] = before.get(figure, Decimal(0)) + _new_cases(rate * character.size, random)
    for figure, (whole, share) in _SHARES.items():
        now[figure] = _share(now[whole], share * random.uniform(0.6, 1.4), before.get(figure))
    closing = character.diligence * min(1.0, 0.72 + 0.07 * month)
    for figure, found in _RECTIFIED.items():
        now[figure] = _share(now[found], closing, before.get(figure))
    _add_listed(now, before, closing)
    _add_money(now, before, character, random)
    now[_BROADCAST] = Decimal(month >= character.broadcasts_from)
    stock = before.get(_INSPECTORS, Decimal(character.inspectors))
    now[_INSPECTORS] = max(Decimal(1), stock + random.choice((-1, 0, 0, 0, 1)))
    return now


def _new_cases(mean: float, random: Random) -> int:
    """Draw a count around `mean`; rare events stay rare."""
    if mean < 3:
        return sum(random.random() < mean / 6 for _ in range(6))
    return max(0, round(random.gauss(mean, mean**0.5)))


def _share(whole: Decimal, share: float, before: Decimal | None) -> Decimal:
    """Part of a whole, never below what it was and never above the whole."""
    part = Decimal(int(float(whole) * min(share, 1.0)))
    return min(whole, max(part, before or Decimal(0)))


def _add_listed(now: Figures, before: Mapping[Figure, Decimal], closing: float) -> None:
    """挂牌督办: about one hazard in fourteen is listed; what is listed and rectified is within both wholes."""
    found = now["1.1", "value"] + now["1.3", "value"]
    rectified = now["1.2", "value"] + now["1.4", "value"]
    now[_LISTED] = _share(found, 0.07, before.get(_LISTED))
    now[_LISTED_RECTIFIED] = min(_share(now[_LISTED], closing * 0.8, before.get(_LISTED_RECTIFIED)), rectified)


def _add_money(now: Figures, before: Mapping[Figure, Decimal], character: Character, random: Random) -> None:
    """Fines follow penalties; rewards are rare and small."""
    new_penalties = int(now["3.3", "count"] - before.get(("3.3", "count"), Decimal(0)))
    fines = sum((_amount(random.uniform(0.2, 3.0)) for _ in range(new_penalties)), Decimal(0))
    now[_FINES] = before.get(_FINES, Decimal(0)) + fines
    reward = _amount(random.uniform(0.05, 0.6) * character.size) if random.random() < 0.3 else Decimal(0)
    anonymous = _amount(float(reward) * random.uniform(0.2, 0.9)) if random.random() < 0.5 else Decimal(0)
    now[_REWARD] = before.get(_REWARD, Decimal(0)) + reward
    now[_ANONYMOUS] = before.get(_ANONYMOUS, Decimal(0)) + anonymous


def _amount(value: float) -> Decimal:
    return Decimal(value).quantize(_CENT)
