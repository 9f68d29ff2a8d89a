"""Units and tasks named in cells of lists, within one campaign: by code, name or alias, never by likeness.

Belongs here: unit, units and task_number columns, whether a unit answers for a task. Does not belong here: whose form
it is (identity.py), other columns (list_values.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from campaigns.directory import UnitDirectory
from campaigns.model import Campaign, Form, Task
from campaigns.once import once_for_each
from campaigns.strict import as_compared
from campaigns.vocabulary import ValueState
from ingest.files.grid import Unusual
from ingest.words.cell_words import plain_text
from ingest.words.list_values import BLANK, Typed, as_text

_TASK_NUMBER = re.compile(
    r"(?:任务|第|序号|编号|no\.?)*[(]?(?P<number>[\w-]+?)[)]?(?:[.、。]|项|条|号)*", re.IGNORECASE
)
_LOOSE_SEPARATORS = re.compile(r"[\s/／和及与]+")
_POINT_ZERO = re.compile(r"\.0+$")


@dataclass(frozen=True, slots=True)
class CampaignNames:
    """A campaign's units, groups and tasks by every name."""

    directory: UnitDirectory
    by_list: dict[str, tuple[Task, ...]]

    def tasks_of(self, form: Form) -> list[Task]:
        return [task for list_id in form.task_lists for task in self.by_list[list_id]]


@once_for_each
def names_of(campaign: Campaign) -> CampaignNames:
    """The campaign's names."""
    lists = {entry.list_id: campaign.tasks_of(entry.list_id) for entry in campaign.task_lists}
    return CampaignNames(campaign.directory(), lists)


@dataclass(frozen=True, slots=True)
class NamedUnits:
    """The units and groups a cell names, and what it names that nobody knows."""

    ids: tuple[str, ...]
    unknown: tuple[str, ...]


def read_units(raw: Any, names: CampaignNames) -> NamedUnits:
    """Read a cell of units and groups separated by 、 or line breaks, each once.

    A blank, a slash, 和 or 及 parts names, too, where each piece is one: `区应急局 区总工会`.
    """
    named = names.directory.read("" if isinstance(raw, Unusual) else as_text(raw))
    ids, unknown = [*named.unit_ids, *named.group_ids], []
    for text in named.unknown:
        pieces = [names.directory.read(piece) for piece in _LOOSE_SEPARATORS.split(text)]
        if len(pieces) > 1 and not any(piece.unknown for piece in pieces):
            ids += [key for piece in pieces for key in (*piece.unit_ids, *piece.group_ids)]
        else:
            unknown.append(text)
    return NamedUnits(tuple(dict.fromkeys(ids)), tuple(unknown))


def read_task(raw: Any, goal: Any, form: Form, names: CampaignNames) -> tuple[Typed, Task | None]:
    """The task that a number names, or without a number the goal where it is worded as in the list.

    A number and a goal that name different tasks contradict each other: rows were added or moved, and neither counts.
    """
    tasks = names.tasks_of(form)
    text = _number_text(raw)
    by_number = [t for t in tasks if text and text.casefold() in (t.number.casefold(), t.task_id.casefold())]
    wanted = as_compared(as_text(goal)) if goal is not None else ""
    by_goal = [task for task in tasks if wanted and wanted == as_compared(task.goal)]
    if len(by_number) > 1 and by_goal:
        by_number = [task for task in by_number if task in by_goal]
    if not text and len(by_goal) == 1:
        return Typed(ValueState.VALUE, by_goal[0].task_id), by_goal[0]
    if not text:
        return BLANK, None
    if len(by_number) != 1:
        numbers = [task.number for task in tasks]
        reason = f"清单里没有这个序号（{numbers[0]} 至 {numbers[-1]}）"
        return _unreadable(reason, f"the list has no such number ({numbers[0]} to {numbers[-1]})"), None
    if by_goal and by_number[0] not in by_goal:
        other = by_goal[0].number
        reason = f"内容却是清单第 {other} 项的，序号和内容对不上"
        return _unreadable(reason, f"but the text is that of task {other}: number and text disagree"), None
    return Typed(ValueState.VALUE, by_number[0].task_id), by_number[0]


def answers_for(unit_id: str, task: Task, names: CampaignNames, day: date) -> bool:
    """Whether a unit leads or joins a task on a day, groups expanded; true where the list leaves open who does."""
    directory = names.directory
    for named in (directory.read(task.lead_units), directory.read(task.co_units)):
        groups = [directory.groups[group_id] for group_id in named.group_ids]
        is_open = named.and_others or any(group.is_open or not group.members for group in groups)
        if is_open or any(unit.unit_id == unit_id for unit in directory.named_units(named, day)):
            return True
    return False


def _number_text(raw: Any) -> str:
    if raw is None or isinstance(raw, Unusual):
        return ""
    plain = _POINT_ZERO.sub("", plain_text(as_text(raw)))
    found = _TASK_NUMBER.fullmatch(plain)
    text = found["number"] if found else plain
    return str(int(text)) if text.isdecimal() else text


def _unreadable(reason: str, reason_en: str) -> Typed:
    return Typed(ValueState.UNREADABLE, reason=reason, reason_en=reason_en)
