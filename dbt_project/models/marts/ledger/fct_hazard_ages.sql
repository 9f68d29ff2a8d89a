with hazards as (
    select
        *,
        case
            when days_open <= 30 then 'to_30'
            when days_open <= 90 then 'to_90'
            when days_open <= 180 then 'to_180'
            when days_open > 180 then 'over_180'
            else 'unknown'
        end as age_band,
        case when coalesce(penalties, 0) = 0 then 'none' when penalties = 1 then 'once' else 'several' end
            as penalty_band
    from {{ ref('fct_hazards') }}
    where status in ('open', 'reopened')
)

select
    campaign_id,
    unit_id,
    age_band,
    penalty_band,
    cast(count(*) as int) as hazard_count,
    cast(count(*) filter (where level = 'major') as int) as major_count,
    cast(count(*) filter (where overdue_workdays > 0) as int) as overdue_count,
    max(days_open) as longest_days_open
from hazards
group by campaign_id, unit_id, age_band, penalty_band
