select
    campaign_id,
    unit_id,
    task_id,
    min(period) as first_period,
    max_by(number_text, period) filter (where number_text is not null) as number_text,
    max_by(goal, period) filter (where goal is not null) as goal,
    max_by(due_text, period) filter (where due_text is not null) as due_text,
    max_by(due_month, period) filter (where due_month is not null) as due_month,
    max_by(due_on, period) filter (where due_on is not null) as due_on,
    min_by(due_on, period) filter (where due_on is not null) as first_due_on,
    max_by(lead_units, period) filter (where lead_units is not null) as lead_units
from {{ ref('int_tasks__reported') }}
where own_tasks
group by campaign_id, unit_id, task_id
