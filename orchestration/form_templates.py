"""Forms to send out: blank, or with unit, period and what that unit last reported.

Belongs here: which forms are written, their names, the figures shown as a hint. Does not belong here: drawing them
(reports.forms).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from campaigns.vocabulary import IndicatorKind
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
    hints = _last_reported(home, campaign, form, period)
    written = []
    for target in _units(campaign, form, unit):
        content = _content(target, period, hints)
        written.append(write(folder / _file_name(form, target, period, file_format), campaign, form, content))
    return written


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


def _content(unit: Unit | None, period: str | None, hints: Mapping[str, Mapping[str, str]]) -> FormContent:
    from reports.forms import FormContent

    if unit is None:
        return FormContent(period=period)
    last_time = hints.get(unit.unit_id, {})
    return FormContent(unit_id=unit.unit_id, unit_name=unit.unit_name, period=period, hints=last_time)


_LAST_FIGURES = """
    with figures as (
        select unit_id, period, position, item_code, part_name, cumulative_value, measure_unit
        from rpt_progress_table
        where campaign_id = ? and form_id = ? and cumulative_value is not null
          and period < coalesce(?, '9')
    )

    select * from figures
    where (unit_id, period) in (select (unit_id, max(period)) from figures group by unit_id)
    order by unit_id, position
"""


def _last_reported(home: Home, campaign: Campaign, form: Form, period: str | None) -> dict[str, dict[str, str]]:
    """What every unit last reported before `period`, in words, by unit and item; empty when nothing is published."""
    from orchestration.snapshot import current_snapshot
    from reports.wording import number_text

    snapshot = current_snapshot(home.published)
    yes_no = {item.code for item in form.items if item.parts[0].kind is IndicatorKind.YES_NO}
    hints: dict[str, dict[str, str]] = {}
    if snapshot is None:
        return hints
    for row in snapshot.rows(_LAST_FIGURES, (campaign.campaign_id, form.form_id, period)):
        if row["item_code"] in yes_no:
            continue
        figure = f"{row['part_name'] or ''}{number_text(row['cumulative_value'])}{row['measure_unit']}"
        items = hints.setdefault(row["unit_id"], {})
        said = items.get(row["item_code"])
        items[row["item_code"]] = f"{said.rstrip('。')}，{figure}。" if said else f"{row['period']} 报的是 {figure}。"
    return hints


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
