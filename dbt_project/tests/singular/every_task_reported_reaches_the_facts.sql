{{ config(severity='warn') }}

-- A row on a task that the list in force no longer has is in no fact. A warning, because a list re-issued within the
-- year may drop a task rightly; but somebody must have seen it.
select
    reported.submission_id,
    reported.row_number,
    reported.task_id
from {{ ref('int_tasks__reported') }} as reported
left join {{ ref('fct_task_progress') }} as facts
    on
        reported.campaign_id = facts.campaign_id
        and reported.form_id = facts.form_id
        and reported.unit_id = facts.unit_id
        and reported.period = facts.period
        and reported.task_id = facts.task_id
where reported.last_step is not null and facts.task_id is null
