{{ campaign_rows_in_force('task_leaders', [
    'task_id',
    'leader_id',
]) }}
