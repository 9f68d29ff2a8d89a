{{ config(materialized='table') }}

with periods as (
    select
        campaign_id,
        form_id,
        period,
        max(previous_period) as previous_period
    from {{ ref('int_reports__expected') }}
    group by campaign_id, form_id, period
)

select distinct
    periods.campaign_id,
    periods.form_id,
    periods.period,
    periods.previous_period
from periods
inner join {{ ref('int_reports__stale') }} as stale
    on
        periods.campaign_id = stale.campaign_id
        and periods.form_id = stale.form_id
        and stale.period in (periods.period, periods.previous_period)
