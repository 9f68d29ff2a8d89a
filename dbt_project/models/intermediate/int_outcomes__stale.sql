{{ config(materialized='table', tags=['after_gate2']) }}
{% set told = rows_of_last_build('marts', 'fct_rule_outcomes') %}
{# The form, its unit and period belong to the submission; the other columns are in the id. #}
{% set columns = [
    'gate', 'submission_id', 'outcome_id', 'rule_version', 'rule_class', 'is_trial', 'outcome', 'message_en',
    'order_in_rule',
] | join(', ') %}

with listed as (
    select {{ outcome_row('order_in_rule') }}
    from {{ ref('int_outcomes__lists') }}
)

{# What gate 1 decided never changes. #}
select
    'submission' as gate,
    submission_id
from {{ ref('int_submissions__unseen') }}
{% if told %}
    {# Gate 2 says of a report what it said, while its figures stay as they are. #}
    union
    select
        gate,
        submission_id
    from {{ ref('stg_gates__facts_outcomes') }}
    where is_judged_anew
    union
    select
        told.gate,
        told.submission_id
    from {{ told }} as told
    anti join {{ ref('stg_gates__facts_outcomes') }} as outcomes
        on told.gate = outcomes.gate and told.submission_id = outcomes.submission_id
    where told.gate = 'facts' and told.order_in_rule is null
    {# Of lists every night may ask something else. #}
    union
    {{ keys_that_differ(
        'gate, submission_id', columns, 'listed', told ~ " where gate = 'facts' and order_in_rule is not null") }}
{% endif %}
