{{ config(materialized='table') }}
{% set known = rows_of_last_build('intermediate', 'int_hazards__lines') %}

with listed as (
    {% if known %}
        select
            submission_id,
            campaign_id,
            unit_id,
            signature,
            hazard_id,
            shared_hazard_id,
            lines_of_hazard
        from {{ known }}
    {% else %}
        select
            cast(null as string) as submission_id,
            cast(null as string) as campaign_id,
            cast(null as string) as unit_id,
            cast(null as string) as signature,
            cast(null as string) as hazard_id,
            cast(null as string) as shared_hazard_id,
            cast(null as int) as lines_of_hazard
        where 1 = 0
    {% endif %}
),

relisted as (
    select submission_id from {{ ref('int_submissions__stale') }}
    union
    select listed.submission_id
    from listed
    left join {{ ref('stg_build__hazard_links') }} as links
        on listed.campaign_id = links.campaign_id and listed.signature = links.signature
    where
        coalesce(links.hazard_id, '') <> listed.hazard_id
        or coalesce(links.shared_hazard_id, '') <> listed.shared_hazard_id
    union
    {# Which of two lines counts hangs on what the unit said before: an older file may be read late. #}
    select listed.submission_id
    from listed
    semi join {{ ref('int_submissions__unseen') }} as unseen
        on listed.campaign_id = unseen.campaign_id and listed.unit_id = unseen.unit_id
    where listed.lines_of_hazard > 1
)

select
    relisted.submission_id,
    listed.campaign_id,
    listed.hazard_id
from relisted
left join listed on relisted.submission_id = listed.submission_id
