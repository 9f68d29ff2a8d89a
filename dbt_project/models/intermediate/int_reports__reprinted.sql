{{ config(materialized='table', tags=['after_gate2']) }}
{% set printed = rows_of_last_build('marts', 'rpt_progress_table') %}
{% set report = ['campaign_id', 'form_id', 'unit_id', 'period'] %}
{% set mark = report + ['item_code', 'part', 'marks'] %}

select {{ report | join(', ') }}
from {{ ref('int_reports__stale') }}
{% if printed %}
    union
    {{ keys_that_differ(
        report | join(', '), mark | join(', '), ref('int_figures__marked'), printed ~ ' where marks is not null'
    ) }}
{% endif %}
