select
    campaign_id,
    form_id,
    period,
    unit_id,
    max(unit_position) as unit_position,
    max(unit_name) as unit_name,
    max(cutoff_on) as cutoff_on,
    cast(count(*) filter (where is_owed) as int) as tasks_owed,
    cast(count(*) filter (where is_owed and is_done) as int) as tasks_done,
    cast(count(*) filter (where is_owed and step > 1 and not is_done) as int) as tasks_in_progress,
    cast(count(*) filter (where is_owed and step = 1 and not is_done) as int) as tasks_not_started,
    cast(count(*) filter (where is_owed and step is null) as int) as tasks_unknown,
    cast(count(*) filter (where is_owed and is_overdue) as int) as tasks_overdue,
    cast(count(*) filter (where is_backwards) as int) as tasks_backwards,
    cast(count(*) filter (where not is_owed) as int) as tasks_beyond_owed
from {{ ref('fct_task_progress') }}
group by campaign_id, form_id, period, unit_id
