"""Returned files for tests: the Haicheng campaign's own form, filled in and written in every format people send."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import docx
import openpyxl
import xlwt

from campaigns.calendar import DueDate
from campaigns.load import load_campaign
from campaigns.model import Campaign
from campaigns.vocabulary import Outcome, OutcomeKind, ReportingScope, RuleClass, Verdict
from reports.returns.return_slip import ReturnedFile, write_return_package

RED, ORANGE, YELLOW, BLUE = "FFFFC3CB", "FFFFD7A6", "FFFFF1B1", "FFDAE8F8"

# label, figure, label, figure: the first rows of the form, as clerks lay it out themselves
ROWS: list[list[Any]] = [
    ["填报单位：孤山镇", None, None, None],
    ["企业自查发现的重大事故隐患(个)", 5, "企业自查发现重大事故隐患中已完成整改的(个)", 8],
    ["部门检查发现的重大事故隐患(个)", "约十来个", "部门检查发现重大事故隐患中已完成整改的(个)", None],
]


@cache
def haicheng() -> Campaign:
    return load_campaign("haicheng_2023")


def due_in_june() -> DueDate:
    return DueDate(
        duty_id="progress_monthly",
        form_id="progress",
        reporters=(ReportingScope.TERRITORY,),
        period="2023-06",
        previous_period=None,
        cutoff_on=date(2023, 6, 24),
        due_on=date(2023, 6, 25),
        due_source="decree",
        grace_until=date(2023, 6, 25),
        lock_on=date(2023, 8, 9),
    )


def failed(
    code: str,
    message: str = "请核对。",
    *,
    at: str = "",
    item: str = "",
    part: str = "value",
    rule_class: RuleClass = RuleClass.MANDATORY,
) -> Outcome:
    return Outcome(code, rule_class, OutcomeKind.FAIL, message, "", item, part if item else "", at)


TOO_MANY_RECTIFIED = failed(
    "PF-1-01",
    "“企业自查发现重大事故隐患中已完成整改的”（8）不能大于“企业自查发现的重大事故隐患”（5）。请核对后改正。",
    at="Sheet!D2",
    item="1.2",
)
UNREADABLE = failed(
    "RD-5-02",
    "Sheet!B3“部门检查发现的重大事故隐患”写的是“约十来个”，不是数字，请改正后重报。",
    at="Sheet!B3",
    item="1.3",
)
BLANK = failed(
    "PF-0-02",
    "“部门检查发现重大事故隐患中已完成整改的”没有填数。确实没有请填 0，漏填请补报。",
    at="Sheet!D3",
    item="1.4",
    rule_class=RuleClass.VERIFICATION,
)


def returned(*outcomes: Outcome, content: bytes = b"", **changes: Any) -> ReturnedFile:
    """A form of 孤山镇 for June; returned when something mandatory failed, else accepted."""
    mandatory = any(one.rule_class is RuleClass.MANDATORY for one in outcomes)
    known: dict[str, Any] = {
        "file_name": "孤山镇6月.xlsx",
        "file_format": "xlsx",
        "content": content,
        "campaign": haicheng(),
        "form_id": "progress",
        "unit_id": "210381101",
        "unit_name": "孤山镇",
        "period": "2023-06",
        "received_at": datetime(2023, 6, 21, 9, 30),
        "verdict": Verdict.RETURNED if mandatory else Verdict.ACCEPTED,
        "outcomes": outcomes,
    }
    return ReturnedFile(**(known | changes))


def slip_lines(folder: Path, one: ReturnedFile) -> list[str]:
    """Write the package and read its slip's paragraphs."""
    return [paragraph.text for paragraph in slip(folder, one).paragraphs]


def slip(folder: Path, one: ReturnedFile) -> Any:
    return docx.Document(str(write_return_package(folder, one)[0]))


def as_xlsx(rows: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def as_xls(rows: list[list[Any]], sheet_name: str = "Sheet") -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet(sheet_name)
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(number, column, value)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def as_csv(rows: list[list[Any]], encoding: str = "utf-8-sig") -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([["" if value is None else value for value in row] for row in rows])
    return text.getvalue().encode(encoding)


def as_docx(rows: list[list[Any]]) -> bytes:
    document = docx.Document()
    document.add_paragraph("填报单位：孤山镇")
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, values in zip(table.rows, rows, strict=True):
        for cell, value in zip(row.cells, values, strict=True):
            cell.text = "" if value is None else str(value)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()
