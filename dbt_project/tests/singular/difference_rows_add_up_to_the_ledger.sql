{{ config(tags=['after_gate2']) }}
-- A figure that differs from the ledger is explained by as many counted hazards as the ledger has.
select
    differences.campaign_id,
    differences.form_id,
    differences.unit_id,
    differences.period,
    differences.item_code,
    differences.part,
    differences.ledger_value,
    count(counted.hazard_id) as hazards_counted
from {{ ref('int_hazards__differences') }} as differences
left join {{ ref('fct_ledger_difference_rows') }} as counted
    on
        differences.campaign_id = counted.campaign_id
        and differences.form_id = counted.form_id
        and differences.unit_id = counted.unit_id
        and differences.period = counted.period
        and differences.item_code = counted.item_code
        and differences.part = counted.part
        and counted.is_counted
group by
    differences.campaign_id,
    differences.form_id,
    differences.unit_id,
    differences.period,
    differences.item_code,
    differences.part,
    differences.ledger_value
having differences.ledger_value <> count(counted.hazard_id)
