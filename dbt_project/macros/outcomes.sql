{# The columns of an outcome as fct_rule_outcomes has them; what is empty is null. Only questions of lists have an order. #}
{% macro outcome_row(order_in_rule='cast(null as int)') -%}
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
    {{ order_in_rule }} as order_in_rule
{%- endmacro %}
