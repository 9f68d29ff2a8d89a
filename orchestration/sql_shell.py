"""A read-only question to the published marts, answered as rows or as a file that no spreadsheet can be tricked by.

Belongs here: running the query, csv, json and xlsx. Does not belong here: opening the snapshot (snapshot.py), tables
on the screen (commands/questions.py).
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from orchestration.errors import PlainError
from orchestration.snapshot import MartSnapshot

FORMATS = ("table", "csv", "json", "xlsx")

# A spreadsheet takes text that opens with one of these for a formula, also in full width.
_FORMULA_OPENERS = tuple("=+-@＝＋－＠\t\r\n")
_LONGEST_CELL = 32_767
_MOST_ROWS_OF_A_SHEET = 1_048_575  # below the header


@dataclass(frozen=True, slots=True)
class Answer:
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]

    def as_dicts(self) -> list[dict[str, Any]]:
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def ask(snapshot: MartSnapshot, query: str) -> Answer:
    """Run one query on the snapshot; raises PlainError with the engine's own words when it cannot be run."""
    import duckdb

    with snapshot.connect() as connection:
        try:
            cursor = connection.execute(query)
            if cursor.description is None:
                return Answer((), [])
            return Answer(tuple(column[0] for column in cursor.description), cursor.fetchall())
        except duckdb.Error as error:
            raise PlainError(f"查询没有执行：{_first_lines(error)} The query was not run.") from None


def as_csv(answer: Answer) -> bytes:
    """UTF-8 with the mark that Excel needs to show Chinese; text never opens like a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_harmless(column) for column in answer.columns)
    writer.writerows([_csv_value(value) for value in row] for row in answer.rows)
    return text.getvalue().encode("utf-8-sig")


def write_xlsx(answer: Answer, target: Path) -> None:
    """Write one sheet; numbers as numbers, times as times, all else as plain text."""
    import xlsxwriter

    if len(answer.rows) > _MOST_ROWS_OF_A_SHEET:
        raise PlainError(
            f"结果有 {len(answer.rows)} 行，一张工作表放不下，请用 --format csv。 Too many rows for a sheet."
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(target), {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("查询结果")
        head = book.add_format({"bold": True, "bottom": 1})
        dates = {
            date: book.add_format({"num_format": "yyyy-mm-dd"}),
            datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        }
        for column, name in enumerate(answer.columns):
            sheet.write_string(0, column, name, head)
        sheet.freeze_panes(1, 0)
        for row, values in enumerate(answer.rows, start=1):
            for column, value in enumerate(values):
                if value is None:
                    continue
                if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
                    sheet.write_number(row, column, float(value))
                elif isinstance(value, (datetime, date)):
                    sheet.write_datetime(row, column, value, dates[type(value)])
                else:
                    sheet.write_string(row, column, str(value)[:_LONGEST_CELL])


def _csv_value(value: object) -> object:
    if isinstance(value, str):
        return _harmless(value)
    return "" if value is None else value


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA_OPENERS) else text


def _first_lines(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip() and "^" not in line]
    return " ".join(lines)[:500]
