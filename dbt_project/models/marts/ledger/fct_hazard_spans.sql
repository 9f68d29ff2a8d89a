{{ keep_untouched('int_hazards__stale', ['campaign_id', 'hazard_id']) }}

{# What is dated before the finding cannot be (HL-2-02 asks); until the unit answers, it holds from the finding on. #}
with turning_points as (
    select
        campaign_id,
        hazard_id,
        event_on,
        greatest(
            event_on,
            max(case when event = 'found' then event_on end) over (partition by campaign_id, hazard_id)
        ) as from_on,
        case when event = 'found' then 0 else 1 end as is_later_step,
        event_order,
        case
            when event = 'closed' and actor is not null then 'closed'
            when event in ('rectified', 'closed') then 'rectified'
            when event = 'reopened' then 'reopened'
            else 'open'
        end as status
    from {{ ref('int_hazards__events') }}
    where event in ('found', 'rectified', 'closed', 'reopened') {{ if_stale('and') }}
),

days as (
    select
        *,
        row_number() over (
            partition by campaign_id, hazard_id, from_on
            order by is_later_step desc nulls last, event_on desc nulls last, event_order desc nulls last
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
