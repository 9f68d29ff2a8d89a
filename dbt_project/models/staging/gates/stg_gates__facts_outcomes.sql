{{ config(tags=['after_gate2']) }}

select
    submission_id,
    campaign_id,
    form_id,
    unit_id,
    period,
    rule_code,
    rule_version,
    rule_class,
    gate,
    is_trial,
    outcome,
    message,
    message_en,
    item_code,
    part,
    source_cell,
    is_judged_anew
from {{ source('build', 'gate2_outcomes') }}
