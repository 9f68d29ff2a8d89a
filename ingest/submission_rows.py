"""Rows of the raw tables for what was received.

Belongs here: which column gets what, for receipts and their submissions. Does not belong here: verdicts (verdicts.py),
writing (raw_zone.py). Names of people go to `signatures`, their addresses to
`mails`, and nowhere else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

import pyarrow as pa

from campaigns.text_length import COUNTING_RULES, lengths
from campaigns.vocabulary import Gate
from ingest.forms.explanations import characters_of
from ingest.hazards.hazard_lines import LINE_COLUMNS, PLACE_COLUMNS, cells_of_no_hazard, column_places, hazard_lines
from ingest.parsed import ListCell, ParsedSubmission
from ingest.raw.history import WhatFor
from ingest.raw.raw_tables import RAW_TABLES
from ingest.receiving.receipt import Receipt
from ingest.verdicts import Judged, status_reasons

_WORDS = ("message", "message_en")
_OUTCOME = (
    *("rule_code", "rule_version", "rule_class", "gate", "is_trial", "outcome"),
    *(*_WORDS, "item_code", "part", "source_cell"),
)
_WHERE = ("sheet_name", "cell_ref")
_LIST_VALUE = ("value_state", "text_value", "number_value", "date_value", "raw_text")
_LIST_CELL = ("row_number", "row_key", "column_id", "position", *_LIST_VALUE, *_WHERE)
_PERSONAL_CELL = ("row_number", "row_key", "column_id", "text_value", *_WHERE)
_TEXT_PART = ("part_id", "text_value", *COUNTING_RULES, *_WHERE)
_SUBJECT = ("submission_id", "campaign_id", "form_id", "unit_id", "period", "received_at")


@dataclass(slots=True)
class Details:
    """Many rows for each submission; what they share with it is kept once and repeated by Arrow."""

    table: str
    columns: tuple[str, ...]
    subjects: list[tuple[Any, ...]] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)
    rows: list[tuple[Any, ...]] = field(default_factory=list)

    def add(self, subject: tuple[Any, ...], rows: Iterable[tuple[Any, ...]]) -> None:
        before = len(self.rows)
        self.rows.extend(rows)
        self.owners.extend([len(self.subjects)] * (len(self.rows) - before))
        self.subjects.append(subject)

    def as_table(self) -> pa.Table:
        schema = RAW_TABLES[self.table]
        owners = pa.array(self.owners, pa.int32())
        shared = _columns(schema, _SUBJECT, self.subjects)
        return pa.table(
            {name: column.take(owners) for name, column in shared.items()} | _columns(schema, self.columns, self.rows)
        )


@dataclass(slots=True)
class SubmissionRows:
    """The rows of one batch, gathered file by file."""

    receipts: list[dict[str, Any]] = field(default_factory=list)
    submissions: list[dict[str, Any]] = field(default_factory=list)
    signatures: list[dict[str, Any]] = field(default_factory=list)
    mails: list[dict[str, Any]] = field(default_factory=list)
    cells: Details = field(
        default_factory=lambda: Details(
            "cells",
            ("item_code", "part", "value_state", "value", "raw_text", "sheet_name", "cell_ref"),  # as in Cell
        )
    )
    outcomes: Details = field(
        default_factory=lambda: Details(
            "outcomes",
            _OUTCOME,
        )
    )
    explanations: Details = field(
        default_factory=lambda: Details("explanations", ("explanation", "source_cell", "item_code", "characters"))
    )
    list_cells: Details = field(default_factory=lambda: Details("list_cells", _LIST_CELL))
    personal_cells: Details = field(default_factory=lambda: Details("personal_cells", _PERSONAL_CELL))
    text_parts: Details = field(default_factory=lambda: Details("text_parts", _TEXT_PART))
    hazard_lines: Details = field(default_factory=lambda: Details("hazard_lines", LINE_COLUMNS))
    list_columns: Details = field(default_factory=lambda: Details("list_columns", PLACE_COLUMNS))

    def add_receipt(self, receipt: Receipt, **columns: Any) -> None:
        """Register a file; `columns` are the ones that do not follow from the file itself."""
        self.receipts.append(
            {
                "file_sha256": receipt.sha256,
                "file_name": receipt.found.file_name,
                "file_path": receipt.found.file_path,
                "size_bytes": receipt.size_bytes,
                "channel": receipt.found.channel,
                **columns,
            }
        )
        if receipt.found.envelope and not receipt.is_inside:
            known = asdict(receipt.found.envelope)
            known["recipients"] = ", ".join(known["recipients"])
            self.mails.append({"receipt_id": columns["receipt_id"], "file_sha256": receipt.sha256, **known})

    def add_submission(
        self,
        receipt: Receipt,
        receipt_id: str,
        submission_id: str,
        what_for: WhatFor,
        judged: Judged,
        at: datetime,
        *,
        is_hazard_list: bool = False,
    ) -> None:
        """Register one form found in the file; the lines of a hazard list have a wide table of their own."""
        parsed = judged.parsed
        code, chinese, english = status_reasons(judged)
        self.submissions.append(
            {
                "submission_id": submission_id,
                "receipt_id": receipt_id,
                **what_for._asdict(),
                "form_version": parsed.form_version,
                "filled_on": parsed.filled_on,
                "verdict": judged.verdict.value,
                "reason_code": code,
                "status_reason": chinese,
                "status_reason_en": english,
                "file_name": receipt.found.file_name,
                "file_sha256": receipt.sha256,
                "file_format": parsed.file_format,
                "sheet_name": parsed.sheet_name,
                "received_at": at,
                "received_on": at.date(),
            }
        )
        if parsed.filler or parsed.reviewer:
            self.signatures.append(
                {
                    "submission_id": submission_id,
                    "filler": parsed.filler or None,
                    "reviewer": parsed.reviewer or None,
                    "received_at": at,
                }
            )
        self._add_details((submission_id, *what_for.form, at), judged, is_hazard_list)

    def _add_details(self, subject: tuple[Any, ...], judged: Judged, is_hazard_list: bool) -> None:
        gate = Gate.SUBMISSION.value
        self.cells.add(subject, judged.parsed.cells)
        self.outcomes.add(
            subject,
            (
                (
                    o.rule_code,
                    o.rule_version,
                    o.rule_class,
                    gate,
                    o.is_trial,
                    o.outcome,
                    o.message,
                    o.message_en,
                    o.item_code,
                    o.part,
                    o.source_cell,
                )
                for o in judged.outcomes
            ),
        )
        self.explanations.add(
            subject,
            (
                (said.text, said.address, said.item_code or None, characters_of(said.text))
                for said in judged.parsed.explanations
            ),
        )
        self._add_lists_and_texts(subject, judged.parsed, is_hazard_list)

    def _add_lists_and_texts(self, subject: tuple[Any, ...], parsed: ParsedSubmission, is_hazard_list: bool) -> None:
        in_cells: Iterable[ListCell] = parsed.list_cells
        if is_hazard_list:
            in_cells = cells_of_no_hazard(parsed.list_cells)
            _, campaign_id, _, unit_id, *_ = subject
            self.hazard_lines.add(subject, hazard_lines(parsed.list_cells, campaign_id, unit_id))
            self.list_columns.add(subject, column_places(parsed.list_cells))
        self.list_cells.add(subject, (cell[:-1] for cell in in_cells if not cell.personal))
        people = (cell for cell in parsed.list_cells if cell.personal)
        self.personal_cells.add(
            subject, ((c.row_number, c.row_key, c.column_id, c.text, c.sheet_name, c.cell_ref) for c in people)
        )
        self.text_parts.add(
            subject,
            ((p.part_id, p.text, *lengths(p.text).values(), p.sheet_name, p.cell_ref) for p in parsed.passages),
        )

    @property
    def _details(self) -> tuple[Details, ...]:
        figures, texts = (self.cells, self.outcomes, self.explanations), (self.list_cells, self.personal_cells)
        return *figures, *texts, self.text_parts, self.hazard_lines, self.list_columns

    def as_batch(self) -> dict[str, Any]:
        """Table name → rows, for `RawZone.append`."""
        return {
            "receipts": self.receipts,
            "submissions": self.submissions,
            "signatures": self.signatures,
            "mails": self.mails,
            **{details.table: details.as_table() for details in self._details},
        }


def submission_id_of(what_for: WhatFor, file_sha256: str, sheet_name: str, received_at: datetime) -> str:
    """The same for the same form of the same bytes received at the same time, whoever computes it."""
    return _short_hash(*what_for.form, file_sha256, sheet_name, received_at.isoformat())


def receipt_id_of(batch_id: str, receipt: Receipt) -> str:
    return _short_hash(batch_id, receipt.found.file_path, receipt.sha256)


def _short_hash(*parts: str | None) -> str:
    return hashlib.sha256("|".join(part or "" for part in parts).encode()).hexdigest()[:16]


def _columns(schema: pa.Schema, names: tuple[str, ...], rows: list[tuple[Any, ...]]) -> dict[str, pa.Array]:
    values = zip(*rows, strict=True) if rows else ((),) * len(names)
    return {name: pa.array(column, schema.field(name).type) for name, column in zip(names, values, strict=True)}
