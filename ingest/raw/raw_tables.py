"""The columns of the raw tables of what was received, and the list of all raw tables: the border of Python and SQL.

Belongs here: names and types only. What enters is typed and clean (numbers, dates, trimmed text); SQL never parses
text. Times are Beijing time without a zone. Does not belong here: tables of campaign data (raw_campaign_tables.py,
raw_roster_tables.py), writing (raw_zone.py).
"""

from __future__ import annotations

import pyarrow as pa

from ingest.raw.raw_campaign_tables import FORM_TABLES
from ingest.raw.raw_hazard_tables import HAZARD_TABLES
from ingest.raw.raw_review_tables import REVIEW_TABLES
from ingest.raw.raw_roster_tables import ROSTER_TABLES

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
    file_path=pa.string(),  # where it lay below the inbox; archive!member for a file out of a bundle
    size_bytes=pa.int64(),
    channel=pa.string(),  # folder, command, mail
    result=pa.string(),  # the worst of its submissions; duplicate; unpacked: a mere wrapping
    duplicate_of=pa.string(),  # submission_id that already holds the same bytes
    received_at=TIMESTAMP,
    received_on=pa.date32(),
)

SUBMISSIONS = _table(
    submission_id=pa.string(),
    receipt_id=pa.string(),
    **_WHAT_FOR,  # null where nobody can say
    card_key=pa.string(),  # which of a unit's cards, one hazard each; empty for a whole form
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
    rule_version=pa.string(),  # the text of the rule that judged, in `rules`; null for reading problems
    rule_class=pa.string(),
    gate=pa.string(),
    is_trial=pa.bool_(),
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
    item_code=pa.string(),  # the item it answers, one row for each; null: the form as a whole
    characters=pa.int32(),  # without white space
    received_at=TIMESTAMP,
)

SIGNATURES = _table(  # personal data: published to no analyst
    submission_id=pa.string(),
    filler=pa.string(),
    reviewer=pa.string(),
    received_at=TIMESTAMP,
)

MAILS = _table(  # personal data: published to no analyst; also how a mail already taken in is known again
    receipt_id=pa.string(),
    file_sha256=pa.string(),
    account=pa.string(),
    folder=pa.string(),
    uid_validity=pa.int64(),
    uid=pa.int64(),
    message_id=pa.string(),
    sender=pa.string(),
    recipients=pa.string(),
    subject=pa.string(),
    received_at=TIMESTAMP,
)


# Cells of list forms (task tables, registers, event lists, liaison lists): one row per filled cell, and per unit in a
# cell that names several. Columns marked personal are in `personal_cells` instead. A cell merged over several rows is
# repeated in each, with the same address. An accepted list without cells reported that there is nothing.
LIST_CELLS = _table(
    submission_id=pa.string(),
    **_WHAT_FOR,
    row_number=pa.int32(),  # order of the row in the list, from 1
    row_key=pa.string(),  # the values of the form's row_key columns but personal ones; the same thing has the same key
    # every month; a row without any key value is #<row_number>; but for tasks, the second row with a key ends in #2
    column_id=pa.string(),
    position=pa.int32(),  # 1, or the place of a unit among several in one cell
    value_state=pa.string(),
    text_value=pa.string(),  # text, code of a choice, unit_id or group_id, task_id (own tasks: number), 2024-06
    number_value=FIGURE,  # integer, decimal; yes_no as 1 or 0
    date_value=pa.date32(),  # date; of a month its last day
    raw_text=pa.string(),
    sheet_name=pa.string(),
    cell_ref=pa.string(),
    received_at=TIMESTAMP,
)

PERSONAL_CELLS = _table(  # personal data: published to no analyst
    submission_id=pa.string(),
    **_WHAT_FOR,
    row_number=pa.int32(),
    row_key=pa.string(),
    column_id=pa.string(),
    text_value=pa.string(),
    sheet_name=pa.string(),
    cell_ref=pa.string(),
    received_at=TIMESTAMP,
)

TEXT_PARTS = _table(  # one row per part of a narrative that was found
    submission_id=pa.string(),
    **_WHAT_FOR,
    part_id=pa.string(),  # of the form; `preamble` for text before the first heading, `other` under a foreign one
    text_value=pa.string(),
    characters=pa.int32(),  # length by each rule of campaigns.text_length
    words=pa.int32(),
    without_punctuation=pa.int32(),
    sheet_name=pa.string(),
    cell_ref=pa.string(),  # of its first line: R12C1 of sheet 正文 is a Word text's twelfth paragraph
    received_at=TIMESTAMP,
)

RAW_TABLES: dict[str, pa.Schema] = {
    "receipts": RECEIPTS,
    "submissions": SUBMISSIONS,
    "cells": CELLS,
    "outcomes": OUTCOMES,
    "explanations": EXPLANATIONS,
    "signatures": SIGNATURES,
    "mails": MAILS,
    "list_cells": LIST_CELLS,
    "personal_cells": PERSONAL_CELLS,
    "text_parts": TEXT_PARTS,
    **HAZARD_TABLES,
    **FORM_TABLES,
    **ROSTER_TABLES,
    **REVIEW_TABLES,
}

PERSONAL_TABLES = frozenset({"signatures", "personal_cells"})  # as sent; SQL stages them in schema `restricted` only
