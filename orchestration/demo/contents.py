"""What a unit writes into a form of any kind on a day, invented from what the form and the campaign say.

Belongs here: which module fills which kind; texts, liaison lists and registers. Does not belong here: tasks, events
and hazards (modules of their own), the figures of a table (city.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any, Final

from campaigns.model import Column, Form, Unit
from orchestration.demo import invented
from orchestration.demo.city import Figures, city_figures
from orchestration.demo.event_rows import event_rows
from orchestration.demo.hazard_rows import hazard_rows, hazards_counted
from orchestration.demo.letters import Content, Row
from orchestration.demo.scene import Scene
from orchestration.demo.task_rows import task_rows

_SENTENCES = (2, 4)  # in one part of a text
_REGISTER_ROWS = (2, 5)
_YES: Final = 0.8


def content_of(scene: Scene, form: Form, unit: Unit, period: str, day: date) -> Content:
    """What the unit sends for the period on that day; nothing where it has nothing to say."""
    if form.kind in ("narrative", "document"):
        return Content(parts=_text(scene, form, unit, period))
    if form.kind == "indicator_table":
        return Content(figures=_figures(scene, form, unit, period, day))
    fill: dict[str, Callable[[Scene, Form, Unit, str, date], Iterator[Row]]] = {
        "task_progress": task_rows,
        "event_list": event_rows,
        "hazard_list": hazard_rows,
        "liaison_list": _liaisons,
        "register": hazard_rows if form.subject == "hazard" else _register,
    }
    return Content(rows=tuple(fill[form.kind](scene, form, unit, period, day)))


def _text(scene: Scene, form: Form, unit: Unit, period: str) -> dict[str, str]:
    """Some sentences in every part; a few units write all they know and exceed the limit."""
    chance = scene.chance("text", form.form_id, unit.unit_id, period)
    parts = form.narrative.parts if form.narrative else form.headings
    too_long = bool(form.narrative and form.narrative.longest) and chance.random() < scene.office.habits.too_long
    return {
        label: "".join(
            invented.sentences(part_id, unit.unit_name, chance, None if too_long else chance.randint(*_SENTENCES))
            for _ in range(2 if too_long else 1)
        )
        for part_id, label in ([(part.part_id, part.label) for part in parts] or [("other", "工作安排")])
    }


def _figures(scene: Scene, form: Form, unit: Unit, period: str, day: date) -> Figures:
    """A table whose first section says what the unit's hazard list says; a unit that keeps none counts otherwise."""
    figures = dict(_all_figures(scene, form.form_id)[unit.unit_id, period])
    for item in form.items:
        if item.ledger and (item.code, "value") in figures:
            figures[item.code, "value"] = Decimal(hazards_counted(scene, unit, item.ledger, day))
    return figures


@cache
def _all_figures(scene: Scene, form_id: str) -> dict[tuple[str, str], Figures]:
    periods = scene.periods_of(form_id)
    return city_figures(scene.campaign.form(form_id), scene.campaign.units, periods, scene.office.seed)


def _liaisons(scene: Scene, form: Form, unit: Unit, period: str, day: date) -> Iterator[Row]:
    """One person, or one in each role that the form knows."""
    chance = scene.chance("liaison", unit.unit_id)
    role = next((column for column in form.columns if column.type == "choice"), None)
    for word in [choice.label for choice in role.choices] if role else [""]:
        row = {"unit": unit.unit_name, **invented.person(chance)} | ({role.column_id: word} if role else {})
        yield {column.column_id: row[column.column_id] for column in form.columns if column.column_id in row}


def _register(scene: Scene, form: Form, unit: Unit, period: str, day: date) -> Iterator[Row]:
    chance = scene.chance("register", form.form_id, unit.unit_id)
    told: set[Any] = set()
    for _ in range(chance.randint(*_REGISTER_ROWS)):
        row = {column.column_id: _entry(scene, column, unit, day, chance) for column in form.columns}
        key = tuple(row[name] for name in form.row_key[:1])
        if key not in told:
            told.add(key)
            yield {name: value for name, value in row.items() if value != ""}


def _entry(scene: Scene, column: Column, unit: Unit, day: date, chance: Random) -> str | Decimal | date:
    """What stands in one column, by its type; a column that ends an entry (停用、移出) stays empty."""
    if column.column_id == "enterprise":
        return invented.enterprise(invented.cell("enterprise_sort", chance), chance)
    if column.type == "choice":
        return chance.choice(column.choices).label
    if column.type == "yes_no":
        return "是" if chance.random() < _YES else "否"
    if column.type == "decimal":
        return Decimal(chance.randint(40, 900))
    if column.type == "date":
        return "" if column.column_id == "valid_to" else day - timedelta(chance.randint(30, 900))
    if column.type == "unit":
        return scene.place_of(unit, chance)
    return invented.cell(column.column_id, chance)
