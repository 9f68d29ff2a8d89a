"""A tiny raw zone written by hand: five units, two months, every hard case once.

Belongs here: rows as ingest would have written them, and nothing computed. Does not belong here: expectations about
what the models make of them (test_models_on_hand_made_rows.py).
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ingest.raw.raw_tables import OUTCOMES
from ingest.raw.raw_zone import RawZone
from orchestration.building.hazard_links import write_hazard_links
from orchestration.building.rules_in_force import begin_counting_lists, hit_columns, note_counted
from orchestration.home import Home

Row = dict[str, Any]
CAMPAIGN = "drive_2023"
ITEMS = {  # (item, part): kind, aggregation, whether a city-level body fills it in
    ("1.1", "value"): ("cumulative_count", "sum", True),
    ("3.3", "count"): ("cumulative_count", "sum", True),
    ("3.3", "amount"): ("cumulative_amount", "sum", True),
    ("4.6", "value"): ("yes_no", "n_of_m", False),
    ("4.7", "value"): ("stock", "sum_of_stocks", True),
}
Figures = tuple[str, ...]  # one text per item: "12", "~30" (approximate), "" (blank), "/" (not applicable)


def write_raw_zone(home: Path) -> None:
    zone = RawZone(home / "raw")
    zone.prepare()
    zone.append("20230501T000000-set-up", _campaign(datetime(2023, 5, 1), first_town="甲镇"))
    zone.append("20230710T000000-renamed", _campaign(datetime(2023, 7, 10), first_town="甲街道"))
    zone.append("20230801T000000-received", _received())


def write_gate2_outcomes(home: Path) -> None:
    rows = [
        _outcome("t1-july", "t1", "2023-07", "PF-2-02", "facts", "fail", "1.1"),
        _outcome("t1-july", "t1", "2023-07", "PF-2-01", "facts", "fail", "1.1"),
        _outcome("t1-july", "t1", "2023-07", "PF-2-03", "facts", "fail", "3.3", part=""),
        _outcome("t3-july", "t3", "2023-07", "PF-2-01", "facts", "pass", "1.1"),
    ]
    _write_gate2(home, rows)


def write_no_gate2_outcomes(home: Path) -> None:
    _write_gate2(home, [])


def _write_gate2(home: Path, rows: list[Row]) -> None:
    outcome = [field for field in OUTCOMES if field.name not in ("received_at", "batch_id")]
    columns = pa.schema([*outcome, ("is_judged_anew", pa.bool_())])
    (home / "build").mkdir(exist_ok=True)
    note_counted(Home(home), {}, hit_columns().empty_table(), datetime(2023, 8, 1))
    begin_counting_lists(Home(home))
    write_hazard_links(Home(home), datetime(2023, 8, 1), {})
    judged = [{**row, "is_judged_anew": True} for row in rows]
    pq.write_table(pa.Table.from_pylist(judged, schema=columns), home / "build" / "gate2_outcomes.parquet")


def _campaign(loaded_at: datetime, first_town: str) -> dict[str, list[Row]]:
    stamp = {"campaign_id": CAMPAIGN, "snapshot_id": first_town, "loaded_at": loaded_at}
    units = [
        ("t1", first_town, "territory", date(2023, 5, 1), None),
        ("t2", "乙镇", "territory", date(2023, 5, 1), None),
        ("t3", "丙镇", "territory", date(2023, 7, 1), None),  # joins
        ("t4", "丁镇", "territory", date(2023, 5, 1), date(2023, 7, 24)),  # leaves on the cut-off day of July
        ("d1", "住建局", "city_level", date(2023, 5, 1), None),
    ]
    months = [  # July's due day was moved to the 24th
        ("2023-06", None, date(2023, 6, 24), date(2023, 6, 25)),
        ("2023-07", "2023-06", date(2023, 7, 24), date(2023, 7, 24)),
    ]
    return {
        "campaigns": [stamp | {"campaign_name": "专项行动"}],
        "forms": [
            stamp | {"form_id": "progress", "form_kind": "indicator_table", "form_title": "调度表"},
            stamp | {"form_id": "plan", "form_kind": "document", "form_title": "方案"},
            stamp | {"form_id": "highlight", "form_kind": "document", "form_title": "亮点工作"},
        ],
        "units": [
            stamp
            | {
                "unit_id": unit_id,
                "unit_name": name,
                "unit_kind": "镇街" if scope == "territory" else "部门",
                "reporting_scope": scope,
                "position": position,
                "valid_from": valid_from,
                "valid_to": valid_to,
            }
            for position, (unit_id, name, scope, valid_from, valid_to) in enumerate(units, start=1)
        ],
        "indicators": [
            stamp
            | {
                "form_id": "progress",
                "item_code": item,
                "part": part,
                "indicator_name": f"指标{item}",
                "position": position,
                "kind": kind,
                "aggregation": aggregation,
                "applies_to_territory": True,
                "applies_to_city_level": for_city_level,
            }
            for position, ((item, part), (kind, aggregation, for_city_level)) in enumerate(ITEMS.items(), start=1)
        ],
        "due_dates": [
            stamp | _due("monthly", "progress", scope, period, previous, cutoff_on, due_on)
            for period, previous, cutoff_on, due_on in months
            for scope in ("territory", "city_level")
        ]
        + [stamp | _due("once", "plan", "city_level", "2023-05", None, date(2023, 5, 30), date(2023, 5, 30))]
        + [stamp | _due("monthly", "highlight", "territory", "2023-07", None, date(2023, 7, 31), date(2023, 7, 31))],
        "expected_reports": [stamp | report for report in _expected_reports()],
        "upstream_reports": [  # in June the bureau's table rests on those of the towns
            stamp
            | {
                "chain_id": "towns_to_bureau",
                "period": "2023-06",
                "upstream_duty_id": "progress_monthly",
                "upstream_unit_id": town,
                "downstream_duty_id": "progress_monthly",
                "downstream_unit_id": "d1",
            }
            for town in ("t1", "t2", "t4")
        ],
        "rules": [
            stamp
            | {
                "form_id": "progress",
                "rule_code": code,
                "rule_class": "verification",
                "gate": "facts",
                "sentence": f"规则{code}",
                "is_trial": False,
            }
            for code in ("PF-1-01", "PF-2-01", "PF-2-02", "PF-2-03")
        ],
    }


def _expected_reports() -> list[Row]:
    """Who owes what, and the highlight that only 甲 may send; 丙 was given until the 28th in July."""
    owed = [
        ("monthly", "progress", "2023-06", date(2023, 6, 24), date(2023, 6, 25), ("t1", "t2", "t4", "d1")),
        ("monthly", "progress", "2023-07", date(2023, 7, 24), date(2023, 7, 24), ("t1", "t2", "d1")),
        ("monthly", "progress", "2023-07", date(2023, 7, 24), date(2023, 7, 28), ("t3",)),
        ("once", "plan", "2023-05", date(2023, 5, 30), date(2023, 5, 30), ("d1",)),
        ("monthly", "highlight", "2023-07", date(2023, 7, 31), date(2023, 7, 31), ("t1",)),
    ]
    return [
        {
            "duty_id": f"{form_id}_{cadence}",
            "form_id": form_id,
            "unit_id": unit_id,
            "period": period,
            "cutoff_on": cutoff_on,
            "due_on": due_on,
            "due_source": "library",
            "grace_until": due_on,
            "extended": unit_ids == ("t3",),
            "voluntary": form_id == "highlight",
        }
        for cadence, form_id, period, cutoff_on, due_on, unit_ids in owed
        for unit_id in unit_ids
    ]


def _due(
    cadence: str, form_id: str, scope: str, period: str, previous: str | None, cutoff_on: date, due_on: date
) -> Row:
    return {
        "duty_id": f"{form_id}_{cadence}",
        "form_id": form_id,
        "cadence": cadence,
        "reporting_scope": scope,
        "period": period,
        "previous_period": previous,
        "cutoff_on": cutoff_on,
        "due_on": due_on,
        "due_source": "library",
        "grace_until": due_on,
        "voluntary": form_id == "highlight",
    }


def _received() -> dict[str, list[Row]]:
    june, july = "2023-06", "2023-07"
    sent: list[tuple[str, str, str, str, datetime, date | None, Figures]] = [
        # submission, unit, period, verdict, received, filled, (1.1, 3.3 count, 3.3 amount, 4.6, 4.7)
        ("t1-june", "t1", june, "accepted", datetime(2023, 6, 25, 23, 59), None, ("10", "2", "1.5", "1", "8")),
        ("t1-june-again", "t1", june, "accepted", datetime(2023, 7, 2, 9), None, ("12", "2", "1.5", "1", "8")),
        ("t1-july", "t1", july, "accepted", datetime(2023, 7, 24, 9), None, ("20", "3", "1.25", "0", "6")),
        ("t2-june", "t2", june, "returned", datetime(2023, 6, 24, 9), None, ("7", "", "", "", "")),
        ("t2-july", "t2", july, "accepted", datetime(2023, 7, 25, 0, 0), None, ("5", "0", "0", "1", "")),
        ("t3-july", "t3", july, "accepted", datetime(2023, 7, 27, 9), None, ("~30", "", "/", "0", "4")),
        ("t4-july", "t4", july, "accepted", datetime(2023, 7, 23, 9), None, ("900", "900", "900", "1", "900")),
        # the bureau sends A, then B, then A again under one fill date; then an older file turns up
        ("d1-a", "d1", june, "accepted", datetime(2023, 6, 24, 9), date(2023, 6, 24), ("0", "1", "2", "", "9")),
        ("d1-b", "d1", june, "accepted", datetime(2023, 6, 24, 10), date(2023, 6, 24), ("1", "1", "2", "", "9")),
        ("d1-a2", "d1", june, "accepted", datetime(2023, 6, 24, 11), date(2023, 6, 24), ("0", "1", "2", "", "9")),
        ("d1-older", "d1", june, "accepted", datetime(2023, 6, 26, 9), date(2023, 6, 20), ("77", "", "", "", "")),
    ]
    rows: dict[str, list[Row]] = {"receipts": [], "submissions": [], "cells": [], "outcomes": [], "explanations": []}
    for submission_id, unit_id, period, verdict, received_at, filled_on, figures in sent:
        what = {"campaign_id": CAMPAIGN, "form_id": "progress", "unit_id": unit_id, "period": period}
        rows["submissions"].append(_submission(submission_id, verdict, received_at) | what | {"filled_on": filled_on})
        rows["receipts"].append(_receipt(submission_id, verdict, received_at))
        rows["cells"] += [
            what | _cell(submission_id, item, part, text, row, received_at)
            for row, ((item, part), text) in enumerate(zip(ITEMS, figures, strict=True), start=5)
        ]
    for unit_id in ("t1", "t2"):  # 乙 is not among those who may send a highlight
        sent_at = datetime(2023, 7, 20, 9)
        extra = {"form_id": "highlight", "unit_id": unit_id, "period": july}
        rows["submissions"].append(_submission(f"{unit_id}-highlight", "accepted", sent_at) | extra)
        rows["receipts"].append(_receipt(f"{unit_id}-highlight", "accepted", sent_at))
    rows["submissions"].append(_submission("nobody", "quarantined", datetime(2023, 6, 24, 12)))
    rows["receipts"].append(_receipt("nobody", "quarantined", datetime(2023, 6, 24, 12)))
    rows["receipts"].append(
        _receipt("t1-july-twice", "duplicate", datetime(2023, 7, 26, 9)) | {"duplicate_of": "t1-july"}
    )
    rows["outcomes"] = [
        _outcome("t2-june", "t2", june, "PF-1-01", "submission", "fail", "1.1")
        | {"rule_class": "mandatory", "received_at": datetime(2023, 6, 24, 9)}
    ]
    rows["explanations"] = [
        {"submission_id": "t1-july", "explanation": text, "received_at": datetime(2023, 7, 24, 9)}
        for text in ("罚款退回", "复核减少")
    ]
    return rows


def _submission(submission_id: str, verdict: str, received_at: datetime) -> Row:
    return {
        "submission_id": submission_id,
        "receipt_id": f"receipt-{submission_id}",
        "campaign_id": CAMPAIGN,
        "verdict": verdict,
        "status_reason": "其中大于总数" if verdict == "returned" else None,
        "file_name": f"{submission_id}.xlsx",
        "file_sha256": submission_id,
        "file_format": "xlsx",
        "sheet_name": "调度表",
        "received_at": received_at,
        "received_on": received_at.date(),
    }


def _receipt(submission_id: str, result: str, received_at: datetime) -> Row:
    return {
        "receipt_id": f"receipt-{submission_id}",
        "campaign_id": CAMPAIGN,
        "result": result,
        "received_at": received_at,
        "received_on": received_at.date(),
    }


def _cell(submission_id: str, item: str, part: str, text: str, row: int, received_at: datetime) -> Row:
    states = {"": "blank", "/": "not_applicable", "0": "zero"}
    state = "approximate" if text.startswith("~") else states.get(text, "value")
    return {
        "submission_id": submission_id,
        "item_code": item,
        "part": part,
        "value_state": state,
        "value": None if state in ("blank", "not_applicable") else Decimal(text.removeprefix("~")),
        "raw_text": text,
        "sheet_name": "调度表",
        "cell_ref": f"D{row}",
        "received_at": received_at,
    }


def _outcome(
    submission_id: str, unit_id: str, period: str, code: str, gate: str, outcome: str, item: str, part: str = "value"
) -> Row:
    return {
        "submission_id": submission_id,
        "campaign_id": CAMPAIGN,
        "form_id": "progress",
        "unit_id": unit_id,
        "period": period,
        "rule_code": code,
        "rule_class": "verification",
        "gate": gate,
        "outcome": outcome,
        "message": f"{code} 请核实",
        "message_en": f"{code} please check",
        "item_code": item,
        "part": part,
        "source_cell": "调度表!D5",
    }
