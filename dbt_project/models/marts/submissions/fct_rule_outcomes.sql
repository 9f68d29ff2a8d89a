{{ config(tags=['after_gate2']) }}
{{ keep_untouched('int_outcomes__stale', ['gate', 'submission_id']) }}

select distinct {{ outcome_row() }}
from {{ ref('stg_submissions__outcomes') }}
{{ if_stale('where') }}
union all
select distinct {{ outcome_row() }}
from {{ ref('stg_gates__facts_outcomes') }}
{{ if_stale('where') }}
union all
select {{ outcome_row('order_in_rule') }}
from {{ ref('int_outcomes__lists') }}
{{ if_stale('where') }}
