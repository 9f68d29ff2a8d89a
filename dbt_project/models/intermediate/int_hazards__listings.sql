with listings as (
    select
        campaign_id,
        hazard_id,
        event_on as listed_on,
        particular as listed_level,
        actor as listed_by,
        lead(event_on) over (
            partition by campaign_id, hazard_id
            order by event_on asc nulls last
        ) as relisted_on
    from {{ ref('int_hazards__events') }}
    where event = 'listed'
),

delistings as (
    select
        campaign_id,
        hazard_id,
        event_on as delisted_on
    from {{ ref('int_hazards__events') }}
    where event = 'delisted'
)

select
    listings.campaign_id,
    listings.hazard_id,
    listings.listed_on,
    listings.relisted_on,
    listings.listed_level,
    listings.listed_by,
    {# Delisted before it was listed, or never listed: the unit is asked, and the listing stands. #}
    case
        when
            delistings.delisted_on >= listings.listed_on
            and coalesce(delistings.delisted_on < listings.relisted_on, true)
            then delistings.delisted_on
    end as delisted_on
from listings
left join delistings
    on listings.campaign_id = delistings.campaign_id and listings.hazard_id = delistings.hazard_id
