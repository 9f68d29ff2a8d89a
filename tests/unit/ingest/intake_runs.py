"""The inbox of a test campaign, and short ways of saying what a run made of it."""

from datetime import datetime
from pathlib import Path

import duckdb

from ingest.intake import IntakePaths, IntakeReport

CAMPAIGN = "haicheng_2023"
NOW = datetime(2023, 6, 25, 1, 30)
NEXT = datetime(2023, 6, 26, 1, 30)
THIRD = datetime(2023, 6, 27, 1, 30)


def put(paths: IntakePaths, name: str, content: bytes, folder: str = CAMPAIGN) -> Path:
    path = paths.inbox / folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def rows(paths: IntakePaths, table: str, columns: str) -> list[tuple]:
    return duckdb.read_parquet(f"{paths.raw}/{table}/*.parquet").project(columns).order("all").fetchall()


def distinct(paths: IntakePaths, table: str, columns: str) -> list[tuple]:
    return sorted(set(rows(paths, table, columns)))


def results(report: IntakeReport) -> dict[str, str]:
    return {file.file_name: file.result for file in report.files}


def reason_codes(report: IntakeReport) -> list[str]:
    return [reason.rule_code for file in report.files for one in file.submissions for reason in one.reasons]
