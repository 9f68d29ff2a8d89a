"""What the proof of totals compares where several units told one hazard: both readings of X7, by a second way.

Belongs here: counting once more, from the ledger, what is counted twice. Does not belong here: the totals of what was
reported (proof.py), judging (expectations).

It is counted otherwise than the models do: over all hazards that count for an item in a figure that holds them, how
many there are more than different ones.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from orchestration.building.frames import exact_frame
from orchestration.building.proof import IN_FORCE

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

    from orchestration.home import Home

_KEY = ("campaign_id", "form_id", "period", "part", "item_code")
# A sum is looked for by its own way, too: items whose hazards never meet, because their sources do not.
_READ_TOTALS = f"""
with
{IN_FORCE},

counted as (
    select *
    from read_parquet($indicator_ledger)
    semi join in_force using (campaign_id, batch_id)
),

ledger as (
    select campaign_id, form_id, item_code, part, counts, is_listed, list(distinct source order by source) as sources
    from counted
    where source is not null
    group by all
),

sums as (
    select campaign_id, form_id, part, item_code as summed_items, [item_code] as members
    from counted
    union
    select campaign_id, form_id, part, string_agg(item_code, '+' order by item_code),
        list(item_code order by item_code)
    from ledger
    group by campaign_id, form_id, part, counts, is_listed
    having count(*) > 1 and len(flatten(list(sources))) = len(list_distinct(flatten(list(sources))))
),

shared as (
    select campaign_id, shared_hazard_id
    from marts.fct_hazards
    group by campaign_id, shared_hazard_id
    having count(*) > 1
),

held as (
    select figures.campaign_id, figures.form_id, figures.period, figures.item_code, figures.part,
        hazards.shared_hazard_id, figures.cumulative_value >= counts.ledger_value as is_shown
    from marts.fct_hazards as hazards
    semi join shared using (campaign_id, shared_hazard_id)
    inner join marts.fct_ledger_spans as spans
        on hazards.campaign_id = spans.campaign_id and hazards.hazard_id = spans.hazard_id
    inner join marts.fct_indicator_values as figures
        on spans.campaign_id = figures.campaign_id and spans.form_id = figures.form_id
        and spans.unit_id = figures.unit_id and spans.item_code = figures.item_code and spans.part = figures.part
    inner join marts.fct_ledger_counts as counts
        on figures.campaign_id = counts.campaign_id and figures.form_id = counts.form_id
        and figures.unit_id = counts.unit_id and figures.period = counts.period
        and figures.item_code = counts.item_code and figures.part = counts.part
    where spans.reason = 'counted'
        and counts.cutoff_on >= spans.from_on and (spans.until_on is null or counts.cutoff_on < spans.until_on)
),

hazards_of_sums as (
    select held.campaign_id, held.form_id, held.period, sums.summed_items, held.part, held.shared_hazard_id,
        count(*) filter (where held.is_shown) as reports_shown, count(distinct held.item_code) as items
    from held
    inner join sums
        on held.campaign_id = sums.campaign_id and held.form_id = sums.form_id and held.part = sums.part
        and list_contains(sums.members, held.item_code)
    group by all
),

too_many as (
    select campaign_id, form_id, period, summed_items, part, sum(greatest(reports_shown - 1, 0)) as too_many
    from hazards_of_sums
    group by all
    having max(items) > 1 or not contains(summed_items, '+')
),

listed as (
    select campaign_id, form_id, period, summed_items, part,
        count(*) filter (where standing = 'counted_twice') as twice
    from marts.rpt_overlap_reports
    group by all
),

read as (
    select campaign_id, form_id, period, part, summed_items,
        coalesce(printed.reading, 'counted_once') as reading,
        printed.total_value as mart_total,
        if(printed.reading = 'as_reported', 0, coalesce(too_many.too_many, 0)) as less,
        if(printed.reading = 'as_reported', 0, coalesce(listed.twice, 0)) as listed_less
    from marts.rpt_overlap_totals as printed
    full join (from too_many where too_many > 0) as too_many using (campaign_id, form_id, period, summed_items, part)
    left join listed using (campaign_id, form_id, period, summed_items, part)
)

select read.campaign_id, read.form_id, read.period, read.part, read.summed_items, read.reading, read.mart_total,
    cast(read.less as decimal(18, 4)) as less,
    cast(sum(totals.cumulative_value) - max(read.listed_less) as decimal(18, 4)) as parts_total
from read
left join marts.rpt_progress_totals as totals
    on read.campaign_id = totals.campaign_id and read.form_id = totals.form_id and read.period = totals.period
    and read.part = totals.part and totals.total_scope = 'all'
    and list_contains(string_split(read.summed_items, '+'), totals.item_code)
group by all
order by all
"""  # noqa: S608 - constants


def with_both_readings(
    warehouse: duckdb.DuckDBPyConnection, home: Home, as_of: datetime, totals: pd.DataFrame
) -> pd.DataFrame:
    """The totals to prove, and a row for each reading of those that hold a hazard twice.

    Which items the ledger counts, and from which sources, is read from the raw zone as it was at `as_of`.

    `raw_total` of such a row is that of the total less what the ledger counts too many, `parts_total` the printed total
    less the reports that are listed as counted twice.
    """
    import pandas as pd

    files = {table: str(home.raw / table / "*.parquet") for table in ("campaigns", "indicator_ledger")}
    read = exact_frame(warehouse, _READ_TOTALS, {**files, "as_of": as_of})
    if read.empty:
        return totals
    raw = {tuple(row[name] for name in _KEY): row["raw_total"] for row in totals.to_dict("records")}
    rows = [row | {"raw_total": _less(raw, row)} for row in read.to_dict("records")]
    both = [totals.assign(reading=""), pd.DataFrame(rows).rename(columns={"summed_items": "item_code"})]
    return pd.concat(both, ignore_index=True).drop(columns="less")


def _less(raw: Mapping[tuple[Any, ...], Any], row: Mapping[Hashable, Any]) -> Decimal | None:
    """The raw totals of the items that a row adds up, less what is counted twice; none where none has a number."""
    import pandas as pd

    of_items = [raw.get((*(row[name] for name in _KEY[:-1]), item)) for item in row["summed_items"].split("+")]
    known = [total for total in of_items if not pd.isna(total)]
    return sum(known, Decimal(0)) - row["less"] if known else None
