"""The cells behind one item of a form: what the marts count, and what was written in the files.

Belongs here: reading one item's cells of any period, with their versions, files and addresses. Does not belong here:
totals and the answer to a trace (trace.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from campaigns.vocabulary import NUMBER_STATES
from orchestration.building.database import connect
from orchestration.home import Home
from orchestration.snapshot import MartSnapshot, latest_units, rows_of
from orchestration.tracing.returned_forms import ReturnedForm, returned_forms


@dataclass(frozen=True, slots=True)
class TracedCell:
    """One unit's figure, the version it comes from and where it stands in which file."""

    unit_id: str
    unit_name: str
    reporting_scope: str
    value_state: str
    value: Decimal | None
    reported_value: Decimal | None  # as on the form; differs from `value` under a correction
    correction_id: str | None
    month_value: Decimal | None
    is_counted: bool
    version: int | None
    status: str | None
    status_reason: str | None
    submission_id: str | None
    received_at: datetime | None
    file_name: str | None
    file_sha256: str | None
    archive_path: Path | None
    source_cell: str | None
    raw_text: str | None
    matches_raw: bool | None  # the mart says what the raw zone says; None where the raw zone has no such cell
    returned: ReturnedForm | None = None  # what came instead of a form that counts
    previous: TracedCell | None = None  # with --month: the figure that was subtracted

    @property
    def step_agrees(self) -> bool:
        """The month's step is the difference of the two cells, as far as both are known."""
        if self.previous is None or None in (self.value, self.previous.value, self.month_value):
            return True
        return self.month_value == (self.value or Decimal(0)) - (self.previous.value or Decimal(0))


_CELLS = """
    select figures.*, sent.version, sent.status, sent.status_reason, sent.received_at, sent.file_name, sent.file_sha256
    from rpt_progress_table as figures
    left join fct_submissions as sent on figures.submission_id = sent.submission_id
    where figures.campaign_id = ? and figures.form_id = ? and figures.period = ?
      and figures.item_code = ? and figures.part = ?
    order by figures.unit_position
"""

_OTHER_VERSIONS = f"""
    select sent.submission_id, sent.unit_id, sent.version, sent.status, sent.status_reason, sent.received_at,
        sent.file_name, sent.file_sha256, units.unit_name, units.reporting_scope
    from fct_submissions as sent
    left join {latest_units()} as units on sent.campaign_id = units.campaign_id and sent.unit_id = units.unit_id
    where sent.campaign_id = ? and sent.form_id = ? and sent.period = ? and sent.status <> 'accepted'
    order by units.unit_position, sent.version
"""  # noqa: S608 - constants

_RAW_CELLS = """
    select submission_id, value_state, value, raw_text,
           case when cell_ref <> '' then sheet_name || '!' || cell_ref else sheet_name end as source_cell
    from read_parquet(?)
    where campaign_id = ? and form_id = ? and period = ? and item_code = ? and part = ?
"""


@dataclass(frozen=True, slots=True)
class CellReader:
    """Reads the cells of one item for any period: the marts for what counts, the raw zone for what was written."""

    home: Home
    snapshot: MartSnapshot
    campaign_id: str
    form_id: str
    item_code: str
    part: str

    def cells(self, period: str, before: Mapping[str, TracedCell] | None = None) -> tuple[TracedCell, ...]:
        raw = self._raw(period)
        returned = returned_forms(self.home, self.snapshot, self.campaign_id, self.form_id, period)
        key = (self.campaign_id, self.form_id, period, self.item_code, self.part)
        return tuple(
            self._cell(row, raw, returned.get(row["unit_id"]), (before or {}).get(row["unit_id"]))
            for row in self.snapshot.rows(_CELLS, key)
        )

    def other_versions(self, period: str) -> tuple[TracedCell, ...]:
        raw = self._raw(period)
        rows = self.snapshot.rows(_OTHER_VERSIONS, (self.campaign_id, self.form_id, period))
        return tuple(self._cell(row | _written(raw.get(row["submission_id"])), raw) for row in rows)

    def _cell(
        self,
        row: Mapping[str, Any],
        raw: Mapping[str, Mapping[str, Any]],
        returned: ReturnedForm | None = None,
        previous: TracedCell | None = None,
    ) -> TracedCell:
        written = raw.get(row["submission_id"], {})
        return TracedCell(
            unit_id=row["unit_id"],
            unit_name=row["unit_name"],
            reporting_scope=row["reporting_scope"],
            value_state=row["value_state"],
            value=row["cumulative_value"],
            reported_value=row["reported_value"],
            correction_id=row["correction_id"],
            month_value=row["month_value"],
            is_counted=row["status"] == "accepted" and row["cumulative_value"] is not None,
            version=row["version"],
            status=row["status"],
            status_reason=row["status_reason"],
            submission_id=row["submission_id"],
            received_at=row["received_at"],
            file_name=row["file_name"],
            file_sha256=row["file_sha256"],
            archive_path=self.home.archived(row["file_sha256"]),
            source_cell=row["source_cell"],
            raw_text=written.get("raw_text"),
            matches_raw=_says_the_same(row, written) if written else None,
            returned=returned,
            previous=previous,
        )

    def _raw(self, period: str) -> dict[str, dict[str, Any]]:
        """Cells as they were written, by submission; empty when the raw zone is not at hand."""
        folder = self.home.raw / "cells"
        if not any(folder.glob("*.parquet")):
            return {}
        key = (self.campaign_id, self.form_id, period, self.item_code, self.part)
        with connect(self.home) as connection:
            rows = rows_of(connection, _RAW_CELLS, [str(folder / "*.parquet"), *key])
        return {row["submission_id"]: row for row in rows}


def _written(raw: Mapping[str, Any] | None) -> dict[str, Any]:
    """What an earlier version said; it stands in no mart, so it is read from the raw zone."""
    raw = raw or {}
    state = raw.get("value_state", "")
    return {
        "value_state": state,
        "cumulative_value": raw.get("value") if state in NUMBER_STATES else None,
        "reported_value": raw.get("value") if state in NUMBER_STATES else None,
        "correction_id": None,
        "month_value": None,
        "source_cell": raw.get("source_cell"),
    }


def _says_the_same(row: Mapping[str, Any], written: Mapping[str, Any]) -> bool:
    number = (written["value"] or Decimal(0)) if written["value_state"] in NUMBER_STATES else None
    return bool(row["reported_value"] == number)
