"""The area's totals in the form's own layout, so that the level above takes them in like any unit's form.

Belongs here: which total goes into which cell, and reading the file back. Does not belong here: layout (forms.py),
sums (the marts), the workbook with all units (consolidated.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from campaigns.duty_model import Disclosure
from campaigns.model import Campaign, Form
from campaigns.vocabulary import Aggregation, Subject
from reports.blank_forms.form_layout import FormContent, form_rows
from reports.blank_forms.forms import write_form_docx, write_form_xlsx
from reports.consolidation.period_report import ALL, PeriodReport, load_period_report
from reports.paper.difference import Difference
from reports.paper.safe_text import outside_text
from reports.paper.wording import disclosure_text, number_text, period_title
from reports.published import ProgressTotal, ReportError

YES_NO_SETTING = "upward_yes_no"
SUBJECTS = (Subject.FIGURES, Subject.UPWARD_TOTALS)  # what the totals rest on; the explanation names those readings
_NAMES_SHOWN = 20


def write_area_total(
    target: Path,
    published: Path,
    campaign: Campaign,
    form: Form,
    period: str,
    disclosure: Disclosure = "not_stated",
) -> Path:
    """Write the totals over all units as one form of the area itself; returns `target`.

    Args:
        target: an .xlsx or .docx file.
        published: the published folder, one version's folder, or its database.
        campaign: names the area, its code (the unit of the hidden marker) and the reading of yes and no.
        form: a form with figures.
        period: a period of the form.
        disclosure: the class printed at the foot (信息公开形式).

    Raises:
        ReportError: nothing is published for this campaign, form and period, or the file type is neither.
    """
    content = replace(_content(published, campaign, form, period), foot=disclosure_text(disclosure))
    if target.suffix == ".xlsx":
        return write_form_xlsx(target, campaign, form, content)
    if target.suffix == ".docx":
        return write_form_docx(target, campaign, form, content)
    raise ReportError(f"{target.name} 应为 .xlsx 或 .docx。 {target.name} must end in .xlsx or .docx.")


def _content(published: Path, campaign: Campaign, form: Form, period: str) -> FormContent:
    report = load_period_report(published, campaign.campaign_id, form.form_id, period, only_totals=True)
    return area_content(report, campaign)


def area_content(report: PeriodReport, campaign: Campaign) -> FormContent:
    """Return the form's content: a total per figure, a blank where no unit gave a number."""
    totals = (report.total(ALL, column) for column in report.columns)
    values = {(total.item_code, total.part): _area_value(total, campaign) for total in totals}
    return FormContent(
        unit_id=campaign.area_code,
        unit_name=campaign.area,
        period=report.period,
        filled_on=report.snapshot.as_of.date() if report.snapshot.as_of else None,
        entries={place: value for place, value in values.items() if value is not None},
        explanation=_explanation(report),
    )


def verify_area_total(path: Path, published: Path, campaign: Campaign, form: Form, period: str) -> list[Difference]:
    """Read the finished form back by its labels and return every figure that is not the mart's total."""
    content = _content(published, campaign, form, period)
    printed = _read_docx(path) if path.suffix == ".docx" else _read_xlsx(path)
    differences = []
    for row in form_rows(form, content):
        for cell in row.cells:
            expected = number_text(cell.value) if isinstance(cell.value, Decimal) else cell.value or ""
            found = printed.get(cell.label)
            if found != expected:
                differences.append(Difference("", "", cell.label, "没有这一项" if found is None else found, expected))
    return differences


def _area_value(total: ProgressTotal, campaign: Campaign) -> Decimal | None:
    if total.aggregation != Aggregation.N_OF_M:
        return total.cumulative_value
    reading = {choice.setting: choice.reading for choice in campaign.contradictions}.get(YES_NO_SETTING, "any")
    yes, answers = total.cumulative_value or Decimal(0), total.of_units or 0
    if answers == 0:
        return None
    if reading == "any":
        return Decimal(yes > 0)
    if reading == "all":
        return Decimal(yes == answers)
    raise ReportError(
        f"{campaign.campaign_id} 的口径 {YES_NO_SETTING} 只能是 any 或 all，现为 {reading}。"
        f" The reading {YES_NO_SETTING} must be any or all, not {reading}."
    )


def _explanation(report: PeriodReport) -> str:
    """Say what the totals rest on: how many units reported, who did not, and how many said yes."""
    count = next(count for count in report.counts if count.total_scope == ALL)
    sentences = [f"{period_title(report.period)}应报 {count.expected} 家，已报 {count.received} 家"]
    silent = [outside_text(row.unit_name) for row in report.timeliness if row.received_at is None]
    if silent:
        more = "等" if len(silent) > _NAMES_SHOWN else ""
        sentences.append(f"未报 {len(silent)} 家（{'、'.join(silent[:_NAMES_SHOWN])}{more}），其数未计入")
    for column in report.columns:
        total = report.total(ALL, column)
        if total.aggregation == Aggregation.N_OF_M and total.of_units:
            yes = number_text(total.cumulative_value or Decimal(0))
            sentences.append(f"第 {column.item_code} 项 {total.of_units} 家作答，{yes} 家为“是”")
    if codes := list(dict.fromkeys(reading.code for reading in report.readings_about(*SUBJECTS))):
        sentences.append(f"口径按 {'、'.join(codes)}（全文见汇总表或口径登记）")
    return "；".join(sentences) + "。"


def _read_xlsx(path: Path) -> Mapping[str, str]:
    """Label → what the cell right of it shows."""
    import openpyxl

    workbook = openpyxl.load_workbook(path, read_only=True, data_only=True)
    rows = [list(values) for sheet in workbook.worksheets for values in sheet.iter_rows(values_only=True)]
    workbook.close()
    return _values_by_label([[_shown(value) for value in row] for row in rows])


def _read_docx(path: Path) -> Mapping[str, str]:
    import docx

    tables = docx.Document(str(path)).tables
    return _values_by_label([[cell.text for cell in row.cells] for table in tables for row in table.rows])


def _values_by_label(rows: list[list[str]]) -> dict[str, str]:
    return {label: value for row in rows for label, value in pairwise(row) if label}


def _shown(value: object) -> str:
    if isinstance(value, int | float):
        return number_text(Decimal(repr(value)))
    return "" if value is None else str(value)
