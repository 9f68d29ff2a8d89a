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
inner join {{ ref('fct_ledger_spans') }} as spans
    on
        unsettled.campaign_id = spans.campaign_id
        and unsettled.hazard_id = spans.hazard_id
        and spans.reason = 'counted'
inner join {{ ref('int_hazards__counted') }} as counted
    on
        spans.campaign_id = counted.campaign_id
        and spans.form_id = counted.form_id
        and spans.item_code = counted.item_code
        and spans.part = counted.part
        and spans.unit_id = counted.unit_id
        and {{ is_span_of('spans', 'counted.cutoff_on') }}
where unsettled.is_passed_over
group by
    counted.campaign_id,
    counted.form_id,
    counted.unit_id,
    counted.period,
    counted.item_code,
    counted.part,
    unsettled.possible_hazard_id
