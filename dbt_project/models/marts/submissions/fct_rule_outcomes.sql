{{ config(tags=['after_gate2']) }}
{{ keep_untouched('int_outcomes__stale', ['gate', 'submission_id']) }}

select distinct {{ outcome_row() }}
from {{ ref('stg_submissions__outcomes') }}
{{ if_stale('where') }}
union all
select * from {{ ref('int_outcomes__facts') }}
{{ if_stale('where') }}
