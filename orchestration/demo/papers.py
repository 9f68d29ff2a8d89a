"""A filled form as the bytes of a file, in the formats and layouts that arrive: xlsx, xls, docx, csv.

Belongs here: drawing a form on one of those papers. Does not belong here: what stands in it (habits.py), damaged or
locked files (mishaps.py). Our own template is written by the reports package, as `taizhang template` does.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from campaigns.model import Campaign, Form
from orchestration.demo.habits import Entry, Habit
from reports.blank_forms.forms import FormContent, write_form_docx, write_form_xlsx
from reports.paper.finished_file import without_clock

SYNTHETIC = "合成数据，仅供演示"  # written into every file that has properties

Rows = list[list[Entry]]


@dataclass(frozen=True, slots=True)
class Paper:
    """One filled form: whose, when, and what stands in the value cell of every item."""

    unit_id: str
    unit_name: str
    period: str
    filled_on: date
    date_text: str
    entries: Mapping[str, Entry]  # by item code
    filler: str = ""
    reviewer: str = ""
    explanation: str = ""
    sheet: str = "调度表"


def file_of(campaign: Campaign, form: Form, habit: Habit, papers: Sequence[Paper]) -> tuple[bytes, str]:
    """Write the papers into one file (several sheets in a workbook); returns its bytes and its ending."""
    writers: dict[str, tuple[Callable[[Campaign, Form, Sequence[Paper]], bytes], str]] = {
        "own_xlsx": (_own_xlsx, "xlsx"),
        "own_docx": (_own_docx, "docx"),
        "official_xlsx": (lambda _, form, papers: _xlsx(papers, [official_rows(form, p) for p in papers]), "xlsx"),
        "list_xlsx": (lambda _, form, papers: _xlsx(papers, [list_rows(form, p) for p in papers]), "xlsx"),
        "xls": (lambda _, form, papers: _xls(papers, [official_rows(form, p) for p in papers]), "xls"),
        "docx": (lambda _, form, papers: _docx(official_rows(form, papers[0])), "docx"),
        "csv": (lambda _, form, papers: _csv(list_rows(form, papers[0]), "utf-8-sig"), "csv"),
        "csv_gb18030": (lambda _, form, papers: _csv(official_rows(form, papers[0]), "gb18030"), "csv"),
    }
    write, ending = writers[habit.paper]
    return write(campaign, form, papers), ending


def official_rows(form: Form, paper: Paper) -> Rows:
    """The layout of the notice: two items side by side, section titles in the first column, 7 columns."""
    rows: Rows = [["附件"], [form.title], [_stamp_line(form, paper)]]
    for section in form.sections:
        for start in range(0, len(section.items), 2):
            row: list[Entry] = [section.title if start == 0 else None]
            for item in section.items[start : start + 2]:
                row += [item.code.split(".")[1], item.label, paper.entries.get(item.code)]
            rows.append(row)
    return rows + _foot(form, paper)


def list_rows(form: Form, paper: Paper) -> Rows:
    """The layout of those who retype the form: one item below the other."""
    stamp = f"填报单位：{paper.unit_name}（盖章）    填表时间：{paper.date_text}"
    rows: Rows = [[form.title], [stamp], ["序号", "项目", "累计数"]]
    for section in form.sections:
        rows.append([section.code, section.title])
        rows += [[item.code.split(".")[1], item.label, paper.entries.get(item.code)] for item in section.items]
    return rows + _foot(form, paper)


def _stamp_line(form: Form, paper: Paper) -> str:
    line = (form.stamp_line or "____ 填表时间: 年 月 日").replace("____", paper.unit_name, 1)
    return line.replace("年 月 日", paper.date_text)


def _foot(form: Form, paper: Paper) -> Rows:
    rows: Rows = [[f"填表人：{paper.filler}", None, None, None, f"审核人：{paper.reviewer}"]]
    if paper.explanation:
        rows.append([f"情况说明：{paper.explanation}"])
    return [*rows, [f"注：{''.join(form.notes)}"]]


def _own_xlsx(campaign: Campaign, form: Form, papers: Sequence[Paper]) -> bytes:
    return _own(write_form_xlsx, campaign, form, papers[0])


def _own_docx(campaign: Campaign, form: Form, papers: Sequence[Paper]) -> bytes:
    return _own(write_form_docx, campaign, form, papers[0])


def _own(
    write: Callable[[Path, Campaign, Form, FormContent], Path], campaign: Campaign, form: Form, paper: Paper
) -> bytes:
    """Fill in our own template, with its hidden marker, and have its bytes."""
    content = FormContent(
        unit_id=paper.unit_id,
        unit_name=paper.unit_name,
        period=paper.period,
        filled_on=paper.filled_on,
        filler=paper.filler,
        reviewer=paper.reviewer,
        entries={(code, "value"): entry for code, entry in paper.entries.items() if entry is not None},
        explanation=paper.explanation,
    )
    with TemporaryDirectory() as folder:
        return write(Path(folder) / "form", campaign, form, content).read_bytes()


def _xlsx(papers: Sequence[Paper], sheets: Sequence[Rows]) -> bytes:
    import xlsxwriter

    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"comments": SYNTHETIC, "created": _moment(papers[0])})
        for paper, rows in zip(papers, sheets, strict=True):
            sheet = book.add_worksheet(paper.sheet)
            sheet.set_column(0, 0, 12)
            for row, column, entry in _filled(rows):
                if isinstance(entry, Decimal):
                    sheet.write_number(row, column, float(entry))
                else:
                    sheet.write_string(row, column, entry)
    return without_clock(content.getvalue())


def _xls(papers: Sequence[Paper], sheets: Sequence[Rows]) -> bytes:
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    for paper, rows in zip(papers, sheets, strict=True):
        sheet = book.add_sheet(paper.sheet)
        for row, column, entry in _filled(rows):
            sheet.write(row, column, float(entry) if isinstance(entry, Decimal) else entry)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _docx(rows: Rows) -> bytes:
    """Title and stamp as paragraphs, the items as a table of seven columns, signatures below."""
    import docx

    document = docx.Document()
    document.core_properties.comments = SYNTHETIC
    body = [row for row in rows if len(row) == 7]
    before = rows[: rows.index(body[0])]
    for row in before:
        document.add_paragraph(str(row[0]))
    table = document.add_table(rows=len(body), cols=7, style="Table Grid")
    for line, row in zip(table.rows, body, strict=True):
        for cell, entry in zip(line.cells, row, strict=False):
            cell.text = "" if entry is None else _text(entry)
    for row in rows[rows.index(body[-1]) + 1 :]:
        document.add_paragraph("        ".join(str(entry) for entry in row if entry))
    content = io.BytesIO()
    document.save(content)
    return without_clock(content.getvalue())


def _csv(rows: Rows, encoding: str) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([["" if entry is None else _text(entry) for entry in row] for row in rows])
    return text.getvalue().encode(encoding)


def _filled(rows: Rows) -> list[tuple[int, int, Any]]:
    return [
        (row, column, entry)
        for row, entries in enumerate(rows)
        for column, entry in enumerate(entries)
        if entry is not None
    ]


def _text(entry: Decimal | str) -> str:
    return entry if isinstance(entry, str) else format(entry.normalize() + 0, "f")


def _moment(paper: Paper) -> datetime:
    return datetime(paper.filled_on.year, paper.filled_on.month, paper.filled_on.day, 9)
