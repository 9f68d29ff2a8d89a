"""The forms that are sent out come back: blank ones are known as blank, and what is typed into one is read."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from campaigns.calendar import DueDate
from campaigns.form_columns import LIST_KINDS
from campaigns.model import Form, Unit
from ingest.parse import parse_file
from ingest.parsed import ParsedSubmission
from reports.forms import FormContent, form_writers
from tests.unit.ingest.reading_lists import CAMPAIGNS, DATES, codes, rows

FORMS = [
    (campaign_id, form.form_id)
    for campaign_id, campaign in CAMPAIGNS.items()
    for form in campaign.forms
    if form.kind in LIST_KINDS or form.kind == "narrative"
]
LISTS = [(key, form_id) for key, form_id in FORMS if CAMPAIGNS[key].form(form_id).kind in LIST_KINDS]
TYPED: dict[str, Any] = {
    "text": "某事", "integer": 3, "decimal": 2.5, "date": date(2024, 6, 20), "month": "12月", "yes_no": "否",
    "phone": "13800000000", "task_number": "1",
}  # fmt: skip
READ = {"text": "某事", "integer": "3", "decimal": "2.5", "date": "2024-06-20", "yes_no": "0", "phone": "13800000000"}
UNSIGNED = {"RD-6-01", "RD-6-02", "RD-6-03"}  # nobody has signed or dated it


def reporter(campaign_id: str, form: Form) -> tuple[Unit, DueDate]:
    """The first unit that reports a form, and when it is first due."""
    campaign = CAMPAIGNS[campaign_id]
    due = next(due for due in DATES[campaign_id] if due.form_id == form.form_id)
    return next(u for u in campaign.units if u.reporting_scope in due.reporters and u.valid_on(due.cutoff_on)), due


def blank(campaign_id: str, form: Form, file_format: str, folder: Path) -> bytes:
    unit, due = reporter(campaign_id, form)
    path = folder / f"form.{file_format}"
    content = FormContent(unit_id=unit.unit_id, unit_name=unit.unit_name, period=due.period)
    form_writers(form)[file_format](path, CAMPAIGNS[campaign_id], form, content)
    return path.read_bytes()


def parse(campaign_id: str, form: Form, content: bytes, file_format: str) -> ParsedSubmission:
    _, due = reporter(campaign_id, form)
    campaign, dates = CAMPAIGNS[campaign_id], DATES[campaign_id]
    (submission,) = parse_file(content, f"form.{file_format}", (), campaign, dates, due.cutoff_on)
    assert submission.form_id == form.form_id
    return submission


@pytest.mark.parametrize(("campaign_id", "form_id"), FORMS)
def test_a_blank_form_is_known_with_its_unit_and_period_and_is_returned_as_blank(
    campaign_id: str, form_id: str, tmp_path: Path
) -> None:
    form = CAMPAIGNS[campaign_id].form(form_id)
    unit, due = reporter(campaign_id, form)
    for file_format in form_writers(form):
        content = blank(campaign_id, form, file_format, tmp_path)
        submission = parse(campaign_id, form, content, file_format)
        assert (submission.unit_id, submission.period) == (unit.unit_id, due.period)
        expected = "RD-9-01" if form.kind == "narrative" else "RD-8-05"
        assert set(codes(submission)) - UNSIGNED == {expected}


@pytest.mark.parametrize(("campaign_id", "form_id"), LISTS)
def test_what_is_typed_below_every_head_is_read(campaign_id: str, form_id: str, tmp_path: Path) -> None:
    form = CAMPAIGNS[campaign_id].form(form_id)
    unit, due = reporter(campaign_id, form)
    book = openpyxl.load_workbook(io.BytesIO(blank(campaign_id, form, "xlsx", tmp_path)))
    labels = [column.label for column in form.columns]
    heads = next(row for row in book.active.iter_rows() if [cell.value for cell in row][: len(labels)] == labels)
    for column, head in zip(form.columns, heads, strict=False):
        last_choice = column.choices[-1].label if column.choices else None
        value = unit.unit_name if column.type in ("unit", "units") else TYPED.get(column.type, last_choice)
        book.active.cell(head.row + 1, head.column).value = value
    target = io.BytesIO()
    book.save(target)
    submission = parse(campaign_id, form, target.getvalue(), "xlsx")
    (row,) = rows(submission)
    for column in form.columns:
        first_task = next((t.task_id for t in CAMPAIGNS[campaign_id].tasks if t.list_id in form.task_lists), "")
        expected = {
            "unit": unit.unit_id,
            "units": unit.unit_id,
            "month": f"{due.period[:4]}-12",
            "choice": column.choices[-1].code if column.choices else "",
            "task_number": first_task or row[column.column_id],
        }
        assert row[column.column_id] == (READ | expected)[column.type]
    own = {row[c.column_id] for c in form.columns if c.type == "task_number" and form.own_tasks}
    assert all(task_id.startswith(f"{unit.unit_id}-") for task_id in own)
    assert set(codes(submission)) - UNSIGNED <= {"RD-8-13"}  # the first unit may not answer for the first task
