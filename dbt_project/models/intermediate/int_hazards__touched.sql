{{ config(materialized='table') }}

select
    counted.campaign_id,
    counted.form_id,
    counted.unit_id,
    counted.period,
    counted.item_code,
    counted.part,
    unsettled.possible_hazard_id,
    cast(count(*) as int) as passed_over
from {{ ref('int_hazards__unsettled') }} as unsettled
{{ counts_that_hold('unsettled', ref('int_hazards__counted'), 'counted') }}
where unsettled.is_passed_over
group by
    counted.campaign_id,
    counted.form_id,
    counted.unit_id,
    counted.period,
    counted.item_code,
    counted.part,
    unsettled.possible_hazard_id
