{{ config(materialized='table') }}

with turning_points as (
    select
        campaign_id,
        hazard_id,
        event_on as from_on,
        event_order,
        case
            when event = 'closed' and actor is not null then 'closed'
            when event in ('rectified', 'closed') then 'rectified'
            when event = 'reopened' then 'reopened'
            else 'open'
        end as status
    from {{ ref('int_hazards__events') }}
    where event in ('found', 'rectified', 'closed', 'reopened')
),

days as (
    select
        *,
        row_number() over (
            partition by campaign_id, hazard_id, from_on
            order by event_order desc nulls last
        ) as choice
    from turning_points
)

select
    campaign_id,
    hazard_id,
    status,
    from_on,
    lead(from_on) over (
        partition by campaign_id, hazard_id
        order by from_on asc nulls last
    ) as until_on
from days
where choice = 1
