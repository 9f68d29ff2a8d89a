{{ keep_untouched('int_hazards__stale', ['campaign_id', 'hazard_id']) }}

{#
  What is dated before the finding cannot be (HL-2-02 asks), nor can a closing before the rectification it closes (HL-2-08
  asks); until the unit answers, it holds from the finding, or the rectification, on.
#}
with happened as (
    select
        *,
        event in ('found', 'reopened') as is_open,
        {# Found again and rectified on one day, it was rectified on the spot. #}
        case when event = 'found' or column_id = 'found_on' then 0 else 1 end as is_later_step,
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

held as (
    select
        *,
        greatest(
            happened_on,
            max(case when event = 'found' then event_on end) over (partition by campaign_id, hazard_id)
        ) as from_on
    from happened
),

followed as (
    select
        *,
        coalesce(lag(is_open) over by_turn, false) as was_open,
        lead(from_on) over by_turn as until_on
    from held
    window
        by_turn as (
            partition by campaign_id, hazard_id
            order by
                from_on asc nulls last,
                is_later_step asc nulls last,
                happened_on asc nulls last,
                event_order asc nulls last,
                event_on asc nulls last
        )
)

select
    campaign_id,
    hazard_id,
    event,
    event_on,
    case
        when event = 'closed' and actor is not null then 'closed'
        when event in ('rectified', 'closed') then 'rectified'
        when event = 'reopened' then 'reopened'
        else 'open'
    end as status,
    from_on,
    until_on,
    {# A closing without a day of rectification ends the stock; a reopening of what is open already adds nothing. #}
    cast(case when is_open = was_open then 0 when is_open then 1 else -1 end as int) as stock_change
from followed
