"""What the proof of totals compares where several units told one hazard: both readings of X7, by a second way.

Belongs here: counting once more, from the ledger, what is counted twice. Does not belong here: the totals of what was
reported (proof.py), judging (expectations).

It is counted otherwise than the models do: over all hazards that count for an item in a figure that holds them, how
many there are more than different ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestration.building.frames import exact_frame

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

_KEY = ["campaign_id", "form_id", "period", "item_code", "part"]
_READ_TOTALS = """
with
shared as (
    select campaign_id, shared_hazard_id
    from marts.fct_hazards
    group by campaign_id, shared_hazard_id
    having count(*) > 1
),

held as (
    select figures.campaign_id, figures.form_id, figures.period, figures.item_code, figures.part,
        count(*) - count(distinct hazards.shared_hazard_id) as too_many
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
    where spans.reason = 'counted' and figures.cumulative_value >= counts.ledger_value
        and counts.cutoff_on >= spans.from_on and (spans.until_on is null or counts.cutoff_on < spans.until_on)
    group by all
),

listed as (
    select campaign_id, form_id, period, item_code, part, count(*) filter (where standing = 'counted_twice') as twice
    from marts.rpt_overlap_reports
    group by all
)

select campaign_id, form_id, period, item_code, part,
    coalesce(printed.reading, 'counted_once') as reading,
    printed.total_value as mart_total,
    cast(if(printed.reading = 'as_reported', 0, coalesce(held.too_many, 0)) as decimal(18, 4)) as less,
    cast(
        totals.cumulative_value - if(printed.reading = 'as_reported', 0, coalesce(listed.twice, 0)) as decimal(18, 4)
    ) as parts_total
from marts.rpt_overlap_totals as printed
full join (from held where too_many > 0) as held using (campaign_id, form_id, period, item_code, part)
left join listed using (campaign_id, form_id, period, item_code, part)
left join marts.rpt_progress_totals as totals
    using (campaign_id, form_id, period, item_code, part)
where totals.total_scope = 'all'
order by campaign_id, form_id, period, item_code, part, reading
"""


def with_both_readings(warehouse: duckdb.DuckDBPyConnection, totals: pd.DataFrame) -> pd.DataFrame:
    """The totals to prove, and a row for each reading of those that hold a hazard twice.

    `raw_total` of such a row is that of the total less what the ledger counts too many, `parts_total` the printed total
    less the reports that are listed as counted twice.
    """
    import pandas as pd

    printed = exact_frame(warehouse, _READ_TOTALS)
    raw = printed.merge(totals[[*_KEY, "raw_total"]], on=_KEY, how="left")
    raw["raw_total"] = [
        None if pd.isna(total) else total - less for total, less in zip(raw["raw_total"], raw["less"], strict=True)
    ]
    both = [totals.assign(reading=""), raw.drop(columns="less")]
    return pd.concat(both, ignore_index=True) if len(raw) else totals
