{{ config(materialized='table') }}

with relisted as (
    select * from {{ ref('int_hazards__relisted') }}
)

select
    campaign_id,
    hazard_id
from relisted
where hazard_id is not null
union
select
    lines.campaign_id,
    lines.hazard_id
from {{ ref('int_hazards__lines') }} as lines
where lines.submission_id in (select relisted.submission_id from relisted)
