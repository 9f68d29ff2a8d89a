{{ config(materialized='table') }}

select submission_id from {{ ref('int_submissions__unseen') }}
union
select versions.submission_id
from {{ ref('int_submissions__versioned') }} as versions
inner join {{ ref('int_submissions__unseen') }} as unseen
    on
        versions.campaign_id = unseen.campaign_id
        and versions.form_id = unseen.form_id
        and versions.unit_id = unseen.unit_id
        and versions.period = unseen.period
