{{ keep_untouched('int_hazards__stale', ['campaign_id', 'hazard_id']) }}

{# Where the source does not fit, only the finding matters: so that way of counting is there in every campaign. #}
with ways as (
    select
        campaign_id,
        counts,
        is_listed
    from {{ ref('stg_campaigns__indicator_ledger') }}
    union
    select
        campaign_id,
        'found' as counts,
        false as is_listed
    from {{ ref('stg_campaigns__indicator_ledger') }}
),

first_listings as (
    select
        campaign_id,
        hazard_id,
        min(event_on) as first_listed_on
    from {{ ref('int_hazards__events') }}
    where event = 'listed' {{ if_stale('and') }}
    group by campaign_id, hazard_id
),

facets as (
    select
        hazards.campaign_id,
        hazards.unit_id,
        hazards.hazard_id,
        hazards.source,
        hazards.found_on,
        hazards.rectified_on,
        campaigns.starts_on,
        ways.counts,
        ways.is_listed,
        case
            when not ways.is_listed then hazards.found_on
            when listings.first_listed_on > hazards.found_on then listings.first_listed_on
            when hazards.listed_on is not null or hazards.listed_level is not null then hazards.found_on
        end as since_on
    from {{ ref('fct_hazards') }} as hazards
    inner join {{ ref('stg_campaigns__campaigns') }} as campaigns on hazards.campaign_id = campaigns.campaign_id
    inner join ways on hazards.campaign_id = ways.campaign_id
    left join first_listings as listings
        on hazards.campaign_id = listings.campaign_id and hazards.hazard_id = listings.hazard_id
    where hazards.level = 'major' {{ if_stale('and', 'hazards') }}
),

{# Days on which the answer may change, each later than the one before; nothing counts before it was found. #}
days as (
    select
        *,
        greatest(starts_on, found_on) as from_on
    from facets
    union all
    select
        *,
        since_on as from_on
    from facets
    where found_on >= starts_on and since_on > found_on
    union all
    select
        facets.*,
        spans.from_on
    from facets
    inner join {{ ref('fct_hazard_spans') }} as spans
        on facets.campaign_id = spans.campaign_id and facets.hazard_id = spans.hazard_id
    where facets.counts = 'rectified' and facets.found_on >= facets.starts_on and spans.from_on > facets.since_on
)

select
    days.campaign_id,
    days.unit_id,
    days.hazard_id,
    days.source,
    days.counts,
    days.is_listed,
    days.from_on,
    lead(days.from_on) over (
        partition by days.campaign_id, days.hazard_id, days.counts, days.is_listed
        order by days.from_on asc nulls last
    ) as until_on,
    case
        when days.found_on is null then 'undated'
        when days.found_on < days.starts_on then 'before_campaign'
        when not coalesce(days.since_on <= days.from_on, false) then 'not_listed'
        when days.counts = 'found' or spans.status in ('rectified', 'closed') then 'counted'
        when days.rectified_on > days.from_on then 'rectified_after_cutoff'
        else 'not_rectified'
    end as reason
from days
left join {{ ref('fct_hazard_spans') }} as spans
    on
        days.counts = 'rectified'
        and days.campaign_id = spans.campaign_id
        and days.hazard_id = spans.hazard_id
        and {{ is_span_of('spans', 'days.from_on') }}
