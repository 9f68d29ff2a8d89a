"""The printed figures that stand on one file: its figures as counted, and the totals and steps they are part of.

Belongs here: asking the published marts for them. Does not belong here: the cells of the file (file_trace.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from orchestration.snapshot import MartSnapshot


@dataclass(frozen=True, slots=True)
class FileFigure:
    """One figure of the file as it counts; null values are no numbers, such as a blank."""

    form_id: str
    period: str
    unit_name: str
    item_code: str
    part: str
    source_cell: str | None
    value_state: str
    reported_value: Decimal | None
    cumulative_value: Decimal | None
    correction_id: str | None  # of the office: it counts otherwise than it was reported
    month_value: Decimal | None  # this period's step, which subtracts the figure of the period before
    next_period: str | None  # whose step subtracts this figure
    total_scopes: tuple[str, ...]  # the printed totals it is part of; none where it is no number


_FIGURES = """
    select
        figures.form_id, figures.period, figures.unit_name, figures.item_code, figures.part, figures.source_cell,
        figures.value_state, figures.reported_value, figures.cumulative_value, figures.correction_id,
        figures.month_value, next_steps.period as next_period,
        array_agg(totals.total_scope order by totals.total_scope) filter (totals.total_scope is not null) as totals
    from rpt_progress_table as figures
    left join rpt_progress_totals as totals
        on
            figures.campaign_id = totals.campaign_id
            and figures.form_id = totals.form_id
            and figures.period = totals.period
            and figures.item_code = totals.item_code
            and figures.part = totals.part
            and totals.total_scope in ('all', figures.reporting_scope)
            and figures.cumulative_value is not null
    left join dim_reporting_periods as periods
        on
            figures.campaign_id = periods.campaign_id
            and figures.form_id = periods.form_id
            and figures.reporting_scope = periods.reporting_scope
            and figures.period = periods.previous_period
    left join rpt_progress_table as next_steps
        on
            figures.campaign_id = next_steps.campaign_id
            and figures.form_id = next_steps.form_id
            and figures.unit_id = next_steps.unit_id
            and periods.period = next_steps.period
            and figures.item_code = next_steps.item_code
            and figures.part = next_steps.part
            and next_steps.month_value is not null
    where list_contains(?, figures.submission_id)
    group by all
    order by figures.period, any_value(figures.position), any_value(figures.unit_position)
"""


def figures_of(snapshot: MartSnapshot, submission_ids: Sequence[str]) -> tuple[FileFigure, ...]:
    """The figures that stand on these submissions, in the order of the form."""
    rows = snapshot.rows(_FIGURES, (list(submission_ids),))
    return tuple(FileFigure(total_scopes=tuple(row.pop("totals") or ()), **row) for row in rows)
