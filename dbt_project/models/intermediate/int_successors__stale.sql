{{ config(materialized='table') }}

with touched as (
    select distinct
        stale.campaign_id,
        stale.form_id,
        successors.successor_unit_id as unit_id,
        stale.period
    from {{ ref('int_reports__stale') }} as stale
    inner join {{ ref('dim_unit_successors') }} as successors
        on stale.campaign_id = successors.campaign_id and stale.unit_id = successors.unit_id
),

reports as (
    select
        campaign_id,
        form_id,
        successor_unit_id as unit_id,
        period,
        previous_period
    from {{ ref('int_reports__succeeded') }}
)

select
    touched.campaign_id,
    touched.form_id,
    touched.unit_id,
    touched.period,
    reports.previous_period
from touched
left join reports
    on
        touched.campaign_id = reports.campaign_id
        and touched.form_id = reports.form_id
        and touched.unit_id = reports.unit_id
        and touched.period = reports.period
union
select reports.*
from reports
inner join touched
    on
        reports.campaign_id = touched.campaign_id
        and reports.form_id = touched.form_id
        and reports.unit_id = touched.unit_id
        and reports.previous_period = touched.period
