with told as (
    select
        *,
        period || ' ' || unit_id as told_at -- of two units that have merged since, the one with the later code
    from {{ ref('int_tasks__reported') }}
    where owner_unit_id is not null
)

select
    campaign_id,
    owner_unit_id,
    task_id,
    min(period) as first_period,
    max_by(number_text, told_at) filter (where number_text is not null) as number_text,
    max_by(goal, told_at) filter (where goal is not null) as goal,
    max_by(due_text, told_at) filter (where due_text is not null) as due_text,
    max_by(due_month, told_at) filter (where due_month is not null) as due_month,
    max_by(due_on, told_at) filter (where due_on is not null) as due_on,
    min_by(due_on, told_at) filter (where due_on is not null) as first_due_on,
    max_by(lead_units, told_at) filter (where lead_units is not null) as lead_units
from told
group by campaign_id, owner_unit_id, task_id
