{{ config(tags=['after_gate2']) }}
-- What was found is closed or still to be closed, and what is not rectified is the stock of the same cut-off.
with stock as (
    select
        campaign_id,
        form_id,
        period,
        unit_id,
        count(*) filter (where is_open) as open_count,
        count(*) filter (where is_overdue) as overdue_count
    from {{ ref('fct_hazard_months') }}
    group by campaign_id, form_id, period, unit_id
)

select
    units.campaign_id,
    units.form_id,
    units.period,
    units.unit_id,
    units.total_found_count,
    units.total_closed_count,
    units.unclosed_count,
    units.open_count,
    stock.open_count as stock_count
from {{ ref('rpt_unclosed_units') }} as units
left join stock
    on
        units.campaign_id = stock.campaign_id
        and units.form_id = stock.form_id
        and units.period = stock.period
        and units.unit_id = stock.unit_id
where
    units.total_found_count <> units.total_closed_count + units.unclosed_count
    or units.unclosed_count <> units.open_count + units.unverified_count + units.unsigned_count
    or coalesce(units.open_count, 0) <> coalesce(stock.open_count, 0)
    or coalesce(units.overdue_count, 0) <> coalesce(stock.overdue_count, 0)
