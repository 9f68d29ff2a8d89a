"""A province of any size straight in the raw zone: monthly hazard lists, forms beside them, and the truth kept aside.

Belongs here: the campaign folder, batches as an intake would have written them, the planted differences between form
and list. Does not belong here: what hazards there are (planted_hazards.py), measuring (hazards.py). All synthetic.

Every unit sends its whole list every month; a hazard leaves the list `months_kept` months after it was closed. Of some
lists a second, equal version follows two days later.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from random import Random
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from benchmarks.generated_area import CAMPAIGN_ID, write_campaign
from benchmarks.hazard_lists import FIRST_ITEMS, LINES
from benchmarks.planted_hazards import DIFFERENCES, PLANTED, Planted, as_row
from campaigns.model import Campaign
from campaigns.vocabulary import Cell, Gate, ReportingScope, RuleClass, ValueState
from expectations.rules import judge_submission
from ingest.raw.raw_zone import RawZone
from ingest.submission_rows import SubmissionRows
from orchestration.home import Home

FIRST_MONTH = (2023, 6)
_MONTHS_OF_THE_CAMPAIGN = 7
LEDGER_ITEMS = ("1.1", "1.2", "1.3", "1.4", "1.5", "1.6")
_PLANTED_DIFFERENCES = 0.05  # of a unit's forms
_SENT_TWICE = 0.02  # of the lists
_COLUMN_IDS = (
    *("hazard_number", "enterprise", "hazard", "level", "source", "found_on", "listed_on", "due_on"),
    *("rectified_on", "closed_on", "looked_back_on", "reopened_on"),
)

# Where the columns of every list stand; columns without a cell of their own in an event are left out.
_PLACES = [("清单", column, None, letter, "") for letter, column in zip("BCDEFGHIJKLM", _COLUMN_IDS, strict=True)]


@dataclass(frozen=True)
class Size:
    """How large a province is; `a_month` is how many hazards a unit finds in a month."""

    units: int
    months: int
    a_month: float
    months_kept: int = 3

    @property
    def cutoffs(self) -> list[date]:
        year, month = FIRST_MONTH
        return [date(year + (month - 1 + n) // 12, (month - 1 + n) % 12 + 1, 24) for n in range(self.months)]


class Province:
    """A home whose raw zone fills month by month; the truth lies beside it in planted/."""

    def __init__(self, home: Home, size: Size) -> None:
        self.home, self.size = home, size
        self.truth = home.root / "planted"
        self._random = Random(20230625)
        _write_campaign(home, size)
        home.prepare()
        self._campaign: Campaign = home.campaign(CAMPAIGN_ID)
        scopes = {unit.unit_id: unit.reporting_scope for unit in self._campaign.units}
        self._towns = [unit for unit, scope in scopes.items() if scope is ReportingScope.TERRITORY]
        self._plant([unit for unit, scope in scopes.items() if scope is ReportingScope.CITY_LEVEL])

    def receive_month(self, number: int) -> datetime:
        """What all units send of month `number` (from 0); returns when the last of it had been received."""
        cutoff = self.size.cutoffs[number]
        at = datetime(cutoff.year, cutoff.month, 25, 10)
        again = at + timedelta(days=2)
        zone = RawZone(self.home.raw)
        zone.append(f"{at:%Y%m%dT%H%M%S%f}-lists", self._lists(cutoff, at))
        zone.append(f"{at:%Y%m%dT%H%M%S%f}-forms", self._forms(cutoff, at))
        zone.append(f"{again:%Y%m%dT%H%M%S%f}-lists", self._lists(cutoff, again, _SENT_TWICE))
        return again

    def _plant(self, departments: list[str]) -> None:
        planted = Planted(self.size.cutoffs, self.size.a_month, departments)
        self.truth.mkdir()
        with pq.ParquetWriter(self.truth / "hazards.parquet", PLANTED) as writer:
            for start in range(0, len(self._towns), 200):
                towns = self._towns[start : start + 200]
                rows = [as_row(report) for town in towns for report in planted.of_unit(town)]
                writer.write_table(pa.Table.from_pylist(rows, schema=PLANTED))

    def _ask(self, query: str, **parameters: object) -> duckdb.DuckDBPyRelation:
        connection = duckdb.connect()
        connection.execute(f"create view planted as from '{self.truth / 'hazards.parquet'}'")
        return connection.sql(query, params=parameters)

    def _lists(self, cutoff: date, at: datetime, share: float = 1) -> dict[str, Any]:
        kept_since = cutoff - timedelta(days=31 * self.size.months_kept)
        query = LINES.format(period=f"{cutoff:%Y-%m}", version="" if share == 1 else " 2")
        lines = self._ask(query, cutoff=cutoff, kept_since=kept_since, received_at=at).to_arrow_table()
        senders = sorted(set(lines.column("unit_id").to_pylist()))
        if share < 1:
            senders = [unit for unit in senders if self._random.random() < share]
            lines = lines.filter(pc.is_in(lines.column("unit_id"), pa.array(senders, pa.string())))
        rows = SubmissionRows()
        for unit in senders:
            subject = _receive(rows, "hazard_list", unit, cutoff, at, "" if share == 1 else " 2")
            rows.list_columns.add(subject, _PLACES)
        return {**_registered(rows), "hazard_lines": lines, "list_columns": rows.list_columns.as_table()}

    def _forms(self, cutoff: date, at: datetime) -> dict[str, Any]:
        rows = SubmissionRows()
        truth = {unit: counts for unit, *counts in self._ask(FIRST_ITEMS, cutoff=cutoff).fetchall()}
        planted = []
        for unit in self._towns:
            counts = truth.get(unit, [0] * len(LEDGER_ITEMS))
            if self._random.random() < _PLANTED_DIFFERENCES:
                place = self._random.randrange(len(LEDGER_ITEMS))
                # a whole too high or a part too low: otherwise the form would be returned
                changed = counts[place] + (1 if place % 2 == 0 else -1)
                if changed >= 0:
                    planted.append((unit, f"{cutoff:%Y-%m}", LEDGER_ITEMS[place], changed, counts[place]))
                    counts = [*counts[:place], changed, *counts[place + 1 :]]
            subject = _receive(rows, "progress", unit, cutoff, at)
            cells, outcomes = self._form(tuple(counts))
            rows.cells.add(subject, cells)
            rows.outcomes.add(subject, outcomes)
        names = ("unit_id", "period", "item_code", "form_value", "ledger_value")
        table = pa.Table.from_pylist([dict(zip(names, row, strict=True)) for row in planted], schema=DIFFERENCES)
        pq.write_table(table, self.truth / f"differences-{cutoff:%Y-%m}.parquet")
        return {**_registered(rows), "cells": rows.cells.as_table(), "outcomes": rows.outcomes.as_table()}

    @lru_cache(maxsize=100_000)  # noqa: B019 - one province a process
    def _form(self, counts: tuple[int, ...]) -> tuple[list[Cell], list[tuple[Any, ...]]]:
        """A whole form with these first items, and what gate 1 says of it."""
        first = dict(zip(LEDGER_ITEMS, counts, strict=True))
        parts = [(item, part) for item in self._campaign.form("progress").items for part in item.parts]
        cells = [
            _cell(item.code, part.part, first.get(item.code), row)
            for row, (item, part) in enumerate(parts, start=4)
            if ReportingScope.TERRITORY in item.applies_to
        ]
        outcomes = judge_submission(self._campaign, "progress", ReportingScope.TERRITORY, cells)
        if broken := [o.rule_code for o in outcomes if o.rule_class == RuleClass.MANDATORY and o.outcome == "fail"]:
            raise SystemExit(f"a generated form breaks {broken}: it would have been returned")
        gate = Gate.SUBMISSION.value
        texts = [(o.message, o.message_en, o.item_code, o.part, o.source_cell) for o in outcomes]
        judged = [(o.rule_code, o.rule_version, o.rule_class, gate, o.is_trial, o.outcome) for o in outcomes]
        return cells, [(*verdict, *text) for verdict, text in zip(judged, texts, strict=True)]


def _cell(item_code: str, part: str, number: int | None, row: int) -> Cell:
    value = Decimal(number if number is not None else 1)
    state = ValueState.VALUE if value else ValueState.ZERO
    return Cell(item_code, part, state, value, str(value), "调度表", f"D{row}")


def _receive(
    rows: SubmissionRows, form_id: str, unit: str, cutoff: date, at: datetime, version: str = ""
) -> tuple[Any, ...]:
    """Register one file with one form; returns what its details share."""
    period = f"{cutoff:%Y-%m}"
    submission_id = f"{unit} {period} {form_id}{version}"
    file = {"file_name": f"{submission_id}.xlsx", "file_sha256": submission_id, "received_at": at}
    what_for = {"campaign_id": CAMPAIGN_ID, "form_id": form_id, "unit_id": unit, "period": period}
    shared = {"receipt_id": submission_id, "campaign_id": CAMPAIGN_ID, **file, "received_on": at.date()}
    rows.receipts.append({**shared, "channel": "folder", "result": "accepted", "size_bytes": 1})
    told = {"filled_on": at.date(), "verdict": "accepted", "file_format": "xlsx", "sheet_name": "清单"}
    rows.submissions.append({"submission_id": submission_id, **shared, **what_for, **told})
    return (submission_id, *what_for.values(), at)


def _registered(rows: SubmissionRows) -> dict[str, Any]:
    return {"receipts": rows.receipts, "submissions": rows.submissions}


def _write_campaign(home: Home, size: Size) -> None:
    """The campaign of the generated area with more months, and a department for every twenty towns."""
    write_campaign(home.campaign_folder, size.units)
    folder, last = home.campaign_folder / CAMPAIGN_ID, size.cutoffs[-1]
    file = folder / "campaign.yml"
    text = file.read_text(encoding="utf-8")
    if size.months > _MONTHS_OF_THE_CAMPAIGN:
        for duty in ("progress_monthly", "hazard_list_monthly"):
            text = re.sub(rf"({duty}.*?last_period: )2023-12", rf"\g<1>{last:%Y-%m}", text, count=1, flags=re.DOTALL)
        text = text.replace("ends_on: 2023-12-31", f"ends_on: {last.year}-12-31", 1)
    file.write_text(text, encoding="utf-8")
    with (folder / "units.csv").open("a", encoding="utf-8", newline="") as handle:
        for number in range(1, max(size.units // 20, 1) + 1):
            row = (f"99D{number:06d}", f"试点{number:03d}局", "市直部门", "city_level", 10_000 + number)
            csv.writer(handle).writerow([*row, "", "2023-05-01", "", "合成数据"])
