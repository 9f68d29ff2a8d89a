"""Tasks, groups, trees, targets and what is expected of whom, as rows of a campaign's snapshot.

Belongs here: flattening of lists, rosters and duties expanded to units. Does not belong here: forms, rules and dates
(tables.py, which makes the snapshot), column types (the raw zone), expansion (directory.py, reporters.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from campaigns.calendar import DueDate, OutputDate
from campaigns.directory import Named, UnitDirectory
from campaigns.model import Campaign
from campaigns.periods import cadence_of, first_day_of, last_day_of, periods_between
from campaigns.reporters import expected_events, expected_reports, upstream_reports

Rows = list[dict[str, Any]]


def task_rows(
    campaign: Campaign, dates: Sequence[DueDate], as_of: date, outputs: Sequence[OutputDate] = ()
) -> dict[str, Rows]:
    """Rows by table name, without campaign and snapshot; tables without rows are there and empty.

    Args:
        campaign: what to flatten.
        dates: its due dates; `expected_reports` holds one row per duty, unit and period.
        as_of: extensions granted after that day are left out.
        outputs: dates of the office's own products (calendar.output_dates).
    """
    directory = campaign.directory()
    expected = expected_reports(campaign, dates, as_of)
    return {
        "task_lists": _task_list_rows(campaign),
        "form_task_lists": [{"form_id": f.form_id, "list_id": name} for f in campaign.forms for name in f.task_lists],
        "tasks": _task_rows(campaign, directory),
        "task_units": list(_task_unit_rows(campaign, directory)),
        "task_leaders": list(_task_leader_rows(campaign, directory)),
        "leaders": [leader.model_dump() for leader in campaign.leaders],
        "sector_plans": [plan.model_dump() for plan in campaign.sector_plans],
        "sector_plan_units": list(_plan_unit_rows(campaign, directory)),
        "groups": _group_rows(campaign),
        "group_members": list(_member_rows(campaign, directory)),
        "unit_parents": _parent_rows(directory),
        "unit_changes": list(_change_rows(campaign, directory)),
        "unit_details": _unit_detail_rows(campaign),
        "targets": [target.model_dump() for target in campaign.targets],
        "target_periods": list(_target_period_rows(campaign)),
        "documents": [document.model_dump() for document in campaign.documents],
        "stages": [stage.model_dump(exclude={"goals"}) for stage in campaign.stages],
        "expected_reports": [report._asdict() for report in expected],
        "expected_events": [event._asdict() for event in expected_events(campaign)],
        "upstream_reports": [report._asdict() for report in upstream_reports(campaign, expected)],
        "extensions": _extension_rows(campaign, directory),
        "output_dates": _output_rows(campaign, outputs),
    }


def _task_list_rows(campaign: Campaign) -> Rows:
    return [
        {
            "list_id": entry.list_id,
            "list_title": entry.title,
            "year": entry.year,
            "task_count": entry.count,
            "clause": entry.clause,
        }
        for entry in campaign.task_lists
    ]


def _task_rows(campaign: Campaign, directory: UnitDirectory) -> Rows:
    """One row per task; `due_on` is the last day meant, `*_is_open` says that a cell ends in 等 or 有关单位."""
    return [
        {
            **task.model_dump(exclude={"due"}),
            "position": position,
            "due_month": task.due_month,
            "due_on": task.due_on,
            "lead_is_open": _is_open(directory, directory.read(task.lead_units)),
            "co_is_open": _is_open(directory, directory.read(task.co_units)),
        }
        for position, task in enumerate(campaign.tasks, start=1)
    ]


def _target_period_rows(campaign: Campaign) -> Iterator[dict[str, Any]]:
    """Every year (quarter, …) that a target speaks of; a target against another period is measured in each of them."""
    for target in campaign.targets:
        cadence = cadence_of(target.first_period)
        spans = (first_day_of(target.first_period), last_day_of(target.last_period))
        for period in periods_between(cadence, *spans):
            yield {
                "target_id": target.target_id,
                "period": period,
                "starts_on": first_day_of(period),
                "ends_on": last_day_of(period),
                "base_starts_on": first_day_of(target.relative_to) if target.relative_to else None,
                "base_ends_on": last_day_of(target.relative_to) if target.relative_to else None,
            }


def _is_open(directory: UnitDirectory, named: Named) -> bool:
    return named.and_others or any(directory.groups[group_id].is_open for group_id in named.group_ids)


def _task_unit_rows(campaign: Campaign, directory: UnitDirectory) -> Iterator[dict[str, Any]]:
    """Task × role × unit × membership span; a unit named itself has no `group_id` and no end."""
    for task in campaign.tasks:
        for role, text in (("lead", task.lead_units), ("co", task.co_units)):
            for row in _named_rows(directory, directory.read(text)):
                yield {"task_id": task.task_id, "role": role, **row}


def _plan_unit_rows(campaign: Campaign, directory: UnitDirectory) -> Iterator[dict[str, Any]]:
    for plan in campaign.sector_plans:
        for role, text in (("lead", plan.lead), ("co", plan.co_units)):
            for row in _named_rows(directory, directory.read(text)):
                yield {"plan_id": plan.plan_id, "role": role, **row}


def _named_rows(directory: UnitDirectory, named: Named) -> Iterator[dict[str, Any]]:
    """Units named themselves and those they became, then those named through a group; each unit once per group."""
    named_ids = dict.fromkeys(named.unit_ids)
    for unit_id in named_ids:
        yield {"unit_id": unit_id, "group_id": None, "valid_from": None, "valid_to": None}
    later = {span: None for unit_id in named_ids for span in directory.line_of(unit_id)}
    for span in later:
        if span.unit_id not in named_ids:
            yield {"unit_id": span.unit_id, "group_id": None, "valid_from": span.start, "valid_to": span.end}
    for group_id in dict.fromkeys(named.group_ids):
        for span in directory.spans(group_id):
            yield {"unit_id": span.unit_id, "group_id": group_id, "valid_from": span.start, "valid_to": span.end}


def _task_leader_rows(campaign: Campaign, directory: UnitDirectory) -> Iterator[dict[str, Any]]:
    for task in campaign.tasks:
        for leader_id in directory.read_leaders(task.leaders)[0]:
            yield {"task_id": task.task_id, "leader_id": leader_id}


def _group_rows(campaign: Campaign) -> Rows:
    return [
        {
            "group_id": group.group_id,
            "group_name": group.name,
            "is_complete": group.is_complete,
            "is_open": group.is_open,
            "note": group.note,
            "clause": group.clause,
        }
        for group in campaign.groups
    ]


def _member_rows(campaign: Campaign, directory: UnitDirectory) -> Iterator[dict[str, Any]]:
    for group in campaign.groups:
        for span in directory.spans(group.group_id):
            yield {
                "group_id": group.group_id,
                "unit_id": span.unit_id,
                "valid_from": span.start,
                "valid_to": span.end,
            }


def _parent_rows(directory: UnitDirectory) -> Rows:
    return [
        {
            "tree": place.edge.tree,
            "unit_id": place.unit_id,
            "parent_id": place.parent,
            "valid_from": place.edge.valid_from,
            "valid_to": place.edge.valid_to,
            "source": place.edge.source,
        }
        for place in directory.places()
    ]


def _change_rows(campaign: Campaign, directory: UnitDirectory) -> Iterator[dict[str, Any]]:
    """Change × unit before × unit after: a merger has several before, a split several after."""
    for change in campaign.unit_changes:
        for before in change.before:
            for after in change.after:
                yield {
                    "change_id": change.change_id,
                    "kind": change.kind,
                    "changed_on": change.on,
                    "unit_id_before": directory.unit_id(before),
                    "unit_id_after": directory.unit_id(after),
                    "clause": change.clause,
                }


def _unit_detail_rows(campaign: Campaign) -> Rows:
    return [
        {"unit_id": unit.unit_id, "valid_from": unit.valid_from, "risk_class": unit.risk_class, "source": unit.source}
        for unit in campaign.units
    ]


def _extension_rows(campaign: Campaign, directory: UnitDirectory) -> Rows:
    return [
        {**entry.model_dump(exclude={"unit"}), "unit_id": directory.unit_id(entry.unit)}
        for entry in campaign.extensions
    ]


def _output_rows(campaign: Campaign, dates: Sequence[OutputDate]) -> Rows:
    outputs = {output.output_id: output for output in campaign.outputs}
    return [
        {
            "output_id": entry.output_id,
            "output_name": outputs[entry.output_id].name,
            "kind": outputs[entry.output_id].kind,
            "disclosure": outputs[entry.output_id].disclosure,
            "period": entry.period,
            "due_on": entry.due_on,
            "due_source": entry.due_source,
            "clause": outputs[entry.output_id].clause,
        }
        for entry in dates
    ]
