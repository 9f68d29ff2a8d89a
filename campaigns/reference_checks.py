"""Checks on what duties, tasks, targets and chains refer to: every name, form, list and setting exists.

Belongs here: references between the parts of one campaign, refused at the entry at fault. Does not belong here: units,
groups and trees among themselves (consistency.py), figures named by rules (rule_references.py).
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING

from campaigns.consistency import Path, check_unique, refuse
from campaigns.directory import UnitDirectory
from campaigns.duty_model import PERIOD_OF, Duty, LimitedTo
from campaigns.periods import cadence_of, first_day_of, last_day_of, periods_between
from campaigns.selectors import reporting_units
from campaigns.strict import as_compared
from campaigns.text_length import COUNTING_RULES

if TYPE_CHECKING:
    from campaigns.model import Campaign


def check_duties(campaign: Campaign, directory: UnitDirectory) -> None:
    """Selectors name what exists, and no unit is expected twice for one form and period."""
    for index, duty in enumerate(campaign.duties):
        if duty.limited_to:
            check_selector(campaign, directory, duty.limited_to, f"duty {duty.duty_id}", ("duties", index))
    for index, other in combinations(range(len(campaign.duties)), 2):
        one, two = campaign.duties[index], campaign.duties[other]
        if one.form_id == two.form_id and _may_expect_twice(one, two):
            if not (one.limited_to and two.limited_to):
                refuse(f"duties {one.duty_id} and {two.duty_id} expect the same form for one period", ("duties", other))
            if twice := _expected_twice(campaign, directory, one, two):
                sentence = f"duties {one.duty_id} and {two.duty_id} expect the same form of {twice}"
                refuse(sentence, ("duties", other))


def check_selector(campaign: Campaign, directory: UnitDirectory, selector: LimitedTo, whose: str, path: Path) -> None:
    """A selector's units, groups, kinds and lists exist."""
    lists = {task_list.list_id for task_list in campaign.task_lists}
    kinds = {unit.unit_kind for unit in campaign.units}
    missing = [
        *(("unit", name) for name in selector.units if not directory.unit_id(name)),
        *(("group", name) for name in selector.groups if not directory.group_id(name)),
        *(("kind of unit", name) for name in selector.unit_kinds if name not in kinds),
        *(("task list", name) for name in selector.task_lists if name not in lists),
    ]
    for what, name in missing:
        refuse(f"{whose}: limited_to names {name!r}, but there is no such {what}", path)


def _may_expect_twice(one: Duty, two: Duty) -> bool:
    if one.voluntary or two.voluntary:
        return False
    same_shape = len(one.first_period) == len(two.first_period) and one.first_period[4:5] == two.first_period[4:5]
    overlap = one.first_period <= two.last_period and two.first_period <= one.last_period
    return same_shape and overlap and bool(set(one.reporters) & set(two.reporters))


def _expected_twice(campaign: Campaign, directory: UnitDirectory, one: Duty, two: Duty) -> str:
    """The first unit that both duties mean, and its period, as `区教育局 for 2024-05`; empty when they never meet."""
    first, last = max(one.first_period, two.first_period), min(one.last_period, two.last_period)
    for period in periods_between(cadence_of(first), first_day_of(first), last_day_of(last)):
        mine, others = (reporting_units(campaign, duty, last_day_of(period), directory) for duty in (one, two))
        both = {unit.unit_id for unit in others}
        for unit in mine:
            if unit.unit_id in both:
                return f"{unit.unit_name} for {period}"
    return ""


def check_tasks(campaign: Campaign, directory: UnitDirectory) -> None:
    """Rows belong to a list, name known units and leaders, and are as many as the list declares."""
    lists = {task_list.list_id for task_list in campaign.task_lists}
    for index, task in enumerate(campaign.tasks):
        if task.list_id not in lists:
            refuse(f"list_id {task.list_id!r} is no list of `task_lists` in campaign.yml", ("tasks", index))
        for field, text in (("lead_units", task.lead_units), ("co_units", task.co_units)):
            for name in directory.read(text).unknown:
                refuse(f"task {task.task_id}: {field} names {name!r}, no unit or group", ("tasks", index))
        for name in directory.read_leaders(task.leaders)[1]:
            refuse(f"task {task.task_id}: leaders names {name!r}, no leader of campaign.yml", ("tasks", index))
    check_unique("tasks", "number", (f"{task.list_id} {task.number}" for task in campaign.tasks))
    for index, task_list in enumerate(campaign.task_lists):
        counted = Counter(task.section for task in campaign.tasks if task.list_id == task_list.list_id)
        declared = {section.title: section.count for section in task_list.sections}
        for title in declared | counted:
            if counted[title] != declared.get(title, 0):
                sentence = f"section {title!r} declares {declared.get(title, 0)} tasks, tasks.csv has {counted[title]}"
                refuse(f"list {task_list.list_id}: {sentence}", ("task_lists", index))
        if counted.total() != task_list.count:
            sentence = f"declares {task_list.count} tasks, tasks.csv has {counted.total()}"
            refuse(f"list {task_list.list_id} {sentence}", ("task_lists", index))


def check_targets(campaign: Campaign) -> None:
    """A target's task and contradiction exist."""
    task_ids = {task.task_id for task in campaign.tasks}
    settings = {choice.setting for choice in campaign.contradictions}
    for index, target in enumerate(campaign.targets):
        if target.task_id and target.task_id not in task_ids:
            refuse(f"target {target.target_id}: no task {target.task_id!r} in tasks.csv", ("targets", index))
        if target.setting and target.setting not in settings:
            refuse(f"target {target.target_id}: no contradiction has setting {target.setting!r}", ("targets", index))


def check_sector_plans(campaign: Campaign, directory: UnitDirectory) -> None:
    """Leads and co-operating units are known."""
    for index, plan in enumerate(campaign.sector_plans):
        for field, text in (("lead", plan.lead), ("co_units", plan.co_units)):
            for name in directory.read(text).unknown:
                refuse(f"plan {plan.plan_id}: {field} names {name!r}, no unit or group", ("sector_plans", index))


def check_extensions(campaign: Campaign, directory: UnitDirectory) -> None:
    """An extension is for a unit, a duty and one of its periods."""
    duties = {duty.duty_id: duty for duty in campaign.duties}
    for index, extension in enumerate(campaign.extensions):
        at, duty = ("extensions", index), duties.get(extension.duty_id)
        if directory.unit_id(extension.unit) is None:
            refuse(f"{extension.unit!r} is no unit of units.csv", at)
        if duty is None:
            refuse(f"{extension.duty_id!r} is no duty of campaign.yml", at)
        if not re.fullmatch(PERIOD_OF[duty.cadence], extension.period) or not (
            duty.first_period <= extension.period <= duty.last_period
        ):
            refuse(f"{extension.period!r} is no period of duty {duty.duty_id}", at)
    keys = (f"{directory.unit_id(e.unit)} {e.duty_id} {e.period} {e.granted_on}" for e in campaign.extensions)
    check_unique("extensions", "unit, duty, period and day granted", keys)


def check_obligations(campaign: Campaign, directory: UnitDirectory) -> None:
    """The event counted is a choice of the form's event column, and the selector resolves."""
    forms = {form.form_id: form for form in campaign.forms}
    for index, entry in enumerate(campaign.obligations):
        at, name = ("obligations", index), f"obligation {entry.obligation_id}"
        form = forms.get(entry.form_id)
        if form is None or form.kind != "event_list":
            refuse(f"{name}: {entry.form_id!r} is no form of kind event_list", at)
        if entry.event not in form.events:
            refuse(f"{name}: {entry.event!r} is none of {', '.join(form.events)} of form {form.form_id}", at)
        check_selector(campaign, directory, entry.limited_to, name, at)


def check_chains(campaign: Campaign) -> None:
    """Both ends are duties of one cadence, and the tree has somebody in it."""
    duties = {duty.duty_id: duty for duty in campaign.duties}
    trees = {edge.tree for edge in campaign.tree_edges}
    for index, chain in enumerate(campaign.chains):
        at = ("chains", index)
        for duty_id in (chain.downstream_duty, *chain.upstream_duties):
            if duty_id not in duties:
                refuse(f"chain {chain.chain_id}: {duty_id!r} is no duty of campaign.yml", at)
            if duties[duty_id].cadence != duties[chain.downstream_duty].cadence:
                refuse(f"chain {chain.chain_id}: {duty_id} has another cadence than {chain.downstream_duty}", at)
        if chain.tree not in trees:
            refuse(f"chain {chain.chain_id}: nobody stands in tree `{chain.tree}` of trees.csv", at)


def check_forms(campaign: Campaign) -> None:
    """Titles tell forms apart; task tables belong to a known list; a length limit says how to count."""
    title_of: dict[str, str] = {}
    for index, form in enumerate(campaign.forms):
        for title in (form.title, *form.title_aliases):
            first = title_of.setdefault(as_compared(title), form.form_id)
            if first != form.form_id:
                refuse(f"form {form.form_id}: the title {title!r} already names form {first}", ("forms", index))
    lists = {task_list.list_id for task_list in campaign.task_lists}
    readings = {choice.setting: choice.reading for choice in campaign.contradictions}
    for index, form in enumerate(campaign.forms):
        for list_id in form.task_lists:
            if list_id not in lists:
                refuse(f"form {form.form_id}: {list_id!r} is no list of `task_lists`", ("forms", index))
        counting = form.narrative and form.narrative.counting_setting
        if counting and readings.get(counting) not in COUNTING_RULES:
            sentence = f"contradiction {counting!r} must read one of {', '.join(COUNTING_RULES)}"
            refuse(f"form {form.form_id}: {sentence}", ("forms", index))
