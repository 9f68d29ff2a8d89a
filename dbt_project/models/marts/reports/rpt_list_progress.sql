select
    campaign_id,
    form_id,
    period,
    list_id,
    max(list_title) as list_title,
    max(cutoff_on) as cutoff_on,
    cast(count(*) as int) as tasks,
    cast(count(*) filter (where task_state = 'done') as int) as tasks_done,
    cast(count(*) filter (where task_state = 'in_progress') as int) as tasks_in_progress,
    cast(count(*) filter (where task_state = 'not_started') as int) as tasks_not_started,
    cast(count(*) filter (where task_state = 'unknown') as int) as tasks_unknown,
    cast(count(*) filter (where is_overdue) as int) as tasks_overdue
from {{ ref('rpt_task_board') }}
group by campaign_id, form_id, period, list_id
