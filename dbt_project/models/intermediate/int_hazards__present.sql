{# What was done before the last reopening tells nothing of the round that followed. #}
with days as (
    select
        campaign_id,
        hazard_id,
        max(event_on) filter (where event = 'found') as found_on,
        max(event_on) filter (where event = 'listed') as listed_on,
        max(event_on) filter (where event = 'delisted') as delisted_on,
        max(event_on) filter (where event = 'rectified') as rectified_on,
        max(event_on) filter (where event = 'closed') as closed_on,
        max(event_on) filter (where event = 'reopened') as reopened_on,
        cast(count(*) filter (where event = 'reopened') as int) as reopened_count
    from {{ ref('int_hazards__events') }}
    group by campaign_id, hazard_id
)

select
    days.campaign_id,
    days.hazard_id,
    spans.status,
    days.found_on,
    days.listed_on,
    {# Delisted before it was listed, or never listed: the unit is asked, and the listing stands. #}
    case when days.delisted_on >= days.listed_on then days.delisted_on end as delisted_on,
    {% for day in ['rectified_on', 'closed_on'] %}
        case
            when spans.status in ('rectified', 'closed') and coalesce(days.reopened_on <= days.{{ day }}, true)
                then days.{{ day }}
        end as {{ day }},
    {% endfor %}
    days.reopened_count
from days
left join {{ ref('fct_hazard_spans') }} as spans
    on days.campaign_id = spans.campaign_id and days.hazard_id = spans.hazard_id and spans.until_on is null
