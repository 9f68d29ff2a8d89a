{{ config(materialized='table', tags=['after_gate2']) }}
{% set told = rows_of_last_build('marts', 'fct_rule_outcomes') %}
{# The form, its unit and period belong to the submission; the other columns are in the id. #}
{% set columns = [
    'gate', 'submission_id', 'outcome_id', 'rule_version', 'rule_class', 'is_trial', 'outcome', 'message_en',
    'order_in_rule',
] | join(', ') %}

{# What gate 1 decided never changes; gate 2 may say something else of every form, every night. #}
select
    'submission' as gate,
    submission_id
from {{ ref('int_submissions__unseen') }}
{% if told %}
    union
    {{ keys_that_differ('gate, submission_id', columns, ref('int_outcomes__facts'), told ~ " where gate = 'facts'") }}
{% endif %}
