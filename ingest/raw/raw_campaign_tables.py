"""The columns of the raw tables that hold campaigns as data: rosters, duties, tasks, dates as they stood when loaded.

Belongs here: names and types only, of forms, rules, units and dates; campaigns.tables makes the rows. Does not belong
here: tasks, groups and what is expected of whom (raw_roster_tables.py), what was received (raw_tables.py).
"""

from __future__ import annotations

import pyarrow as pa

_FIGURE = pa.decimal128(18, 4)


def campaign_table(**columns: pa.DataType) -> pa.Schema:
    """A campaign's data as it stood when loaded; a new snapshot is appended only when something changed."""
    stamp = {"snapshot_id": pa.string(), "loaded_at": pa.timestamp("us"), "batch_id": pa.string()}
    return pa.schema({"campaign_id": pa.string(), **columns, **stamp})


CAMPAIGNS = campaign_table(
    campaign_name=pa.string(),
    area=pa.string(),
    area_code=pa.string(),
    office=pa.string(),
    document_number=pa.string(),
    starts_on=pa.date32(),
    ends_on=pa.date32(),
)

FORMS = campaign_table(
    form_id=pa.string(),
    form_version=pa.string(),
    form_kind=pa.string(),
    form_title=pa.string(),
    longest_text=pa.int32(),  # of a narrative
    counting_rule=pa.string(),  # how its length counts
    event_column=pa.string(),  # of an event list: the column that says what happened
    subject=pa.string(),  # what a list is about: accident, inspection, meeting, enterprise, site, …
    date_column=pa.string(),  # of an event list: the column that says when
    actor_column=pa.string(),  # of an event list: the column that says who led it, by post
    own_tasks=pa.bool_(),  # of a task table: the unit's own table defines the tasks
    clause=pa.string(),
)

UNITS = campaign_table(
    unit_id=pa.string(),
    unit_name=pa.string(),
    unit_kind=pa.string(),
    reporting_scope=pa.string(),
    position=pa.int32(),
    valid_from=pa.date32(),
    valid_to=pa.date32(),
)

INDICATORS = campaign_table(
    form_id=pa.string(),
    item_code=pa.string(),
    part=pa.string(),
    section_code=pa.string(),
    section_name=pa.string(),
    indicator_name=pa.string(),  # 行政处罚
    part_name=pa.string(),  # 金额; null for a single figure
    measure_unit=pa.string(),
    kind=pa.string(),
    aggregation=pa.string(),
    position=pa.int32(),  # order on the form, 1…35
    applies_to_territory=pa.bool_(),
    applies_to_city_level=pa.bool_(),
    definition=pa.string(),
)

DUE_DATES = campaign_table(  # one row per duty, period and reporting scope
    duty_id=pa.string(),
    form_id=pa.string(),
    duty_name=pa.string(),
    cadence=pa.string(),
    reporting_scope=pa.string(),
    period=pa.string(),
    previous_period=pa.string(),
    cutoff_on=pa.date32(),
    due_on=pa.date32(),
    due_source=pa.string(),  # decree, library, estimate
    grace_until=pa.date32(),
    lock_on=pa.date32(),
    voluntary=pa.bool_(),  # may be reported, is never missing
    clause=pa.string(),
)

RULES = campaign_table(
    form_id=pa.string(),
    rule_code=pa.string(),
    rule_version=pa.string(),
    rule_class=pa.string(),
    gate=pa.string(),
    expect=pa.string(),
    question=pa.string(),  # all that decides its outcomes; read by Python only
    sentence=pa.string(),
    clause=pa.string(),
    is_trial=pa.bool_(),
)

CONTRADICTIONS = campaign_table(
    code=pa.string(),
    setting=pa.string(),
    about=pa.string(),  # what rests on the reading
    reading=pa.string(),
    sentence=pa.string(),
    clauses=pa.string(),
    decided_by=pa.string(),
)

COLUMNS = campaign_table(  # columns of list forms and parts of narratives
    form_id=pa.string(),
    column_id=pa.string(),
    column_name=pa.string(),
    column_type=pa.string(),
    measure_unit=pa.string(),
    is_required=pa.bool_(),
    is_personal=pa.bool_(),
    is_key=pa.bool_(),  # one of the columns that tell the rows apart
    definition=pa.string(),
    position=pa.int32(),
)

CHOICES = campaign_table(  # words a choice column may hold, in the order in which things advance
    form_id=pa.string(),
    column_id=pa.string(),
    choice_code=pa.string(),
    choice_name=pa.string(),
    position=pa.int32(),
)

FORM_TASK_LISTS = campaign_table(  # the lists whose numbers a task table answers
    form_id=pa.string(),
    list_id=pa.string(),
)

TARGET_PERIODS = campaign_table(  # a target and each period it speaks of, with the period it is measured against
    target_id=pa.string(),
    period=pa.string(),
    starts_on=pa.date32(),
    ends_on=pa.date32(),
    base_starts_on=pa.date32(),
    base_ends_on=pa.date32(),
)

CORRECTIONS = campaign_table(  # a figure counted otherwise than reported, as long as the form holds the one expected
    correction_id=pa.string(),
    unit_id=pa.string(),
    form_id=pa.string(),
    period=pa.string(),
    item_code=pa.string(),
    part=pa.string(),
    expected_value=_FIGURE,  # null: no number
    new_value=_FIGURE,
    reason=pa.string(),
    decided_by=pa.string(),
    decided_on=pa.date32(),
    document=pa.string(),
)

EXPLANATION_DECISIONS = campaign_table(  # the office's word on why a form breaks a rule
    decision_id=pa.string(),
    unit_id=pa.string(),
    form_id=pa.string(),
    period=pa.string(),
    rule_code=pa.string(),
    item_code=pa.string(),  # null: every figure that breaks the rule
    explanation=pa.string(),  # said other than in the form
    decision=pa.string(),  # accepted, refused
    expires_on=pa.date32(),
    decided_by=pa.string(),
    decided_on=pa.date32(),
    reason=pa.string(),
)

HAZARD_DECISIONS = campaign_table(  # a person's word on a pair of lines that may be one hazard
    pair_id=pa.string(),
    decision=pa.string(),  # same, different
    decided_by=pa.string(),
    decided_on=pa.date32(),
    reason=pa.string(),
)

INDICATOR_LEDGER = campaign_table(  # which hazards an item counts, one row per source; null: any source
    form_id=pa.string(),
    item_code=pa.string(),
    part=pa.string(),
    counts=pa.string(),  # found, rectified
    source=pa.string(),
    is_listed=pa.bool_(),
)

CALENDAR_DAYS = campaign_table(
    day=pa.date32(),
    is_working_day=pa.bool_(),
    working_days=pa.int32(),  # from the first day listed to this one
    day_source=pa.string(),  # decree, library, estimate
)

FORM_TABLES: dict[str, pa.Schema] = {
    "campaigns": CAMPAIGNS,
    "forms": FORMS,
    "units": UNITS,
    "indicators": INDICATORS,
    "due_dates": DUE_DATES,
    "rules": RULES,
    "contradictions": CONTRADICTIONS,
    "columns": COLUMNS,
    "choices": CHOICES,
    "form_task_lists": FORM_TASK_LISTS,
    "target_periods": TARGET_PERIODS,
    "indicator_ledger": INDICATOR_LEDGER,
    "calendar_days": CALENDAR_DAYS,
    "corrections": CORRECTIONS,
    "explanation_decisions": EXPLANATION_DECISIONS,
    "hazard_decisions": HAZARD_DECISIONS,
}
