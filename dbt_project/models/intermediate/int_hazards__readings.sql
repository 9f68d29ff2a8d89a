{{ config(materialized='table') }}

with passed_over as (
    select
        touched.campaign_id,
        touched.form_id,
        touched.unit_id,
        touched.period,
        touched.item_code,
        touched.part,
        sum(touched.passed_over) as of_all,
        sum(case when followed.counted_as = 'several' then 0 else touched.passed_over end) as at_most,
        sum(case when followed.counted_as = 'one' then touched.passed_over else 0 end) as at_least
    from {{ ref('int_hazards__touched') }} as touched
    left join {{ ref('int_hazards__followed') }} as followed
        on
            touched.campaign_id = followed.campaign_id
            and touched.form_id = followed.form_id
            and touched.possible_hazard_id = followed.possible_hazard_id
            and touched.item_code = followed.item_code
            and touched.part = followed.part
    group by
        touched.campaign_id, touched.form_id, touched.unit_id, touched.period, touched.item_code, touched.part
)

select
    counted.campaign_id,
    counted.form_id,
    counted.unit_id,
    counted.period,
    counted.item_code,
    counted.part,
    counted.cutoff_on,
    counted.ledger_value,
    cast(counted.ledger_value - coalesce(passed_over.of_all, 0) as decimal(18, 4)) as joined_value,
    cast(counted.ledger_value - coalesce(passed_over.at_most, 0) as decimal(18, 4)) as lowest_value,
    cast(counted.ledger_value - coalesce(passed_over.at_least, 0) as decimal(18, 4)) as highest_value
from {{ ref('int_hazards__counted') }} as counted
left join passed_over
    on
        counted.campaign_id = passed_over.campaign_id
        and counted.form_id = passed_over.form_id
        and counted.unit_id = passed_over.unit_id
        and counted.period = passed_over.period
        and counted.item_code = passed_over.item_code
        and counted.part = passed_over.part
