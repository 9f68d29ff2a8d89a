{{ config(tags=['after_gate2']) }}

with outcomes as (
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
        cast(null as int) as order_in_rule
    from {{ ref('stg_submissions__outcomes') }}
    union
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
        cast(null as int) as order_in_rule
    from {{ ref('stg_gates__facts_outcomes') }}
    union
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
        order_in_rule
    from {{ ref('int_outcomes__lists') }}
)

select
    md5(
        coalesce(gate, '') || '|' || coalesce(submission_id, '') || '|' || coalesce(rule_code, '') || '|'
        || coalesce(item_code, '') || '|' || coalesce(part, '') || '|' || coalesce(source_cell, '') || '|'
        || coalesce(message, '')
    ) as outcome_id,
    rule_code,
    rule_version,
    rule_class,
    gate,
    coalesce(is_trial, false) as is_trial,
    campaign_id,
    form_id,
    unit_id,
    period,
    submission_id,
    outcome,
    nullif(message, '') as message,
    nullif(message_en, '') as message_en,
    nullif(item_code, '') as item_code,
    nullif(part, '') as part,
    nullif(source_cell, '') as source_cell,
    order_in_rule
from outcomes
