"""The columns of the raw tables of the hazard ledger: lines as reported, where their cells stand, who is the same.

Belongs here: names and types only. A hazard list is wide and long (millions of lines), so it has columns of its own
instead of the cell-by-cell table of other lists. Does not belong here: the meaning of the columns
(campaigns.hazard_columns), matching (hazard_identity.py), writing (raw_zone.py).
"""

from __future__ import annotations

import pyarrow as pa

from campaigns.hazard_columns import HAZARD_COLUMNS, NAMING_COLUMNS, PERSONAL_COLUMNS

_TIMESTAMP = pa.timestamp("us")
_TYPES = {
    "text": pa.string(),
    "unit": pa.string(),
    "choice": pa.string(),
    "date": pa.date32(),
    "integer": pa.int32(),
    "decimal": pa.decimal128(18, 4),
}

HAZARD_LINES = pa.schema(
    {
        "submission_id": pa.string(),
        "campaign_id": pa.string(),
        "form_id": pa.string(),
        "unit_id": pa.string(),
        "period": pa.string(),
        "row_number": pa.int32(),  # order in the list, from 1; with submission_id the key
        "signature": pa.string(),  # the same for the same words from the same unit, month after month
        "number_key": pa.string(),  # what signatures are made of and compared by
        "enterprise_key": pa.string(),
        "hazard_key": pa.string(),
        # names of persons are stored in personal_cells
        **{name: _TYPES[kind] for name, kind in HAZARD_COLUMNS.items() if name not in PERSONAL_COLUMNS},
        **{f"has_{name}": pa.bool_() for name in NAMING_COLUMNS},  # null where the list came before the column
        "criterion_key": pa.string(),  # by which `criterion` is looked up; null where it names none, or came before
        "is_found_by_month": pa.bool_(),  # found_on is the last day of a month without a day; null in older lists
        "sheet_name": pa.string(),
        "row_ref": pa.string(),  # the row of the sheet or table, as part of an address
        "received_at": _TIMESTAMP,
        "batch_id": pa.string(),
    }
)

# Where a column of a list stands: the address of a cell is ref_before || row_ref || ref_after, e.g. C || 5 or
# R || 5 || C3. A card has its own row here for every cell, with row_number and the whole address in ref_before.
LIST_COLUMNS = pa.schema(
    {
        "submission_id": pa.string(),
        "campaign_id": pa.string(),
        "form_id": pa.string(),
        "unit_id": pa.string(),
        "period": pa.string(),
        "sheet_name": pa.string(),
        "column_id": pa.string(),
        "row_number": pa.int32(),
        "ref_before": pa.string(),
        "ref_after": pa.string(),
        "received_at": _TIMESTAMP,
        "batch_id": pa.string(),
    }
)

HAZARD_SIGNATURES = pa.schema(  # every distinct signature once, when it was first received
    {
        "campaign_id": pa.string(),
        "signature": pa.string(),
        "unit_id": pa.string(),
        "number_key": pa.string(),
        "enterprise_key": pa.string(),
        "hazard_key": pa.string(),
        "found_on": pa.date32(),
        "place": pa.string(),  # the unit of the 属地 column; null where the signature came before the column
        "received_at": _TIMESTAMP,
        "batch_id": pa.string(),
    }
)

HAZARD_PAIRS = pa.schema(  # what the comparison of two signatures found; pairs that are merely different have no row
    {
        "campaign_id": pa.string(),
        "pair_id": pa.string(),
        "signature_a": pa.string(),
        "signature_b": pa.string(),
        "kind": pa.string(),  # same (one unit), overlap (two units), repeat (found again later)
        "is_sure": pa.bool_(),
        "score": pa.decimal128(5, 4),
        "reason": pa.string(),
        "received_at": _TIMESTAMP,  # when the later of the two was first received
        "batch_id": pa.string(),
    }
)

HAZARD_TABLES: dict[str, pa.Schema] = {
    "hazard_lines": HAZARD_LINES,
    "list_columns": LIST_COLUMNS,
    "hazard_signatures": HAZARD_SIGNATURES,
    "hazard_pairs": HAZARD_PAIRS,
}
