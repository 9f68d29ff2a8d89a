"""A tiny raw zone of lists written by hand: two bureaus, two towns, two months, every hard case of a list once.

Belongs here: rows as ingest would have written them, and nothing computed. Does not belong here: their campaign
(hand_made_campaign.py), expectations about what the models make of them (test_lists_on_hand_made_rows.py), indicator
tables (hand_made_rows.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from ingest.raw.raw_zone import RawZone
from tests.pipeline.hand_made_campaign import CAMPAIGN, Row, campaign_tables


def write_lists(home: Path) -> None:
    zone = RawZone(home / "raw")
    zone.prepare()
    zone.append("20240322T000000-set-up", campaign_tables())
    zone.append("20240601T000000-received", _received(_LISTS, _TEXTS))


def write_resent(home: Path) -> None:
    """April's tasks of d1 once more, on 28 May: T1 is done no longer, T2 as it was."""
    at = datetime(2024, 5, 28, 9)
    rows = [_task("T1", "in_progress", reason="重新开展"), _task("T2", "in_progress", evidence="方案")]
    moments = {"received_at": at, "received_on": at.date()}
    RawZone(home / "raw").append(
        "20240528T090000-received",
        {
            table: [row | {name: moment for name, moment in moments.items() if name in row} for row in resent]
            for table, resent in _received([("d1-april-again", "tasks", "d1", "2024-04", rows)], ()).items()
            if resent
        },
    )


def _task(task_id: str, status: str, **texts: str) -> Row:
    return {"number": task_id, "status": status, **texts, "": task_id}


def _own(task_id: str, goal: str, status: str, due: str | None = None) -> Row:
    row: Row = {"number": task_id, "goal": goal, "status": status, "": goal}
    return row | {"due": (due, date(int(due[:4]), int(due[5:]), 30))} if due else row


Sent = tuple[str, str, str, str, list[Row]]
_LISTS: list[Sent] = [  # submission, form, unit, period, rows: column → content
    ("d1-april", "tasks", "d1", "2024-04", [_task("T1", "done"), _task("T2", "in_progress", evidence="方案")]),
    (
        "d1-may",  # T1 falls back without a reason; T3 is d1's to help with; T2 stands on two rows
        "tasks",
        "d1",
        "2024-05",
        [_task("T1", "in_progress"), _task("T2", "not_started"), _task("T2", "done"), _task("T3", "in_progress")],
    ),
    (
        "d2-may",  # T1 is not d2's, T3 is left out, and the list no longer has T9
        "tasks",
        "d2",
        "2024-05",
        [_task("T1", "done"), _task("T2", ""), _task("T9", "done")],
    ),
    ("t1-april", "own", "t1", "2024-04", [_own("t1-a", "装栏杆", "in_progress", "2024-04")]),
    (
        "t1-may",
        "own",
        "t1",
        "2024-05",
        [_own("t1-a", "装栏杆", "in_progress", "2024-09"), _own("t1-b", "查电线", "not_started")],
    ),
    (
        "checks-april",
        "checks",
        "t1",
        "2024-04",
        [
            {"what": "leader_check", "held_on": date(2024, 4, 3), "led_by": "镇长", "": "a"},
            {"what": "leader_check", "held_on": date(2024, 4, 9), "led_by": "书记", "": "b"},
        ],
    ),
    ("checks-may", "checks", "t1", "2024-05", [{"what": "leader_check", "held_on": date(2024, 4, 9), "": "b"}]),
    (
        "accidents-april",
        "accidents",
        "d1",
        "2024-04",
        [
            {
                "grade": "general",
                "occurred_on": date(2023, 2, 1),
                "deaths": 2,
                "accident_number": "2023-1",
                "": "2023-1",
            },
            {
                "grade": "general",
                "occurred_on": date(2023, 8, 1),
                "deaths": 9,
                "accident_number": "2023-2",
                "": "2023-2",
            },
            {
                "grade": "general",
                "occurred_on": date(2024, 2, 1),
                "deaths": 1,
                "enterprise": "某厂",
                "accident_number": "2024-1",
                "": "2024-1",
            },
        ],
    ),
    (
        "accidents-may",  # one more died, and the case is closed
        "accidents",
        "d1",
        "2024-05",
        [
            {
                "grade": "general",
                "occurred_on": date(2024, 2, 1),
                "deaths": 2,
                "enterprise": "某厂",
                "accident_number": "2024-1",
                "": "2024-1",
            }
            | {"closed_on": date(2024, 5, 1)}
        ],
    ),
    (
        "accidents-d2",
        "accidents",
        "d2",
        "2024-05",
        [{"grade": "general", "occurred_on": date(2024, 2, 1), "enterprise": "某厂", "accident_number": "7", "": "7"}],
    ),
    (
        "sites-april",
        "sites",
        "t1",
        "2024-04",
        [
            {"site_name": "一号店", "use": "leased_out", "area": Decimal("12.5"), "": "一号店"},
            {"site_name": "二号店", "use": "self_operated", "": "二号店"},
        ],
    ),
    ("sites-may", "sites", "t1", "2024-05", [{"site_name": "一号店", "use": "self_operated", "": "一号店"}]),
]
_TEXTS = (  # submission, unit, period, part, text, lengths by the three rules
    ("words-april", "d1", "2024-04", "highlights", "查了 12 家企业，全部整改到位。", 15, 14, 13),
    ("words-april", "d1", "2024-04", "plan", "继续检查。", 5, 5, 4),
    ("words-may", "d1", "2024-05", "highlights", "查了 123 家企业，全部整改到位，无遗留。", 20, 18, 17),
    ("words-may", "d1", "2024-05", "preamble", "各位领导：", 5, 5, 4),
)


def _received(lists: Sequence[Sent], written: Sequence[tuple[Any, ...]]) -> dict[str, list[Row]]:
    cells = [
        what | cell | {"row_number": number, "cell_ref": f"{column}{number + 2}"}
        for submission_id, form_id, unit_id, period, rows in lists
        for what in [_what(submission_id, form_id, unit_id, period)]
        for number, row in enumerate(rows, start=1)
        for column, cell in zip("ABCDEFGHIJKL", _cells(row), strict=False)
    ]
    texts = [
        _what(submission_id, "words", unit_id, period)
        | {"part_id": part, "text_value": text, "sheet_name": "正文", "cell_ref": f"段落{paragraph}"}
        | dict(zip(("characters", "words", "without_punctuation"), lengths, strict=True))
        for paragraph, (submission_id, unit_id, period, part, text, *lengths) in enumerate(written, start=1)
    ]
    sent = {row[0]: _what(*row[:4]) for row in lists}
    sent |= {row[0]: _what(row[0], "words", *row[1:3]) for row in written}
    return {
        "submissions": [
            what
            | {"receipt_id": f"receipt-{name}", "verdict": "accepted", "received_on": what["received_at"].date()}
            | {"file_name": f"{name}.xlsx", "file_sha256": name, "file_format": "xlsx"}
            for name, what in sent.items()
        ],
        "receipts": [
            {"receipt_id": f"receipt-{name}", "result": "accepted", "received_at": what["received_at"]}
            for name, what in sent.items()
        ],
        "list_cells": cells,
        "text_parts": texts,
    }


def _what(submission_id: str, form_id: str, unit_id: str, period: str) -> Row:
    what = {"submission_id": submission_id, "campaign_id": CAMPAIGN, "form_id": form_id, "unit_id": unit_id}
    return what | {"period": period, "received_at": datetime.fromisoformat(f"{period}-24T09:00:00")}


def _cells(row: Row) -> list[Row]:
    """The cells of a row; its key stands under the empty name. A blank leaves no cell, a date follows its text."""
    cells = []
    for column_id, content in row.items():
        text, number, day = content, None, None
        if isinstance(content, tuple):
            text, day = content
        elif isinstance(content, int | Decimal):
            text, number = str(content), content
        elif isinstance(content, date):
            text, day = content.isoformat(), content
        if column_id and text:
            cells.append(
                {"row_key": row.get(""), "column_id": column_id, "position": 1, "value_state": "value"}
                | {"text_value": text, "number_value": number, "date_value": day, "raw_text": text, "sheet_name": "表"}
            )
    return cells
