"""Forms to send out: blank, or with unit, period and what is known already.

Belongs here: which forms are written for whom, and their names. Does not belong here: what is known about a unit
(known_content.py), drawing the forms (reports.blank_forms.forms).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.errors import PlainError
from orchestration.home import Home
from orchestration.known_content import KnownContent
from orchestration.lookup import unit_called

if TYPE_CHECKING:
    from campaigns.calendar import DueDate
    from campaigns.model import Campaign, Form, Unit
    from reports.blank_forms.forms import FormWriter

EVERY_UNIT = "all"


def write_templates(
    home: Home,
    campaign: Campaign,
    form: Form,
    folder: Path,
    *,
    period: str | None = None,
    unit: str | None = None,
    file_format: str | None = None,
) -> list[Path]:
    """Write one form, or one for every unit that reports it (`unit="all"`); returns the files.

    Without a format the form gets its usual one: Excel, or Word for texts.

    Raises:
        PlainError: an unknown unit, period or format.
    """
    file_format, write = _writer(form, file_format)
    due_dates = [due for due in home.due_dates(campaign) if due.form_id == form.form_id]
    _check_period(form, due_dates, period)
    day = max((due.cutoff_on for due in due_dates if period in (None, due.period)), default=campaign.starts_on)
    known = KnownContent.of(home, campaign, form, period, day)
    return [
        write(folder / _file_name(form, target, period, file_format), campaign, form, known.content(target))
        for target in _units(campaign, form, unit, day)
    ]


def _writer(form: Form, file_format: str | None) -> tuple[str, FormWriter]:
    from reports.blank_forms.forms import form_writers

    writers = form_writers(form)
    chosen = file_format or next(iter(writers))
    if chosen not in writers:
        possible = "、".join(writers)
        raise PlainError(
            f"{form.title}（{form.form_id}）的 --format 只能是 {possible}。 --format of this form is one of {possible}."
        )
    return chosen, writers[chosen]


def _units(campaign: Campaign, form: Form, unit: str | None, day: date) -> Sequence[Unit | None]:
    from campaigns.selectors import reporting_units

    if unit is None:
        return [None]
    if unit != EVERY_UNIT:
        return [unit_called(campaign, unit)]
    directory = campaign.directory()
    duties = [duty for duty in campaign.duties if duty.form_id == form.form_id]
    reporters = {one.unit_id for duty in duties for one in reporting_units(campaign, duty, day, directory)}
    return [one for one in directory.units_on(day) if one.unit_id in reporters]


def _file_name(form: Form, unit: Unit | None, period: str | None, file_format: str) -> str:
    """The unit's name and the period first, so that the file can be told apart in any inbox."""
    whose = f"{unit.unit_name}_" if unit else ""
    when = f"{period}_" if period else ""
    return f"{whose}{when}{form.form_id}.{file_format}"


def _check_period(form: Form, due_dates: Sequence[DueDate], period: str | None) -> None:
    known = list(dict.fromkeys(due.period for due in due_dates))
    if period is not None and period not in known:
        raise PlainError(
            f"{form.form_id} 没有 {period} 这一期；有：{'、'.join(known)}。 {form.form_id} has no period {period}."
        )
