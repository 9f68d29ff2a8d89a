{{ config(materialized='table') }}

with hazards as (
    select distinct
        versions.campaign_id,
        versions.hazard_id,
        links.possible_hazard_id,
        versions.reported_as_of,
        versions.received_at
    from {{ ref('int_hazards__versions') }} as versions
    inner join {{ ref('stg_build__hazard_links') }} as links
        on versions.campaign_id = links.campaign_id and versions.signature = links.signature
    where versions.is_last
),

grouped as (
    select
        *,
        count(*) over (partition by campaign_id, possible_hazard_id) as hazards_of_group,
        row_number() over (
            partition by campaign_id, possible_hazard_id
            order by reported_as_of desc nulls last, received_at desc nulls last, hazard_id desc nulls last
        ) as recency
    from hazards
)

select
    campaign_id,
    hazard_id,
    possible_hazard_id,
    recency > 1 as is_passed_over
from grouped
where hazards_of_group > 1
