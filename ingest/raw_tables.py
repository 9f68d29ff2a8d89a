"""The columns of every raw table: the border between Python and SQL.

Belongs here: names and types only. What enters is typed and clean (numbers, dates, trimmed text); SQL never parses
text. Times are Beijing time without a zone. Does not belong here: writing (raw_zone.py).
"""

from __future__ import annotations

import pyarrow as pa

TIMESTAMP = pa.timestamp("us")
FIGURE = pa.decimal128(18, 4)


def _table(**columns: pa.DataType) -> pa.Schema:
    return pa.schema([*columns.items(), ("batch_id", pa.string())])


_WHAT_FOR = {
    "campaign_id": pa.string(),
    "form_id": pa.string(),
    "unit_id": pa.string(),
    "period": pa.string(),
}

RECEIPTS = _table(
    receipt_id=pa.string(),
    campaign_id=pa.string(),
    file_sha256=pa.string(),
    file_name=pa.string(),
    file_path=pa.string(),  # where it lay below the inbox
    size_bytes=pa.int64(),
    channel=pa.string(),  # folder, command, mail
    result=pa.string(),  # accepted, returned, quarantined, duplicate; the worst of its submissions
    duplicate_of=pa.string(),  # submission_id that already holds the same bytes
    received_at=TIMESTAMP,
    received_on=pa.date32(),
)

SUBMISSIONS = _table(
    submission_id=pa.string(),
    receipt_id=pa.string(),
    **_WHAT_FOR,  # null where nobody can say
    form_version=pa.string(),
    filled_on=pa.date32(),
    verdict=pa.string(),  # accepted, returned, quarantined
    reason_code=pa.string(),  # code of the first mandatory rule broken or reading problem; null when accepted
    status_reason=pa.string(),
    status_reason_en=pa.string(),
    file_name=pa.string(),
    file_sha256=pa.string(),
    file_format=pa.string(),  # xlsx, xls, docx, csv
    sheet_name=pa.string(),
    received_at=TIMESTAMP,
    received_on=pa.date32(),
)

CELLS = _table(
    submission_id=pa.string(),
    **_WHAT_FOR,
    item_code=pa.string(),
    part=pa.string(),
    value_state=pa.string(),
    value=FIGURE,
    raw_text=pa.string(),
    sheet_name=pa.string(),
    cell_ref=pa.string(),
    received_at=TIMESTAMP,
)

OUTCOMES = _table(
    submission_id=pa.string(),
    **_WHAT_FOR,
    rule_code=pa.string(),
    rule_class=pa.string(),
    gate=pa.string(),
    outcome=pa.string(),
    message=pa.string(),
    message_en=pa.string(),
    item_code=pa.string(),
    part=pa.string(),
    source_cell=pa.string(),
    received_at=TIMESTAMP,
)

EXPLANATIONS = _table(
    submission_id=pa.string(),
    **_WHAT_FOR,
    explanation=pa.string(),
    source_cell=pa.string(),
    received_at=TIMESTAMP,
)

SIGNATURES = _table(  # personal data: published to no analyst
    submission_id=pa.string(),
    filler=pa.string(),
    reviewer=pa.string(),
    received_at=TIMESTAMP,
)


def _campaign_table(**columns: pa.DataType) -> pa.Schema:
    """A campaign's data as it stood when loaded; a new snapshot is appended only when something changed."""
    return _table(campaign_id=pa.string(), **columns, snapshot_id=pa.string(), loaded_at=TIMESTAMP)


CAMPAIGNS = _campaign_table(
    campaign_name=pa.string(),
    area=pa.string(),
    area_code=pa.string(),
    office=pa.string(),
    document_number=pa.string(),
    starts_on=pa.date32(),
    ends_on=pa.date32(),
)

FORMS = _campaign_table(
    form_id=pa.string(), form_version=pa.string(), form_kind=pa.string(), form_title=pa.string(), clause=pa.string()
)

UNITS = _campaign_table(
    unit_id=pa.string(),
    unit_name=pa.string(),
    unit_kind=pa.string(),
    reporting_scope=pa.string(),
    position=pa.int32(),
    valid_from=pa.date32(),
    valid_to=pa.date32(),
)

INDICATORS = _campaign_table(
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

DUE_DATES = _campaign_table(  # one row per duty, period and reporting scope
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
    clause=pa.string(),
)

RULES = _campaign_table(
    form_id=pa.string(),
    rule_code=pa.string(),
    rule_class=pa.string(),
    gate=pa.string(),
    expect=pa.string(),
    sentence=pa.string(),
    clause=pa.string(),
    is_trial=pa.bool_(),
)

CONTRADICTIONS = _campaign_table(
    code=pa.string(),
    setting=pa.string(),
    reading=pa.string(),
    sentence=pa.string(),
    clauses=pa.string(),
    decided_by=pa.string(),
)

RAW_TABLES: dict[str, pa.Schema] = {
    "receipts": RECEIPTS,
    "submissions": SUBMISSIONS,
    "cells": CELLS,
    "outcomes": OUTCOMES,
    "explanations": EXPLANATIONS,
    "signatures": SIGNATURES,
    "campaigns": CAMPAIGNS,
    "forms": FORMS,
    "units": UNITS,
    "indicators": INDICATORS,
    "due_dates": DUE_DATES,
    "rules": RULES,
    "contradictions": CONTRADICTIONS,
}
