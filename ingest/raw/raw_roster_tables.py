"""The columns of the raw tables that hold tasks, groups, trees, targets and what is expected of whom.

Belongs here: names and types only; campaigns.task_tables makes the rows. Does not belong here: forms, rules and dates
(raw_campaign_tables.py), what was received (raw_tables.py).
"""

from __future__ import annotations

import pyarrow as pa

from ingest.raw.raw_campaign_tables import campaign_table

TASK_LISTS = campaign_table(
    list_id=pa.string(),
    list_title=pa.string(),
    year=pa.int32(),
    task_count=pa.int32(),
    clause=pa.string(),
)

TASKS = campaign_table(
    list_id=pa.string(),
    task_id=pa.string(),
    number=pa.string(),
    section=pa.string(),
    theme=pa.string(),
    goal=pa.string(),
    due_text=pa.string(),
    lead_units=pa.string(),
    co_units=pa.string(),
    leaders=pa.string(),
    clause=pa.string(),
    note=pa.string(),
    position=pa.int32(),
    due_month=pa.string(),
    due_on=pa.date32(),
    lead_is_open=pa.bool_(),
    co_is_open=pa.bool_(),
)

TASK_UNITS = campaign_table(  # task × role × unit × membership span; valid_to is the first day it no longer holds
    task_id=pa.string(),
    role=pa.string(),
    unit_id=pa.string(),
    group_id=pa.string(),
    valid_from=pa.date32(),
    valid_to=pa.date32(),
)

TASK_LEADERS = campaign_table(
    task_id=pa.string(),
    leader_id=pa.string(),
)

LEADERS = campaign_table(
    leader_id=pa.string(),
    label=pa.string(),
)

SECTOR_PLANS = campaign_table(
    plan_id=pa.string(),
    number=pa.int32(),
    name=pa.string(),
    lead=pa.string(),
    co_units=pa.string(),
    scope=pa.string(),
    clause=pa.string(),
)

SECTOR_PLAN_UNITS = campaign_table(
    plan_id=pa.string(),
    role=pa.string(),
    unit_id=pa.string(),
    group_id=pa.string(),
    valid_from=pa.date32(),
    valid_to=pa.date32(),
)

GROUPS = campaign_table(
    group_id=pa.string(),
    group_name=pa.string(),
    is_complete=pa.bool_(),
    is_open=pa.bool_(),
    note=pa.string(),
    clause=pa.string(),
)

GROUP_MEMBERS = campaign_table(
    group_id=pa.string(),
    unit_id=pa.string(),
    valid_from=pa.date32(),
    valid_to=pa.date32(),
)

UNIT_PARENTS = campaign_table(
    tree=pa.string(),
    unit_id=pa.string(),
    parent_id=pa.string(),
    valid_from=pa.date32(),
    valid_to=pa.date32(),
    source=pa.string(),
)

UNIT_CHANGES = campaign_table(
    change_id=pa.string(),
    kind=pa.string(),
    changed_on=pa.date32(),
    unit_id_before=pa.string(),
    unit_id_after=pa.string(),
    clause=pa.string(),
)

UNIT_DETAILS = campaign_table(
    unit_id=pa.string(),
    valid_from=pa.date32(),
    risk_class=pa.string(),
    source=pa.string(),
)

TARGETS = campaign_table(
    target_id=pa.string(),
    name=pa.string(),
    measure=pa.string(),
    comparison=pa.string(),
    value=pa.decimal128(18, 4),
    value_to=pa.decimal128(18, 4),
    measure_unit=pa.string(),
    relative_to=pa.string(),
    base=pa.string(),
    base_value=pa.decimal128(18, 4),  # what stood there in the period of comparison, where the office knows it
    first_period=pa.string(),
    last_period=pa.string(),
    task_id=pa.string(),
    setting=pa.string(),
    reading=pa.string(),
    text=pa.string(),
    clause=pa.string(),
)

DOCUMENTS = campaign_table(
    document_id=pa.string(),
    number=pa.string(),
    title=pa.string(),
    issuer=pa.string(),
    issued_on=pa.date32(),
    status=pa.string(),
    disclosure=pa.string(),
)

STAGES = campaign_table(
    stage_id=pa.string(),
    name=pa.string(),
    starts_on=pa.date32(),
    ends_on=pa.date32(),
    clause=pa.string(),
)

EXPECTED_REPORTS = campaign_table(  # one report one unit owes or may send; extensions granted are in its dates
    duty_id=pa.string(),
    form_id=pa.string(),
    unit_id=pa.string(),
    period=pa.string(),
    cutoff_on=pa.date32(),
    due_on=pa.date32(),
    due_source=pa.string(),
    grace_until=pa.date32(),
    lock_on=pa.date32(),
    extended=pa.bool_(),
    voluntary=pa.bool_(),
)

EXPECTED_EVENTS = campaign_table(  # what one unit must have done in a period
    obligation_id=pa.string(),
    obligation_name=pa.string(),
    form_id=pa.string(),
    event=pa.string(),
    unit_id=pa.string(),
    risk_class=pa.string(),
    period=pa.string(),
    starts_on=pa.date32(),
    ends_on=pa.date32(),
    times=pa.int32(),
    clause=pa.string(),
)

UPSTREAM_REPORTS = campaign_table(  # one report on which another rests
    chain_id=pa.string(),
    period=pa.string(),
    upstream_duty_id=pa.string(),
    upstream_unit_id=pa.string(),
    downstream_duty_id=pa.string(),
    downstream_unit_id=pa.string(),
)

EXTENSIONS = campaign_table(
    duty_id=pa.string(),
    period=pa.string(),
    due_on=pa.date32(),
    granted_by=pa.string(),
    granted_on=pa.date32(),
    reason=pa.string(),
    unit_id=pa.string(),
)

OUTPUT_DATES = campaign_table(
    output_id=pa.string(),
    output_name=pa.string(),
    kind=pa.string(),
    disclosure=pa.string(),
    period=pa.string(),
    due_on=pa.date32(),
    due_source=pa.string(),
    clause=pa.string(),
)

ROSTER_TABLES: dict[str, pa.Schema] = {
    "task_lists": TASK_LISTS,
    "tasks": TASKS,
    "task_units": TASK_UNITS,
    "task_leaders": TASK_LEADERS,
    "leaders": LEADERS,
    "sector_plans": SECTOR_PLANS,
    "sector_plan_units": SECTOR_PLAN_UNITS,
    "groups": GROUPS,
    "group_members": GROUP_MEMBERS,
    "unit_parents": UNIT_PARENTS,
    "unit_changes": UNIT_CHANGES,
    "unit_details": UNIT_DETAILS,
    "targets": TARGETS,
    "documents": DOCUMENTS,
    "stages": STAGES,
    "expected_reports": EXPECTED_REPORTS,
    "expected_events": EXPECTED_EVENTS,
    "upstream_reports": UPSTREAM_REPORTS,
    "extensions": EXTENSIONS,
    "output_dates": OUTPUT_DATES,
}
