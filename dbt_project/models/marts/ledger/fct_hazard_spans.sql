{{ keep_untouched('int_hazards__stale', ['campaign_id', 'hazard_id']) }}

{#
  What is dated before the finding cannot be (HL-2-02 asks), nor can a closing before the rectification it closes (HL-2-08
  asks); until the unit answers, it holds from the finding, or the rectification, on.
#}
with events as (
    select
        *,
        case
            when event = 'closed'
                then
                    greatest(
                        event_on,
                        max(case when event = 'rectified' then event_on end) over (
                            partition by campaign_id, hazard_id, episode
                        )
                    )
            else event_on
        end as happened_on
    from {{ ref('int_hazards__events') }}
    where event in ('found', 'rectified', 'closed', 'reopened') {{ if_stale('and') }}
),

turning_points as (
    select
        campaign_id,
        hazard_id,
        happened_on,
        greatest(
            happened_on,
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
    from events
),

days as (
    select
        *,
        row_number() over (
            partition by campaign_id, hazard_id, from_on
            order by is_later_step desc nulls last, happened_on desc nulls last, event_order desc nulls last
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
