{{ config(materialized='table', tags=['after_gate2']) }}

with found as (
    select * from {{ ref('int_outcomes__tasks') }}
    union all
    select * from {{ ref('int_outcomes__accidents') }}
    union all
    select * from {{ ref('int_outcomes__events') }}
    union all
    select * from {{ ref('int_outcomes__registers') }}
    union all
    select * from {{ ref('int_outcomes__hazards') }}
    union all
    select * from {{ ref('int_outcomes__left_out') }}
    union all
    select * from {{ ref('int_outcomes__blanked') }}
)

select
    found.submission_id,
    found.campaign_id,
    found.form_id,
    found.unit_id,
    found.period,
    found.rule_code,
    rules.rule_version,
    case when rules.is_trial then 'advisory' else rules.rule_class end as rule_class,
    rules.gate,
    rules.is_trial,
    'fail' as outcome,
    found.message,
    found.message_en,
    cast(null as string) as item_code,
    cast(null as string) as part,
    found.source_cell,
    cast(min(found.order_in_rule) as int) as order_in_rule
from found
inner join {{ ref('int_rules__of_lists') }} as rules
    on
        found.campaign_id = rules.campaign_id
        and found.form_id = rules.form_id
        and found.rule_code = rules.rule_code
group by
    found.submission_id,
    found.campaign_id,
    found.form_id,
    found.unit_id,
    found.period,
    found.rule_code,
    rules.rule_version,
    rules.rule_class,
    rules.gate,
    rules.is_trial,
    found.message,
    found.message_en,
    found.source_cell
