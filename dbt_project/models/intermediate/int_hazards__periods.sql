with cutoffs as (
    select distinct
        campaign_id,
        form_id,
        period,
        cutoff_on
    from {{ ref('stg_campaigns__due_dates') }}
    where cutoff_on <= {{ as_of_date() }}
    union all
    select distinct
        due_dates.campaign_id,
        due_dates.form_id,
        cast(null as string) as period,
        {{ day_before('campaigns.starts_on') }} as cutoff_on
    from {{ ref('stg_campaigns__due_dates') }} as due_dates
    inner join {{ ref('stg_campaigns__campaigns') }} as campaigns on due_dates.campaign_id = campaigns.campaign_id
)

select
    campaign_id,
    form_id,
    period,
    cutoff_on,
    cast(row_number() over by_time - 1 as int) as period_number,
    lag(cutoff_on) over by_time as previous_cutoff_on,
    row_number() over (partition by campaign_id, form_id order by cutoff_on desc nulls last) <= 3 as is_recent
from cutoffs
window by_time as (partition by campaign_id, form_id order by cutoff_on asc nulls last)
