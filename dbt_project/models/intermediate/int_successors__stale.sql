{{ config(materialized='table') }}

with touched as (
    select distinct
        stale.campaign_id,
        stale.form_id,
        successors.successor_unit_id,
        stale.period
    from {{ ref('int_reports__stale') }} as stale
    inner join {{ ref('dim_unit_successors') }} as successors
        on stale.campaign_id = successors.campaign_id and stale.unit_id = successors.unit_id
)

select distinct
    reports.campaign_id,
    reports.form_id,
    reports.successor_unit_id as unit_id,
    reports.period,
    reports.previous_period
from {{ ref('int_reports__succeeded') }} as reports
inner join touched
    on
        reports.campaign_id = touched.campaign_id
        and reports.form_id = touched.form_id
        and reports.successor_unit_id = touched.successor_unit_id
        and touched.period in (reports.period, reports.previous_period)
