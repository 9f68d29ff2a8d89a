"""A small form of this folder's own making, so that intake is tested apart from the readers of real formats.

A file is text: one `key=value` per line, forms parted by a line `---`. Keys: unit, period, filled_on, sheet, problem,
filler, explanation, figures as `1.1=12`, and `do` for what a hostile file may do to the process that opens it.
"""

import os
import time
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from campaigns.model import Campaign
from campaigns.vocabulary import Cell, Outcome, OutcomeKind, RuleClass, ValueState
from ingest.intake import IntakePaths, IntakeSettings
from ingest.parsed import Explanation, ParsedSubmission
from ingest.problems import Reading, reading_problem
from ingest.workers.worker import Limits

SETTINGS = IntakeSettings(
    quiet_seconds=0,
    limits=Limits(cpu_seconds=5, wall_seconds=20),
    parser="tests.unit.ingest.plain_forms:parse",
)


def form(unit: str = "210381101", period: str = "2023-06", **facts: object) -> bytes:
    """The bytes of one form; `figures` as keyword `f1_2=5`."""
    lines = [f"unit={unit}", f"period={period}"]
    lines += [
        f"{key.removeprefix('f').replace('_', '.') if key[1:2].isdigit() else key}={value}"
        for key, value in facts.items()
    ]
    return "\n".join(lines).encode()


def paths_of(home: Path) -> IntakePaths:
    return IntakePaths(home / "inbox", home / "archive", home / "quarantine", home / "returned", home / "raw")


def parse(
    content: bytes, file_name: str, folders: tuple[str, ...], campaign: Campaign, dates: object, received_on: date
) -> list[ParsedSubmission]:
    return [_parse_one(text, file_name) for text in content.decode("utf-8", "replace").split("---\n")]


def parse_leniently(
    content: bytes, file_name: str, folders: tuple[str, ...], campaign: Campaign, dates: object, received_on: date
) -> list[ParsedSubmission]:
    """The same after somebody has mended the roster: what had no unit now has one."""
    return parse(content + b"\n" + form(), file_name, folders, campaign, dates, received_on)


def judge(campaign: Campaign, parsed: ParsedSubmission) -> Sequence[Outcome]:
    """One mandatory rule, 1.2 ≤ 1.1, that breaks down on a figure of 666."""
    figures = {cell.item_code: cell.value or Decimal(0) for cell in parsed.cells}
    if figures.get("1.1") == 666:
        raise ZeroDivisionError
    kind = OutcomeKind.FAIL if figures.get("1.2", Decimal(0)) > figures.get("1.1", Decimal(0)) else OutcomeKind.PASS
    message = ("1.2 不能大于 1.1，请核对。", "1.2 cannot exceed 1.1.") if kind is OutcomeKind.FAIL else ("", "")
    return [Outcome("PF-1-01", RuleClass.MANDATORY, kind, *message, "1.2", "value", "表!B2")]


def _parse_one(text: str, file_name: str) -> ParsedSubmission:
    facts = dict(line.split("=", 1) for line in text.splitlines() if "=" in line)
    _misbehave(facts.get("do", ""))
    known = "unit" in facts and "period" in facts
    problems = () if known else (reading_problem(Reading.UNIT_MISSING, file=file_name, sheet="表"),)
    sheet = facts.get("sheet", "表")
    return ParsedSubmission(
        form_id="progress" if known else None,
        form_version="1" if known else None,
        unit_id=facts.get("unit"),
        period=facts.get("period"),
        filled_on=date.fromisoformat(facts["filled_on"]) if "filled_on" in facts else None,
        filler=facts.get("filler", ""),
        reviewer="",
        file_format="csv",
        sheet_name=sheet,
        cells=tuple(
            Cell(key, "value", ValueState.VALUE, Decimal(value), value, sheet, f"B{row}")
            for row, (key, value) in enumerate(facts.items(), start=1)
            if key[:1].isdigit()
        ),
        problems=problems,
        quarantined=not known,
        explanations=(Explanation(facts["explanation"], f"{sheet}!B9"),) if "explanation" in facts else (),
    )


def _misbehave(how: str) -> None:
    if how == "abort":
        os.abort()
    elif how == "exit":
        raise SystemExit(0)
    elif how == "raise":
        raise ValueError("13800000000")
    elif how == "sleep":
        time.sleep(60)
    elif how == "spin":
        while True:
            pass
    elif how == "eat":
        bytearray(8 << 30)
    elif how == "print":
        print("not an answer")
        os.write(1, b"nor this")
