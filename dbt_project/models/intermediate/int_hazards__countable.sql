{{ config(materialized='table') }}

with hazards as (
    select
        hazards.*,
        case when hazards.listed_on > hazards.found_on then hazards.listed_on else hazards.found_on end
            as listed_since_on,
        hazards.listed_on is not null or hazards.listed_level is not null as is_ever_listed
    from {{ ref('fct_hazards') }} as hazards
    inner join {{ ref('stg_campaigns__campaigns') }} as campaigns
        on hazards.campaign_id = campaigns.campaign_id and hazards.found_on >= campaigns.starts_on
    where hazards.level = 'major'
),

facets as (
    select
        campaign_id,
        unit_id,
        hazard_id,
        source,
        false as is_listed,
        found_on as since_on
    from hazards
    union all
    select
        campaign_id,
        unit_id,
        hazard_id,
        source,
        true as is_listed,
        listed_since_on as since_on
    from hazards
    where is_ever_listed
)

select
    campaign_id,
    unit_id,
    hazard_id,
    source,
    'found' as counts,
    is_listed,
    since_on as from_on,
    cast(null as date) as until_on
from facets

union all

select
    facets.campaign_id,
    facets.unit_id,
    facets.hazard_id,
    facets.source,
    'rectified' as counts,
    facets.is_listed,
    case when spans.from_on > facets.since_on then spans.from_on else facets.since_on end as from_on,
    spans.until_on
from facets
inner join {{ ref('int_hazards__spans') }} as spans
    on
        facets.campaign_id = spans.campaign_id
        and facets.hazard_id = spans.hazard_id
        and (spans.until_on is null or facets.since_on < spans.until_on)
where spans.status in ('rectified', 'closed')
