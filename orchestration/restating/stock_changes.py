"""Which stocks and flows of the hazard ledger two nights tell apart, and which hazards count otherwise.

Belongs here: the comparison, in SQL over the marts of both. Does not belong here: causes (stock_restatement.py).

A figure is left out where a night was published by a release that did not know a column of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from orchestration.snapshot import rows_of
from orchestration.tracing.stock_trace import STOCK_FIGURES

if TYPE_CHECKING:
    import duckdb

    from orchestration.restating.compared_nights import ComparedNights

_PLAN: Final = ("plan_elements", "plan_elements_asked")

# A list that nobody had sent by the earlier night had published nothing; else its periods that were over by both.
_PERIODS = """
    select after.form_id, after.period, after.cutoff_on,
        lag(after.cutoff_on) over (partition by after.form_id order by after.cutoff_on) as previous_cutoff_on
    from (
        select form_id, period, max(cutoff_on) as cutoff_on from later.marts.dim_reporting_periods
        where campaign_id = $campaign and cutoff_on <= $until group by form_id, period
    ) as after
    where form_id in (select form_id from earlier.marts.fct_hazard_cuts where campaign_id = $campaign)
        and (form_id, period) in (
            select (form_id, period) from earlier.marts.dim_reporting_periods
            where campaign_id = $campaign and cutoff_on <= $since
        )
"""

_FIGURES = """
    select form_id, period, cut_value as unit_id, figure, counted
    from (
        select form_id, period, case cut when 'unit' then cut_value else '' end as cut_value, {totals}
        from {night}.marts.fct_hazard_cuts where campaign_id = $campaign and cut in ('all', 'unit')
    ) unpivot (counted for figure in ({names}))
"""

_HAZARDS = """
    select form_id, period, unit_id, figure, hazard_id, counted
    from (
        select months.form_id, months.period, coalesce(months.unit_id, 'unknown') as unit_id, months.hazard_id, {counts}
        from {night}.marts.fct_hazard_months as months
        inner join {night}.marts.fct_hazards as hazards using (campaign_id, hazard_id)
        where months.campaign_id = $campaign
    ) unpivot (counted for figure in ({names}))
"""

_CHANGED_FIGURES = """
    select form_id, period, unit_id, figure, coalesce(before.counted, 0) as value_before,
        coalesce(after.counted, 0) as value_after
    from ({before}) as before
    full join ({after}) as after using (form_id, period, unit_id, figure)
    where coalesce(before.counted, 0) <> coalesce(after.counted, 0)
"""

_CHANGED_HAZARDS = """
    select form_id, period, unit_id, figure, hazard_id,
        coalesce(after.counted, 0) - coalesce(before.counted, 0) as effect
    from ({before}) as before
    full join ({after}) as after using (form_id, period, unit_id, figure, hazard_id)
    where coalesce(before.counted, 0) <> coalesce(after.counted, 0)
    order by form_id, period, unit_id, figure, hazard_id
"""

_LINES = """
    select hazard_id, coalesce(after.hazard_number, before.hazard_number) as hazard_number,
        coalesce(after.enterprise, before.enterprise) as enterprise,
        before.submission_id as submission_before, after.submission_id as submission_after,
        after.source_row as source_cell
    from (from earlier.marts.fct_hazards where campaign_id = $campaign) as before
    full join (from later.marts.fct_hazards where campaign_id = $campaign) as after using (hazard_id)
    where list_contains($hazards, hazard_id)
"""

_COLUMNS = """
    select table_catalog, table_name, column_name from information_schema.columns
    where table_catalog in ('earlier', 'later') and table_schema = 'marts'
"""


def published_by_both(
    nights: ComparedNights, connection: duckdb.DuckDBPyConnection, campaign_id: str
) -> dict[tuple[str, str], Mapping[str, Any]]:
    """Those that both nights publish, by hazard list and period."""
    since, until = (night.as_of.date() if night.as_of else None for night in (nights.before, nights.after))
    asked = {"campaign": campaign_id, "since": since, "until": until}
    return {list_period(row): row for row in rows_of(connection, _PERIODS, asked)}


def held_figures(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """The figures of which both nights have every column."""
    held: dict[str, set[tuple[str, str]]] = {"earlier": set(), "later": set()}
    for row in rows_of(connection, _COLUMNS):
        held[row["table_catalog"]].add((row["table_name"], row["column_name"]))
    both = held["earlier"] & held["later"]
    return tuple(
        name
        for name, figure in STOCK_FIGURES.items()
        if ("fct_hazard_cuts", figure.total) in both
        and (
            {("fct_hazard_months", "is_open"), *(("fct_hazards", column) for column in _PLAN)} <= both
            if name == "with_plan"
            else ("fct_hazard_months", figure.counted) in both
        )
    )


def changed_figures(
    connection: duckdb.DuckDBPyConnection, campaign_id: str, names: Sequence[str]
) -> list[dict[str, Any]]:
    """The figures `names` of units, and of all (`unit_id` empty), that are not what they were."""
    return _changed(connection, _CHANGED_FIGURES, _FIGURES, names, campaign_id)


def changed_hazards(
    connection: duckdb.DuckDBPyConnection, campaign_id: str, names: Sequence[str]
) -> list[dict[str, Any]]:
    """The hazards that count otherwise for them."""
    return _changed(connection, _CHANGED_HAZARDS, _HAZARDS, names, campaign_id)


def last_lines(
    connection: duckdb.DuckDBPyConnection, campaign_id: str, hazards: Iterable[str]
) -> dict[str, Mapping[str, Any]]:
    """By hazard: how it is called, and its last line at both nights."""
    asked = {"campaign": campaign_id, "hazards": list(hazards)}
    return {row["hazard_id"]: row for row in rows_of(connection, _LINES, asked)}


def list_period(row: Mapping[str, Any]) -> tuple[str, str]:
    return row["form_id"], row["period"]


def _changed(
    connection: duckdb.DuckDBPyConnection, compared: str, query: str, names: Sequence[str], campaign_id: str
) -> list[dict[str, Any]]:
    shares = {name: f"cast(months.{STOCK_FIGURES[name].counted} as int)" for name in names}
    if "with_plan" in shares:
        shares["with_plan"] = (
            f"cast(coalesce(months.is_open and hazards.{_PLAN[0]} >= hazards.{_PLAN[1]}, false) as int)"
        )
    columns = {
        "names": ", ".join(f'"{name}"' for name in names),
        "totals": ", ".join(f'{STOCK_FIGURES[name].total} as "{name}"' for name in names),
        "counts": ", ".join(f'{share} as "{name}"' for name, share in shares.items()),
    }
    before, after = (query.format(night=night, **columns) for night in ("earlier", "later"))
    return rows_of(connection, compared.format(before=before, after=after), {"campaign": campaign_id})
