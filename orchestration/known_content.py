"""What is known before a unit fills in a form, so that nothing known is asked again.

Belongs here: unit and period, the last figures from the published snapshot. Does not belong here: the rows of task
tables and registers (known_tasks.py, known_entries.py), drawing (reports.blank_forms.forms), which forms are written
(form_templates.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from orchestration.home import Home
from orchestration.known_entries import EntryRows
from orchestration.known_tasks import TaskRows

if TYPE_CHECKING:
    from campaigns.model import Campaign, Form, Unit
    from orchestration.snapshot import MartSnapshot
    from reports.blank_forms.forms import FormContent

Figures = dict[tuple[str, str], Decimal]

_LAST_FIGURES = """
    with figures as (
        select unit_id, period, item_code, part, cumulative_value
        from rpt_progress_table
        where campaign_id = ? and form_id = ? and cumulative_value is not null
          and period < coalesce(?, '9')
    )

    select * from figures
    where (unit_id, period) in (select (unit_id, max(period)) from figures group by unit_id)
"""


@dataclass(frozen=True, slots=True)
class KnownContent:
    """Everything known about all units of one form and period."""

    period: str | None
    last_figures: Mapping[str, tuple[str, Figures]]  # by unit: the period, and what was reported then
    rows: TaskRows | EntryRows

    @classmethod
    def of(cls, home: Home, campaign: Campaign, form: Form, period: str | None, day: date) -> KnownContent:
        """Look everything up once, for however many units; `day` decides who belongs to a group."""
        from orchestration.snapshot import current_snapshot

        snapshot = current_snapshot(home.published)
        key = (campaign.campaign_id, form.form_id, period)
        figures = _last_figures(snapshot, key) if snapshot and form.kind == "indicator_table" else {}
        if form.kind == "register":
            return cls(period, figures, EntryRows.of(snapshot, campaign.campaign_id, form))
        return cls(period, figures, TaskRows.of(snapshot, campaign, form, key, day))

    def content(self, unit: Unit | None) -> FormContent:
        """What is filled in for one unit; for nobody in particular, what is the same for all."""
        from reports.blank_forms.forms import FormContent

        unit_id = unit.unit_id if unit else ""
        last_period, last_entries = self.last_figures.get(unit_id, (None, {}))
        rows, hints = self.rows.rows_of(unit_id)
        return FormContent(
            unit_id=unit_id,
            unit_name=unit.unit_name if unit else "",
            period=self.period,
            last_period=last_period,
            last_entries=last_entries,
            rows=rows,
            own_rows=self.rows.are_own,
            row_hints=hints,
        )


def _last_figures(snapshot: MartSnapshot, key: tuple[str, str, str | None]) -> dict[str, tuple[str, Figures]]:
    """What every unit last reported before the period."""
    last: dict[str, tuple[str, Figures]] = {}
    for row in snapshot.rows(_LAST_FIGURES, key):
        _, figures = last.setdefault(row["unit_id"], (row["period"], {}))
        figures[row["item_code"], row["part"]] = row["cumulative_value"]
    return last
