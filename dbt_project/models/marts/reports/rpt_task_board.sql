select
    state.campaign_id,
    state.form_id,
    state.period,
    state.cutoff_on,
    tasks.list_id,
    tasks.list_title,
    tasks.owner_unit_id,
    owners.unit_name as owner_unit_name,
    owners.unit_position as owner_unit_position,
    tasks.position,
    state.task_id,
    tasks.number,
    tasks.section,
    tasks.theme,
    tasks.goal,
    tasks.due_text,
    tasks.due_on,
    tasks.lead_units,
    tasks.co_units,
    tasks.leaders,
    state.task_state,
    case state.task_state
        when 'done' then '已完成' when 'in_progress' then '推进中' when 'not_started' then '未启动' else '未报'
    end as task_state_name,
    state.units_owed,
    state.units_reported,
    state.units_done,
    state.units_overdue,
    coalesce(tasks.due_on < state.cutoff_on, false)
    and state.task_state <> 'done'
    and (state.units_overdue > 0 or state.units_owed = 0) as is_overdue,
    state.silent_units,
    state.overdue_units,
    state.evidence
from {{ ref('int_tasks__on_lists') }} as state
inner join {{ ref('dim_tasks') }} as tasks
    on state.campaign_id = tasks.campaign_id and state.task_id = tasks.task_id
left join {{ ref('int_units__latest') }} as owners
    on tasks.campaign_id = owners.campaign_id and tasks.owner_unit_id = owners.unit_id
