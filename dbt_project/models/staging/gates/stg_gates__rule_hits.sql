{{ config(tags=['after_gate2']) }}

select
    campaign_id,
    form_id,
    period,
    rule_code,
    rule_version,
    rule_class,
    gate,
    is_trial,
    forms_asked,
    forms_applicable,
    forms_hit
from {{ source('build', 'rule_hits') }}
