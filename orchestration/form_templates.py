"""Forms to send out: blank, or with unit, period and what that unit last reported.

Belongs here: which forms are written, their names, the figures shown as a hint. Does not belong here: drawing them
(reports.forms).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.errors import PlainError
from orchestration.home import Home
from orchestration.lookup import unit_called

if TYPE_CHECKING:
    from campaigns.model import Campaign, Form, Unit
    from reports.forms import FormContent

EVERY_UNIT = "all"
_FORMATS = ("xlsx", "docx")


def write_templates(
    home: Home,
    campaign: Campaign,
    form: Form,
    folder: Path,
    *,
    period: str | None = None,
    unit: str | None = None,
    file_format: str = "xlsx",
) -> list[Path]:
    """Write one form, or one for every unit that reports it (`unit="all"`); returns the files.

    Raises:
        PlainError: an unknown unit, period or format, or a form that has no table.
    """
    if file_format not in _FORMATS:
        raise PlainError(f"--format 只能是 {'、'.join(_FORMATS)}。 --format is one of {', '.join(_FORMATS)}.")
    if form.kind != "indicator_table":
        raise PlainError(f"{form.title}（{form.form_id}）是文字材料，没有表样。 {form.form_id} has no table.")
    _check_period(home, campaign, form, period)
    write = _writer(file_format)
    units = _units(campaign, form, unit)
    return [
        write(folder / _file_name(form, target, period, file_format), campaign, form, _content(target, period))
        for target in units
    ]


def _writer(file_format: str) -> Callable[[Path, Campaign, Form, FormContent], Path]:
    from reports.forms import write_form_docx, write_form_xlsx

    return write_form_xlsx if file_format == "xlsx" else write_form_docx


def _units(campaign: Campaign, form: Form, unit: str | None) -> Sequence[Unit | None]:
    if unit is None:
        return [None]
    if unit != EVERY_UNIT:
        return [unit_called(campaign, unit)]
    scopes = {scope for duty in campaign.duties if duty.form_id == form.form_id for scope in duty.reporters}
    return [unit for unit in campaign.units if unit.reporting_scope in scopes]


def _content(unit: Unit | None, period: str | None) -> FormContent:
    from reports.forms import FormContent

    if unit is None:
        return FormContent(period=period)
    return FormContent(unit_id=unit.unit_id, unit_name=unit.unit_name, period=period)


def _file_name(form: Form, unit: Unit | None, period: str | None, file_format: str) -> str:
    """The unit's name and the period first, so that the file can be told apart in any inbox."""
    whose = f"{unit.unit_name}_" if unit else ""
    when = f"{period}_" if period else ""
    return f"{whose}{when}{form.form_id}.{file_format}"


def _check_period(home: Home, campaign: Campaign, form: Form, period: str | None) -> None:
    known = [due.period for due in home.due_dates(campaign) if due.form_id == form.form_id]
    if period is not None and period not in known:
        raise PlainError(
            f"{form.form_id} 没有 {period} 这一期；有：{'、'.join(known)}。 {form.form_id} has no period {period}."
        )
