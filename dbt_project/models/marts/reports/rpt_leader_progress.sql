select
    board.campaign_id,
    board.form_id,
    board.period,
    leaders.leader_id,
    leaders.leader_label,
    cast(count(*) as int) as tasks,
    cast(count(*) filter (where board.task_state = 'done') as int) as tasks_done,
    cast(count(*) filter (where board.task_state = 'in_progress') as int) as tasks_in_progress,
    cast(count(*) filter (where board.task_state = 'not_started') as int) as tasks_not_started,
    cast(count(*) filter (where board.task_state = 'unknown') as int) as tasks_unknown,
    cast(count(*) filter (where board.is_overdue) as int) as tasks_overdue
from {{ ref('rpt_task_board') }} as board
inner join {{ ref('dim_task_leaders') }} as leaders
    on board.campaign_id = leaders.campaign_id and board.task_id = leaders.task_id
group by board.campaign_id, board.form_id, board.period, leaders.leader_id, leaders.leader_label
