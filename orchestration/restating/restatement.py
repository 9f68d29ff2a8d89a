"""What was restated between two nights: every published figure that changed, by how much, from which file, and why.

Belongs here: the whole list, and totals as the sum of what units changed. Does not belong here: figures of units and
their causes (figure_restatement.py), the hazard ledger's counts (ledger_restatement.py), its stock and flow
(stock_restatement.py), rows of lists (row_restatement.py), which two nights (compared_nights.py), how it is printed
(commands/restated.py).

A period that was not published at the earlier night is new, not restated. Null counts as 0 in a change; its state tells
it apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from orchestration.restating.figure_restatement import RestatedFigure, as_number, restated_figures
from orchestration.restating.ledger_restatement import RestatedCount, restated_counts
from orchestration.restating.restated_row import RestatedRow
from orchestration.restating.row_natures import Nature, counted_by_nature
from orchestration.restating.row_restatement import restated_rows
from orchestration.restating.stock_restatement import RestatedStock, restated_stocks
from orchestration.snapshot import rows_of

if TYPE_CHECKING:
    from campaigns.model import Campaign
    from orchestration.restating.compared_nights import ComparedNights


@dataclass(frozen=True, slots=True)
class Contribution:
    unit_id: str
    unit_name: str | None
    effect: Decimal
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RestatedTotal:
    """A printed total that changed, and the units that make the change; of yes and no the units that say yes."""

    form_id: str
    period: str
    total_scope: str
    item_code: str
    part: str
    value_before: Decimal | None
    value_after: Decimal | None
    received_before: int
    received_after: int
    change: Decimal
    contributions: tuple[Contribution, ...]

    @property
    def agrees(self) -> bool:
        return sum((one.effect for one in self.contributions), Decimal(0)) == self.change


@dataclass(frozen=True, slots=True)
class Restatement:
    campaign_id: str
    as_of_before: datetime | None
    as_of_after: datetime | None
    totals: tuple[RestatedTotal, ...]
    figures: tuple[RestatedFigure, ...]
    ledger: tuple[RestatedCount, ...]
    stocks: tuple[RestatedStock, ...]  # and flows of the ledger, of all units and of each
    rows: tuple[RestatedRow, ...]  # of lists: tasks, registers, accidents, hazards; corrections first
    natures: Mapping[Nature, int]  # how many of the rows are of each, also where none is

    @property
    def agrees(self) -> bool:
        """Every change is the sum of its causes; a row has one at least."""
        return (
            all(total.agrees for total in self.totals)
            and all(figure.agrees for figure in self.figures)
            and all(count.agrees for count in self.ledger)
            and all(stock.agrees for stock in self.stocks)
            and all(row.agrees for row in self.rows)
        )


_TOTALS = """
    select
        before.form_id, before.period, before.total_scope, before.item_code, before.part, before.aggregation,
        before.cumulative_value as value_before, after.cumulative_value as value_after,
        before.units_received as received_before, coalesce(after.units_received, 0) as received_after
    from earlier.marts.rpt_progress_totals as before
    left join later.marts.rpt_progress_totals as after
        using (campaign_id, form_id, period, total_scope, item_code, part)
    where campaign_id = $campaign
        and (before.cumulative_value is distinct from after.cumulative_value
            or before.of_units is distinct from after.of_units
            or before.units_received is distinct from after.units_received)
    order by before.form_id, before.period, before.position, before.total_scope
"""


def restatement(nights: ComparedNights, campaign: Campaign) -> Restatement:
    """Compare two published nights of a campaign."""
    with nights.connect() as connection:
        figures = restated_figures(connection, campaign.campaign_id)
        totals = rows_of(connection, _TOTALS, {"campaign": campaign.campaign_id})
    of_item: dict[tuple[str, ...], list[RestatedFigure]] = defaultdict(list)
    for figure in figures:
        of_item[figure.form_id, figure.period, figure.item_code, figure.part].append(figure)
    rows = restated_rows(nights, campaign.campaign_id)
    return Restatement(
        campaign_id=campaign.campaign_id,
        as_of_before=nights.before.as_of,
        as_of_after=nights.after.as_of,
        totals=tuple(
            _total(row, of_item[row["form_id"], row["period"], row["item_code"], row["part"]]) for row in totals
        ),
        figures=figures,
        ledger=restated_counts(nights, campaign),
        stocks=restated_stocks(nights, campaign.campaign_id, rows),
        rows=rows,
        natures=counted_by_nature(row.nature for row in rows),
    )


def _total(row: Mapping[str, Any], figures: Sequence[RestatedFigure]) -> RestatedTotal:
    taken = {name: row[name] for name in RestatedTotal.__slots__ if name in row}
    is_yes_no = row["aggregation"] == "n_of_m"
    contributions = (_contribution(figure, row["total_scope"], is_yes_no) for figure in figures)
    return RestatedTotal(
        **taken,
        change=as_number(row["value_after"]) - as_number(row["value_before"]),
        contributions=tuple(one for one in contributions if one is not None),
    )


def _contribution(figure: RestatedFigure, scope: str, is_yes_no: bool) -> Contribution | None:
    """What a unit's change adds to a total; a unit that moved between scopes leaves one and enters the other."""

    def share(value: Decimal | None, of_scope: str | None) -> Decimal:
        if of_scope is None or scope not in ("all", of_scope):
            return Decimal(0)
        return Decimal(value == 1) if is_yes_no else as_number(value)

    if scope not in ("all", figure.scope_before, figure.scope_after):
        return None
    effect = share(figure.value_after, figure.scope_after) - share(figure.value_before, figure.scope_before)
    says_otherwise = (figure.state_before, figure.value_before) != (figure.state_after, figure.value_after)
    if not effect and not says_otherwise:
        return None
    return Contribution(figure.unit_id, figure.unit_name, effect, tuple(cause.kind for cause in figure.causes))
