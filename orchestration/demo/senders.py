"""Who sends what when: every report that is due, in time, late, again, empty at first, or not at all.

Belongs here: the fate of each report. Does not belong here: what stands in it (contents.py), the bytes (letters.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from campaigns.model import Form
from campaigns.reporters import ExpectedReport
from orchestration.demo.contents import content_of
from orchestration.demo.letters import Letter, said
from orchestration.demo.scene import Scene

_HOUR = time(15)  # every intake starts a reader of its own: what comes on one day comes at one hour
_DAYS_EARLY, _DAYS_LATE = 2, (1, 3)
_SHORTEST: Final = 4  # characters of a form's name in the name of a file
_ENDINGS: Final = ("xlsx", "xlsx", "xlsx", "docx", "csv")  # how lists come; others come as their form is written


def letters_of(scene: Scene) -> tuple[Letter, ...]:
    """Every file of the demo in the order of its arrival; the same for the same seed."""
    letters = [letter for report in scene.reports for letter in _of_report(scene, report)]
    letters.append(_of_a_stranger(scene, letters))
    return tuple(sorted(letters, key=lambda letter: (letter.arrives, letter.name)))


def _of_report(scene: Scene, report: ExpectedReport) -> Iterator[Letter]:
    habits, chance = scene.office.habits, scene.chance("sends", report.form_id, report.unit_id, report.period)
    is_read = scene.campaign.form(report.form_id).kind != "document"  # of a document only the arrival is noted
    if report.voluntary and chance.random() >= scene.office.voluntary.get(report.form_id, 0):
        return
    due = scene.wanted_on(report)
    early, in_time = _at(due - timedelta(_DAYS_EARLY)), _at(due)
    drawn = chance.random() * (0.6 if _is_diligent(scene, report.unit_id) else 1.4)
    if (drawn := drawn - habits.missing) < 0:
        if not report.voluntary:
            return
    elif (drawn := drawn - habits.late) < 0:
        in_time = early = _at(due + timedelta(chance.choice(_DAYS_LATE)))
    elif (drawn := drawn - habits.returned) < 0 and is_read:
        yield from _sent(scene, report, early, chance, is_empty=True)
        yield from _sent(scene, report, in_time, chance, addition="（重报）")
        return
    elif (drawn := drawn - habits.corrected) < 0:
        yield from _sent(scene, report, early, chance)
        yield from _sent(scene, report, in_time, chance, addition="（更正）")
        return
    day = scene.chance("day", report.unit_id, f"{due}").choice(
        (early, in_time)
    )  # what is due together is sent together
    yield from _sent(scene, report, day, chance)


def _is_diligent(scene: Scene, unit_id: str) -> bool:
    """Two units in three report with care, the others are behind again and again."""
    return scene.chance("diligent", unit_id).random() < 2 / 3


def _sent(
    scene: Scene, report: ExpectedReport, arrives: datetime, chance: Random, addition: str = "", is_empty: bool = False
) -> Iterator[Letter]:
    unit, form = scene.units[report.unit_id], scene.campaign.form(report.form_id)
    content = content_of(scene, form, unit, report.period, arrives.date())
    if not content.says_something:
        return
    ending = _ending(form, unit.unit_id, scene)
    name = f"{unit.unit_name}{said(report.period)}{_short(form)}{addition}.{ending}"
    letter = Letter(arrives, name, form.form_id, unit.unit_id, unit.unit_name, report.period, arrives.date(), content)
    yield letter.emptied() if is_empty else letter


def _short(form: Form) -> str:
    """What people call the form in the name of a file; the month stands there already."""
    names = [name for name in (form.title, *form.title_aliases) if len(name) >= _SHORTEST and "月" not in name]
    return min(names, key=len)


def _ending(form: Form, unit_id: str, scene: Scene) -> str:
    if form.kind in ("narrative", "document"):
        return "docx"
    ending = scene.chance("writes", unit_id).choice(_ENDINGS)
    return "xlsx" if ending == "csv" and form.kind == "indicator_table" else ending


def _of_a_stranger(scene: Scene, letters: list[Letter]) -> Letter:
    """A letter like one of the others, from a unit that is on no roster."""
    office = scene.office
    like = next(
        letter for letter in letters if letter.form_id == office.stranger_sends and letter.verdict == "accepted"
    )
    return replace(
        like,
        unit_id="",
        unit=office.stranger,
        name=like.name.replace(like.unit, office.stranger),
        verdict="quarantined",
        typed=True,
    )


def _at(day: date) -> datetime:
    return datetime.combine(day, _HOUR)
